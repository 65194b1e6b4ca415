"""Ask the advisory services about every locked package: `make audit`, a part of `make check`.

pip-audit says "no known vulnerabilities" and succeeds where a service knows none of the packages,
as a private index does; so what it has looked at is counted here. Where none of two services can be
asked, that is said in one line. It is a failure with AUDIT_REQUIRED=1, which is for workflows that
are known to reach a service.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = (
    "requirements.lock",
    "requirements-docs.lock",
    "benchmarks/requirements.lock",
    "tests/fuzz/requirements.lock",
)
SERVICES = ("pypi", "osv")
PATIENCE = 300
Ask = Callable[[str], str]
"""Gives what pip-audit writes about the locks, as JSON, by asking a service."""


@dataclass(slots=True)
class Audit:
    """What the services say."""

    flaws: list[str] = field(default_factory=list)
    audited: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    why: list[str] = field(default_factory=list)  # a service that could not be asked


def audit(ask: Ask, services: Sequence[str] = SERVICES) -> Audit:
    """Ask one service after the other until every package has been looked at."""
    found = Audit()
    for service in services:
        try:
            told = json.loads(ask(service))
        except (ValueError, OSError, subprocess.SubprocessError) as fault:
            found.why.append(f"{service}: {_short(fault)}")
            continue
        for package in told["dependencies"]:
            name = f"{package['name']} {package.get('version', '')}".strip()
            if "skip_reason" in package:
                found.unknown.add(package["name"])
                continue
            found.audited.add(package["name"])
            found.flaws += [_flaw(name, flaw) for flaw in package["vulns"]]
        if not found.audited:
            found.why.append(f"{service}: knows none of the packages")
        found.unknown -= found.audited
        if not found.unknown:
            break
    found.flaws = sorted(set(found.flaws))
    return found


def _flaw(name: str, flaw: dict[str, list[str]]) -> str:
    mended = ", ".join(flaw["fix_versions"]) or "no version yet"
    return f"{name}: {flaw['id']}, mended in {mended}"


def _short(fault: Exception) -> str:
    lines = str(fault).strip().splitlines() or [type(fault).__name__]
    return lines[-1].partition("(")[0].rpartition(".")[2]


def verdict(found: Audit, *, is_required: bool) -> tuple[int, str]:
    """Give the exit code and what is printed."""
    if found.flaws:
        return 1, "\n".join(found.flaws)
    if not found.audited:
        why = "; ".join(found.why)
        line = f"audit: nothing was audited, no advisory service could be asked ({why})"
        return int(is_required), line
    if found.unknown:
        line = (
            f"audit: {len(found.audited)} packages have no known flaw;"
            f" nothing is known of {', '.join(sorted(found.unknown))}"
        )
        return int(is_required), line
    return 0, f"audit: {len(found.audited)} packages, none with a known flaw"


def pip_audit(service: str, *options: str) -> str:
    """Give what pip-audit says of all locks, as JSON. Raises OSError where it says nothing."""
    words = [sys.executable, "-m", "pip_audit", "--vulnerability-service", service]
    words += ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    words += options
    words += [word for lock in LOCKS for word in ("-r", str(ROOT / lock))]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE)
    if not done.stdout.strip():
        raise OSError(done.stderr)
    return done.stdout


def main() -> int:
    """Audit the locks; 1 where a package has a flaw."""
    code, told = verdict(audit(pip_audit), is_required=os.environ.get("AUDIT_REQUIRED") == "1")
    print(told, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""Write the bill of materials (CycloneDX 1.5): what requirements.lock holds, and what needs what.

Versions, hashes and the arrows between packages are the lock's; licences are told by the packages
that are installed here in the locked version (`make setup`). The same lock gives the same bill.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
_ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: *; *(?P<marker>[^\\\n]+))?",
    re.MULTILINE,
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^ +#(?: via)? +([A-Za-z0-9][^\n]*)$", re.MULTILINE)
_LONGEST_NAME = 80
"""Letters of a licence's name; beyond it, it is the licence itself."""

Licences = Callable[[str, str], list[dict[str, object]]]
"""Gives a package's licences, by its name and version."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A package as the lock file has it."""

    name: str
    version: str
    marker: str  # where it is installed; empty: everywhere
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]  # packages, or groups of ours: "briefing-builder (…:dev)"

    @property
    def purl(self) -> str:
        """The package's address among all packages."""
        return purl(self.name, self.version)


def purl(name: str, version: str) -> str:
    """Write the address of a package of PyPI."""
    return f"pkg:pypi/{_normal(name)}@{version}"


def read_lock(lock: str) -> tuple[Locked, ...]:
    """Read a lock file as uv writes it, in its order."""
    entries = list(_ENTRY.finditer(lock))
    ends = [entry.start() for entry in entries[1:]] + [len(lock)]
    return tuple(
        Locked(
            entry["name"],
            entry["version"],
            (entry["marker"] or "").strip(),
            tuple(_HASH.findall(lock, entry.end(), end)),
            tuple(_VIA.findall(lock, entry.end(), end)),
        )
        for entry, end in zip(entries, ends, strict=True)
    )


def licences(name: str, version: str) -> list[dict[str, object]]:
    """Give what an installed package says of its licence; nothing where it is not installed."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    if told["Version"] != version:
        return []
    if "License-Expression" in told:
        return [{"expression": told["License-Expression"]}]
    classes = (c.split(" :: ") for c in told.get_all("Classifier", []))
    found = [parts[-1] for parts in classes if parts[0] == "License" and len(parts) > 2]
    written = told["License"].strip() if "License" in told else ""
    if not found and written:
        found = [written.splitlines()[0][:_LONGEST_NAME]]
    return [{"license": {"name": one}} for one in found]


def bill(lock: str, project: Mapping[str, object], told: Licences = licences) -> dict[str, object]:
    """Give the bill of what a lock file holds, in its order."""
    packages = read_lock(lock)
    name, version = str(project["name"]), str(project["version"])
    ours = purl(name, version)
    own = {"type": "application", "bom-ref": ours, "name": name, "version": version, "purl": ours}
    scopes = _scopes(packages, name, _extras(project))
    body = {
        "metadata": {"component": {**own, "licenses": [{"expression": str(project["license"])}]}},
        "components": [_component(p, scopes[p.name], told(p.name, p.version)) for p in packages],
        "dependencies": [
            {"ref": ours, "dependsOn": _wanted(packages, _program(name))},
            *({"ref": p.purl, "dependsOn": _wanted(packages, p.name)} for p in packages),
        ],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        **body,
    }


def _component(package: Locked, scope: str, told: list[dict[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": scope,
    }
    if told:
        made["licenses"] = told
    made["purl"] = package.purl
    page = f"https://pypi.org/project/{package.name}/{package.version}/"
    hashes = [{"alg": "SHA-256", "content": digest} for digest in package.hashes]
    made["externalReferences"] = [{"type": "distribution", "url": page, "hashes": hashes}]
    if package.marker:
        made["properties"] = [{"name": "python:marker", "value": package.marker}]
    made["evidence"] = {"occurrences": [{"location": "requirements.lock"}]}
    return made


def _scopes(packages: tuple[Locked, ...], name: str, extras: set[str]) -> dict[str, str]:
    """Tell of each package whether the program needs it, an extra does, or only its tests do."""
    first = {p.name for p in packages if _program(name) in p.wanted_by}
    required = _closure(first, packages)
    optional = _closure({p.name for p in packages if _normal(p.name) in extras}, packages)
    scopes = dict.fromkeys((p.name for p in packages), "excluded")
    return scopes | dict.fromkeys(optional, "optional") | dict.fromkeys(required, "required")


def _closure(first: set[str], packages: tuple[Locked, ...]) -> set[str]:
    found = set(first)
    while more := {p.name for p in packages if found & set(p.wanted_by)} - found:
        found |= more
    return found


def _wanted(packages: Iterable[Locked], by: str) -> list[str]:
    return [package.purl for package in packages if by in package.wanted_by]


def _program(name: str) -> str:
    """Give what the lock calls the program itself, without the groups of its tests."""
    return f"{name} (pyproject.toml)"


def _extras(project: Mapping[str, object]) -> set[str]:
    groups = project.get("optional-dependencies")
    wanted = [w for group in groups.values() for w in group] if isinstance(groups, dict) else []
    return {_normal(re.split(r"[<>=~!\[ ;]", w)[0]) for w in wanted}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Print the bill, or write it to the file that is named."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    text = json.dumps(bill(lock, project), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        path = Path(sys.argv[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()

"""The audit of the locked packages: what it says of flaws, and where nobody can be asked."""

from __future__ import annotations

import json
import re
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.audit import LOCKS, ROOT, audit, pip_audit, verdict

Package = dict[str, object]
CLEAN: Package = {"name": "jinja2", "version": "3.1.6", "vulns": []}
FLAWED: Package = {
    "name": "pillow",
    "version": "9.0",
    "vulns": [{"id": "PYSEC-2023-1", "fix_versions": ["10.0"], "aliases": []}],
}
SKIPPED: Package = {"name": "lxml", "skip_reason": "Dependency not found on PyPI"}
KNOWN: Package = {"name": "lxml", "version": "5.2", "vulns": []}


def service(**answers: list[Package] | Exception) -> tuple[int, str]:
    def ask(name: str) -> str:
        answer = answers[name]
        if isinstance(answer, Exception):
            raise answer
        return json.dumps({"dependencies": answer})

    return verdict(audit(ask, tuple(answers)), is_required=False)


def test_a_known_flaw_fails_with_the_version_that_mends_it() -> None:
    assert service(pypi=[CLEAN, FLAWED]) == (1, "pillow 9.0: PYSEC-2023-1, mended in 10.0")


def test_packages_without_flaws_are_counted() -> None:
    assert service(pypi=[CLEAN, KNOWN]) == (0, "audit: 2 packages, none with a known flaw")


def test_what_the_first_service_does_not_know_the_second_is_asked() -> None:
    code, told = service(pypi=[CLEAN, SKIPPED], osv=[CLEAN, KNOWN])

    assert (code, told) == (0, "audit: 2 packages, none with a known flaw")


def test_a_flaw_that_only_the_second_service_knows_fails() -> None:
    assert service(pypi=OSError("no route"), osv=[FLAWED])[0] == 1


def test_packages_of_which_nobody_knows_are_named_and_not_counted() -> None:
    _, told = service(pypi=[CLEAN, SKIPPED], osv=OSError("no route"))

    assert told == "audit: 1 packages have no known flaw; nothing is known of lxml"


@pytest.mark.parametrize(("is_required", "code"), [(False, 0), (True, 1)])
def test_services_out_of_reach_are_told_and_fail_where_they_are_required(
    is_required: bool, code: int
) -> None:
    def ask(name: str) -> str:
        raise OSError(f"Traceback\n  …\nno route to {name}")

    told = verdict(audit(ask), is_required=is_required)

    assert told == (
        code,
        "audit: nothing was audited, no advisory service could be asked"
        " (pypi: no route to pypi; osv: no route to osv)",
    )


def test_a_service_that_knows_no_package_has_audited_nothing() -> None:
    """As pip-audit does behind an index without advisories, with success."""
    code, told = service(pypi=[SKIPPED])

    assert (code, told) == (
        0,
        "audit: nothing was audited, no advisory service could be asked"
        " (pypi: knows none of the packages)",
    )


def test_every_lock_of_the_repository_is_audited() -> None:
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.lock"))

    ours = [p for p in found if not any(part.startswith(".") for part in p.parts)]
    assert sorted(map(str, ours)) == sorted(LOCKS)


def test_every_locked_package_has_its_hashes() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
        assert entries
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_has_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    locked = dict(
        re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", (ROOT / LOCKS[0]).read_text(), re.MULTILINE)
    )

    requirements = [Requirement(line) for line in wanted]
    unmet = [
        str(r)
        for r in requirements
        if not r.specifier.contains(locked.get(canonicalize_name(r.name), "0"), prereleases=True)
    ]
    assert unmet == []


class Advisories(BaseHTTPRequestHandler):
    """Answers as OSV does; it knows a flaw of one package."""

    def do_POST(self) -> None:  # http.server's name
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        flaw = {"id": "GHSA-0000", "affected": [], "schema_version": "1.6.0"}
        known = {"vulns": [flaw]} if asked["package"]["name"] == "jinja2" else {}
        answer = json.dumps(known).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words: object) -> None: ...


def test_pip_audit_itself_looks_at_every_locked_package_and_finds_a_flaw() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    threading.Thread(target=server.serve_forever).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        found = audit(lambda name: pip_audit(name, "--osv-url", address), ("osv",))
    finally:
        server.shutdown()
        server.server_close()

    locks = "".join((ROOT / lock).read_text(encoding="utf-8") for lock in LOCKS)
    named = set(re.findall(r"^([a-z0-9.-]+)==[^;]+? \\$", locks, re.MULTILINE))
    assert len(named) > 100
    assert named <= found.audited
    code, told = verdict(found, is_required=True)
    assert code == 1
    assert re.fullmatch(r"jinja2 \S+: GHSA-0000, mended in no version yet", told)

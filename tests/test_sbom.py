"""The bill of materials names what the lock file holds, each with its hashes."""

from __future__ import annotations

from scripts.sbom import ROOT, bill

LOCK = """jinja2==3.1.6 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via x
ruamel.yaml==0.18 ; python_version < '3.12' \\
    --hash=sha256:{c}
""".format(a="a" * 64, b="b" * 64, c="c" * 64)


def test_each_package_stands_there_with_its_version_and_hashes() -> None:
    components = bill(LOCK, "us", "1.0")["components"]

    assert isinstance(components, list)
    assert [c["purl"] for c in components] == ["pkg:pypi/jinja2@3.1.6", "pkg:pypi/ruamel-yaml@0.18"]
    hashes = [[h["content"][0] for h in c["externalReferences"][0]["hashes"]] for c in components]
    assert hashes == [["a", "b"], ["c"]]


def test_the_bill_of_this_repository_leaves_nothing_out() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    components = bill(lock, "us", "1.0")["components"]

    assert isinstance(components, list)
    assert len(components) == sum("==" in line and line[0].isalnum() for line in lock.splitlines())
    assert all(c["externalReferences"][0]["hashes"] for c in components)

"""The bill of materials names what the lock file holds, and is what CycloneDX asks for."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scripts.sbom import ROOT, bill, licences

LOCK = """jinja2==3.1.6 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   us (pyproject.toml)
    #   us (pyproject.toml:dev)
dask==2026.1 \\
    --hash=sha256:{d}
    # via us (pyproject.toml:dev)
markupsafe==3.0 \\
    --hash=sha256:{e}
    # via jinja2
pytest==9.0 \\
    --hash=sha256:{f}
    # via us (pyproject.toml:dev)
ruamel.yaml==0.18 ; python_version < '3.12' \\
    --hash=sha256:{c}
    # via dask
""".format(**{letter: letter * 64 for letter in "abcdef"})
US = {
    "name": "us",
    "version": "1.0",
    "license": "MIT",
    "optional-dependencies": {"cluster": ["dask>=2025"]},
}


def of_lock(lock: str = LOCK) -> dict[str, Any]:
    return bill(lock, US, lambda name, version: [{"expression": "MIT"}])


def of_this_repository() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return bill((ROOT / "requirements.lock").read_text(encoding="utf-8"), project)


def faults(made: dict[str, Any]) -> str:
    """Give what the schema of CycloneDX finds wrong; nothing: it is valid."""
    found = JsonStrictValidator(SchemaVersion.V1_5).validate_str(json.dumps(made))
    return str(found or "")


def test_each_package_stands_there_with_its_version_and_hashes() -> None:
    components = of_lock()["components"]

    assert [c["purl"] for c in components] == [
        "pkg:pypi/jinja2@3.1.6",
        "pkg:pypi/dask@2026.1",
        "pkg:pypi/markupsafe@3.0",
        "pkg:pypi/pytest@9.0",
        "pkg:pypi/ruamel-yaml@0.18",
    ]
    hashes = [[h["content"][0] for h in c["externalReferences"][0]["hashes"]] for c in components]
    assert hashes == [["a", "b"], ["d"], ["e"], ["f"], ["c"]]
    assert components[-1]["properties"] == [
        {"name": "python:marker", "value": "python_version < '3.12'"}
    ]


def test_what_the_program_needs_is_told_from_what_an_extra_or_its_tests_need() -> None:
    scopes = {c["name"]: c["scope"] for c in of_lock()["components"]}

    assert scopes == {
        "jinja2": "required",
        "markupsafe": "required",
        "dask": "optional",
        "ruamel.yaml": "optional",
        "pytest": "excluded",
    }


def test_it_says_what_needs_what() -> None:
    needs = {d["ref"].partition("@")[0]: d["dependsOn"] for d in of_lock()["dependencies"]}

    assert needs["pkg:pypi/us"] == ["pkg:pypi/jinja2@3.1.6"]
    assert needs["pkg:pypi/jinja2"] == ["pkg:pypi/markupsafe@3.0"]
    assert needs["pkg:pypi/pytest"] == []


def test_the_same_lock_gives_the_same_bill_and_another_one_another_number() -> None:
    assert of_lock() == of_lock()
    assert of_lock()["serialNumber"] != of_lock(LOCK.replace("3.1.6", "3.1.7"))["serialNumber"]


def test_the_bill_of_this_repository_leaves_nothing_out() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    components = of_this_repository()["components"]

    assert len(components) == sum("==" in line and line[0].isalnum() for line in lock.splitlines())
    assert all(c["externalReferences"][0]["hashes"] for c in components)
    assert {c["name"] for c in components if c["scope"] == "required"} >= {"weasyprint", "pydyf"}
    assert {c["name"] for c in components if c["scope"] == "excluded"} >= {"pytest", "ruff"}


def test_each_package_of_this_repository_that_is_for_every_machine_has_a_licence() -> None:
    components = of_this_repository()["components"]

    assert [c["name"] for c in components if "licenses" not in c and "properties" not in c] == []


def test_a_package_of_another_version_tells_no_licence() -> None:
    assert licences("jinja2", "0.0.1") == []


def test_it_is_valid_by_the_schema_of_cyclonedx() -> None:
    assert faults(of_this_repository()) == ""


@pytest.mark.parametrize(("key", "value"), [("scope", "needed"), ("hash", []), ("name", 3)])
def test_the_schema_would_find_what_is_wrong(key: str, value: object) -> None:
    made = of_lock()
    made["components"][0][key] = value

    assert faults(made) != ""

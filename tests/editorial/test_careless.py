"""A careless project: every rule finds something in it, and says where, and what to do."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from builder.build import build
from builder.cli import main
from builder.diagnostics import EDITORIAL
from builder.job import Job
from tests.editorial.looking import picture

CARELESS = Path(__file__).parents[1] / "fixtures" / "careless"
EXPECTED = CARELESS / "findings.txt"
ALSO = {"contrast-low"}
"""What builds find of its colours as well."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "careless"
    shutil.copytree(CARELESS, folder, ignore=shutil.ignore_patterns(EXPECTED.name))
    (folder / "images").mkdir()
    (folder / "images" / "map.png").write_bytes(picture())
    return folder


def test_the_findings_are_those_of_the_list(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list is written anew by: briefing check … > findings.txt."""
    assert main(["check", str(project)]) == 0

    assert capsys.readouterr().err == EXPECTED.read_text("utf-8")


def test_every_rule_has_a_finding_with_code_place_and_hint(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(project), "--format", "json"]) == 0

    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert {f["code"] for f in found} - ALSO == {code.value for code in EDITORIAL}
    for finding in found:
        assert finding["hint"] and finding["message"]
        assert (project / finding["file"]).is_file()
        assert finding["line"] or finding["code"] == "contrast-pair"  # it is about no line alone


def test_github_shows_each_at_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(project), "--strict", "--format", "github"]) == 3

    lines = capsys.readouterr().out.splitlines()
    count = len(re.findall(r"warning\[", EXPECTED.read_text("utf-8")))
    assert len([line for line in lines if line.startswith("::warning file=")]) == count


@pytest.mark.parametrize("code", [code.value for code in EDITORIAL])
def test_each_rule_can_be_switched_off_for_the_whole_briefing(
    code: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (project / "briefing.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"check: {{{code}: off}}\n")

    assert main(["check", str(project)]) == 0

    assert f"[{code}]" not in capsys.readouterr().err


def test_it_is_built_all_the_same(project: Path, tmp_path: Path) -> None:
    assert [path.name for path in build(Job(project, ("html",), tmp_path / "out")).paths] == [
        "careless.html"
    ]


def test_fix_shows_a_diff_makes_the_repairs_and_leaves_the_rest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repaired = {"quotes-mixed", "dashes-mixed", "range-hyphen", "spaces-double"}

    main(["check", str(project), "--fix"])

    shown = capsys.readouterr()
    assert "-The pump  is old. The OIC met in Baku." in shown.out
    assert "+The pump is old. The OIC met in Baku." in shown.out
    assert "+The “first” word, and the “second” word." in shown.out
    assert "+Oil – and gas – went west. Arms – few of them – went east." in shown.out
    main(["check", str(project)])
    left = set(re.findall(r"\[([a-z-]+)\]", capsys.readouterr().err))
    assert left - ALSO == {code.value for code in EDITORIAL} - repaired

"""`briefing verify`: a batch on disk and made anew, compared with its manifest."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from builder.cli import main
from tests.batch.batches import manifest
from tests.batch.conftest import Batch


def verified(out: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["verify", str(out), *options])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_batch_verifies_on_disk_and_made_anew(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(out / "manifest.json", capsys) == (
        0, "3 files of 3 copies, on disk and made anew, are what the manifest says\n",
    )  # fmt: skip


def test_a_file_changed_or_gone_is_a_difference(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out / "Anna.pptx").write_bytes(b"x")
    (out / "Leo.pptx").unlink()

    code, told = verified(out, capsys, "--no-build")

    assert code == 1
    assert (
        "Anna.pptx: error[verify-differs]: it was changed after it was made (1 bytes, then" in told
    )
    assert "Leo.pptx: error[verify-differs]: it cannot be read" in told


def test_what_comes_out_otherwise_now_is_a_difference_with_its_reason(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = out.parent / "report"
    section = root / "sections" / "01-one.md"
    section.write_text(section.read_text() + "\nMore.\n")

    code, told = verified(out, capsys)

    assert code == 1
    assert told.count("made anew, it differs") == 3
    assert "since then these changed: sections/01-one.md" in told
    assert verified(out, capsys, "--no-build")[0] == 0


def test_a_row_changed_or_gone_is_a_difference(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text("name,edition\nAnna,press\nÖmer,board\n")

    code, told = verified(out, capsys, "--format", "json")

    assert code == 1
    found = {d["file"].rpartition("/")[2]: d["message"] for d in json.loads(told)["diagnostics"]}
    assert found.keys() == {"Anna.pptx", "Leo", "people.csv"}
    assert "asks for this copy" in found["Leo"]


def test_a_row_that_came_later_is_a_difference(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "people.csv").open("a", encoding="utf-8") as rows:
        rows.write("Mia,\n")

    code, told = verified(out, capsys)

    assert code == 1
    assert (
        "people.csv:5:1: error[verify-differs]: the copy 'Mia' is asked for here, and the manifest"
        " does not know it"
    ) in told
    assert "the list is no longer the one of which the copies were made" in told
    assert verified(out, capsys, "--no-build")[0] == 0


def test_a_list_that_says_something_else_where_nothing_uses_it_is_told(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("\n", ",x\n").replace("edition,x", "edition,phone"), "utf-8")

    code, told = verified(out, capsys)

    assert code == 1 and told.count("verify-differs") == 1
    assert "people.csv: error[verify-differs]: the list is no longer the one" in told


def test_copies_are_made_anew_with_the_date_that_was_asked_for_then(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    code, out = batch()
    assert code == 0 and manifest(out)["command"]["date"] == "1000000000"

    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert verified(out, capsys)[0] == 0
    assert "SOURCE_DATE_EPOCH" not in os.environ
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1100000000")
    assert verified(out, capsys)[0] == 0
    assert os.environ["SOURCE_DATE_EPOCH"] == "1100000000"


def test_a_manifest_from_before_dates_were_noted_takes_the_date_of_now(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = manifest(out)
    del told["command"]["date"], told["rows"]
    (out / "manifest.json").write_text(json.dumps(told))

    assert verified(out, capsys)[0] == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert verified(out, capsys)[0] == 1


def test_a_project_that_has_moved_is_named(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = out.parent / "report"
    (tmp_path / "elsewhere").mkdir()
    moved = root.rename(tmp_path / "elsewhere" / "report")

    assert verified(out, capsys)[0] == 1
    assert verified(out, capsys, "--project", str(moved))[0] == 0


def test_what_differs_on_disk_is_told_where_the_project_is_not_there(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out.parent)
    (out / "Anna.pptx").write_bytes(b"x")
    Path("report").rename("moved")

    code, told = verified(Path("out"), capsys)

    assert code == 1
    assert "out/Anna.pptx: error[verify-differs]: it was changed after it was made" in told
    assert (
        "out/manifest.json: error[project-missing]: the project that the manifest names is not"
        " there: report\n  hint: name its folder by --project, or"
    ) in told
    assert "plain file of text" not in told
    assert "3 files of 3 copies, on disk, were compared; nothing was made anew\n" in told
    code, told = verified(Path("out"), capsys, "--project", "nowhere", "--format", "json")
    read = json.loads(told)
    assert code == 1 and read["verified"]["files"] == 3
    messages = {d["code"]: d["message"] for d in read["diagnostics"]}
    assert messages["project-missing"] == "there is no briefing.yml in nowhere"
    assert messages.keys() == {"project-missing", "verify-differs"}


def test_what_differs_on_disk_is_told_where_list_and_theme_are_not_there(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out.parent)
    (out / "Anna.pptx").write_bytes(b"x")
    told = manifest(out)
    told["command"]["theme"] = "../house"
    (out / "manifest.json").write_text(json.dumps(told))
    Path("people.csv").unlink()

    code, said = verified(Path("out"), capsys)

    assert code == 1
    assert "out/Anna.pptx: error[verify-differs]: it was changed" in said
    assert "error[file-missing]: the list that the manifest names is not there: people.csv" in said
    assert "error[theme-missing]: the theme that the manifest names is not there: house" in said


def test_what_differs_on_disk_is_told_where_the_content_has_a_fault_now(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out / "Anna.pptx").write_bytes(b"x")
    (out.parent / "report" / "briefing.yml").write_text("title: [\n")

    code, told = verified(out, capsys)

    assert code == 1 and "Anna.pptx: error[verify-differs]" in told and "yaml-syntax" in told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"manifest": 2}, "of another version"),
        ({"copies": 3}, "this is no manifest of a batch (copies:"),
        ({"further": 3}, "this is no manifest of a batch (further:"),
        (None, "this is no manifest of a batch (Invalid JSON"),
    ],
)
def test_what_is_no_manifest_is_told(
    out: Path, change: dict[str, int] | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps({**manifest(out), **change}) if change else "{"
    (out / "manifest.json").write_text(text)

    code, told = verified(out, capsys)

    assert code == 1 and message in told and "hint: " in told


def test_a_manifest_names_no_files_elsewhere(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = manifest(out)
    told["copies"][0]["outputs"][0]["path"] = "../people.csv"
    (out / "manifest.json").write_text(json.dumps(told))

    assert "names a file elsewhere: '../people.csv'" in verified(out, capsys)[1]


def test_copies_that_had_failed_are_counted_and_make_no_difference(
    batch: Batch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text(
        "name,edition,phone\nAnna,,1\n\U00012000a,,2\nLeo,none,3\n"
    )
    _, out = batch()

    code, told = verified(out, capsys)

    assert code == 0 and told == (
        "1 file of 1 copy, on disk and made anew, are what the manifest says\n"
        "2 more had not been made, and are not compared\n"
    )
    counted = json.loads(verified(out, capsys, "--format", "json")[1])
    assert counted == {"diagnostics": [], "verified": {"copies": 1, "files": 1, "not-made": 2}}


@pytest.mark.parametrize(
    ("named", "there", "told"),
    [
        ("../house/_brand.yml", "house", "template-untrusted"),
        ("house", "report/templates/house", "theme-missing"),  # by its name, not by a path
    ],
)
def test_no_way_to_name_a_theme_brings_its_templates_untrusted(
    named: str,
    there: str,
    told: str,
    out: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theme = out.parent / there
    theme.mkdir(parents=True)
    (theme / "_brand.yml").write_text("color: {}\n")
    (theme / "report.html.j2").write_text("{{ 1 / 0 }}")
    (out / "house").mkdir()
    read = manifest(out)
    read["command"]["theme"] = named
    read["command"]["formats"] = ["html"]
    (out / "manifest.json").write_text(json.dumps(read))
    monkeypatch.chdir(out)

    code, said = verified(Path("manifest.json"), capsys)

    assert code == 1 and f"error[{told}]" in said and "made anew," not in said

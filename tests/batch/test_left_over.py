"""Files of earlier runs that nobody asks for any more are named until they are gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from builder.batch.batch import carry_out
from builder.batch.copying import make_copy
from builder.batch.manifest import JOURNAL, earlier
from builder.batch.planning import Wish, plan
from builder.batch.running import run
from builder.cli import main
from builder.diagnostics import Diagnostics
from builder.job import Job
from tests.batch.batches import here, manifest
from tests.batch.conftest import Batch

LOCAL = partial(run, workers=1, start=here, make=make_copy)
Told = Callable[[int, int], None]


def run_on(out: Path, told: Told, *, resume: bool = True, edit: bool = False) -> list[str]:
    """Run the batch of a folder; give what it found. `edit`: content changes once it is planned."""
    root, log = out.parent / "report", Diagnostics()
    wish = Wish(Job(root, ("pptx",), out), (), out.parent / "people.csv", "{name}", resume)
    planned = plan(wish, log)
    if edit:
        change(root)
    carry_out(planned, LOCAL, log, told)
    return [str(finding) for finding in log]


def change(root: Path, text: str = "\nMore.\n") -> None:
    section = root / "sections" / "01-one.md"
    section.write_text(section.read_text("utf-8") + text, "utf-8")


def silent(done: int, total: int) -> None:
    """Say nothing."""


def stop(done: int, total: int) -> None:
    if done:
        raise KeyboardInterrupt


def rows(out: Path, *names: str) -> None:
    (out.parent / "people.csv").write_text("name\n" + "".join(f"{name}\n" for name in names))


def test_old_files_are_named_at_each_run_until_they_are_gone(
    batch: Batch, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out.parent / "people.csv").write_text("name,edition\nAnna,\nÖmer,none\n", encoding="utf-8")

    for options in (["--resume"], ["--resume"], []):
        batch(*options)
        told = capsys.readouterr().err
        assert "2 files of an earlier run are still there: Ömer.pptx, Leo.pptx" in told

    (out / "Leo.pptx").unlink()
    batch("--resume")
    assert "a file of an earlier run is still there: Ömer.pptx" in capsys.readouterr().err
    (out / "Ömer.pptx").unlink()
    batch("--resume")
    assert "leftover" not in capsys.readouterr().err
    assert manifest(out)["left_over"] == []


def test_old_files_that_are_made_again_are_no_longer_old(out: Path) -> None:
    rows(out, "Anna")
    assert "2 files of an earlier run" in run_on(out, silent)[0]
    rows(out, "Anna", "Leo")

    (told,) = run_on(out, silent)

    assert "a file of an earlier run is still there: Ömer.pptx" in told


def test_a_stop_before_the_first_copy_leaves_the_manifest_as_it_was(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was put in place of what it tells of; what fails then is old, and is named."""
    before = (out / "manifest.json").read_bytes()

    told = run_on(out, silent, resume=False, edit=True)

    assert "so it stopped: sections/01-one.md" in told[0]
    assert (out / "manifest.json").read_bytes() == before
    assert main(["verify", str(out), "--no-build", "-q"]) == 0
    change(out.parent / "report", "\n\U00012000\n")  # which no typeface has: no copy can be made
    for _ in range(2):
        (told_then,) = run_on(out, silent)
        assert "3 files of an earlier run are still there: Anna.pptx, Ömer" in told_then


def test_a_stop_in_the_middle_remembers_what_was_there(
    out: Path,
) -> None:
    root = out.parent / "report"
    change(root)

    run_on(out, lambda done, total: change(root) if done == 1 else None)

    told = manifest(out)
    (made,) = (entry["name"] for entry in told["copies"])
    assert {f"{made}.pptx", *told["left_over"]} == {"Anna.pptx", "Ömer.pptx", "Leo.pptx"}
    rows(out, "Anna", "Mia")
    assert "2 files of an earlier run are still there: " in run_on(out, silent)[0]
    assert set(manifest(out)["left_over"]) == {"Ömer.pptx", "Leo.pptx"}


def test_a_kill_after_a_copy_has_failed_forgets_no_file(out: Path) -> None:
    rows(out, "Leo")
    change(out.parent / "report", "\n{{< var name >}}: \U00012000\n")
    with pytest.raises(KeyboardInterrupt):
        run_on(out, stop, resume=False)  # a copy has failed, and that is noted

    assert earlier(out).files == ("Anna.pptx", "Ömer.pptx", "Leo.pptx")
    assert "3 files of an earlier run are still there: " in run_on(out, silent)[0]


def test_what_a_killed_run_has_made_is_known_to_one_that_begins_anew(out: Path) -> None:
    (out / "manifest.json").unlink()
    for name in ("Leo", "Mia"):
        rows(out, name)
        with pytest.raises(KeyboardInterrupt):
            run_on(out, stop, resume=False)

    rows(out, "Noa")
    (told,) = run_on(out, silent, resume=False)

    assert "2 files of an earlier run are still there: Leo.pptx, Mia.pptx" in told
    assert not (out / JOURNAL).exists()


def test_verify_names_old_files_and_counts_them_no_difference(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows(out, "Anna", "Ömer")
    run_on(out, silent)
    capsys.readouterr()

    assert main(["verify", str(out), "--no-build"]) == 0

    told = capsys.readouterr()
    assert told.out == "2 files of 2 copies, on disk, are what the manifest says\n"
    assert "warning[batch-leftover]: a file of an earlier run is still there: Leo.pptx" in told.err
    assert main(["verify", str(out), "--no-build", "--format", "json"]) == 0
    (finding,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert finding["code"] == "batch-leftover"
    (out / "Leo.pptx").unlink()
    assert main(["verify", str(out), "--no-build"]) == 0
    assert "leftover" not in capsys.readouterr().err


def test_a_manifest_from_before_old_files_were_kept_in_it_is_read(out: Path) -> None:
    told = manifest(out)
    del told["left_over"]
    (out / "manifest.json").write_text(json.dumps(told))

    assert main(["verify", str(out), "--no-build", "-q"]) == 0


# ---------------------------------------------------------------- editions that had failed


def test_an_edition_that_had_failed_stays_in_the_manifest_of_the_others(
    root: Path, tmp_path: Path, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, out = root / "briefing.yml", tmp_path / "out"
    settings.write_text(settings.read_text().replace("language: de", "theme: strang"))
    asked = ["batch", str(root), "-t", "pptx", "-q", "-d", str(out)]
    assert main([*asked, "--editions", "all"]) == 1

    for edited in (False, True):
        if edited:
            change(root)
        assert main([*asked, "--editions", "board", "--resume"]) == 0

        told = manifest(out)
        assert told["command"]["editions"] == ["board", "press"]
        made = [(entry["name"], bool(entry["outputs"])) for entry in told["copies"]]
        assert made == [("report-board", True), ("report-press", False)]
        capsys.readouterr()
        assert main(["verify", str(out)]) == 0
        assert "1 more had not been made, and are not compared" in capsys.readouterr().out


def test_a_row_that_had_failed_is_taken_for_no_edition(
    root: Path, tmp_path: Path, at_home: None
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out"
    people.write_text("name,edition\n\U00012000,press\n", encoding="utf-8")
    asked = ["batch", str(root), "-t", "pptx", "-q", "-d", str(out)]
    assert main([*asked, "--data", str(people), "--name", "{project}-{edition}"]) == 1

    assert main([*asked, "--editions", "board", "--resume"]) == 0

    assert [entry["name"] for entry in manifest(out)["copies"]] == ["report-board"]

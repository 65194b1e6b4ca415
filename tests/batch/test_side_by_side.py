"""Batches while something else goes on: content is edited, another batch is at work, or was."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from builder.batch.alone import LOCK, alone_in
from builder.batch.batch import Result, carry_out
from builder.batch.copied import Copied
from builder.batch.copying import make_copy
from builder.batch.planning import Planned, Wish, plan
from builder.batch.running import run
from builder.batch.seen import Seen
from builder.cli import main
from builder.diagnostics import ContentErrors, Diagnostics
from builder.job import Job
from tests.batch.batches import here, manifest, small
from tests.batch.conftest import Batch

LOCAL = partial(run, workers=1, start=here, make=make_copy)


def made_with(planned: Planned, told: Callable[[int, int], None]) -> tuple[Result, list[str]]:
    log = Diagnostics()
    result = carry_out(planned, LOCAL, log, told)
    return result, [str(finding) for finding in log]


def planned(root: Path, out: Path, *, resume: bool = False) -> Planned:
    wish = Wish(Job(root, ("pptx",), out), (), root.parent / "people.csv", "{name}", resume)
    return plan(wish, Diagnostics())


def silent(done: int, total: int) -> None:
    """Say nothing."""


# ---------------------------------------------------------------- content is edited


def edit(root: Path) -> None:
    section = root / "sections" / "01-one.md"
    section.write_text(section.read_text("utf-8") + "\nMore.\n", "utf-8")


def touch(root: Path) -> None:
    """Change a section and change it back: what was read meanwhile nobody knows."""
    section = root / "sections" / "01-one.md"
    section.write_bytes(section.read_bytes())


def add(root: Path) -> None:
    (root / "data" / "new.csv").write_text("a\n1\n")


def take_away(root: Path) -> None:
    (root / "note.txt").unlink()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (edit, "sections/01-one.md"),
        (touch, "sections/01-one.md"),
        (add, "data/new.csv"),
        (take_away, "note.txt"),
    ],
)
def test_a_batch_whose_content_is_edited_stops_and_its_copies_are_all_of_the_same(
    root: Path, tmp_path: Path, change: Callable[[Path], None], named: str
) -> None:
    (root / "note.txt").write_text("Not yet.")
    batch, out = planned(root, tmp_path / "out"), tmp_path / "out"

    def save(done: int, total: int) -> None:
        if done == 1:
            change(root)

    result, told = made_with(batch, save)

    assert (result.made, len(told)) == (1, 1)
    assert "error[batch-failed]: the content was changed while the batch was at work" in told[0]
    assert f"so it stopped: {named}\n" in told[0]
    (file,) = out.glob("*.pptx")
    assert [entry["name"] for entry in manifest(out)["copies"]] == [file.stem]


def test_the_manifest_says_what_the_copies_were_made_of_and_resume_makes_them_anew(
    root: Path, tmp_path: Path
) -> None:
    batch, out = planned(root, tmp_path / "out"), tmp_path / "out"
    before = dict(batch.files)

    made_with(batch, lambda done, total: edit(root) if done == 1 else None)

    assert manifest(out)["inputs"] == before
    result, told = made_with(planned(root, out, resume=True), silent)
    assert (result.made, result.kept, told) == (3, 0, [])
    assert manifest(out)["inputs"] != before


def test_an_edit_between_planning_and_the_first_copy_is_noticed(root: Path, tmp_path: Path) -> None:
    batch = planned(root, tmp_path / "out")
    edit(root)

    result, told = made_with(batch, silent)

    assert (result.made, len(told)) == (0, 1)


def test_a_batch_is_not_disturbed_by_its_own_outputs_and_its_list(root: Path) -> None:
    """Both may stand in the project."""
    people = root / "people.csv"
    people.write_text("name\nAnna\nLeo\n")
    wish = Wish(Job(root, ("pptx",), root / "copies"), data=people, template="{name}")

    def save(done: int, total: int) -> None:
        people.write_text("x\n")

    result, told = made_with(plan(wish, Diagnostics()), save)

    assert (result.made, told) == (2, [])


def test_a_cluster_has_content_of_its_own_and_goes_on(root: Path, tmp_path: Path) -> None:
    batch, log = planned(root, tmp_path / "out"), Diagnostics()

    carry_out(batch, LOCAL, log, lambda *_: edit(root), rereads=False)

    assert not list(log)


def test_content_that_changes_before_it_is_sent_to_a_cluster_stops_the_batch(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def gather(job: Job, address: str, *, apart: tuple[Path, ...]) -> None:
        edit(root)

    monkeypatch.setattr("builder.batch.cluster.gather", gather)
    out = tmp_path / "out"

    assert main(asked(root, "--editions", "all", "-d", str(out), "--cluster", "tcp://x:1")) == 1

    assert "so it stopped: sections/01-one.md" in capsys.readouterr().err
    assert not out.exists()


def test_what_lies_in_new_folders_is_noticed_and_what_is_no_content_is_not(tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    seen = Seen([tmp_path / "copies"])
    seen.look(tmp_path)

    for name in (".git/x", "output/x.pdf", "copies/x.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "data" / "deep").mkdir(parents=True)
    assert seen.changed() == []

    (tmp_path / "data" / "deep" / "x.csv").write_text("x")
    assert seen.changed() == ["data/deep/x.csv"] == seen.changed()


# ---------------------------------------------------------------- another batch is at work


def asked(root: Path, *options: str) -> list[str]:
    return ["batch", str(root), "-t", "pptx", "-q", *options]


def test_two_batches_do_not_work_in_one_folder(
    root: Path, tmp_path: Path, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    journal = out / "manifest.part.jsonl"
    journal.write_text("the other's\n")

    with alone_in(out):
        assert main(asked(root, "--editions", "press", "-d", str(out))) == 1

    told = capsys.readouterr().err
    assert f"{out}: error[output-unwritable]: another batch is at work in this folder\n" in told
    assert journal.read_text() == "the other's\n"
    assert [path.name for path in out.iterdir()] == [journal.name]
    assert main(asked(root, "--editions", "press", "-d", str(out))) == 0
    assert not (out / LOCK).exists()


def test_the_lock_of_a_batch_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("")

    with alone_in(tmp_path), pytest.raises(BlockingIOError), alone_in(tmp_path):
        pass


def test_a_lock_that_was_taken_away_meanwhile_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another batch ends between our opening its file and our locking it."""
    real, others = fcntl.flock, [tmp_path / LOCK]

    def flock(descriptor: int, how: int) -> None:
        for lock in others:
            lock.unlink()
        others.clear()
        real(descriptor, how)

    monkeypatch.setattr("builder.batch.alone.fcntl.flock", flock)

    with alone_in(tmp_path):
        assert (tmp_path / LOCK).exists()
        with pytest.raises(BlockingIOError), alone_in(tmp_path):
            pass


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / LOCK).symlink_to(tmp_path / "elsewhere")

    with alone_in(tmp_path):
        assert not (tmp_path / "elsewhere").exists()


# ---------------------------------------------------------------- another batch was


@pytest.fixture
def years(tmp_path: Path, at_home: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two lists of the same name, and the folder where the commands are typed."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    for year in ("2025", "2026"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "people.csv").write_text(f"name\nReader of {year}\n")
    return tmp_path / "output" / "report" / "people"


def batch_of(year: str, *options: str) -> int:
    return main(asked(Path("report"), "--data", f"{year}/people.csv", *options))


def test_lists_of_the_same_name_do_not_share_a_folder_in_silence(
    years: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch_of("2025") == 0
    before = {path.name: path.read_bytes() for path in years.iterdir()}

    assert batch_of("2026") == 1

    assert capsys.readouterr().err == (
        "output/report/people: error[output-unwritable]: copies of another list are there: "
        "2025/people.csv\n"
        "  hint: choose a folder by -d (output/report/people itself, if they may be replaced)\n"
    )
    assert {path.name: path.read_bytes() for path in years.iterdir()} == before
    assert batch_of("2026", "-d", str(years)) == 0
    assert batch_of("2025") == 1


def test_a_list_is_known_again_after_a_stop_and_when_it_has_moved(
    years: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch_of("2025")
    (years / "manifest.json").unlink()
    (years / "manifest.part.jsonl").write_text(
        json.dumps({"data": "../../../2025/people.csv"}) + "\n"
    )
    assert batch_of("2026") == 1
    assert batch_of("2025", "--resume") == 0

    Path("2024").mkdir()
    Path("2025/people.csv").rename("2024/people.csv")
    assert batch_of("2024", "--resume") == 0
    Path("2024/people.csv").write_text("name\nReader of 2024\n")
    assert batch_of("2024") == 0


def test_a_stopped_batch_says_of_which_list_it_was(years: Path) -> None:
    def stop(jobs: Mapping[str, Job]) -> Iterable[tuple[str, Copied]]:
        raise KeyboardInterrupt

    wish = Wish(Job(Path("report"), ("pptx",)), data=Path("2025/people.csv"))
    with pytest.raises(KeyboardInterrupt):
        carry_out(plan(wish, Diagnostics()), stop, Diagnostics(), silent)

    other = Wish(Job(Path("report"), ("pptx",)), data=Path("2026/people.csv"))
    with pytest.raises(ContentErrors):
        carry_out(plan(other, Diagnostics()), stop, Diagnostics(), silent)


# ---------------------------------------------------------------- some editions of all


@pytest.fixture
def all_editions(root: Path, tmp_path: Path, at_home: None) -> Path:
    out = tmp_path / "out"
    assert main(asked(root, "--editions", "all", "-d", str(out))) == 0
    return out


def again(root: Path, out: Path, capsys: pytest.CaptureFixture[str], *options: str) -> Any:
    capsys.readouterr()
    main(asked(root, "-d", str(out), "--format", "json", *options))
    return json.loads(capsys.readouterr().out)


def test_one_edition_made_again_leaves_the_others_in_the_manifest(
    root: Path, all_editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = all_editions
    before = manifest(out)

    told = again(root, out, capsys, "--editions", "press", "--resume")

    assert told["diagnostics"] == [] and (told["batch"]["made"], told["batch"]["kept"]) == (0, 1)
    assert manifest(out)["copies"] == before["copies"]
    assert manifest(out)["command"]["editions"] == ["board", "press"]
    assert main(["verify", str(out), "-q"]) == 0
    told = again(root, out, capsys, "--editions", "all", "--resume")
    assert (told["batch"]["made"], told["batch"]["kept"]) == (0, 2)


def test_editions_that_are_no_longer_what_they_were_are_named_not_kept(
    root: Path, all_editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = all_editions
    edit(root)

    told = again(root, out, capsys, "--editions", "press", "--resume")

    assert [finding["code"] for finding in told["diagnostics"]] == ["batch-leftover"]
    assert "report-board.pptx" in told["diagnostics"][0]["message"]
    assert [entry["name"] for entry in manifest(out)["copies"]] == ["report-press"]


def test_names_that_only_the_others_would_share_stop_nothing(
    root: Path, tmp_path: Path, at_home: None
) -> None:
    options = ("--editions", "press", "--name", "{project}", "--resume", "-d", str(tmp_path / "o"))

    assert main(asked(root, *options)) == 0


def test_rows_are_not_taken_for_editions_and_keep_their_order(
    batch: Batch, root: Path, tmp_path: Path
) -> None:
    _, out = batch()
    (tmp_path / "people.csv").write_text("name,edition\nLeo,\nAnna,board\n", encoding="utf-8")

    batch("--resume")

    assert [entry["name"] for entry in manifest(out)["copies"]] == ["Leo", "Anna"]
    assert os.path.lexists(out / "Ömer.pptx")


# ---------------------------------------------------------------- a theme by another path


@pytest.fixture
def house(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a theme, seen from the folder that it stands in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "_brand.yml").write_text("color: {}\n")
    return Path("house")


def test_the_same_theme_by_another_path_makes_nothing_anew(
    root: Path, house: Path, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--editions", "press", "--resume", "--theme")
    out = root.parent / "out"
    assert again(root, out, capsys, *asked, "house")["batch"]["made"] == 1

    for path in (house.resolve(), Path("report/../house"), house / "_brand.yml"):
        assert again(root, out, capsys, *asked, str(path))["batch"]["kept"] == 1, path
    house.rename("other")
    assert again(root, out, capsys, *asked, "other")["batch"]["made"] == 1, "its name is shown"
    (root.parent / "other" / "_brand.yml").write_text("color: {foreground: '#111111'}\n")
    assert again(root, out, capsys, *asked, "other")["batch"]["made"] == 1


@pytest.mark.parametrize("given", ["house/_brand.yml", "strand"])
def test_a_theme_by_its_file_or_its_name_is_found_again_by_verify(
    given: str, root: Path, house: Path, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = root.parent / "out"
    told = again(root, out, capsys, "--editions", "press", "--theme", given)

    assert (told["diagnostics"], told["batch"]["made"]) == ([], 1)
    code = main(["verify", str(out), "-q", "--trust"])
    assert (code, capsys.readouterr().err) == (0, "")


# ---------------------------------------------------------------- a folder that is a file


@pytest.mark.parametrize(("given", "file"), [([], "output"), (["-d", "x/y"], "x")])
def test_a_file_that_has_the_name_of_the_folder_is_told(
    given: list[str],
    file: str,
    root: Path,
    at_home: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(root)
    Path(file).write_text("mine")

    assert main(asked(Path(), "--editions", "press", *given)) == 1

    assert capsys.readouterr().err == (
        f"{file}: error[output-unwritable]: the copies cannot be written: a file has the name of"
        " their folder\n  hint: move it away, or name another folder by -d\n"
    )
    assert Path(file).read_text() == "mine"


def test_a_journal_that_is_no_file_of_its_own_is_not_told_to_be_a_lack_of_room(
    root: Path, tmp_path: Path, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.part.jsonl").symlink_to(tmp_path / "elsewhere")

    assert main(asked(root, "--editions", "press", "--resume", "-d", str(out))) == 1

    told = capsys.readouterr().err
    assert "the batch stopped: " in told and "make room" not in told and "--resume" in told

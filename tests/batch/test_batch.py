"""`briefing batch`: copies, manifest, going on."""

from __future__ import annotations

import errno
import hashlib
import json
from functools import partial
from pathlib import Path

import pytest
from pptx import Presentation

from builder.batch.batch import carry_out
from builder.batch.copied import Copied
from builder.batch.copying import make_copy
from builder.batch.manifest import Entry, Journal, earlier
from builder.batch.planning import Wish, plan
from builder.batch.running import run
from builder.build import load_theme_of
from builder.cli import main
from builder.cli_batch import _size
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.publication import replace_together
from builder.readers.project import Project
from builder.theme.model import Theme
from tests.batch.batches import here, manifest
from tests.batch.conftest import Batch
from tests.readers.test_editions import project

# ---------------------------------------------------------------- copies


def test_a_copy_is_made_for_each_row_and_noted(batch: Batch) -> None:
    code, out = batch()

    assert code == 0
    assert {p.name for p in out.iterdir()} == {
        "Anna.pptx", "Ömer.pptx", "Leo.pptx", "manifest.json",
    }  # fmt: skip
    told = manifest(out)
    assert told["inputs"].keys() >= {"briefing.yml", "sections/01-one.md"}
    assert told["versions"].keys() >= {"python", "weasyprint"}
    first = told["copies"][0]
    assert (first["name"], first["line"], first["edition"]) == ("Anna", 2, "")
    data = (out / "Anna.pptx").read_bytes()
    assert first["outputs"] == [
        {
            "path": "Anna.pptx",
            "format": "pptx",
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "pages": first["outputs"][0]["pages"],
        }
    ]
    assert first["seconds"] > 0
    assert "Anna" not in json.dumps(told["inputs"]) and told["refused"] == []


def test_no_value_of_a_list_stands_in_the_manifest(
    root: Path, tmp_path: Path, at_home: None
) -> None:
    """Neither of those that stand in the copies nor of those that nothing uses."""
    (tmp_path / "people.csv").write_text("name,salary\nTheodora,71234\nLeopoldine,81234\n")
    asked = ["batch", str(root), "--data", str(tmp_path / "people.csv"), "-t", "pptx"]

    assert main([*asked, "-d", str(tmp_path / "out"), "-q"]) == 0

    written = (tmp_path / "out" / "manifest.json").read_text()
    assert not [word for word in ("Theodora", "Leopoldine", "71234", "81234") if word in written]
    texts = [words_on(path) for path in sorted((tmp_path / "out").glob("*.pptx"))]
    assert ["Theodora" in texts[0], "Leopoldine" in texts[1]] == [True, True]


def words_on(path: Path) -> str:
    """Give the words of a deck, and of its notes."""
    slides = Presentation(str(path)).slides
    shapes = [shape for slide in slides for shape in slide.shapes if shape.has_text_frame]
    notes = [slide.notes_slide.notes_text_frame for slide in slides if slide.has_notes_slide]
    return " ".join([s.text_frame.text for s in shapes] + [n.text for n in notes if n])


@pytest.mark.parametrize(
    "made", ["pptx", pytest.param("pdf,docx,slides-pdf,handout", marks=pytest.mark.long)]
)
def test_processes_make_the_very_bytes_of_a_build(root: Path, tmp_path: Path, made: str) -> None:
    """Two copies in two processes; the same by `briefing build`."""
    batch, built = tmp_path / "batch", tmp_path / "built"
    formats = ["-t", made]

    assert (
        main(["batch", str(root), "--editions", "all", "-j", "2", *formats, "-d", str(batch), "-q"])
        == 0
    )
    for name in ("board", "press"):
        assert main(["build", str(root), "--edition", name, *formats, "-d", str(built), "-q"]) == 0

    names = sorted(path.name for path in built.iterdir())
    assert len(names) == 2 * len(made.split(","))
    for name in names:
        assert (batch / name).read_bytes() == (built / name).read_bytes(), name


def test_editions_are_made_as_they_say(root: Path, tmp_path: Path, at_home: None) -> None:
    yaml = (root / "briefing.yml").read_text().replace("{language: de}", "{formats: [pptx]}")
    (root / "briefing.yml").write_text(yaml)

    assert main(["batch", str(root), "--editions", "press", "-d", str(tmp_path / "o"), "-q"]) == 0

    assert [e["name"] for e in manifest(tmp_path / "o")["copies"]] == ["report-press"]
    assert (tmp_path / "o" / "report-press.pptx").is_file()


def test_what_editions_share_is_looked_at_once_for_all(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty offices in five languages are planned as fast as one, within the usual limits."""
    offices = "".join(f"    o{n}: {{byline: Office {n}}}\n" for n in range(40))
    matrix = f"matrix:\n  language: [en, de, fr, ru, tr]\n  office:\n{offices}"
    settings = root / "briefing.yml"
    settings.write_text(settings.read_text() + matrix)
    asked: list[Job] = []

    def counted(job: Job, project: Project, log: Diagnostics) -> Theme | None:
        asked.append(job)
        return load_theme_of(job, project, log)

    monkeypatch.setattr("builder.batch.planning.load_theme_of", counted)

    planned = plan(Wish(Job(root, ("pptx",)), editions=("all",)), Diagnostics())

    assert (len(planned.jobs), len(asked)) == (202, 1)


def test_an_edition_whose_theme_is_not_there_stops_no_other(
    root: Path, tmp_path: Path, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = root / "briefing.yml"
    settings.write_text(settings.read_text().replace("language: de", "theme: strang"))
    asked = ["batch", str(root), "--editions", "all", "-t", "pptx", "-d", str(tmp_path / "o")]

    assert main([*asked, "-q"]) == 1

    assert [bool(e["outputs"]) for e in manifest(tmp_path / "o")["copies"]] == [True, False]
    assert "theme-missing: there is no theme 'strang'" in capsys.readouterr().err


def test_a_theme_that_all_share_and_that_is_not_there_starts_nothing(
    root: Path, tmp_path: Path, at_home: None
) -> None:
    settings = root / "briefing.yml"
    settings.write_text(settings.read_text() + "theme: strang\n")
    asked = ["batch", str(root), "--editions", "all", "-t", "pptx", "-d", str(tmp_path / "o")]

    assert main([*asked, "-q"]) == 1
    assert not (tmp_path / "o").exists()


def test_a_long_list_earns_time_for_its_planning(root: Path, tmp_path: Path) -> None:
    rows = tmp_path / "people.csv"
    rows.write_text("name\n" + "Anna\n" * 200_000)

    wish = Wish(Job(root), data=rows)

    assert _size(wish) == _size(Wish(Job(root))) + rows.stat().st_size


def test_one_bad_row_and_one_bad_copy_stop_no_other(
    batch: Batch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text("name,edition\nAnna\nOmer,board\n\U00012000a,\nLeo,\n")

    code, out = batch()

    assert code == 1
    assert sorted(p.name for p in out.glob("*.pptx")) == ["Leo.pptx", "Omer.pptx"]
    told = capsys.readouterr().err
    assert "people.csv:2:1: error[batch-row]: the row has 1 cells, the first line 2" in told
    assert "people.csv:4:1: error[batch-failed]: the copy '\U00012000a' was not made: " in told
    assert "character-unsupported" in told
    written = manifest(out)
    assert [entry["line"] for entry in written["copies"] if not entry["outputs"]] == [4]
    assert [row["line"] for row in written["refused"]] == [2]
    assert written["copies"][1]["findings"][0]["code"] == "character-unsupported"


def test_a_copy_with_warnings_fails_under_strict(root: Path, tmp_path: Path, at_home: None) -> None:
    section = root / "sections" / "01-one.md"
    section.write_text(section.read_text() + "\n<b>\n\n[^1]: unused\n")
    asked = ["batch", str(root), "--editions", "board", "-t", "pptx", "-d", str(tmp_path / "o")]

    assert main([*asked, "-q"]) == 0
    assert main([*asked, "-q", "--strict"]) == 3
    assert not manifest(tmp_path / "o")["copies"][0]["outputs"]


def test_warnings_of_many_copies_are_told_once(
    root: Path, batch: Batch, capsys: pytest.CaptureFixture[str]
) -> None:
    section = root / "sections" / "01-one.md"
    section.write_text(section.read_text() + "\n[^1]: unused\n")

    assert batch()[0] == 0

    told = capsys.readouterr().err
    assert told.count("footnote-unused") == 1 and "(in 3 copies)" in told


def test_names_that_collide_stop_everything_before_it_starts(
    batch: Batch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text("name\nAnna\nANNA\n")

    code, out = batch()

    assert code == 1 and not out.exists()
    assert "'ANNA.pptx' is the name of two copies" in capsys.readouterr().err


def test_editions_that_would_share_a_name_are_not_made_in_place_of_each_other(
    tmp_path: Path, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path / "sm", "editions: {a: {formats: pdf}, b: {formats: docx}}\n", "Text.")
    asked = ["batch", str(root), "--editions", "all", "--name", "{project}"]

    assert main([*asked, "-d", str(tmp_path / "out")]) == 1

    assert "'sm' is the name of two copies" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_list_of_bad_rows_only_tells_each_of_them(
    batch: Batch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text("name,edition\nAnna\nLeo,x,y\n")

    code, out = batch()

    told = capsys.readouterr().err
    assert code == 1 and len(manifest(out)["refused"]) == 2
    assert "people.csv:2:1: error[batch-row]: the row has 1 cells" in told
    assert "people.csv:3:1: error[batch-row]: the row has 3 cells" in told
    assert "no column" not in told


def test_one_edition_made_later_takes_the_number_that_it_has_among_all(
    root: Path, tmp_path: Path, at_home: None
) -> None:
    out = tmp_path / "out"
    asked = ["batch", str(root), "-t", "pptx", "--name", "{project}-{row}", "-d", str(out), "-q"]
    assert main([*asked, "--editions", "all"]) == 0
    before = (out / "report-1.pptx").read_bytes()

    assert main([*asked, "--editions", "press", "--resume"]) == 0

    assert (out / "report-1.pptx").read_bytes() == before
    assert [(made["name"], made["edition"]) for made in manifest(out)["copies"]] == [
        ("report-1", "board"),
        ("report-2", "press"),
    ]
    assert main(["verify", str(out / "manifest.json"), "-q"]) == 0


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ("bord", "did you mean 'board'?"),
        ("board,x", "there are board, press"),
        ("all,bord", "did you mean 'board'?"),
        ("x,all", "there are board, press"),
    ],
)
def test_an_unknown_edition_stops_everything(
    root: Path, names: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", str(root), "--editions", names]) == 1
    assert hint in capsys.readouterr().err


def test_the_result_is_told_as_json(batch: Batch, capsys: pytest.CaptureFixture[str]) -> None:
    batch("--format", "json")

    told = json.loads(capsys.readouterr().out)
    assert told["diagnostics"] == []
    assert (told["batch"]["made"], told["batch"]["failed"]) == (3, 0)


# ---------------------------------------------------------------- going on


def made_names(root: Path, out: Path, *, resume: bool = True) -> list[str]:
    """Run the batch once more; give the names of the copies that it made."""
    made: list[str] = []

    def watch(job: Job) -> Copied:
        made.append(job.copy.name)
        return make_copy(job)

    log = Diagnostics()
    job = Job(root, ("pptx",), out)
    wish = Wish(job, data=root.parent / "people.csv", template="{name}", resume=resume)
    carry_out(plan(wish, log), partial(run, workers=1, start=here, make=watch), log, _silent)
    assert not list(log)
    return made


def _silent(done: int, total: int) -> None:
    """Say nothing."""


def test_resume_makes_what_failed_is_new_or_gone_and_nothing_else(
    root: Path, batch: Batch, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,edition\nAnna,\nOmer,none\nLeo,\nMia,\n")
    assert batch()[0] == 1
    _, out = batch("--resume")
    assert made_names(root, out) == []

    people.write_text("name,edition\nAnna,\nOmer,board\nLeo,press\nMia,\nNoa,\n")
    (out / "Mia.pptx").write_bytes(b"changed by hand")

    assert made_names(root, out) == ["Omer", "Leo", "Mia", "Noa"]
    assert made_names(root, out) == []
    assert [e["name"] for e in manifest(out)["copies"]] == ["Anna", "Omer", "Leo", "Mia", "Noa"]


def test_resume_makes_everything_where_the_content_has_changed(out: Path) -> None:
    root = out.parent / "report"
    section = root / "sections" / "01-one.md"
    section.write_text(section.read_text() + "\nMore.\n")

    assert made_names(root, out) == ["Anna", "Ömer", "Leo"]


def test_without_resume_everything_is_made_again(out: Path) -> None:
    assert made_names(out.parent / "report", out, resume=False) == ["Anna", "Ömer", "Leo"]


def test_a_batch_that_was_stopped_goes_on_where_it_stopped(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    log = Diagnostics()
    wish = Wish(Job(root, ("pptx",), out), data=tmp_path / "people.csv", template="{name}")

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(plan(wish, log), partial(run, workers=1, start=here, make=make_copy), log, stop)
    assert not (out / "manifest.json").exists()
    with (out / "manifest.part.jsonl").open("a") as journal:
        journal.write('{"name": "Leo", "ed')  # the line that a kill cut off

    assert made_names(root, out) == ["Leo"]
    assert len(manifest(out)["copies"]) == 3
    assert not (out / "manifest.part.jsonl").exists()


def test_a_line_that_a_kill_cut_off_costs_only_its_own_copy(tmp_path: Path) -> None:
    """Even in the midst of a letter; what is noted after it stands on a line of its own."""
    Journal(tmp_path).note(entry("Anna"))
    with (tmp_path / "manifest.part.jsonl").open("ab") as journal:
        journal.write('{"name": "Ö'.encode()[:-1])
    Journal(tmp_path).note(entry("Leo"))

    assert list(earlier(tmp_path).entries) == ["Anna", "Leo"]


def entry(name: str) -> Entry:
    return Entry(name=name, edition="", line=2, key="x", seconds=1.0, outputs=[], findings=[])


# ---------------------------------------------------------------- what is in the folder


def test_files_of_an_earlier_run_that_nobody_asks_for_any_more_are_named(
    batch: Batch, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row that is gone, and one that fails now: their old copies must not be sent."""
    (tmp_path / "people.csv").write_text("name,edition\nAnna,\nÖmer,none\n", encoding="utf-8")

    assert batch("--resume")[0] == 1

    told = capsys.readouterr().err
    assert "warning[batch-leftover]: 2 files of an earlier run are still there: " in told
    assert "Ömer.pptx, Leo.pptx" in told and "Anna" not in told
    (out / "Ömer.pptx").unlink()
    (out / "Leo.pptx").unlink()
    batch()
    assert "leftover" not in capsys.readouterr().err


def test_a_folder_that_takes_nothing_more_ends_the_batch(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody makes ten thousand copies for a disk that is full; what was made is gone on with."""
    monkeypatch.setattr("builder.batch.running.processes", here)
    (tmp_path / "people.csv").write_text("name\n" + "".join(f"n{n}\n" for n in range(9)))
    asked = ["batch", str(root), "--data", str(tmp_path / "people.csv"), "-t", "pptx", "-q"]
    asked += ["-d", str(tmp_path / "out"), "--name", "{name}"]
    room = iter([True, True, *[False] * 7])

    def replaced(files: dict[str, bytes], folder: Path) -> tuple[Path, ...]:
        if not next(room):
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace_together(files, folder)

    with monkeypatch.context() as disk:
        disk.setattr("builder.output.replace_together", replaced)
        assert main(asked) == 1

    told = capsys.readouterr().err
    assert "the batch stopped: 3 copies, one after the other, could not be written" in told
    assert told.count("error[batch-failed]") == told.count("No space left on device") == 3
    assert len(list(room)) == 4, "the others are not made in vain"
    assert main([*asked, "--resume", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["batch"]["kept"] == 2

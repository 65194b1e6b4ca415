"""Files whose names are no UTF-8: an old archive has some, and Linux takes any bytes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from builder.batch.bundle import moved, packed, unpacked
from builder.batch.manifest import Journal, relative
from builder.batch.names import spelt, unspelt
from builder.cli import main
from builder.job import Job
from tests.batch.batches import manifest

CAFE = os.fsdecode(b"caf\xe9")


def is_taken(folder: Path) -> bool:
    try:
        (folder / CAFE).touch()
    except OSError:
        return False
    (folder / CAFE).unlink()
    return True


@pytest.fixture
def project(root: Path, tmp_path: Path, at_home: None) -> Path:
    if not is_taken(tmp_path):
        pytest.skip("the file system takes UTF-8 names only")
    return root


def batch(root: Path, out: Path, *options: str) -> int:
    return main(["batch", str(root), "-t", "pptx", "-q", "-d", str(out), *options])


def test_a_file_of_the_project_stands_in_the_manifest_and_is_compared(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = project / f"{CAFE}.txt", tmp_path / "out"
    file.write_text("x")

    assert batch(project, out, "--editions", "all") == 0

    assert "caf//xe9.txt" in manifest(out)["inputs"]
    assert batch(project, out, "--editions", "all", "--resume") == 0
    assert main(["verify", str(out), "-q"]) == 0
    file.write_text("y")
    section = project / "sections" / "01-one.md"
    section.write_text(section.read_text() + "\nMore.\n")
    capsys.readouterr()
    assert main(["verify", str(out), "--format", "json"]) == 1
    hints = {d["hint"] for d in json.loads(capsys.readouterr().out)["diagnostics"]}
    assert hints == {"since then these changed: caf\\xe9.txt, sections/01-one.md"}


def test_a_list_and_a_theme_are_found_again(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, out, theme = tmp_path / f"{CAFE}.csv", tmp_path / "out", tmp_path / CAFE
    rows.write_text("name,edition\nAnna,\nLeo,none\n")
    theme.mkdir()
    (theme / "_brand.yml").write_text("color: {}\n")
    asked = ["--data", str(rows), "--theme", str(theme), "--name", f"{CAFE}-{{row}}"]

    assert batch(project, out, *asked) == 1

    assert (out / "caf--1.pptx").is_file()
    told = manifest(out)
    assert told["command"]["data"] == "../caf//xe9.csv"
    assert told["refused"][0]["file"].endswith("caf\\udce9.csv")
    assert batch(project, out, *asked, "--resume") == 1
    assert main(["verify", str(out), "-q"]) == 0
    rows.unlink()
    capsys.readouterr()
    assert main(["verify", str(out), "--format", "json"]) == 1
    assert "caf\\\\xe9.csv" in capsys.readouterr().out


def test_a_list_in_such_a_folder_is_told_from_another_one(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(CAFE).mkdir()
    (Path(CAFE) / "people.csv").write_text("name\nAnna\n")
    asked = ["batch", "report", "-t", "pptx", "-q", "--data"]
    assert main([*asked, f"{CAFE}/people.csv"]) == 0
    assert main([*asked, f"{CAFE}/people.csv", "--resume"]) == 0
    out = Path("output/report/people")
    (out / "manifest.json").unlink()
    Journal(out).begin(relative(Path(CAFE) / "people.csv", out), anew=True)
    capsys.readouterr()

    assert main([*asked, "people.csv"]) == 1

    assert "copies of another list are there: caf\\xe9/people.csv" in capsys.readouterr().err


def test_a_project_in_such_a_folder_is_found_again(project: Path, tmp_path: Path) -> None:
    moved = project.rename(tmp_path / CAFE)
    out = tmp_path / "out"

    assert batch(moved, out, "--editions", "all") == 0

    assert manifest(out)["project"] == "../caf//xe9"
    assert main(["verify", str(out), "-q"]) == 0


def test_such_a_file_travels_to_a_cluster(project: Path, tmp_path: Path) -> None:
    (project / f"{CAFE}.txt").write_text("x")
    bundle = packed(Job(project))

    there = moved(Job(project), unpacked(bundle, tmp_path / "worker"))

    assert (there.project / f"{CAFE}.txt").read_text() == "x"


@pytest.mark.parametrize("name", [CAFE, "a/b.txt", "\\xe9", "x" + os.fsdecode(b"\xff\xc3\xa9/")])
def test_names_come_back_as_they_were(name: str) -> None:
    assert spelt(name).encode() and unspelt(spelt(name)) == name
    assert spelt("a/é.txt") == "a/é.txt"

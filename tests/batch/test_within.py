"""Batches that write into folders of their own inside the project."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from builder.batch.batch import carry_out
from builder.batch.copying import make_copy
from builder.batch.planning import Wish, plan
from builder.batch.running import run
from builder.cli import main
from builder.diagnostics import Diagnostics
from builder.freshness import content_files, fingerprint
from builder.job import Job
from tests.batch.batches import here, small
from tests.support.paper import strand

LOCAL = partial(run, workers=1, start=here, make=make_copy)


@pytest.fixture
def inside(tmp_path: Path, at_home: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project in which the commands are typed."""
    monkeypatch.chdir(small(tmp_path))
    return Path.cwd()


def batch(capsys: pytest.CaptureFixture[str], out: str, *options: str) -> Any:
    capsys.readouterr()
    asked = ["batch", ".", "--editions", "all", "-t", "pptx", "-d", out, "--format", "json"]
    main([*asked, *options])
    return json.loads(capsys.readouterr().out)


def test_two_batches_write_into_folders_of_the_project_at_once(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other one begins, works and ends while this one does."""
    log, others = Diagnostics(), []
    wish = Wish(Job(inside, ("pptx",), inside / "aa"), ("all",))

    def told(done: int, total: int) -> None:
        if done == 0:
            others.append(batch(capsys, "bb")["diagnostics"])

    result = carry_out(plan(wish, log), LOCAL, log, told)

    assert (list(log), others, result.made) == ([], [[]], 2)
    for out in ("aa", "bb"):
        told_of = batch(capsys, out, "--resume")
        assert (told_of["diagnostics"], told_of["batch"]["kept"]) == ([], 2), out


def test_a_batch_that_was_stopped_there_disturbs_no_other(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch(capsys, "aa")
    (inside / "bb").mkdir()
    for name in ("manifest.part.jsonl", "report-board.pptx", ".batch.lock"):
        (inside / "bb" / name).write_text("{}")

    assert batch(capsys, "aa", "--resume")["batch"]["kept"] == 2


def test_a_record_of_a_batch_hides_no_content(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stranger may have put one where the content is: only outputs beside it do not count."""
    batch(capsys, "bb")
    for record in ("manifest.json", "manifest.part.jsonl", ".batch.lock"):
        (inside / "data" / record).write_bytes((inside / "bb" / "manifest.json").read_bytes())
    (inside / "data" / "rates.csv").write_text("a\n1\n")
    (inside / "data" / "plan.pdf").write_text("1")
    (inside / "images").mkdir(exist_ok=True)
    (inside / "images" / "manifest.json").write_text('{"name": "of something else"}')
    found = [path.relative_to(inside).as_posix() for path in content_files(inside)]
    before = fingerprint(inside, strand())

    assert {"data/rates.csv", "images/manifest.json"} < set(found)
    assert not {"data/plan.pdf", "data/manifest.json", "bb/report-board.pptx"} & set(found)
    (inside / "data" / "plan.pdf").write_text("2")
    assert fingerprint(inside, strand()) == before
    (inside / "data" / "rates.csv").write_text("a\n2\n")
    assert fingerprint(inside, strand()) != before


@pytest.mark.parametrize("record", ["manifest.json", "manifest.part.jsonl", ".batch.lock"])
def test_what_is_not_looked_at_is_not_read_either(
    record: str, inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else it could change, and the old report would go out as the current one."""
    (inside / "texts").mkdir()
    (inside / "texts" / "one.html").write_text("---\ntitle: One\n---\n\nA text.\n")
    settings = inside / "briefing.yml"
    settings.write_text(settings.read_text().replace('"sections/*.md"', "texts/one.html"))
    assert main(["check", "."]) == 0
    (inside / "texts" / record).write_text('{\n "manifest": 1}')
    capsys.readouterr()

    assert main(["check", "."]) == 1

    told = capsys.readouterr()
    assert (
        "error[file-unreadable]: texts/one.html cannot be read: it lies in" in told.out + told.err
    )


def test_a_folder_that_is_gone_while_content_is_looked_for_stops_nothing(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch puts its copies together in a hidden folder, and takes it away."""
    (inside / "bb" / ".staging-1").mkdir(parents=True)
    (inside / "data" / "gone").mkdir()
    real = os.scandir

    def scandir(path: Any) -> Iterator[os.DirEntry[str]]:
        if Path(path).name in (".staging-1", "gone"):
            raise FileNotFoundError(path)
        return real(path)

    monkeypatch.setattr("os.scandir", scandir)

    assert inside / "briefing.yml" in list(content_files(inside))

"""Folders of strangers, unpacked, with the commands run inside them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from builder.job import Job
from builder.preview.hand import Hand
from builder.preview.notices import Done, Notice, Wish
from tests.attacks.arena import BASE, make, settings
from tests.test_cli_watch import LATE

PROGRAM = [sys.executable, "-P", "-c", "import sys; from builder.__main__ import main; sys.exit(main())"]  # fmt: skip
"""The command as it is installed: Python looks for modules beside it, not in the current folder."""

MODULES = "builder citeproc jinja2 json multiprocessing pickle sitecustomize weasyprint".split()


def inside(folder: Path, *words: str, code: int = 0) -> str:
    """Run a command in a folder; give all that it prints."""
    done = subprocess.run(
        [*PROGRAM, *words], cwd=folder, capture_output=True, text=True, timeout=LATE
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def with_modules(folder: Path) -> Path:
    """A project beside modules that every program of Python's asks for; each leaves a mark."""
    mark = f"open({str(folder.parent / 'ran')!r}, 'a').write(__name__)\nraise SystemExit\n"
    modules = {f"{name}.py": mark for name in MODULES}
    editions = settings("editions: {one: {language: en-GB}}\n")
    return make(folder, {**BASE, **editions, **modules, "preview/__init__.py": mark})


def test_no_command_runs_modules_of_the_folder_it_is_run_in(tmp_path: Path) -> None:
    folder = with_modules(tmp_path / "p")

    inside(folder, "build", "-t", "docx", "--no-embed-fonts")
    inside(folder, "batch", "--editions", "all", "-t", "docx", "-j", "1")
    inside(folder, "verify", "output/p/manifest.json", "-j", "1")

    assert not (tmp_path / "ran").exists()


def test_no_process_of_the_preview_runs_modules_of_the_folder_it_is_run_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(with_modules(tmp_path / "p"))
    told: list[Notice] = []

    async def work() -> None:
        hand = Hand("desk", Job(Path()), told.append)
        task = asyncio.create_task(hand.work())
        hand.wish(Wish(1))
        while not any(isinstance(notice, Done) for notice in told):
            await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(asyncio.wait_for(work(), LATE))

    assert len(told) > 1
    assert not (tmp_path / "ran").exists()


def test_python_told_to_run_the_builder_takes_no_library_from_the_current_folder(
    tmp_path: Path,
) -> None:
    folder = with_modules(tmp_path / "p")
    for name in (*MODULES, "preview/__init__"):  # what Python itself takes, nobody can keep it from
        if name not in ("citeproc", "jinja2", "weasyprint"):
            (folder / f"{name}.py").unlink()

    done = subprocess.run(
        [sys.executable, "-m", "builder", "build", "-t", "docx,html", "--no-embed-fonts", "-q"],
        cwd=folder,
        timeout=LATE,
    )

    assert done.returncode == 0
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("link", "words"),
    [("output", ("build",)), ("output/p", ("batch", "--editions", "all"))],
    ids=["build", "batch"],
)
def test_outputs_do_not_follow_a_link_out_of_the_folder(
    link: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    editions = settings("editions: {one: {language: en-GB}}\n")
    folder = make(tmp_path / "p", {**BASE, **editions})
    there = make(tmp_path / "mine", {"p.docx": "mine", "manifest.part.jsonl": "mine"})
    (folder / link).parent.mkdir(exist_ok=True)
    (folder / link).symlink_to(there)

    told = inside(folder, *words, "-t", "docx", code=1)

    assert "error[output-unwritable]: a link leads from there to" in told
    assert sorted(p.name for p in there.iterdir()) == ["manifest.part.jsonl", "p.docx"]
    assert (there / "p.docx").read_text() == "mine"


def test_links_in_a_ring_are_no_folder_for_outputs(tmp_path: Path) -> None:
    folder = make(tmp_path / "p", BASE)
    (folder / "output").symlink_to("output")
    (folder / "ring").symlink_to("ring")

    assert "error[output-unwritable]" in inside(folder, "build", "-t", "docx", code=1)
    assert "error[output-unwritable]" in inside(folder, "build", "-t", "docx", "-d", "ring", code=1)


def test_a_batch_is_not_put_among_its_sources(tmp_path: Path) -> None:
    folder = make(tmp_path / "p", {**BASE, **settings("editions: {one: {language: en-GB}}\n")})
    before = sorted(folder.iterdir())

    told = inside(folder, "batch", "--editions", "all", "-t", "docx", "-d", ".", code=1)

    assert "the outputs would stand among their sources" in told
    assert sorted(folder.iterdir()) == before

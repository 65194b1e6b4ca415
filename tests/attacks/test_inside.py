"""Folders of strangers, unpacked, with the commands run inside them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from builder.batch.manifest import Entry, File, Journal, earlier
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


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stranger's folder with a batch, made with a theme that brings a template."""
    folder = tmp_path_factory.mktemp("batch")
    editions = settings("editions: {one: {language: en-GB}}\n")
    theme = {"theme/_brand.yml": "color: {}\n", "theme/report.css.j2": "p { color: red }\n"}
    make(folder, {**theme, **{f"p/{name}": text for name, text in {**BASE, **editions}.items()}})
    inside(
        folder,
        *("batch", "p", "--editions", "all", "-t", "docx", "-j", "1", "-d", "out"),
        *("--theme", "theme"),
    )
    return folder


@pytest.mark.long
def test_templates_that_a_manifest_leads_to_are_not_trusted(batch: Path) -> None:
    refused = inside(batch, "verify", "out", "-j", "1", code=1)
    trusted = inside(batch, "verify", "out", "-j", "1", "--trust")

    assert "out/manifest.json: error[template-untrusted]" in refused
    assert "are what the manifest says" in trusted


@pytest.mark.parametrize("kind", ["a link", "a second name", "a pipe"])
def test_a_batch_writes_to_a_journal_of_its_own_only(kind: str, tmp_path: Path) -> None:
    mine, path = tmp_path / "mine", tmp_path / "manifest.part.jsonl"
    mine.write_text("mine")
    lead = {"a link": path.symlink_to, "a second name": path.hardlink_to}
    lead.get(kind, lambda _: os.mkfifo(path))(mine)
    entry = Entry(name="a", edition="", line=1, key="k", seconds=0.5, outputs=[], findings=[])

    with pytest.raises(OSError, match="jsonl"):
        Journal(tmp_path).note(entry)

    assert mine.read_text() == "mine"


def test_outputs_that_are_pipes_keep_nobody_waiting(batch: Path) -> None:
    (made,) = (batch / "out").glob("*.docx")
    before = made.read_bytes()
    made.unlink()
    os.mkfifo(made)

    told = inside(batch, "verify", "out", "--no-build", code=1)

    assert "it cannot be read: it is no plain file" in told
    made.unlink()
    made.write_bytes(before)


def test_a_journal_that_names_files_elsewhere_is_not_believed(tmp_path: Path) -> None:
    for name, path in (("a", "../../a.pdf"), ("b", "b.pdf")):
        file = File(path=path, format="pdf", sha256="0" * 64, bytes=1, pages=1)
        Journal(tmp_path).note(
            Entry(name=name, edition="", line=1, key="k", seconds=0.5, outputs=[file], findings=[])
        )

    assert list(earlier(tmp_path).entries) == ["b"]


def test_an_output_that_is_a_pipe_keeps_no_build_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content is one that was built before: its outputs are looked for in the folder."""
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("BRIEFING_FORCE")
    mine, folder = make(tmp_path / "mine" / "p", BASE), make(tmp_path / "theirs" / "p", BASE)
    words = ("build", "-t", "docx", "--no-embed-fonts", "--limits", "seconds=20")
    inside(mine, *words)
    (folder / "output" / "p").mkdir(parents=True)
    os.mkfifo(folder / "output" / "p" / "p.docx")

    assert "nothing has changed" in inside(folder, *words)

    made = (mine / "output" / "p" / "p.docx").read_bytes()
    assert (folder / "output" / "p" / "p.docx").read_bytes() == made


@pytest.mark.long
def test_a_journal_that_is_a_pipe_keeps_no_batch_waiting(tmp_path: Path) -> None:
    folder = make(tmp_path / "p", {**BASE, **settings("editions: {one: {language: en-GB}}\n")})
    (folder / "output" / "p").mkdir(parents=True)
    os.mkfifo(folder / "output" / "p" / "manifest.part.jsonl")

    inside(folder, "batch", "--editions", "all", "-t", "docx", "-j", "1")

    assert (folder / "output" / "p" / "manifest.json").is_file()


@pytest.mark.parametrize("command", ["build", "check", "mail"])
def test_no_command_follows_a_link_to_a_project_that_nobody_named(
    command: str, tmp_path: Path
) -> None:
    make(tmp_path / "mine", BASE)
    folder = make(tmp_path / "theirs", {"content/readme.txt": "x"})
    (folder / "content" / "x").symlink_to(tmp_path / "mine")
    before = sorted(folder.rglob("*"))

    told = inside(folder, command, code=1)

    assert "content/x is a link out of the current folder" in told
    assert sorted(folder.rglob("*")) == before


def test_no_command_writes_a_page_or_a_file_for_print_among_its_sources(tmp_path: Path) -> None:
    folder = make(tmp_path / "p", BASE)
    before = sorted(folder.rglob("*"))

    for words in (("-t", "html"), ("-t", "docx", "--print")):
        told = inside(folder, "build", *words, "-d", ".", code=1)
        assert "the outputs would stand among their sources" in told

    assert sorted(folder.rglob("*")) == before

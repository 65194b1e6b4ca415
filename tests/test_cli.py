"""The command line: what is typed, what comes back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.cli import main
from builder.example import make_project

LATE = 600.0
"""Seconds until something hangs: a process beside busy ones may be left waiting for minutes."""


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "builder", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("somewhere else") / "my-briefing"
    make_project(folder)
    return folder


def test_help_and_version_answer() -> None:
    assert "build" in run("--help").stdout
    assert run("--version").stdout.startswith("briefing ")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from builder.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['--help'])\n"
        "heavy = {'weasyprint', 'docx', 'pptx', 'pydantic', 'markdown_it', 'rich', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_map_of_the_deck_is_printed_as_text_or_within_the_json(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["build", str(example), "-t", "pptx", "-d", str(tmp_path), "--map"]

    assert main([*asked, "-q"]) == 0
    assert capsys.readouterr().out.startswith("slides\n   1  title: ")
    assert main([*asked, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["map"]
    assert told["slides"][0]["layout"] == "title"
    assert all({"what", "reason", "line"} <= set(block) for block in told["left_out"])


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["biuld"], "did you mean 'build'?"),
        (["build", "--stict"], "did you mean '--strict'?"),
        (["build", "-t", "pdf,doxc"], "did you mean 'docx'?"),
        (["mail", "--attach", "pdf,docs"], "did you mean 'docx'?"),
        (["build", "--format", "jsn"], "did you mean 'json'?"),
        (["check", "-t", "pdf"], "(-t is an option of briefing build, watch"),
        (["build", "--frobnicate"], "hint: see briefing build --help"),
        (["check", "--frobnicate"], "usage: briefing check"),
    ],
)
def test_a_slip_on_the_command_line_is_2_with_a_hint(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == 2
    assert hint in capsys.readouterr().err


def test_build_without_a_project_says_what_to_do(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)

    assert done.returncode == 1
    assert "project-missing" in done.stderr and "briefing new" in done.stderr


def test_a_mistyped_project_gets_the_right_one_as_a_hint(tmp_path: Path) -> None:
    make_project(tmp_path / "content" / "water")

    done = run("check", "content/watr", cwd=tmp_path)

    assert "did you mean 'content/water'?" in done.stderr


def test_several_projects_are_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_project(tmp_path / "content" / name)

    done = run("check", cwd=tmp_path)

    assert done.returncode == 1
    assert "content/one, content/two" in done.stderr


def test_the_only_project_under_content_is_found(tmp_path: Path) -> None:
    make_project(tmp_path / "content" / "water")

    assert run("check", cwd=tmp_path).returncode == 0


def test_new_refuses_a_folder_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").write_text("")

    done = run("new", "taken", cwd=tmp_path)

    assert done.returncode == 2
    assert "taken is there already" in done.stderr


def test_the_example_builds_without_a_finding_far_from_the_repository(
    example: Path, tmp_path: Path
) -> None:
    done = run("build", str(example), "--strict", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    folder = tmp_path / "output" / "my-briefing"
    assert sorted(p.name for p in folder.iterdir()) == [
        "my-briefing.docx",
        "my-briefing.pdf",
        "my-briefing.pptx",
    ]
    assert "my-briefing.pdf" in done.stdout and "slides" in done.stdout


def test_json_tells_outputs_with_pages_and_bytes(example: Path, tmp_path: Path) -> None:
    done = run("build", str(example), "-t", "docx", "-d", str(tmp_path), "--format", "json")

    told = json.loads(done.stdout)
    assert told["diagnostics"] == []
    (output,) = told["outputs"]
    path = (example / output["path"]).resolve()
    assert (output["format"], output["bytes"]) == ("docx", path.stat().st_size)
    assert output["pages"] > 0


def test_slides_as_pdf_and_handouts_are_made_where_asked_for(example: Path, tmp_path: Path) -> None:
    done = run(
        *("build", str(example), "-t", "slides-pdf,handout"),
        *("-d", str(tmp_path), "--format", "json"),
    )

    told = {
        o["format"]: (Path(o["path"]).name, o["pages"]) for o in json.loads(done.stdout)["outputs"]
    }
    slides = told["slides-pdf"][1]
    assert told["slides-pdf"] == ("my-briefing-slides.pdf", slides)
    assert told["handout"][0] == "my-briefing-handout.pdf" and told["handout"][1] >= slides > 5


def test_quiet_prints_nothing_where_all_is_well(example: Path, tmp_path: Path) -> None:
    done = run("build", str(example), "-t", "pptx", "-d", str(tmp_path), "-q")

    assert (done.stdout, done.stderr) == ("", "")


def test_the_current_folder_may_be_the_project(example: Path, tmp_path: Path) -> None:
    done = run("build", "-t", "pptx", "-d", str(tmp_path / "here"), cwd=example)

    assert done.returncode == 0
    assert (tmp_path / "here" / "my-briefing.pptx").is_file()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_build_that_is_ended_leaves_no_folder_and_no_output(
    name: str, example: Path, tmp_path: Path
) -> None:
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "builder", "build", str(example), "-t", "pdf", "-d", "out"]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    started = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE)
    until = time.monotonic() + LATE
    while not list((tmp_path / "tmp").glob("*/briefing-fonts-*")) and time.monotonic() < until:
        time.sleep(0.01)

    started.send_signal(signal.Signals[name])
    _, told = started.communicate(timeout=LATE)

    assert started.returncode == 128 + signal.Signals[name]
    assert told.decode() == "interrupted; the outputs are as they were\n"
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not (tmp_path / "out").exists()

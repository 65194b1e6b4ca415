"""The wheel is all that is needed: it holds its templates, and builds an example anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALL = "pdf,docx,pptx,html,slides-pdf,handout"


def run(words: list[str], folder: Path, **variables: str) -> str:
    """Run a program in a folder, without what this environment would lend it; give its output."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        words, cwd=folder, env={**kept, **variables}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, as `pip wheel` and `uv build` do, by its own builder."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_program_its_templates_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
        meta = next(name for name in names if name.endswith("METADATA"))
        told = Parser().parsestr(package.read(meta).decode())
        entries = package.read(meta.replace("METADATA", "entry_points.txt")).decode()
    templates = {p.relative_to(ROOT / "templates") for p in (ROOT / "templates").rglob("*")}
    wanted = {f"builder/_templates/{p}" for p in templates if (ROOT / "templates" / p).is_file()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert wanted and wanted <= set(names)
    assert {name.partition("/")[0] for name in names} == {"builder", meta.partition("/")[0]}
    assert [name for name in names if name.endswith((".pyc", ".ttf", ".otf"))] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "briefing = builder.__main__:main" in entries
    required = [r for r in told.get_all("Requires-Dist", []) if "extra ==" not in r]
    assert len(required) == len(project["dependencies"])


def test_the_wheel_builds_an_example_where_there_is_no_repository(
    wheel: Path, tmp_path: Path
) -> None:
    """With the packages of this environment; the long test installs everything anew."""
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-compile"]
    run([*pip, "--target", str(site), str(wheel)], tmp_path)
    briefing = [sys.executable, "-P", "-m", "builder"]

    where = run(
        [sys.executable, "-P", "-c", "import builder; print(builder.__file__)"],
        tmp_path,
        PYTHONPATH=str(site),
    )
    run([*briefing, "new", "example", "--title", "Rain"], tmp_path, PYTHONPATH=str(site))
    run([*briefing, "build", "example", "-t", "html,pptx"], tmp_path, PYTHONPATH=str(site))

    assert where.startswith(str(site))
    made = sorted(path.name for path in (tmp_path / "output" / "example").iterdir())
    assert made == ["example.html", "example.pptx"]


@pytest.mark.long
def test_the_wheel_alone_installs_into_an_empty_environment_and_builds_every_format(
    wheel: Path, tmp_path: Path
) -> None:
    env = tmp_path / "env"
    run([sys.executable, "-m", "venv", str(env)], tmp_path)
    pip = [str(env / "bin" / "python"), "-m", "pip", "install", "-q"]
    run([*pip, "--disable-pip-version-check", str(wheel)], tmp_path)
    briefing = str(env / "bin" / "briefing")

    run([briefing, "new", "example", "--title", "Rain"], tmp_path)
    run([briefing, "check", "example", "--strict"], tmp_path)
    run([briefing, "build", "example", "-t", ALL], tmp_path)

    folder = tmp_path / "output" / "example"
    made = {path.name: path.stat().st_size for path in folder.iterdir() if path.is_file()}
    assert len(made) == len(ALL.split(",")) and min(made.values()) > 10_000, made
    assert (folder / "example.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert not list((env / "lib").rglob("templates/strand/report.html.j2"))
    assert list((env / "lib").rglob("builder/_templates/strand/report.html.j2"))

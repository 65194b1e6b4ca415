"""The doctor finds what is missing, says what to do, and knows what can be done without."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from builder.cli import main
from builder.doctor import State, examine
from builder.doctor.machine import machine, writing
from builder.doctor.web import web
from builder.example import make_project
from tests.readers.test_editions import project
from tests.support.paper import strand


def told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, here: Path, *arguments: str
) -> tuple[int, str]:
    monkeypatch.chdir(here)
    code = main(["doctor", *arguments])
    return code, capsys.readouterr().out


def remark(here: Path, words: str) -> tuple[State, str]:
    found = [r for c in machine(here) for r in c.remarks if words in r.what]
    assert found, words
    return found[0].state, found[0].cure


def test_without_libreoffice_the_doctor_ends_with_0_and_a_cure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    code, out = told(capsys, monkeypatch, tmp_path)

    assert code == 0
    assert "optional  LibreOffice is not installed" in out
    assert "apt install libreoffice" in out.split("What to do\n")[1]


def test_versions_fonts_and_characters_are_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, out = told(capsys, monkeypatch, tmp_path)

    python = ".".join(map(str, sys.version_info[:3]))
    assert f"ok        Python {python}" in out and "ok        Pango 1." in out
    assert "ok        weasyprint 70" in out
    assert "Source Serif Pro, for text: from the Python package font_source_serif_pro" in out
    assert "400: 907 characters, SourceSerifPro-Regular.ttf; not all of Hebrew, arrows" in out
    assert "ok        Azerbaijani: Source Serif Pro" in out


def test_a_missing_pango_is_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Absent:
        def __getattr__(self, name: str) -> object:
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", Absent())

    state, cure = remark(tmp_path, "Pango")

    assert state is State.BROKEN and "libpango" in cure


def test_a_missing_package_is_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.metadata.requires", lambda name: ["no-such-package-x>=1"])

    assert remark(tmp_path, "no-such-package-x is missing") == (State.BROKEN, "run: make setup")


def test_a_folder_that_cannot_be_written_is_broken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(**options: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)

    found = writing(tmp_path / "output")

    assert found.state is State.BROKEN
    assert found.what.endswith("output cannot be written: Permission denied")
    assert f"make {tmp_path} writable" in found.cure


def test_a_typeface_that_is_not_there_is_optional_and_says_what_stands_in_its_place(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "_brand.yml").write_text("typography: {base: Nowhere Serif}\n")

    code, out = told(capsys, monkeypatch, tmp_path, "--theme", "acme")

    assert code == 0
    assert "the typeface 'Nowhere Serif' is not on this machine: Source Serif Pro is used" in out
    assert "install it, or put its files into acme/fonts" in out.split("What to do\n")[1]


def test_a_template_with_a_fault_is_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "_brand.yml").write_text("meta: {name: Acme}\n")
    (tmp_path / "acme" / "report.css.j2").write_text("{% if %}\n")

    code, out = told(capsys, monkeypatch, tmp_path, "--theme", "acme")

    assert code == 1
    assert "broken    report.css.j2: line 1:" in out
    assert "report.html.j2: the shipped theme's" in out


def test_a_theme_or_project_that_is_not_there_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, out = told(capsys, monkeypatch, tmp_path, "--theme", "nothing")
    assert code == 1 and "there is no theme 'nothing'" in out

    assert main(["doctor", "nothing"]) == 1
    assert "'nothing' is no folder" in capsys.readouterr().err


def test_a_project_in_a_language_that_no_font_can_show_is_broken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_project(tmp_path / "he")
    settings = tmp_path / "he" / "briefing.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("language: en-GB", "language: he"), "utf-8"
    )
    monkeypatch.setattr(
        "builder.theme.fonts.FontBook.missing", lambda self, text: set(text) & set("אבג")
    )

    remarks = [r for c in examine(tmp_path, tmp_path / "he") for r in c.remarks]

    hebrew = next(r for r in remarks if r.what.startswith("Hebrew"))
    assert hebrew.state is State.BROKEN and hebrew.what == "Hebrew: no font has א ב ג"


def test_an_edition_is_looked_at_in_its_own_theme_and_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = project(tmp_path, "editions: {board: {theme: mine}}\n", "Text.")
    (root / "mine").mkdir()
    (root / "mine" / "_brand.yml").write_text("meta: {name: Mine}\n")

    def themes(edition: str) -> list[str]:
        chapters = examine(tmp_path, root, edition=edition)
        return [c.title for c in chapters if c.title.startswith("Theme")]

    assert (themes(""), themes("board")) == (["Theme Strand"], ["Theme Mine"])
    assert main(["doctor", str(root), "--edition", "bord"]) == 1
    assert "did you mean 'board'?" in capsys.readouterr().err


def test_what_the_page_for_the_web_needs_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, out = told(capsys, monkeypatch, tmp_path)

    chapter = out.split("Page for the web (-t html)\n")[1].split("\n\n")[0]
    assert re.search(r"ok +brotli\w* [\d.]+, which packs the page's fonts", chapter)
    assert "Source Serif Pro may go into the page" in chapter
    assert re.search(r"the faintest, \w+, has a contrast of \d", chapter)


def test_without_a_packer_the_page_alone_is_not_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("brotli", "brotlicffi"):
        monkeypatch.setitem(sys.modules, name, None)

    found = [r for r in web(strand()) if "cannot be packed" in r.what]

    assert [r.state for r in found] == [State.OPTIONAL] and "make setup" in found[0].cure


def test_a_font_that_may_not_be_embedded_is_told() -> None:
    theme = strand()
    closed = replace(theme, serif=replace(theme.serif, embeddable=False))

    found = [r for r in web(closed) if "may not go into the page" in r.what]

    assert [r.what.split(" may")[0] for r in found] == [theme.serif.name]


def test_who_reads_only_the_first_lines_sees_no_fault(tmp_path: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m builder doctor | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )

    assert done.stdout == "Programs\n" and done.stderr == ""
    assert done.returncode in (0, 141)  # 0: all was written before head had gone


def test_a_cache_folder_that_cannot_be_written_is_told_and_can_be_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "file"))

    state, cure = remark(tmp_path, f"{tmp_path / 'file'} cannot be written")

    assert state is State.OPTIONAL
    assert "BRIEFING_CACHE" in cure


@pytest.mark.parametrize("theme", ["../elsewhere", "linked"])
def test_a_theme_that_a_project_may_not_choose_is_not_looked_at(
    theme: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = project(tmp_path / "p", f"theme: {theme}\n", "Text.")
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "_brand.yml").write_text("color: {primary: kept}\n")
    (folder / "templates").mkdir()
    (folder / "templates" / "linked").symlink_to(elsewhere)

    code, out = told(capsys, monkeypatch, tmp_path, str(folder))

    assert code != 0
    assert ("lies outside the project" in out) == (theme != "linked")
    assert ("is found by a link" in out) == (theme == "linked")
    assert "kept" not in out


def test_a_theme_whose_files_lead_elsewhere_is_not_looked_at(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = project(tmp_path / "p", "theme: half\n", "Text.")
    (tmp_path / "private").write_text("kept to oneself\n")
    (folder / "templates" / "half").mkdir(parents=True)
    (folder / "templates" / "half" / "_brand.yml").symlink_to(tmp_path / "private")

    code, out = told(capsys, monkeypatch, tmp_path, str(folder))

    assert code != 0
    assert "leads out of" in out
    assert "kept" not in out

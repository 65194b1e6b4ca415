"""The outside judges: that each finds a fault put in on purpose, and says so when it is absent."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
import weasyprint
from PIL import Image
from pptx import Presentation

from tests.support import judges
from tests.support.browser import browser


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Rain by month")
    document.save(str(tmp_path / "word.docx"))
    return tmp_path / "word.docx"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0])
    presentation.save(str(tmp_path / "deck.pptx"))
    return tmp_path / "deck.pptx"


def test_sound_office_files_have_no_errors(word: Path, deck: Path) -> None:
    assert judges.ooxml_errors([word, deck]) == []
    assert judges.ooxml_errors([word, deck], office="Office2019") == []


def test_an_element_in_the_wrong_place_is_an_error_of_its_file(word: Path, deck: Path) -> None:
    broken = word.with_name("broken.docx")
    with zipfile.ZipFile(word) as parts, zipfile.ZipFile(broken, "w") as changed:
        for name in parts.namelist():
            body = parts.read(name)
            changed.writestr(name, body.replace(b"<w:body>", b"<w:body><w:t>stray</w:t>"))

    errors = judges.ooxml_errors([deck, broken])

    assert len(errors) == 1
    assert errors[0].startswith("broken.docx: /word/document.xml /w:document[1]/w:body[1] ")
    assert "invalid child element" in errors[0]


def test_a_file_that_is_no_archive_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "junk.docx").write_text("junk")

    assert judges.ooxml_errors([tmp_path / "junk.docx"]) == [
        "junk.docx:   File contains corrupted data. (Exception)"
    ]


def test_an_unknown_office_is_refused_and_not_taken_for_the_newest(word: Path) -> None:
    with pytest.raises(ValueError, match=r"'Office2099' is none of Office2007"):
        judges.ooxml_errors([word], office="Office2099")


def test_libreoffice_and_poppler_read_and_draw_what_word_holds(word: Path, tmp_path: Path) -> None:
    pdf = judges.soffice_to_pdf(word, tmp_path)

    assert pdf == tmp_path / "word.pdf"
    assert judges.pdf_text(pdf).strip() == "Rain by month"
    drawn = judges.pdf_to_png(pdf, tmp_path)
    assert [page.read_bytes()[:4] for page in drawn] == [b"\x89PNG"]


def test_verapdf_names_the_rule_that_an_undescribed_picture_breaks(tmp_path: Path) -> None:
    picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
    for name, text in {"bare": "", "described": "alt='Bars rising'"}.items():
        page = f'<html lang="en"><title>Rain</title><h1>Rain</h1><img {text} src="{picture}">'
        weasyprint.HTML(string=page).write_pdf(
            str(tmp_path / f"{name}.pdf"), pdf_variant="pdf/ua-1"
        )

    assert judges.verapdf_failures(tmp_path / "described.pdf", "ua1") == []
    failures = judges.verapdf_failures(tmp_path / "bare.pdf", "ua1")
    assert len(failures) == 1
    assert failures[0].startswith(
        "ISO 14289-1:2014 7.3-1: 1 times Figure structure element neither"
    )


@pytest.fixture
def nothing_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_JUDGES", str(tmp_path / "judges"))
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("nothing_fetched")
def test_an_absent_judge_skips_with_the_line_that_says_how_to_get_it(
    word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match=r"run: make validators$"):
        judges.ooxml_errors([word])
    with pytest.raises(pytest.skip.Exception, match=r"^veraPDF is not here"):
        judges.verapdf_failures(word, "ua1")
    with pytest.raises(pytest.skip.Exception, match=r"^poppler is not here"):
        judges.pdf_text(word)


@pytest.mark.usefixtures("nothing_fetched")
def test_under_ci_an_absent_judge_is_a_failure(word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(
        pytest.fail.Exception, match=r"validator is not here; run: make validators$"
    ):
        judges.ooxml_errors([word])


def test_chromium_draws_a_page_as_wide_as_asked_light_and_dark(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html><style>body { margin: 0; height: 1500px; background: #fff }"
        "@media (prefers-color-scheme: dark) { body { background: #000 } }</style>"
    )

    light = Image.open(judges.page_to_png(page, tmp_path / "light.png", width=320))
    dark = Image.open(judges.page_to_png(page, tmp_path / "dark.png", width=320, dark=True))

    assert light.size == dark.size == (320, 1500)
    assert light.convert("L").getextrema() == (255, 255)
    assert dark.convert("L").getextrema() == (0, 0)


def test_chromium_reaches_no_other_machine(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!DOCTYPE html><title>x</title><img src="https://example.org/x.png">')

    with browser() as chromium:
        opened = chromium.open(page)

        assert opened.value("document.title") == "x"
        assert opened.value("document.images[0].complete && document.images[0].naturalWidth") == 0


def test_a_verapdf_that_the_registry_refuses_is_asked_for_twice_and_then_done_without(
    word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, tools, told = tmp_path / "judges", tmp_path / "tools", tmp_path / "told"
    (cache / "ooxml-validator").mkdir(parents=True)
    (cache / "ooxml-validator" / "fetched-0.4.0").touch()
    tools.mkdir()
    if shutil.which("java") is None:
        judges.absent("Java")
    for name in ("mvn", "apt-get", "dnf", "brew"):
        (tools / name).write_text(f"#!/bin/sh\necho {name} >> {told}\nexit 1\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("BRIEFING_JUDGES", str(cache))
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)
    monkeypatch.setenv("CI", "true")

    script = Path(__file__).parents[1] / "scripts" / "validators.sh"
    done = subprocess.run([script], capture_output=True, text=True, check=False)

    assert (done.returncode, told.read_text().split()) == (0, ["mvn", "mvn"]), done.stderr
    assert "can be done without: verapdf" in done.stderr
    with pytest.raises(pytest.skip.Exception, match=r"^veraPDF was refused by the registry, twice"):
        judges.verapdf_failures(word, "ua1")


def test_an_axe_that_is_another_file_than_the_one_looked_at_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("node") is None:
        judges.absent("Node")
    cache, tools = tmp_path / "judges", tmp_path / "tools"
    (cache / "ooxml-validator").mkdir(parents=True)
    (cache / "ooxml-validator" / "fetched-0.4.0").touch()
    tools.mkdir()
    planted = cache / "axe" / "node_modules" / "axe-core"
    fakes = {"npm": f"mkdir -p {planted}; echo 'alert(1)' > {planted}/axe.min.js", "mvn": "exit 1"}
    for name, does in fakes.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("BRIEFING_JUDGES", str(cache))
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)

    script = Path(__file__).parents[1] / "scripts" / "validators.sh"
    done = subprocess.run([script], capture_output=True, text=True, check=False)

    assert "another file than the one that was looked at" in done.stderr
    assert re.search("can be done without:.* axe", done.stderr) and not (cache / "axe").exists()

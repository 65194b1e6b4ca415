"""What holds for every output: valid, the same bytes again, the theme's fonts."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import docx
import pptx
import pypdfium2
import pytest

from builder.job import ALL_FORMATS, FORMATS
from tests.support.built import EXAMPLE, SHIPPED, TORTURE, built
from tests.support.judges import ooxml_errors, pdf_fonts

PROJECTS = [SHIPPED, EXAMPLE, TORTURE]


@pytest.mark.parametrize("office", ["Office2019", "Microsoft365"])
@pytest.mark.parametrize("name", ["docx", "pptx"])
@pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p.name)
def test_microsofts_validator_finds_nothing(
    project: Path, name: str, office: str, tmp_path: Path
) -> None:
    path = tmp_path / f"x.{name}"
    path.write_bytes(built(project, name).data)

    assert ooxml_errors([path], office=office) == []


@pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p.name)
def test_the_pdf_holds_the_themes_fonts_alone(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(built(project, "pdf").data)

    strange = {f for f in pdf_fonts(path) if not f.startswith(("Source", "Noto"))}
    assert strange == set()


def build_elsewhere(
    folder: Path, project: Path = TORTURE, formats: Sequence[str] = ALL_FORMATS, **variables: str
) -> dict[str, bytes]:
    environment = {**os.environ, **variables}
    command = [sys.executable, "-m", "builder", "build", str(project), "-t", ",".join(formats)]
    command += ["-d", str(folder), "-q"]
    subprocess.run(command, check=True, env=environment, cwd=folder.parent)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_bytes_depend_on_no_folder_time_zone_locale_or_hash_seed(tmp_path: Path) -> None:
    here = {built(TORTURE, name).name: built(TORTURE, name).data for name in ALL_FORMATS}
    there = build_elsewhere(
        tmp_path / "two with spaces", PYTHONHASHSEED="77", TZ="America/Lima", LC_ALL="C.UTF-8"
    )

    assert sorted(there) == [
        "torture-handout.pdf",
        "torture-slides.pdf",
        "torture.docx",
        "torture.html",
        "torture.pdf",
        "torture.pptx",
    ]
    assert [name for name in there if there[name] != here[name]] == []


def test_the_date_inside_is_source_date_epoch_where_it_is_set(tmp_path: Path) -> None:
    files = build_elsewhere(tmp_path / "out", EXAMPLE, FORMATS, SOURCE_DATE_EPOCH="1000000000")

    with pypdfium2.PdfDocument(files["policy-brief.pdf"]) as pdf:
        assert pdf.get_metadata_dict()["CreationDate"] == "D:20010909014640Z"
    word = docx.Document(io.BytesIO(files["policy-brief.docx"]))
    assert word.core_properties.created == datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)
    deck = pptx.Presentation(io.BytesIO(files["policy-brief.pptx"]))
    assert deck.core_properties.created == datetime(2001, 9, 9, 1, 46, 40)

"""`check --outputs` reads what was built."""

from __future__ import annotations

from pathlib import Path

from builder.diagnostics import Code, Diagnostics
from builder.output import read_outputs
from builder.outputs_lint import lint_outputs
from tests.support.office import docx


def test_a_sound_document_is_passed(tmp_path: Path) -> None:
    (tmp_path / "brief.docx").write_bytes(docx("Text.").data)
    log = Diagnostics()

    lint_outputs(read_outputs(tmp_path, "brief", log), log)

    assert not [d for d in log if d.code is Code.OUTPUT_FAULT], list(log)


def test_a_folder_without_outputs_is_an_error_that_names_it(tmp_path: Path) -> None:
    log = Diagnostics()

    assert read_outputs(tmp_path, "brief", log) == {}

    assert [(d.code, d.at.file) for d in log] == [(Code.OUTPUT_MISSING, str(tmp_path))]


def test_a_file_that_is_no_office_file_is_an_error(tmp_path: Path) -> None:
    log = Diagnostics()

    lint_outputs({tmp_path / "brief.docx": b"no zip at all"}, log)

    assert [d.code for d in log] == [Code.OUTPUT_FAULT]

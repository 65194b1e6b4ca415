"""A batch of editions in other languages, themes and papers, looked for in the files themselves."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from builder.cli import main
from tests.batch.batches import here
from tests.readers.test_editions import project
from tests.support.outputs import pdf_words

YAML = """editions:
  board: {audience: board}
  press: {audience: press, language: de, paper: letter, theme: maroon}
"""
TEXT = """For all.

::: {.content-visible when-edition="board"}
Only the board reads this.
:::

::: {.content-visible when-edition="press"}
Nur die Presse liest dies.
:::
"""
BRAND = 'meta: {name: Maroon}\ncolor: {palette: {maroon: "#7b1131"}, primary: maroon}\n'
MAROON = (0x7B, 0x11, 0x31)


@dataclass(frozen=True)
class Seen:
    """What a PDF shows."""

    language: str
    paper: str
    words: str
    maroon: bool


def seen(path: Path) -> Seen:
    data = path.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        box = [round(float(edge)) for edge in pdf.pages[0].mediabox]
        paints = [
            [round(float(part) * 255) for part in step.operands]
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) in ("rg", "scn") and len(step.operands) == 3
        ]
        language = str(pdf.Root.Lang)
    return Seen(language, f"{box[2]} × {box[3]}", pdf_words(data), list(MAROON) in paints)


def test_editions_have_their_language_theme_paper_and_words_in_the_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.batch.running.processes", here)
    root, out = project(tmp_path / "report", YAML, TEXT), tmp_path / "out"
    (root / "templates" / "maroon").mkdir(parents=True)
    (root / "templates" / "maroon" / "_brand.yml").write_text(BRAND)

    assert main(["batch", str(root), "--editions", "all", "-t", "pdf", "-d", str(out), "-q"]) == 0

    board, press = (seen(out / f"report-{name}.pdf") for name in ("board", "press"))
    assert (board.language, board.paper) == ("en", "595 × 842")
    assert (press.language, press.paper) == ("de", "612 × 792")
    assert press.maroon and not board.maroon
    assert "Only the board reads this." in board.words and "Nur die" not in board.words
    assert "Nur die Presse liest dies." in press.words and "Only the" not in press.words

"""One document of the corpus tried: built into three formats and read again, or refused."""

from __future__ import annotations

import re
import time
import traceback
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from builder.build import prepare, write_format
from builder.diagnostics import ContentErrors, Diagnostic, Diagnostics, Severity
from builder.job import Job, WordOptions
from builder.outputs_lint import lint_outputs
from builder.writers.pdf_words import Passage, losses, pdf_texts, words_of
from tests.corpus.documents import Paper
from tests.corpus.visible import pieces
from tests.corpus.wrapped import NOTES, SECTION, Wrapped, wrap
from tests.support.outputs import office_words

FORMATS = ("pdf", "docx", "pptx")
_QUOTED = re.compile(r"'([^']+)'")
OF_THE_CONTENT = "which does not tell where it leads"
"""What our lint says of a document that has a link named "here": rightly, and not of the output."""

MOST_LINES = 3
"""Lines over which a link may run; its address stands in the last."""

SLIDES = r"ppt/slides/.*\.xml$"
SLOW = 60.0
"""Seconds of the processor for one document in three formats; what takes longer hangs."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a document ended. What is wrong with that end stands in `faults`."""

    paper: str
    code: str = ""  # of the first error; empty: it was built
    line: int = 0
    words: int = 0  # looked for in each of the three
    pages: int = 0
    seconds: float = 0.0
    faults: tuple[str, ...] = ()
    data: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    findings: tuple[str, ...] = field(default=(), repr=False, compare=False)


def attempt(paper: Paper, folder: Path) -> Verdict:
    """Build a document in `folder`, and look whether the outputs or the refusal can be let stand."""
    wrapped, log, started = wrap(paper), Diagnostics(), time.process_time()
    try:
        data = _built(wrapped.write(folder), log)
    except Exception:
        return Verdict(str(paper), "traceback", faults=(traceback.format_exc(),))
    seconds = time.process_time() - started
    faults = [f"it took {seconds:.0f} seconds"] if seconds > SLOW else []
    findings = tuple(map(str, log))
    error = next((d for d in log.sorted() if d.severity is Severity.ERROR), None)
    if error is not None:
        faults += [f for d in log if d.severity is Severity.ERROR for f in _useless(d, wrapped)]
        return Verdict(
            str(paper),
            error.code.value,
            error.at.line,
            seconds=seconds,
            faults=tuple(faults),
            findings=findings,
        )
    checked, missing = lost(wrapped, data)
    linted = Diagnostics()
    office = {Path(f"x.{name}"): data[name] for name in ("docx", "pptx")}
    lint_outputs(office, linted)
    said = (str(d) for d in linted if d.severity is not Severity.NOTE)
    faults += [*missing, *(fault for fault in said if OF_THE_CONTENT not in fault)]
    return Verdict(
        str(paper),
        words=checked,
        pages=len(pdf_texts(data["pdf"])),
        seconds=seconds,
        faults=tuple(faults),
        data=data,
        findings=findings,
    )


def _built(root: Path, log: Diagnostics) -> dict[str, bytes]:
    try:
        prepared = prepare(Job(root), log)
        word = WordOptions(embed_fonts=False)
        data = {name: write_format(name, prepared, log, word=word).data for name in FORMATS}
    except ContentErrors:
        assert log.has_errors
        return {}
    return data


def _useless(found: Diagnostic, wrapped: Wrapped) -> list[str]:
    """Tell what an author could not use of a diagnostic: no place in the text, no hint.

    What the message quotes has to stand in the line that it names.
    """
    faults = [] if found.hint else [f"no hint: {found}"]
    if found.at.file not in (SECTION, NOTES) or found.at.line < 1:
        return [*faults, f"no place: {found}"]
    lines = wrapped.files[found.at.file].decode().split("\n")
    if found.at.line > len(lines):
        return [*faults, f"a place behind the end: {found}"]
    quoted = _QUOTED.search(found.message)
    at = found.at.line - 1
    line = "\n".join(lines[at : at + MOST_LINES])
    if quoted and quoted[1] not in line and quote(quoted[1], safe="/") not in line:
        faults.append(f"the line does not say so: {found}: {line}")
    return faults


def lost(wrapped: Wrapped, data: dict[str, bytes]) -> tuple[int, list[str]]:
    """Look for every visible word of the text in each output; give their count, and what is lost.

    Words are counted: one that stands three times in the text stands three times in each output.
    Footnotes are in the report and the Word document only; so is the title that we have added.
    Tables and figures that stand by themselves are on slides, not only in speaker notes.
    """
    seen = pieces(wrapped.body)
    passages = [Passage("", words_of(piece.text), piece.in_note) for piece in seen]
    faults = [
        f"pdf has lost: {' '.join(loss.words)}" for loss in losses(passages, pdf_texts(data["pdf"]))
    ]
    wanted = Counter(word for piece in seen for word in words(piece.text))
    spoken = Counter(word for piece in seen if not piece.in_note for word in words(piece.text))
    for name, needed in (("docx", wanted), ("pptx", spoken)):
        missing = needed - Counter(words(office_words(data[name])))
        if missing:
            faults.append(f"{name} has lost: {' '.join(missing.elements())}")
    graphic = Counter(w for p in seen if p.is_graphic and not p.in_note for w in words(p.text))
    missing = graphic - Counter(words(office_words(data["pptx"], SLIDES)))
    if missing:
        faults.append(f"slides have lost: {' '.join(missing.elements())}")
    return wanted.total(), faults


def words(text: str) -> list[str]:
    """Give words that are parted at every sign, so that it does not matter which dash it is."""
    return re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKD", text).casefold())

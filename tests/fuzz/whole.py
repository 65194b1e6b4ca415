"""One whole project, whatever it holds: it gives outputs without faults, or findings."""

from __future__ import annotations

import re
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from builder.build import Prepared, check, prepare, write_format
from builder.deck.make import make_deck
from builder.deck.map import deck_map
from builder.deck.notes import flat
from builder.diagnostics import Code, ContentErrors, Diagnostics
from builder.document.nodes import (
    Caption,
    Chart,
    CodeBlock,
    Document,
    FloatKind,
    Node,
    Note,
    Picture,
)
from builder.document.walk import CAPTIONED, captioned, every, plain, rebuild
from builder.job import Job, WordOptions
from builder.outputs_lint import lint_outputs
from builder.passes.editions import for_format
from builder.writers.pdf_words import Passage, losses, pdf_texts, words_of
from tests.support.outputs import office_words

FORMATS = ("pdf", "docx", "pptx")
SLOW = 10.0
"""Seconds of the processor, after which a small project hangs."""

GIVEN_UP = (Code.LAYOUT_WARNING, Code.TEXT_LOST)
"""What the builder says where it could not do its work, and an author can do little."""

NO_CAPTION = Caption(FloatKind.FIGURE)
VALID, REFUSED = "valid", "refused"


def try_project(files: Mapping[str, bytes], *, whole: bool, keep: Path | None = None) -> str:
    """Build a project in all formats, or check it only; give VALID, REFUSED or what went wrong.

    With `keep`, the outputs of a valid one stay as `keep`.pdf and so on, for judges outside.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "p"
        for name, data in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        started, log = time.process_time(), Diagnostics()
        try:
            if whole:
                fault = _built(root, log, keep)
            else:
                fault, log = "", check(Job(root))
        except Exception:
            return traceback.format_exc()
        seconds = time.process_time() - started
    if fault:
        return fault
    if seconds > SLOW:
        return f"slow: {seconds:.0f} seconds"
    return REFUSED if log.has_errors else VALID


def _built(root: Path, log: Diagnostics, keep: Path | None) -> str:
    """Build a project; give what is wrong with its outputs."""
    try:
        prepared = prepare(Job(root), log)
        word = WordOptions(embed_fonts=False)
        data = {name: write_format(name, prepared, log, word=word).data for name in FORMATS}
    except ContentErrors:
        if not log.has_errors:
            return "it is refused without a word"
    if log.has_errors:
        return next((f"given up: {d}" for d in log if d.code in GIVEN_UP), "")
    linted = Diagnostics()
    lint_outputs({Path(f"x.{name}"): data[name] for name in ("docx", "pptx")}, linted)
    if linted.has_errors:
        return f"unsound outputs: {next(iter(linted))}"
    if keep is not None:
        for name in FORMATS:
            keep.with_suffix(f".{name}").write_bytes(data[name])
    return next(_lost(prepared, data), "")


def _lost(prepared: Prepared, data: Mapping[str, bytes]) -> Iterator[str]:
    """Give the words of the text that are not in the report or in the Word document."""
    texts = _texts(_shown(prepared, "pdf"))
    in_pdf = (Passage("", words, False) for text in texts if (words := words_of(text)))
    for loss in losses(in_pdf, pdf_texts(data["pdf"])):
        yield f"pdf has lost: {' '.join(loss.words)}"
    wanted = Counter(w for text in _texts(_shown(prepared, "docx")) for w in _words(text))
    missing = wanted - Counter(_words(office_words(data["docx"])))
    if missing:
        yield f"docx has lost: {' '.join(missing.elements())}"
    yield from off_slides(prepared, data["pptx"])


def off_slides(prepared: Prepared, data: bytes) -> Iterator[str]:
    """Give the words of tables and the like that are on no slide, though none was left out.

    Running text stays in the report; what of it the speaker notes tell is a choice. Charts have
    words that depend on their room. So what stands by itself, and is not left out for a reason
    that `build --map` gives, is what the deck is meant to carry.
    """
    document = _shown(prepared, "pptx")
    whole = for_format(prepared.document, "pptx")
    made = make_deck(whole, prepared.theme, Diagnostics())
    if made is None:
        return
    out = {block.at for block in deck_map(whole, made[0]).left_out}
    there = set(_words(office_words(data, r"ppt/slides/.*\.xml$")))
    for section in document.sections:
        for block in flat(section.blocks):  # what stands in a list is text
            if not isinstance(block, CAPTIONED) or block.at in out:
                continue
            said = rebuild(block, _unsaid)
            caption, rest = said.caption, replace(said, caption=NO_CAPTION)
            parts = (caption.title, caption.subtitle, caption.source, rest)
            lost = [w for part in parts for w in _words(plain(part)) if w not in there]
            if lost:
                yield f"slides have lost, of {type(block).__name__} {block.at}: {' '.join(lost)}"


def _unsaid(node: Node) -> Node | tuple[Node, ...]:
    return () if isinstance(node, Note) else node


def _shown(prepared: Prepared, name: str) -> Document:
    """Give what a format shows as words: no charts, whose words depend on their room, no alt texts."""

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Chart):
            return ()
        return replace(node, alt="") if isinstance(node, Picture) else node

    return rebuild(for_format(prepared.document, name), change)


def _texts(document: Document) -> Iterator[str]:
    """Give the text of a document by parts: the running text, code, and each footnote once."""
    for block in captioned(document.sections):
        yield from map(plain, (block.caption.title, block.caption.subtitle, block.caption.source))
    apart = rebuild(document, _without_caption)
    for section in apart.sections:
        yield plain(section.title)
        yield from map(plain, section.blocks)
    yield from (code.text for code in every(document.sections, CodeBlock))
    notes = {(note.label, note.at if not note.label else 0): note for note in _notes(document)}
    yield from (plain(note.blocks) for note in notes.values())


def _without_caption(node: Node) -> Node:
    return replace(node, caption=NO_CAPTION) if isinstance(node, CAPTIONED) else node


def _notes(document: Document) -> Iterator[Note]:
    """Give the footnotes of the sections' titles and text."""
    for section in document.sections:
        yield from every((section.title, section.blocks), Note)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKD", text).casefold())

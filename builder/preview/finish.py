"""What takes its time: the report as it will be delivered, the Word document's pages, downloads."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from builder.build import Prepared, write_format
from builder.diagnostics import ContentErrors, Diagnostics
from builder.job import Job
from builder.mail.ready import draft_of
from builder.office import print_document
from builder.passes.editions import for_format
from builder.preview.desk import findings
from builder.preview.notices import DOWNLOADS, Findings, Notice, Sheet, Sheets, Wish, Written
from builder.preview.outline import outline
from builder.preview.press import Reading, divided
from builder.preview.spots import sheets
from builder.preview.word import word_sheets
from builder.writers.pdf import typeset
from builder.writers.pdf_plan import Plan, Survey


@dataclass(slots=True)
class Finisher:
    """Writes outputs whole."""

    job: Job

    def answer(self, wish: Wish) -> Iterator[Notice]:
        """Give the panes that are wanted, or the one output that is to be written."""
        prepared: Prepared = pickle.loads(wish.briefing)
        log = Diagnostics()
        try:
            for name in wish.names:
                yield from self._one(name, wish.revision, prepared, log)
        except ContentErrors:
            pass
        yield Findings(wish.revision, findings(log), not log.has_errors, origin="finish")

    def _one(
        self, name: str, revision: int, prepared: Prepared, log: Diagnostics
    ) -> Iterator[Notice]:
        match name:
            case "pages":
                yield _pages(revision, prepared, log)
            case "word":
                made = write_format("docx", prepared, log)
                printed = print_document(made.data)
                if printed is None:
                    yield outline(revision, prepared)
                else:
                    digest = _digest(printed)
                    pages = tuple(word_sheets(printed, digest, prepared.document))
                    yield Sheets("word", revision, pages, ((digest, printed),))
            case "mail":
                file, data = draft_of(self.job, prepared, log)
                yield Written(revision, name, file, data)
            case _ if name in DOWNLOADS:
                artifact = write_format(name, prepared, log)
                log.stop_if_errors()
                yield Written(revision, name, artifact.name, artifact.data)
            case _:
                raise ValueError(f"{name!r} is nothing that can be written")


def _pages(revision: int, prepared: Prepared, log: Diagnostics) -> Sheets:
    """Lay out the report as it will be delivered, and tell drafts to come how that was done."""
    document = for_format(prepared.document, "pdf")
    looked: list[tuple[Plan, Survey, tuple[Sheet, ...]]] = []

    def look(plan: Plan, made: list[Any], seen: Survey) -> None:
        looked.append((plan, seen, tuple(sheets(made, ""))))

    done = typeset(
        document,
        prepared.theme,
        log,
        stamp=prepared.stamp,
        read=prepared.project.files.read,
        look=look,
    )
    digest = _digest(done.pdf)
    plan, seen, drawn = looked[-1]
    pages = tuple(replace(sheet, pdf=digest) for sheet in drawn)
    layout = divided(Reading.of(document, prepared, plan), seen, pages, fine=True)
    kept = pickle.dumps(layout, pickle.HIGHEST_PROTOCOL)
    return Sheets("pdf", revision, pages, ((digest, done.pdf),), layout=kept)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]

"""What there is to show, and to whom: the state of every pane, and the browsers that look on."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from builder.preview.notices import Fault, Finding, Findings, Ready, Sheet, Sheets, Text

NAMES = ("report", "pdf", "slides", "word", "mail")
QUICK = ("report", "slides", "mail")
"""Panes that are made after every save, looked at or not."""

MOST_FINDINGS = 400
State = Literal["empty", "working", "fresh", "draft", "stale", "waiting"]


@dataclass(slots=True)
class Pane:
    """One pane: what it shows, and of which state of the content that is."""

    version: int = 0
    revision: int = 0
    shown: Text | Sheets | None = None
    when: float = 0.0

    @property
    def is_draft(self) -> bool:
        """Whether finer pages are still to come."""
        return isinstance(self.shown, Sheets) and self.shown.draft


@dataclass(slots=True)
class Hub:
    """Everything that the application's pages are made of."""

    project: str  # its folder, as findings and editors name it
    revision: int = 0  # counts the states of the content that were seen
    good: bool = True  # nothing keeps the last state from being shown
    fault: str = ""  # the program's own failure
    slow: str = ""  # why the content is not read yet
    ready: Ready | None = None
    panes: dict[str, Pane] = field(default_factory=lambda: {name: Pane() for name in NAMES})
    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)  # by who found it
    files: dict[str, bytes] = field(default_factory=dict)  # PDFs by their digests
    changed: tuple[str, ...] = ()
    place: str = ""
    open_panes: dict[asyncio.Queue[int], frozenset[str]] = field(default_factory=dict)
    written: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    run: str = field(default_factory=lambda: secrets.token_hex(8))  # another one after a restart

    # ------------------------------------------------------------ what the processes tell

    def change(self, files: tuple[str, ...]) -> int:
        """Note that the content is another one; give its number."""
        self.revision += 1
        self.changed, self.fault, self.slow = files, "", ""
        self.tell()
        return self.revision

    def take_findings(self, notice: Findings) -> None:
        """Note what was found, unless it is of an older state."""
        if notice.revision != self.revision:
            return
        if notice.origin == "desk":
            self.good, self.slow = notice.good, ""
            if not notice.good:
                self.found = {}
        self.found[notice.origin] = notice.found
        self.tell()

    def take_ready(self, notice: Ready) -> None:
        """Note what a good state of the content is called and made of."""
        self.ready, self.place, self.slow = notice, notice.place, ""
        self.good = True
        self.written.clear()
        self.found.pop("finish", None)
        self.tell()

    def take_pane(self, notice: Text | Sheets) -> None:
        """Show a pane; finer pages are not replaced by a draft of the same content."""
        pane = self.panes[notice.name]
        if notice.revision < pane.revision:
            return
        if isinstance(notice, Sheets):
            if notice.revision == pane.revision and notice.draft and not pane.is_draft:
                return
            self.files |= dict(notice.files)
        changed = pane.shown is None or _content(pane.shown) != _content(notice)
        pane.shown, pane.revision, pane.when = notice, notice.revision, time.time()
        if changed:
            pane.version += 1
        self._forget_files()
        self.tell()

    def take_slowness(self, words: str) -> None:
        """Note why nothing has come yet."""
        self.slow = words
        self.tell()

    def take_fault(self, notice: Fault) -> None:
        """Note that the program itself failed."""
        self.fault = notice.words
        self.tell()

    def _forget_files(self) -> None:
        used = {
            sheet.pdf
            for pane in self.panes.values()
            if isinstance(pane.shown, Sheets)
            for sheet in pane.shown.sheets
        }
        self.files = {name: data for name, data in self.files.items() if name in used}

    # ------------------------------------------------------------ who looks on

    @property
    def wanted(self) -> frozenset[str]:
        """The panes that somebody looks at."""
        return frozenset().union(*self.open_panes.values())

    def tell(self) -> None:
        """Let every browser know that something has changed."""
        for waiting in self.open_panes:
            if waiting.empty():
                waiting.put_nowait(self.revision)

    # ------------------------------------------------------------ what a browser is told

    def state_of(self, name: str) -> State:
        """Say how fresh a pane is."""
        pane = self.panes[name]
        if pane.shown is None:
            return "empty" if self.fault or not self.good else "working"
        if pane.revision == self.revision:
            return "draft" if pane.is_draft else "fresh"
        if self.fault or not self.good:
            return "stale"
        return "working" if name in QUICK or name in self.wanted else "waiting"

    def told(self) -> Mapping[str, object]:
        """Give all that a browser must know, but for the panes' content."""
        found = self.findings()
        ready = self.ready
        return {
            "run": self.run,
            "project": self.project,
            "title": ready.title if ready else "",
            "revision": self.revision,
            "good": self.good,
            "fault": self.fault,
            "slow": self.slow,
            "look": look_of(ready) if ready else "",
            "changed": list(self.changed),
            "place": self.place,
            "contents": [asdict(entry) for entry in ready.contents] if ready else [],
            "panes": {
                name: {
                    "version": pane.version,
                    "state": self.state_of(name),
                    "kind": _kind(pane.shown),
                    "when": round(pane.when, 3),
                    "revision": pane.revision,
                }
                for name, pane in self.panes.items()
            },
            "findings": [asdict(finding) for finding in found[:MOST_FINDINGS]],
            "more_findings": max(len(found) - MOST_FINDINGS, 0),
        }

    def findings(self) -> list[Finding]:
        """Give what was found, each once, by place."""
        every = dict.fromkeys(f for found in self.found.values() for f in found)
        return sorted(every, key=lambda f: (f.file, f.line, f.column, f.severity))

    def sheets_of(self, name: str) -> list[dict[str, object]]:
        """Give a pane's pages; each has a name of its own by what it shows."""
        shown = self.panes[name].shown
        sheets = shown.sheets if isinstance(shown, Sheets) else ()
        return [{**asdict(sheet), "id": f"{sheet.pdf}-{sheet.page}"} for sheet in sheets]

    def sheet(self, pdf: str, page: int) -> Sheet | None:
        """Give a page that some pane shows."""
        for pane in self.panes.values():
            if isinstance(pane.shown, Sheets):
                for sheet in pane.shown.sheets:
                    if (sheet.pdf, sheet.page) == (pdf, page):
                        return sheet
        return None


def look_of(ready: Ready) -> str:
    """Give what stands for the theme's colours and fonts."""
    return hashlib.sha256(repr((ready.inks, ready.fonts)).encode()).hexdigest()[:12]


def _kind(shown: Text | Sheets | None) -> str:
    return "sheets" if isinstance(shown, Sheets) else "text"


def _content(shown: Text | Sheets) -> object:
    return shown.html if isinstance(shown, Text) else shown.sheets

"""How soon the browser shows an edit of the shipped briefing: from the file's write to the paint.

A copy of the project is previewed and looked at with a real Chromium. Each edit changes a section's
takeaway and a paragraph, so that report, slides and PDF all change; the PDF is scrolled to that
section. A pane notes when it has painted (two frames after its content is in place). Times are
those of the clock; each is also given as a part of a full build of the same project.
Run it by: make bench (needs make validators)
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import expect

from benchmarks.bench import PROJECT
from benchmarks.record import record
from tests.support.preview import Preview, chromium, opened, previewing

EDITS = 12
BUILDS = 2
LIMITS = {"report": 0.5, "slides": 0.5, "pdf": 2.0}
"""Seconds that the median may take."""

SECTIONS = ("03", "05", "07", "08")
PANES = """Object.fromEntries(["report", "slides", "pdf"].map((name) => [
    name, Number(document.querySelector(`.pane[data-name=${name}]`)?.dataset.paintedAt ?? 0)]))"""


def main() -> int:
    """Measure and print the table; 1 where a median passes its limit."""
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as folder:
        shutil.copytree(PROJECT, Path(folder) / "briefing")
        builds = [full_build(Path(folder)) for _ in range(BUILDS)]
        with previewing(Path(folder)) as preview, chromium() as browser:
            page = opened(browser, preview, width=1600)
            page.get_by_role("button", name="PDF").first.click()
            page.wait_for_selector(".pane[data-name=pdf][data-painted]")
            settled(page)
            found = [edited(page, preview, number) for number in range(EDITS)]
    return 0 if told(found, median(builds)) else 1


def full_build(folder: Path) -> float:
    """Build PDF, Word document and deck as a command."""
    command = [sys.executable, "-m", "builder", "build", str(folder / "briefing"), "--force"]
    begun = time.monotonic()
    subprocess.run([*command, "-q", "-d", str(folder / "out")], check=True)
    return time.monotonic() - begun


def settled(page: Any) -> None:
    """Wait for the pages as they will be delivered, which later drafts go by."""
    badge = page.locator(".pane[data-name=pdf] .badge")
    expect(badge).to_have_text("fresh", timeout=180_000)


def edited(page: Any, preview: Preview, number: int) -> dict[str, float]:
    """Edit a section; give the seconds until each pane has painted it."""
    path = preview.section(SECTIONS[number % len(SECTIONS)])
    text = path.read_text("utf-8")
    front, body = text.split("\n---\n", 1)
    paragraph = next(p for p in body.split("\n\n") if p.strip() and p.lstrip()[0].isalpha())
    line = text.split(paragraph)[0].count("\n") + 1
    front = re.sub(r"(?m)^(takeaway: )(?:Now \d+ – )?", rf"\g<1>Now {number} – ", front, count=1)
    changed = f"This is edit {number}. {paragraph}"
    page.fill("#source", f"{path.name}:{line}")
    page.press("#source", "Enter")
    time.sleep(1.5)
    begun = time.time()
    path.write_text(f"{front}\n---\n{body.replace(paragraph, changed, 1)}", "utf-8")
    result: dict[str, float] = {}
    while len(result) < len(LIMITS) and time.time() - begun < 60:
        painted = page.evaluate(PANES)
        result |= {
            pane: when / 1000 - begun
            for pane, when in painted.items()
            if when / 1000 > begun and pane not in result
        }
        time.sleep(0.05)
    print(", ".join(f"{pane} {seconds:.2f} s" for pane, seconds in result.items()), flush=True)
    return result


def told(found: list[dict[str, float]], build: float) -> bool:
    """Print the table; tell whether every median is within its limit."""
    print(f"a full build: {build:.1f} s; {len(found)} edits")
    print("| pane | median | slowest | limit | part of a full build |")
    print("| --- | --- | --- | --- | --- |")
    good = True
    for pane, limit in LIMITS.items():
        times = [edit[pane] for edit in found]
        middle = median(times)
        record(f"seconds from a save to the {pane} in the preview", middle, limit)
        good = good and middle <= limit
        row = f"{pane} | {middle:.2f} s | {max(times):.2f} s | {limit:.1f} s"
        print(f"| {row} | {middle / build:.3f} |")
    return good


if __name__ == "__main__":
    sys.exit(main())

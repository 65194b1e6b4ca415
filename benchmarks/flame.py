"""Where the time of a build goes, as a flame graph: benchmarks.flame OUTPUT.svg [FORMATS].

The stack is noted every five milliseconds of the processor. A bar is as wide as the share of the
time in which its function was at work; what it called stands above it. Narrow bars are left out.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).parents[1] / "content" / "israel-azerbaijan"
EVERY = 0.005
NARROW = 0.01
WIDTH, BAR = 1200, 16
COLOURS = {"builder": "#2f6f8f", "weasyprint": "#c8743c", "citeproc": "#7a5c9e"}
OTHERS = "#9a9a94"
LETTER = 6.3
"""Pixels that a letter of a bar's name takes."""


@dataclass
class Bar:
    """A function in its place, with the samples in which it was at work."""

    count: int = 0
    above: dict[str, Bar] = field(default_factory=dict)

    def depth(self, least: float) -> int:
        """Count the bars above one another that are not too narrow."""
        shown = (bar.depth(least) for bar in self.above.values() if bar.count >= least)
        return 1 + max(shown, default=0)


def main() -> int:
    """Build in this process and write the graph."""
    target = Path(sys.argv[1])
    formats = sys.argv[2] if len(sys.argv) > 2 else "pdf"
    stacks: Counter[tuple[str, ...]] = Counter()

    def note(number: int, frame: FrameType | None) -> None:
        stacks[stack_of(frame)] += 1

    os.environ["BRIEFING_PROCESSES"] = "0"
    signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    from builder.cli import make_parser, run
    from builder.cli_parsing import parse

    with tempfile.TemporaryDirectory() as folder:
        words = ["build", str(PROJECT), "-t", formats, "--force", "-q", "-d", folder]
        code = run(parse(words, make_parser()))
    signal.setitimer(signal.ITIMER_PROF, 0)
    target.write_text(drawn(stacks), encoding="utf-8")
    return code


def stack_of(frame: FrameType | None) -> tuple[str, ...]:
    """Name the functions at work, the outermost first; what importing does is one of them."""
    names: list[str] = []
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith("<frozen importlib"):
            if not names or names[-1] != "import":
                names.append("import")
        else:
            name = f"{module_of(code.co_filename)}: {code.co_qualname}"
            names.append(name)
        frame = frame.f_back
    return tuple(reversed(names))


def module_of(path: str) -> str:
    """Give a file's name with its package, without the folders of this machine."""
    parts = Path(path).with_suffix("").parts
    start = max((i for i, part in enumerate(parts) if part in COLOURS), default=len(parts) - 1)
    return ".".join(parts[start:])


def drawn(stacks: Counter[tuple[str, ...]]) -> str:
    """Draw the graph as SVG."""
    root = Bar()
    for stack, count in stacks.items():
        bar = root
        bar.count += count
        for name in stack:
            bar = bar.above.setdefault(name, Bar())
            bar.count += count
    least = root.count * NARROW
    height = root.depth(least) * BAR
    lines: list[str] = []
    draw("all", root, 0.0, height - BAR, WIDTH / max(root.count, 1), least, lines)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            ' font-family="monospace" font-size="10">',
            f"<title>Flame graph of a build, {root.count * EVERY:.1f} seconds</title>",
            *lines,
            "</svg>\n",
        ]
    )


def draw(
    name: str, bar: Bar, x: float, y: float, scale: float, least: float, lines: list[str]
) -> None:
    """Draw a bar and what stands above it."""
    width = bar.count * scale
    fill = next((colour for part, colour in COLOURS.items() if name.startswith(part)), OTHERS)
    share = bar.count * scale / WIDTH
    room = int(width / LETTER) - 1
    shown = escape(name if len(name) <= room else name[-room:]) if room > 3 else ""
    lines.append(
        f'<g><title>{escape(name)}, {share:.1%}</title><rect x="{x:.1f}" y="{y:.0f}"'
        f' width="{max(width - 0.5, 0.5):.1f}" height="{BAR - 1}" fill="{fill}"/>'
        f'<text x="{x + 3:.1f}" y="{y + 11:.0f}" fill="#fff">{shown}</text></g>'
    )
    for above, other in sorted(bar.above.items()):
        if other.count >= least:
            draw(above, other, x, y - BAR, scale, least, lines)
            x += other.count * scale


if __name__ == "__main__":
    sys.exit(main())

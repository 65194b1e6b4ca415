"""Keeps what the benchmarks found, and makes a table and a plot of it: python -m benchmarks.record.

Each figure has a limit. The table says what the machine is; the plot shows each figure as a part of
its limit, so that all of them can be looked at together.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "build" / "bench"
FIGURES = FOLDER / "figures.jsonl"
WIDTH, NAMES, BAR = 900, 380, 22
MOST = 2.0
"""How many times its limit a bar can show."""
GOOD, BAD = "#0f5160", "#b0430f"


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured, with what it may be at most, or at least."""

    name: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def part(self) -> float:
        """How much of what is allowed it takes: 1 is the limit."""
        return self.limit / self.value if self.at_least else self.value / self.limit

    @property
    def is_within(self) -> bool:
        """Tell whether it keeps to its limit."""
        return self.part <= 1


def record(name: str, value: float, limit: float, *, at_least: bool = False) -> None:
    """Note a figure for the table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure = asdict(Figure(name, round(value, 4), limit, at_least))
    with FIGURES.open("a", encoding="utf-8") as file:
        file.write(json.dumps(figure) + "\n")


def main() -> int:
    """Write table and plot of what was noted last for each name; give 1 where a limit is passed."""
    if not FIGURES.is_file():
        print("nothing was measured; run: make bench", file=sys.stderr)
        return 2
    lines = FIGURES.read_text(encoding="utf-8").splitlines()
    found = {figure.name: figure for figure in (Figure(**json.loads(line)) for line in lines)}
    figures = list(found.values())
    (FOLDER / "table.md").write_text(table(figures, machine()), encoding="utf-8")
    (FOLDER / "plot.svg").write_text(plot(figures), encoding="utf-8")
    print(table(figures, machine()))
    print(f"written to {FOLDER / 'table.md'} and {FOLDER / 'plot.svg'}")
    return 0 if all(figure.is_within for figure in figures) else 1


def machine() -> str:
    """Describe what the figures were measured on."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(
            line.partition(":")[2].strip() for line in told if line.startswith("model name")
        )
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} processors ({model}), {system}"


def table(figures: list[Figure], where: str) -> str:
    """Give the table as Markdown."""
    rows = [
        f"| {f.name} | {f.value:.3g} | {'≥' if f.at_least else '≤'} {f.limit:g} |"
        f" {'yes' if f.is_within else 'NO'} |"
        for f in figures
    ]
    head = ["| figure | measured | limit | kept |", "| --- | --- | --- | --- |"]
    return "\n".join([f"Measured on {where}.", "", *head, *rows, ""])


def plot(figures: list[Figure]) -> str:
    """Draw each figure as a part of its limit, which is the line in the middle."""
    height = BAR * (len(figures) + 1)
    scale = (WIDTH - NAMES - 60) / MOST
    lines = []
    for index, figure in enumerate(figures):
        y = index * BAR
        width = min(figure.part, MOST) * scale
        fill = GOOD if figure.is_within else BAD
        lines.append(
            f'<text x="{NAMES - 8}" y="{y + 15}" text-anchor="end">{escape(figure.name)}</text>'
            f'<rect x="{NAMES}" y="{y + 3}" width="{width:.1f}" height="{BAR - 6}" fill="{fill}"/>'
            f'<text x="{NAMES + width + 6:.1f}" y="{y + 15}">{figure.part:.2f}</text>'
        )
    middle = NAMES + scale
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            ' font-family="sans-serif" font-size="12">',
            "<title>Each figure as a part of its limit</title>",
            f'<line x1="{middle}" x2="{middle}" y1="0" y2="{height - BAR}" stroke="#333"/>',
            *lines,
            f'<text x="{middle}" y="{height - 6}" text-anchor="middle">the limit</text>',
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

"""Slides that chance writes: points, nested lists and tables of all sizes, in several languages."""

from __future__ import annotations

import random

WORDS = [
    *"Israel Caspian pipeline agreement of the a in and ministry Baku weapons oil border".split(),
    *"şəhəri güvenlik İstanbul’da ığdır çözüm öğretmen cumhurbaşkanlığı".split(),
    *"сотрудничество безопасность нефть и в Азербайджан государственный".split(),
    "Donaudampfschifffahrtsgesellschaft",
    "long-range",
    "1,600",
    "**strong**",
    "*stressed*",
]


class Chance:
    """Writes slides; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self, most: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(1, most)))

    def slide(self, number: int) -> str:
        """Write one slide: text, text with a box, a comparison, or a table."""
        kind = self.random.choices(
            [self.points, self.boxed, self.compared, self.paragraphs, self.table], [4, 2, 2, 1, 4]
        )[0]
        layout = ' layout="comparison"' if kind == self.compared else ""
        title = f"{number} {self.text(self.random.choice([3, 8, 16, 40]))}"
        return f"::: {{.slide{layout}}}\n# {title}\n\n{kind()}\n:::\n"

    def points(self) -> str:
        most = self.random.choice([2, 8, 20, 45])
        lines = []
        for _ in range(self.random.randint(1, 16)):
            lines.append(f"- {self.text(most)}")
            for _ in range(self.random.choice([0, 0, 0, 1, 3])):
                lines.append(f"    - {self.text(most)}")
                if self.random.random() < 0.2:
                    lines.append(f"        - {self.text(6)}")
        return "\n".join(lines)

    def boxed(self) -> str:
        box = f"\n\n:::: {{.key-points title='So what'}}\n{self.text(40)}\n::::\n"
        return self.points() + box

    def compared(self) -> str:
        return f"## {self.text(4)}\n\n{self.points()}\n\n## {self.text(4)}\n\n{self.points()}"

    def paragraphs(self) -> str:
        return "\n\n".join(self.text(50) for _ in range(self.random.randint(1, 5)))

    def table(self) -> str:
        columns, rows = self.random.randint(2, 9), self.random.randint(1, 40)
        most = self.random.choice([1, 2, 5])
        align = "|".join(self.random.choice([" --- ", " ---: "]) for _ in range(columns))
        head = " | ".join(self.text(2) for _ in range(columns))
        body = "\n".join(
            "| " + " | ".join(self.text(most) for _ in range(columns)) + " |" for _ in range(rows)
        )
        return f"| {head} |\n|{align}|\n{body}\n\n: A table"


def slides(count: int, seed: int) -> str:
    """Write so many slides as one section."""
    chance = Chance(seed)
    return "\n".join(chance.slide(number) for number in range(count))

"""What atheris begins with: sound inputs, from which it departs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.projects import project_of

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).with_name("found")
MANY = 60
"""Projects made by chance whose files are seeds."""


def seeds(target: str) -> Iterator[bytes]:
    """Give inputs for a target, those that once found something among them."""
    yield from (path.read_bytes() for path in sorted(FOUND.glob(f"{target}-*")))
    fixtures = ROOT / "tests" / "fixtures"
    match target:
        case "markdown":
            yield from (project_of(n)["sections/01.md"] for n in range(MANY))
            yield from (path.read_bytes() for path in sorted(fixtures.glob("*/sections/*.md")))
        case "yaml":
            yield from (project_of(n)["briefing.yml"] for n in range(MANY))
            yield from (path.read_bytes() for path in sorted(fixtures.glob("*/*.yml")))
        case "theme":
            brand = (ROOT / "templates" / "strand" / "_brand.yml").read_bytes()
            yield from (part + b"\n" for part in brand.split(b"\n\n"))
            yield b"meta: {name: A}\ncolor: {palette: {ink: '#123456'}, primary: ink}\n"
            yield b"typography: {fonts: [{family: Source Sans Pro, source: system}], base: Source Sans Pro}\n"
        case _:
            raise ValueError(f"{target!r} is no target")


def plant(target: str, folder: Path) -> None:
    """Write the seeds of a target into a folder, each a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (folder / f"seed-{number:03}").write_bytes(data)

"""Makes the pictures of docs/gallery.md: an entry's lines, built, and a page of each.

Needs LibreOffice, poppler and Chromium (make validators). Run it by: make manual-pictures
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image, ImageChops

from builder.build import build
from builder.job import Job
from tests.support.preview import chromium

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "pictures" / "manual"
EXAMPLE = ROOT / "builder" / "example" / "annual-statistics"
FORMATS = {"report": "pdf", "word": "docx", "deck": "pptx", "web": "html"}
WIDTH = 480
WEB_WIDTH = 720
COLOURS = 48
_ENTRY = re.compile(
    r"<!-- picture: (?P<name>[\w-]+)(?P<pages>[^>]*?) -->\n```(?P<kind>\w+)\n(?P<text>.*?)^```",
    re.S | re.M,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An example of the gallery: its lines, and the page of each output that shows it."""

    name: str
    kind: str  # "yaml": keys of briefing.yml; "markdown": a section
    text: str
    pages: Mapping[str, int]  # from 1; from the end, if negative


def entries(text: str) -> Iterator[Entry]:
    """Give the entries of the gallery's text."""
    for found in _ENTRY.finditer(text):
        pages = {k: int(v) for k, v in re.findall(r"(\w+)=(-?\d+)", found["pages"])}
        yield Entry(found["name"], found["kind"], found["text"], pages)


def project(entry: Entry, folder: Path) -> Path:
    """Write an entry as a briefing of one section."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("sections"))
    (folder / "sections").mkdir()
    settings = yaml.safe_load((EXAMPLE / "briefing.yml").read_text(encoding="utf-8"))
    settings |= {"sections": ["sections/*.md"], "date": "2026-03-01", "deck": {"agenda": False}}
    settings.pop("cover-data")
    section = (
        entry.text if entry.text.startswith("---") else f"---\ntitle: Visits\n---\n{entry.text}"
    )
    if entry.kind == "yaml":
        settings |= yaml.safe_load(entry.text)
        section = (EXAMPLE / "sections" / "02-visits.md").read_text(encoding="utf-8")
    (folder / "briefing.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    (folder / "sections" / "one.md").write_text(section, encoding="utf-8")
    return folder


def main() -> int:
    """Make all pictures, or those of the entries named on the command line."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        print(f"{', '.join(missing)} is missing; run: make validators", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for entry in entries(GALLERY.read_text(encoding="utf-8")):
            if not sys.argv[1:] or entry.name in sys.argv[1:]:
                make(entry, Path(folder))
    return 0


def make(entry: Entry, folder: Path) -> None:
    """Build an entry and draw its pages."""
    source = project(entry, folder / entry.name)
    wanted = tuple(FORMATS[name] for name in entry.pages)
    outcome = build(Job(source, wanted, folder / f"{entry.name}-out"))
    if outcome.log.has_errors or outcome.log.has_warnings:
        raise SystemExit("\n".join(map(str, outcome.log)))
    made = dict(zip(wanted, outcome.paths, strict=True))
    for name, page in entry.pages.items():
        whole = name == "deck" or entry.kind == "yaml"
        path = made[FORMATS[name]]
        if name == "web":
            picture = trimmed(shown(path, entry, page), whole=whole)
        else:
            pdf = path if path.suffix == ".pdf" else convert(path, folder)
            picture = trimmed(drawn(pdf, page, folder), whole=whole)
        height = round(picture.height * WIDTH / picture.width)
        small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
            PICTURES / f"{entry.name}-{name}.png", optimize=True
        )


def convert(source: Path, folder: Path) -> Path:
    """Let LibreOffice make a PDF."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = folder / f"{source.stem}-{source.suffix[1:]}"
    options = ["--headless", "--convert-to", "pdf", "--outdir", str(target)]
    subprocess.run(["soffice", profile, *options, str(source)], check=True, capture_output=True)
    return target / f"{source.stem}.pdf"


def drawn(pdf: Path, page: int, folder: Path) -> Image.Image:
    """Draw a page."""
    if page < 0:
        told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True)
        count = re.search(r"^Pages:\s+(\d+)", told.stdout, re.MULTILINE)
        page += int(count[1]) + 1 if count else 0
    target = folder / "page"
    command = ["pdftoppm", "-png", "-r", "110", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*command, str(pdf), str(target)], check=True)
    with Image.open(target.with_suffix(".png")) as image:
        return image.convert("RGB")


def shown(path: Path, entry: Entry, place: int) -> Image.Image:
    """Draw a part of the page for the web: its cover, its foot, or its section.

    Where the entry says nothing of it, the section's head is left out.
    """
    part = "main > section" if entry.kind == "markdown" else ".cover" if place > 0 else ".foot"
    with chromium() as browser:
        page = browser.new_page(viewport={"width": WEB_WIDTH, "height": 900})
        page.goto(path.as_uri())
        style = "main > section { padding: 3rem 1rem !important } .foot { margin: 0 }"
        if entry.kind == "markdown" and not entry.text.startswith("---"):
            style += " .opener { display: none } .nums { grid-template-columns: repeat(3, 1fr) }"
        page.add_style_tag(content=style)
        page.evaluate("document.fonts.ready")
        return Image.open(io.BytesIO(page.locator(part).first.screenshot())).convert("RGB")


def trimmed(image: Image.Image, *, whole: bool) -> Image.Image:
    """Cut running header, folio and empty paper away; whole pages and slides get a thin edge."""
    if whole:
        framed = Image.new("RGB", (image.width + 2, image.height + 2), "#C5CBCE")
        framed.paste(image, (1, 1))
        return framed
    inner = image.crop((0, round(image.height * 0.055), image.width, round(image.height * 0.945)))
    box = ImageChops.difference(inner, Image.new("RGB", inner.size, "white")).getbbox()
    left, top, right, bottom = box or (0, 0, *inner.size)
    margin = 12
    block = round(image.width * 0.085)  # the block's edges, so that widths are alike
    return inner.crop(
        (min(left, block), max(top - margin, 0), max(right, image.width - block), bottom + margin)
    )


if __name__ == "__main__":
    sys.exit(main())

"""Makes the README's pictures from a real build: one page of each output, as small PNGs.

Needs LibreOffice and poppler (make validators). Run it by: make pictures
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "output" / "israel-azerbaijan"
PICTURES = ROOT / "docs" / "pictures"
SHOWN = {"report": ("pdf", (1, 6)), "word": ("docx", (1, 6)), "deck": ("pptx", (1, 7))}


def main() -> int:
    """Turn chosen pages into pictures; give 1 where a program is missing."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        print(f"{', '.join(missing)} is missing; run: make validators", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (suffix, pages) in SHOWN.items():
            source = OUTPUT / f"{OUTPUT.name}.{suffix}"
            pdf = source if suffix == "pdf" else convert(source, Path(folder))
            beside(draw(pdf, pages, Path(folder)), PICTURES / f"{name}.png")
    return 0


def convert(source: Path, folder: Path) -> Path:
    """Let LibreOffice make a PDF."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(["soffice", profile, *options, str(source)], check=True, capture_output=True)
    made = folder / f"{source.stem}-{source.suffix[1:]}.pdf"
    return (folder / f"{source.stem}.pdf").rename(made)


def draw(pdf: Path, pages: tuple[int, ...], folder: Path) -> list[Path]:
    """Draw pages, counted from 1, at screen size."""
    made: list[Path] = []
    for page in pages:
        target = folder / f"{pdf.stem}-{page}"
        command = ["pdftoppm", "-png", "-r", "60", "-f", str(page), "-singlefile", str(pdf)]
        subprocess.run([*command, "-l", str(page), str(target)], check=True)
        made.append(target.with_suffix(".png"))
    return made


def beside(pictures: list[Path], target: Path) -> None:
    """Put pictures of one height next to each other, on grey, with few colours."""
    from PIL import Image

    images = [Image.open(path).convert("RGB") for path in pictures]
    gap = 12
    width = sum(image.width for image in images) + gap * (len(images) + 1)
    sheet = Image.new("RGB", (width, images[0].height + 2 * gap), "#C5CBCE")
    left = gap
    for image in images:
        sheet.paste(image, (left, gap))
        left += image.width + gap
    sheet.quantize(64).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())

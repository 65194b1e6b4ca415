"""Makes the manual's picture of the preview: the shipped briefing, a paragraph chosen, in Chromium.

Needs Chromium (make validators). Run it by: make pictures
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from scripts.pictures import PICTURES, ROOT
from tests.support.preview import chromium, opened, previewing

WIDTH, COLOURS = 1440, 64


def main() -> int:
    """Draw the preview as it is opened, a paragraph chosen."""
    content = ROOT / "content" / "israel-azerbaijan"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(content, Path(folder) / "briefing")
        with previewing(Path(folder)) as preview, chromium() as browser:
            page = opened(browser, preview, width=WIDTH)
            page.get_by_role("button", name="PDF").first.click()
            expect(page.locator(".pane[data-name=pdf] .badge")).to_have_text(
                "fresh", timeout=180_000
            )
            page.fill("#source", "07-military-and-security.md:26")
            page.press("#source", "Enter")
            page.wait_for_timeout(1500)
            drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    drawn.quantize(COLOURS).save(PICTURES / "preview.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The edition in a real browser: nothing sticks out, nothing is fetched, nobody is shut out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import Browser, Page, browser
from tests.support.built import EXAMPLE, SHIPPED, STRESS, TORTURE, built
from tests.support.judges import axe_script

WIDTHS = (360, 480, 640, 820, 991, 992, 1100, 1247, 1248, 1440, 1760, 1920, 2560)
PROJECTS = {"shipped": SHIPPED, "example": EXAMPLE, "torture": TORTURE, "stress": STRESS}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("editions")
    made = {name: folder / f"{name}.html" for name in PROJECTS}
    for name, path in made.items():
        path.write_bytes(built(PROJECTS[name], "html").data)
    return made


def settled(page: Page) -> Page:
    """Wait until fonts are there and the notes have found their places."""
    wait = "document.fonts.ready.then(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1)))))"
    page.browser.ask(page.session, "Runtime.evaluate", expression=wait, awaitPromise=True)
    return page


@pytest.mark.parametrize("name", PROJECTS)
def test_no_width_scrolls_sideways(name: str, chromium: Browser, pages: dict[str, Path]) -> None:
    page = settled(chromium.open(pages[name], width=WIDTHS[0]))
    over = {}
    for width in WIDTHS:
        page.resize(width)
        settled(page)
        found = page.value(
            "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
        )
        if found > 0:
            over[width] = found

    assert over == {}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["shipped", "example", "torture"])
def test_axe_finds_nothing(
    name: str, dark: bool, width: int, chromium: Browser, pages: dict[str, Path]
) -> None:
    page = settled(chromium.open(pages[name], width=width, dark=dark))
    page.value(axe_script() + "; 0")
    asked = (
        "axe.run(document).then(r => JSON.stringify(r.violations.map(v =>"
        " [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200), v.nodes[0].failureSummary])))"
    )
    told = chromium.ask(
        page.session, "Runtime.evaluate", expression=asked, awaitPromise=True, returnByValue=True
    )

    assert json.loads(told["result"]["value"]) == []


@pytest.mark.parametrize("name", ["shipped", "torture"])
def test_nothing_is_fetched(name: str, chromium: Browser, pages: dict[str, Path]) -> None:
    page = settled(chromium.open(pages[name], width=1280))

    assert (
        page.value(
            "performance.getEntriesByType('resource').map(e => e.name)"
            ".filter(n => !n.startsWith('data:'))"
        )
        == []
    )

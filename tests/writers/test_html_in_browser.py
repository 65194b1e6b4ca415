"""The edition in a real browser: nothing sticks out, nothing is fetched, nobody is shut out."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import Browser, Page, browser
from tests.support.built import EXAMPLE, SHIPPED, STRESS, TORTURE, built
from tests.support.judges import axe_script

WIDTHS = (360, 480, 640, 820, 991, 992, 1100, 1247, 1248, 1440, 1760, 1920, 2560)
LONG = pytest.mark.long
PROJECTS = {"shipped": SHIPPED, "example": EXAMPLE, "torture": TORTURE, "stress": STRESS}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


class Editions(dict[str, Path]):
    """The projects' editions as files, each built when it is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, name: str) -> Path:
        path = self.folder / f"{name}.html"
        path.write_bytes(built(PROJECTS[name], "html").data)
        self[name] = path
        return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return Editions(tmp_path_factory.mktemp("editions"))


def settled(page: Page) -> Page:
    """Wait until fonts are there and the notes have found their places."""
    wait = "document.fonts.ready.then(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1)))))"
    page.browser.ask(page.session, "Runtime.evaluate", expression=wait, awaitPromise=True)
    return page


@pytest.mark.parametrize(
    "name", ["shipped", "torture", *(pytest.param(n, marks=LONG) for n in ("example", "stress"))]
)
def test_no_width_scrolls_sideways(name: str, chromium: Browser, pages: Editions) -> None:
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


LOOKS = [(n, d, w) for n in ("shipped", "example", "torture") for d in (0, 1) for w in (360, 1280)]
SAMPLE = [
    ("shipped", 0, 1280),
    ("torture", 1, 360),
    ("example", 1, 1280),
]


@pytest.mark.parametrize(
    ("name", "dark", "width"),
    [*SAMPLE, *(pytest.param(*look, marks=LONG) for look in LOOKS if look not in SAMPLE)],
)
def test_axe_finds_nothing(
    name: str, dark: int, width: int, chromium: Browser, pages: Editions
) -> None:
    page = settled(chromium.open(pages[name], width=width, dark=bool(dark)))
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
def test_nothing_is_fetched(name: str, chromium: Browser, pages: Editions) -> None:
    page = settled(chromium.open(pages[name], width=1280))

    assert (
        page.value(
            "performance.getEntriesByType('resource').map(e => e.name)"
            ".filter(n => !n.startsWith('data:'))"
        )
        == []
    )


def test_nothing_goes_wrong_in_its_script(chromium: Browser, pages: Editions) -> None:
    page = chromium.open(pages["torture"], width=1280)
    heard = (
        "window.heard = []; addEventListener('error', e => heard.push(e.message), true);"
        "for (const kind of ['error', 'warn']) console[kind] = (...all) => heard.push(all.join(' '))"
    )
    chromium.ask(page.session, "Page.addScriptToEvaluateOnNewDocument", source=heard)
    chromium.ask(page.session, "Page.reload")
    chromium.wait_for("Page.loadEventFired", page.session)
    settled(page)

    assert page.value("heard") == []


PLACES = """[...document.querySelectorAll('.footnotes > ol > li')].map(note => {
    const box = note.getBoundingClientRect();
    const call = document.getElementById(note.id.replace('fn-', 'fnref-')).getBoundingClientRect();
    return [box.left, box.top + scrollY, box.bottom + scrollY, call.top + scrollY];
})"""
FULL = """[...document.querySelectorAll('main > section > .full')].map(block => {
    const box = block.getBoundingClientRect();
    return [box.top + scrollY, box.bottom + scrollY];
})"""


@pytest.mark.parametrize("width", [1000, 1280, 1920])
def test_notes_stand_beside_their_calls_and_touch_nothing(
    width: int, chromium: Browser, pages: Editions
) -> None:
    page = settled(chromium.open(pages["shipped"], width=width))
    notes, blocks = page.value(PLACES), page.value(FULL)
    text_ends = page.value("document.getElementById('main').getBoundingClientRect().right")

    assert len(notes) > 50
    assert all(left > text_ends and top > call - 30 for left, top, _, call in notes)
    assert all(one[2] <= other[1] for one, other in itertools.pairwise(notes))
    assert not [
        (note, block)
        for note in notes
        for block in blocks
        if note[1] < block[1] and note[2] > block[0]
    ]


def test_narrow_screens_have_the_notes_below_their_section(
    chromium: Browser, pages: Editions
) -> None:
    page = settled(chromium.open(pages["shipped"], width=820))

    assert all(top > call for _, top, _, call in page.value(PLACES))


def test_the_button_turns_the_lights_off_and_on(chromium: Browser, pages: Editions) -> None:
    page = settled(chromium.open(pages["example"], width=1280))
    click = "document.querySelector('button.light').click();"
    look = "getComputedStyle(document.body).backgroundColor + document.querySelector('button.light').ariaPressed"
    seen = [page.value(look), page.value(click + look), page.value(click + look)]

    assert seen[0] == seen[2] == "rgb(255, 255, 255)false"
    assert seen[1].endswith("true") and seen[1] != seen[0]

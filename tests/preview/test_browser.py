"""The preview in a real browser: what an editor sees and does in an afternoon."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.support.judges import axe_script
from tests.support.preview import Preview, opened

PARTS = ".pane[data-name={}]"


def report(page: Page) -> FrameLocator:
    return page.frame_locator(f"{PARTS.format('report')} iframe")


def slides(page: Page) -> FrameLocator:
    return page.frame_locator(f"{PARTS.format('slides')} iframe")


def test_an_edit_is_there_without_losing_the_place(browser: Browser, preview: Preview) -> None:
    page = opened(browser, preview)
    page.evaluate(
        "document.querySelector('.pane iframe').contentDocument.fonts.ready.then(() => 1)"
    )
    title = report(page).locator("h1, h2").filter(has_text=re.compile("problem|water", re.I)).last
    title.scroll_into_view_if_needed()
    frame = page.query_selector(f"{PARTS.format('report')} iframe")
    assert frame is not None
    before = frame.evaluate("f => f.contentWindow.scrollY")
    assert before > 200
    frame.evaluate("f => { f.contentWindow.same = true }")
    source = preview.section("02").read_text("utf-8")
    word = next(w for w in re.findall(r"\b[a-z]{6,}\b", source.split("---")[2]))

    preview.change("02", word, f"{word} Zanzibar")

    expect(report(page).get_by_text("Zanzibar").first).to_be_visible()
    after = frame.evaluate("f => [f.contentWindow.scrollY, f.contentWindow.same]")
    assert abs(after[0] - before) < 60 and after[1] is True
    expect(page.locator(f"{PARTS.format('report')} .badge")).to_have_text("fresh")
    preview.change("02", f"{word} Zanzibar", word)
    page.close()


def test_a_click_finds_the_line_and_every_pane_shows_it(browser: Browser, preview: Preview) -> None:
    page = opened(browser, preview)
    paragraph = report(page).locator("p[data-src*='03-']").first
    source = paragraph.get_attribute("data-src")
    assert source

    paragraph.click()

    expect(page.locator("#at")).to_have_text(source.removeprefix("sections/"))
    expect(page.locator("#open")).to_be_enabled()
    picked = slides(page).locator("[data-picked]")
    expect(picked).to_have_count(1)
    assert str(picked.get_attribute("data-src")).startswith("sections/03-")
    page.close()


@pytest.mark.long
def test_a_slide_and_a_page_are_clicked_as_well(browser: Browser, preview: Preview) -> None:
    page = opened(browser, preview)
    slides(page).locator(".frame[data-src*='02-'] .slide").first.click(position={"x": 5, "y": 5})
    expect(page.locator("#at")).to_contain_text("02-")

    page.get_by_role("button", name="PDF", exact=False).first.click()
    # When nothing changes any more, the pages are those that will be delivered.
    expect(page.locator(f"{PARTS.format('pdf')} .badge")).to_have_text("fresh")
    expect(page.locator(f"{PARTS.format('pdf')} .page").nth(3)).to_be_attached()
    page.fill("#source", "03-:20")
    page.press("#source", "Enter")
    spot = page.locator(f"{PARTS.format('pdf')} .spots .picked").first
    expect(spot).to_be_attached()
    box = spot.bounding_box()
    assert box is not None
    page.locator("#at").evaluate("e => { e.textContent = '' }")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 6)

    expect(page.locator("#at")).to_contain_text(re.compile(r"03-[\w-]+\.md:\d+"))
    page.close()


def test_errors_keep_the_last_pages_and_are_shown_where_they_belong(
    browser: Browser, preview: Preview
) -> None:
    page = opened(browser, preview)
    good = preview.section("02").read_bytes()
    shown = report(page).locator("main").inner_text()

    preview.section("02").write_bytes(good + b"\n\nSee @fig-nowhere.\n")

    badge = page.locator(f"{PARTS.format('report')} .badge")
    expect(badge).to_have_text("stale: 1 error")
    expect(page.locator("#status")).to_contain_text("1 error")
    assert report(page).locator("main").inner_text() == shown
    marked = report(page).locator("[data-finding=error]")
    expect(marked).to_have_count(1)
    assert str(marked.get_attribute("data-src")).startswith("sections/02-")
    page.get_by_role("button", name="Findings").click()
    place = page.locator(".findings .error .at")
    expect(place).to_have_text(re.compile(r"^02-[\w-]+\.md:\d+$"))
    expect(page.locator(".findings .error code")).to_have_text("xref-missing")

    preview.section("02").write_bytes(good)

    expect(badge).to_have_text("fresh")
    expect(marked).to_have_count(0)
    page.close()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\x00"), "file-unreadable"),
        (lambda path: path.write_bytes(path.read_bytes()[:40]), "yaml-syntax"),
    ],
)
def test_a_spoilt_file_is_told_and_nothing_is_lost(
    browser: Browser, preview: Preview, harm: Callable[[Path], int], code: str
) -> None:
    page = opened(browser, preview)
    path = preview.section("02")
    good = path.read_bytes()
    page.get_by_role("button", name="Findings").click()

    harm(path)

    expect(page.locator(".findings code", has_text=code).first).to_be_visible()
    expect(page.locator(f"{PARTS.format('report')} .badge")).to_contain_text("stale")
    assert report(page).locator("main").inner_text()

    path.unlink()
    expect(page.locator(".findings")).not_to_contain_text(code)

    path.write_bytes(good)
    expect(page.locator(f"{PARTS.format('report')} .badge")).to_have_text("fresh")
    page.close()


def test_two_windows_and_two_editors_agree_in_the_end(browser: Browser, preview: Preview) -> None:
    one, two = opened(browser, preview), opened(browser, preview, width=900)
    path = preview.section("03")
    good = path.read_bytes()
    for number in range(6):  # two programs save in turns, without waiting for anybody
        path.write_bytes(
            good + f"\n\nEdited by the {'first' if number % 2 else 'second'}.\n".encode()
        )

    for page in (one, two):
        expect(report(page).get_by_text("Edited by the first.")).to_be_visible()
        expect(report(page).get_by_text("Edited by the second.")).to_have_count(0)
    one.close()
    path.write_bytes(good)
    expect(report(two).get_by_text("Edited by the first.")).to_have_count(0)
    two.close()


def test_the_keyboard_is_enough(browser: Browser, preview: Preview) -> None:
    page = opened(browser, preview)
    page.keyboard.press("6")
    expect(page.locator(PARTS.format("findings"))).to_be_visible()
    page.keyboard.press("6")
    expect(page.locator(PARTS.format("findings"))).to_be_hidden()
    page.keyboard.press("]")
    expect(page.locator(PARTS.format("slides"))).to_be_focused()
    page.keyboard.press("[")
    page.keyboard.press("j")
    page.keyboard.press("j")
    first = page.locator("#at").inner_text()
    assert re.fullmatch(r"[\w-]+\.md:\d+", first)
    page.keyboard.press("g")
    page.keyboard.type("02-:12")
    page.keyboard.press("Enter")
    expect(page.locator("#at")).to_contain_text("02-")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("+")
    expect(page.locator("#zoom")).to_have_text("115 %")
    page.keyboard.press("0")
    expect(page.locator("#zoom")).to_have_text("100 %")
    page.close()


@pytest.mark.parametrize(
    "width", [1280, *(pytest.param(width, marks=pytest.mark.long) for width in (360, 2560))]
)
def test_axe_finds_nothing_and_nothing_runs_over(
    browser: Browser, preview: Preview, width: int
) -> None:
    script = axe_script()
    for dark in (False, True):
        page = opened(browser, preview, width=width, dark=dark)
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1]
        page.evaluate(script)  # past the page's own policy
        found = page.evaluate("axe.run(document, {iframes: false})")
        violations = [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]]
        assert violations == [] and len(found["passes"]) > 20
        page.close()

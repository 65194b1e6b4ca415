"""Every pane and every file in a real browser: Word's pages, an edition's, all the downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from builder.example import make_project
from builder.office import ON_MACOS, office_program
from tests.support.judges import absent
from tests.support.preview import Preview, opened, previewing

WORD = ".pane[data-name=word]"
LATER = 900_000
"""Milliseconds: LibreOffice works behind everything else, at the lowest priority."""

SIDE_BY_SIDE = """() => {{
    const found = {document}.querySelectorAll('.frame, .pane[data-name={name}] .paper');
    const [one, two] = [...found].map((each) => each.getBoundingClientRect());
    return two && one.width > 600 && one.width <= {most} && one.top === two.top
        && one.left < two.left;
}}"""

EDITIONS = "\neditions:\n  board: {title: For the Board, formats: [pdf]}\n"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Preview an edition, which is what all of these look at."""
    folder = tmp_path_factory.mktemp("panes")
    make_project(folder / "briefing", "policy-brief")
    with (folder / "briefing" / "briefing.yml").open("a", encoding="utf-8") as settings:
        settings.write(EDITIONS)
    with previewing(folder, "--edition", "board") as running:
        yield running


def only(page: Page, name: str) -> None:
    """Show one pane alone."""
    buttons = "[...document.querySelectorAll('#choice [aria-pressed=true]')]"
    shown: list[str] = page.evaluate(f"{buttons}.map(button => button.dataset.pane)")
    for other in [name, *shown]:
        if other not in shown or other != name:
            page.locator(f"#choice [data-pane={other}]").click()


def test_the_edition_is_what_every_pane_shows(browser: Browser, preview: Preview) -> None:
    page = opened(browser, preview)

    expect(page.locator("#title")).to_have_text("For the Board")
    report = page.frame_locator(".pane[data-name=report] iframe")
    expect(report.locator("h1").first).to_have_text("For the Board")
    slides = page.frame_locator(".pane[data-name=slides] iframe")
    expect(slides.locator("#slide-1")).to_contain_text("For the Board")
    page.keyboard.press("5")
    mail = page.frame_locator(".pane[data-name=mail] iframe")
    expect(mail.locator("body")).to_contain_text("For the Board")
    page.close()


def test_the_word_documents_pages_are_shown_clicked_and_found(
    browser: Browser, preview: Preview
) -> None:
    if office_program() is None:
        absent("LibreOffice")
    page = opened(browser, preview, width=1440)
    only(page, "word")
    expect(page.locator(f"{WORD} .badge")).to_have_text("fresh", timeout=LATER)
    pages = page.locator(f"{WORD} .paper")
    expect(pages.nth(4)).to_be_attached(timeout=LATER)
    image = f"document.querySelector('{WORD} .paper img')"
    page.wait_for_function(f"() => {image}.complete && {image}.naturalWidth > 500")

    page.fill("#source", "02-:20")
    page.press("#source", "Enter")
    spot = page.locator(f"{WORD} .spots .picked").first
    expect(spot).to_be_attached()
    box = spot.bounding_box()
    assert box is not None
    page.locator("#at").evaluate("e => { e.textContent = '' }")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 4)
    expect(page.locator("#at")).to_contain_text(re.compile(r"02-[\w-]+\.md:\d+"))

    page.keyboard.press("t")
    leaves = page.locator("#thumbnails .leaf")
    expect(leaves).to_have_count(pages.count())
    boxes = [box for leaf in leaves.all() if (box := leaf.bounding_box())]
    for above, below in zip(boxes, boxes[2:], strict=False):
        assert above["height"] > above["width"]  # a page that stands, and its number
        assert below["y"] >= above["y"] + above["height"]
    before = page.locator(f"{WORD} .pages").evaluate("list => list.scrollTop")
    leaves.nth(3).click()
    assert page.locator(f"{WORD} .pages").evaluate("list => list.scrollTop") != before

    section = preview.section("03")
    good = section.read_text("utf-8")
    section.write_text(f"{good}\n\nA last word on Zanzibar.\n", "utf-8")
    expect(page.locator(f"{WORD} .badge")).not_to_have_text("fresh")
    expect(page.locator(f"{WORD} .badge")).to_have_text("fresh", timeout=LATER)
    section.write_text(good, "utf-8")
    page.close()


def test_a_wide_pane_shows_several_pages_and_none_wider_than_can_be_seen(
    browser: Browser, preview: Preview
) -> None:
    page = opened(browser, preview, width=2560)
    only(page, "pdf")
    expect(page.locator(".pane[data-name=pdf] .paper").nth(3)).to_be_attached()
    page.wait_for_function(SIDE_BY_SIDE.format(document="document", name="pdf", most=920))

    only(page, "slides")
    inner = "document.querySelector('.pane[data-name=slides] iframe').contentDocument"
    page.wait_for_function(SIDE_BY_SIDE.format(document=inner, name="slides", most=1060))
    page.close()


@pytest.mark.long
def test_without_libreoffice_the_word_pane_is_an_outline(browser: Browser, tmp_path: Path) -> None:
    if Path(ON_MACOS).exists():
        pytest.skip("LibreOffice is found there whatever the path says")
    with previewing(tmp_path, env={"PATH": str(tmp_path)}) as without:
        page = opened(browser, without)
        only(page, "word")
        shown = page.frame_locator(f"{WORD} iframe")
        expect(shown.get_by_text("With LibreOffice installed")).to_be_visible()
        expect(page.locator(f"{WORD} .badge")).to_have_text("fresh", timeout=LATER)
        title = shown.locator("li.l1[data-src*='02-']")
        expect(title).to_have_count(1)

        title.click()

        expect(page.locator("#at")).to_contain_text("02-the-problem.md:")
        page.close()


@pytest.mark.parametrize(
    "names",
    [
        ("Slides, PDF", "Web page, HTML"),
        pytest.param((), marks=pytest.mark.long, id="all"),
    ],
)
def test_downloads_are_what_the_command_line_writes(
    browser: Browser, preview: Preview, tmp_path: Path, names: tuple[str, ...]
) -> None:
    from builder.build import build
    from builder.diagnostics import Diagnostics
    from builder.job import ALL_FORMATS, Copy, Job
    from builder.mail.ready import Wish, make_ready

    page = opened(browser, preview)
    saved: dict[str, bytes] = {}
    offered = page.locator("#downloads button").all_text_contents()
    assert len(offered) == len(ALL_FORMATS) + 2 and set(names) <= set(offered)
    for name in names or offered:
        page.keyboard.press("d")
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        saved[path.name] = path.read_bytes()
    page.close()

    formats = ("slides-pdf", "html") if names else ALL_FORMATS
    whole = not names
    job = Job(preview.project, formats, tmp_path / "out", for_print=whole, copy=Copy("board"))
    expected = {path.name: path.read_bytes() for path in build(job).paths}
    if whole:
        (mail,) = make_ready(job, Wish(), Diagnostics(), lambda _step: None)
        expected["briefing-board.eml"] = mail.sample
    assert sorted(saved) == sorted(expected)
    assert [name for name in saved if saved[name] != expected[name]] == []
    assert not (preview.project / "output").exists() and "Traceback" not in preview.complaints


@pytest.mark.long
def test_an_output_that_cannot_be_written_says_why(browser: Browser, tmp_path: Path) -> None:
    with previewing(tmp_path) as running:
        with (running.project / "briefing.yml").open("a", encoding="utf-8") as settings:
            settings.write('\nmail: {text: "Dear {{ nobody }}"}\n')
        page = opened(browser, running)
        page.keyboard.press("d")
        page.get_by_role("button", name="E-mail, draft").click()
        expect(page.locator("#said")).to_contain_text("nobody")
        page.close()

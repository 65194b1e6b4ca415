"""The mail as a mail program shows it: drawn by Chromium, at three widths, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder.diagnostics import Diagnostics
from builder.document.nodes import Contact, Metadata
from builder.mail.body import compose_body, default_subject
from builder.mail.page import COLUMN, Attached, Common, contact_lines, html_page, text_page
from builder.mail.words import mail_words
from tests.mail.letters import common, letter, reader
from tests.support.browser import Browser, Page, browser
from tests.support.reading import read
from tests.theme.brands import brand_with_findings

CONTRAST = """
(() => {
  const shade = c => { const p = c.match(/[\\d.]+/g).map(Number);
    const [r, g, b] = p.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b };
  const ground = e => { for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor; if (!/^rgba.*, 0\\)$|transparent/.test(c)) return c }
    return 'rgb(255, 255, 255)' };
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, words = walker.currentNode.data.trim();
    if (!words || !e.getClientRects().length) continue;
    const a = shade(getComputedStyle(e).color), b = shade(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.push(words.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return found;
})()
"""
WIDEST = "Math.max(...[...document.querySelectorAll('.sheet *')].map(e => e.getBoundingClientRect().right))"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


def save(made: Common, folder: Path, **who: str) -> Path:
    """Write a mail's HTML as a page, its picture beside it."""
    html = html_page(made, replace(letter(), common=made).personal(reader(**who)), Diagnostics())
    if made.inset:
        (folder / "chart.png").write_bytes(made.inset.data)
    (folder / "mail.html").write_text(html.replace("cid:chart@briefing", "chart.png"))
    return folder / "mail.html"


FULL = {"link": "https://example.org/briefing", "unsubscribe": "https://example.org/leave"}


@pytest.mark.parametrize("width", [320, 600, 1000])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_sticks_out_and_every_word_is_legible(
    chromium: Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    page = chromium.open(save(common(**FULL), tmp_path, name="Anna"), width=width, dark=dark)

    assert page.value("document.documentElement.scrollWidth") == width
    assert page.value("document.querySelector('.sheet').getBoundingClientRect().width") == min(
        600, width - (0 if width < 600 else 24)
    )
    assert page.value(WIDEST) <= width
    assert page.value(CONTRAST) == []
    assert page.value("document.querySelector('img').naturalWidth") == 1072


@pytest.mark.parametrize("colours", ['{primary: "#FFD400"}', '{foreground: "#555555", primary: "#88AA44"}'])  # fmt: skip
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_bare_brand_is_legible_too(
    chromium: Browser, tmp_path: Path, colours: str, dark: bool
) -> None:
    theme, _ = brand_with_findings(f"color: {colours}\n")
    assert theme is not None

    page = chromium.open(save(replace(common(**FULL), theme=theme), tmp_path), dark=dark)

    assert page.value(CONTRAST) == []


def test_what_is_not_legible_is_found(chromium: Browser, tmp_path: Path) -> None:
    path = save(common(), tmp_path)
    path.write_text(path.read_text().replace("; color: #16202A", "; color: #EEEEEE"))

    assert chromium.open(path).value(CONTRAST)


def ground(page: Page) -> Any:
    return page.value("getComputedStyle(document.querySelector('.sheet')).backgroundColor")


def test_dark_mode_is_dark(chromium: Browser, tmp_path: Path) -> None:
    path = save(common(), tmp_path)

    assert ground(chromium.open(path)) == "rgb(255, 255, 255)"
    assert ground(chromium.open(path, dark=True)) == "rgb(22, 32, 42)"


def test_without_any_style_sheet_it_looks_the_same(chromium: Browser, tmp_path: Path) -> None:
    path = save(common(**FULL), tmp_path, name="Anna")
    whole = chromium.open(path, width=700).picture()
    path.write_text(re.sub(r"<style>.*?</style>", "", path.read_text(), flags=re.DOTALL))

    bare = chromium.open(path, width=700)

    assert bare.value("document.styleSheets.length") == 0
    assert bare.picture() == whole


def test_without_pictures_the_chart_is_words(chromium: Browser, tmp_path: Path) -> None:
    path = save(common(), tmp_path)
    (tmp_path / "chart.png").unlink()

    page = chromium.open(path, width=600)

    assert page.value("document.querySelector('img').naturalWidth") == 0
    alt = page.value("document.querySelector('img').alt")
    assert re.search(r"\d", alt) and len(alt) > 40
    assert page.value("document.querySelector('img').getBoundingClientRect().height") >= 15


def test_a_page_from_right_to_left_runs_so(chromium: Browser, tmp_path: Path) -> None:
    document = read(
        "::: {.key-numbers}\n12\n: שעות\n\n3\n: ימים\n:::\n",
        meta=Metadata("x", "שותפות שקטה", abstract="תקציר קצר.", language="he"),
    )
    made = replace(common(picture=False), body=compose_body(document))
    page = chromium.open(save(made, tmp_path, name="ענת", language="he"), width=600)

    assert page.value("document.documentElement.dir") == "rtl"
    assert page.value("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert page.value("document.querySelector('h1').closest('td').align") == "right"
    assert "שלום ענת," in page.value("document.body.innerText")


def test_a_size_keeps_its_unit_behind_it_in_hebrew() -> None:
    file = Attached("a.pdf", "pdf", bytes(400_000), 12)

    assert file.detail(mail_words("he", {}, "en"), "he").endswith(", \u200e0.4 MB")
    assert file.detail(mail_words("en", {}, "en"), "en") == "12 pages, 0.4 MB"


def test_old_outlook_finds_its_own_table_and_fonts() -> None:
    html = html_page(common(), letter().personal(None), Diagnostics())

    assert html.count("<!--[if mso]>") == html.count("<![endif]-->") == 3
    assert '<table role="presentation" width="600"' in html
    assert "data:" not in html and "<svg" not in html
    assert [t for t in re.findall(r"<table[^>]*>", html) if 'role="presentation"' not in t] == []
    assert [i for i in re.findall(r"<img[^>]*>", html) if ' width="536"' not in i] == []


def test_html_and_plain_text_say_the_same() -> None:
    made, personal = common(**FULL), letter(text="For you.").personal(reader("Anna"))
    text = " ".join(text_page(made, personal).split())
    html = re.sub(r"<style>.*?</style>|<!--.*?-->|<title>.*?</title>", "", html_page(made, personal, Diagnostics()), flags=re.DOTALL)  # fmt: skip
    html = re.sub(r'<div style="display: none.*?</div>|<[^>]+>|&#9632;|&nbsp;', " ", html)
    words = {w.casefold() for w in re.findall(r"[^\W_]{4,}", html)}

    assert {w for w in words if w not in text.casefold()} <= {"https", "amp"}


# ---------------------------------------------------------------- what is chosen

GLANCE = """---
title: At a glance
role: glance
takeaway: It holds
key-points: [{points}]
---
Text.
"""


@pytest.mark.parametrize(("given", "shown"), [(0, 0), (2, 2), (4, 4), (8, 5)])
def test_three_to_five_points_are_shown(given: int, shown: int) -> None:
    points = ", ".join(f"Point {i}" for i in range(given))
    body = compose_body(read(GLANCE.format(points=points)))

    assert len(body.points) == shown
    assert body.summary == "It holds"


def test_where_points_are_few_the_takeaways_follow() -> None:
    glance = read(GLANCE.format(points="One"))
    section = read("---\ntitle: S\ntakeaway: Two follows\n---\nText.\n")
    both = replace(glance, sections=(*glance.sections, *section.sections))

    assert len(compose_body(both).points) == 2


def test_a_subject_is_series_number_and_title() -> None:
    meta = Metadata("x", "A title", series="Briefing", number="7", language="en")

    assert default_subject(compose_body(read("Text.", meta=meta))) == "Briefing No. 7: A title"


def test_plain_text_keeps_long_addresses_whole() -> None:
    address = "https://example.org/" + "long" * 40
    text = text_page(replace(common(), link=address), letter().personal(None))

    assert address in text.splitlines()
    assert {len(line) > COLUMN for line in text.splitlines() if line != address} == {False}


def test_a_note_stays_in_the_briefing_and_a_reference_is_words_alone() -> None:
    key = '"See @sec-x^[A note.] and [us](https://example.org)"'
    glance = read(GLANCE.format(points=key).replace("role: glance", "role: glance\nid: sec-x"))
    made = replace(common(picture=False), body=compose_body(glance))
    html = html_page(made, letter().personal(None), Diagnostics())

    assert "A note." not in html and 'href="#' not in html
    assert '<a href="https://example.org"' in html
    assert "us (https://example.org)" in text_page(made, letter().personal(None))


def test_the_contact_is_linked_by_what_it_is() -> None:
    contact = Contact("Desk", "desk@example.org", "https://example.org/", ("Street 1",))

    assert contact_lines(contact) == (
        ("Desk", ""),
        ("desk@example.org", "mailto:desk@example.org"),
        ("example.org", "https://example.org/"),
        ("Street 1", ""),
    )

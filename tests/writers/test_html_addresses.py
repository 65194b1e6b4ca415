"""Long addresses in the edition for the web: they break in sense, and stay what they are."""

from __future__ import annotations

from builder.diagnostics import Diagnostics
from builder.writers.html import write_html
from builder.writers.html.addresses import pieces, with_breaks
from tests.support.paper import STAMP, strand
from tests.support.reading import read
from tests.writers.test_html import page

LONG = "https://example.org/reports/2026-water?year=2026&part=a.b"


def test_a_long_address_may_end_a_line_behind_each_of_its_signs() -> None:
    assert pieces(LONG) == [
        "https://",
        "example.",
        "org/",
        "reports/",
        "2026-",
        "water?",
        "year=",
        "2026&",
        "part=",
        "a.",
        "b",
    ]


def test_words_and_short_addresses_stand_as_they_are() -> None:
    assert "<wbr>" not in with_breaks("See example.org/a-b, well-known e.g. as and/or <b>.")
    assert with_breaks("http://www.visions.az & more") == "http://www.visions.az &amp; more"


def test_what_stands_around_an_address_is_escaped() -> None:
    shown = with_breaks(f"<b> {LONG} & so on")

    assert shown.startswith("&lt;b&gt; https://<wbr>example.<wbr>org/<wbr>")
    assert shown.endswith("2026&amp;<wbr>part=<wbr>a.<wbr>b &amp; so on")


def test_the_text_of_the_page_is_the_same_with_and_without_the_breaks() -> None:
    root = page(read(f"See <{LONG}> and [its page]({LONG}), or `{LONG}`.\n"))

    paragraph = next(p for p in root.iter("p") if "its page" in p.text_content())
    assert paragraph.text_content() == f"See {LONG} and its page, or {LONG}."
    assert [a.get("href") for a in paragraph.iter("a")] == [LONG, LONG]
    assert len(list(paragraph.iter("wbr"))) == 20


def test_no_word_of_an_address_counts_as_lost() -> None:
    log = Diagnostics()

    write_html(
        read(f"See {LONG} for more.^[At {LONG}.]\n"), strand(), log, stamp=STAMP, read=unread
    )

    assert [str(found) for found in log] == []


def test_a_note_behind_a_long_address_holds_only_its_last_part() -> None:
    root = page(read("See https://example.org/reports/water-and-rain/losses^[A note.] there.\n"))

    (held,) = (e for e in root.iter("span") if e.get("class") == "nb")
    assert held.text == "losses"
    assert "rain/losses" in held.getparent().text_content()


def unread(path: object) -> bytes:
    raise AssertionError(path)

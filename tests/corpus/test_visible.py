"""The corpus's own eyes: what they see, what they leave out, and that they miss what is lost."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder.diagnostics import Severity
from builder.document.nodes import CodeBlock, Note
from builder.document.walk import every, plain
from tests.corpus.documents import Paper, examples
from tests.corpus.trial import FORMATS, attempt, lost, words
from tests.corpus.visible import pieces
from tests.corpus.wrapped import PICTURE, with_local_pictures, wrap
from tests.support.reading import read_with_findings

TENTHS = [pytest.param(n, marks=[] if n < 2 else pytest.mark.long) for n in range(10)]
IN_A_DIV = 161
"""The example in which a line of HTML turns what looks like a fence into HTML: we show the code."""

BADGES = """# Kettle

[![Build][badge]](https://ci.example.org) ![Tea](https://a.example.org/t_(1).png "Tea")

<!-- links -->
[badge]: https://img.example.org/b.svg
[home]: https://example.org

`![not](a.picture)` at [home][]
"""


def test_what_is_seen_is_text_and_code_without_marks_comments_and_addresses() -> None:
    text = (
        "# *Tea* {#sec-tea}\n\n<!-- not this -->\n\nA [link](https://a.org) and `a <!-- b` and x<br>y.[^1]\n\n"
        "| a | `b\\|c` |\n|---|---|\n| 1 | 2 |\n\n```sh\nboil\n```\n\n![The pot](pot.png)\n\n[^1]: Hot.\n"
    )

    seen = pieces(text)

    assert [words(piece.text) for piece in seen if not piece.in_note] == [
        ["tea"], "a link and a b and x br y".split(), ["a"], ["b", "c"], ["1"], ["2"], ["boil"], ["the", "pot"],
    ]  # fmt: skip
    assert [piece.text for piece in seen if piece.in_note] == ["Hot."]


def test_every_image_shows_the_local_picture_and_links_stay() -> None:
    changed = with_local_pictures(BADGES)

    assert changed.count(PICTURE) == 3
    assert "[home]: https://example.org" in changed
    assert f"[badge]: {PICTURE}" in changed


def test_a_word_lost_in_any_format_is_noticed(tmp_path: Path) -> None:
    short = attempt(Paper("p", "short.md", "# Tea\n\nBoil the water.\n"), tmp_path / "short")
    longer = wrap(Paper("p", "longer.md", "# Tea\n\nBoil the water. Then wait patiently.\n"))

    found = lost(longer, short.data)[1]

    assert short.faults == ()
    assert [fault.split()[0] for fault in found] == list(FORMATS)
    assert all("patiently" in fault for fault in found)


def test_a_refusal_names_its_line(tmp_path: Path) -> None:
    verdict = attempt(Paper("p", "x.md", "# Tea\n\nBoil.\n\n#### Deep\n"), tmp_path / "p")

    assert (verdict.code, verdict.line, verdict.faults) == ("heading-skipped", 5, ())


@pytest.mark.parametrize("tenth", TENTHS)
def test_every_example_of_commonmark_is_read_with_all_its_words(tenth: int) -> None:
    for example in examples()[tenth::10]:
        document, log = read_with_findings(
            f"---\ntitle: A\n---\n{with_local_pictures(example.markdown)}"
        )
        read = [plain(document.sections[0].blocks)]
        read += [code.text for code in every(document, CodeBlock)]
        read += [plain(note.blocks) for note in every(document, Note)]

        missing = Counter(words(_text(example.html))) - Counter(words(" ".join(read)))

        assert not missing or example.number == IN_A_DIV, f"{example}: {missing}"
        for found in log:
            assert found.at.file or found.severity is not Severity.ERROR, f"{example}: {found}"


def _text(html: str) -> str:
    """Give the text of HTML."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return "".join(reader.texts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

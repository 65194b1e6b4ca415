"""docs/check.md: every bad example has its finding, every good one none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.diagnostics import EDITORIAL, Diagnostics
from builder.editorial.desk import findings
from builder.editorial.rule import Manuscript
from builder.theme.resolve import default_search, load_theme
from tests.editorial.looking import manuscript, together

PAGE = (Path(__file__).parents[2] / "docs" / "check.md").read_text(encoding="utf-8")
RULES = dict(re.findall(r"^### ([a-z-]+)\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
MADE_BY_HAND = {"contrast-pair", "paragraph-long"}


def examples(rule: str, kind: str) -> Manuscript:
    part = re.search(rf"^{kind}:(.*?)(?=^(?:Good|Bad):|\Z)", RULES[rule], re.MULTILINE | re.DOTALL)
    assert part, f"{rule} has no {kind.lower()} example"
    fences = re.findall(r"^```(\w+)\n(.*?)^```", part[1], re.MULTILINE | re.DOTALL)
    assert fences, rule
    texts = [text for language, text in fences if language == "markdown"]
    yamls = [text for language, text in fences if language == "yaml"]
    works = "".join(text for text in yamls if text.startswith("references:"))
    fronts = [text for text in yamls if not text.startswith("references:")]
    made = [manuscript(text, references=works) for text in texts]
    made += [manuscript("Some text.", front=front) for front in fronts]
    return together(*made or [manuscript("Some text.", references=works)])


def test_the_page_explains_every_rule_in_the_order_of_the_code() -> None:
    assert list(RULES) == [code.value for code in EDITORIAL]


@pytest.mark.parametrize("rule", [name for name in RULES if name not in MADE_BY_HAND])
def test_the_bad_example_is_found_and_the_good_one_is_not(rule: str) -> None:
    bad = [finding.code.value for finding in findings(examples(rule, "Bad"), {})]
    good = [finding.code.value for finding in findings(examples(rule, "Good"), {})]

    assert set(bad) == {rule}
    assert good == []


@pytest.mark.parametrize(("kind", "expected"), [("Bad", {"contrast-pair"}), ("Good", set())])
def test_the_colours_of_the_page_are_too_faint_and_dark_enough(
    kind: str, expected: set[str], tmp_path: Path
) -> None:
    brand = re.search(rf"^{kind}:\n\n```yaml\n(.*?)^```", RULES["contrast-pair"], re.M | re.S)
    assert brand
    (tmp_path / "_brand.yml").write_text(brand[1], encoding="utf-8")
    theme = load_theme(tmp_path, default_search(tmp_path), Diagnostics())
    assert theme is not None
    plain = manuscript("Some text.")

    made = Manuscript(plain.document, theme, {}, {})

    assert {finding.code.value for finding in findings(made, {})} == expected


def test_a_paragraph_of_180_words_passes_and_one_of_181_does_not() -> None:
    def long(count: int) -> list[str]:
        return [f.code.value for f in findings(manuscript(" ".join(["water flows"] * count)), {})]

    assert long(90) == []
    assert [f.message for f in findings(manuscript("Rain " + "water flows " * 90), {})] == [
        "the paragraph has 181 words"
    ]

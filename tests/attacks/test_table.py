"""The published table of attacks: every attack has its row, and none took too long."""

from __future__ import annotations

import re

from tests.attacks.arena import LONGEST, Outcome
from tests.attacks.table import GROUPS, PAGE, Row, page, row

ATTACKS = [attack for attacks in GROUPS.values() for attack in attacks]


def test_every_attack_has_its_row_and_a_name_of_its_own() -> None:
    published = re.findall(r"^\| (.+?) \| [`*]", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert published == [attack.name for attack in ATTACKS]
    assert len(set(published)) == len(published) > 200


def test_no_published_attack_took_too_long() -> None:
    seconds = re.findall(r"\| (\d+\.\d) \| [\d,]+ \|$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert len(seconds) == len(ATTACKS)
    assert max(map(float, seconds)) < LONGEST


def test_a_row_names_the_finding_that_was_expected() -> None:
    attack = next(a for a in ATTACKS if a.ends == "data-shape chart-series")
    told = (
        '{"diagnostics": [{"severity": "warning", "code": "font-missing"},'
        ' {"severity": "error", "code": "chart-series"}]}'
    )
    outcome = Outcome(1, ("font-missing", "chart-series"), (), told, "", 1.25, 99, {})

    assert str(row(attack, outcome)) == f"| {attack.name} | `chart-series` | 1.2 | 99 |"


def test_the_page_sums_up() -> None:
    rows = [(next(iter(GROUPS)), Row("a", "`limit-reached`", 8.0, 90))]
    rows += [(next(iter(GROUPS)), Row("b", "*harmless*", 1.0, 1200))]

    told = page(rows, "4 cores")

    assert "**2 attacks:** 0 are refused at their place, 1 are harmless, 1 are ended by a" in told
    assert "8.0 seconds (a); none may take 10. The largest held 1,200 MB (b)." in told

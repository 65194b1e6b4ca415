"""Whether words assert something, without a grammar."""

from __future__ import annotations

import pytest

from builder.editorial.english import may_assert

ASSERTIONS = """
The town pumps too much
Baku deals separately with each
The gap closes again
Israel sends weapons and a voice in Washington; Azerbaijan sends oil and borders on Iran
Worries about Iran and Russia came first; oil and arms followed
The paper calls the tie strategic because each side supplies what the other lacks
Contact is frequent, yet only Israel keeps an embassy
Reported supplies span land, air and sea, but the totals do not agree
Civilian trade is modest; oil makes it look large from Baku
Where the paper gives two values, this briefing prints both
Meters in every zone cut the town’s losses from 31 to 12 per cent in four years
A third of the water vanished, and nobody knew where
Small leaks cost more than large ones
Exports tripled in two years
Watch the interests
Two thirds of pupils walk to school
Night buses pay for themselves
Schools need more teachers
Rents outpace wages
Prices peaked in 2021
Half of all trips end within two kilometres
Cities that plant trees stay cooler
Nobody counts the leaks
Electric buses beat diesel on cost
Germany imports half its gas
Cut the losses first
Solar overtakes coal by 2030
Growth stalls
Teachers quit
The ferry carries fewer people each year
""".strip().splitlines()

LABELS = """
Oil exports and arms sales
The price of power
Exports of oil
An idea of the 1950s, with Iran now the adversary instead of the partner
Economic and civilian cooperation
A short history of the tie
Trade in arms
Many visits, one embassy
Results of the survey
Background and methods
Key figures for 2024
Overview of the market
Water losses by zone
Recommendations for the ministry
Reasons for the delay
The main findings of the report
Rail: costs and benefits
""".strip().splitlines()


@pytest.mark.parametrize("words", ASSERTIONS)
def test_a_sentence_is_taken_for_one(words: str) -> None:
    assert may_assert(words)


@pytest.mark.parametrize("words", LABELS)
def test_a_label_is_not(words: str) -> None:
    assert not may_assert(words)

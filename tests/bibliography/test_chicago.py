"""The cases of fixtures/chicago-notes.md: every kind of work, in full, shortly, and as an entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.bibliography.style import SUBSEQUENT, Bibliographer, Cited, load_style
from builder.bibliography.works import read_works
from builder.diagnostics import Diagnostics
from builder.document.nodes import Citation
from builder.yaml_source import read_yaml
from tests.support.typed import typed

FIXTURE = Path(__file__).parents[1] / "fixtures" / "chicago-notes.md"
CASE = re.compile(
    r"^## (?P<name>.+?)$.*?^```yaml\n(?P<work>.*?)^```$.*?^- full: (?P<full>.+?)$"
    r".*?^- short: (?P<short>.+?)$.*?^- reference: (?P<reference>.+?)$",
    re.MULTILINE | re.DOTALL,
)
CASES = [match.groupdict() for match in CASE.finditer(FIXTURE.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_work_is_set_as_chicago_has_it(case: dict[str, str]) -> None:
    log = Diagnostics()
    yaml = read_yaml(case["work"], "references.yml", log)
    assert yaml is not None
    ((key, _),) = (works := read_works(yaml, log)).items()
    assert not list(log)

    bibliographer = Bibliographer(load_style("chicago-notes", "en"), works, [key], "en")

    place = Citation(key, locator="p. 3")
    assert typed(bibliographer.note([Cited(place)])) == case["full"]
    assert typed(bibliographer.note([Cited(place, SUBSEQUENT)])) == case["short"]
    entry = bibliographer.entries.get(key)
    assert (typed(entry) if entry else "none") == case["reference"]


def test_every_case_of_the_file_is_read() -> None:
    assert len(CASES) == FIXTURE.read_text(encoding="utf-8").count("\n## ")

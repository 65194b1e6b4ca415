"""Documents that nobody here wrote are built in three formats, no word lost, or refused in their line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from tests.corpus.documents import COUNT, EXAMPLES, SAMPLE, papers
from tests.corpus.table import save, table
from tests.corpus.trial import Verdict, attempt
from tests.support.judges import ooxml_errors, verapdf_failures_of

LEAST_BUILT = 250
JUDGED, JUDGED_OF_ALL = 1, 40
"""Of the documents that were built, so many are shown to Microsoft's validator, and to veraPDF."""


@pytest.mark.parametrize("number", range(SAMPLE))
def test_a_document_of_the_sample_is_built_without_a_loss_or_refused(
    number: int, tmp_path: Path
) -> None:
    verdict = attempt(papers()[number], tmp_path / "project")

    assert not verdict.faults, f"{verdict.paper}:\n" + "\n".join(verdict.faults)


def test_microsofts_validator_finds_no_fault_with_what_was_built(tmp_path: Path) -> None:
    verdicts = (attempt(paper, tmp_path / str(n)) for n, paper in enumerate(papers()))
    built = list(islice((v for v in verdicts if not v.code), JUDGED))

    assert ooxml_errors(_office(built, tmp_path)) == []


@pytest.mark.long
def test_of_all_documents_enough_are_built_and_the_others_refused(tmp_path: Path) -> None:
    verdicts = [attempt(paper, tmp_path / str(n)) for n, paper in enumerate(papers())]

    made = table(verdicts)
    save(made)
    print(made)
    assert len(verdicts) == COUNT
    assert [f"{v.paper}: {fault}" for v in verdicts for fault in v.faults] == []
    built = [v for v in verdicts if not v.code]
    assert len(built) >= LEAST_BUILT
    judged = built[:JUDGED_OF_ALL]
    assert ooxml_errors(_office(judged, tmp_path)) == []
    assert _refused_by_verapdf(judged, tmp_path) == []


def test_the_corpus_is_the_same_everywhere() -> None:
    chosen = papers()

    assert len(chosen) == len({str(paper) for paper in chosen}) == COUNT
    assert sum(paper.path.startswith("example ") for paper in chosen) == EXAMPLES
    assert [str(paper) for paper in chosen[:3]] == FIRST


FIRST = ["starlette:LICENSE.md", "commonmark-spec:example 441", "hatch:docs/plugins/locker.md"]


def _office(verdicts: Sequence[Verdict], folder: Path) -> list[Path]:
    """Write the Word documents and decks of verdicts."""
    return [_written(v, name, folder) for v in verdicts for name in ("docx", "pptx")]


def _refused_by_verapdf(verdicts: Sequence[Verdict], folder: Path) -> list[str]:
    """Give the rules of PDF/A-3a and PDF/UA-1 that PDFs break."""
    pdfs = [_written(v, "pdf", folder) for v in verdicts]
    found = [verapdf_failures_of(pdfs, flavour) for flavour in ("3a", "ua1")]
    return [rule for failures in found for rules in failures for rule in rules]


def _written(verdict: Verdict, name: str, folder: Path) -> Path:
    path = folder / f"{re.sub('[^a-zA-Z0-9]+', '-', verdict.paper)}.{name}"
    path.write_bytes(verdict.data[name])
    return path

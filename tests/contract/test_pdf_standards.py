"""The PDF that an archive and a blind reader accept: veraPDF, and what veraPDF does not look at."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from tests.support.built import EXAMPLE, SHIPPED, TORTURE, built, tagged
from tests.support.judges import verapdf_failures_of
from tests.support.pdf_tree import UNCOUNTED, source_counts, source_words

PROJECTS = pytest.mark.parametrize("project", [SHIPPED, EXAMPLE, TORTURE], ids=lambda p: p.name)


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_finds_no_broken_rule(flavour: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{project.name}.pdf" for project in (SHIPPED, EXAMPLE, TORTURE)]
    for path, project in zip(paths, (SHIPPED, EXAMPLE, TORTURE), strict=True):
        path.write_bytes(built(project, "pdf").data)

    assert verapdf_failures_of(paths, flavour) == [[], [], []]


@PROJECTS
def test_what_is_read_out_is_the_text_once_in_order_and_nothing_else(project: Path) -> None:
    report, source = tagged(project)

    wanted = source_words(source, report.places())
    assert report.spoken().casefold() == wanted.casefold()


@PROJECTS
def test_one_element_stands_for_one_element_of_the_source(project: Path) -> None:
    report, source = tagged(project)

    found = Counter(node.kind for node in report.root.walk() if node.kind not in UNCOUNTED)
    assert found == source_counts(source)


@PROJECTS
def test_all_content_and_all_links_have_their_place_in_the_tree(project: Path) -> None:
    assert tagged(project)[0].faults() == []


def test_the_torture_documents_long_table_stands_on_three_pages_at_least() -> None:
    report, _ = tagged(TORTURE)

    table = max(
        (n for n in report.root.walk() if n.kind == "Table"), key=lambda n: len(list(n.walk()))
    )
    pages = {kid[0] for node in table.walk() for kid in node.kids if isinstance(kid, tuple)}
    scopes = Counter(str(n.attribute("/Scope")) for n in table.walk() if n.kind == "TH")
    assert len(pages) >= 3
    assert scopes == {"/Column": 4 + 1, "/Row": 95}  # four heads and a group; a head a row


def test_spans_in_other_languages_name_them() -> None:
    report, _ = tagged(TORTURE)

    named = {n.entry("/Lang") for n in report.root.walk() if n.kind == "Span"}
    assert named >= {"ru", "tr", "az", "he"}


def test_the_data_behind_the_charts_is_attached() -> None:
    with pikepdf.open(io.BytesIO(built(TORTURE, "pdf").data)) as pdf:
        files = list(pdf.Root.AF)
        assert [str(f.AFRelationship) for f in files] == ["/Data"]
        assert list(pdf.attachments) == ["values.csv"]
        attached = pdf.attachments["values.csv"].get_file()
        assert attached.read_bytes() == (TORTURE / "data" / "values.csv").read_bytes()
        assert attached.mime_type == "text/csv"
        assert str(files[0].EF.F.Params.ModDate) == "D:20260115000000Z"

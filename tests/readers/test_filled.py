"""Variables in the words of briefing.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build import prepare
from builder.diagnostics import ContentErrors, Diagnostics
from builder.document.nodes import Metadata
from builder.job import Copy, Job
from tests.readers.test_editions import project

YAML = (
    'subtitle: "For {{< var name >}} in {{<  var office.city >}}"\n'
    'deck: {closing: "Goodbye, {{< var name >}}"}\n'
    "variables: {name: reader, office: {city: Graz}}\n"
    "editions: {north: {subtitle: 'North: {{< var name >}}', variables: {name: Northerner}}}\n"
)


def meta(root: Path, edition: str = "", **values: str) -> Metadata:
    """Give the metadata of a copy; fails where anything is found fault with."""
    log = Diagnostics()
    made = prepare(Job(root, copy=Copy(edition, tuple(values.items()))), log)
    assert not list(log)
    return made.document.meta


def test_titles_and_other_words_name_variables_of_the_copy(tmp_path: Path) -> None:
    root = project(tmp_path, YAML, "Text.")

    assert meta(root).subtitle == "For reader in Graz"
    assert meta(root, name="Anna").subtitle == "For Anna in Graz"
    assert meta(root, "north").subtitle == "North: Northerner"
    assert meta(root, "north", name="Anna").subtitle == "North: Anna"
    assert "Goodbye, Anna" in repr(meta(root, name="Anna").deck)


def test_what_stands_in_a_value_is_neither_filled_in_nor_yaml(tmp_path: Path) -> None:
    root = project(tmp_path, YAML, "Text.")

    found = meta(root, name="{{< var office.city >}}: [x]").subtitle

    assert found == "For {{< var office.city >}}: [x] in Graz"


@pytest.mark.parametrize(
    ("subtitle", "finding"),
    [
        ("For {{< var nmae >}}", "4:12 variable-undefined: no variable is called 'nmae'; did you mean 'name'?"),
        ("For {{< vra name >}}", "4:12 shortcode-unknown: {{< vra >}} is no shortcode that can stand here; did you mean 'var'?"),
        ("For {{< var name", "4:12 bracket-unclosed: the shortcode that opens here is never closed; close it by >}}"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_place(tmp_path: Path, subtitle: str, finding: str) -> None:
    root = project(tmp_path, f'subtitle: "{subtitle}"\nvariables: {{name: reader}}\n', "Text.")
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        prepare(Job(root), log)

    told = [f"{d.at.line}:{d.at.column} {d.code.value}: {d.message}; {d.hint}" for d in log]
    assert told == [finding]


def test_a_title_that_a_copy_leaves_empty_is_an_error(tmp_path: Path) -> None:
    root = project(tmp_path, "variables: {name: reader}\n", "Text.")
    settings = root / "briefing.yml"
    lines = settings.read_text().splitlines()
    lines = ['title: "{{< var name >}}"' if x.startswith("title:") else x for x in lines]
    settings.write_text("\n".join(lines))
    assert meta(root).title == "reader"

    log = Diagnostics()
    with pytest.raises(ContentErrors):
        prepare(Job(root, copy=Copy(values=(("name", ""),))), log)
    assert [(d.code.value, d.at.line) for d in log] == [("value-invalid", 1)]

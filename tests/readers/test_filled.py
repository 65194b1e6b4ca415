"""Variables in the words of briefing.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from builder.build import prepare
from builder.diagnostics import NOWHERE, ContentErrors, Diagnostics
from builder.document.nodes import Metadata
from builder.job import Copy, Job
from builder.readers.filled import fill
from builder.readers.project import read_project, variables_of
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


# ---------------------------------------------------------------- wherever words stand

VAR = "{{< var town >}}"
CHART = 'data="data/x.csv" type=bar alt="{alt}" unit="{unit}" x-title="{x}" y-title="{y}"'
PLAIN = {"alt": "A", "unit": "u", "x": "x", "y": "y"}


def picture(root: Path) -> None:
    (root / "images").mkdir(exist_ok=True)
    Image.new("RGB", (8, 8), "#336699").save(root / "images" / "x.png")


def written(root: Path, *, yaml: str = "", front: str = "", body: str = "Text.") -> Path:
    """Make a project of one section that names a town somewhere."""
    made = project(root, f"{yaml}\nvariables: {{town: Graz}}\n", "")
    picture(made)
    (made / "data" / "x.csv").write_text("name,value\na,1\nb,2\n")
    text = f"---\ntitle: One\n{front}\n---\n\n{body}\n"
    (made / "sections" / "01-one.md").write_text(text, "utf-8")
    return made


FILLED = [
    {"yaml": f'contact: {{name: Desk, lines: ["{VAR}", "Street 1"]}}'},
    {"yaml": f'contact: {{name: Desk, lines: "{VAR}"}}'},
    {"yaml": f'authors: ["Anna, {VAR}", Leo]'},
    {"yaml": f'keywords: ["{VAR}"]'},
    {"yaml": f'rights: "© {VAR}"'},
    {"front": f'short-title: "In {VAR}"'},
    {"front": f'takeaway: "In {VAR}"'},
    {"front": f'key-points: [One]\nkey-points-title: "In {VAR}"'},
    {"body": f"Dear {VAR}."},
    {"body": f'![Bars](images/x.png){{fig-alt="Rain in {VAR}"}}'},
    {"body": f'Here ![Bars](images/x.png){{alt="Rain in {VAR}"}} it is.'},
    {"body": f"![Rain in {VAR}](images/x.png)"},
    *(
        {"body": f"::: {{.chart {CHART.format(**(PLAIN | {key: VAR}))}}}\nT.\n:::"}
        for key in PLAIN
    ),
    {"body": f'| a | b |\n|---|---|\n| 1 | 2 |\n\n: T {{#tbl-a alt="In {VAR}"}}'},
    {"body": f'::: {{.timeline left="{VAR}" right=B alt=x}}\nT.\n\n| Date | Lane | Event |\n|---|---|---|\n| 1993 | left | Opens |\n:::'},
    {"body": f'::: {{.pull-quote by="{VAR}" role="R"}}\nWords.\n:::'},
    {"body": f'::: {{.pull-quote by="A" role="{VAR}"}}\nWords.\n:::'},
    {"body": f'::: {{.callout-note title="{VAR}"}}\nWords.\n:::'},
]  # fmt: skip
REFUSED = [
    ({"yaml": f'words: {{contents: "{VAR}"}}'}, "briefing.yml:4:20", "words.contents"),
    ({"yaml": f'mail: {{subject: "In {VAR}"}}'}, "briefing.yml:4:18", "mail.subject"),
    ({"yaml": f'editions: {{x: {{csl: "{VAR}"}}}}'}, "briefing.yml:4:22", "csl"),
    ({"front": f'id: "{VAR}"'}, "sections/01-one.md:3:6", "id"),
    ({"front": f'deck: {{order: ["{VAR}"]}}'}, "sections/01-one.md:3:17", "deck.order"),
    ({"body": f"::: {{.chart {CHART.format(**PLAIN)} min=\"{VAR}\"}}\nT.\n:::"}, "sections/01-one.md:6:1", "the attribute 'min'"),
]  # fmt: skip


@pytest.mark.parametrize("where", FILLED, ids=lambda where: str(where)[:60])
def test_a_variable_is_filled_in_wherever_words_stand_and_counts_as_used(
    tmp_path: Path, where: dict[str, str]
) -> None:
    """What counts as used and is not filled in would be printed as it is written."""
    root = written(tmp_path, **where)
    log = Diagnostics()

    made = prepare(Job(root, copy=Copy(values=(("town", "*Sopron*"),))), log)

    assert not log.has_errors, "\n".join(map(str, log))
    shown = repr((made.document.sections, made.document.meta))
    assert "*Sopron*" in shown and "{{<" not in shown  # no Markdown in it, either
    read = read_project(root, log)
    assert read is not None and "town" in variables_of(read)


@pytest.mark.parametrize(("where", "at", "what"), REFUSED, ids=lambda part: str(part)[:40])
def test_where_nothing_is_filled_in_a_variable_is_an_error_at_its_place(
    tmp_path: Path, where: dict[str, str], at: str, what: str
) -> None:
    root = written(tmp_path, **where)
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        prepare(Job(root, copy=Copy("x" if "editions" in str(where) else "")), log)

    told = [str(d) for d in log if d.code.value == "shortcode-unknown"]
    assert len(told) == 1
    assert told[0].startswith(f"{at}: error[shortcode-unknown]: no shortcode can stand in {what}\n")


def test_a_value_in_briefing_yml_names_no_other_variable(tmp_path: Path) -> None:
    root = project(tmp_path, f'variables: {{town: Graz, a: {{b: "In {VAR}"}}}}\n', "Text.")
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        prepare(Job(root), log)

    assert [d.message for d in log] == ["no shortcode can stand in variables.a.b"]


def test_words_that_a_copy_leaves_empty_are_left_out(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        f'contact: {{lines: ["{VAR}", Street 1]}}\nauthors: ["{VAR}"]\nvariables: {{town: x}}\n',
        "Text.",
    )

    made = meta(root, town="")

    assert (made.contact.lines, made.authors) == (("Street 1",), ())


def test_attributes_of_what_another_edition_shows_may_name_its_variables(tmp_path: Path) -> None:
    yaml = "editions: {x: {variables: {a: 7}}, y: {}}\n"
    text = '::: {.content-visible when-edition="x"}\n![P](images/x.png){alt="{{< var a >}}"}\n:::'
    log = Diagnostics()

    picture(project(tmp_path, yaml, text))
    for edition in ("x", "y"):
        prepare(Job(tmp_path, copy=Copy(edition)), log)

    assert not log.has_errors


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{< " + "a" * 20_000 + " " * 20_000, "bracket-unclosed"),
        ("{{< a " * 20_000, "bracket-unclosed"),
        ("{{< " * 20_000 + ">}}", "bracket-unclosed"),
        ("{{< var " + "{{< " * 20_000 + ">}}", "variable-undefined"),
    ],
    ids=["a name and spaces", "openings", "openings without names", "openings in one"],
)
def test_shortcodes_that_never_end_take_no_time(text: str, told: str) -> None:
    log = Diagnostics()

    fill(text, {}, NOWHERE, log)

    assert [found.code.value for found in log] == [told]


def test_shortcodes_are_found_however_much_is_left_open() -> None:
    log = Diagnostics()
    text = "a {{< {{< - >}} {{<var x>}}{{<\n var  x\t>}}, {{< var {{< >}} >}} {{< }}"

    shown = fill(text, {"x": "1", "{{<": "2"}, NOWHERE, log)

    assert shown == "a {{< {{< - >}} 11, 2 >}} {{< }}"
    assert [found.code.value for found in log] == ["bracket-unclosed"]

"""Editions: what briefing.yml names, what its matrix makes, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build import prepare
from builder.diagnostics import ContentErrors, Diagnostics
from builder.document.walk import captioned, plain
from builder.job import Copy, Job
from builder.readers.editions import NO_EDITIONS, Edition, Scope, laid_over, read_editions
from builder.readers.project import read_project
from builder.readers.settings import Settings
from builder.yaml_source import check, read_yaml
from tests.contract.test_broken_projects import GOOD

HEAD = 'title: A report\nsections: ["sections/*.md"]\n'


def editions(text: str) -> tuple[dict[str, Edition], list[str]]:
    """Read the editions of a briefing.yml that begins by HEAD; and what was found."""
    log = Diagnostics()
    yaml = read_yaml(HEAD + text, "briefing.yml", log)
    assert yaml is not None
    check(Settings, yaml, log)
    found = read_editions(yaml, log)
    told = [f"{d.at.line}:{d.at.column} {d.code.value}: {d.message}; {d.hint}" for d in log]
    return {edition.name: edition for edition in found}, told


def settings(text: str, name: str) -> Settings:
    """Give the settings of one edition; fails if anything was found fault with."""
    yaml = read_yaml(HEAD + text, "briefing.yml", Diagnostics())
    found, told = editions(text)
    assert yaml is not None and not told
    log = Diagnostics()
    made = check(Settings, laid_over(yaml, found[name]), log)
    assert made is not None and not list(log)
    return made


def project(folder: Path, yaml: str, text: str) -> Path:
    """Make a project of one section."""
    files = {**GOOD, "briefing.yml": GOOD["briefing.yml"] + yaml}
    files["sections/01-one.md"] = f"---\ntitle: One\n---\n\n{text}\n"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def words(root: Path, edition: str = "", values: tuple[tuple[str, str], ...] = ()) -> str:
    """Give the words of a project's sections in one edition; fails where anything is wrong."""
    log = Diagnostics()
    prepared = prepare(Job(root, copy=Copy(edition, values)), log)
    assert not log.has_errors, "\n".join(map(str, log))
    return plain(tuple(s.blocks for s in prepared.document.sections))


# ---------------------------------------------------------------- what they are


def test_an_edition_says_some_things_otherwise_and_keeps_the_others() -> None:
    text = (
        "language: en\ncontact: {name: Desk, url: https://example.org}\n"
        "variables: {rate: 1, who: {a: x, b: y}}\n"
        "editions:\n  board: {language: de, contact: {name: Board}, variables: {who: {b: z}}}\n"
    )

    made = settings(text, "board")

    assert (made.title, made.language) == ("A report", "de")
    assert (made.contact.name, made.contact.url) == ("Board", "https://example.org")
    assert made.variables == {"rate": 1, "who": {"a": "x", "b": "z"}}


def test_lists_of_an_edition_replace_those_of_the_briefing() -> None:
    made = settings("keywords: [a, b]\neditions: {x: {keywords: [c]}}\n", "x")

    assert made.keywords == ["c"]


def test_a_matrix_makes_each_value_with_each_of_the_others() -> None:
    found, told = editions("matrix: {audience: [board, press], paper: [a4, letter]}\n")

    assert not told
    assert list(found) == ["board-a4", "board-letter", "press-a4", "press-letter"]
    assert found["press-a4"].tags == {"press-a4", "press", "a4"}


def test_an_axis_may_name_sets_of_changes_or_a_variable() -> None:
    text = (
        "matrix:\n  office: {north: {byline: North, paper: letter}, south: {}}\n"
        "  variables.year: [2025, 2026]\n"
    )

    made = settings(text, "north-2026")

    assert (made.byline, made.paper, made.variables) == ("North", "letter", {"year": 2026})


def test_exclude_leaves_out_what_fits_all_its_keys() -> None:
    text = (
        "matrix:\n  audience: [a, b, c]\n  paper: [a4, letter]\n"
        "  exclude: [{audience: [a, b], paper: letter}]\n"
    )

    assert list(editions(text)[0]) == ["a-a4", "b-a4", "c-a4", "c-letter"]


def test_include_changes_what_it_fits_and_adds_what_is_new() -> None:
    text = (
        "matrix:\n  audience: [a, b]\n  paper: [a4, letter]\n"
        "  include: [{audience: b, title: For b}, {audience: minister, language: fr}]\n"
    )

    assert [settings(text, n).title for n in ("a-a4", "b-a4", "b-letter")] == [
        "A report",
        "For b",
        "For b",
    ]
    assert settings(text, "minister").language == "fr"
    assert editions(text)[0]["minister"].audience == ("minister",)


def test_several_values_of_an_entry_choose_editions_and_each_keeps_its_own(tmp_path: Path) -> None:
    """Where each edition had both audiences, the board's would show what only the press may see."""
    yaml = (
        "matrix: {audience: [board, press], paper: [a4, letter], "
        "include: [{audience: [board, press], title: Note}]}\n"
    )

    assert {name: made.audience for name, made in editions(yaml)[0].items()} == {
        "board-a4": ("board",),
        "board-letter": ("board",),
        "press-a4": ("press",),
        "press-letter": ("press",),
    }
    assert settings(yaml, "press-letter").title == "Note"
    root = project(tmp_path, yaml, SHOWN)
    assert words(root, "board-a4") == "Always. Board. Not press."
    assert words(root, "press-a4") == "Always."


def test_an_edition_may_end_like_a_kind_of_file_where_no_file_has_the_same_name() -> None:
    assert not editions("editions: {blue-print: {}, slideshow: {}}\n")[1]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("editions: {board: {titel: x}}\n", "3:20 key-unknown: editions.board has no key 'titel'; did you mean 'title'?"),
        ("editions: {board: {paper: a5}}\n", "3:27 value-invalid: editions.board.paper: 'a5' is not among the values that can stand here; write one of a4, letter"),
        ("editions: {board: {formats: pfd}}\n", "3:29 value-invalid: editions.board.formats: 'pfd' is not valid; 'pfd' is no format; there are pdf,"),
        ("editions: {a b: {}}\n", "3:12 edition-invalid: 'a b' cannot name an edition; files are named by it"),
        ("editions: {all: {}}\n", "3:12 edition-invalid: 'all' cannot name an edition"),
        ("editions: {x: {}, X: {}}\n", "3:19 edition-invalid: there are two editions 'X'; the first one is in line 3"),
        ("matrix: {langage: [en]}\n", "3:10 key-unknown: matrix.langage: a list gives values of a key, and there is no key 'langage'; did you mean 'language'?"),
        ("matrix: {language: [en, 1x]}\n", "3:25 value-invalid: language: '1x' is not valid; a language is a code"),
        ("matrix: {office: {north: {bylin: x}}}\n", "3:27 key-unknown: matrix.office.north has no key 'bylin'; did you mean 'byline'?"),
        ("matrix: {paper: [a4], exclude: [{papr: a4}]}\n", "3:34 key-unknown: the matrix has no axis 'papr'; did you mean 'paper'?"),
        ("matrix: {paper: [a4], exclude: [{paper: lettre}]}\n", "3:41 edition-invalid: the axis 'paper' has no value 'lettre'"),
        ("matrix: {paper: [a4], include: [{paper: a4, titel: x}]}\n", "3:45 key-unknown: there is no key 'titel'; did you mean 'title'?"),
        ("matrix: {o: {a: {}}, include: [{o: b}]}\n", "3:36 edition-invalid: the axis 'o' has no value 'b'"),
        ("matrix: {audience: [a, b], include: [{audience: [b, ministre], title: x}]}\n", "3:49 edition-invalid: the axis 'audience' has no value 'ministre'; it has a, b"),
        ("matrix: {audience: [a, b], include: [{audience: [], title: x}]}\n", "3:39 edition-invalid: no value of the axis 'audience' is named; it has a, b"),
        ("matrix: {audience: [a, b], paper: [a4, letter], exclude: [{paper: letter}], include: [{audience: [a, b], paper: letter}]}\n", "3:88 edition-invalid: no edition fits this entry, and one of its own has one value of 'audience' only; write an entry for each"),
        ("matrix: {audience: [a, b], exclude: [{audience: [a, b]}]}\n", "3:1 edition-invalid: the matrix makes no edition: exclude leaves out all of them; take entries out"),
        ("matrix: {audience: [a, b], paper: []}\n", "3:28 edition-invalid: the axis 'paper' has no values; give it values, or take it away"),
        ("matrix: {include: [{title: x}]}\n", "3:1 edition-invalid: the matrix makes no edition; give it axes"),
        ("editions: {Print: {}}\n", "3:12 edition-invalid: the PDF of the edition 'Print' would have the name of the PDF for print of the briefing as it stands; give it another name"),
        ("editions: {en-slides: {}, en: {}}\n", "3:12 edition-invalid: the PDF of the edition 'en-slides' would have the name of the slides as PDF of the edition 'en'"),
        (f"matrix: {{variables.a: {list(range(50))}, variables.b: {list(range(50))}}}\n", "3:1 edition-invalid: the matrix makes 2,500 editions, more than 2,000"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(text: str, finding: str) -> None:
    told = editions(text)[1]

    assert any(line.startswith(finding) for line in told), told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("editions:\n" + "".join(f"  e{n}: {{}}\n" for n in range(2_001)), 2_004),
        (
            "editions:\n" + "".join(f"  e{n}: {{}}\n" for n in range(1_999)) + "matrix: {paper: [a4, letter]}\n",
            2_003,
        ),
        (
            f"matrix:\n  variables.a: {list(range(2_000))}\n  audience: [a]\n  include:\n    - {{audience: b}}\n",
            7,
        ),
    ],
    ids=["named", "named and of the matrix", "of the matrix and further"],
)  # fmt: skip
def test_there_are_no_more_than_2000_editions_however_they_are_written(
    text: str, line: int
) -> None:
    found, told = editions(text)

    assert len(found) == 2_000
    assert [said.partition(":")[0] for said in told] == [str(line)]
    assert "edition-invalid: there are more than 2,000 editions" in told[0]


def test_an_unknown_edition_is_an_error_with_a_hint(tmp_path: Path) -> None:
    root = project(tmp_path, "editions: {board: {}}\n", "Text.")
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        prepare(Job(root, copy=Copy("bord")), log)
    assert [str(d) for d in log] == [
        "briefing.yml: error[edition-unknown]: the briefing has no edition 'bord'\n"
        "  hint: did you mean 'board'?"
    ]


def test_a_finding_in_an_edition_stands_where_the_edition_says_it(tmp_path: Path) -> None:
    root = project(tmp_path, "editions:\n  board: {theme: strang}\n", "Text.")
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        prepare(Job(root, copy=Copy("board")), log)
    assert [(d.at.line, d.at.column, d.code.value) for d in log] == [(5, 18, "theme-missing")]


# ---------------------------------------------------------------- what they show

SHOWN = """
Always.

::: {.content-visible when-edition="board"}
Board.
:::

::: {.content-hidden when-edition="board, press"}
Neither.
:::

::: {.content-visible unless-edition="press"}
Not press.
:::
"""


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("", "Always.Neither.Not press."),
        ("one", "Always.Board.Not press."),
        ("press", "Always."),
    ],
)
def test_content_is_chosen_by_edition_or_audience(
    tmp_path: Path, edition: str, expected: str
) -> None:
    yaml = "editions: {one: {audience: board}, press: {}}\n"

    assert words(project(tmp_path, yaml, SHOWN), edition).replace(" ", "") == expected.replace(
        " ", ""
    )


@pytest.mark.parametrize(
    ("div", "edition", "formats"),
    [
        ("content-visible", "x", ("pdf",)),  # shown in the PDF of x alone
        ("content-visible", "", None),
        ("content-hidden", "x", ("pdf",)),  # hidden in the PDF of x alone
        ("content-hidden", "", ()),
    ],
)
def test_both_conditions_of_a_div_have_to_hold(
    tmp_path: Path, div: str, edition: str, formats: tuple[str, ...] | None
) -> None:
    text = f'::: {{.{div} when-edition="x" when-format="pdf"}}\nText.\n:::'
    log = Diagnostics()

    prepared = prepare(Job(project(tmp_path, "editions: {x: {}}\n", text), copy=Copy(edition)), log)

    blocks = prepared.document.sections[0].blocks
    if formats is None:
        assert not blocks
    else:
        assert getattr(blocks[0], "formats", ()) == formats


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        ("matrix: {office: {de: {}, fr: {}}, language: [en, de]}\n", "'de' is a value of the axis 'office' and a value of the axis 'language': all of these are meant"),
        ("editions: {de: {}}\nmatrix: {language: [en, de], paper: [a4]}\n", "'de' is the name of an edition and a value of the axis 'language': all of these are meant"),
        ("editions: {de: {}, x: {audience: de}}\n", "'de' is the name of an edition and an audience: all of these are meant"),
        ("matrix: {audience: [de, fr], paper: [a4, letter]}\n", ""),
        ("matrix: {language: [en, de]}\n", ""),  # an edition of that name: the same one
        ("editions: {de: {audience: de}}\n", ""),
    ],
)  # fmt: skip
def test_a_word_that_means_several_things_is_warned_of_where_it_is_used(
    tmp_path: Path, yaml: str, told: str
) -> None:
    root = project(tmp_path, yaml, '::: {.content-visible when-edition="de"}\nText.\n:::')
    log = Diagnostics()

    prepare(Job(root), log)

    assert [(d.code.value, d.message) for d in log] == (
        [("edition-ambiguous", told)] if told else []
    )


def test_numbers_follow_what_an_edition_shows(tmp_path: Path) -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: T {{#tbl-{0}}}\n\n"
    text = f'::: {{.content-visible when-edition="x"}}\n\n{table.format("a")}:::\n\n{table.format("b")}'
    root = project(tmp_path, "editions: {x: {}}\n", text)

    def numbers(edition: str) -> list[int]:
        made = prepare(Job(root, copy=Copy(edition)), Diagnostics())
        return [block.caption.number for block in captioned(made.document.sections)]

    assert (numbers("x"), numbers("")) == ([1, 2], [1])


def test_what_is_left_out_may_name_variables_of_other_editions(tmp_path: Path) -> None:
    yaml = "editions: {x: {variables: {a: 7}}, y: {}}\n"
    text = '::: {.content-visible when-edition="x"}\nSeven is {{< var a >}}.\n:::'
    root = project(tmp_path, yaml, text)

    assert words(root, "x") == "Seven is 7."
    assert words(root, "y") == ""


def test_variables_of_a_copy_stand_above_those_of_its_edition(tmp_path: Path) -> None:
    yaml = "variables: {a: {b: 1}}\neditions: {x: {variables: {a: {b: 2}}}}\n"
    root = project(tmp_path, yaml, "It is {{< var a.b >}}.")

    assert words(root) == "It is 1."
    assert words(root, "x") == "It is 2."
    assert words(root, "x", (("a.b", "3"),)) == "It is 3."


@pytest.mark.parametrize(
    ("attributes", "finding"),
    [
        ("when-edition=bord", "6:23 edition-unknown the briefing has no edition or audience 'bord'"),
        ("", "6:1 attribute-invalid a .content-visible div says not for which format or edition"),
        ("when-edition=board unless-edition=board", "6:1 attribute-invalid a .content-visible div says not for which"),
    ],
)  # fmt: skip
def test_a_condition_that_means_nothing_is_an_error(
    tmp_path: Path, attributes: str, finding: str
) -> None:
    text = f"\n::: {{.content-visible {attributes}}}\nText.\n:::"
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        prepare(Job(project(tmp_path, "editions: {board: {}}\n", text)), log)

    told = [f"{d.at.line}:{d.at.column} {d.code.value} {d.message}" for d in log]
    assert [line for line in told if line.startswith(finding)], told


def test_outputs_are_named_by_their_edition(tmp_path: Path) -> None:
    root = project(tmp_path / "report", "editions: {x: {formats: pptx}}\n", "Text.")
    log = Diagnostics()

    plain_one = read_project(root, log)
    edition = read_project(root, log, Copy("x"))
    named = read_project(root, log, Copy("x", name="anna"))

    assert plain_one and edition and named
    assert [p.file_name for p in (plain_one, edition, named)] == ["report", "report-x", "anna"]
    assert (plain_one.formats, edition.formats) == (("pdf", "docx", "pptx"), ("pptx",))


def test_a_text_without_editions_knows_none() -> None:
    assert Scope() == NO_EDITIONS

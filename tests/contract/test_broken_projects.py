"""Broken projects: each gives its diagnostic at its place, and the old outputs stay as they were."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builder.cli import main

GOOD = {
    "briefing.yml": 'title: A good one\ndate: 2026-01-02\nsections: ["sections/*.md"]\n',
    "sections/01-one.md": "---\ntitle: One\nid: sec-one\ntakeaway: It holds\n---\n\nText.\n",
    "references.yml": "- {id: a, type: book, title: A Book, author: [{family: Ames, given: Ann}]}\n",
    "data/x.csv": "Year,Value\n2007,82.5\n2008,90\n",
}
HEAD = "---\ntitle: One\n---\n"


@dataclass(frozen=True)
class Broken:
    """What is changed in the good project, and the finding that it must give."""

    name: str
    finding: str  # "file:line:column code"
    files: dict[str, str | bytes] = field(default_factory=dict)
    code: int = 1
    options: tuple[str, ...] = ()


def section(body: str) -> dict[str, str | bytes]:
    return {"sections/01-one.md": HEAD + body}


S = "sections/01-one.md"
BROKEN = [
    Broken("open quote", "briefing.yml:1:8 quote-unclosed", {"briefing.yml": 'title: "x\nsections: [a]\n'}),
    Broken(
        "open bracket",
        "briefing.yml:2:11 yaml-syntax",
        {"briefing.yml": "title: x\nsections: [a\ndate: 2014\n"},
    ),
    Broken(
        "duplicate key",
        "briefing.yml:3:1 yaml-duplicate-key",
        {"briefing.yml": "title: x\nsections: [a.md]\ntitle: y\n"},
    ),
    *([Broken("a name that is no text", "briefing.yml:3:12 file-unreadable", {"sections/\udcff.md": HEAD})] if sys.platform == "linux" else []),
    Broken("unknown key", "briefing.yml:4:1 key-unknown", {"briefing.yml": GOOD["briefing.yml"] + "languge: de\n"}),
    Broken("missing key", "briefing.yml:1:1 key-missing", {"briefing.yml": 'sections: ["sections/*.md"]\n'}),
    Broken("wrong type", "briefing.yml:4:7 value-invalid", {"briefing.yml": GOOD["briefing.yml"] + "deck: [a]\n"}),
    Broken("no such day", "briefing.yml:2:7 value-invalid", {"briefing.yml": 'title: x\ndate: 2014-13-01\nsections: ["sections/*.md"]\n'}),
    Broken("missing section file", "briefing.yml:2:12 file-missing", {"briefing.yml": "title: x\nsections: [sections/02.md]\n"}),
    Broken("missing theme", "briefing.yml:4:8 theme-missing", {"briefing.yml": GOOD["briefing.yml"] + "theme: strang\n"}),
    Broken("unknown citation style", "briefing.yml:4:6 citation-style", {"briefing.yml": GOOD["briefing.yml"] + "csl: chicago-nots\n", **section("x [@a]\n")}),
    Broken("key of front matter", f"{S}:3:1 key-unknown", {S: "---\ntitle: One\ntakeway: x\n---\n"}),
    Broken("front matter not closed", f"{S}:1:1 yaml-syntax", {S: "---\ntitle: One\n\nText\n"}),
    Broken("no title", f"{S}:1:1 key-missing", {S: "Text\n"}),
    Broken("undefined footnote", f"{S}:4:5 footnote-undefined", section("Text[^1].\n")),
    Broken("footnote defined twice", f"{S}:7:1 footnote-duplicate", section("Text[^1].\n\n[^1]: a\n[^1]: b\n")),
    Broken("undefined citation", f"{S}:4:6 citation-undefined", section("Text [@b].\n")),
    Broken("undefined cross-reference", f"{S}:4:5 xref-missing", section("See @fig-x.\n")),
    Broken("duplicate id", f"{S}:6:1 id-duplicate", section("## A {#sec-a}\n\n## B {#sec-a}\n")),
    Broken("missing image", f"{S}:4:1 image-missing", section("![a](images/x.png)\n")),
    Broken("unreadable image", f"{S}:4:1 image-unreadable", {**section("![a](images/x.png)\n"), "images/x.png": b"\x89PNG no"}),
    Broken("image outside", f"{S}:4:1 path-outside", section("![a](../../secret.png)\n")),
    Broken("missing alt text", f"{S}:4:1 alt-missing", {**section("![](images/x.png)\n"), "images/x.png": b"<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>"}),
    Broken("missing CSV", f"{S}:4:13 data-missing", section("::: {.chart data=y.csv}\nT\n:::\n")),
    Broken("missing column", f"{S}:4:24 data-column", section("::: {.chart data=x.csv y=Valu}\nT\n:::\n")),
    Broken("cell that is no number", "data/x.csv:3:6 data-number", {**section("::: {.chart data=x.csv}\nT\n:::\n"), "data/x.csv": "Year,Value\n2007,1\n2008,abc\n"}),
    Broken("too many cells", f"{S}:6:11 table-cells", section("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n")),
    Broken("too few cells", f"{S}:6:7 table-cells", section("| a | b | c |\n|---|---|---|\n| 1 | 2 |\n")),
    Broken("unclosed div", f"{S}:6:1 div-unclosed", section("Text\n\n::: {.key-points}\n- a\n")),
    Broken("unknown div class", f"{S}:4:1 div-unknown", section("::: {.callot-note}\na\n:::\n")),
    Broken("colons that close nothing", f"{S}:6:1 div-stray-fence", section("a\n\n:::\n")),
    Broken("unknown attribute", f"{S}:4:1 attribute-unknown", section("::: {.key-points titel=x}\n- a\n:::\n")),
    Broken("open quote in braces", f"{S}:4:24 quote-unclosed", section('::: {.key-points title="x}\n- a\n:::\n')),
    Broken("heading level skipped", f"{S}:4:1 heading-skipped", section("### Deep\n")),
    Broken("character without a font", f"{S}:4:3 character-unsupported", section("a \U00012000 b\n")),
    Broken("undefined variable", f"{S}:4:3 variable-undefined", section("a {{< var b >}}\n")),
    Broken("empty briefing.yml", "briefing.yml:1:1 key-missing", {"briefing.yml": ""}),
    Broken("briefing.yml of comments", "briefing.yml:1:1 key-missing", {"briefing.yml": "# nothing\n# yet\n"}),
    Broken("briefing.yml of a line of hyphens", "briefing.yml:1:1 key-missing", {"briefing.yml": "---\n"}),
    Broken("empty front matter", f"{S}:1:1 key-missing", {S: "---\n---\nText\n"}),
    Broken("empty references", "references.yml:1:1 key-missing", {"references.yml": "# none\n"}),
    Broken("empty brand file", "house/_brand.yml:1:1 key-missing", {"briefing.yml": GOOD["briefing.yml"] + "theme: house\n", "house/_brand.yml": "\n"}),
    Broken("unknown colour in a theme of the project", "themes/house/_brand.yml:1:18 colour-unknown", {"briefing.yml": GOOD["briefing.yml"] + "theme: themes/house\n", "themes/house/_brand.yml": "color: {primary: petrl}\n"}),
    Broken("wrong template of the project", "themes/house/report.html.j2:2:1 template-error", {"briefing.yml": GOOD["briefing.yml"] + "theme: themes/house\n", "themes/house/_brand.yml": "{}\n", "themes/house/report.html.j2": "a\n{% if %}\n"}, options=("--trust",)),
    Broken("template of the project", "briefing.yml:4:8 template-untrusted", {"briefing.yml": GOOD["briefing.yml"] + "theme: themes/house\n", "themes/house/_brand.yml": "{}\n", "themes/house/report.html.j2": "a"}),
    Broken("day that no calendar has", "briefing.yml:2:7 value-invalid", {"briefing.yml": 'title: x\ndate: 2014-02-31\nsections: ["sections/*.md"]\n'}),
    Broken("two lists of references", f"{S}:7:1 id-duplicate", section("::: {#refs}\n:::\n\n::: {#refs}\n:::\n")),
    Broken("cover without its chart", "briefing.yml:4:13 xref-missing", {"briefing.yml": GOOD["briefing.yml"] + "cover-data: fig-no\n"}),
    Broken("cover of two values", "briefing.yml:4:13 value-invalid", {"briefing.yml": GOOD["briefing.yml"] + "cover-data: fig-x\n", **section("::: {#fig-x .chart data=x.csv}\nT\n:::\n"), "data/x.csv": "Year,Value\n2007,1\n2008,2\n"}),
    Broken("unknown fixed word", "briefing.yml:4:9 key-unknown", {"briefing.yml": GOOD["briefing.yml"] + "words: {contens: Inside}\n"}),
    Broken("open bracket of a citation", f"{S}:4:6 bracket-unclosed", section("Text [@a and more.\n")),
    Broken("open shortcode", f"{S}:4:6 bracket-unclosed", section("Text {{< var a and more.\n")),
    Broken("chain of arrows", f"{S}:6:1 div-content", section("::: {.diagram}\n\n- A -> B -> C\n:::\n")),
    Broken("not UTF-8", f"{S}:2:8 file-unreadable", {S: b"---\ntitle: \xff\n---\n"}),
]  # fmt: skip


def make(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def run(
    project: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, dict[str, list[dict[str, object]]]]:
    output = project.parent / "out"
    code = main(["build", str(project), "-d", str(output), "--format", "json", *options])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.name)
def test_a_broken_project_gives_its_finding_and_touches_nothing(
    broken: Broken, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make(tmp_path / "p", {**GOOD, **broken.files})
    old = tmp_path / "out" / "p.pdf"
    old.parent.mkdir()
    old.write_bytes(b"the last good report")

    code, told = run(project, capsys, *broken.options)

    found = [f"{d['file']}:{d['line']}:{d['column']} {d['code']}" for d in told["diagnostics"]]
    assert any(f.endswith(broken.finding) for f in found), found
    assert all(d["hint"] for d in told["diagnostics"] if d["code"] == broken.finding.split()[-1])
    assert code == broken.code
    assert told["outputs"] == []
    assert old.read_bytes() == b"the last good report"
    assert [p.name for p in old.parent.iterdir()] == ["p.pdf"]


def test_all_faults_of_a_project_are_found_in_one_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make(
        tmp_path / "p",
        {
            **GOOD,
            "briefing.yml": str(GOOD["briefing.yml"]) + "colour: red\n",
            "sections/01-one.md": HEAD + "a[^1]\n\n### b\n\n[@nobody] @fig-none\n",
            "sections/02-two.md": "---\ntitel: x\n---\n::: {.nothing}\n",
        },
    )

    _, told = run(project, capsys)

    codes = {str(d["code"]) for d in told["diagnostics"]}
    assert codes >= {
        "key-unknown",
        "key-missing",
        "footnote-undefined",
        "heading-skipped",
        "citation-undefined",
        "xref-missing",
        "div-unclosed",
        "div-unknown",
    }


WARNED = HEAD + "Text.\n\n[^1]: nobody calls\n"


def test_a_warning_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = make(tmp_path / "p", {**GOOD, S: WARNED})

    code, told = run(project, capsys, "-t", "docx")

    assert code == 0
    assert [d["code"] for d in told["diagnostics"]] == ["footnote-unused"]
    assert len(told["outputs"]) == 1


def test_a_warning_under_strict_stops_the_build_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make(tmp_path / "p", {**GOOD, S: WARNED})

    code, told = run(project, capsys, "-t", "docx", "--strict")

    assert (code, told["outputs"]) == (3, [])


def test_a_long_takeaway_is_a_warning_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"---\ntitle: One\ntakeaway: {'A long assertion that goes on ' * 8}\n---\nText.\n"
    project = make(tmp_path / "p", {**GOOD, S: text})

    main(["check", str(project), "--format", "json"])
    told = json.loads(capsys.readouterr().out)

    found = [(d["severity"], d["code"], d["line"]) for d in told["diagnostics"]]
    assert [f for f in found if f[1] != "citation-unused"] == [("warning", "takeaway-long", 3)]


def faults(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Give what was printed as JSON, without the work that the good project does not cite."""
    told: list[dict[str, object]] = json.loads(capsys.readouterr().out)["diagnostics"]
    return [d for d in told if d["code"] != "citation-unused"]


HINTS = [
    ({S: HEAD + "@fig-x\n"}, "xref-missing", "{#fig-name}"),
    ({S: HEAD + "@tbl-x\n"}, "xref-missing", "': Caption {#tbl-name}'"),
    ({S: HEAD + "@sec-x\n"}, "xref-missing", "{#sec-name}"),
    ({S: HEAD + "|a|b|\n|-|-|\n|1|2|3|\n"}, "table-cells", "a pipe that belongs to the text"),
    ({S: HEAD + "|a|b|c|\n|-|-|-|\n|1|2|\n"}, "table-cells", "for an empty one too"),
    ({S: HEAD + "::: {.xyzzy}\n:::\n"}, "div-unknown", "the dialect has callout-caution, "),
    (
        {"briefing.yml": str(GOOD["briefing.yml"]) + "cover-data: figs\n"},
        "xref-missing",
        "leave it out to take the first chart",
    ),
    (
        {"briefing.yml": str(GOOD["briefing.yml"]) + "words: {contens: X}\n"},
        "key-unknown",
        "did you mean 'contents'?",
    ),
]


@pytest.mark.parametrize(("files", "code", "hint"), HINTS, ids=lambda v: str(v)[:40])
def test_a_hint_says_what_to_do_here(
    files: dict[str, str | bytes],
    code: str,
    hint: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = make(tmp_path / "p", {**GOOD, **files})

    main(["check", str(project), "--format", "json"])

    told = faults(capsys)
    hints = [d["hint"] for d in told if d["code"] == code]
    assert len(hints) == 1 and hint in str(hints[0]), told


@pytest.mark.parametrize(("row", "hint"), [("2008", "for an empty one too"), ("2008,1,2", "quot")])
def test_a_csv_row_of_another_length_is_told_how_to_mend_it(
    row: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = HEAD + "::: {.chart data=x.csv}\nT\n:::\n"
    data = f"Year,Value\n2007,1\n{row}\n"
    project = make(tmp_path / "p", {**GOOD, S: text, "data/x.csv": data})

    main(["check", str(project), "--format", "json"])

    told = faults(capsys)
    assert [(d["line"], d["code"]) for d in told] == [(3, "data-shape")]
    assert hint in str(told[0]["hint"])


def test_a_language_without_words_is_noted_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make(
        tmp_path / "p", {**GOOD, "briefing.yml": str(GOOD["briefing.yml"]) + "language: nl\n"}
    )

    main(["check", str(project), "--format", "json"])

    told = faults(capsys)
    found = [(d["file"], d["line"], d["column"], d["severity"], d["code"]) for d in told]
    assert found == [("briefing.yml", 4, 11, "note", "language-unknown")] * 2
    assert "fixed words" in str(told[0]["message"])
    assert "quotation marks" in str(told[1]["message"])


def test_a_theme_elsewhere_is_named_as_it_was_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, {f"p/{name}": content for name, content in GOOD.items()})
    make(tmp_path, {"themes/house/_brand.yml": "color: {primary: petrl}\n"})
    monkeypatch.chdir(tmp_path)

    main(["check", "p", "--theme", "themes/house", "--format", "json"])

    told = faults(capsys)
    assert [d["file"] for d in told] == ["themes/house/_brand.yml"]  # and nothing about a grey


def test_a_theme_that_is_mistyped_gets_its_neighbour_as_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, {f"p/{name}": content for name, content in GOOD.items()})
    make(tmp_path, {"themes/house/_brand.yml": "{}\n"})
    monkeypatch.chdir(tmp_path)

    main(["check", "p", "--theme", "themes/huose", "--format", "json"])

    told = faults(capsys)
    assert [(d["code"], d["hint"]) for d in told] == [
        ("theme-missing", "did you mean 'themes/house'?")
    ]

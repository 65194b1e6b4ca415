"""The schemas say of our files, and of broken ones, what the program says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from builder.diagnostics import Diagnostics
from builder.readers.section import split_front_matter
from builder.schemas import schemas
from builder.yaml_source import Decimal, Plain, read_yaml
from tests.support.built import EXAMPLE, SHIPPED, TORTURE
from tests.test_cli import run

ROOT = Path(__file__).parents[1]
PROJECTS = (SHIPPED, EXAMPLE, TORTURE)


def data(text: str) -> Plain:
    yaml = read_yaml(text, "x.yml", Diagnostics())
    assert yaml is not None
    return json_data(yaml.data)


def json_data(value: Plain) -> Plain:
    """Give YAML's data as JSON has it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: json_data(item) for key, item in value.items()}
    return [json_data(item) for item in value] if isinstance(value, list) else value


def faults(name: str, text: str) -> list[str]:
    validator = Draft202012Validator(schemas()[f"{name}.schema.json"])
    return [error.message for error in validator.iter_errors(data(text))]


@pytest.mark.parametrize("name", list(schemas()))
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_the_files_of_our_projects_fit(project: Path) -> None:
    assert faults("briefing", (project / "briefing.yml").read_text(encoding="utf-8")) == []
    assert faults("references", (project / "references.yml").read_text(encoding="utf-8")) == []
    for section in sorted((project / "sections").glob("*.md")):
        front, _ = split_front_matter(section.read_text("utf-8"), section.name, Diagnostics())
        assert front is not None and faults("section", front) == []


def test_the_shipped_theme_fits() -> None:
    brand = ROOT / "templates" / "strand" / "_brand.yml"

    assert faults("brand", brand.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("briefing", "sections: [a.md]"),
        ("briefing", 'title: ""\nsections: [a.md]'),
        ("briefing", "title: A\nsections: [a.md]\ntittle: B"),
        ("briefing", "title: A\nsections: [a.md]\npaper: a5"),
        ("briefing", "title: A\nsections: [a.md]\ndate: 1 May 2012"),
        ("briefing", "title: A\nsections: [a.md]\nlanguage: english, please"),
        ("briefing", "title: A\nsections: [a.md]\ncheck: {no-such-rule: off}"),
        ("briefing", "title: A\nsections: [a.md]\ncheck: {heading-alone: loud}"),
        ("briefing", "title: A\nsections: [a.md]\ndeck: {agenda: perhaps}"),
        ("section", "short-title: A"),
        ("section", "title: A\nrole: chapter"),
        ("section", "title: A\ndeck: {includes: true}"),
        ("references", "references: [{id: a, type: boook, title: A}]"),
        ("references", "references: [{type: book, title: A}]"),
        ("references", "references: [{id: a, type: book}]"),
        ("references", "references: [{id: a, type: book, title: A, autor: B}]"),
        ("references", "references: [{id: a, type: book, title: A, author: [{name: B}]}]"),
        ("references", "references: [{id: a, type: webpage, title: A, URL: example.org}]"),
        ("references", "works: []"),
        ("brand", "colour: {}"),
        ("brand", "color: {primry: red}"),
        ("brand", "typography: {base: {weight: heavy}}"),
        ("brand", "defaults: {briefing: {type: {bodytext: {size: 10pt}}}}"),
        ("brand", "defaults: {briefing: {type: {body: {size: [10]}}}}"),
    ],
)
def test_what_the_program_refuses_the_schema_refuses(name: str, text: str) -> None:
    assert faults(name, text) != []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "briefing",
            "title: 1984\nsections: sections/*.md\nauthors: One\ndate: 2014\nnumber: 1.10",
        ),
        ("section", "title: A\nkey-points: One\ndeck: false"),
        ("brand", 'logo: logo.svg\ncolor: {primary: {light: "#111", dark: "#eee"}}'),
        ("brand", "typography: {base: Inter, headings: {weight: semi-bold}, fonts: [Inter]}"),
        ("references", "- {id: a, type: book, title: A, issued: 2012}"),
        ("references", "- {id: a, type: interview, author: {family: A}}"),
    ],
)
def test_short_forms_are_allowed(name: str, text: str) -> None:
    assert faults(name, text) == []


def test_the_command_prints_what_it_writes(tmp_path: Path) -> None:
    printed = run("schema", cwd=tmp_path)
    written = run("schema", "here/schemas", cwd=tmp_path)

    by_name = json.loads(printed.stdout)
    files = sorted((tmp_path / "here" / "schemas").iterdir())
    assert {file.name: json.loads(file.read_text("utf-8")) for file in files} == by_name
    assert written.stdout.split() == [f"here/schemas/{file.name}" for file in files]


def test_a_folder_that_cannot_be_made_is_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = run("schema", "file/x", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith("briefing schema: error: file/x: ") and "hint" in done.stderr

"""JSON Schemas of what an author types as YAML, made from the models that check it.

Editors such as VS Code complete and explain keys by them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from builder.bibliography.vocabulary import DATES, NAMES, TEXTS, TYPES, UNTITLED
from builder.readers.settings import FrontMatter, Settings
from builder.theme.source import Brand

Json = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = ".schemas"
"""Where `briefing new` puts them inside a project."""

_MODELS: Mapping[str, tuple[type[BaseModel], str]] = {
    "briefing": (Settings, "briefing.yml: what a briefing is"),
    "section": (FrontMatter, "The front matter of a section file"),
    "brand": (Brand, "_brand.yml: a house style"),
}


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes of the fields' names."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def schemas() -> Mapping[str, Json]:
    """Give every schema by its file's name."""
    made = {f"{name}.schema.json": _of_model(*what) for name, what in _MODELS.items()}
    made["references.schema.json"] = _references()
    return dict(sorted(made.items()))


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write every schema into a folder, which is made where it is missing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_bytes(as_text(schema).encode())
        paths.append(path)
    return tuple(paths)


def as_text(schema: object) -> str:
    """Give a schema as its file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _of_model(model: type[BaseModel], title: str) -> Json:
    made = model.model_json_schema(mode="validation", schema_generator=_Untitled)
    return {"$schema": DIALECT, **made, "title": title}


def _references() -> Json:
    """Give the schema of a bibliography: its model is CSL's vocabulary, which checks it as well."""
    text: Json = {"type": ["string", "number", "null"]}
    works: Json = {"type": "array", "items": {"$ref": "#/$defs/work"}}
    properties: Json = {
        "id": {**text, "type": ["string", "number"], "description": "The key: [@key] cites it"},
        "type": {"enum": sorted(TYPES), "description": "What kind of work it is"},
        "categories": {},
        "custom": {},
    }
    properties |= {name: {**text, "description": f"CSL variable {name}"} for name in sorted(TEXTS)}
    properties |= {
        name: {"$ref": "#/$defs/names", "description": f"CSL names {name}"}
        for name in sorted(NAMES)
    }
    properties |= {
        name: {"$ref": "#/$defs/date", "description": f"CSL date {name}"} for name in sorted(DATES)
    }
    properties["URL"] = {
        "type": ["string", "null"],
        "pattern": "^https?://",
        "description": "Where",
    }
    work: Json = {
        "type": "object",
        "properties": properties,
        "required": ["id", "type"],
        "additionalProperties": False,
        "if": {"properties": {"type": {"enum": sorted(UNTITLED)}}, "required": ["type"]},
        "else": {"required": ["title"]},
    }
    return {
        "$schema": DIALECT,
        "title": "references.yml: the works cited, as CSL-YAML",
        "anyOf": [
            works,
            {"type": "object", "properties": {"references": works}, "additionalProperties": False},
        ],
        "$defs": {"work": work, "names": _names(), "date": _date()},
    }


def _names() -> Json:
    parts = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
    name: Json = {
        "type": "object",
        "properties": {part: {"type": ["string", "number"]} for part in parts},
        "additionalProperties": False,
        "anyOf": [{"required": [part]} for part in ("family", "given", "literal")],
    }
    return {"anyOf": [name, {"type": "array", "items": name}, {"type": "null"}]}


def _date() -> Json:
    number: Json = {"type": ["integer", "string"]}
    day: Json = {"type": "array", "items": number, "minItems": 1, "maxItems": 3}
    parts: Json = {
        "type": "object",
        "properties": {
            "date-parts": {
                "anyOf": [{"type": "array", "items": day, "minItems": 1, "maxItems": 2}, day]
            },
            "literal": {"type": ["string", "number"]},
            "raw": {"type": ["string", "number"]},
            "season": number,
            "circa": {"type": ["boolean", "string", "number"]},
        },
        "additionalProperties": False,
        "anyOf": [{"required": [part]} for part in ("date-parts", "literal", "raw")],
    }
    return {"anyOf": [parts, {"type": ["string", "number"]}]}

"""The works of `references.yml`: CSL-YAML, every key and type checked, as dataclasses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from builder.bibliography.dates import Day, WorkDate, make_day, make_range, parse_date
from builder.bibliography.vocabulary import ALL, DATES, NAMES, OTHERS, TYPES, UNTITLED
from builder.diagnostics import NOWHERE, Code, Diagnostics, Span, did_you_mean
from builder.yaml_source import Yaml

Path = tuple[str | int, ...]

_ADDRESS = re.compile(r"https?://[^\s/]\S*")
_NAME_KEYS = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "particle",
    "suffix": "suffix",
    "literal": "literal",
}
_DATE_KEYS = ("date-parts", "literal", "raw", "season", "circa")
_NAME_HINT = "write {family: …, given: …}, or {literal: …} for an institution"


@dataclass(frozen=True, slots=True)
class Name:
    """A person by parts, or a body by its literal name."""

    family: str = ""
    given: str = ""
    particle: str = ""  # "de" in de Waal: stays with the family name
    dropping_particle: str = ""  # "von" in von Humboldt: falls away where the family name is alone
    suffix: str = ""
    literal: str = ""

    @property
    def short(self) -> str:
        """The name by which the text calls its bearer."""
        return self.literal or " ".join(filter(None, (self.particle, self.family))) or self.given


@dataclass(frozen=True, slots=True)
class Work:
    """A work that can be cited. Variables keep their CSL names ("container-title")."""

    key: str
    type: str
    texts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, WorkDate] = field(default_factory=dict)
    at: Span = field(default=NOWHERE, compare=False)

    @property
    def language(self) -> str:
        """The language of the work, BCP 47; empty: that of the briefing."""
        return self.texts.get("language", "")


def read_works(yaml: Yaml, log: Diagnostics) -> Mapping[str, Work]:
    """Read a bibliography: a list of works, or one under `references:`; by key, in its order.

    What is wrong is diagnosed at its place; a work with faults is still given, as far as it was
    understood, so that its citations are not reported besides.
    """
    data: object = yaml.data
    path: Path = ()
    if isinstance(data, Mapping):
        for key in data:
            if key != "references":
                log.error(
                    Code.KEY_UNKNOWN,
                    f"{key!r} is no key of a bibliography",
                    at=yaml.span((key,)),
                    hint="the works stand in a list under 'references:'",
                )
        data, path = data.get("references"), ("references",)
    if yaml.data is None:
        log.error(
            Code.KEY_MISSING,
            "the file is empty: the keys 'id' and 'type' of a first work are missing",
            at=yaml.span(),
            hint="begin each work with '- id: …', or delete the file",
        )
    if data is None:
        return {}
    if not isinstance(data, Sequence) or isinstance(data, str):
        log.error(
            Code.REFERENCE_INVALID,
            f"a bibliography is a list of works, not {_kind(data)}",
            at=yaml.span(path),
            hint="begin each work with '- id: …'",
        )
        return {}
    reader = _Reader(yaml, log)
    works: dict[str, Work] = {}
    for index, entry in enumerate(data):
        work = reader.work(entry, (*path, index))
        if work is None:
            continue
        if work.key in works:
            log.error(
                Code.ID_DUPLICATE,
                f"two works have the id {work.key!r}",
                at=yaml.span((*path, index, "id")),
                hint=f"the first stands at {works[work.key].at}",
            )
            continue
        works[work.key] = work
    return works


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads single works and says what is wrong with them."""

    yaml: Yaml
    log: Diagnostics

    def work(self, entry: object, path: Path) -> Work | None:
        if not isinstance(entry, Mapping):
            self.wrong(f"a work is a mapping, not {_kind(entry)}", path, "begin it with '- id: …'")
            return None
        key = _text(entry.get("id"))
        if not key:
            self.wrong("a work has no id", path, "give it one, as in 'id: murinson2014'")
            return None
        type_ = self._type(entry, key, path)
        texts: dict[str, str] = {}
        names: dict[str, tuple[Name, ...]] = {}
        dates: dict[str, WorkDate] = {}
        for variable, value in entry.items():
            here = (*path, variable)
            if variable not in ALL:
                hint = did_you_mean(str(variable), ALL, otherwise="see docs/citations.md")
                self.wrong(f"{variable!r} is no variable of a work", here, hint)
            elif variable in OTHERS or value is None:
                continue
            elif variable in NAMES:
                names[variable] = self._names(value, variable, here)
            elif variable in DATES:
                if (date := self._date(value, variable, here)) is not None:
                    dates[variable] = date
            elif isinstance(value, Mapping | list):
                self.wrong(f"{variable} is {_kind(value)}", here, "write it as a text")
            elif text := _text(value):
                if variable == "URL" and not _ADDRESS.match(text):
                    self.wrong(f"URL is no address: {text!r}", here, "begin it with https://")
                texts[_SPELLINGS.get(str(variable), str(variable))] = text
        if "title" not in texts and not (type_ in UNTITLED and names.get("author")):
            self.wrong(f"{key!r} has no title", path, "add 'title: …'")
        return Work(key, type_, texts, names, dates, self.yaml.span(path))

    def _type(self, entry: Mapping[object, object], key: str, path: Path) -> str:
        type_ = _text(entry.get("type"))
        if not type_:
            self.wrong(f"{key!r} has no type", path, "add 'type: …', such as book or webpage")
        elif type_ not in TYPES:
            hint = did_you_mean(type_, TYPES, otherwise=f"types are {', '.join(sorted(TYPES))}")
            self.wrong(f"{type_!r} is no type of a work", (*path, "type"), hint)
        return type_ if type_ in TYPES else "document"

    def _names(self, value: object, variable: str, path: Path) -> tuple[Name, ...]:
        many = value if isinstance(value, list) else [value]
        paths = [(*path, i) for i in range(len(many))] if isinstance(value, list) else [path]
        names = [self._name(one, variable, at) for one, at in zip(many, paths, strict=True)]
        return tuple(name for name in names if name is not None)

    def _name(self, value: object, variable: str, path: Path) -> Name | None:
        if not isinstance(value, Mapping):
            self.wrong(f"a name of {variable} is {_kind(value)}", path, _NAME_HINT)
            return None
        parts: dict[str, str] = {}
        for key, part in value.items():
            if key in _NAME_KEYS:
                parts[_NAME_KEYS[key]] = _text(part)
            else:
                hint = did_you_mean(str(key), _NAME_KEYS, otherwise=_NAME_HINT)
                self.wrong(f"{key!r} is no part of a name", (*path, key), hint)
        name = Name(**parts)
        if not name.short:
            self.wrong(f"a name of {variable} is empty", path, _NAME_HINT)
            return None
        return name

    def _date(self, value: object, variable: str, path: Path) -> WorkDate | None:
        hint = "write it as 2012-10-18, 2012-10, 2012, or {literal: n.d.}"
        try:
            if not isinstance(value, Mapping):
                return parse_date(_text(value))
            for key in value:
                if key not in _DATE_KEYS:
                    near = did_you_mean(str(key), _DATE_KEYS, otherwise=hint)
                    self.wrong(f"{key!r} is no part of a date", (*path, key), near)
            circa = _text(value.get("circa")).lower() not in ("", "false", "0", "no")
            if parts := value.get("date-parts"):
                days = _days(parts)
                return make_range(days, season=_season(value.get("season")), circa=circa)
            if literal := _text(value.get("literal")):
                return WorkDate(literal=literal, circa=circa)
            if raw := _text(value.get("raw")):
                return parse_date(raw)
            raise ValueError("it has no date-parts")
        except (ValueError, TypeError) as error:
            self.wrong(f"{variable} is no date: {error}", path, hint)
            return None

    def wrong(self, message: str, path: Path, hint: str) -> None:
        """Note a fault of the bibliography."""
        self.log.error(Code.REFERENCE_INVALID, message, at=self.yaml.span(path), hint=hint)


_SPELLINGS = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}


def _days(parts: object) -> list[Day]:
    if not isinstance(parts, list) or not parts:
        raise ValueError("date-parts is no list of lists such as [[2012, 10, 18]]")
    if not isinstance(parts[0], list):
        parts = [parts]
    return [make_day([int(_text(part)) for part in day if _text(part)]) for day in parts[:2]]


def _season(value: object) -> int:
    text = _text(value).lower().replace("fall", "autumn")
    if not text:
        return 0
    return int(text) if text.isdigit() else parse_date(f"{text} 2000").season


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _kind(value: object) -> str:
    match value:
        case None:
            return "empty"
        case Mapping():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return f"the text {str(value)!r}"

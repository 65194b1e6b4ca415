"""The editions of a briefing: what each is called, and what it says otherwise."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.readers.settings import EditionSettings, Matrix, Values
from builder.yaml_source import Path, Plain, Yaml, below, check, nested, overlaid, without

AUDIENCE = "audience"
FOR_EDITIONS = (AUDIENCE, "formats")
"""What an edition says of itself; all its other keys are those of briefing.yml."""

ALL = "all"
"""What the command line calls all of them."""

KINDS = {"print": "the PDF for print", "slides": "the slides as PDF", "handout": "the handout"}
"""What files in PDF besides the report have behind their names."""

_NAME = re.compile(r"\w[\w.-]*")
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: the same briefing for other readers."""

    name: str
    audience: tuple[str, ...]
    formats: tuple[str, ...]  # empty: the usual ones
    axes: tuple[str, ...]  # values of the matrix that make it
    changes: Yaml  # what is laid over briefing.yml
    at: Span
    axis_names: tuple[str, ...] = ()  # of the values, in their order

    @property
    def tags(self) -> frozenset[str]:
        """The words by which `when-edition` may mean it."""
        return frozenset((self.name, *self.audience, *self.axes))


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader of text knows of editions: the one being made, and those that could be."""

    tags: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()  # variables that only other editions have
    ambiguous: Mapping[str, str] = field(default_factory=dict)  # words that mean several things


NO_EDITIONS = Scope()


def read_editions(yaml: Yaml, log: Diagnostics) -> tuple[Edition, ...]:
    """Give the editions that briefing.yml names, those of the matrix behind the others.

    `editions` and `matrix` have been checked for their shape.
    """
    found: dict[str, Edition] = {}
    made = list(itertools.islice(itertools.chain(_named(yaml), _of_matrix(yaml, log)), _MOST + 1))
    for edition in made[_MOST:]:
        log.error(
            Code.EDITION_INVALID,
            f"there are more than {_MOST:,} editions",
            at=edition.at,
            hint="write fewer; for personal copies there is briefing batch --data",
        )
    for edition in made[:_MOST]:
        _check_name(edition, found, log)
        found.setdefault(edition.name.casefold(), edition)
    for edition in found.values():
        _check_files(edition, found, log)
    return tuple(found.values())


def choose(editions: Sequence[Edition], name: str, log: Diagnostics) -> Edition | None:
    """Give the edition of a name; None, with an error, where there is none."""
    for edition in editions:
        if edition.name == name:
            return edition
    names = [edition.name for edition in editions]
    otherwise = f"there are {', '.join(names[:12])}" if names else "write editions: {…} there"
    log.error(
        Code.EDITION_UNKNOWN,
        f"the briefing has no edition {name!r}",
        at=Span("briefing.yml"),
        hint=did_you_mean(name, names, otherwise=otherwise),
    )
    return None


def theme_of(edition: Edition, theme: str) -> str:
    """Give the theme of an edition of a briefing that has this one."""
    own = edition.changes.value(("theme",))
    return own if isinstance(own, str) else theme


def laid_over(yaml: Yaml, edition: Edition) -> Yaml:
    """Give briefing.yml as an edition has it."""
    return overlaid(yaml, without(edition.changes, FOR_EDITIONS))


def scope_of(
    edition: Edition | None, editions: Sequence[Edition], elsewhere: Iterable[str]
) -> Scope:
    """Give what the text may know, while one edition is made; None: the briefing as it stands."""
    known = frozenset(tag for other in editions for tag in other.tags)
    tags = edition.tags if edition else frozenset()
    return Scope(tags, known, frozenset(elsewhere), _ambiguous(editions))


def _ambiguous(editions: Sequence[Edition]) -> dict[str, str]:
    """Give the words that mean one thing as a name and another as an audience or on an axis."""
    meant: dict[str, dict[str, set[str]]] = {}
    for edition in editions:
        axes = zip(edition.axis_names, edition.axes, strict=False)
        told = [(edition.name, "the name of an edition")]
        told += [(word, "an audience") for word in edition.audience]
        told += [(word, f"a value of the axis {axis!r}") for axis, word in axes if axis != AUDIENCE]
        for word, what in told:
            meant.setdefault(word, {}).setdefault(what, set()).add(edition.name)
    return {
        word: " and ".join(things)
        for word, things in meant.items()
        if len({frozenset(names) for names in things.values()}) > 1
    }


# ---------------------------------------------------------------- reading


def _named(yaml: Yaml) -> Iterator[Edition]:
    written = yaml.value(("editions",))
    for name in written if isinstance(written, dict) else ():
        path = ("editions", name)
        yield _edition(name, (), below(yaml, path), yaml.span(path))


def _edition(
    name: str, axes: tuple[str, ...], changes: Yaml, at: Span, axis_names: tuple[str, ...] = ()
) -> Edition:
    silent = Diagnostics()  # what is wrong here was said when briefing.yml was checked
    said = check(EditionSettings, changes, silent) or EditionSettings()
    audience, formats = tuple(said.audience), tuple(said.formats)
    return Edition(name, audience, formats, axes, changes, at, axis_names)


@dataclass(frozen=True, slots=True)
class _Choice:
    """One value of one axis."""

    axis: str
    name: str
    changes: Yaml


def _of_matrix(yaml: Yaml, log: Diagnostics) -> Iterator[Edition]:
    written = yaml.value(("matrix",))
    if not isinstance(written, dict) or not written:
        return
    axes = {name: _choices(yaml, name, log) for name in written if name not in Matrix.model_fields}
    size = 1
    for choices in axes.values():
        size *= max(len(choices), 1)
    if size > _MOST:
        log.error(
            Code.EDITION_INVALID,
            f"the matrix makes {size:,} editions, more than {_MOST:,}",
            at=yaml.span(("matrix",)),
            hint="shorten its axes; for personal copies there is briefing batch --data",
        )
        return
    left_out = [_pattern(yaml, path, axes, log) for path in _items(yaml, "exclude")]
    made = [
        made
        for made in itertools.product(*(c for c in axes.values() if c))
        if made and not any(_fits(made, pattern) for pattern in left_out)
    ]
    layers: dict[int, list[Yaml]] = {}
    further: list[tuple[tuple[_Choice, ...], Yaml, Span]] = []
    for path in _items(yaml, "include"):
        pattern = _pattern(yaml, path, axes, log, others=True)
        more = _further(yaml, path, axes, log)
        fitting = [place for place, choice in enumerate(made) if _fits(choice, pattern)]
        if pattern and not fitting:
            chosen = tuple(c for p in pattern.items() for c in _chosen(axes, *p))
            _check_single(pattern, yaml, path, log)
            further.append((chosen, more, yaml.span(path)))
        for place in fitting:
            layers.setdefault(place, []).append(more)
    if not made and not further and all(axes.values()):  # one without values was told
        log.error(
            Code.EDITION_INVALID,
            "the matrix makes no edition" + (": exclude leaves out all of them" * bool(left_out)),
            at=yaml.span(("matrix",)),
            hint="take entries out of exclude" if left_out else "give it axes: audience: [a, b]",
        )
    for place, chosen in enumerate(made):
        yield _joined(yaml, chosen, layers.get(place, []), yaml.span(("matrix",)))
    for chosen, more, at in further:
        yield _joined(yaml, chosen, [more], at)


def _items(yaml: Yaml, name: str) -> list[Path]:
    items = yaml.value(("matrix", name))
    count = len(items) if isinstance(items, list) else 0
    return [("matrix", name, place) for place in range(count)]


def _choices(yaml: Yaml, axis: str, log: Diagnostics) -> list[_Choice]:
    path: Path = ("matrix", axis)
    written = below(yaml, path)
    if not written.data:
        log.error(
            Code.EDITION_INVALID,
            f"the axis {axis!r} has no values",
            at=yaml.span(path),
            hint="give it values, or take it away",
        )
    if isinstance(written.data, dict):
        return [_Choice(axis, name, below(yaml, (*path, name))) for name in written.data]
    if not isinstance(written.data, list):
        return []
    keys = [f.alias or n for n, f in EditionSettings.model_fields.items()]
    if axis not in keys and not axis.startswith("variables."):
        log.error(
            Code.KEY_UNKNOWN,
            f"matrix.{axis}: a list gives values of a key, and there is no key {axis!r}",
            at=yaml.span(path),
            hint=did_you_mean(
                axis, keys, otherwise=f"write variables.{axis}, or a mapping of named changes"
            ),
        )
        return []
    names = axis.split(".") if axis.startswith("variables.") else [axis]
    made = []
    for place, value in enumerate(written.data):
        item = below(yaml, (*path, place))
        changes = nested(names, item, item.root)
        check(EditionSettings, changes, log)
        made.append(_Choice(axis, _slug(value), changes))
    return made


def _slug(value: Plain) -> str:
    return re.sub(r"[^\w.]+", "-", str(value).strip()).strip("-.") or "-"


def _pattern(
    yaml: Yaml,
    path: Path,
    axes: Mapping[str, Sequence[_Choice]],
    log: Diagnostics,
    *,
    others: bool = False,
) -> dict[str, frozenset[str]]:
    """Read which values of which axes are meant; `others`: keys that are no axis are changes."""
    written = yaml.value(path)
    meant: dict[str, frozenset[str]] = {}
    for key, value in written.items() if isinstance(written, dict) else ():
        if key not in axes:
            if not others:
                log.error(
                    Code.KEY_UNKNOWN,
                    f"the matrix has no axis {key!r}",
                    at=yaml.span((*path, key)),
                    hint=did_you_mean(key, axes, otherwise=f"its axes are {', '.join(axes)}"),
                )
            continue
        names = _values(value)
        known = [choice.name for choice in axes[key]]
        if not names:
            log.error(
                Code.EDITION_INVALID,
                f"no value of the axis {key!r} is named",
                at=yaml.span((*path, key)),
                hint=f"it has {', '.join(known)}",
            )
        for name in sorted(names.difference(known)):
            if others and len(names) == 1 and key in EditionSettings.model_fields:
                continue  # a value of its own: another edition
            log.error(
                Code.EDITION_INVALID,
                f"the axis {key!r} has no value {name!r}",
                at=yaml.value_span((*path, key)),
                hint=did_you_mean(name, known, otherwise=f"it has {', '.join(known)}"),
            )
        meant[key] = names
    return meant


def _further(
    yaml: Yaml, path: Path, axes: Mapping[str, Sequence[_Choice]], log: Diagnostics
) -> Yaml:
    """Give what an entry of `include` changes besides the values of axes that it names."""
    written = below(yaml, path)
    data = written.data if isinstance(written.data, dict) else {}
    known = [name for name, choices in axes.items() if _is_known(name, data, choices)]
    more = without(written, known)
    check(EditionSettings, more, log)
    return more


def _is_known(axis: str, data: Mapping[str, Plain], choices: Sequence[_Choice]) -> bool:
    """Tell whether an entry takes an axis's own values: they choose editions, and change none.

    Several in a list mean any of them: each edition keeps its own one.
    """
    names = _values(data.get(axis))
    is_single = axis in EditionSettings.model_fields and len(names) == 1
    return not is_single or names <= {choice.name for choice in choices}


def _values(written: Plain) -> frozenset[str]:
    """Give the values of an axis that an entry names: one, or any of several."""
    return frozenset(map(_slug, written if isinstance(written, list) else [written]))


def _fits(made: Sequence[_Choice], pattern: Mapping[str, frozenset[str]]) -> bool:
    names = {choice.axis: choice.name for choice in made}
    return all(names.get(axis) in wanted for axis, wanted in pattern.items())


def _chosen(
    axes: Mapping[str, Sequence[_Choice]], axis: str, names: frozenset[str]
) -> Iterator[_Choice]:
    for name in sorted(names):
        known = [choice for choice in axes[axis] if choice.name == name]
        yield known[0] if known else _Choice(axis, name, Yaml({}, "briefing.yml"))


def _joined(yaml: Yaml, chosen: Sequence[_Choice], more: Sequence[Yaml], at: Span) -> Edition:
    changes = Yaml({}, yaml.file, yaml.first_line)
    for layer in (*(choice.changes for choice in chosen), *more):
        changes = overlaid(changes, layer)
    names = tuple(choice.name for choice in chosen)
    axis_names = tuple(choice.axis for choice in chosen)
    return _edition("-".join(names), names, changes, at, axis_names)


# ---------------------------------------------------------------- checks


def _check_single(
    pattern: Mapping[str, frozenset[str]], yaml: Yaml, path: Path, log: Diagnostics
) -> None:
    """Tell of several values in an entry that fits no edition, and so would be one of its own."""
    for axis, names in pattern.items():
        if len(names) > 1:
            log.error(
                Code.EDITION_INVALID,
                f"no edition fits this entry, and one of its own has one value of {axis!r} only",
                at=yaml.span((*path, axis)),
                hint="write an entry for each edition, or a set of changes under editions:",
            )


def _check_files(edition: Edition, others: Mapping[str, Edition], log: Diagnostics) -> None:
    """Tell of an edition whose report would have the name of another file's."""
    rest, _, kind = f"-{edition.name.casefold()}".rpartition("-")
    if kind in KINDS and (not rest or rest[1:] in others):
        whose = f"the edition {others[rest[1:]].name!r}" if rest else "the briefing as it stands"
        log.error(
            Code.EDITION_INVALID,
            f"the PDF of the edition {edition.name!r} would have the name of {KINDS[kind]} of "
            f"{whose}",
            at=edition.at,
            hint="give it another name",
        )


def _check_name(edition: Edition, found: Mapping[str, Edition], log: Diagnostics) -> None:
    if edition.name == ALL or not _NAME.fullmatch(edition.name):
        log.error(
            Code.EDITION_INVALID,
            f"{edition.name!r} cannot name an edition",
            at=edition.at,
            hint=f"files are named by it: letters, digits, hyphens, and not {ALL!r}",
        )
    first = found.get(edition.name.casefold())
    if first is not None:
        log.error(
            Code.EDITION_INVALID,
            f"there are two editions {edition.name!r}",
            at=edition.at,
            hint=f"the first one is in line {first.at.line}; give one of them another name",
        )


def names_of(changes: Yaml) -> tuple[str, ...]:
    """Give the keys that an edition changes, by the names of briefing.yml."""
    data = changes.data if isinstance(changes.data, dict) else {}
    known = [f.alias or n for n, f in Values.model_fields.items()]
    return tuple(key for key in known if key in data)

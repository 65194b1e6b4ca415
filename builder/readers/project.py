"""`briefing.yml` and the section files: a whole project in, a raw document out."""

from __future__ import annotations

import fnmatch
import glob
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from builder.bibliography.works import Work, read_works
from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import Document, Section
from builder.job import FORMATS, PLAIN_COPY, Copy
from builder.plain_files import NO_CONTENT, NoContent, as_text, entries, is_content
from builder.readers.editions import Edition, choose, laid_over, read_editions, scope_of
from builder.readers.files import ProjectFiles
from builder.readers.filled import TEXTS, filled, refuse_elsewhere
from builder.readers.found import SETTINGS as SETTINGS
from builder.readers.found import project_name
from builder.readers.identify import identify
from builder.readers.section import read_section
from builder.readers.settings import MOST_SECTIONS, Settings
from builder.yaml_source import Yaml, check, overlaid, read_yaml

_VARIABLE = re.compile(r"\{\{<\s*var\s+(.+?)\s*>\}\}")


@dataclass(frozen=True, slots=True)
class Project:
    """A project as read: its folder, its settings and where each of them stands."""

    files: ProjectFiles
    name: str
    settings: Settings
    places: Yaml
    works: Mapping[str, Work]
    sections: tuple[PurePosixPath, ...]
    style_file: bytes | None = None  # the citation style, where it is a file of the project
    editions: tuple[Edition, ...] = ()
    edition: Edition | None = None  # the one that is made; None: the briefing as it stands
    file_name: str = ""  # of the outputs, without its ending

    @property
    def formats(self) -> tuple[str, ...]:
        """What is built where nothing else is asked for."""
        return self.edition.formats if self.edition and self.edition.formats else FORMATS

    @property
    def theme(self) -> str:
        """The theme that the project asks for."""
        return self.settings.theme


def read_project(root: Path, log: Diagnostics, copy: Copy = PLAIN_COPY) -> Project | None:
    """Read briefing.yml and what it names; None, with an error, where it cannot be used.

    Settings and their places are those of the copy that is asked for.
    """
    files = ProjectFiles(root)
    text = files.text(SETTINGS, log)
    if text is None:
        return None
    read = read_yaml(text, str(SETTINGS), log)
    yaml = read or Yaml({}, str(SETTINGS))
    settings = check(Settings, yaml, log) if read is not None else None
    if settings is None:
        settings = _salvaged(yaml)  # so that the sections are checked in the same run
    editions = read_editions(yaml, log)
    edition = choose(editions, copy.edition, log) if copy.edition else None
    if edition is not None:
        yaml = laid_over(yaml, edition)
    refuse_elsewhere(yaml, TEXTS, log)
    if copy.values:
        yaml = overlaid(yaml, Yaml({"variables": dict(copy.values)}, yaml.file))
    if edition is not None or copy.values:
        settings = check(Settings, yaml, Diagnostics()) or _salvaged(yaml)
    words = filled(yaml, flat(settings.variables), log)
    if words is not yaml:
        yaml, settings = words, check(Settings, words, log) or _salvaged(words)
    name = project_name(root)
    return Project(
        files,
        name,
        settings,
        yaml,
        _read_works(settings, yaml, files, log),
        _section_files(settings, yaml, files, log),
        _style_file(settings, yaml, files, log),
        editions,
        edition,
        copy.name or (f"{name}-{edition.name}" if edition else name),
    )


def _salvaged(yaml: Yaml) -> Settings:
    """Give the settings without what is wrong in them."""
    data = dict(yaml.data) if isinstance(yaml.data, dict) else {}
    try:
        return Settings.model_validate(data)
    except ValidationError as fault:
        wrong = {str(error["loc"][0]) for error in fault.errors() if error["loc"]}
    kept = {key: value for key, value in data.items() if key not in wrong}
    return Settings.model_validate({"title": "?", "sections": ["sections/*.md"], **kept})


def read_document(project: Project, words: Mapping[str, str], log: Diagnostics) -> Document:
    """Read every section file; what is wrong in one does not keep the others from being read."""
    variables = flat(project.settings.variables)
    scope = scope_of(project.edition, project.editions, _variables_of(project.editions))
    sections: list[Section] = []
    for path in project.sections:
        text = project.files.text(path, log)
        if text is not None:
            sections.append(read_section(str(path), text, project.files, variables, log, scope))
    meta = project.settings.metadata(project.file_name, project.places.span(("deck",)))
    return identify(Document(meta, tuple(sections), "", words, variables))


def variables_of(project: Project) -> frozenset[str]:
    """Give the names of all variables that a project has, or names in its text."""
    named = {*flat(project.settings.variables), *_variables_of(project.editions)}
    unread = Diagnostics()
    for name in (str(SETTINGS), *project.files.names((".md",))):
        named |= set(_VARIABLE.findall(project.files.text(PurePosixPath(name), unread) or ""))
    return frozenset(named)


def _variables_of(editions: Iterable[Edition]) -> set[str]:
    """Give the names of all variables that some edition has."""
    found = (edition.changes.value(("variables",)) for edition in editions)
    return {name for tree in found if isinstance(tree, dict) for name in flat(tree)}


def flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Give nested variables by dotted names: {"a": {"b": 12}} → {"a.b": "12"}."""
    result: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            result |= flat(value, f"{name}.")
        elif isinstance(value, list):
            result |= flat({str(i): item for i, item in enumerate(value, start=1)}, f"{name}.")
        elif isinstance(value, bool):
            result[name] = "true" if value else "false"
        elif value is not None:
            result[name] = str(value)
    return result


def _read_works(
    settings: Settings, places: Yaml, files: ProjectFiles, log: Diagnostics
) -> Mapping[str, Work]:
    names = settings.bibliography
    if not names and _is_file(files, PurePosixPath("references.yml")):
        names = ["references.yml"]
    works: dict[str, Work] = {}
    for name in names:
        path = PurePosixPath(name)
        if not _is_file(files, path):
            log.error(
                Code.FILE_MISSING,
                f"there is no file {name!r}",
                at=places.span(("bibliography",)),
                hint=did_you_mean(name, files.names((".yml", ".yaml")), otherwise="check the name"),
            )
            continue
        text = files.text(path, log)
        yaml = read_yaml(text, name, log) if text is not None else None
        if yaml is not None:
            works |= read_works(yaml, log)
    return works


def _style_file(
    settings: Settings, places: Yaml, files: ProjectFiles, log: Diagnostics
) -> bytes | None:
    if not settings.csl.endswith(".csl"):
        return None
    path = PurePosixPath(settings.csl)
    if not _is_file(files, path):
        log.error(
            Code.FILE_MISSING,
            f"there is no citation style {settings.csl!r}",
            at=places.value_span(("csl",)),
            hint=did_you_mean(settings.csl, files.names((".csl",)), otherwise="check the name"),
        )
        return None
    try:
        return files.read(path)
    except OSError as fault:
        log.error(
            Code.FILE_UNREADABLE,
            f"the citation style {settings.csl!r} cannot be read: {fault.strerror}",
            at=places.value_span(("csl",)),
            hint=NO_CONTENT if isinstance(fault, NoContent) else "write it as a plain file of text",
        )
        return None


def _section_files(
    settings: Settings, places: Yaml, files: ProjectFiles, log: Diagnostics
) -> tuple[PurePosixPath, ...]:
    found: dict[PurePosixPath, None] = {}
    for index, pattern in enumerate(settings.sections):
        if pattern in settings.sections[:index][-MOST_SECTIONS:]:
            continue  # told already
        at = places.span(("sections", index))
        matches = _matches(pattern, files)
        if not matches:
            known = files.names((".md",))
            log.error(
                Code.FILE_MISSING,
                f"no section file is called {pattern!r}",
                at=at,
                hint=did_you_mean(pattern, known, otherwise=f"the project has {_some(known)}"),
            )
        found |= dict.fromkeys(m for m in matches if m not in found and _is_named(m, at, log))
    if not settings.sections:
        log.error(
            Code.SECTIONS_EMPTY,
            "the briefing has no sections",
            at=places.span(("sections",)),
            hint='write sections: ["sections/*.md"]',
        )
    return tuple(found)


def _is_named(path: PurePosixPath, at: Span, log: Diagnostics) -> bool:
    """Tell whether a file's name is text, as nothing else can be written into any output."""
    name = as_text(str(path))
    if name == str(path):
        return True
    log.error(
        Code.FILE_UNREADABLE,
        f"the name of the file {name} is no text",
        at=at,
        hint="rename the file",
    )
    return False


def _matches(pattern: str, files: ProjectFiles) -> list[PurePosixPath]:
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts:
        return []
    if not glob.has_magic(pattern):
        return [path] if _is_file(files, path) else []
    wanted = [
        part
        for part, before in zip(path.parts, ("", *path.parts), strict=False)
        if (part, before) != ("**", "**")
    ]
    names = (Path(entry.path).relative_to(files.root).as_posix() for entry in entries(files.root))
    found = (PurePosixPath(name) for name in sorted(names))
    if is_content(path):  # else it is refused where it is read
        found = (name for name in found if is_content(name))
    return [name for name in found if _fits(name.parts, wanted) and _is_file(files, name)]


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a path fits a pattern, whose `**` stands for any number of folders."""
    reached = _over_stars({0}, pattern)
    for part in parts:
        further: set[int] = set()
        for place in reached:
            if place == len(pattern):
                continue
            if pattern[place] == "**":
                further |= {place} if not part.startswith(".") else set()
            elif part.startswith(".") <= pattern[place].startswith(".") and fnmatch.fnmatchcase(
                part, pattern[place]
            ):
                further.add(place + 1)
        reached = _over_stars(further, pattern)
    return len(pattern) in reached


def _over_stars(places: set[int], pattern: Sequence[str]) -> set[int]:
    """Add the places that are reached where a `**` stands for no folder."""
    found = set(places)
    for place in range(len(pattern)):
        if place in found and pattern[place] == "**":
            found.add(place + 1)
    return found


def _is_file(files: ProjectFiles, path: PurePosixPath) -> bool:
    """Tell whether there is a file; one that is no content is refused where it is read."""
    try:
        return files.resolve(path).is_file()
    except NoContent:
        return (files.root / path).is_file()
    except (OSError, ValueError):
        return False


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) if names else "no .md file"

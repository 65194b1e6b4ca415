"""What is said of the document as a whole: core, extended and custom properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from docx.package import Package

from builder.document.nodes import Document, Metadata
from builder.writers.word.languages import office_language
from builder.writers.word.xml import Element, root, x

LONGEST = 255
"""Characters that a property may have."""

CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that users name themselves."""

FIRST_OWN = 2
"""The number of the first of these."""


def core_properties(package: Package, meta: Metadata, stamp: datetime) -> None:
    """Write title, authors, subject, keywords, category and language."""
    core = package.core_properties
    naive = stamp.replace(tzinfo=None)
    core.title = shorten(meta.title)
    core.author = shorten("; ".join(meta.authors) or meta.publisher)
    core.subject = shorten(meta.subtitle)
    core.keywords = shorten(", ".join(meta.keywords))
    core.category = shorten(" ".join(filter(None, (meta.series, meta.number))))
    core.comments = shorten(meta.abstract)
    core.language = office_language(meta.language)
    core.last_modified_by = core.author
    core.revision = 1
    core.created = core.modified = naive


def shorten(words: str, length: int = LONGEST) -> str:
    """Cut words that are too long for a property behind a whole word, with an ellipsis."""
    if len(words) <= length:
        return words
    kept = words[: length - 1]
    if not words[length - 1].isspace():
        kept = kept.rpartition(" ")[0] or kept
    return f"{kept.rstrip(' .,;:')}…"


def extended_properties(meta: Metadata, pages: int) -> Element:
    """Make app.xml: the program, the publisher and how many pages there are."""
    return root(
        "ep:Properties",
        x("ep:Pages", text=str(pages)),
        x("ep:Application", text="Microsoft Office Word"),
        x("ep:Company", text=meta.publisher) if meta.publisher else None,
        x("ep:AppVersion", text="16.0000"),
    )


def custom_properties(document: Document) -> Element:
    """Make custom.xml of the other strings of briefing.yml."""
    properties: list[Element] = []
    named: Counter[str] = Counter()
    for name, value in _strings(document.meta, document.variables):
        named[name.casefold()] += 1  # Word does not tell capitals from small letters
        count = named[name.casefold()]
        properties.append(
            x(
                "cp:property",
                x("vt:lpwstr", text=shorten(value)),
                fmtid=CUSTOM_SET,
                pid=len(properties) + FIRST_OWN,
                name=f"{name} ({count})" if count > 1 else name,
            )
        )
    return root("cp:Properties", *properties)


def _strings(meta: Metadata, variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    contact = meta.contact
    named = {
        "Series": meta.series,
        "Number": meta.number,
        "Eyebrow": meta.eyebrow,
        "Byline": meta.byline,
        "Date": meta.date,
        "Publisher": meta.publisher,
        "Rights": meta.rights,
        "Closing": meta.closing,
        "Contact": ", ".join(filter(None, (contact.name, contact.email, contact.url))),
        "Address": meta.address,
        "Picture": meta.picture,
        "Citation style": meta.csl,
        "Theme": meta.theme,
    }
    yield from ((name, value) for name, value in named.items() if value)
    yield from ((f"var.{name}", value) for name, value in sorted(variables.items()) if value)

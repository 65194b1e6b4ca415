"""What the page tells machines of itself: search engines, libraries, and who shares it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from builder.document.nodes import Metadata


@dataclass(frozen=True, slots=True)
class Tag:
    """One `<meta>`: `kind` is "name" or "property"."""

    kind: str
    name: str
    content: str


def tags(meta: Metadata, stamp: datetime) -> list[Tag]:
    """Give the meta tags, those without a content left out."""
    found = [*_plain(meta), *_highwire(meta), *_open_graph(meta, stamp)]
    return [tag for tag in found if tag.content]


def describe(meta: Metadata) -> str:
    """Give the description: the abstract, else the subtitle."""
    return meta.abstract or meta.subtitle


def _plain(meta: Metadata) -> Iterator[Tag]:
    yield Tag("name", "description", describe(meta))
    for author in meta.authors:
        yield Tag("name", "author", author)
    yield Tag("name", "keywords", ", ".join(meta.keywords))
    yield Tag("name", "date", meta.date)


def _highwire(meta: Metadata) -> Iterator[Tag]:
    """Give the tags that Google Scholar and reference managers read (Highwire Press)."""
    date = meta.date.replace("-", "/")
    series = " ".join(filter(None, (meta.series, meta.number)))
    yield Tag("name", "citation_title", meta.title)
    for author in meta.authors:
        yield Tag("name", "citation_author", author)
    yield Tag("name", "citation_publication_date", date)
    yield Tag("name", "citation_technical_report_institution", meta.publisher)
    yield Tag("name", "citation_technical_report_number", meta.number)
    yield Tag("name", "citation_series_title", series)
    yield Tag("name", "citation_language", meta.language)
    yield Tag("name", "citation_keywords", "; ".join(meta.keywords))
    yield Tag("name", "citation_abstract", meta.abstract)
    yield Tag("name", "citation_public_url", meta.address)


def _open_graph(meta: Metadata, stamp: datetime) -> Iterator[Tag]:
    """Give what is shown where the page is shared (https://ogp.me)."""
    yield Tag("property", "og:type", "article")
    yield Tag("property", "og:title", meta.title)
    yield Tag("property", "og:description", describe(meta))
    yield Tag("property", "og:url", meta.address)
    yield Tag("property", "og:image", meta.picture)
    yield Tag("property", "og:site_name", meta.publisher or meta.series)
    yield Tag("property", "og:locale", meta.language.replace("-", "_"))
    if meta.date:
        yield Tag("property", "article:published_time", meta.date)
    for author in meta.authors:
        yield Tag("property", "article:author", author)
    for keyword in meta.keywords:
        yield Tag("property", "article:tag", keyword)
    yield Tag("name", "twitter:card", "summary_large_image" if meta.picture else "summary")

"""What WeasyPrint may load: images of the project and the theme's logo, nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder.theme.model import Theme

PROJECT = "project:///"
LOGO = "theme:///logo"
MAX_BYTES = 64_000_000
MAX_SVG_ELEMENTS = 20_000

SIGNATURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


class Refused(ValueError):
    """An address outside the project, or a file that would take too long to draw."""


class ProjectFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves `project:` addresses from the writer's `read`; opens no file and no connection."""

    def __init__(self, read: Callable[[PurePosixPath], bytes], theme: Theme) -> None:
        super().__init__(allowed_protocols=("project", "theme"), allow_redirects=False)
        self._read = read
        self._theme = theme

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give an image of the project. Raises Refused for any other address."""
        if url.startswith(PROJECT):
            data = self._read(PurePosixPath(unquote(url.removeprefix(PROJECT))))
        elif url == LOGO and self._theme.logo is not None:
            data = self._theme.logo.read_bytes()
        else:
            raise Refused(f"{url!r} is not part of the project")
        if len(data) > MAX_BYTES:
            raise Refused(f"{url!r} is larger than {MAX_BYTES // 1_000_000} MB")
        kind = next((name for start, name in SIGNATURES if data.startswith(start)), "")
        if not kind:
            kind = "image/svg+xml"
            if drawn_elements(data) > MAX_SVG_ELEMENTS:
                raise Refused(f"{url!r} draws more than {MAX_SVG_ELEMENTS} elements")
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def drawn_elements(svg: bytes) -> int:
    """Count the elements that an SVG file draws once every `use` is followed.

    Nested ones multiply: ten levels of ten would keep a reader busy for an hour.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError:
        return 0  # WeasyPrint says that it cannot be read
    nodes = list(root.iter())  # held, since lxml makes its nodes anew, with other ids, otherwise
    named = {name: node for node in nodes if (name := node.get("id"))}
    counts: dict[int, int] = {}

    def count(node: etree._Element) -> int:
        if id(node) in counts:
            return counts[id(node)]
        counts[id(node)] = MAX_SVG_ELEMENTS + 1  # while it is being counted: a ring never ends
        total = 1 + sum(count(child) for child in node)
        for name, value in node.attrib.items():
            if str(name).endswith("href") and str(value).startswith("#"):
                target = named.get(str(value)[1:])
                total += count(target) if target is not None and _is_use(node) else 0
        counts[id(node)] = min(total, MAX_SVG_ELEMENTS + 1)
        return counts[id(node)]

    return count(root)


def _is_use(node: object) -> bool:
    return re.search(r"(^|\})use$", str(getattr(node, "tag", ""))) is not None

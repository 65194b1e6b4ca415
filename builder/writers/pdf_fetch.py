"""What WeasyPrint may load: images of the project and the theme's logo, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder.drawings import is_href, plain_drawing
from builder.inlays import Inlay, inlay_of, is_inlay
from builder.pictures import MOST_DRAWN
from builder.pictures import drawn_elements as drawn
from builder.theme.model import Theme
from builder.writers.pdf_pictures import in_rgb, of_eight_bits
from builder.writers.pdf_standing import digest_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PROJECT = "project:///"
LOGO = "theme:///logo"
MAX_BYTES = 64_000_000
MAX_SVG_ELEMENTS = MOST_DRAWN

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

    def __init__(
        self, read: Callable[[PurePosixPath], bytes], theme: Theme, *, keeps_inks: bool = False
    ) -> None:
        """Take what reads the project's files; a file for the press keeps pictures of four inks."""
        super().__init__(allowed_protocols=("project", "theme"), allow_redirects=False)
        self._read = read
        self._theme = theme
        self._keeps_inks = keeps_inks
        self.fetched: dict[str, bytes] = {}  # digests of what was asked for, by addresses
        self._inlaid: set[bytes] = set()  # digests of sound addresses in the drawings served so far

    def data_of(self, url: str) -> bytes:
        """Give a file of the project, or the logo. Raises Refused for any other address."""
        if url.startswith(PROJECT):
            return self._read(PurePosixPath(unquote(url.removeprefix(PROJECT))))
        if url == LOGO and self._theme.logo is not None:
            return plain_drawing(self._theme.logo.read_bytes())
        raise Refused(f"{url!r} is not part of the project")

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give an image of the project, or one within a drawing that was served.

        Raises Refused for any other address.
        """
        if digest_of(url) in self._inlaid:
            found = inlay_of(url)
            assert isinstance(found, Inlay)  # it was looked at when its drawing was served
            return self._response(url, found.data, found.kind)
        data = self.data_of(url)
        self.fetched[url] = digest_of(data)
        if len(data) > MAX_BYTES:
            raise Refused(f"{url!r} is larger than {MAX_BYTES // 1_000_000} MB")
        kind = next((name for start, name in SIGNATURES if data.startswith(start)), "")
        if not kind:
            kind = "image/svg+xml"
            if drawn_elements(data) > MAX_SVG_ELEMENTS:
                raise Refused(f"{url!r} draws more than {MAX_SVG_ELEMENTS} elements")
            self._inlaid.update(digest_of(address) for address in _inlays(data))
        return self._response(url, data, kind)

    def _response(self, url: str, data: bytes, kind: str) -> URLFetcherResponse:
        data = of_eight_bits(data if self._keeps_inks else in_rgb(data))
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def drawn_elements(svg: bytes) -> int:
    """Count the elements that an SVG file draws once every `use` is followed; 0: it is damaged."""
    root = _tree(svg)
    return 0 if root is None else drawn(root)  # of a damaged one WeasyPrint says so


def _inlays(svg: bytes) -> Iterator[str]:
    """Give the addresses of the sound pictures of pixels within an SVG file."""
    root = _tree(svg)
    for node in () if root is None else root.iter("{*}image"):
        for attribute, value in node.attrib.items():
            address = str(value)
            if is_href(attribute) and is_inlay(address):
                found = inlay_of(address)
                if isinstance(found, Inlay) and found.address == address:
                    yield address


def _tree(svg: bytes) -> _Element | None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(svg, parser)
    except etree.XMLSyntaxError:
        return None

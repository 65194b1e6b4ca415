"""What shuts readers out of a built web page: rules of WCAG 2.2 that the page itself can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.outputs_lint.web import WebPage, words
from builder.outputs_lint.web_contrast import faint
from builder.outputs_lint.web_faults import Check
from builder.outputs_lint.word_access import VAGUE

TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*")
FROM_RIGHT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "ku"})
HEADING = re.compile(r"h[1-6]")
LANDMARKS = frozenset({"main", "nav", "header", "footer", "aside", "search"})
LANDMARK_ROLES = frozenset(
    {"main", "navigation", "banner", "contentinfo", "complementary", "search", "region", "form"}
)
CONTROLS = frozenset({"input", "select", "textarea"})
PICTURE_FILE = re.compile(r"\.(png|jpe?g|gif|svg|webp)$", re.I)
ROLES = frozenset(
    (
        "alert banner button caption cell checkbox code columnheader complementary contentinfo"
        " definition dialog document figure form group heading img link list listitem main math"
        " menu menuitem meter navigation none note presentation progressbar region row rowgroup"
        " rowheader search separator status switch tab table tablist tabpanel term textbox time"
        " toolbar tooltip tree"
    ).split()
)


def language(page: WebPage) -> Iterator[str]:
    """Find text whose language, or direction, nobody can know."""
    if not page.root.get("lang"):
        yield "line 1: the page does not say in which language it is"
    for element in page.root.iter():
        tag = element.get("lang")
        if tag and not TAG.fullmatch(tag):
            yield f"{page.at(element)}: {tag!r} is no language's tag"
        if tag and tag.partition("-")[0] in FROM_RIGHT and element.get("dir") != "rtl":
            yield f"{page.at(element)}: text in {tag!r} runs from the right, and is not said to"


def headings(page: WebPage) -> Iterator[str]:
    """Find headings that skip a level or say nothing; the page has one title."""
    found = [e for e in page.root.iter() if HEADING.fullmatch(str(e.tag))]
    titles = [e for e in found if e.tag == "h1"]
    if len(titles) != 1:
        yield f"line 1: the page has {len(titles)} headings of level 1, not one"
    before = 0
    for heading in found:
        level = int(str(heading.tag)[1])
        if level > before + 1:
            yield f"{page.at(heading)}: a heading of level {level} after one of level {before}"
        if not words(heading):
            yield f"{page.at(heading)}: a heading says nothing"
        before = level


def landmarks(page: WebPage) -> Iterator[str]:
    """Find text that no landmark holds, and landmarks that cannot be told apart."""
    mains = [e for e in page.root.iter() if e.tag == "main" or e.get("role") == "main"]
    if len(mains) != 1:
        yield f"line 1: the page has {len(mains)} main parts, not one"
    navs = [e for e in page.root.iter() if e.tag == "nav" or e.get("role") == "navigation"]
    names = [_label(nav, page) for nav in navs]
    for nav, name in zip(navs, names, strict=True):
        if len(navs) > 1 and (not name or names.count(name) > 1):
            yield f"{page.at(nav)}: one of {len(navs)} navigations has no name of its own"
    body = page.root.find("body")
    for part in () if body is None else body:
        held = part.tag in LANDMARKS or part.get("role") in LANDMARK_ROLES
        inner = any(e.tag in LANDMARKS or e.get("role") in LANDMARK_ROLES for e in part.iter())
        skips = part.tag == "a" and part.get("href", "").startswith("#")
        if not (held or inner or skips) and words(part):
            yield f"{page.at(part)}: {words(part)[:40]!r} stands in no landmark"


def first_link(page: WebPage) -> Iterator[str]:
    """Find a page whose keyboard users have to pass everything before its text."""
    links = (e for e in page.root.iter("a") if e.get("href"))
    first = next(links, None)
    target = page.ids.get(first.get("href", "")[1:]) if first is not None else None
    if first is not None and (target is None or target.tag not in ("main", "h1", "article")):
        yield f"{page.at(first)}: the first link does not lead to the text"


def pictures(page: WebPage) -> Iterator[str]:
    """Find pictures that those who cannot see them do not learn of."""
    for element in page.root.iter():
        if _hidden(element, page):
            continue
        at = page.at(element)
        if element.tag == "img":
            alt = element.get("alt")
            if alt is None:
                yield f"{at}: an image has no alt text, not even an empty one"
            elif PICTURE_FILE.search(alt.strip()):
                yield f"{at}: the alt text {alt!r} is a file's name"
        if element.tag == "svg" and not (element.get("role") and _label(element, page)):
            yield f"{at}: a drawing has no alt text, and is no decoration"
        if element.get("role") == "img" and element.tag != "svg" and not _label(element, page):
            yield f"{at}: something that stands for an image has no alt text"


def names(page: WebPage) -> Iterator[str]:
    """Find links and controls that do not say what they are for."""
    labels = {e.get("for") for e in page.root.iter("label")}
    for element in page.root.iter():
        tag, at = str(element.tag), page.at(element)
        if tag == "a" and element.get("href"):
            said = _label(element, page) or _spoken(element)
            if not said:
                yield f"{at}: a link says nothing"
            elif said.casefold().strip(" .…") in VAGUE:
                yield f"{at}: a link says {said!r}, which does not tell where it leads"
        if tag in ("button", "summary") and not (_label(element, page) or _spoken(element)):
            yield f"{at}: a {tag} says nothing"
        if tag in CONTROLS and element.get("type") != "hidden":
            inside = any(e.tag == "label" for e in page.above(element))
            if not (inside or element.get("id") in labels or _label(element, page)):
                yield f"{at}: a field has no label"
        if tag == "iframe" and not element.get("title"):
            yield f"{at}: a frame has no title"
        role = element.get("role", "")
        if role and not role.startswith(("doc-", "graphics-")) and role not in ROLES:
            yield f"{at}: {role!r} is no role"


def tables(page: WebPage) -> Iterator[str]:
    """Find tables whose cells belong to nothing."""
    for table in page.root.iter("table"):
        if table.get("role") in ("presentation", "none"):
            continue
        heads = list(table.iter("th"))
        if not heads:
            yield f"{page.at(table)}: the table has no head"
        if any(th.get("scope") not in ("col", "row", "colgroup", "rowgroup") for th in heads):
            yield f"{page.at(table)}: a head of the table does not say of what"
        if table.find("caption") is None and not _label(table, page) and not _held(table, page):
            yield f"{page.at(table)}: the table has no name"


def _held(table: Element, page: WebPage) -> bool:
    """Tell whether a figure, or details with a summary, names what it holds."""
    return any(
        (e.tag == "figure" and e.find("figcaption") is not None)
        or (e.tag == "details" and e.find("summary") is not None)
        or _label(e, page)
        for e in page.above(table)
        if e.tag in ("figure", "details", "div")
    )


def reach(page: WebPage) -> Iterator[str]:
    """Find what keeps readers from enlarging, tabbing and reading in peace."""
    for element in page.root.iter():
        at = page.at(element)
        if element.tag == "meta" and element.get("name") == "viewport":
            content = element.get("content", "").replace(" ", "").lower()
            if "user-scalable=no" in content or "maximum-scale=1" in content:
                yield f"{at}: the page forbids to enlarge it"
        if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield f"{at}: the page is loaded anew while it is read"
        index = element.get("tabindex", "")
        if index.isdigit() and int(index) > 0:
            yield f"{at}: tabindex {index} puts the keyboard's order out of joint"
        if element.get("aria-hidden") == "true":
            for inner in element.iter():
                if (inner.tag == "a" and inner.get("href")) or inner.tag in ("button", *CONTROLS):
                    yield f"{at}: something that is hidden can be reached by the keyboard"
                    break


def contrast(page: WebPage) -> Iterator[str]:
    """Find words that are too near to their ground, by day and by night."""
    yield from faint(page)


def _label(element: Element, page: WebPage) -> str:
    """Give the name that an element is given, beside what stands in it."""
    known = page.ids
    by = [words(known[n]) for n in element.get("aria-labelledby", "").split() if n in known]
    drawn = element.find("title") if element.tag == "svg" else None
    return (
        " ".join(by)
        or element.get("aria-label", "").strip()
        or (words(drawn) if drawn is not None else "")
        or element.get("title", "").strip()
    )


def _spoken(element: Element) -> str:
    """Give what is read out of an element: its words, and the alt texts in it."""
    alts = [e.get("alt", "") for e in element.iter("img")]
    return " ".join(part for part in (words(element), *alts) if part)


def _hidden(element: Element, page: WebPage) -> bool:
    chain = (element, *page.above(element))
    return any(e.get("aria-hidden") == "true" or e.get("hidden") is not None for e in chain)


CHECKS: tuple[Check, ...] = (
    language,
    headings,
    landmarks,
    first_link,
    pictures,
    names,
    tables,
    reach,
    contrast,
)

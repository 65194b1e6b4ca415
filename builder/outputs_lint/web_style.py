"""How a web page's words look: enough of the cascade to know colour, ground and size of each.

Media queries for screens are taken as met, whatever their widths: colours hardly depend on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from builder.outputs_lint.web import WebPage

ROOT_SIZE = 16.0
"""Pixels of a letter, as browsers have it where nobody says otherwise."""

HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67}
"""Sizes that browsers give headings, in parts of the text around."""

BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
NESTED = ("media", "supports", "container", "layer")
WATCHED = frozenset(
    {"color", "background", "background-color", "font-size", "font-weight", "font", "display"}
)
LENGTH = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?|\.\d+)(rem|em|px|pt|%)")
PARTS = re.compile(r"[\w-]+\((?:[^()]|\([^()]*\))*\)|[^\s]+")
"""Values of a background: words, and functions with what stands in them."""

FUNCTION = re.compile(
    r"(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|device-cmyk)\(", re.IGNORECASE
)
"""How a colour begins that is reckoned from figures."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an element's text is shown; `ground` is None where a picture is behind it."""

    colour: str = "000000"
    ground: str | None = "FFFFFF"
    size: float = ROOT_SIZE  # pixels
    bold: bool = False
    shown: bool = True
    unread: Mapping[str, str] = field(default_factory=dict)
    """Colours of the text and its ground that cannot be reckoned in sRGB; empty: none."""
    values: Mapping[str, str] = field(default_factory=dict)  # custom properties


def style_faults(page: WebPage) -> Iterator[str]:
    """Give what is no CSS."""
    import tinycss2

    parsed = tinycss2.parse_stylesheet(page.styles(), skip_comments=True, skip_whitespace=True)
    for rule in _all(parsed):
        if rule.type == "error":
            yield f"{rule.message} (in its line {rule.source_line})"
            continue
        if rule.type == "qualified-rule":
            for part in tinycss2.parse_blocks_contents(rule.content):
                if part.type == "error":
                    yield f"{part.message} (in its line {part.source_line})"


def looks(page: WebPage, *, night: bool) -> Iterator[tuple[Element, Look]]:
    """Give every element with how its text is shown, by day or by night."""
    import cssselect2

    matcher = _matcher(page.styles(), night)
    root = cssselect2.ElementWrapper.from_html_root(page.root)
    found: dict[Element, Look] = {}
    for wrapper in root.iter_subtree():
        element = wrapper.etree_element
        parent = page.parents.get(element)
        above = found[parent] if parent is not None else Look()
        declared: dict[str, str] = {}
        for *_, declarations in sorted(matcher.match(wrapper), key=lambda m: m[:2]):
            declared |= declarations
        declared |= _declarations(element.get("style", ""))
        look = found[element] = _look(element, declared, above)
        yield element, look


@cache
def _matcher(css: str, night: bool) -> Any:
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    parsed = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for rule in _all(parsed, night):
        if rule.type != "qualified-rule":
            continue
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue  # one that is newer than the library: hovering, focus, containers
        declared = _declarations(rule.content)
        for selector in selectors if declared else ():
            if selector.pseudo_element is None and not selector.never_matches:
                matcher.add_selector(selector, declared)
    return matcher


def _all(rules: list[Any], night: bool | None = None) -> Iterator[Any]:
    """Give rules, those in media queries too where they hold; `night` None: all there are."""
    import tinycss2

    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content is not None:
            asked = tinycss2.serialize(rule.prelude).lower()
            if night is not None and ("print" in asked or ("dark" in asked and not night)):
                continue
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _all(inner, night)
        else:
            yield rule


def _declarations(written: Any) -> dict[str, str]:
    import tinycss2

    found = {}
    for part in tinycss2.parse_blocks_contents(written):
        if part.type == "declaration" and (part.name.startswith("--") or part.name in WATCHED):
            found[part.name if part.name.startswith("--") else part.lower_name] = (
                tinycss2.serialize(part.value).strip()
            )
    return found


def _look(element: Element, declared: Mapping[str, str], above: Look) -> Look:
    own = {name: value for name, value in declared.items() if name.startswith("--")}
    values = {**above.values, **own} if own else above.values
    said = {name: _filled(value, values) for name, value in declared.items()}
    tag = str(element.tag)
    size = above.size * HEADINGS.get(tag, 1.0)
    for name in ("font", "font-size"):
        size = _size(said.get(name, ""), above.size, size)
    bold = above.bold or tag in BOLD
    if weight := re.match(r"(\d{3}|bold|normal)\b", said.get("font-weight", "")):
        bold = weight[1] == "bold" or (weight[1].isdigit() and int(weight[1]) >= 700)
    hidden = said.get("display") == "none" or element.get("hidden") is not None
    look = replace(above, size=size, bold=bold, values=values, shown=above.shown and not hidden)
    colour = _colour(said.get("color", ""), above.colour)
    ground = above.ground
    unread = dict(above.unread)
    if "color" in said:
        unread["color"] = said["color"] if _is_unread(said["color"]) else ""
    for name in ("background", "background-color"):
        if name in said:
            ground = _ground(said[name], ground, colour or above.colour)
            unread["ground"] = next(filter(_is_unread, PARTS.findall(said[name])), "")
    return replace(look, colour=colour or above.colour, ground=ground, unread=unread)


def _filled(value: str, values: Mapping[str, str], depth: int = 0) -> str:
    """Put in what var() stands for."""
    if "var(" not in value or depth > 8:
        return value

    def known(found: re.Match[str]) -> str:
        return values.get(found[1], (found[2] or "").strip())

    return _filled(
        re.sub(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)", known, value), values, depth + 1
    )


def _size(value: str, above: float, otherwise: float) -> float:
    """Read a size in pixels; of several (clamp, font) the first, which is the smallest."""
    found = LENGTH.search(value)
    if found is None:
        return otherwise
    number = float(found[1])
    match found[2]:
        case "rem":
            return number * ROOT_SIZE
        case "em":
            return number * above
        case "%":
            return number / 100 * above
        case "pt":
            return number * 4 / 3
        case _:
            return number


def _colour(value: str, current: str) -> str:
    """Read an opaque colour; empty: none is said, or it can be seen through."""
    from tinycss2.color4 import parse_color

    made = parse_color(value) if value else None
    if made is None or made == "currentcolor":
        return current if made else ""
    try:
        red, green, blue, alpha = made.to("srgb")
    except (NotImplementedError, ValueError):
        return ""
    if alpha < 1:
        return ""
    return "".join(f"{round(max(0.0, min(1.0, part)) * 255):02X}" for part in (red, green, blue))


def _is_unread(value: str) -> bool:
    """Tell whether a value is a colour of which nobody here knows what it is in sRGB."""
    from tinycss2.color4 import parse_color

    if not FUNCTION.match(value):
        return False
    made = parse_color(value)
    if made is None:
        return True
    try:
        made.to("srgb")
    except (NotImplementedError, ValueError):
        return True
    return False


def _ground(value: str, below: str | None, current: str) -> str | None:
    """Read what is behind the text; None: a picture or gradient, of which nothing is known."""
    if "url(" in value or "gradient(" in value:
        return None
    for part in PARTS.findall(value):
        if made := _colour(part, current):
            return made
    return below

"""Variables in the words of briefing.yml: a title may name its reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.yaml_source import Path, Plain, Yaml, overlaid

TEXTS: tuple[Path, ...] = (
    *((key,) for key in ("title", "subtitle", "eyebrow", "byline", "series", "number")),
    *((key,) for key in ("abstract", "closing", "publisher", "rights")),
    *(("contact", key) for key in ("name", "email", "url")),
    ("deck", "closing"),
)
"""The keys whose values are words for readers; no path and no choice is ever filled in."""

_SHORTCODE = re.compile(r"\{\{<\s*(\w+)\s*(.*?)\s*>\}\}", re.DOTALL)


def filled(yaml: Yaml, variables: Mapping[str, str], log: Diagnostics) -> Yaml:
    """Give briefing.yml with its variables filled in; its places stay as they were."""
    for path in TEXTS:
        text = yaml.value(path)
        if isinstance(text, str) and "{{<" in text:
            filled_in: Plain = _filled(text, variables, yaml.value_span(path), log)
            for key in reversed(path):
                filled_in = {str(key): filled_in}
            yaml = overlaid(yaml, Yaml(filled_in, yaml.file))
    return yaml


def _filled(text: str, variables: Mapping[str, str], at: Span, log: Diagnostics) -> str:
    def value_of(found: re.Match[str]) -> str:
        name, argument = found.groups()
        if name != "var":
            log.error(
                Code.SHORTCODE_UNKNOWN,
                f"{{{{< {name} >}}}} is no shortcode that can stand here",
                at=at,
                hint=did_you_mean(name, ["var"], otherwise="here stands {{< var … >}} only"),
            )
        elif argument not in variables:
            log.error(
                Code.VARIABLE_UNDEFINED,
                f"no variable is called {argument!r}",
                at=at,
                hint=did_you_mean(
                    argument, variables, otherwise="define it in briefing.yml: variables:"
                ),
            )
        return variables.get(argument, "")

    rest = _SHORTCODE.sub(value_of, text)
    if "{{<" in _SHORTCODE.sub("", text):
        log.error(
            Code.BRACKET_UNCLOSED,
            "the shortcode that opens here is never closed",
            at=at,
            hint="close it by >}}",
        )
    return rest.strip()

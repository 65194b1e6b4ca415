"""The settings part."""

from __future__ import annotations

from builder.writers.word.languages import office_language, right_to_left
from builder.writers.word.xml import Element, root, w

COMPATIBILITY = "http://schemas.microsoft.com/office/word"


def settings_part(language: str, *, facing: bool = False, embedded: bool = False) -> Element:
    """Make settings.xml; the schema fixes the order of what stands in it."""
    tag = office_language(language)
    return root(
        "w:settings",
        w("zoom", percent=100),
        w("embedTrueTypeFonts") if embedded else None,
        w("mirrorMargins") if facing else None,
        w("defaultTabStop", val=709),
        w("autoHyphenation", val=0),
        w("evenAndOddHeaders") if facing else None,
        w("characterSpacingControl", val="doNotCompress"),
        w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
        w(
            "compat",
            _compat("compatibilityMode", "15"),
            _compat("overrideTableStyleFontSizeAndJustification", "1"),
            _compat("enableOpenTypeFeatures", "1"),
            _compat("doNotFlipMirrorIndents", "1"),
            _compat("differentiateMultirowTableHeaders", "1"),
        ),
        w("themeFontLang", val=tag, bidi=tag if right_to_left(language) else None),
        w(
            "clrSchemeMapping",
            bg1="light1",
            t1="dark1",
            bg2="light2",
            t2="dark2",
            accent1="accent1",
            accent2="accent2",
            accent3="accent3",
            accent4="accent4",
            accent5="accent5",
            accent6="accent6",
            hyperlink="hyperlink",
            followedHyperlink="followedHyperlink",
        ),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def _compat(name: str, value: str) -> Element:
    return w("compatSetting", name=name, uri=COMPATIBILITY, val=value)

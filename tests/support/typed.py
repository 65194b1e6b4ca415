"""Inlines as an author would type them: so that a test's expectation is a line of text."""

from __future__ import annotations

from collections.abc import Sequence

from builder.document.nodes import (
    Cite,
    Emphasis,
    Inline,
    Link,
    Note,
    Paragraph,
    Script,
    Strong,
    Text,
    Words,
)


def typed(content: Sequence[Inline]) -> str:
    """Type inlines: *stress*, **strong**, [words]{lang=ru}, <link>, ^[note], ^1^; a Cite as shown."""
    return "".join(map(_typed, content))


def _typed(inline: Inline) -> str:
    match inline:
        case Text(value):
            return value
        case Emphasis(content):
            return f"*{typed(content)}*"
        case Strong(content):
            return f"**{typed(content)}**"
        case Words(content, lang, classes):
            return f"[{typed(content)}]{{{f'lang={lang}' if lang else ' '.join(classes)}}}"
        case Script("super", content):
            return f"^{typed(content)}^"
        case Link(target, content) if typed(content) == target:
            return f"<{target}>"
        case Link(target, content):
            return f"[{typed(content)}]({target})"
        case Note(blocks):
            texts = [typed(b.content) for b in blocks if isinstance(b, Paragraph)]
            return f"^[{' / '.join(texts)}]"
        case Cite(shown=shown):
            return typed(shown)
        case _:
            raise NotImplementedError(f"{type(inline).__name__} is not typed yet")

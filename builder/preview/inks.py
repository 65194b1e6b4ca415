"""The theme's colours for the application around the panes, by light and by dark."""

from __future__ import annotations

from builder.css import css_string
from builder.theme.dark import dark
from builder.theme.model import Theme

ROLES = (
    "ink",
    "paper",
    "sand",
    "mist",
    "accent",
    "accent_deep",
    "accent_2",
    "muted",
    "rule",
    "positive",
    "negative",
    "on_dark",
)
AFTER_DARK = tuple(name for name in ROLES if name not in ("accent_deep", "on_dark"))
"""The roles that change; what is dark by day stays as it is."""


def inks(theme: Theme) -> str:
    """Write the theme's roles as custom properties, and its two voices."""
    day, night = _roles(theme, ROLES), _roles(dark(theme), AFTER_DARK)
    voices = f"--serif: {_family(theme.serif.name, 'serif')}; "
    voices += f"--sans: {_family(theme.sans.name, 'sans-serif')}; "
    voices += f"--mono: {_family(theme.mono.name, 'monospace')}"
    return (
        f":root {{ {day}; {voices} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-light=light]) {{ {night} }} }}\n"
        f":root[data-light=dark] {{ {night} }}\n"
    )


def _roles(theme: Theme, names: tuple[str, ...]) -> str:
    return "; ".join(f"--{name.replace('_', '-')}: {theme.palette[name].css}" for name in names)


def _family(name: str, generic: str) -> str:
    return f"{css_string(name)}, {generic}"

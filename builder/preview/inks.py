"""The theme's colours for the application around the panes."""

from __future__ import annotations

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
)


def inks(theme: Theme) -> str:
    """Write the theme's roles as custom properties, and its voices; dark ones stand elsewhere."""
    day = "; ".join(f"--{name.replace('_', '-')}: {theme.palette[name].css}" for name in ROLES)
    voices = f"--serif: {_family(theme.serif.name, 'serif')}; "
    voices += f"--sans: {_family(theme.sans.name, 'sans-serif')}; "
    voices += f"--mono: {_family(theme.mono.name, 'monospace')}"
    return (
        f":root {{ {voices} }}\n"
        f"@media (prefers-color-scheme: light) {{ :root:not([data-light=dark]) {{ {day} }} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root[data-light=light] {{ {day} }} }}\n"
    )


def _family(name: str, generic: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}", {generic}'

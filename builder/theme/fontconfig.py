"""What fontconfig is told, so that it finds the theme's fonts and no others."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

from builder.theme.model import Theme


def private_fontconfig(theme: Theme, folder: Path) -> Path:
    """Write a fonts.conf that knows the theme's fonts and fallbacks, and nothing else.

    Font files are linked into `folder`/fonts, fontconfig's cache goes to `folder`/cache. Point the
    environment variable FONTCONFIG_FILE to the path given before fontconfig is first used.
    """
    fonts = folder / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    (folder / "cache").mkdir(exist_ok=True)
    families = (*theme.families, *theme.fallbacks)
    paths = dict.fromkeys(face.path for family in families for face in family.faces)
    for number, path in enumerate(paths):
        link = fonts / f"{number:03}-{path.name}"
        if not link.exists():
            _link(path, link)
    conf = folder / "fonts.conf"
    conf.write_text(_fonts_conf(fonts, folder / "cache", theme), encoding="utf-8")
    return conf


def _link(path: Path, link: Path) -> None:
    try:
        link.symlink_to(path)
    except OSError:  # file systems without links
        shutil.copyfile(path, link)


def _fonts_conf(fonts: Path, cache: Path, theme: Theme) -> str:
    aliases = ""
    for generic, family in (
        ("serif", theme.serif),
        ("sans-serif", theme.sans),
        ("monospace", theme.mono),
    ):
        names = (family.name, *(f.name for f in theme.fallbacks))
        prefer = "".join(f"<family>{escape(name)}</family>" for name in dict.fromkeys(names))
        aliases += f"  <alias><family>{generic}</family><prefer>{prefer}</prefer></alias>\n"
    return (
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        "<fontconfig>\n"
        f"  <dir>{escape(str(fonts.resolve()))}</dir>\n"
        f"  <cachedir>{escape(str(cache.resolve()))}</cachedir>\n"
        f"{aliases}"
        "</fontconfig>\n"
    )

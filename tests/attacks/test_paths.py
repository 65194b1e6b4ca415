"""Projects that reach for files outside their folder and theme."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks.arena import HEAD, Attack, section, settings
from tests.attacks.judge import cases, judge

PICTURE = "![A curve]({})\n"
CHART = "::: {{.chart data={}}}\nT\n:::\n"
THEME = {**settings("theme: house\n"), "house/_brand.yml": "color: {primary: '#123456'}\n"}


Prepare = Callable[[Path, Path], None]


def link(name: str, target: str) -> Prepare:
    """Make a link in the project that leads to something outside."""

    def prepare(project: Path, outside: Path) -> None:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(target.replace("OUT", str(outside)))

    return prepare


def beside(name: str, target: str) -> Prepare:
    """Put a theme into templates/ beside the project, one file of which is a link."""

    def prepare(project: Path, outside: Path) -> None:
        theme = project.parent / "templates" / "near"
        theme.mkdir(parents=True)
        (theme / "_brand.yml").write_text("color: {}\n")
        (theme / name).unlink(missing_ok=True)
        (theme / name).symlink_to(target.replace("OUT", str(outside)))

    return prepare


def aside(target: str) -> Prepare:
    """Make templates/ beside the project a link."""

    def prepare(project: Path, outside: Path) -> None:
        (project.parent / "templates").symlink_to(target.replace("OUT", str(outside)))

    return prepare


def theme_aside(target: str) -> Prepare:
    """Make a theme in templates/ beside the project a link."""

    def prepare(project: Path, outside: Path) -> None:
        (project.parent / "templates").mkdir()
        (project.parent / "templates" / "evil").symlink_to(target.replace("OUT", str(outside)))

    return prepare


def absolute(name: str, text: str) -> Prepare:
    """Write a file that names something outside by its whole path."""

    def prepare(project: Path, outside: Path) -> None:
        (project / name).write_text(text.replace("OUT", str(outside)))

    return prepare


def pipe(name: str) -> Prepare:
    """Put a pipe where a file is expected: whoever opens it waits for ever."""

    def prepare(project: Path, outside: Path) -> None:
        (project / name).unlink(missing_ok=True)
        os.mkfifo(project / name)

    return prepare


S = "sections/01-one.md"
ATTACKS = [
    Attack("image by dots", section(PICTURE.format("../outside/secret.svg")), "path-outside"),
    Attack("image by a whole path", {}, "path-outside", prepare=absolute(S, HEAD + PICTURE.format("OUT/secret.svg"))),
    Attack("image by encoded dots", section(PICTURE.format("%2e%2e/outside/secret.svg")), "image-missing path-outside"),
    Attack("image by twice encoded dots", section(PICTURE.format("%252e%252e/outside/secret.svg")), "image-missing path-outside"),
    Attack("image by backslashes", section(PICTURE.format(r"..\\outside\\secret.svg")), "image-missing path-outside"),
    Attack("image by a file address", section(PICTURE.format("file:///etc/passwd")), ""),
    Attack("image by a NUL", section(PICTURE.format("images/x.svg%00.png")), "image-missing image-unreadable path-outside"),
    Attack("image by a name of 100,000 letters", section(PICTURE.format("a" * 100_000 + ".png")), "image-missing"),
    Attack("image by a link", section(PICTURE.format("images/l.svg")), "path-outside", prepare=link("images/l.svg", "OUT/secret.svg")),
    Attack("image in a linked folder", section(PICTURE.format("images/l/secret.svg")), "path-outside", prepare=link("images/l", "OUT")),
    Attack("image that is a pipe", section(PICTURE.format("images/p.png")), "image-unreadable image-missing", prepare=pipe("images/p.png")),
    Attack("image that is a folder", section(PICTURE.format("images")), "image-unreadable image-missing"),
    Attack("image from a device", section(PICTURE.format("images/l.png")), "path-outside", prepare=link("images/l.png", "/dev/zero")),
    Attack("table by dots", section(CHART.format("../outside/secret.csv")), "data-missing path-outside"),
    Attack("table by a whole path", {}, "data-missing path-outside", prepare=absolute(S, HEAD + CHART.format("OUT/secret.csv"))),
    Attack("table by a link", section(CHART.format("l.csv")), "data-missing path-outside", prepare=link("data/l.csv", "OUT/secret.csv")),
    Attack("table that is a pipe", section(CHART.format("p.csv")), "data-missing file-unreadable", prepare=pipe("data/p.csv")),
    Attack("table by a NUL", section(CHART.format("'x\0.csv'")), "data-missing character-forbidden"),
    Attack("sections by dots", {"briefing.yml": 'title: T\nsections: ["../outside/*.md"]\n'}, "file-missing path-outside"),
    Attack("sections by a whole path", {}, "file-missing path-outside", prepare=absolute("briefing.yml", 'title: T\nsections: ["OUT/*.md"]\n')),
    Attack("sections by a linked folder", {"briefing.yml": 'title: T\nsections: ["l/*.md"]\n'}, "file-missing path-outside", prepare=link("l", "OUT")),
    Attack("sections all over the machine", {"briefing.yml": 'title: T\nsections: ["l/**/*.md"]\n'}, "file-missing path-outside", prepare=link("l", "/")),
    Attack("sections in a ring of links", {"briefing.yml": 'title: T\nsections: ["**/*.md"]\n'}, "", prepare=link("l/l", "..")),
    Attack("a section that is a link", {}, "path-outside file-missing", prepare=link(S, "OUT/secret.md")),
    Attack("a section that is a pipe", {}, "file-unreadable file-missing", prepare=pipe(S)),
    Attack("settings that are a link", {}, "path-outside file-unreadable project-missing", prepare=link("briefing.yml", "OUT/secret.yml")),
    Attack("settings that are a pipe", {}, "file-unreadable project-missing", prepare=pipe("briefing.yml")),
    Attack("references by dots", settings("bibliography: ../outside/secret.yml\n"), "file-missing path-outside"),
    Attack("references that are a link", settings("bibliography: l.yml\n"), "file-missing path-outside", prepare=link("l.yml", "OUT/secret.yml")),
    Attack("citation style by dots", settings("csl: ../outside/secret.csl\n"), "file-missing path-outside"),
    Attack("citation style by a link", settings("csl: l.csl\n"), "file-missing path-outside", prepare=link("l.csl", "OUT/secret.csl")),
    Attack("citation style by a name with dots", {**settings("csl: ../../../etc/passwd\n"), **section("x [@a]\n"), "references.yml": "- {id: a, type: book, title: B}\n"}, "citation-style"),
    Attack("theme by dots", settings("theme: ../outside/theme\n"), "theme-missing path-outside"),
    Attack("theme by a whole path", {}, "theme-missing path-outside", prepare=absolute("briefing.yml", 'title: T\nsections: ["sections/*.md"]\ntheme: OUT/theme\n')),
    Attack("theme that is a link", settings("theme: l\n"), "theme-missing path-outside", prepare=link("l", "OUT/theme")),
    Attack("theme by dots, from beside it", settings("theme: ../outside/theme\n"), "path-outside", stands="beside it", to="pdf"),
    Attack("theme by a path that leads elsewhere from beside it", settings("theme: outside/theme\n"), "theme-missing", stands="beside it", to="pdf"),
    Attack("theme by the path of its brand file", {**THEME, **settings("theme: house/_brand.yml\n"), "house/report.html.j2": "a"}, "template-untrusted", stands="in it", to="pdf"),
    Attack("theme behind another one of its name", {**settings("theme: outside\n"), "templates/outside/_brand.yml": THEME["house/_brand.yml"], "templates/outside/report.html.j2": "a"}, "template-untrusted", stands="beside it", to="pdf", prepare=absolute("../outside/_brand.yml", "color: {}\n")),
    Attack("theme by a name that is a link in the project's templates", settings("theme: evil\n"), "path-outside", prepare=link("templates/evil", "OUT/theme"), to="pdf"),
    Attack("theme in the project's templates, which are a link", settings("theme: theme\n"), "path-outside", prepare=link("templates", "OUT"), to="pdf"),
    Attack("theme by its path in the project's templates, which are a link", settings("theme: templates/theme\n"), "path-outside", prepare=link("templates", "OUT"), to="pdf"),
    Attack("theme beside it that is a link", settings("theme: evil\n"), "path-outside", prepare=theme_aside("OUT/theme"), to="pdf"),
    Attack("theme beside it, where templates are a link", settings("theme: theme\n"), "path-outside", prepare=aside("OUT"), to="pdf"),
    Attack("theme beside it, where templates are a link in a ring", settings("theme: theme\n"), "theme-missing", prepare=aside("templates"), to="pdf"),
    Attack("theme beside it whose settings are a link", settings("theme: near\n"), "path-outside", prepare=beside("_brand.yml", "OUT/theme/_brand.yml"), to="pdf"),
    Attack("theme beside it whose layouts are a link", settings("theme: near\n"), "path-outside", prepare=beside("layouts.yml", "OUT/secret.yml"), to="pptx"),
    Attack("template that is a link to a file of another name", {**THEME, "house/x.txt": "a"}, "template-untrusted", prepare=link("house/report.html.j2", "x.txt"), to="pdf"),
    Attack("template behind 21,000 files", lambda: {**THEME, "house/report.html.j2": "a", **{f"house/a{n}": "" for n in range(21_000)}}, "file-unreadable", to="pdf", dear=True),
    Attack("brand file that is a link", THEME, "path-outside file-unreadable", prepare=link("house/_brand.yml", "OUT/theme/_brand.yml")),
    Attack("brand file that is a pipe", THEME, "file-unreadable theme-missing", prepare=pipe("house/_brand.yml")),
    Attack("template that is a link", THEME, "path-outside", prepare=link("house/report.html.j2", "OUT/theme/report.html.j2"), to="pdf"),
    Attack("trusted template that is a link", THEME, "path-outside", prepare=link("house/report.html.j2", "OUT/theme/report.html.j2"), to="pdf", options=("--trust",)),
    Attack("layouts that are a link", THEME, "path-outside", prepare=link("house/layouts.yml", "OUT/secret.yml"), to="pptx"),
    Attack("logo by dots", {**THEME, "house/_brand.yml": "logo: ../../outside/secret.svg\n"}, "path-outside"),
    Attack("logo that is a link", {**THEME, "house/_brand.yml": "logo: l.svg\n"}, "path-outside", prepare=link("house/l.svg", "OUT/secret.svg")),
    Attack("logo that is a pipe", {**THEME, "house/_brand.yml": "logo: p.png\n"}, "file-unreadable", prepare=pipe("house/p.png")),
    Attack("font by dots", {**THEME, "house/_brand.yml": "typography: {fonts: [{family: X, source: file, files: [../../outside/secret.txt]}], base: X}\n"}, "path-outside file-missing"),
    Attack("fonts in a linked folder", {**THEME, "house/_brand.yml": "typography: {base: Secret}\n"}, "font-missing path-outside", prepare=link("house/fonts", "OUT")),
    Attack("profile by dots", {**THEME, "house/_brand.yml": "defaults: {briefing: {print: {icc: ../../outside/secret.txt}}}\n"}, "path-outside"),
]  # fmt: skip


@pytest.mark.parametrize("attack", cases(ATTACKS, 6), ids=str)
def test_nothing_outside_is_read(attack: Attack, tmp_path: Path) -> None:
    judge(attack, tmp_path)

"""The set-up scripts: what they would install, and what they say where they cannot."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
TOOLS = ("sh", "grep", "find", "head", "ls", "env", "cat", "dirname")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Make a machine's PATH with the basic tools alone; tests add package managers."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (folder / tool).symlink_to(found)
    return folder


def command(machine: Path, name: str, body: str = "exit 0") -> None:
    path = machine / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def run(
    machine: Path, script: str, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(machine), "HOME": str(machine.parent), **variables}
    return subprocess.run(
        ["/bin/sh", str(SCRIPTS / script), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def as_root(machine: Path) -> None:
    command(machine, "id", "echo 0")


def as_user(machine: Path) -> None:
    command(machine, "id", "echo 1000")


@pytest.mark.parametrize(
    ("manager", "packages"),
    [
        ("apt-get", "libreoffice-writer-nogui libreoffice-impress-nogui poppler-utils"),
        ("dnf", "libreoffice-writer libreoffice-impress poppler-utils"),
        ("apk", "libreoffice-writer libreoffice-impress poppler-utils"),
        ("pacman", "libreoffice-fresh poppler"),
        ("brew", "libreoffice poppler"),
    ],
)
def test_every_package_manager_is_told_its_own_names(
    machine: Path, manager: str, packages: str
) -> None:
    command(machine, manager)
    as_root(machine)

    done = run(machine, "system-packages.sh", "--dry-run", "office")

    assert done.returncode == 0, done.stderr
    assert f"About to install by {manager}" in done.stdout
    assert "with which tests look at the outputs" in done.stdout
    last = done.stdout.strip().splitlines()[-1]
    assert last.startswith("would run: ") and last.endswith(packages)


def test_a_user_installs_by_sudo(machine: Path) -> None:
    command(machine, "apt-get")
    command(machine, "sudo")
    as_user(machine)

    done = run(machine, "system-packages.sh", "--dry-run", "node")

    assert "sudo may ask for your password" in done.stdout
    assert "would run: sudo env DEBIAN_FRONTEND=noninteractive apt-get" in done.stdout


def test_without_sudo_a_user_is_told_what_an_administrator_should_do(machine: Path) -> None:
    command(machine, "apt-get")
    as_user(machine)

    done = run(machine, "system-packages.sh", "node")

    assert done.returncode == 1
    assert "ask an administrator to\ninstall nodejs npm" in done.stderr


def test_without_any_package_manager_the_reason_is_given(machine: Path) -> None:
    as_root(machine)

    done = run(machine, "system-packages.sh", "node")

    assert done.returncode == 1
    assert "no apt-get, dnf, apk, pacman or brew" in done.stderr
    assert "to fetch Microsoft's Open XML validator" in done.stderr


def test_what_is_there_is_left_alone(machine: Path) -> None:
    command(machine, "npm")

    done = run(machine, "system-packages.sh", "node")

    assert (done.returncode, done.stdout) == (0, "")


@pytest.fixture
def libraries(machine: Path) -> Path:
    """Make a folder with the libraries that WeasyPrint opens."""
    folder = machine.parent / "lib"
    folder.mkdir()
    for name in ("pango-1.0", "pangoft2-1.0", "fontconfig", "harfbuzz", "harfbuzz-subset"):
        (folder / f"lib{name}.so.0").touch()
    return folder


def test_nothing_is_installed_where_the_libraries_are_there(machine: Path, libraries: Path) -> None:
    command(machine, "apt-get", "echo apt-get was called")
    as_root(machine)

    done = run(machine, "system-packages.sh", "print", LIBRARY_FOLDERS=str(libraries))

    assert (done.returncode, done.stdout) == (0, "")


def test_one_missing_library_is_enough_to_install(machine: Path, libraries: Path) -> None:
    command(machine, "apt-get")
    as_root(machine)
    (libraries / "libharfbuzz-subset.so.0").unlink()

    done = run(machine, "system-packages.sh", "--dry-run", "print", LIBRARY_FOLDERS=str(libraries))

    assert "  - libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0\n" in done.stdout
    assert "(Pango and HarfBuzz, with which WeasyPrint sets the PDF)" in done.stdout


def test_only_what_is_missing_is_named(machine: Path, libraries: Path) -> None:
    command(machine, "apt-get")
    as_root(machine)

    folders = {"LIBRARY_FOLDERS": str(libraries), "FONT_FOLDERS": "/nowhere"}
    done = run(machine, "system-packages.sh", "--dry-run", "print", "fonts", **folders)

    assert "fonts-noto-core fonts-noto-mono" in done.stdout
    assert "pango" not in done.stdout.lower()


def test_a_failure_of_the_package_manager_ends_the_set_up(machine: Path) -> None:
    command(machine, "dnf", "echo 'no such package'; exit 7")
    as_root(machine)

    done = run(machine, "system-packages.sh", "node")

    assert done.returncode == 1
    assert done.stderr == "dnf could not install nodejs npm\n"


def test_what_is_still_not_found_afterwards_is_said_and_does_not_end_the_set_up(
    machine: Path,
) -> None:
    command(machine, "apk", "exit 0")
    as_root(machine)

    done = run(machine, "system-packages.sh", "node")

    assert done.returncode == 0
    assert done.stderr.startswith("Installed, but not where we looked for it: Node.js with npm")


def test_whoever_knows_better_can_skip_the_system_packages(machine: Path) -> None:
    done = run(machine, "system-packages.sh", "node", SYSTEM_PACKAGES="skip")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_java_that_only_says_where_to_get_one_is_no_java(machine: Path) -> None:
    command(machine, "java", "echo 'visit java.com'; exit 1")
    command(machine, "mvn")
    command(machine, "pacman")
    as_root(machine)

    done = run(machine, "system-packages.sh", "--dry-run", "java")

    assert "jre-openjdk-headless maven" in done.stdout


@pytest.mark.parametrize("full", [True, False])
def test_package_lists_are_fetched_only_where_they_are_missing(machine: Path, full: bool) -> None:
    command(machine, "apt-get")
    as_root(machine)
    lists = machine.parent / "lists"
    lists.mkdir()
    if full:
        (lists / "main_Packages.lz4").write_text("")

    done = run(machine, "system-packages.sh", "--dry-run", "node", APT_LISTS=str(lists))

    assert ("would run: apt-get update" in done.stdout) is not full


def test_an_old_python_is_refused_with_what_to_do(machine: Path) -> None:
    command(machine, "python3", 'test "$1" = --version && echo "Python 3.9.2"; exit 1')

    done = run(machine, "find-python.sh")

    assert done.returncode == 1
    assert "There is no Python 3.11 or newer here (python3 is Python 3.9.2)" in done.stderr


def test_the_first_good_python_is_taken(machine: Path) -> None:
    command(machine, "python3.12")
    command(machine, "python3", "exit 1")

    done = run(machine, "find-python.sh")

    assert done.stdout.strip() == str(machine / "python3.12")


def test_the_lock_names_no_host_and_pins_weasyprint() -> None:
    lock = (SCRIPTS.parent / "requirements.lock").read_text(encoding="utf-8")

    assert "weasyprint==70.0 " in lock
    assert "://" not in lock and "--index-url" not in lock


def test_the_lock_has_every_package_that_the_project_names() -> None:
    project = tomllib.loads((SCRIPTS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    lock = (SCRIPTS.parent / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))

    assert {re.split(r"[\[<>=~]", name)[0].lower() for name in wanted} <= locked


@pytest.fixture
def faces(machine: Path, tmp_path: Path) -> Path:
    """Make a folder of Python packages with one typeface, and the tools that copy it."""
    for tool in ("uname", "mkdir", "cp"):
        found = shutil.which(tool)
        assert found, tool
        (machine / tool).symlink_to(found)
    files = tmp_path / "packages" / "font_source_sans_pro" / "files"
    files.mkdir(parents=True)
    (files / "SourceSansPro-Regular.ttf").write_bytes(b"a face")
    (files / "SourceSansPro-Regular.otf").write_bytes(b"the same for others")
    return tmp_path / "packages"


def test_the_themes_fonts_come_to_the_user_once_and_are_announced(
    machine: Path, faces: Path, tmp_path: Path
) -> None:
    first = run(machine, "user-fonts.sh", str(faces), XDG_DATA_HOME=str(tmp_path / "data"))
    again = run(machine, "user-fonts.sh", str(faces), XDG_DATA_HOME=str(tmp_path / "data"))

    folder = tmp_path / "data" / "fonts" / "briefing-builder"
    assert [path.name for path in folder.iterdir()] == ["SourceSansPro-Regular.ttf"]
    assert f"Putting the theme's fonts into {folder}" in first.stdout
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_font_folder_that_cannot_be_written_stops_nothing(
    machine: Path, faces: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")

    done = run(machine, "user-fonts.sh", str(faces), XDG_DATA_HOME=str(tmp_path / "data"))

    assert done.returncode == 0
    assert "cannot be made; going on without" in done.stderr


def test_the_users_fonts_can_be_left_alone(machine: Path, faces: Path, tmp_path: Path) -> None:
    data = str(tmp_path / "data")

    done = run(machine, "user-fonts.sh", str(faces), XDG_DATA_HOME=data, USER_FONTS="skip")

    assert done.returncode == 0 and not (tmp_path / "data").exists()

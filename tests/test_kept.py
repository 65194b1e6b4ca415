"""Finished builds, kept: what has not changed is not built again, and nothing else is taken for it."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import kept
from builder.cli import main
from builder.job import Copy, Job, WordOptions
from tests.readers.test_editions import project

Run = Callable[..., str]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("BRIEFING_FORCE")
    return tmp_path / "cache" / "kept"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    yaml = "editions: {x: {title: Another}}\n"
    return project(tmp_path / "report", yaml, "Text.\n\n[^1]: nothing calls it")


@pytest.fixture
def build(root: Path, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Build the deck; give "kept" where nothing was built, else "built"."""

    def build(*options: str, out: str = "out", code: int = 0) -> str:
        asked = ["build", str(root), "-t", "pptx", "-d", str(tmp_path / out), *options]
        assert main(asked) == code
        told = capsys.readouterr()
        assert ("footnote-unused" in told.err) is (code != 1)  # findings are told again
        return "kept" if "nothing has changed" in told.out else "built"

    return build


def test_what_has_not_changed_is_not_built_again(build: Run, tmp_path: Path) -> None:
    assert build() == "built"
    path = tmp_path / "out" / "report.pptx"
    before = path.read_bytes(), path.stat().st_mtime_ns

    assert build() == "kept"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_outputs_that_are_gone_or_changed_come_back_byte_for_byte(
    build: Run, tmp_path: Path
) -> None:
    build()
    path = tmp_path / "out" / "report.pptx"
    data = path.read_bytes()

    path.unlink()
    assert build() == "kept" and path.read_bytes() == data
    path.write_bytes(b"changed")
    assert build() == "kept" and path.read_bytes() == data
    assert build(out="elsewhere") == "kept"
    assert (tmp_path / "elsewhere" / "report.pptx").read_bytes() == data


def test_force_builds_all_the_same(build: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    build()

    assert build("--force") == "built"
    monkeypatch.setenv("BRIEFING_FORCE", "1")
    assert build() == "built"


@pytest.mark.parametrize("file", ["sections/01-one.md", "briefing.yml", "data/new.csv"])
def test_any_change_of_the_content_builds_anew(build: Run, root: Path, file: str) -> None:
    build()
    with (root / file).open("a") as text:
        text.write("\n")

    assert build() == "built"
    assert build() == "kept"


def test_other_options_are_another_build(build: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    build()

    assert build("--edition", "x") == "built"
    assert build("--strict", code=3) == "built"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert build() == "built"


def test_what_went_wrong_is_not_kept(build: Run, root: Path) -> None:
    section = root / "sections" / "01-one.md"
    section.write_text(section.read_text().replace("[^1]: nothing calls it", "@fig-none"))

    assert build(code=1) == "built"
    assert build(code=1) == "built"


@pytest.mark.parametrize(
    "damage",
    [b"", *(pytest.param(d, marks=pytest.mark.long) for d in (b"{", b"x" * 100, b'0\n{"artifacts": []}'))],
)  # fmt: skip
@pytest.mark.parametrize("what", ["builds/*.json", "files/*/*"])
def test_a_damaged_cache_is_noticed_and_built_anew(
    build: Run, cache: Path, tmp_path: Path, what: str, damage: bytes
) -> None:
    build()
    path = tmp_path / "out" / "report.pptx"
    data = path.read_bytes()
    path.unlink()
    (file,) = cache.glob(what)
    file.write_bytes(damage)

    assert build() == "built"
    assert path.read_bytes() == data
    path.unlink()
    assert build() == "kept" and path.read_bytes() == data


def test_an_entry_that_was_tampered_with_is_none(build: Run, cache: Path) -> None:
    build()
    (entry,) = cache.glob("builds/*.json")
    entry.write_bytes(entry.read_bytes().replace(b"report.pptx", b"../rep.pptx"))

    assert build() == "built"


def test_a_font_that_was_exchanged_builds_anew(build: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    monkeypatch.setattr(kept, "_states", lambda paths: [[path, 1, 1] for path in paths])

    assert build() == "built"


def test_another_program_or_font_folder_is_another_key(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = kept.key_of(Job(root))
    monkeypatch.setattr(kept, "_program", lambda: iter(["another"]))
    second = kept.key_of(Job(root))
    monkeypatch.setattr(kept, "SYSTEM_FOLDERS", (str(tmp_path),))
    third = kept.key_of(Job(root))
    (tmp_path / "installed").mkdir()
    fourth = kept.key_of(Job(root))

    assert first and len({first, second, third, fourth}) == 4


def test_another_package_native_library_or_zlib_is_another_key(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A package is known by the name of its metadata's folder, which nobody reads."""
    installed, library = tmp_path / "fonttools-1.dist-info", tmp_path / "libpango.so.1"
    installed.mkdir()
    library.write_bytes(b"a")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(kept, "native_libraries", lambda: (library,))

    keys = [kept.key_of(Job(root)), kept.key_of(Job(root))]
    installed.rename(tmp_path / "fonttools-2.dist-info")
    keys.append(kept.key_of(Job(root)))
    library.write_bytes(b"ab")
    keys.append(kept.key_of(Job(root)))
    monkeypatch.setattr(zlib, "ZLIB_RUNTIME_VERSION", "0")
    keys.append(kept.key_of(Job(root)))

    assert keys[0] == keys[1] and len(set(keys)) == 4


def test_keys_tell_jobs_apart_and_know_what_cannot_be_kept(root: Path, tmp_path: Path) -> None:
    jobs = [
        Job(root),
        Job(root, ("pdf",)),
        Job(root, strict=True),
        Job(root, for_print=True),
        Job(root, copy=Copy("x")),
        Job(root, copy=Copy(values=(("a", "b"),))),
        Job(root, word=WordOptions(draft=True)),
        Job(root, theme=tmp_path),
    ]

    assert len({kept.key_of(job) for job in jobs}) == len(jobs)
    assert kept.key_of(Job(root, output=tmp_path)) == kept.key_of(Job(root))
    assert kept.key_of(Job(root, word=WordOptions("libreoffice"))) is None
    assert kept.key_of(Job(root, deck_map=True)) is None


def test_content_that_changes_while_it_is_built_is_not_kept(
    build: Run, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = iter("ab")
    monkeypatch.setattr(kept, "key_of", lambda job: next(keys))
    build("--force")

    assert not list(cache.glob("builds/*"))


def test_a_cache_that_cannot_be_written_is_none(build: Run, cache: Path) -> None:
    cache.parent.write_text("in the way")

    assert build() == "built"
    assert build() == "built"


def test_two_builds_at_the_same_time_share_the_cache(
    root: Path, tmp_path: Path, cache: Path
) -> None:
    def start(out: str) -> subprocess.Popen[bytes]:
        asked = ["build", str(root), "-t", "pptx", "-d", str(tmp_path / out), "-q"]
        return subprocess.Popen([sys.executable, "-m", "builder", *asked], stderr=subprocess.PIPE)

    both = [start("a"), start("b")]
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        assert process.stderr is not None
        process.stderr.close()

    made = {(tmp_path / out / "report.pptx").read_bytes() for out in "ab"}
    assert len(made) == 1
    assert len(list(cache.glob("builds/*"))) == len(list(cache.glob("files/*/*"))) == 1


def test_the_oldest_builds_are_forgotten_first(
    build: Run, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_ENTRIES", 2)
    section = root / "sections" / "01-one.md"
    for words in ("a", "b", "c"):
        section.write_text(section.read_text().replace("Text", f"Text {words}"))
        build()

    assert build() == "kept"
    assert len(list(cache.glob("builds/*"))) == len(list(cache.glob("files/*/*"))) == 2


def test_nothing_heavy_is_imported_where_nothing_has_changed(
    build: Run, root: Path, tmp_path: Path
) -> None:
    build()
    code = (
        "import sys\nfrom builder.cli import main\n"
        f"main(['build', {str(root)!r}, '-t', 'pptx', '-d', {str(tmp_path / 'out')!r}, '-q'])\n"
        "print(sorted({'weasyprint', 'docx', 'pptx', 'pydantic', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_cache_that_cannot_be_written_is_told_and_stops_nothing(
    root: Path,
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "file"))

    assert main(["build", str(root), "-t", "pptx", "-d", str(tmp_path / "out")]) == 0

    assert (tmp_path / "out" / "report.pptx").is_file()
    told = capsys.readouterr().err
    assert "note[machine-lacks]: nothing is kept of this build" in told
    assert "BRIEFING_CACHE" in told

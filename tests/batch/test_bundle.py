"""What travels to a cluster: a project and its themes, known by their digest."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from builder.batch.bundle import Bundle, moved, packed, unpacked
from builder.batch.copying import make_copy
from builder.batch.remote import NOTHING, copy_there, makers_of, to_send
from builder.diagnostics import Code
from builder.job import Job
from tests.batch.batches import small


def test_the_same_content_gives_the_same_bundle(tmp_path: Path) -> None:
    one, other = small(tmp_path / "a"), small(tmp_path / "b")
    first = packed(Job(one))
    (other / ".hidden").write_text("x")
    (other / "out").mkdir()
    (other / "out" / "x.pdf").write_text("x")

    assert packed(Job(other), apart=(other / "out",)) == first
    assert packed(Job(other)) != first
    assert sha256(first.data).hexdigest() == first.digest


def test_a_bundle_holds_no_theme_that_is_a_link(tmp_path: Path) -> None:
    root, elsewhere = small(tmp_path / "content"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "_brand.yml").write_text("color: {}\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "far").symlink_to(elsewhere)

    held = [
        zipfile.ZipFile(io.BytesIO(packed(Job(root, trust=trust)).data)).namelist()
        for trust in (False, True)
    ]

    assert [any("/far/" in name for name in names) for names in held] == [False, True]


def test_a_bundle_holds_all_that_a_copy_is_made_of(tmp_path: Path) -> None:
    """A theme beside the content, and one named on the command line, go with it."""
    root = small(tmp_path / "content")
    own = tmp_path / "templates" / "own"
    own.mkdir(parents=True)
    (own / "_brand.yml").write_text("color: {primary: '#112233'}\n")
    (root / "briefing.yml").write_text((root / "briefing.yml").read_text() + "theme: own\n")
    here = Job(root, ("pptx",))

    folder = unpacked(packed(here), tmp_path / "there")
    there = moved(here, folder)

    assert there.project.is_relative_to(folder)
    assert make_copy(there).artifacts == make_copy(here).artifacts != ()
    named = Job(root, ("pptx",), theme=own)
    again = moved(named, unpacked(packed(named), tmp_path / "there"))
    assert again.theme and (again.theme / "_brand.yml").is_file()


def test_a_bundle_is_unpacked_once_and_only_whole(tmp_path: Path) -> None:
    bundle = packed(Job(small(tmp_path)))
    folder = unpacked(bundle, tmp_path / "there")
    (folder / "mark").write_text("x")

    assert unpacked(bundle, tmp_path / "there") == folder and (folder / "mark").is_file()
    with pytest.raises(ValueError, match="damaged"):
        unpacked(Bundle(bundle.digest, bundle.data[:-1]), tmp_path / "elsewhere")
    assert not list(tmp_path.glob("elsewhere/*"))


def test_a_bundle_that_names_files_elsewhere_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("../x", "x")
    data = held.getvalue()

    with pytest.raises(ValueError, match="elsewhere"):
        unpacked(Bundle(sha256(data).hexdigest(), data), tmp_path / "there")
    assert not (tmp_path / "x").exists() and not list(tmp_path.glob("there/*"))


def test_another_builder_on_the_worker_makes_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job(small(tmp_path), ("pptx",))
    (sent,) = to_send({"x": job}).values()
    monkeypatch.setattr("builder.batch.remote._place", lambda: tmp_path / "there")
    bundle = packed(job)

    assert copy_there(sent, bundle).artifacts
    monkeypatch.setattr("builder.batch.remote.makers_of", lambda *what: "another")
    assert "another version of the builder" in copy_there(sent, bundle).found[0].message
    assert "cannot use the bundle" in copy_there(sent, NOTHING).found[0].message


def test_findings_name_files_as_the_machine_that_asked_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(tmp_path, "See @fig-none.\n")
    job = Job(root, ("pptx",))
    monkeypatch.setattr("builder.batch.remote._place", lambda: tmp_path / "there")

    (sent,) = to_send({"x": job}).values()

    assert copy_there(sent, packed(job)).found == make_copy(job).found != ()


def test_a_theme_that_travelled_is_found_fault_with_as_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped one is no stranger's there; one beside the content is named from its bundle."""
    root = small(tmp_path / "content", "Words.\n")
    monkeypatch.setattr("builder.batch.remote._place", lambda: tmp_path / "there")
    monkeypatch.chdir(tmp_path)
    shipped = Job(root, ("pptx",))
    (sent,) = to_send({"x": shipped}).values()
    assert copy_there(sent, packed(shipped)).found == ()

    own = tmp_path / "templates" / "own"
    own.mkdir(parents=True)
    (own / "_brand.yml").write_text("typography: {link: {weight: 700}}\n")
    (root / "briefing.yml").write_text((root / "briefing.yml").read_text() + "theme: own\n")
    makers_of.cache_clear()
    (sent,) = to_send({"x": shipped}).values()

    found = copy_there(sent, packed(shipped)).found

    assert [(d.at.file, d.code) for d in found] == [("templates/own/_brand.yml", Code.KEY_UNKNOWN)]
    assert found == make_copy(shipped).found

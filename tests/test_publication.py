"""Files are replaced together: by two at once, on a full disk, and after any kill."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import pytest

from builder.diagnostics import Diagnostics
from builder.output import publish
from builder.publication import replace_together, settle
from builder.writers.base import Artifact
from tests.attacks.arena import BASE, make

NEW = {"a.pdf": b"new a", "b.docx": b"new b"}
OLD = {"a.pdf": b"old a", "b.docx": b"old b"}


def held(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


def staged(folder: Path, *, ready: bool) -> Path:
    """Leave what a process leaves that was killed while it replaced the second file."""
    staging = folder / ".staging-x"
    make(staging, {".briefing": "", "b.docx": b"new b", "a.pdf.old": b"old a"})
    if ready:
        make(staging, {".ready": json.dumps(["a.pdf", "b.docx"])})
    return staging


def test_what_was_begun_and_certain_is_carried_out(tmp_path: Path) -> None:
    make(tmp_path, {"a.pdf": b"new a", "b.docx": b"old b"})
    staged(tmp_path, ready=True)

    settle(tmp_path)

    assert held(tmp_path) == NEW
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == []


def test_what_was_not_certain_is_removed(tmp_path: Path) -> None:
    make(tmp_path, OLD)
    staged(tmp_path, ready=False)

    settle(tmp_path)

    assert held(tmp_path) == OLD
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == []


def test_what_others_keep_in_the_folder_stays(tmp_path: Path) -> None:
    make(
        tmp_path, {**OLD, "notes.txt": "mine", ".staging-mine/notes.txt": "mine", "deep/x": "mine"}
    )

    replace_together(NEW, tmp_path)

    assert held(tmp_path) == {**NEW, "notes.txt": b"mine"}
    assert (tmp_path / ".staging-mine" / "notes.txt").read_text() == "mine"
    assert (tmp_path / "deep" / "x").read_text() == "mine"


STRANGE_LISTS: dict[str, str] = {
    "out of the folder": '["../victim", "a.pdf"]',
    "far out of the folder": '["../../victim"]',
    "a whole path": '["/etc/passwd"]',
    "a folder": '["deep"]',
    "hidden": '[".briefing"]',
    "no name": '["", "a.pdf"]',
    "a name that no file can have": '["a\\u0000.pdf"]',
    "half a character": '["\\ud800.pdf"]',
    "no text": "[1, null]",
    "no list": '{"a.pdf": 1}',
    "a number": "7",
    "no JSON": "[{",
    "no UTF-8": "\udcff\udcfe",
    "nested without end": "[" * 200_000,
    "more than any list": '["a.pdf"' + " " * 1_000_001 + "]",
}


@pytest.mark.parametrize("written", STRANGE_LISTS.values(), ids=STRANGE_LISTS)
def test_a_list_that_is_none_of_ours_moves_nothing(written: str, tmp_path: Path) -> None:
    """Whoever unpacks a stranger's folder, and builds in it, has the stranger's outputs there."""
    folder = make(tmp_path / "in" / "out", {**OLD, "deep/x": "mine", ".staging-x/.briefing": ""})
    make(folder / ".staging-x", {"victim": "bad", "a.pdf": "bad", "deep/y": "bad"})
    (folder / ".staging-x" / ".ready").write_bytes(written.encode("utf-8", "surrogateescape"))
    before = everything(tmp_path)

    settle(folder)
    assert everything(tmp_path) == before

    replace_together(NEW, folder)
    assert everything(tmp_path) == before | {f"in/out/{name}": data for name, data in NEW.items()}


def test_links_and_pipes_that_look_like_ours_are_left_alone(tmp_path: Path) -> None:
    make(tmp_path, {"else/.briefing": "", "else/a.pdf": "bad", "else/.ready": '["a.pdf"]'})
    out = make(tmp_path / "out", OLD)
    (out / ".staging-1").symlink_to(tmp_path / "else")
    for name, part in (("2", ".briefing"), ("3", ".ready"), ("4", "a.pdf")):
        staging = make(out / f".staging-{name}", {".briefing": "", ".ready": '["a.pdf"]'})
        (staging / part).unlink(missing_ok=True)
        (staging / part).symlink_to(tmp_path / "else" / part)
    staging = make(out / ".staging-5", {".briefing": ""})
    os.mkfifo(staging / ".ready")
    before = everything(tmp_path)

    settle(out)

    assert everything(tmp_path) == before
    assert sorted(p.name for p in out.glob(".staging-*")) == [f".staging-{n}" for n in range(1, 6)]


def test_outputs_that_are_links_are_replaced_and_what_they_lead_to_is_not(tmp_path: Path) -> None:
    make(tmp_path, {"mine.txt": "mine"})
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.pdf").symlink_to(tmp_path / "mine.txt")
    (out / "b.docx").symlink_to("/dev/zero")
    (out / "c.pptx").symlink_to("nowhere")

    replace_together({**NEW, "c.pptx": b"new c"}, out)

    assert held(out) == {**NEW, "c.pptx": b"new c"}
    assert not any(path.is_symlink() for path in out.iterdir())
    assert (tmp_path / "mine.txt").read_text() == "mine"


def everything(folder: Path) -> dict[str, bytes]:
    """Give all plain files below a folder; links are not followed."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_two_at_once_are_both_whole(tmp_path: Path) -> None:
    sets = [{name: f"{n}".encode() * 200_000 for name in NEW} for n in range(6)]
    threads = [threading.Thread(target=replace_together, args=(s, tmp_path)) for s in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert held(tmp_path) in sets
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == []


def test_a_file_that_is_open_elsewhere_keeps_its_old_words_there(tmp_path: Path) -> None:
    make(tmp_path, OLD)
    with (tmp_path / "a.pdf").open("rb") as reading:
        replace_together(NEW, tmp_path)
        assert reading.read() == b"old a"

    assert held(tmp_path) == NEW


def test_a_signal_that_another_thread_takes_waits_until_all_is_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in a batch: the threads that look after its processes may be told first."""
    make(tmp_path, OLD)
    idle = threading.Event()
    thread = threading.Thread(target=idle.wait)
    thread.start()
    replace = os.replace

    def interrupted(source: object, target: object) -> None:
        assert thread.ident is not None
        signal.pthread_kill(thread.ident, signal.SIGINT)
        time.sleep(0.01)
        replace(str(source), str(target))

    monkeypatch.setattr(os, "replace", interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            replace_together(NEW, tmp_path)
    finally:
        idle.set()
        thread.join()

    assert held(tmp_path) == NEW
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == []


ARTIFACTS = tuple(Artifact(name, "pdf", data * 100_000, 1) for name, data in NEW.items())


def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    make(tmp_path, OLD)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    log = Diagnostics()
    try:
        assert publish(ARTIFACTS, tmp_path, log) == ()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [d.code.value for d in log] == ["output-unwritable"]
    assert held(tmp_path) == OLD
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == []


def test_a_small_disk_that_fills_up_leaves_the_old_files(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no small disk may be mounted here")
    try:
        make(disk, OLD)
        log = Diagnostics()

        assert publish(ARTIFACTS, disk, log) == ()

        assert "No space left" in str(*log)
        assert held(disk) == OLD
    finally:
        subprocess.run(["umount", str(disk)], check=True)


NOBODY = 65534


def told_by_nobody(folder: Path) -> list[str]:
    """Publish as a user who owns nothing here; give the codes of what was found."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            log = Diagnostics()
            assert publish(ARTIFACTS, folder, log) == ()
            os.write(writing, " ".join(d.code.value for d in log).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as told:
        codes = told.read().split()
    _, status = os.waitpid(child, 0)
    assert os.WEXITSTATUS(status) == 0
    return codes


def test_a_folder_that_may_not_be_written_is_an_error() -> None:
    with tempfile.TemporaryDirectory() as name:  # tmp_path stands where nobody else may look
        folder = Path(name)
        make(folder, OLD)
        folder.chmod(0o555)
        try:
            assert told_by_nobody(folder) == ["output-unwritable"]
            assert told_by_nobody(folder / "new") == ["output-unwritable"]
        finally:
            folder.chmod(0o755)

        assert held(folder) == OLD
        assert [p.name for p in folder.iterdir() if p.is_dir()] == []


def test_a_disk_that_is_read_only_leaves_the_old_files(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        make(disk, OLD)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        log = Diagnostics()

        assert publish(ARTIFACTS, disk, log) == ()

        assert [d.code.value for d in log] == ["output-unwritable"]
        assert "Read-only file system" in str(*log)
        assert held(disk) == OLD
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_builds_of_one_project_at_once_are_both_right(tmp_path: Path) -> None:
    """One of the old text and one of the new: the last to write wins, whole."""
    out, sets = tmp_path / "out", []
    projects = [make(tmp_path / str(n) / "p", BASE) for n in range(2)]
    (projects[1] / "sections" / "01-one.md").write_text("---\ntitle: Two\n---\n\nOther text.\n")
    for project in projects:
        subprocess.run(command(project, project / "out"), check=True)
        sets.append(held(project / "out"))

    running = [subprocess.Popen(command(project, out)) for project in projects]

    assert [process.wait(120) for process in running] == [0, 0]
    assert held(out) in sets and sets[0] != sets[1]
    assert [p.name for p in out.iterdir() if p.is_dir()] == []


def test_a_build_on_a_full_disk_ends_in_a_finding(tmp_path: Path) -> None:
    """Outputs and temporary files alike: there is room for nothing."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no small disk may be mounted here")
    try:
        make(disk / "out", {"p.docx": b"old"})
        words = command(make(tmp_path / "p", BASE), disk / "out")
        for folder in (str(tmp_path), str(disk)):
            done = subprocess.run(
                words, capture_output=True, text=True, env={**os.environ, "TMPDIR": folder}
            )
            assert done.returncode == 1
            assert "error[output-unwritable]" in done.stderr and "Traceback" not in done.stderr
            assert held(disk / "out") == {"p.docx": b"old"}
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_outputs_never_stand_among_their_sources(target: str, tmp_path: Path) -> None:
    sources = make(tmp_path / "all" / "project", BASE)
    log = Diagnostics()

    assert publish(ARTIFACTS, sources / target, log, (sources,)) == ()

    assert [d.code.value for d in log] == ["output-unwritable"]
    assert sorted(p.name for p in sources.iterdir()) == [
        "briefing.yml",
        "data",
        "images",
        "sections",
    ]


# ---------------------------------------------------------------- kill -9


def command(project: Path, out: Path) -> list[str]:
    build = [sys.executable, "-m", "builder", "build", str(project), "-d", str(out), "-q"]
    return [*build, "-t", "docx,pptx", "--no-embed-fonts"]


def children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children")
    return [int(n) for n in told.read_text().split()] if told.exists() else []


def alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def kill_one(project: Path, out: Path, whom: str, moment: float, *, saving: bool) -> None:
    """Build, and kill a process of the build at a moment: of the whole, or of the saving."""
    process = subprocess.Popen(
        command(project, out), start_new_session=True, stderr=subprocess.DEVNULL
    )
    started = time.monotonic()
    if saving:
        while process.poll() is None and not any(out.glob(".staging-*")):
            time.sleep(0.0005)
        time.sleep(moment * 0.03)
    else:
        time.sleep(moment)
    inner = children(process.pid)
    if process.poll() is None:
        if whom == "both":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            os.kill(process.pid if whom == "parent" or not inner else inner[0], signal.SIGKILL)
    process.wait(60)
    while any(alive(child) for child in inner):
        assert time.monotonic() - started < 90, "the child has outlived its parent"
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for children")
@pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.long)])
def test_after_a_kill_the_outputs_are_all_old_or_all_new(count: int, tmp_path: Path) -> None:
    dice = random.Random(count)
    old, new = make(tmp_path / "old" / "p", BASE), make(tmp_path / "new" / "p", BASE)
    (new / "sections" / "01-one.md").write_text("---\ntitle: Two\n---\n\nOther text.\n")
    sets, seconds = [], 0.0
    for project in (old, new):
        started = time.monotonic()
        subprocess.run(command(project, project / "out"), check=True)
        seconds = time.monotonic() - started
        sets.append(held(project / "out"))
    seen = {"old": 0, "new": 0}
    for kill in range(count):
        out = make(tmp_path / f"out{kill}", {**sets[0], "mine.txt": "mine"})
        whom = ("parent", "child", "both")[kill % 3]
        saving = kill % 2 == 0
        moment = dice.random() * (1 if saving else seconds)

        kill_one(new, out, whom, moment, saving=saving)
        if whom == "both":
            settle(out)  # as the next command does

        found = held(out)
        assert found.pop("mine.txt") == b"mine"
        assert found in sets, (kill, whom, moment, sorted(found))
        seen["new" if found == sets[1] else "old"] += 1
        for name in found:
            assert zipfile.ZipFile(out / name).testzip() is None
    assert seen["old"] + seen["new"] == count
    assert seen["old"] and (count < 50 or seen["new"]), seen
    print(f"{count} kills: {seen['old']} times all old, {seen['new']} times all new")

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
from collections.abc import Callable
from pathlib import Path

import pypdfium2
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
        assert publish(ARTIFACTS, tmp_path, log, ()) == ()
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

        assert publish(ARTIFACTS, disk, log, ()) == ()

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
            assert publish(ARTIFACTS, folder, log, ()) == ()
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

        assert publish(ARTIFACTS, disk, log, ()) == ()

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


@pytest.mark.parametrize("target", [".", "..", "../..", "sections", "data", "images", "deep"])
def test_outputs_never_stand_among_their_sources(target: str, tmp_path: Path) -> None:
    sources = make(tmp_path / "all" / "project", {**BASE, "deep/down/x.csl": "<style/>"})
    before, log = everything(tmp_path), Diagnostics()

    assert publish(ARTIFACTS, sources / target, log, (sources,)) == ()

    assert [d.code.value for d in log] == ["output-unwritable"]
    assert everything(tmp_path) == before


def test_a_folder_of_their_own_may_lie_in_the_project(tmp_path: Path) -> None:
    sources = make(tmp_path / "p", {**BASE, "out/a.pdf": "old", "output/p/x.md": "mine"})

    for folder in (sources / "out", sources / "new", sources / "output" / "p"):
        assert publish(ARTIFACTS, folder, Diagnostics(), (sources,))
        assert publish(ARTIFACTS, folder, Diagnostics(), (sources,))


# ---------------------------------------------------------------- the disk


def test_all_is_on_the_disk_before_anything_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a machine that loses its power has the old outputs, or can carry out the rest."""
    make(tmp_path, OLD)
    done: list[tuple[str, int]] = []
    sync, replace, rename = os.fsync, os.replace, os.rename

    def synced(descriptor: int) -> None:
        done.append(("synced", os.fstat(descriptor).st_ino))
        sync(descriptor)

    def moved(source: Path, target: Path) -> None:
        done.append(("moved", source.stat().st_ino))
        replace(source, target)

    def listed(source: Path, target: Path) -> None:
        done.append(("list", source.stat().st_ino))
        done.append(("staging", source.parent.stat().st_ino))
        rename(source, target)

    for name, told in (("fsync", synced), ("replace", moved), ("rename", listed)):
        monkeypatch.setattr(os, name, told)

    replace_together(NEW, tmp_path)

    whole = dict(done)
    files = [(tmp_path / name).stat().st_ino for name in NEW]
    first = done.index(("moved", files[0]))
    named = done.index(("list", whole["list"]))
    before, after = done[:named], done[named:first]
    assert [("synced", file) in before for file in files] == [True, True]
    assert ("synced", whole["list"]) in before
    assert before.count(("synced", whole["staging"])) == 1  # the names of what is staged
    assert after.count(("synced", whole["staging"])) == 1  # the name of the list
    assert [what for what, _ in done[first:]] == ["moved", "moved", "synced"]
    assert done[-1] == ("synced", tmp_path.stat().st_ino)


# ---------------------------------------------------------------- kill -9

CALLS = ("fsync", "link", "mkdir", "rename", "replace", "rmdir", "unlink")


def killed_at(call: int, folder: Path) -> bool:
    """Replace files in a process that is killed before its call of that number; False: it ended."""
    child = os.fork()
    if not child:
        count = iter(range(call))

        def counted(do: Callable[..., object]) -> Callable[..., object]:
            def call_it(*arguments: object, **named: object) -> object:
                if next(count, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                return do(*arguments, **named)

            return call_it

        for name in CALLS:
            setattr(os, name, counted(getattr(os, name)))
        try:
            replace_together(NEW, folder)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_after_a_kill_at_any_call_each_file_is_whole_and_all_are_once_it_is_settled(
    tmp_path: Path,
) -> None:
    """Between the first and the last of the moves, and there only, some are old and some are new.

    There is no call that moves several files at once; the next command carries out the rest.
    """
    seen: list[str] = []
    for call in range(99):
        folder = make(tmp_path / str(call), {**OLD, "mine.txt": "mine"})
        if not killed_at(call, folder):
            break
        found = held(folder)
        assert found.pop("mine.txt") == b"mine"
        assert all(found[name] in (OLD[name], NEW[name]) for name in NEW)
        seen.append("old" if found == OLD else "new" if found == NEW else "mixed")

        settle(folder)

        after = held(folder)
        assert after.pop("mine.txt") == b"mine"
        assert after == NEW or (after == OLD and seen[-1] == "old")
        assert [p.name for p in folder.iterdir() if p.is_dir()] == []


def command(project: Path, out: Path, to: str = "docx,pptx") -> list[str]:
    build = [sys.executable, "-m", "builder", "build", str(project), "-d", str(out), "-q"]
    return [*build, "-t", to, "--no-embed-fonts"]


def below(process: int) -> list[int]:
    """Give the processes that one has started, and theirs."""
    told = Path(f"/proc/{process}/task/{process}/children")
    try:
        found = [int(n) for n in told.read_text().split()]
    except OSError:
        return []
    return [*found, *(other for child in found for other in below(child))]


def alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def kill_one(words: list[str], out: Path, whom: str, moment: float, *, saving: bool) -> None:
    """Build, and kill a process of the build at a moment: of the whole, or of the saving.

    Wait until all others have ended as well: what is there then, a reader finds there.
    """
    process = subprocess.Popen(words, start_new_session=True, stderr=subprocess.DEVNULL)
    started = time.monotonic()
    if saving:
        while process.poll() is None and not any(out.glob(".staging-*")):
            time.sleep(0.0005)
        time.sleep(moment * 0.03)
    else:
        time.sleep(moment)
    inner = below(process.pid)
    if process.poll() is None:
        if whom == "all":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            os.kill(process.pid if whom == "parent" or not inner else inner[0], signal.SIGKILL)
    process.wait(60)
    while any(alive(child) for child in inner):
        assert time.monotonic() - started < 90, "a process has outlived its parent"
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for children")
@pytest.mark.parametrize(
    ("count", "to"),
    [
        (20, "docx,pptx"),
        pytest.param(200, "docx,pptx", marks=pytest.mark.long),
        pytest.param(200, "pdf,docx,pptx", marks=pytest.mark.long),
    ],
)
def test_after_a_kill_the_outputs_are_all_old_or_all_new(
    count: int, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at as they lie there, before any command settles what was begun, and afterwards.

    Where all processes are killed between two moves, some are new until then; that is counted.
    """
    monkeypatch.setenv("BRIEFING_PROCESSES", "2")  # they help with PDF only
    dice = random.Random(count)
    old, new = make(tmp_path / "old" / "p", BASE), make(tmp_path / "new" / "p", BASE)
    (new / "sections" / "01-one.md").write_text("---\ntitle: Two\n---\n\nOther text.\n")
    sets, seconds = [], 0.0
    for project in (old, new):
        started = time.monotonic()
        subprocess.run(command(project, project / "out", to), check=True)
        seconds = time.monotonic() - started
        sets.append(held(project / "out"))
    seen = {"old": 0, "new": 0, "mixed": 0}
    for kill in range(count):
        out = make(tmp_path / f"out{kill}", {**sets[0], "mine.txt": "mine"})
        whom = ("parent", "child", "all")[kill % 3]
        saving = kill % 2 == 0
        moment = dice.random() * (1 if saving else seconds)

        kill_one(command(new, out, to), out, whom, moment, saving=saving)

        found = held(out)
        assert found.pop("mine.txt") == b"mine"
        assert found.keys() == sets[0].keys()
        assert all(found[name] in (sets[0][name], sets[1][name]) for name in found)
        kind = "old" if found == sets[0] else "new" if found == sets[1] else "mixed"
        seen[kind] += 1
        assert kind != "mixed" or whom == "all", (kill, whom, moment)

        settle(out)  # as the next command does

        found = held(out)
        assert found.pop("mine.txt") == b"mine"
        assert found in sets, (kill, whom, moment, sorted(found))
        for name in found:
            assert is_whole(out / name)
    assert sum(seen.values()) == count
    assert seen["old"] and (count < 50 or seen["new"]), seen
    print(f"{count} kills of {to}: before anything is settled {seen}")


def is_whole(path: Path) -> bool:
    """Open a file as a program that shows it would."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf) > 0
    return zipfile.ZipFile(path).testzip() is None

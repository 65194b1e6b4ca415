"""A batch that is told to stop: no process is left, what was made is kept, and it goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder.cli import main
from tests.batch.batches import here, small
from tests.support.waiting import wait_for

ROWS = 200


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (signal.SIGINT, 130),
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long),
        pytest.param(signal.SIGKILL, -9, marks=pytest.mark.long),
    ],
)
def test_a_batch_that_is_stopped_leaves_nothing_running_and_goes_on(
    how: signal.Signals,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out"
    people.write_text("name\n" + "".join(f"Reader {n}\n" for n in range(ROWS)))
    asked = ["batch", str(small(tmp_path)), "--data", str(people), "-t", "pptx", "-d", str(out)]
    asked += ["--name", "{name}"]
    command = [sys.executable, "-m", "builder", *asked, "-j", "2"]
    with (tmp_path / "told.txt").open("wb") as told:
        batch = subprocess.Popen(command, stdout=told, stderr=told, start_new_session=True)
    wait_for(lambda: len(list(out.glob("*.pptx"))) > 1)

    # A terminal tells every process of the group; `kill` only the one that is named.
    if how is signal.SIGINT:
        os.killpg(batch.pid, how)
    else:
        batch.send_signal(how)

    assert batch.wait(timeout=60) == code
    wait_for(lambda: not group_is_there(batch.pid))
    said = (tmp_path / "told.txt").read_text()
    assert "Traceback" not in said
    if how is not signal.SIGKILL:  # which nobody hears
        assert "the same command with --resume goes on" in said
        assert not list(out.glob(".staging-*"))
    made = len(list(out.glob("*.pptx")))
    assert 1 < made < ROWS

    people.write_text("name\n" + "".join(f"Reader {n}\n" for n in range(made + 1)))
    monkeypatch.setattr("builder.batch.running.processes", here)
    capsys.readouterr()
    assert main([*asked, "--resume", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)["batch"]
    assert result["made"] + result["kept"] == made + 1
    assert not list(out.glob(".staging-*"))
    # The last two were made by two processes, in any order; a kill may come before a note.
    assert result["kept"] >= made - (3 if how is signal.SIGKILL else 2)


def group_is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True

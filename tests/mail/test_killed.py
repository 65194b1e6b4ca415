"""A list is sent by a process that is killed, again and again: nobody gets the mail twice.

What counts is the server's record, not ours.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.cli import main
from builder.example import make_project
from tests.support.mailserver import Desk, Server, serving

FAILING = 0.05
KILLS = 3


def command(project: Path, people: Path, server: Server) -> list[str]:
    options = ["--send", "--yes", "--attach", "docx", "--from", "desk@example.org"]
    options += ["--retry-after", "0.2", "--format", "json", "-d", str(project / "output")]
    mail = [sys.executable, "-m", "builder", "mail", str(project), "--recipients", str(people)]
    return [*mail, *options, *server.options()]


def kinds(count: int, seed: int) -> dict[str, str]:
    """Give each address its fate: most are good, some unknown, some busy for a while."""
    dice = random.Random(seed)
    addresses = [f"reader{i}@example.org" for i in range(count)]
    failing = dice.sample(addresses, round(count * FAILING))
    half = len(failing) // 2
    return {
        address: "unknown"
        if address in failing[:half]
        else "busy"
        if address in failing
        else "good"
        for address in addresses
    }


def killing(desk: Desk, running: list[subprocess.Popen[str]], when: int, window: str) -> None:
    """Kill the sending process in a window of its work: before a message, or after its end."""

    def kill(count: int) -> None:
        if count == when and running[0].poll() is None:
            os.kill(running[0].pid, signal.SIGKILL)
            running[0].wait()

    quiet: Callable[[int], None] = lambda count: None  # noqa: E731  # the shortest way to say it
    desk.on_rcpt = kill if window == "rcpt" else quiet
    desk.on_accepted = kill if window == "accepted" else quiet


@pytest.mark.parametrize(
    "count", [100, pytest.param(1000, marks=pytest.mark.long)], ids=["sample", "full"]
)
def test_each_is_accepted_once_through_three_kills(count: int, tmp_path: Path) -> None:
    project, people = tmp_path / "water", tmp_path / "people.csv"
    make_project(project)
    assert main(["build", str(project), "-t", "docx", "-q", "-d", str(project / "output")]) == 0
    fates = kinds(count, seed=count)
    rows = [f"Reader {i},{address}" for i, address in enumerate(fates)]
    people.write_text("name,address\n" + "\n".join(rows) + "\nNobody,no address\n")
    unknown = {address for address, fate in fates.items() if fate == "unknown"}
    busy = {address for address, fate in fates.items() if fate == "busy"}
    desk = Desk(
        rcpt=lambda who, before: "550 no such user" if who in unknown else None,
        data=lambda who, before: "451 later" if who in busy and before < 2 else None,
    )
    running: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "BRIEFING_STATE": str(tmp_path / "state")}

    with serving(desk, tmp_path) as server:
        for kill in range(KILLS):
            # Sometimes when the server knows of nothing, sometimes when it has just taken one.
            window = ("accepted", "rcpt", "accepted")[kill]
            seen = sum(desk.accepted.values()) if window == "accepted" else sum(desk.asked.values())
            killing(desk, running, seen + count // 5, window)
            running[:] = [start(command(project, people, server), environment)]
            running[0].communicate()
            assert running[0].returncode == -signal.SIGKILL
        killing(desk, running, -1, "none")
        running[:] = [start(command(project, people, server), environment)]
        told = json.loads(running[0].communicate()[0])

    found = {code: addresses(told, code) for code in ("mail-doubtful", "mail-refused")}
    assert running[0].returncode == 1
    assert [d["line"] for d in told["diagnostics"] if d["code"] == "mail-recipient"] == [count + 2]
    assert set(desk.accepted.values()) == {1}
    assert set(desk.accepted) == set(fates) - unknown
    assert found["mail-refused"] == unknown
    assert found["mail-doubtful"] <= set(desk.accepted)
    assert 1 <= len(found["mail-doubtful"]) <= KILLS
    sent = told["mail"]["sent"] + told["mail"]["sent-before"]
    assert sent + len(found["mail-doubtful"]) == len(desk.accepted)
    assert told["mail"]["not-tried"] == []


def start(words: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def addresses(told: dict[str, Any], code: str) -> set[str]:
    return {d["message"].split()[0] for d in told["diagnostics"] if d["code"] == code}

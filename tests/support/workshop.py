"""What hands do in tests."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import time


class Bench:
    """Does small things."""

    def __init__(self, task: str) -> None:
        if task == "none":
            raise ValueError("no such task")
        self.task = task

    def say(self, word: str) -> str:
        """Give the task and a word."""
        return f"{self.task} {word}"

    def process(self) -> int:
        """Name the process."""
        return os.getpid()

    def fail(self) -> None:
        """Raise an error."""
        raise KeyError("nothing here")

    def fall(self, number: int) -> None:
        """End by a signal."""
        os.kill(os.getpid(), number)
        signal.pause()

    def work(self, seconds: float) -> None:
        """Be busy."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            pass

    def confines(self) -> tuple[str, str, int]:
        """Give what comes of asking the network, of running a program, and the memory allowed."""
        told = []
        for forbidden in (lambda: socket.getaddrinfo("localhost", 9), lambda: subprocess.run("id")):
            try:
                forbidden()
                told.append("done")
            except PermissionError as fault:
                told.append(str(fault))
        return told[0], told[1], resource.getrlimit(resource.RLIMIT_AS)[0]

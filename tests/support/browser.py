"""Chromium without a window: pages opened, measured and drawn, over its debugging pipe.

No address outside the machine is reached: every host name is unknown to it.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.support.judges import chromium_program

SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
# Chromium reads commands from descriptor 3 and answers at 4.
LAUNCHER = (
    "import os, sys\n"
    "os.dup2(int(sys.argv[1]), 3)\n"
    "os.dup2(int(sys.argv[2]), 4)\n"
    "os.execv(sys.argv[3], sys.argv[3:])"
)
ABOVE = 10  # so that moving one descriptor never closes the other


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium on a user's folder of its own, and end it."""
    program = chromium_program()
    commands, ours = (_high(end) for end in os.pipe())
    theirs, answers = (_high(end) for end in os.pipe())
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as folder:
        command = [sys.executable, "-c", LAUNCHER, str(commands), str(answers), program]
        running = subprocess.Popen(
            [*command, *SWITCHES, f"--user-data-dir={folder}"],
            pass_fds=(commands, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        with os.fdopen(ours, "wb", buffering=0) as out, os.fdopen(theirs, "rb") as back:
            try:
                yield Browser(out, back)
            finally:
                running.kill()
                running.wait()


def _high(descriptor: int) -> int:
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, ABOVE)
    os.close(descriptor)
    return moved


@dataclass(slots=True)
class Browser:
    """A running Chromium."""

    out: IO[bytes]
    back: IO[bytes]
    sent: int = 0

    def open(self, page: Path, *, width: int = 1000, dark: bool = False) -> Page:
        """Open an HTML file in a window of a width, until it is loaded."""
        target = self.ask("", "Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("", "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        opened = Page(self, session)
        self.ask(session, "Page.enable")
        opened.resize(width)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask(session, "Emulation.setEmulatedMedia", features=[scheme])
        self.ask(session, "Page.navigate", url=page.resolve().as_uri())
        self.wait_for("Page.loadEventFired", session)
        return opened

    def ask(self, session: str, method: str, **values: object) -> dict[str, Any]:
        """Send a command, and give its answer."""
        self.sent += 1
        message: dict[str, object] = {"id": self.sent, "method": method, "params": values}
        if session:
            message["sessionId"] = session
        self.out.write(json.dumps(message).encode() + b"\0")
        while (told := self._read()).get("id") != self.sent:
            pass
        assert "error" not in told, told
        return dict(told["result"])

    def wait_for(self, event: str, session: str) -> None:
        """Read on until an event of a session comes."""
        while True:
            told = self._read()
            if told.get("method") == event and told.get("sessionId") == session:
                return

    def _read(self) -> dict[str, Any]:
        read = bytearray()
        while not read.endswith(b"\0"):
            byte = self.back.read(1)
            assert byte, "Chromium ended"
            read += byte
        return dict(json.loads(read[:-1]))


@dataclass(slots=True)
class Page:
    """An open page."""

    browser: Browser
    session: str
    width: int = field(default=0)

    def resize(self, width: int, height: int = 800) -> None:
        """Give the window another size."""
        self.width = width
        self.browser.ask(
            self.session,
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def value(self, expression: str) -> Any:
        """Give the value of an expression in the page's own language."""
        told = self.browser.ask(
            self.session, "Runtime.evaluate", expression=expression, returnByValue=True
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def picture(self) -> bytes:
        """Draw the whole page as PNG, also what is below the window's foot."""
        # As tall as the page, so that the ground reaches to its foot.
        self.resize(self.width, max(int(self.value("document.documentElement.scrollHeight")), 1))
        told = self.browser.ask(self.session, "Page.captureScreenshot", format="png")
        return base64.b64decode(told["data"])

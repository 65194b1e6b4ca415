"""A running preview, and Chromium to look at it with."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from builder.example import make_project
from tests.support.judges import chromium_program

SOON = 300_000
"""Milliseconds until something hangs: a browser beside busy processes may wait for minutes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview that is running, of a project of its own."""

    project: Path
    port: int
    process: subprocess.Popen[str]
    errors: Path  # what it writes to standard error

    @property
    def complaints(self) -> str:
        """What it has said on standard error."""
        return self.errors.read_text("utf-8")

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    def section(self, name: str) -> Path:
        """Give a section's file by the beginning of its name."""
        return next((self.project / "sections").glob(f"{name}*"))

    def change(self, name: str, old: str, new: str) -> None:
        """Edit a section as an editor does: a new file takes the old one's place."""
        path = self.section(name)
        text = path.read_text("utf-8")
        assert old in text
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text.replace(old, new, 1), "utf-8")
        os.replace(beside, path)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: str | None = None,
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Send a request as it stands, without a browser's own care."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON / 1_000)
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body.encode())))
        connection.endheaders(body.encode() if body is not None else None)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data, {k.lower(): v for k, v in answer.getheaders()}


@contextmanager
def previewing(
    folder: Path, *options: str, env: Mapping[str, str] | None = None
) -> Iterator[Preview]:
    """Preview a small project, made in a folder."""
    project = folder / "briefing"
    if not project.exists():
        make_project(project, "policy-brief")
    command = [sys.executable, "-m", "builder", "preview", str(project), "--no-open", *options]
    errors = folder / "errors.txt"
    with errors.open("ab") as told:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
            env={**os.environ, **(env or {})},
        )
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        assert "http://127.0.0.1:" in line, line or errors.read_text("utf-8")
        port = int(line.split("127.0.0.1:")[1].split("/")[0])
        yield Preview(project, port, process, errors)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SOON / 1_000)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium that the other judges use."""
    program = chromium_program()
    expect.set_options(timeout=SOON)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Browser, preview: Preview, *, width: int = 1280, dark: bool = False) -> Page:
    """Open the preview in a new window, until the report is painted."""
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    )
    page.set_default_timeout(SOON)
    page.goto(preview.url)
    page.wait_for_selector(".pane[data-name=report][data-painted]")
    return page

"""Who may ask, and for what: everything else is refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.datastructures import Headers

from builder.cli import main
from builder.example import make_project
from builder.preview.guard import Door
from tests.support.preview import SOON, Preview, previewing


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8750"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_pages_from_elsewhere_are_refused(preview: Preview, headers: Mapping[str, str]) -> None:
    for path in ("/", "/events", "/pane/report", "/download/pptx"):
        assert preview.ask(path, headers=headers)[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/file/../briefing.yml",
        "/file/..%2fbriefing.yml",
        "/file/%2e%2e/%2e%2e/etc/passwd",
        "/file//etc/passwd",
        "/file/briefing.yml",
        "/file/sections/02-the-problem.md",
        "/static/../guard.py",
        "/static/..%2fguard.py",
        "/static/__init__.py",
        "/font/99999",
        "/sheet/none/0.png",
        "/sheets/../x",
        "/pane/none",
        "/download/exe",
        "/.git/config",
    ],
)
def test_nothing_but_what_is_shown_can_be_read(preview: Preview, path: str) -> None:
    status, data, _ = preview.ask(path)

    assert status == 404 and b"root:" not in data and b"title:" not in data


def test_nothing_can_be_written(preview: Preview) -> None:
    before = {p: p.read_bytes() for p in preview.project.rglob("*") if p.is_file()}
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert preview.ask("/file/briefing.yml", method=method)[0] == 403
    assert preview.ask("/pane/report", method="POST", body="x")[0] == 403
    assert {p: p.read_bytes() for p in preview.project.rglob("*") if p.is_file()} == before


def test_only_the_page_itself_may_open_an_editor(preview: Preview, tmp_path: Path) -> None:
    host = f"127.0.0.1:{preview.port}"
    page = preview.ask("/")[1].decode()
    token = re.search(r'data-token="([^"]+)"', page)
    assert token
    good = {"Host": host, "Origin": f"http://{host}", "X-Briefing-Token": token[1]}

    def post(source: str, headers: Mapping[str, str]) -> int:
        body = json.dumps({"source": source})
        return preview.ask("/open", method="POST", headers=headers, body=body)[0]

    name = f"sections/{preview.section('02').name}:3"
    assert post(name, good) == 200
    assert post(name, {**good, "X-Briefing-Token": "guess"}) == 403
    assert post(name, {k: v for k, v in good.items() if k != "Origin"}) == 403
    assert post(name, {**good, "Origin": "http://evil.example"}) == 403
    assert post("../../etc/passwd:1", good) == 403
    assert post("/etc/passwd:1", good) == 403
    assert post("sections/none.md:1", good) == 404
    assert post("no line", good) == 404


def test_every_answer_says_what_a_page_may_do(preview: Preview) -> None:
    for path in ("/", "/pane/report", "/pane/none"):
        headers = preview.ask(path)[2]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy
        assert "'unsafe-eval'" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_a_port_that_is_taken_is_told_and_without_one_the_next_is_used(
    preview: Preview, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "builder", "preview", str(preview.project)]
    done = subprocess.run(
        [*command, "--no-open", "--port", str(preview.port)],
        capture_output=True,
        text=True,
        timeout=SOON / 1_000,
        check=False,
    )
    assert done.returncode == 2
    assert f"port {preview.port}" in done.stderr and "hint:" in done.stderr

    with previewing(tmp_path) as second:
        assert second.port != preview.port
        second.process.terminate()
        assert second.process.wait(SOON / 1_000) == 143


@pytest.mark.parametrize("port", ["abc", "-1", "8750.5"])
def test_a_port_that_is_no_number_is_told_in_plain_words(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["preview", "nowhere", f"--port={port}"])

    assert f"{port!r} is no port: write a number such as 8750" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["", "203.0.113.7", "no such name"])
def test_an_address_of_another_machine_is_told(host: str, preview: Preview) -> None:
    command = [sys.executable, "-m", "builder", "preview", str(preview.project), "--no-open"]
    done = subprocess.run(
        [*command, "--host", host],
        capture_output=True,
        text=True,
        timeout=SOON / 1_000,
        check=False,
    )

    assert done.returncode == 2 and f"{host!r} is no address of this machine" in done.stderr
    assert "hint: leave --host out" in done.stderr


def test_names_that_lead_here_are_only_our_own() -> None:
    door, open_door = Door("127.0.0.1", 8750), Door("0.0.0.0", 8750)

    assert door.refusal("GET", "/", Headers({"host": "localhost:8750"})) == ""
    assert door.refusal("GET", "/", Headers({"host": "[::1]:8750"})) == ""
    assert door.refusal("GET", "/", Headers({"host": "localhost:8751"})) != ""
    assert door.refusal("GET", "/", Headers({"host": "10.0.0.7:8750"})) != ""
    assert open_door.refusal("GET", "/", Headers({"host": "10.0.0.7:8750"})) == ""
    assert open_door.refusal("GET", "/", Headers({"host": "evil.example:8750"})) != ""
    visit = {"host": "localhost:8750", "sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}
    assert door.refusal("GET", "/", Headers(visit)) == ""
    assert door.refusal("GET", "/events", Headers(visit)) != ""


def test_an_edition_that_is_mistyped_is_told_in_the_terminal_and_on_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    make_project(tmp_path / "briefing", "policy-brief")
    with (tmp_path / "briefing" / "briefing.yml").open("a", encoding="utf-8") as settings:
        settings.write("\neditions:\n  board: {title: For the Board}\n")
    with previewing(tmp_path, "--edition", "bord") as running:
        page = browser.new_page()
        page.set_default_timeout(SOON)
        page.goto(running.url)

        told = page.locator(".pane[data-name=report] .nothing li")
        expect(told).to_contain_text("the briefing has no edition 'bord'")
        expect(told.locator(".hint")).to_have_text("did you mean 'board'?")
        assert "error[edition-unknown]: the briefing has no edition 'bord'" in running.complaints
        page.close()

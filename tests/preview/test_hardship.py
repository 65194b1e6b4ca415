"""What goes wrong of an afternoon: a huge file, a half-written one, a browser or server gone."""

from __future__ import annotations

import os
import re
import signal
import socket
import struct
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.support.preview import SOON, Preview, opened, previewing

REPORT = ".pane[data-name=report]"


def report(page: Page) -> FrameLocator:
    return page.frame_locator(f"{REPORT} iframe")


@pytest.mark.long
def test_a_file_of_20_megabytes_is_told_at_once_and_the_pages_stay(
    browser: Browser, preview: Preview
) -> None:
    page = opened(browser, preview)
    page.get_by_role("button", name="Findings").click()
    shown = report(page).locator("main").inner_text()
    path = preview.section("02")
    good = path.read_bytes()

    path.write_bytes(good + b"\n\nWater runs through pipes, and some of it is lost.\n" * 400_000)

    finding = page.locator(".findings .message", has_text="02-the-problem.md cannot be read")
    expect(finding).to_contain_text(re.compile(r"it has 2\d MB, more than the 5 MB"))
    expect(page.locator(f"{REPORT} .badge")).to_contain_text("stale")
    assert report(page).locator("main").inner_text() == shown

    path.write_bytes(good)
    expect(page.locator(f"{REPORT} .badge")).to_have_text("fresh")
    page.close()


@pytest.mark.long
def test_a_file_of_4_megabytes_is_read_and_keeps_nobody_from_the_next_edit(
    browser: Browser, preview: Preview
) -> None:
    page = opened(browser, preview)
    path = preview.section("02")
    good = path.read_bytes()

    path.write_bytes(good + b"\n\nWater runs through pipes, and some of it is lost.\n" * 80_000)
    page.wait_for_timeout(1_000)
    path.write_bytes(good + b"\n\nBack to Zanzibar.\n")

    expect(report(page).get_by_text("Back to Zanzibar.")).to_be_visible()
    path.write_bytes(good)
    expect(report(page).get_by_text("Back to Zanzibar.")).to_have_count(0)
    page.close()


def test_a_file_written_in_pieces_is_never_shown_half(browser: Browser, preview: Preview) -> None:
    page = opened(browser, preview)
    expect(page.locator("#status")).to_have_text("no findings")
    page.evaluate("""() => {
      window.states = [];
      new MutationObserver(() => states.push(document.getElementById("status").textContent))
        .observe(document.getElementById("status"), {childList: true});
    }""")
    path = preview.section("03")
    good = path.read_bytes()
    for number in range(5):
        text = good + f"\n\nRound {number} of Zanzibar.\n".encode()
        beside = path.with_name(f"{path.name}~{number}")
        with beside.open("wb") as slow:  # vim and others: a new file, written, then renamed
            slow.write(text[: len(text) // 2])
            slow.flush()
            page.wait_for_timeout(60)
            slow.write(text[len(text) // 2 :])
        os.replace(beside, path)
        page.wait_for_timeout(150)

    expect(report(page).get_by_text("Round 4 of Zanzibar.")).to_be_visible()
    assert [told for told in page.evaluate("states") if "error" in told] == []
    path.write_bytes(good)
    page.close()


@pytest.mark.long
def test_browsers_that_vanish_hold_nobody_up(browser: Browser, preview: Preview) -> None:
    for _ in range(30):  # each listens, and breaks off without a word
        with socket.create_connection(("127.0.0.1", preview.port)) as gone:
            host = f"127.0.0.1:{preview.port}"
            gone.sendall(f"GET /events?panes=report,pdf HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            assert gone.recv(4_096).startswith(b"HTTP/1.1 200")
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    closed = opened(browser, preview)
    page = opened(browser, preview)
    preview.change("02", "water", "water of Zanzibar")
    closed.close()

    expect(report(page).get_by_text("water of Zanzibar").first).to_be_visible()

    preview.change("02", "water of Zanzibar", "water")
    expect(report(page).get_by_text("water of Zanzibar")).to_have_count(0)
    assert preview.process.poll() is None and "Traceback" not in preview.complaints
    page.close()


def test_ctrl_c_pressed_twice_ends_it_in_good_order(tmp_path: Path) -> None:
    with previewing(tmp_path) as running:
        listening = socket.create_connection(("127.0.0.1", running.port))
        host = f"127.0.0.1:{running.port}"
        listening.sendall(f"GET /events?panes=report HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert listening.recv(4_096)
        for _ in range(2):
            running.process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        assert running.process.wait(SOON / 1_000) == 0 and running.complaints == ""
        listening.close()


@pytest.mark.long
def test_a_preview_that_ends_is_missed_and_taken_up_again(browser: Browser, tmp_path: Path) -> None:
    with previewing(tmp_path) as first:
        page = opened(browser, first)
        port = first.port
        first.process.terminate()
        expect(page.locator("#status")).to_contain_text("the preview has ended")
        assert report(page).locator("main").inner_text()  # what was read last can be read on
    section = next((tmp_path / "briefing" / "sections").glob("02-*"))
    text = section.read_text("utf-8")
    section.write_text(f"{text}\n\nWritten meanwhile, in Zanzibar.\n", "utf-8")

    with previewing(tmp_path, "--port", str(port)) as second:
        expect(report(page).get_by_text("Written meanwhile, in Zanzibar.")).to_be_visible()
        expect(page.locator("#status")).not_to_contain_text("ended")
        page.keyboard.press("j")
        page.keyboard.press("Enter")  # with the new one's word it may open an editor
        expect(page.locator("#said")).not_to_be_empty()
        expect(page.locator("#said")).not_to_contain_text("own word")
        assert "Traceback" not in second.complaints
    page.close()

"""What is shown, how fresh it is, and that an older answer never replaces a newer one."""

from __future__ import annotations

from builder.preview.hub import Hub
from builder.preview.notices import Fault, Finding, Findings, Sheet, Sheets, Text

ERROR = Finding("sections/1.md", 3, 1, "error", "xref-missing", "no figure", "")


def test_a_pane_goes_from_updating_to_fresh_to_stale_and_keeps_its_pages() -> None:
    hub = Hub("x")
    assert hub.state_of("report") == "working"
    one = hub.change(())
    hub.take_pane(Text("report", one, "<p>One</p>"))
    assert hub.state_of("report") == "fresh"

    two = hub.change(("sections/1.md",))
    assert hub.state_of("report") == "working"
    hub.take_findings(Findings(two, (ERROR,), good=False))

    assert hub.state_of("report") == "stale" and hub.findings() == [ERROR]
    shown = hub.panes["report"].shown
    assert isinstance(shown, Text) and shown.html == "<p>One</p>"


def test_what_comes_late_is_not_shown() -> None:
    hub = Hub("x")
    one, two = hub.change(()), hub.change(())
    hub.take_pane(Text("report", two, "new"))
    hub.take_pane(Text("report", one, "old"))
    hub.take_findings(Findings(one, (ERROR,), good=False))

    shown = hub.panes["report"].shown
    assert isinstance(shown, Text) and shown.html == "new" and hub.good and not hub.findings()


def test_the_same_content_is_no_new_version() -> None:
    hub = Hub("x")
    hub.take_pane(Text("report", hub.change(()), "same"))
    hub.take_pane(Text("report", hub.change(()), "same"))

    assert hub.panes["report"].version == 1 and hub.state_of("report") == "fresh"


def test_fine_pages_are_not_replaced_by_a_draft_of_the_same_content() -> None:
    hub = Hub("x")
    one = hub.change(())
    draft = Sheets("pdf", one, (Sheet("d", 0, 10, 10),), (("d", b"draft"),), draft=True)
    hub.take_pane(draft)
    assert hub.state_of("pdf") == "draft" and hub.files == {"d": b"draft"}

    hub.take_pane(Sheets("pdf", one, (Sheet("f", 0, 10, 10),), (("f", b"fine"),)))
    hub.take_pane(draft)

    assert hub.state_of("pdf") == "fresh" and hub.files == {"f": b"fine"}
    assert hub.sheet("f", 0) and not hub.sheet("d", 0)


def test_a_failure_of_the_program_is_told_until_the_next_change() -> None:
    hub = Hub("x")
    hub.take_pane(Text("report", hub.change(()), "good"))
    two = hub.change(())
    hub.take_fault(Fault(two, "MemoryError: "))
    assert hub.state_of("report") == "stale" and hub.told()["fault"] == "MemoryError: "

    hub.change(())
    assert hub.told()["fault"] == ""

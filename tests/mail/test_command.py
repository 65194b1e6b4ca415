"""`briefing mail` without a server: drafts, previews, what is built first, what is refused."""

from __future__ import annotations

import email
import io
import json
import os
import random
import re
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from builder.build import write_format
from builder.cli import main
from builder.mail import files
from builder.mail.shrink import resampled

YAML = """title: A good one
series: Briefing
number: 7
date: 2026-01-02
sections: ["sections/*.md"]
"""
SECTION = "---\ntitle: One\ntakeaway: It holds\n---\n\nText.\n"
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small project, and go where it is."""
    folder = tmp_path / "content" / "small"
    (folder / "sections").mkdir(parents=True)
    (folder / "briefing.yml").write_text(YAML)
    (folder / "sections" / "01.md").write_text(SECTION)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, dict[str, Any]]:
        quick = [] if "--attach" in arguments or "--link" in arguments else ["--attach", "docx"]
        code = main(["mail", *quick, "--format", "json", *arguments])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else {"error": told.err}

    return command


def draft(path: str = "output/small/small.eml") -> EmailMessage:
    message = email.message_from_bytes(Path(path).read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def codes(told: dict[str, Any]) -> list[str]:
    return [d["code"] for d in told["diagnostics"]]


# ---------------------------------------------------------------- drafts


def test_a_draft_stands_beside_the_outputs_with_all_formats(run: Run) -> None:
    code, _ = run("--attach", "pdf,docx,pptx", "--to", "a@example.org")

    assert code == 0
    names = [part.get_filename() for part in draft().iter_attachments()]
    assert names == ["small.pdf", "small.docx", "small.pptx"]
    for name in names:
        assert name and (Path("output/small") / name).is_file()
    assert draft()["Subject"] == "Briefing No. 7: A good one"


def test_a_draft_may_have_no_reader_yet_and_another_place(run: Run) -> None:
    code, told = run("--draft", "elsewhere/x.eml")

    assert code == 0 and told["mail"]["draft"] == "elsewhere/x.eml"
    message = draft("elsewhere/x.eml")
    assert (message["To"], message["From"], message["X-Unsent"]) == (None, None, "1")


def test_a_dry_run_shows_everything_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(project.parents[1].rglob("*"))

    code = main(["mail", "--attach", "docx", "--to", "Anna <a@example.org>", "--dry-run"])
    shown = capsys.readouterr().out

    assert code == 0
    assert "To:       Anna <a@example.org>" in shown and "small.docx" in shown
    assert "A GOOD ONE" in shown and "as it travels" in shown
    assert sorted(project.parents[1].rglob("*")) == before


def test_a_link_goes_instead_of_files_unless_they_are_named(run: Run) -> None:
    run("--link", "https://example.org/7")
    assert list(draft().iter_attachments()) == []
    assert "https://example.org/7" in words(draft())

    run("--link", "https://example.org/7", "--attach", "docx")
    assert [p.get_filename() for p in draft().iter_attachments()] == ["small.docx"]


def test_what_briefing_yml_says_holds_until_the_command_line_says_otherwise(
    project: Path, run: Run
) -> None:
    mail = 'mail: {to: [a@example.org, "B <b@example.org>"], from: c@example.org, reply-to: d@example.org, attach: pptx, subject: "About {{ title }}"}\n'
    (project / "briefing.yml").write_text(YAML + mail)

    main(["mail", "-q"])
    assert draft()["To"] == "a@example.org, B <b@example.org>"
    assert (draft()["From"], draft()["Reply-To"]) == ("c@example.org", "d@example.org")
    assert draft()["Subject"] == "About A good one"
    assert [p.get_filename() for p in draft().iter_attachments()] == ["small.pptx"]

    run("--to", "x@example.org", "--subject", "New")
    assert (draft()["To"], draft()["Subject"]) == ("x@example.org", "New")


@pytest.mark.parametrize(
    ("mail", "place", "said"),
    [
        ("{to: anna}", "6:12", "'anna' is no address"),
        ("{from: a@b.c d}", "6:14", "behind the @"),
        ("{attach: [pdf, doc]}", "6:16", "'doc' is no format"),
        ('{subject: "a\\nBcc: b@c.d"}', "6:18", "U+000A"),
        ("{unsubscribe: example.org}", "6:21", "write https://"),
        ("{too: a@b.c}", "6:8", "did you mean 'to'?"),
    ],
)
def test_what_is_wrong_in_briefing_yml_is_found_at_its_place(
    project: Path, run: Run, mail: str, place: str, said: str
) -> None:
    (project / "briefing.yml").write_text(f"{YAML}mail: {mail}\n")

    code, told = run()

    (finding,) = told["diagnostics"]
    assert code == 1
    assert f"{finding['line']}:{finding['column']}" == place
    assert said in finding["message"] + finding["hint"]
    assert main(["check"]) == 1


def test_the_settings_that_the_guide_shows_are_taken(project: Path, run: Run) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "mail.md").read_text(encoding="utf-8")
    shown = guide.split("```yaml\n")[1].split("```")[0]
    file = project / "briefing.yml"
    file.write_text(file.read_text(encoding="utf-8") + shown, encoding="utf-8")

    code, told = run("--attach", "docx")

    assert (code, codes(told)) == (0, [])
    assert draft()["To"] == 'board@example.org, "Berg, Anna" <anna@example.org>'
    assert draft()["Subject"].startswith("New: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--send", "--draft", "x.eml"], "--send does not go together"),
        (["--dry-run", "--open"], "--dry-run writes nothing"),
        (["--recipients", "x.csv", "--to", "a@b.c"], "leave out --to"),
        (["--again", "--rest"], "opposites"),
        (["--draft", "small/briefing.yml"], "ends with .eml"),
    ],
)
def test_options_that_contradict_each_other_are_a_slip(
    run: Run, options: list[str], said: str
) -> None:
    code, told = run(*options)

    assert code == 2 and said in told["error"]


@pytest.mark.parametrize("option", ["--to", "--cc", "--bcc", "--from", "--reply-to"])
def test_an_address_that_is_none_is_named_with_its_option(run: Run, option: str) -> None:
    code, told = run(option, "Müller, Anna <a@example.org>" if option != "--from" else "x")

    assert (code, codes(told)[0]) == (1, "mail-address")
    assert told["diagnostics"][0]["message"].startswith(option)


def test_a_header_cannot_be_smuggled_in(run: Run) -> None:
    code, told = run("--to", "a@example.org", "--subject", "Hi\r\nBcc: victim@example.org")

    assert (code, codes(told)) == (1, ["mail-text"])
    assert not Path("output/small/small.eml").exists()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "example.org", "https://e.org/\nBcc:x", 'https://e.org/"><b>']
)
def test_a_link_that_leads_nowhere_is_refused(run: Run, link: str) -> None:
    code, told = run("--link", link)

    assert (code, codes(told)) == (1, ["mail-address"])
    assert told["diagnostics"][0]["message"].startswith("--link:")


@pytest.mark.parametrize(
    "text", ["{{ '{a}'.format() }}", "{{ name.encode('no') }}", "bell \x07", "\udcff"]
)
def test_a_text_that_cannot_be_said_is_one_finding(run: Run, text: str) -> None:
    code, told = run("--text", text)

    assert (code, codes(told)) == (1, ["mail-text"])


# ---------------------------------------------------------------- lists


def people(text: str) -> str:
    Path("people.csv").write_text(text)
    return "people.csv"


def test_a_draft_for_a_list_is_addressed_to_the_first_and_names_bad_rows(run: Run) -> None:
    code, told = run("--recipients", people("name,address\nAnna,a@example.org\nBen,ben\n"))

    assert (code, codes(told)) == (1, ["mail-recipient"])
    assert told["diagnostics"][0]["line"] == 3
    assert draft()["To"] == "Anna <a@example.org>"
    assert "Dear Anna," in words(draft())


def test_a_dry_run_names_bad_rows_and_ends_as_the_sending_would(run: Run) -> None:
    code, told = run("--dry-run", "--recipients", people("address\na@example.org\nnone\n"))

    assert (code, codes(told)) == (1, ["mail-recipient"])
    assert told["mail"]["messages"] == 1


def test_editions_and_languages_that_are_not_there_are_told_once_each(run: Run) -> None:
    rows = "a@example.org,full,xx\nb@example.org,full,xx\nc@example.org,,de\n"
    text = "Edition {{ edition }}, {{ language }}"

    code, told = run("--recipients", people(f"address,edition,language\n{rows}"), "--text", text)

    assert code == 0
    assert sorted((d["code"], d["line"]) for d in told["diagnostics"]) == [
        ("mail-edition", 2),
        ("mail-language", 2),
    ]
    assert "Edition full, xx" in words(draft())


def test_a_text_that_nobody_can_be_sent_is_one_finding_and_not_thousands(run: Run) -> None:
    rows = "".join(f"r{i}@example.org\n" for i in range(500))

    code, told = run("--recipients", people(f"address\n{rows}"), "--text", "{{ nmae }}")

    assert (code, codes(told)) == (1, ["mail-text"])
    assert "'nmae' is undefined" in told["diagnostics"][0]["message"]


# ---------------------------------------------------------------- fresh and stale


def built() -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in Path("output/small").glob("small.*")}


def test_what_is_fresh_is_not_built_again_and_what_is_stale_is(project: Path, run: Run) -> None:
    assert main(["build", "-q", "-t", "docx"]) == 0
    first = built()["small.docx"]
    run()
    assert built()["small.docx"] == first

    (project / "sections" / "01.md").write_text(SECTION + "\nMore words.\n")
    run()

    assert built()["small.docx"] > first
    (attached,) = draft().iter_attachments()
    assert attached.get_content() == Path("output/small/small.docx").read_bytes()


def test_the_time_of_a_file_makes_nothing_stale(project: Path, run: Run) -> None:
    assert main(["build", "-q", "-t", "docx"]) == 0
    first = built()["small.docx"]
    os.utime(project / "sections" / "01.md", (2_000_000_000, 2_000_000_000))

    run()

    assert built()["small.docx"] == first


def test_an_output_that_was_changed_by_hand_is_neither_sent_nor_overwritten(run: Run) -> None:
    assert main(["build", "-q", "-t", "docx"]) == 0
    Path("output/small/small.docx").write_bytes(b"by hand")

    code, told = run()

    assert (code, codes(told)) == (1, ["output-changed"])
    assert Path("output/small/small.docx").read_bytes() == b"by hand"
    assert main(["build", "-q", "-t", "docx"]) == 0 and run()[0] == 0


def test_without_a_record_everything_is_built_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert main(["build", "-q", "-t", "docx"]) == 0
    first = built()["small.docx"]
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "another"))

    run()

    assert built()["small.docx"] > first


def test_an_error_of_the_content_leaves_the_last_draft_as_it_was(project: Path, run: Run) -> None:
    run()
    before = Path("output/small/small.eml").read_bytes()
    (project / "sections" / "01.md").write_text(SECTION + "\n@fig-none\n")

    code, told = run()

    assert (code, codes(told)) == (1, ["xref-missing"])
    assert Path("output/small/small.eml").read_bytes() == before


# ---------------------------------------------------------------- weight


@pytest.fixture
def photographed(project: Path) -> Path:
    """Put a large photograph of noise into the project, which no compression makes small."""
    dice = random.Random(1)
    photo = Image.frombytes("RGB", (1600, 1200), dice.randbytes(1600 * 1200 * 3))
    (project / "images").mkdir()
    photo.save(project / "images" / "noise.png")
    figure = '\n![Noise](images/noise.png){alt="Noise"}\n'
    (project / "sections" / "01.md").write_text(SECTION + figure)
    return project


@pytest.mark.usefixtures("photographed")
def test_a_mail_that_is_too_heavy_says_what_weighs_what_and_is_not_written(run: Run) -> None:
    code, told = run("--max-size", "2")

    assert (code, codes(told)) == (1, ["mail-too-large"])
    finding = told["diagnostics"][0]
    assert "small.docx" in finding["message"] and "the limit is 2.0 MB" in finding["message"]
    assert "--shrink" in finding["hint"] and "--link" in finding["hint"]
    assert not Path("output/small/small.eml").exists()


@pytest.mark.usefixtures("photographed")
def test_shrunk_files_are_lighter_and_the_outputs_stay_as_they_were(run: Run) -> None:
    run("--max-size", "30")
    heavy = len(Path("output/small/small.eml").read_bytes())
    before = built()["small.docx"]

    code, _ = run("--shrink", "--max-size", "30")

    assert code == 0
    assert len(Path("output/small/small.eml").read_bytes()) < heavy / 2
    assert built()["small.docx"] == before


def test_over_ten_megabytes_it_warns() -> None:
    from builder.diagnostics import Diagnostics
    from builder.mail.size import check_size
    from tests.mail.letters import letter

    log = Diagnostics()
    check_size(letter(), 10_000_000, 25_000_000, log)
    assert not list(log)
    check_size(letter(), 10_000_001, 25_000_000, log)
    check_size(letter(), 25_000_001, 25_000_000, log)

    assert [(d.severity.value, d.code.value) for d in log] == [
        ("warning", "mail-large"),
        ("error", "mail-too-large"),
    ]
    assert "water.docx 22 kB, water.pptx 21 kB, water.pdf 14 kB" in log.found[0].message


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_resampled_in_its_own_kind_and_never_grows(kind: str) -> None:
    file = io.BytesIO()
    Image.radial_gradient("L").resize((1200, 600)).convert("RGB").save(file, kind)

    small = resampled(file.getvalue(), 300)

    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.size) == (kind, (300, 150))
    assert len(small) < len(file.getvalue())
    assert resampled(small, 300) is small
    assert resampled(b"<svg/>", 1) == b"<svg/>"


# ---------------------------------------------------------------- the mail program


def program(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    for name in ("xdg-open", "open"):
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_open_hands_the_draft_to_the_desktop(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", f'echo "$1" > {tmp_path}/opened', monkeypatch)

    code, _ = run("--open")

    assert code == 0
    opened = (tmp_path / "opened").read_text().strip()
    assert opened == str(tmp_path / "output" / "small" / "small.eml")


def test_a_desktop_that_opens_nothing_is_an_error_and_the_draft_is_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "echo no program for this >&2; exit 4", monkeypatch)

    code, told = run("--open")

    assert (code, codes(told)) == (1, ["mail-program"])
    assert "no program for this" in told["diagnostics"][0]["message"]
    assert Path("output/small/small.eml").is_file()


@pytest.mark.parametrize(
    "options",
    [
        ("-d", "content/small"),
        ("-d", "content"),
        ("-d", "content/small", "--draft", "elsewhere/x.eml"),
        ("--draft", "content/small/x.eml"),
        ("--draft", "content"),
    ],
    ids=" ".join,
)
def test_nothing_is_written_among_the_sources(
    run: Run, project: Path, options: tuple[str, ...]
) -> None:
    before = sorted(project.rglob("*"))

    code, told = run("--from", "a@example.org", *options)

    assert code == 1
    assert [d["code"] for d in told["diagnostics"]] == ["output-unwritable"]
    assert re.search("would stand among (their|its) sources", told["diagnostics"][0]["message"])
    assert sorted(project.rglob("*")) == before
    assert not list(project.parent.glob("*.*"))


@pytest.mark.parametrize(
    "draft", ["letter.eml", "content/letter.eml", "content/small/output/letter.eml"]
)
def test_a_draft_that_is_named_may_stand_beside_the_project(
    run: Run, project: Path, draft: str
) -> None:
    code, told = run("--from", "a@example.org", "--draft", draft)

    assert code == 0, told
    assert Path(draft).is_file()


def test_an_output_that_has_become_a_pipe_keeps_nobody_waiting(run: Run, project: Path) -> None:
    run("--from", "a@example.org")
    made = Path("output/small/small.docx")
    data = made.read_bytes()
    made.unlink()
    os.mkfifo(made)

    code, told = run("--from", "a@example.org")

    assert code == 0, told
    assert made.read_bytes() == data


def test_what_a_killed_build_had_begun_is_carried_out_before_anything_goes(
    run: Run, project: Path
) -> None:
    run("--from", "a@example.org")
    made = Path("output/small/small.docx")
    staging = made.parent / ".staging-x"
    staging.mkdir()
    data = made.read_bytes()
    for name, text in ((".briefing", b""), (".ready", b'["small.docx"]'), ("small.docx", data)):
        (staging / name).write_bytes(text)
    made.write_bytes(b"half of two outputs")

    code, told = run("--from", "a@example.org")

    assert code == 0, told
    assert (made.read_bytes(), staging.exists()) == (data, False)


def test_a_list_that_is_a_pipe_keeps_nobody_waiting(run: Run, project: Path) -> None:
    os.mkfifo("people.csv")

    code, told = run("--from", "a@example.org", "--recipients", "people.csv")

    assert code == 1
    assert "it is no plain file" in told["diagnostics"][0]["message"]


def test_a_change_while_the_mail_was_made_is_noticed_by_the_next_one(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section, write = project / "sections" / "01.md", write_format

    def meanwhile(*arguments: Any, **named: Any) -> Any:
        section.write_text(SECTION.replace("Text", "Other words"))
        return write(*arguments, **named)

    monkeypatch.setattr(files, "write_format", meanwhile)
    run("--from", "a@example.org")
    monkeypatch.setattr(files, "write_format", write)
    old = Path("output/small/small.docx").read_bytes()

    run("--from", "a@example.org")

    assert Path("output/small/small.docx").read_bytes() != old

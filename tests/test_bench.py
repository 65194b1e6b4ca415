"""The benchmark's own parts: that it compares what it says."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest

from builder.build import prepare
from builder.diagnostics import Diagnostics
from builder.document.nodes import Caption, CrossReference, Section
from builder.document.walk import walk
from builder.job import Job
from tests.support.built import SHIPPED

FOLDER = Path(__file__).parents[1] / "benchmarks"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_the_long_report_repeats_sections_with_names_of_their_own() -> None:
    document = prepare(Job(SHIPPED), Diagnostics()).document

    longer = script("one_run").longer(document, 3)

    numbers = [s.number for s in longer.sections if s.number]
    names = [s.label or s.id for s in longer.sections]
    labels = [
        c.label
        for node in walk(longer.sections)
        if isinstance(c := getattr(node, "caption", None), Caption) and c.label
    ]
    assert numbers == list(range(1, 3 * len([s for s in document.sections if s.number]) + 1))
    assert len(names) == len(set(names))
    assert len(labels) == len(set(labels))
    sections = {n.label for n in walk(longer.sections) if isinstance(n, Section)}
    referred = {n.label for n in walk(longer.sections) if isinstance(n, CrossReference)}
    assert referred <= {*labels, *sections, *names} | {
        n.label for n in walk(longer) if hasattr(n, "label")
    }


@pytest.fixture(autouse=True)
def figures_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = importlib.import_module("benchmarks.record")
    monkeypatch.setattr(record, "FOLDER", tmp_path)
    monkeypatch.setattr(record, "FIGURES", tmp_path / "figures.jsonl")


def test_a_ratio_above_the_limit_or_too_much_memory_is_no_pass() -> None:
    bench = script("bench")
    theirs = [bench.Run(1.0, 10, 100.0)] * 3

    assert bench.row("x", [bench.Run(1.05, 10, 900.0)] * 3, theirs)[-1] == "yes"
    assert bench.row("x", [bench.Run(1.2, 10, 900.0)] * 3, theirs)[-1] == "NO"
    assert bench.row("x", [bench.Run(1.05, 10, 1100.0)] * 3, theirs)[-1] == "NO"


def test_times_are_compared_a_page_and_in_pairs() -> None:
    bench = script("bench")
    ours = [bench.Run(2.0, 20, 1.0), bench.Run(9.0, 20, 1.0), bench.Run(2.0, 20, 1.0)]
    theirs = [bench.Run(1.0, 10, 1.0), bench.Run(4.5, 10, 1.0), bench.Run(1.0, 10, 1.0)]

    assert bench.row("x", ours, theirs)[3] == "1.00"


@pytest.mark.parametrize(("longest", "code"), [(12.0, 0), (14.0, 1)])
def test_pages_that_cost_more_in_longer_reports_are_no_pass(
    longest: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = script("bench")
    ours = {0: bench.Run(1.0, 10, 1.0), 1: bench.Run(4.0, 40, 1.0), 4: bench.Run(longest, 120, 1.0)}

    def child(what: str, size: int) -> Any:
        run = ours[size]
        return run if what == "ours" else bench.Run(2 * run.seconds, run.pages, 1.0)

    monkeypatch.setattr(bench, "child", child)
    monkeypatch.setattr(sys, "argv", ["bench"])

    assert bench.main() == code
    assert "a further page, 10 to 40 pages" in capsys.readouterr().out


def test_figures_beyond_their_limits_are_seen_in_table_plot_and_exit_code(tmp_path: Path) -> None:
    record = importlib.import_module("benchmarks.record")
    assert record.main() == 2

    record.record("pages & seconds", 1.05, 1.1)
    record.record("times as fast", 1.9, 1.8, at_least=True)
    assert record.main() == 0
    record.record("times as fast", 1.5, 1.8, at_least=True)
    assert record.main() == 1

    table = (tmp_path / "table.md").read_text()
    assert "| pages & seconds | 1.05 | ≤ 1.1 | yes |" in table
    assert "| times as fast | 1.5 | ≥ 1.8 | NO |" in table
    assert "processors" in table
    plot = ElementTree.fromstring((tmp_path / "plot.svg").read_text())
    bars = plot.findall("{*}rect")
    assert [bar.get("fill") for bar in bars] == [record.GOOD, record.BAD]


def test_a_benchmark_that_breaks_off_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    record = importlib.import_module("benchmarks.record")
    everything = importlib.import_module("benchmarks.__main__")
    monkeypatch.setattr(everything, "ALL", ("no_such_one",))
    monkeypatch.setattr(record, "main", lambda: 0)

    assert everything.main() == 2
    assert "broke off, and lack figures: no_such_one" in capfd.readouterr().err


def test_a_command_s_cost_is_its_own() -> None:
    # In a small process: the system counts what a process is before it becomes the command.
    program = (
        "import sys; from benchmarks.running import cold, run\n"
        "print(run([sys.executable, '-c', 'bytearray(90_000_000)']).megabytes)\n"
        "print(cold([sys.executable, '-c', 'pass']).megabytes)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=FOLDER.parent, check=True, capture_output=True
    )

    large, small = map(float, done.stdout.split())
    assert large > 90 > small > 1


def test_a_command_that_fails_is_told() -> None:
    running = importlib.import_module("benchmarks.running")

    with pytest.raises(SystemExit, match=r"ended with 3:\nsaid$"):
        running.run([sys.executable, "-c", "import sys; print('said', end=''); sys.exit(3)"])


def test_a_flame_graph_has_a_bar_for_each_function_that_took_its_time() -> None:
    flame = importlib.import_module("benchmarks.flame")
    stacks = Counter({("main", "builder.build: build"): 98, ("main", "x: <lambda>"): 2, ("y",): 0})

    graph = ElementTree.fromstring(flame.drawn(stacks))

    names = [title.text for title in graph.iterfind("{*}g/{*}title")]
    assert names == [
        "all, 100.0%",
        "main, 100.0%",
        "builder.build: build, 98.0%",
        "x: <lambda>, 2.0%",
    ]

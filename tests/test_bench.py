"""The benchmark's own parts: that it compares what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

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

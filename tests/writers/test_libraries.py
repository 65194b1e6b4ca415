"""How WeasyPrint's C libraries are found."""

from __future__ import annotations

import subprocess
import sys

import pytest

WATCHED = """
import sys
run = []
sys.addaudithook(lambda event, args: event == "subprocess.Popen" and run.append(args[0]))
import builder.writers
import weasyprint
from weasyprint.text.ffi import fontconfig, gobject, harfbuzz, pango, pangoft2
assert all((fontconfig, gobject, harfbuzz, pango, pangoft2))
print(*run, sep="\\n")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no programs are asked")
def test_no_compiler_is_asked_where_libraries_are() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], check=True, capture_output=True, text=True
    )

    assert {line.rpartition("/")[2] for line in done.stdout.splitlines()} <= {"ldconfig"}

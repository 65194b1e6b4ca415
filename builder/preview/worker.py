"""One of the preview's processes: wishes come in by standard input, notices go out.

Each is a pickle behind its length. What else is printed goes to standard error; when the parent
goes away, standard input ends, and so does the process, whatever it is doing.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import struct
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from builder.confinement import RanAway, confine_worker, end_with_input, measured, reached
from builder.diagnostics import Code
from builder.job import Copy, Job
from builder.limits import MORE_ROOM, Limits
from builder.plain_files import text_size
from builder.preview.notices import Done, Fault, Finding, Findings, Notice, Wish
from builder.readers.found import SETTINGS

LENGTH = struct.Struct(">Q")
STEPS = {"desk": "writing the page", "press": "writing drafts", "finish": "writing pages"}
BOXES = 50_000
"""New objects after which garbage is looked for: a reading makes many, and next to no garbage."""

Answer = Callable[[Wish], Iterator[Notice]]


def main(kind: str, project: str, theme: str, edition: str, limits: str) -> None:
    """Answer wishes until there are no more."""
    confine_worker(Limits(**json.loads(limits)))
    end_with_input(sys.stdin.fileno())
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print
    gc.set_threshold(BOXES, *gc.get_threshold()[1:])
    job = Job(Path(project), theme=Path(theme) if theme else None, copy=Copy(edition))
    answer = answering(kind, job)
    while (wish := received(sys.stdin.buffer)) is not None:
        try:
            with measured(partial(text_size, job.project)) as note:
                note(STEPS[kind])
                for notice in answer(wish):
                    send(out, notice)
        except (RanAway, MemoryError, RecursionError) as stopped:
            answer = answering(
                kind, job
            )  # what it kept may have been left in the midst of a change
            send(out, stopped_by(reached(stopped), wish.revision, kind))
        except Exception as fault:
            # Whatever happens to one state of the content, the next one gets its turn.
            traceback.print_exc(file=sys.stderr)
            send(out, Fault(wish.revision, f"{type(fault).__name__}: {fault}"))
        send(out, Done(Wish(wish.revision, wish.names)))


def stopped_by(why: str, revision: int, kind: str) -> Findings:
    """Give the finding that a limit has ended the work on one state of the content."""
    finding = Finding(str(SETTINGS), 0, 0, "error", Code.LIMIT_REACHED.value, why, MORE_ROOM)
    origin = "desk" if kind == "desk" else "finish"
    return Findings(revision, (finding,), good=False, origin=origin)


def answering(kind: str, job: Job) -> Answer:
    """Give what answers the wishes of one kind of process."""
    match kind:
        case "desk":
            from builder.preview.desk import Desk

            return Desk(job).answer
        case "press":
            from builder.preview.press import Drafter

            return Drafter().answer
        case "finish":
            from builder.preview.finish import Finisher

            os.nice(10)
            return Finisher(job).answer
        case _:
            raise ValueError(f"{kind!r} is no process of the preview")


def received(source: BinaryIO) -> Wish | None:
    """Read one wish; None where the parent has gone."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    body = source.read(*LENGTH.unpack(head))
    wish: Wish = pickle.loads(body)
    return wish


def send(out: BinaryIO, notice: Notice) -> None:
    """Write one notice at once."""
    body = pickle.dumps(notice, pickle.HIGHEST_PROTOCOL)
    out.write(LENGTH.pack(len(body)) + body)
    out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:6])

"""What a process does that helps to print a report."""

from __future__ import annotations

import pickle
from typing import Any

from builder.diagnostics import ContentErrors, Diagnostic, Diagnostics
from builder.writers.pdf_compositor import Compositor
from builder.writers.pdf_reprint import Reprinter
from builder.writers.pdf_standing import Standing
from builder.writers.pdf_task import Task

Answer = tuple[Any, tuple[Diagnostic, ...], bool]
"""What came of a request, what was found, and whether that ended it."""


class Workshop:
    """A compositor as a process has it. What it paints leaves it packed, and comes back so."""

    def __init__(self, task: Task, *, packs: bool = True, standing: Standing | None = None) -> None:
        self.compositor: Compositor | None = None
        self._standing = standing
        self._task = task
        self._packs = packs

    def do(self, method: str, *arguments: Any) -> Answer:
        """Have the compositor do something."""
        log = Diagnostics()
        try:
            if self.compositor is None:
                self.compositor = self._compositor(log)
            self.compositor.log = log
            match method:
                case "paint" if self._packs:
                    answer: Any = pickle.dumps(self.compositor.paint(*arguments))
                case "bind" if self._packs:
                    answer = self.compositor.bind([pickle.loads(part) for part in arguments[0]])
                case _:
                    answer = getattr(self.compositor, method)(*arguments)
        except ContentErrors:
            return None, tuple(log), True
        return answer, tuple(log), False

    def _compositor(self, log: Diagnostics) -> Compositor:
        if self._standing is None:
            return Compositor(self._task, log)
        return Reprinter(self._task, log, self._standing)

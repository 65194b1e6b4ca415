"""The theme's Jinja2 templates; what is wrong in one is diagnosed with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import jinja2

from builder.diagnostics import Code, Diagnostics, Span
from builder.theme.model import Theme
from builder.theme.paths import shown_file
from builder.writers.sandbox import Loader, Sandbox


def fill(name: str, values: Mapping[str, object], theme: Theme, log: Diagnostics) -> str:
    """Fill in a template of the theme; one that it lacks is the shipped theme's.

    Raises ContentErrors, with a diagnostic, where the template has a fault.
    """
    folders = tuple(str(folder) for folder in theme.search or (theme.folder,))
    try:
        environment = _environment(folders, name.endswith(".html.j2"))
        return environment.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as fault:
        _report(str(fault.message), Span(_shown(fault.name or name, theme), fault.lineno), log)
    except jinja2.TemplateNotFound as fault:
        _report("there is no such template", Span(str(fault.name), 0), log)
    except jinja2.TemplateError as fault:
        _report(str(fault.message), Span(_shown(name, theme), _line(fault, name)), log)
    except MemoryError:
        raise
    except Exception as fault:
        # A template is its designer's program: whatever it raises stands at its line.
        line = _line(fault, name)
        if not line:
            raise
        _report(f"{type(fault).__name__}: {fault}", Span(_shown(name, theme), line), log)
    log.stop_if_errors()
    raise AssertionError("an error was logged")


@cache
def _environment(folders: tuple[str, ...], escapes: bool) -> jinja2.Environment:
    """Give the templates of some folders; they are compiled once, and anew when they change.

    They reach the values that they are given, and nothing of Python's behind these.
    """
    return Sandbox(
        loader=Loader(list(folders)),
        autoescape=escapes,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _report(message: str, at: Span, log: Diagnostics) -> None:
    log.error(
        Code.TEMPLATE_ERROR,
        message,
        at=at,
        hint="compare the theme's template with the one in templates/strand",
    )


def _shown(name: str, theme: Theme) -> str:
    found = (folder / name for folder in theme.search or (theme.folder,))
    return next((shown_file(path, theme) for path in found if path.is_file()), name)


def _line(fault: BaseException, name: str) -> int:
    """Find the template's line in a traceback; Jinja2 rewrites it to name templates."""
    line, trace = 0, fault.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line

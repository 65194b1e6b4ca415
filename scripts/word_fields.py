"""Print every field of a Word document with the result that stands there.

    .venv/bin/python -m scripts.word_fields output/<project>/<project>.docx [--pages]

Results that Word would change are marked with "!", and the exit code is 1; pages are compared with
those of LibreOffice's layout where --pages asks for it, and marked where they differ.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from builder.diagnostics import Diagnostics
from builder.office import bookmark_pages
from builder.outputs_lint.package import open_package
from builder.outputs_lint.word_fields import Field, fields_of, stale


def main(arguments: list[str]) -> int:
    """Print the fields; give 1 where a result is stale, 2 where there is nothing to look at."""
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if len(paths) != 1 or not Path(paths[0]).is_file():
        print(__doc__, file=sys.stderr)
        return 2
    data = Path(paths[0]).read_bytes()
    package = open_package(data)
    pages: dict[str, int] = {}
    if "--pages" in arguments:
        found = bookmark_pages(data, log := Diagnostics())
        if found is None:
            print("\n".join(map(str, log)), file=sys.stderr)
            return 2
        pages = {f.words[1]: found.page(f.words[1]) or 0 for f in _page_fields(fields_of(package))}
    faults = list(stale(package))
    print("\n".join(dump(fields_of(package), pages)))
    for fault in faults:
        print(f"! {fault}")
    return 1 if faults else 0


def dump(fields: list[Field], pages: dict[str, int]) -> Iterator[str]:
    """Give a line for each field, and last how many there are of each kind."""
    away: Counter[int] = Counter()
    for field in fields:
        told = ""
        if field.words[:1] == ["PAGEREF"] and field.words[1] in pages:
            laid = pages[field.words[1]]
            away[abs(laid - int(field.result))] += 1
            told = f"  (LibreOffice: {laid})" if laid != int(field.result) else "  (as laid out)"
        shown = field.result if len(field.result) <= 60 else f"{field.result[:57]}..."
        yield f"{field.part:20} {field.instruction:44} {shown!r}{told}"
    kinds = Counter(field.words[0] for field in fields)
    yield ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    if away:
        yield "pages: " + ", ".join(f"{n} away by {by}" for by, n in sorted(away.items()))


def _page_fields(fields: list[Field]) -> Iterator[Field]:
    return (field for field in fields if field.words[:1] == ["PAGEREF"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

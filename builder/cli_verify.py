"""`briefing verify`: whether a batch is still what its manifest says."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli_batch import add_workers, local, plan_within, progress
from builder.cli_limits import add_room, asked
from builder.cli_schema import Commands

if TYPE_CHECKING:
    from builder.batch.verifying import Verified


def add_verify(commands: Commands) -> None:
    """Add the command to the parser."""
    verify = commands.add_parser(
        "verify",
        help="compare a batch with its manifest: on disk, and made anew",
        description="Compares the files of a batch, on disk and made anew, with its manifest.",
        allow_abbrev=False,
    )
    verify.add_argument("manifest", type=Path, metavar="MANIFEST", help="a batch's manifest.json")
    verify.add_argument(
        "--project", type=Path, metavar="DIR", help="where the project stands now, if elsewhere"
    )
    verify.add_argument(
        "--no-build", action="store_true", help="look at the files on disk only, build nothing"
    )
    add_workers(verify)
    add_room(verify)
    verify.add_argument(
        "--trust", action="store_true", help="use templates of the theme that the manifest names"
    )
    verify.add_argument("--format", choices=("text", "json"), default="text")
    verify.add_argument("-q", "--quiet", action="store_true", help="print differences only")


def verify_command(arguments: argparse.Namespace) -> int:
    """Compare; 1 at any difference."""
    from builder.batch.manifest import NAME
    from builder.batch.verifying import verify
    from builder.diagnostics import ContentErrors, Diagnostics, Severity

    a = arguments
    path: Path = a.manifest / NAME if a.manifest.is_dir() else a.manifest
    log = Diagnostics()
    result = None
    run = None if a.no_build else local(a.jobs, asked(a))
    quiet = a.quiet or a.format == "json"
    try:
        with progress(quiet=quiet) as told:
            plan = partial(plan_within, asked(a))
            result = verify(path, a.project, run, log, told, plan, trust=a.trust)
    except ContentErrors:
        pass
    is_cut = run is not None and not (result and result.made_anew)
    # What is to be said of the list was said when the batch was made.
    faults = [finding for finding in log.sorted() if finding.severity is Severity.ERROR]
    found = [*faults, *(result.differences if result else ())]
    told_of = [*found, *(result.remarks if result else ())]
    if a.format == "json":
        counts = _counts(result) if result else {}
        as_json = {"diagnostics": [d.as_dict() for d in told_of], "verified": counts}
        print(json.dumps(as_json, ensure_ascii=False, indent=2))
    else:
        for finding in told_of:
            print(finding, file=sys.stderr)
        if result and not a.quiet:
            how = "on disk" if a.no_build or is_cut else "on disk and made anew"
            same = "were compared" if found or is_cut else "are what the manifest says"
            same += "; nothing was made anew" if is_cut else ""
            files = "1 file" if result.files == 1 else f"{result.files} files"
            copies = "1 copy" if result.copies == 1 else f"{result.copies} copies"
            print(f"{files} of {copies}, {how}, {same}")
            if result.not_made:
                print(f"{result.not_made} more had not been made, and are not compared")
    return 1 if found or is_cut else 0


def _counts(result: Verified) -> dict[str, int]:
    return {"copies": result.copies, "files": result.files, "not-made": result.not_made}

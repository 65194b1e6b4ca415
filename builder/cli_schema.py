"""`briefing schema`: JSON Schemas for editors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Protocol

from builder.exit_codes import USAGE


class Commands(Protocol):
    """What argparse gives for adding commands."""

    def add_parser(
        self, name: str, *, help: str, description: str, allow_abbrev: bool
    ) -> argparse.ArgumentParser:
        """Add a command."""
        ...


def add_schema(commands: Commands) -> None:
    """Add the command to the parser."""
    schema = commands.add_parser(
        "schema",
        help="give JSON Schemas of briefing.yml and the other YAML",
        description="JSON Schemas of briefing.yml, front matter, references.yml and the brand file,"
        " by which editors complete and explain keys. Needs no project.",
        allow_abbrev=False,
    )
    schema.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DIR",
        help="where to write them (default: print them as one JSON object)",
    )


def schema_command(arguments: argparse.Namespace) -> int:
    """Print the schemas, or write them into a folder; 2 where that cannot be."""
    from builder.schemas import as_text, schemas, write_schemas

    if arguments.folder is None:
        print(as_text(schemas()), end="")
        return 0
    try:
        for path in write_schemas(arguments.folder):
            print(path)
    except OSError as fault:
        print(f"briefing schema: error: {arguments.folder}: {fault.strerror}", file=sys.stderr)
        print("  hint: name a folder that you may write to", file=sys.stderr)
        return USAGE
    return 0

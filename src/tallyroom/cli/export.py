"""`tallyroom export`: the record as Parquet."""

from __future__ import annotations

import argparse
from pathlib import Path

from tallyroom.cli.ledgers import add_as_of, add_ledger, ledger_of
from tallyroom.cli.output import say

USAGE = "tallyroom export [OPTIONS] FOLDER"
_DESCRIPTION = """\
Write the whole record into FOLDER, which is yet to be made: commits, entries and sources as
Parquet, and manifest.json with the hash of each file. tallyroom import takes it in again
without loss: the same entries, numbers and hashes."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`."""
    parser.description = _DESCRIPTION
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="A folder that is not there yet.")
    add_ledger(parser)
    add_as_of(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the files."""
    with ledger_of(arguments) as ledger:
        manifest = ledger.export(arguments.folder, arguments.as_of)
    rows = ", ".join(f"{one['rows']:,} {name.partition('.')[0]}" for name, one in manifest["files"].items())
    say(f"exported {rows}; the last commit is {manifest['head'] or 'none'}")
    return 0

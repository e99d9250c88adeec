"""`tallyroom import`: an export into a record."""

from __future__ import annotations

import argparse
from pathlib import Path

from tallyroom.cli.ledgers import add_ledger, ledger_of
from tallyroom.cli.output import say

USAGE = "tallyroom import [OPTIONS] FOLDER"
_DESCRIPTION = """\
Take what tallyroom export wrote into a record that is empty, or that is the beginning of what was
exported: the same entries, numbers and hashes. All hashes are compared first; where one does not
agree, nothing is stored."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `import`."""
    parser.description = _DESCRIPTION
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="What tallyroom export wrote.")
    add_ledger(parser)


def run(arguments: argparse.Namespace) -> int:
    """Append the commits of the export."""
    from tallyroom.pipeline.ledgers import check_export

    check_export(arguments.folder)  # before a record is begun for what is no export
    with ledger_of(arguments, create=True) as ledger:
        count = ledger.take_in(arguments.folder)
        head = ledger.head()
    say(f"imported {count:,} commits; the last commit is {head.hash if head else 'none'}")
    return 0

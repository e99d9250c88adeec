"""`tallyroom verify`: the record against its hashes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tallyroom.cli.ledgers import add_ledger, ledger_of
from tallyroom.cli.output import opened, say

if TYPE_CHECKING:
    from tallyroom.model import Commit

USAGE = "tallyroom verify [OPTIONS]"
_DESCRIPTION = """\
Work out every commit of the record anew and compare it with its hash, and every source with its
own; run SQLite's own check of the file. What is not as it was written is named, one line each.

A record that was cut back to an earlier commit, or rewritten as a whole, agrees with itself: keep
the hash of its last commit elsewhere (each release's manifest does) and give it with --head."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `verify`."""
    parser.description = _DESCRIPTION
    add_ledger(parser)
    parser.add_argument("--head", metavar="HASH", help="A commit that the record must have.")


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong; 1 if anything is."""
    found = 0
    with ledger_of(arguments) as ledger, opened(None) as out:
        for finding in ledger.verify(arguments.head):
            found += 1
            out.write(f"{finding.where}: {finding.says}\n".encode(errors="backslashreplace"))
        out.flush()
        head = ledger.head() if not found else None
    if found:
        say(f"tallyroom: the record is not what was written: {found} findings [LG106]")
        return 1
    say(f"nothing wrong; {_stands(head)}")
    return 0


def _stands(head: Commit | None) -> str:
    if head is None:
        return "the record is empty"
    return f"{head.number:,} commits, {head.entries[1] - 1:,} entries; the last commit is {head.hash}"

"""`tallyroom correct`: other values for a figure."""

from __future__ import annotations

import argparse

from tallyroom.cli.ledgers import add_decision, author_of, ledger_of
from tallyroom.cli.options import add_entry
from tallyroom.cli.output import say
from tallyroom.cli.values import assignment

USAGE = "tallyroom correct [OPTIONS] ENTRY NAME=VALUE..."
_DESCRIPTION = """\
Give a figure other values. What it said first stays in the record, and --as-of shows it; the
correction is an entry of its own, with an author and a reason.

NAME is a field of an observation or a dimension of its breakdown: value=43 unit=case area=CN-YN
period=2022-07 channel=maritime. A plain number is exact; the interval follows its digits, unless
low or high is given. Nothing after the sign takes what stood there away (substance=)."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `correct`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add_entry(parser)
    add("values", metavar="NAME=VALUE", nargs="+", type=assignment, help="What shall stand.")
    add_decision(parser)


def run(arguments: argparse.Namespace) -> int:
    """Append the correction."""
    author = author_of(arguments, must=True)
    with ledger_of(arguments) as ledger:
        commit = ledger.correct(
            arguments.entry,
            dict(arguments.values),
            author=author,
            reason=arguments.reason,
            codebook=arguments.codebook,
        )
    say(
        f"corrected entry {arguments.entry}: entry {commit.entries[0]}, commit {commit.number} {commit.hash[:16]}"
    )
    return 0

"""`tallyroom review`: a reviewer's decision about a figure."""

from __future__ import annotations

import argparse

from tallyroom.cli.ledgers import add_decision, author_of, ledger_of
from tallyroom.cli.options import add_entry
from tallyroom.cli.output import say
from tallyroom.cli.values import assignment

USAGE = "tallyroom review [OPTIONS] ENTRY VERDICT [NAME=VALUE...]"
_DESCRIPTION = """\
Decide about a figure: accept it, amend it with other values, or reject it, so that it no longer
stands. The decision is an entry of its own, with an author and a reason; the last one counts.

VERDICT is accept, amend or reject; NAME=VALUE is for amend, as with tallyroom correct."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `review`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add_entry(parser)
    add("verdict", metavar="VERDICT", choices=("accept", "amend", "reject"), help="accept, amend or reject.")
    add("values", metavar="NAME=VALUE", nargs="*", type=assignment, help="What shall stand; for amend.")
    add_decision(parser)


def run(arguments: argparse.Namespace) -> int:
    """Append the decision."""
    author = author_of(arguments, must=True)
    with ledger_of(arguments) as ledger:
        commit = ledger.review(
            arguments.entry,
            arguments.verdict,
            dict(arguments.values),
            author=author,
            reason=arguments.reason,
            codebook=arguments.codebook,
        )
    done = f"{arguments.verdict} of entry {arguments.entry}"
    say(f"{done}: entry {commit.entries[0]}, commit {commit.number} {commit.hash[:16]}")
    return 0

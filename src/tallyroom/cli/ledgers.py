"""The options of commands that look into the record or append to it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tallyroom.cli.options import add_codebook
from tallyroom.cli.values import moment
from tallyroom.errors import TallyroomError

if TYPE_CHECKING:
    from tallyroom.pipeline.ledgers import OpenLedger

LEDGER, AUTHOR = "TALLYROOM_LEDGER", "TALLYROOM_AUTHOR"
UNSIGNED = "unsigned"
"""The author of what a program records unless somebody answers for it. Never the login name: that is a person's."""


class LedgerNotNamed(TallyroomError):
    """The command needs a record, and none was named."""

    code = "CL140"


class AuthorNotNamed(TallyroomError):
    """A decision needs an office that answers for it."""

    code = "CL141"


def add_ledger(parser: argparse.ArgumentParser) -> None:
    """Add `--ledger`."""
    parser.add_argument(
        "--ledger", metavar="PATH", type=Path, help=f"The record (default: what {LEDGER} names)."
    )


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add `--as-of`."""
    parser.add_argument(
        "--as-of", metavar="MOMENT", type=moment,
        help="What the record knew then: a day (its end, UTC), a time, or a commit's number.",
    )  # fmt: skip


def add_author(parser: argparse.ArgumentParser) -> None:
    """Add `--author`."""
    parser.add_argument(
        "--author", metavar="NAME",
        help=f"The office or role that answers for it, no person's name (default: {AUTHOR}).",
    )  # fmt: skip


def add_decision(parser: argparse.ArgumentParser) -> None:
    """Add what every decision about a figure takes: its reason, author, record and codebooks."""
    parser.add_argument("--reason", metavar="TEXT", required=True, help="Why; it is kept.")
    add_author(parser)
    add_ledger(parser)
    add_codebook(parser)


def ledger_of(arguments: argparse.Namespace, create: bool = False) -> OpenLedger:
    """Open the record that is meant.

    Raises:
        LedgerNotNamed: None is.
        LedgerError: It cannot be opened.
    """
    path = arguments.ledger or os.environ.get(LEDGER)
    if not path:
        raise LedgerNotNamed("no record was named", next_step=f"give --ledger PATH, or set {LEDGER}")
    from tallyroom.api import open_ledger

    return open_ledger(path, create=create)


def author_of(arguments: argparse.Namespace, must: bool = False) -> str:
    """Return who answers for what is recorded; `UNSIGNED` where nobody is named.

    Raises:
        AuthorNotNamed: Nobody is, and somebody must.
    """
    author = (arguments.author or os.environ.get(AUTHOR) or "").strip()
    if not author and must:
        raise AuthorNotNamed(
            "a decision needs an author",
            expected="the office or role that answers for it, no person's name",
            next_step=f"give --author NAME, or set {AUTHOR}",
        )
    return author or UNSIGNED

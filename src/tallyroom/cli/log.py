"""`tallyroom log`: the commits of the record."""

from __future__ import annotations

import argparse
import collections
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tallyroom.cli.ledgers import add_as_of, add_ledger, ledger_of
from tallyroom.cli.output import opened, terminal, write_lines
from tallyroom.cli.values import natural

if TYPE_CHECKING:
    from tallyroom.model import Commit
    from tallyroom.pipeline.ledgers import OpenLedger

USAGE = "tallyroom log [OPTIONS]"
_DESCRIPTION = """\
List the commits of the record, the last one first: number, time (UTC), author, what it holds, why,
and how its hash begins. The hash of a commit says all that was there before it, too."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `log`."""
    parser.description = _DESCRIPTION
    add_ledger(parser)
    add_as_of(parser)
    parser.add_argument(
        "--limit", metavar="N", type=natural, default=20, help="Print no more than N commits (default: 20)."
    )
    parser.add_argument("--json", action="store_true", help="Print one JSON object a line.")


def run(arguments: argparse.Namespace) -> int:
    """Print the commits."""
    import msgspec

    with ledger_of(arguments) as ledger, opened(None) as out:
        commits = list(reversed(collections.deque(ledger.commits(arguments.as_of), arguments.limit)))
        if arguments.json:
            lines = [msgspec.json.encode(commit).decode() for commit in commits]
        else:
            lines = list(_lines(ledger, commits, *terminal(out)))
        write_lines(out, lines)
        out.flush()
    return 0


def _lines(ledger: OpenLedger, commits: list[Commit], width: int, colour: bool) -> Iterator[str]:
    from tallyroom.show.layout import Column, Layout, Style
    from tallyroom.show.trace_text import when
    from tallyroom.show.widths import printable

    columns = (
        Column("commit", right=True), Column("time", plain=True), Column("hash", plain=True),
        Column("author", wraps=True), Column("why", wraps=True), Column("entries", wraps=True),
    )  # fmt: skip
    if not commits:
        yield "no commit"
        return
    rows = [
        [str(commit.number), when(commit.time), commit.hash[:12], printable(commit.author),
         printable(commit.reason), _held(ledger, commit)]
        for commit in commits
    ]  # fmt: skip
    layout, style = Layout(columns, rows, width), Style(colour)
    yield style.dim(layout.head())
    for row in rows:
        yield from layout.lines(row, style)


def _held(ledger: OpenLedger, commit: Commit) -> str:
    kinds = ledger.ledger.kinds_in(commit)
    first, after = commit.entries
    ids = str(first) if after == first + 1 else f"{first}-{after - 1}"
    return f"{ids}: " + ", ".join(
        f"{count:,} {kind}{'s' if count > 1 else ''}" for kind, count in kinds.items()
    )

"""`tallyroom read --watch`: a folder that is read as documents come into it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tallyroom.cli.account import Account
from tallyroom.cli.commands import WrongUsage
from tallyroom.cli.ledgers import LEDGER, author_of, ledger_of
from tallyroom.cli.output import print_lines, say
from tallyroom.cli.values import seconds

if TYPE_CHECKING:
    from tallyroom.cli.recorded import Teller
    from tallyroom.codebook import Codebook
    from tallyroom.model import Reading
    from tallyroom.pipeline.ledgers import OpenLedger
    from tallyroom.pipeline.reading import ReadOptions
    from tallyroom.pipeline.watching import Watcher

INTERVAL = 1.0
"""Seconds between two looks at the folder."""


def add_watch(parser: argparse.ArgumentParser) -> None:
    """Add the options of watching a folder."""
    group = parser.add_argument_group("watching a folder")
    add = group.add_argument
    add("--watch", metavar="DIR", type=Path,
        help="Read into the record what is dropped into this folder, until Ctrl-C.")  # fmt: skip
    add("--once", action="store_true", help="Read what is there now, and end: for a scheduler.")
    add("--settle", metavar="SECONDS", type=seconds, default=2.0,
        help="Read a file when it has not changed for so long (default: 2).")  # fmt: skip
    add("--ignore", metavar="PATTERN", action="append", default=[],
        help="Names or paths in the folder to pass over, as 'done/*'; may be given again.")  # fmt: skip


def check_usage(arguments: argparse.Namespace) -> None:
    """Raise `WrongUsage` where the options of watching do not go with the others."""
    if arguments.watch is None:
        if arguments.once or arguments.ignore:
            raise _wrong("--once and --ignore are for a folder that is watched", "give --watch DIR")
        if not arguments.sources:
            raise _wrong("nothing was named to read", "name a file, a directory, an address, or - for stdin")
        return
    if arguments.sources:
        raise _wrong("a run reads what it is given or watches a folder", "leave the sources out, or --watch")
    if arguments.output or arguments.format not in (None, "jsonl"):
        raise _wrong(
            "what a watched folder gives has no end",
            "--format jsonl prints rows as they come; else ask the record",
        )


def _wrong(says: str, advice: str) -> WrongUsage:
    return WrongUsage(says, where="tallyroom read", next_step=advice)


def run_watch(arguments: argparse.Namespace, options: ReadOptions) -> int:
    """Watch until somebody ends it, or once; 1 where a single look found what could not be read."""
    from tallyroom.cli.recorded import Teller
    from tallyroom.codebook import load_codebook

    with ledger_of(arguments, create=True) as ledger:
        watcher = _watcher(arguments, options, ledger, load_codebook(arguments.codebook))
        account, teller = Account(arguments.leftovers), Teller()
        try:
            _watch(watcher, account, teller, arguments)
        except KeyboardInterrupt:
            return 0
        finally:
            teller.close(ledger)
        return account.close()


def _watcher(
    arguments: argparse.Namespace, options: ReadOptions, ledger: OpenLedger, codebook: Codebook
) -> Watcher:
    from tallyroom.pipeline.watching import Settings, Watcher

    record = str(arguments.ledger or os.environ.get(LEDGER))
    memory = None if record == ":memory:" else Path(f"{record}.watch")
    settings = Settings(
        arguments.settle, tuple(arguments.ignore), arguments.jobs, arguments.replace, author_of(arguments)
    )
    return Watcher(arguments.watch, ledger, codebook, options, settings, memory)


def _watch(watcher: Watcher, account: Account, teller: Teller, arguments: argparse.Namespace) -> None:
    """Look at the folder again and again; a single look waits once for what has just come."""
    looks = 0
    while True:
        looks += 1
        _tell(account.of(teller.of(watcher.round())), arguments.format == "jsonl")
        if not arguments.once:
            time.sleep(INTERVAL)
        elif watcher.waiting and looks == 1:
            time.sleep(arguments.settle)
        else:
            break
    if watcher.waiting:
        say(f"{watcher.waiting:,} still being written, and left for the next time")


def _tell(readings: Iterable[Reading], as_rows: bool) -> None:
    """Print rows where they were asked for, and a line for each document to somebody who looks on."""
    from tallyroom.show.widths import printable

    looked_on = sys.stderr.isatty()
    for reading in readings:
        if as_rows:
            print_lines(row.to_json() for row in reading.observations)
        if looked_on:
            say(
                f"{time.strftime('%H:%M:%S')}  {printable(reading.document.id)}: {len(reading.observations)} figures"
            )

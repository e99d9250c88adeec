"""`tallyroom read`: briefings in, observations out."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tallyroom.cli.account import Account
from tallyroom.cli.ledgers import add_author, author_of, ledger_of
from tallyroom.cli.options import add_codebook
from tallyroom.cli.output import made_by, opened, refuse_terminal, say, terminal
from tallyroom.cli.progress import watched
from tallyroom.cli.values import day, format_of, processes
from tallyroom.cli.watching import add_watch, check_usage, run_watch
from tallyroom.model import Reading

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.pipeline.reading import Failure, ReadOptions

    Outcomes = Iterable[Reading | Failure]

USAGE = "tallyroom read [OPTIONS] SOURCE...\n       tallyroom read [OPTIONS] --watch DIR --ledger PATH"
FORMATS = ("table", "jsonl", "csv", "parquet", "html")
_DESCRIPTION = """\
Read briefings and print their observations: each figure with what it counts, where, when,
of which operation, and the characters that say so.

SOURCE is a text, a web page, a PDF or Office file, a mail, a ZIP archive, a directory (read recursively),
- for standard input, or the address of a page (https://...), which is then fetched: nothing else touches
the network.
With --ledger each document is kept whole in the record, with its figures: one that the record
has adds nothing, one that changed becomes a new version whose differences are told on stderr.

Results go to standard output. How many numerals were bound to an observation, set aside
by a rule, or left over goes to stderr, with whatever could not be read."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `read`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("sources", metavar="SOURCE", nargs="*", help="File, directory, address, or - for standard input.")
    add(
        "--published",
        metavar="DATE",
        type=day,
        help="Day of publication (YYYY-MM-DD), before the documents' own word.",
    )
    add_codebook(parser)
    add("--format", metavar="FORMAT", choices=FORMATS,
        help="table, jsonl, csv, parquet or html; by default what PATH ends in, or table.")  # fmt: skip
    add("-o", "--output", metavar="PATH", type=Path, help="Write to a file, whole or not at all.")
    add(
        "--leftovers",
        action="store_true",
        help="List the numerals that were left over, with their context, on stderr.",
    )
    add(
        "--jobs",
        metavar="N",
        type=processes,
        default=1,
        help="Number of processes (default: 1). The results are the same.",
    )
    add("--encoding", metavar="NAME", help="Encoding of the sources, where it is not found rightly.")
    add("--allow-private", action="store_true",
        help="Fetch from this machine and from networks that are not public too.")  # fmt: skip
    add(
        "--ledger",
        metavar="PATH",
        type=Path,
        help="Keep what is read in this record. Without it nothing is stored.",
    )
    add_author(parser)
    add("--replace", action="store_true",
        help="Let a document take the place of another one of its name in the record.")  # fmt: skip
    add_watch(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read the sources; 1 if one of them could not be read."""
    from tallyroom.pipeline.reading import ReadOptions

    check_usage(arguments)
    keep = arguments.ledger is not None or _format_of(arguments) == "html"  # pages are drawn from their bytes
    options = ReadOptions(arguments.published, arguments.encoding, keep, arguments.allow_private)
    if arguments.watch is None:
        return _read(arguments, options)
    return run_watch(arguments, options)


def _format_of(arguments: argparse.Namespace) -> str:
    return arguments.format or format_of(arguments.output, FORMATS)


def _read(arguments: argparse.Namespace, options: ReadOptions) -> int:
    from tallyroom.codebook import load_codebook
    from tallyroom.pipeline.names import Names
    from tallyroom.pipeline.reading import count_sources, read_sources

    chosen = _format_of(arguments)
    if chosen == "parquet":
        refuse_terminal(arguments.output, chosen)
    codebook = load_codebook(arguments.codebook)
    account, names = Account(arguments.leftovers), Names()
    with _recording(arguments, codebook) as recorded, opened(arguments.output) as out:
        outcomes = watched(
            recorded(read_sources(arguments.sources, codebook, options, arguments.jobs, names=names)),
            lambda: count_sources(arguments.sources),
            arguments.output,
        )
        _write(chosen, account.of(outcomes), out, codebook)
        out.flush()
    if notice := names.shared():
        say(f"tallyroom: {notice}")
    return account.close()


@contextlib.contextmanager
def _recording(arguments: argparse.Namespace, codebook: Codebook) -> Iterator[Callable[[Outcomes], Outcomes]]:
    """Give what passes readings on, and keeps them in the record if one is named."""
    if arguments.ledger is None:
        yield lambda outcomes: outcomes
        return
    from tallyroom.cli.recorded import Teller

    with ledger_of(arguments, create=True) as ledger:
        teller = Teller()
        yield lambda outcomes: teller.of(
            ledger.record_all(outcomes, codebook, author_of(arguments), replace=arguments.replace)
        )
        teller.close(ledger)


def _write(format_name: str, readings: Iterable[Reading], out: BinaryIO, codebook: Codebook) -> None:
    """Hand the readings to the renderer; each is imported when it is asked for."""
    if format_name == "jsonl":
        from tallyroom.show.jsonl import write_jsonl

        write_jsonl(readings, out)
    elif format_name == "csv":
        from tallyroom.show.tabular import write_csv

        write_csv(readings, out)
    elif format_name == "parquet":
        from tallyroom.show.tabular import write_parquet

        write_parquet(readings, out)
    elif format_name == "html":
        from tallyroom.pipeline.picturing import Pictures
        from tallyroom.show.html import write_html
        from tallyroom.show.labels import Labels

        names = Labels(codebook.indicators, codebook.lists)
        write_html(readings, out, names, made_by(codebook), Pictures().of)
    else:
        from tallyroom.show.table import write_table

        width, colour = terminal(out)
        write_table(readings, out, width, colour)

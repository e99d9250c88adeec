"""`tallyroom sql`: questions that `figures` cannot ask."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tallyroom.cli.ledgers import add_as_of, add_ledger, ledger_of
from tallyroom.cli.output import opened, refuse_terminal, say, terminal
from tallyroom.cli.values import format_of, seconds

if TYPE_CHECKING:
    import pyarrow

USAGE = "tallyroom sql [OPTIONS] QUERY"
FORMATS = ("table", "jsonl", "csv", "parquet")
_DESCRIPTION = """\
Run one SELECT of DuckDB's SQL over a snapshot of the record. The views are figures (the claims that
stand), observations (all that was ever read), documents, decisions, commits and entries;
DESCRIBE figures tells the columns of one.

The query runs in a process of its own, in memory, on a copy: it can read no other file and no
network, write nothing, and is ended when it takes more time or memory than it may."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `sql`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("query", metavar="QUERY", help="One SELECT statement.")
    add_ledger(parser)
    add_as_of(parser)
    add("--format", metavar="FORMAT", choices=FORMATS,
        help="table, jsonl, csv or parquet; by default what PATH ends in, or table.")  # fmt: skip
    add("-o", "--output", metavar="PATH", type=Path, help="Write to a file, whole or not at all.")
    add(
        "--seconds", metavar="N", type=seconds, default=30.0, help="How long the query may run (default: 30)."
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the result."""
    chosen = arguments.format or format_of(arguments.output, FORMATS)
    if chosen == "parquet":
        refuse_terminal(arguments.output, chosen)
    with (
        ledger_of(arguments) as ledger,
        ledger.sql(arguments.query, arguments.as_of, arguments.seconds) as reader,
        opened(arguments.output) as out,
    ):
        _write(chosen, reader, out)
        out.flush()
    return 0


def _write(format_name: str, reader: pyarrow.RecordBatchReader, out: BinaryIO) -> None:
    from tallyroom.show import result

    if format_name == "table":
        if result.write_table(reader, out, *terminal(out)):
            say(
                f"tallyroom: there are more than {result.MOST:,} rows; csv, jsonl and parquet give all of them"
            )
        return
    writers = {"jsonl": result.write_jsonl, "csv": result.write_csv, "parquet": result.write_parquet}
    writers[format_name](reader, out)

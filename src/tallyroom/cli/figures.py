"""`tallyroom figures`: what the record knows."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from tallyroom.cli.ledgers import add_as_of, add_ledger, ledger_of
from tallyroom.cli.options import add_codebook, add_output
from tallyroom.cli.output import opened, refuse_terminal, terminal
from tallyroom.cli.values import format_of, natural

if TYPE_CHECKING:
    from tallyroom.model import Figure

USAGE = "tallyroom figures [OPTIONS] [QUERY...]"
FORMATS = ("table", "jsonl", "csv", "parquet")
_DESCRIPTION = """\
Print the figures that stand in the record: corrected ones with their new values, rejected ones
and those of superseded versions left out, copies of one release once.

QUERY is NAME=VALUE over the fields of an observation: indicator=quantity_seized area=CN-YN
period=2022. A comma separates several values; a group, a place or a period takes in what it
contains; nothing after the sign asks for what is not told (substance=). Without QUERY: all."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `figures`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("query", metavar="QUERY", nargs="*",
        help="indicator, area, substance, period, operation, agency, source, ...")  # fmt: skip
    add_ledger(parser)
    add_as_of(parser)
    add_codebook(parser)
    add("--limit", metavar="N", type=natural, help="Print no more than N figures.")
    add_output(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures; 0 where there are none too."""
    chosen = arguments.format or format_of(arguments.output, FORMATS)
    if chosen == "parquet":
        refuse_terminal(arguments.output, chosen)
    with ledger_of(arguments) as ledger:
        query = ledger.query(arguments.query, arguments.codebook)
        found = itertools.islice(ledger.ledger.figures(query, arguments.as_of), arguments.limit)
        with opened(arguments.output) as out:
            _write(chosen, found, out)
            out.flush()
    return 0


def _write(format_name: str, found: Iterable[Figure], out: BinaryIO) -> None:
    if format_name == "table":
        from tallyroom.show.figure_table import write_figures

        write_figures(list(found), out, *terminal(out))
        return
    from tallyroom.show import figures

    writers = {"jsonl": figures.write_jsonl, "csv": figures.write_csv, "parquet": figures.write_parquet}
    writers[format_name](found, out)

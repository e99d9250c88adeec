"""`tallyroom bounds`: how low and how high a figure may be, published or not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, BinaryIO

from tallyroom.cli.ledgers import add_as_of, add_ledger, ledger_of
from tallyroom.cli.options import add_codebook, add_language, add_output
from tallyroom.cli.output import made_by, opened, terminal, write_lines
from tallyroom.cli.values import format_of

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.model.audit import Answer

USAGE = "tallyroom bounds [OPTIONS] QUERY..."
FORMATS = ("table", "jsonl", "html")
_DESCRIPTION = """\
Tell the lowest and the highest value that the record allows for one cell, whether anybody published
it or not, with the figures that force each end.

QUERY names one cell: indicator=cases_solved area=CN period=2022-06-25/2022-07-31 and what narrows
it (operation, agency, offence, substance, channel, ...). What is left open is taken from the record
where that leaves no choice, and told; nothing after the sign says that none is meant (substance=).

--without takes the measure of another cell off, named by the pairs in which it differs: what is left
of a total, or the growth between two days."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `bounds`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("query", metavar="QUERY", nargs="+", help="NAME=VALUE over the fields of a cell.")
    add("--without", metavar="QUERY", nargs="+", action="append", default=[],
        help="Take this cell off; may be repeated.")  # fmt: skip
    add_ledger(parser)
    add_as_of(parser)
    add_codebook(parser)
    add_language(parser)
    add_output(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Print the bounds; a cell that nothing bounds is no failure."""
    from tallyroom.api import load

    chosen = arguments.format or format_of(arguments.output, FORMATS)
    with ledger_of(arguments) as ledger:
        answer = ledger.bounds(
            arguments.query, arguments.without, arguments.as_of, codebook=arguments.codebook
        )
    with opened(arguments.output) as out:
        _write(chosen, answer, out, load(arguments.codebook), arguments.lang)
        out.flush()
    return 0


def _write(format_name: str, answer: Answer, out: BinaryIO, codebook: Codebook, lang: str) -> None:
    if format_name == "jsonl":
        from tallyroom.show.audit_rows import write_answer_jsonl

        write_answer_jsonl(answer, out)
    elif format_name == "html":
        from tallyroom.show.bounds_html import write_answer_html
        from tallyroom.show.labels import Labels

        labels = Labels(codebook.indicators, codebook.lists)
        write_answer_html(answer, out, labels, lang, made_by(codebook))
    else:
        from tallyroom.show.bounds_text import answer_lines
        from tallyroom.show.layout import Style

        width, colour = terminal(out)
        lines = answer_lines(answer, width, Style(colour), lang)
        write_lines(out, lines)

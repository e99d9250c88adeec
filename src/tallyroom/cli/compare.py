"""`tallyroom compare`: two sources or two releases side by side."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, BinaryIO

from tallyroom.cli.ledgers import add_as_of, add_ledger, ledger_of
from tallyroom.cli.options import add_codebook, add_language, add_output
from tallyroom.cli.output import made_by, opened, say, terminal, write_lines
from tallyroom.cli.values import format_of

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.model.audit import SideBySide

USAGE = "tallyroom compare [OPTIONS] A B"
FORMATS = ("table", "jsonl", "csv", "html")
_DESCRIPTION = """\
Put two sources or two releases side by side: the same cells, which agree exactly, which agree by
rounding, which differ, and what only one of them has. Cumulative figures of one operation that run
to other days are told with their growth.

A and B are each the name of a release, a document, an agency or a publisher; KIND=NAME where
several have one name (document=seed, agency=cn-mps); or a query in quotation marks
("source=seed,z03 indicator=cases_solved")."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `compare`."""
    parser.description = _DESCRIPTION
    for name, what in (("first", "A"), ("second", "B")):
        parser.add_argument(name, metavar=what, help="A release, document, agency, publisher, or a query.")
    add_ledger(parser)
    add_as_of(parser)
    add_codebook(parser)
    add_language(parser)
    add_output(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison; differences are no failure."""
    from tallyroom.api import load

    chosen = arguments.format or format_of(arguments.output, FORMATS)
    codebook = load(arguments.codebook)
    with ledger_of(arguments) as ledger:
        compared = ledger.compare(arguments.first, arguments.second, arguments.as_of, codebook)
    with opened(arguments.output) as out:
        _write(chosen, compared, out, codebook, arguments.lang)
        out.flush()
    if arguments.output or chosen != "table":
        from tallyroom.show.side_table import summary

        say(f"{len(compared.pairs):,} cells: {summary(compared, 'en')}")
    return 0


def _write(format_name: str, compared: SideBySide, out: BinaryIO, codebook: Codebook, lang: str) -> None:
    from tallyroom.show import audit_rows

    if format_name == "jsonl":
        audit_rows.write_comparison_jsonl(compared, out)
    elif format_name == "csv":
        audit_rows.write_comparison_csv(compared, out, lang)
    elif format_name == "html":
        from tallyroom.show.labels import Labels
        from tallyroom.show.side_html import write_comparison_html

        labels = Labels(codebook.indicators, codebook.lists)
        write_comparison_html(compared, out, labels, lang, made_by(codebook))
    else:
        from tallyroom.show.layout import Style
        from tallyroom.show.side_table import comparison_lines

        width, colour = terminal(out)
        lines = comparison_lines(compared, width, Style(colour), lang)
        write_lines(out, lines)

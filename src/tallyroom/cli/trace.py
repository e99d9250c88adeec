"""`tallyroom trace`: from a number back to its characters, and forward to its releases."""

from __future__ import annotations

import argparse

from tallyroom.cli.ledgers import add_as_of, add_ledger, ledger_of
from tallyroom.cli.options import add_entry
from tallyroom.cli.output import opened, terminal, write_lines

USAGE = "tallyroom trace [OPTIONS] ENTRY"
_DESCRIPTION = """\
Follow an entry of the record: to the characters of its source, with the text around them, the rule
that read them and the version of the codebook; for a return to its cell; and on to corrections,
reviews, later versions of the document, and the releases that print it."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `trace`."""
    parser.description = _DESCRIPTION
    add_entry(parser)
    add_ledger(parser)
    add_as_of(parser)
    parser.add_argument("--json", action="store_true", help="Print one JSON object.")


def run(arguments: argparse.Namespace) -> int:
    """Print the trace."""
    import msgspec

    from tallyroom.show.layout import Style
    from tallyroom.show.trace_text import trace_lines

    with ledger_of(arguments) as ledger:
        trace = ledger.trace(arguments.entry, arguments.as_of)
    with opened(None) as out:
        width, colour = terminal(out)
        lines = (
            [msgspec.json.encode(trace).decode()]
            if arguments.json
            else trace_lines(trace, width, Style(colour))
        )
        write_lines(out, lines)
        out.flush()
    return 0

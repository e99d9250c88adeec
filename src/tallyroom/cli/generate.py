"""`tallyroom generate`: test data without end."""

from __future__ import annotations

import argparse
from pathlib import Path

from tallyroom.cli.output import say
from tallyroom.cli.values import natural

USAGE = "tallyroom generate ACTION ..."
_DESCRIPTION = """\
Generate test data at random: consistent, in varied wording, with its annotations.

The same seed gives the same bytes on every machine. All of it is invented."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `generate` and their arguments."""
    parser.description = _DESCRIPTION
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(parser))
    briefings = actions.add_parser(
        "briefings",
        usage="tallyroom generate briefings [OPTIONS] --output DIR",
        help="Briefings with annotations, as `evaluate` reads them.",
    )
    _common(briefings, "Number of sets of facts; each is told in each language and form (default: 10).")
    add = briefings.add_argument
    add("--lang", choices=("zh", "en"), help="Only this language; both by default.")
    add("--form", choices=("text", "html"), help="Only this form; both by default.")


def _common(parser: argparse.ArgumentParser, count: str) -> None:
    add = parser.add_argument
    add("--seed", metavar="N", type=natural, default=1, help="Names the series (default: 1).")
    add("--count", metavar="N", type=natural, default=10, help=count)
    add("--output", metavar="DIR", type=Path, required=True, help="Folder to write; new or empty.")


def run(arguments: argparse.Namespace) -> int:
    """Write what was asked for."""
    return {"briefings": _briefings}[arguments.action](arguments)


def _briefings(arguments: argparse.Namespace) -> int:
    from tallyroom.api import load
    from tallyroom.pipeline.generating import samples, write_samples

    chosen = samples(
        arguments.seed,
        range(arguments.count),
        load(()),
        (arguments.lang,) if arguments.lang else ("zh", "en"),
        (arguments.form,) if arguments.form else ("text", "html"),
    )
    briefings, rows = write_samples(arguments.output, chosen)
    say(f"tallyroom: {briefings} briefings with {rows} annotations in {arguments.output}")
    return 0

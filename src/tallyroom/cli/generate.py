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
    add("--lang", choices=("zh", "en", "zh-Hant"), help="Only this language; zh and en by default.")
    add("--form", choices=("text", "html"), help="Only this form; both by default.")
    returns = actions.add_parser(
        "returns",
        usage="tallyroom generate returns [OPTIONS] CAMPAIGN ROUND --output DIR",
        help="Returns of all units of a campaign, whose totals agree.",
    )
    returns.add_argument("campaign", metavar="CAMPAIGN", help="Its code, as campaign list shows it.")
    returns.add_argument("round", metavar="ROUND", help="Code of the round.")
    _common(returns, "Number of sets of returns, each in a folder of its own (default: 10).")
    returns.add_argument(
        "--format", choices=("csv", "xlsx", "both"), default="both",
        help="csv, xlsx, or both kinds by turns (default: both).",
    )  # fmt: skip


def _common(parser: argparse.ArgumentParser, count: str) -> None:
    add = parser.add_argument
    add("--seed", metavar="N", type=natural, default=1, help="Names the series (default: 1).")
    add("--count", metavar="N", type=natural, default=10, help=count)
    add("--output", metavar="DIR", type=Path, required=True, help="Folder to write; new or empty.")


def run(arguments: argparse.Namespace) -> int:
    """Write what was asked for."""
    return {"briefings": _briefings, "returns": _returns}[arguments.action](arguments)


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


def _returns(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import load_campaign
    from tallyroom.pipeline.filing import write_returns

    written = write_returns(
        arguments.output, load_campaign(arguments.campaign), arguments.round,
        seeds=range(arguments.seed, arguments.seed + arguments.count), kind=arguments.format,
    )  # fmt: skip
    say(f"tallyroom: {written} returns in {arguments.output}; totals.json tells what they add up to")
    return 0

"""`tallyroom campaign`: the campaigns that are declared, and what is wrong in a declaration."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tallyroom.cli.options import add_codebook
from tallyroom.cli.output import print_lines, say

USAGE = "tallyroom campaign ACTION ..."
_DESCRIPTION = """\
List, show and check declared campaigns: operations, what each reports, waves and targeted cases,
reporting units, forms, rounds and releases."""
LANGUAGES = ("en", "zh")


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `campaign` and their arguments."""
    parser.description = _DESCRIPTION
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(parser))
    list_ = actions.add_parser(
        "list", usage="tallyroom campaign list [OPTIONS]", help="List the campaigns that are declared."
    )
    show = actions.add_parser(
        "show", usage="tallyroom campaign show [OPTIONS] CAMPAIGN", help="Show all that is declared of one."
    )
    show.add_argument("campaign", metavar="CAMPAIGN", help="Its code, as list shows it.")
    show.add_argument("--lang", choices=LANGUAGES, help="en or zh (default: both).")
    check = actions.add_parser(
        "check",
        usage="tallyroom campaign check [OPTIONS]",
        help="Report mistakes in declarations, with file and line.",
    )
    for action in (list_, show, check):
        add_codebook(action)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; 1 if a declaration has a mistake or the campaign is unknown."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {"list": _list, "show": _show, "check": _check}
    return actions[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import declared_campaigns
    from tallyroom.show.matrix import said

    campaigns = declared_campaigns(arguments.codebook)
    print_lines(f"{one.code:<24}{one.start}  {said(one.label, None)}" for one in campaigns)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import load_campaign
    from tallyroom.show.campaign import campaign_lines

    print_lines(campaign_lines(load_campaign(arguments.campaign, arguments.codebook), arguments.lang))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import check_codebook

    parts = ("/reporting/", "/reporting-units/", "/campaigns/", "/mappings/")
    problems = [one for one in check_codebook(arguments.codebook) if any(part in one.file for part in parts)]
    print_lines(str(problem) for problem in problems)
    say(f"{len(problems)} mistakes" if problems else "no mistake")
    return 1 if problems else 0

"""`tallyroom evaluate`: the reader against somebody's annotations."""

from __future__ import annotations

import argparse
from pathlib import Path

from tallyroom.cli.commands import WrongUsage
from tallyroom.cli.options import add_codebook
from tallyroom.cli.output import opened, say, write_lines
from tallyroom.cli.values import natural, processes

USAGE = "tallyroom evaluate [OPTIONS] GOLD_DIR"
_DESCRIPTION = """\
Score the reader on annotations in the format of the corpus.

GOLD_DIR holds docs.jsonl (id, lang, published, publisher), gold.jsonl (one observation a line)
and texts/. Four levels build on one another: figure (span, value, unit), indicator (and
statistic), cell (area, substance, period), full (all other fields). F1 is over all rows."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `evaluate`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("gold_dir", metavar="GOLD_DIR", type=Path, help="Folder with the annotations.")
    add_codebook(parser)
    add("--lang", metavar="LANG", default="", help="Only documents whose language begins with this.")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument(
        "--skip", metavar="FILE", type=Path, help="Leave out the documents whose ids FILE lists."
    )
    chosen.add_argument(
        "--only", metavar="FILE", type=Path, help="Score only the documents whose ids FILE lists."
    )
    add("--errors", metavar="N", type=natural, default=0, help="List up to N rows of each kind of error.")
    add("--json", action="store_true", help="Print one JSON object.")
    add("--jobs", metavar="N", type=processes, default=1, help="Number of processes (default: 1).")


def run(arguments: argparse.Namespace) -> int:
    """Score the reader; 1 if a document could not be read."""
    import msgspec

    from tallyroom.api import evaluate
    from tallyroom.evaluation.report import as_object, report_lines

    evaluation = evaluate(
        arguments.gold_dir,
        codebook=arguments.codebook,
        lang=arguments.lang,
        skip=_ids(arguments.skip) if arguments.skip else (),
        only=_ids(arguments.only) if arguments.only else None,
        jobs=arguments.jobs,
    )
    for message in evaluation.unread:
        say(f"tallyroom: {message}")
    if arguments.json:
        lines = [msgspec.json.encode(as_object(evaluation, arguments.errors)).decode()]
    else:
        lines = list(report_lines(evaluation, arguments.errors))
    with opened(None) as out:
        write_lines(out, lines)
        out.flush()
    return 1 if evaluation.unread else 0


def _ids(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(
            "the list of ids cannot be read", where=str(path), found=str(error), expected="one id a line"
        ) from None

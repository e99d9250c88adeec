"""`tallyroom codebook`: check, explain and list what the reader knows."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tallyroom.cli.options import add_codebook
from tallyroom.cli.output import opened, print_lines, say, terminal

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook, Explanation
    from tallyroom.model import Reading

USAGE = "tallyroom codebook ACTION ..."
_DESCRIPTION = """\
Check, explain and list what the reader knows: indicators, code lists, agencies, campaigns, areas,
and the words of each language for them."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `codebook` and their arguments."""
    parser.description = _DESCRIPTION
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(parser))
    check = actions.add_parser(
        "check",
        usage="tallyroom codebook check [OPTIONS] [NAME...]",
        help="Report mistakes with file and line, and run all examples.",
    )
    check.add_argument(
        "names", metavar="NAME", nargs="*", help="Names or folders; all shipped ones by default."
    )
    check.add_argument("--no-examples", action="store_true", help="Check the files alone; run no example.")
    explain = actions.add_parser(
        "explain",
        usage="tallyroom codebook explain [OPTIONS] CODE",
        help="Show a code with its definition and wording.",
    )
    explain.add_argument("code", metavar="CODE", help="A code (heroin), KIND/CODE, or a word of a text.")
    add_codebook(explain)
    list_ = actions.add_parser(
        "list",
        usage="tallyroom codebook list [OPTIONS] [KIND]",
        help="List the codes of a kind, or the kinds.",
    )
    list_.add_argument("kind", metavar="KIND", nargs="?", help="indicators, substances, areas, ...")
    add_codebook(list_)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; 1 if a codebook has a mistake or the code is unknown."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "check": _check,
        "explain": _explain,
        "list": _list,
    }
    return actions[arguments.action](arguments)


def _check(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import check_codebook, examples, load_codebook, run_examples

    problems = check_codebook(arguments.names)
    proofs = 0
    if not problems and not arguments.no_examples:
        found = list(examples(arguments.names))
        problems, proofs = run_examples(found, _reader(load_codebook(arguments.names))), len(found)
    print_lines(str(problem) for problem in problems)
    ran = f"{proofs} examples run" if proofs else "no example run"
    say(f"{len(problems)} mistakes, {ran}" if problems else f"no mistake, {ran}")
    return 1 if problems else 0


def _reader(codebook: Codebook) -> Callable[[str, str, datetime.date | None], Reading]:
    from tallyroom.pipeline.reading import Record, reader_of_records

    read = reader_of_records(codebook)
    return lambda text, lang, published: read(Record("example", text, published, lang))


def _explain(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import explain, load_codebook

    print_lines(explanation_lines(explain(load_codebook(arguments.codebook), arguments.code), _width()))
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import kinds, list_codes, load_codebook
    from tallyroom.show.widths import pad, width_of

    codebook = load_codebook(arguments.codebook)
    if arguments.kind is None:
        print_lines(f"{kind:<16}{len(list_codes(codebook, kind)):>7,}" for kind in kinds(codebook))
        return 0
    codes = list_codes(codebook, arguments.kind)
    wide = max((width_of(entry.code) for entry in codes), default=0)
    print_lines(f"{pad(entry.code, wide)}  {' · '.join(entry.label.values())}".rstrip() for entry in codes)
    return 0


def explanation_lines(one: Explanation, width: int) -> Iterator[str]:
    """Give an explanation line by line, none wider than `width` columns."""
    from tallyroom.show.widths import pad, wrap

    yield f"{one.code}  ({one.kind})"
    for name, content in _sections(one):
        lines = wrap(content, max(20, width - 18))
        yield f"  {pad(name, 14)}  {lines[0]}".rstrip()
        yield from (f"{'':18}{line}" for line in lines[1:])


def _sections(one: Explanation) -> Iterator[tuple[str, str]]:
    yield from ((f"label {lang}", label) for lang, label in one.label.items())
    yield from ((f"meaning {lang}", definition) for lang, definition in one.definition.items())
    if one.parent:
        yield "part of", one.parent
    yield from one.facts.items()
    yield from ((f"words {lang}", ", ".join(words)) for lang, words in one.wording.items())
    if one.where:
        yield "stands at", one.where
    if one.also:
        yield "see also", ", ".join(one.also)


def _width() -> int:
    with opened(None) as out:
        return terminal(out)[0]

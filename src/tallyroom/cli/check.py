"""`tallyroom check`: which figures of the record cannot all be true, and which look wrong."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, BinaryIO

from tallyroom.cli.ledgers import add_as_of, add_author, add_ledger, author_of, ledger_of
from tallyroom.cli.options import add_codebook, add_language, add_output
from tallyroom.cli.output import made_by, opened, say, terminal, write_lines
from tallyroom.cli.values import format_of, key_and_value, natural

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.model.audit import Audit
    from tallyroom.pipeline.ledgers import OpenLedger

USAGE = "tallyroom check [OPTIONS] [QUERY...]"
FORMATS = ("table", "jsonl", "html")
LEVELS = ("hard", "soft", "note")
_ASK_LESS = "nothing is claimed of it; the findings that are told are proved all the same"
_DESCRIPTION = """\
Audit the record. Contradictions are the smallest sets of figures that cannot all be true, whatever
was rounded: each with its figures quoted, what ties them together, the proof, and the smallest
change that would resolve it. Apart from them stands what looks wrong, and what should be told apart.

QUERY asks for findings that concern certain figures, in the words of `tallyroom figures`; the
others still take part. A finding is no failure unless --fail-on says so."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `check`."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("query", metavar="QUERY", nargs="*", help="NAME=VALUE over the fields of an observation.")
    add_ledger(parser)
    add_as_of(parser)
    add(
        "--since",
        metavar="COMMIT",
        type=natural,
        help="Only what concerns figures recorded after this commit.",
    )
    add("--touched-by", metavar="DOCUMENT", help="Only what concerns figures of this document.")
    add("--severity", metavar="LEVEL", choices=LEVELS, default="note",
        help="hard, soft or note: leave out what is less grave (default: note, nothing is left out).")  # fmt: skip
    add("--fail-on", metavar="LEVEL", choices=LEVELS, help="End with 1 where a finding is as grave as this.")
    add("--off", metavar="CODE=REASON", type=key_and_value, action="append", default=[],
        help="Switch a rule off; the record keeps who did, when and why, and every audit tells it.")  # fmt: skip
    add("--on", metavar="CODE=REASON", type=key_and_value, action="append", default=[],
        help="Switch it on again.")  # fmt: skip
    add_author(parser)
    add_codebook(parser)
    add_language(parser)
    add_output(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 only where `--fail-on` asks for it."""
    from tallyroom.api import load

    chosen = arguments.format or format_of(arguments.output, FORMATS)
    codebook = load(arguments.codebook)
    with ledger_of(arguments) as ledger:
        _switch(arguments, ledger)
        audit = ledger.check(
            arguments.query, arguments.as_of, since=arguments.since, touched_by=arguments.touched_by,
            codebook=arguments.codebook,
        )  # fmt: skip
    _tell_unsolved(audit)
    with opened(arguments.output) as out:
        _write(chosen, audit.as_grave_as(arguments.severity), out, codebook, arguments.lang)
        out.flush()
    if arguments.output or chosen != "table":
        from tallyroom.show.findings_text import summary

        say(summary(audit, "en"))
    return 1 if arguments.fail_on and audit.as_grave_as(arguments.fail_on).findings else 0


def _tell_unsolved(audit: Audit) -> None:
    if audit.unsolved:
        from tallyroom.pipeline.audit_errors import TooLarge

        left = "; ".join(note["en"] for note in audit.unsolved)
        say(f"tallyroom: {TooLarge('a part was larger than its budget', found=left, next_step=_ASK_LESS)}")


def _switch(arguments: argparse.Namespace, ledger: OpenLedger) -> None:
    for on, rules in ((False, arguments.off), (True, arguments.on)):
        for code, reason in rules:
            commit = ledger.switch_rule(code, on, author=author_of(arguments, must=True), reason=reason)
            state = "on" if on else "off"
            say(f"{code} is {state}: " + (f"entry {commit.entries[0]}" if commit else "it was so already"))


def _write(format_name: str, audit: Audit, out: BinaryIO, codebook: Codebook, lang: str) -> None:
    if format_name == "jsonl":
        from tallyroom.show.audit_rows import write_audit_jsonl

        write_audit_jsonl(audit, out)
    elif format_name == "html":
        from tallyroom.show.findings_html import write_audit_html
        from tallyroom.show.labels import Labels

        labels = Labels(codebook.indicators, codebook.lists)
        write_audit_html(audit, out, labels, lang, made_by(codebook))
    else:
        from tallyroom.show.findings_text import audit_lines
        from tallyroom.show.layout import Style

        width, colour = terminal(out)
        lines = audit_lines(audit, width, Style(colour), lang)
        write_lines(out, lines)

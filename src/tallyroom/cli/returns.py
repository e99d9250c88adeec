"""`tallyroom returns`: forms out, returns in; who has reported, and what it adds up to."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallyroom.cli.campaign import LANGUAGES
from tallyroom.cli.ledgers import add_as_of, add_author, add_ledger, author_of, ledger_of
from tallyroom.cli.options import add_codebook
from tallyroom.cli.output import opened, print_lines, say
from tallyroom.cli.values import amount, day, key_and_value

if TYPE_CHECKING:
    from tallyroom.model.campaign import Campaign
    from tallyroom.model.returns import Remark
    from tallyroom.pipeline.collecting import Submission

USAGE = "tallyroom returns ACTION ..."
FORMATS = ("table", "csv", "jsonl")
_DESCRIPTION = """\
Write the forms of a campaign, take in the returns of its units, and tell who has reported and what it
adds up to. Tables that others publish are loaded by a mapping."""
MOST_TOLD = 200
"""Remarks on one return that are written out; the rest is counted."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `returns` and their arguments."""
    parser.description = _DESCRIPTION
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(parser))

    def action(name: str, usage: str, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(
            name, usage=f"tallyroom returns {name} {usage}", help=help
        )
        return made

    _describe_template(action("template", "[OPTIONS] CAMPAIGN ROUND", "Write forms to be filled in."))
    _describe_submit(
        action("submit", "[OPTIONS] CAMPAIGN FILE...", "Check returns and keep those that pass.")
    )
    accept = action("accept", "[OPTIONS] CAMPAIGN FORM ROUND UNIT...", "Accept returns.")
    send_back = action(
        "send-back", "[OPTIONS] CAMPAIGN FORM ROUND UNIT", "Send a return back for correction."
    )
    for made, many in ((accept, "+"), (send_back, None)):
        _add_campaign(made)
        made.add_argument("form", metavar="FORM", help="Code of the form.")
        made.add_argument("round", metavar="ROUND", help="Code of the round.")
        made.add_argument("unit", metavar="UNIT", nargs=many, help="Code or name of the reporting unit.")
        add_ledger(made)
        add_author(made)
    accept.add_argument("--reason", metavar="TEXT", default="", help="Why, where it needs saying.")
    send_back.add_argument("--query", metavar="[CELL=]TEXT", action="append", default=[],
        help="What to correct; may be repeated.")  # fmt: skip
    _describe_adjust(
        action("adjust", "[OPTIONS] CAMPAIGN FORM ROUND UNIT LINE", "Adjust what a unit reported.")
    )
    status = action("status", "[OPTIONS] CAMPAIGN ROUND", "Show who has reported, and who in time.")
    totals = action(
        "totals", "[OPTIONS] CAMPAIGN|MAPPING ROUND|EDITION", "Add up what was reported, or a table."
    )
    _describe_status(status)
    _describe_totals(totals)
    _describe_load(action("load", "[OPTIONS] MAPPING FILE...", "Load tables that others publish."))
    for made in actions.choices.values():
        add_codebook(made)


def _add_campaign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("campaign", metavar="CAMPAIGN", help="Its code, as campaign list shows it.")


def _describe_template(parser: argparse.ArgumentParser) -> None:
    _add_campaign(parser)
    parser.add_argument("round", metavar="ROUND", help="Code of the round.")
    parser.add_argument("--form", metavar="CODE", action="append", default=[], help="Forms; all by default.")
    parser.add_argument("--unit", metavar="UNIT", action="append", default=[],
        help="Reporting units that file; all by default.")  # fmt: skip
    parser.add_argument(
        "--format", choices=("xlsx", "csv"), default="xlsx", help="xlsx or csv (default: xlsx)."
    )
    parser.add_argument("-o", "--output", metavar="FOLDER", type=Path, default=Path(),
        help="Where the files go (default: here).")  # fmt: skip


def _describe_submit(parser: argparse.ArgumentParser) -> None:
    _add_campaign(parser)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="CSV, XLSX or Parquet.")
    parser.add_argument(
        "--by", metavar="UNIT", help="The unit in whose name they are brought; it must be their own."
    )
    parser.add_argument(
        "--received", metavar="DATE", type=day, help="Day on which they came (default: today)."
    )
    parser.add_argument("--explain", metavar="TEXT", default="",
        help="Answers what asks for an explanation and has none in its row.")  # fmt: skip
    parser.add_argument("--correct", metavar="REASON", default="",
        help="Why a return that is there already is filed anew with other figures.")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="Check everything and keep nothing.")
    parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="table or jsonl.")
    add_ledger(parser)


def _describe_adjust(parser: argparse.ArgumentParser) -> None:
    _add_campaign(parser)
    for name in ("form", "round", "unit", "line"):
        parser.add_argument(name, metavar=name.upper(), help=f"Code of the {name}.")
    parser.add_argument(
        "--change", metavar="NUMBER", type=amount, required=True,
        help="What is added; taken away where it is negative: --change=-3.",
    )  # fmt: skip
    parser.add_argument("--reason", metavar="TEXT", required=True, help="Why.")
    parser.add_argument("--joint", metavar="CODE", default="", help="The targeted case or set that it is of.")
    add_ledger(parser)
    add_author(parser)


def _describe_status(parser: argparse.ArgumentParser) -> None:
    _add_campaign(parser)
    parser.add_argument("round", metavar="ROUND", help="Code of the round.")
    parser.add_argument(
        "--on", metavar="DATE", type=day, help="Day that tells what is overdue (default: today)."
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="en or zh (default: both).")
    add_ledger(parser)
    add_as_of(parser)


def _describe_totals(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="CAMPAIGN|MAPPING", help="A campaign, or the mapping of a table.")
    parser.add_argument("which", metavar="ROUND|EDITION", help="Its round, or the table's edition.")
    parser.add_argument(
        "--by", metavar="KEYS", help="Of a table: keys joined by commas, or a total that the mapping names."
    )
    parser.add_argument(
        "--waves", action="store_true", help="Of a campaign: the targeted cases of each wave."
    )
    parser.add_argument("--where", metavar="KEY=VALUE", action="append", type=key_and_value, default=[],
        help="Of a table: rows with this value alone; may be repeated.")  # fmt: skip
    parser.add_argument(
        "--format", choices=FORMATS, default="table", help="table, csv or jsonl (default: table)."
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="en or zh (default: both).")
    add_ledger(parser)
    add_as_of(parser)


def _describe_load(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mapping", metavar="MAPPING", help="Code of a mapping, or the path of its YAML file.")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="CSV, XLSX or Parquet.")
    parser.add_argument("--dry-run", action="store_true", help="Check everything and keep nothing.")
    add_ledger(parser)
    add_author(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; 1 if a return was not taken, or there is no such thing."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "template": _template,
        "submit": _submit,
        "accept": _accept,
        "send-back": _send_back,
        "adjust": _adjust,
        "status": _status,
        "totals": _totals,
        "load": _load,
    }
    return actions[arguments.action](arguments)


def _campaign(arguments: argparse.Namespace) -> Campaign:
    from tallyroom.codebook import load_campaign

    return load_campaign(arguments.campaign, arguments.codebook)


def _template(arguments: argparse.Namespace) -> int:
    from tallyroom.pipeline.forms import return_templates

    campaign, written = _campaign(arguments), 0
    arguments.output.mkdir(parents=True, exist_ok=True)
    templates = return_templates(
        campaign, arguments.round, forms=arguments.form, units=arguments.unit, kind=arguments.format,
        codebooks=arguments.codebook,
    )  # fmt: skip
    for name, content in templates:
        with opened(arguments.output / name) as out:
            out.write(content)
        written += 1
    say(f"{written} forms in {arguments.output}")
    return 0


def _submit(arguments: argparse.Namespace) -> int:
    from tallyroom.pipeline.collecting import submit_return

    campaign = _campaign(arguments)
    with ledger_of(arguments, create=True) as record:
        taken = 0
        for path in arguments.files:
            outcome = submit_return(
                record.ledger, campaign, path, by=arguments.by, received=arguments.received,
                explanation=arguments.explain, reason=arguments.correct, dry_run=arguments.dry_run,
            )  # fmt: skip
            taken += outcome.taken
            _tell(outcome.name, outcome.remarks, arguments.format)
            say(_outcome(outcome, arguments.dry_run))
    return 0 if taken == len(arguments.files) else 1


def _tell(name: str, remarks: tuple[Remark, ...], format_name: str) -> None:
    if format_name == "jsonl":
        from tallyroom.show.totals import json_lines

        print_lines(json_lines({"file": name, **_fields(remark)} for remark in remarks))
        return
    from tallyroom.show.remarks import remark_text

    print_lines(remark_text(remark, name) for remark in remarks[:MOST_TOLD])
    if len(remarks) > MOST_TOLD:
        say(f"and {len(remarks) - MOST_TOLD:,} more; --format jsonl tells all")


def _fields(remark: Remark) -> dict[str, Any]:
    import msgspec

    return msgspec.structs.asdict(remark)


def _outcome(outcome: Submission, dry_run: bool) -> str:
    what = (
        f"{outcome.name}: {outcome.form} of {outcome.unit} for {outcome.round}"
        if outcome.unit
        else outcome.name
    )
    if not outcome.taken:
        stopping = sum(remark.stops for remark in outcome.remarks)
        return f"{what}: not taken, {stopping} remarks stop it; nothing was stored"
    if outcome.stored:
        corrects = f", takes the place of entry {outcome.corrects}" if outcome.corrects else ""
        return f"{what}: {_figures(outcome)}, entry {outcome.entry}{corrects}"
    return f"{what}: {_figures(outcome)}, {'would be taken' if dry_run else f'is there already, entry {outcome.entry}'}"


def _figures(outcome: Submission) -> str:
    return "nil return" if outcome.nil else f"{outcome.figures:,} figures"


def _accept(arguments: argparse.Namespace) -> int:
    from tallyroom.pipeline.collecting import accept_return

    campaign, by = _campaign(arguments), author_of(arguments, must=True)
    with ledger_of(arguments) as record:
        for unit in arguments.unit:
            entry = accept_return(
                record.ledger, campaign, arguments.form, arguments.round, unit, by=by, reason=arguments.reason
            )
            say(f"{arguments.form} of {unit} for {arguments.round}: accepted, entry {entry}")
    return 0


def _send_back(arguments: argparse.Namespace) -> int:
    from tallyroom.pipeline.collecting import send_back_return

    campaign, by = _campaign(arguments), author_of(arguments, must=True)
    queries = [_query(query) for query in arguments.query]
    with ledger_of(arguments) as record:
        entry = send_back_return(
            record.ledger, campaign, arguments.form, arguments.round, arguments.unit, by=by, queries=queries
        )
    say(f"{arguments.form} of {arguments.unit} for {arguments.round}: sent back, entry {entry}")
    return 0


def _adjust(arguments: argparse.Namespace) -> int:
    from tallyroom.pipeline.adjusting import adjust_figure

    campaign, by = _campaign(arguments), author_of(arguments, must=True)
    place = arguments.form, arguments.round, arguments.unit, arguments.line
    with ledger_of(arguments) as record:
        entry = adjust_figure(
            record.ledger, campaign, *place, change=arguments.change, by=by, reason=arguments.reason,
            joint=arguments.joint,
        )  # fmt: skip
    say(
        f"{arguments.line} of {arguments.unit} for {arguments.round}: adjusted by {arguments.change}, entry {entry}"
    )
    return 0


def _query(text: str) -> dict[str, str]:
    cell, equals, says = text.partition("=")
    return {"cell": cell, "says": says} if equals and " " not in cell else {"says": text}


def _status(arguments: argparse.Namespace) -> int:
    from tallyroom.pipeline.collecting import return_status
    from tallyroom.show.matrix import matrix_lines

    campaign = _campaign(arguments)
    with ledger_of(arguments) as record:
        status = return_status(
            record.ledger, campaign, arguments.round, on=arguments.on, as_of=arguments.as_of
        )
    print_lines(matrix_lines(status, arguments.lang))
    return 0


def _totals(arguments: argparse.Namespace) -> int:
    lines = _table_totals(arguments) if arguments.by else _campaign_totals(arguments)
    print_lines(lines)
    return 0


def _campaign_totals(arguments: argparse.Namespace) -> Iterator[str]:
    from tallyroom.codebook import load_campaign
    from tallyroom.pipeline.collecting import return_totals
    from tallyroom.show.totals import fact_record, total_lines

    campaign = load_campaign(arguments.what, arguments.codebook)
    if arguments.waves:
        return _wave_totals(arguments, campaign)
    with ledger_of(arguments) as record:
        totals = return_totals(record.ledger, campaign, arguments.which, as_of=arguments.as_of)
    if arguments.format == "table":
        return total_lines(totals, campaign, arguments.lang)
    return _records(arguments.format, [fact_record(total.fact, line=total.line) for total in totals])


def _wave_totals(arguments: argparse.Namespace, campaign: Campaign) -> Iterator[str]:
    from tallyroom.pipeline.collecting import return_wave_totals
    from tallyroom.show.totals import fact_record, wave_total_lines

    with ledger_of(arguments) as record:
        totals = return_wave_totals(record.ledger, campaign, arguments.which, as_of=arguments.as_of)
    if arguments.format == "table":
        return wave_total_lines(totals, campaign, arguments.lang)
    records = [fact_record(total.fact, wave=total.wave, line=total.line) for total in totals]
    return _records(arguments.format, records)


def _table_totals(arguments: argparse.Namespace) -> Iterator[str]:
    from tallyroom.codebook import load_mapping
    from tallyroom.pipeline.tables import table_totals
    from tallyroom.show.totals import fact_record, key_total_lines

    mapping = load_mapping(arguments.what, arguments.codebook)
    with ledger_of(arguments) as record:
        totals = table_totals(
            record.ledger, mapping, arguments.which, arguments.by.split(","), where=dict(arguments.where),
            as_of=arguments.as_of,
        )  # fmt: skip
    if arguments.format == "table":
        return key_total_lines(totals)
    records = [fact_record(total.fact, figure=total.figure, keys=total.keys) for total in totals]
    return _records(arguments.format, records)


def _records(format_name: str, records: list[dict[str, Any]]) -> Iterator[str]:
    from tallyroom.show.totals import csv_lines, json_lines

    return csv_lines(records) if format_name == "csv" else json_lines(records)


def _load(arguments: argparse.Namespace) -> int:
    from tallyroom.codebook import load_mapping
    from tallyroom.pipeline.tables import load_table

    mapping, failed = load_mapping(arguments.mapping, arguments.codebook), 0
    with ledger_of(arguments, create=True) as record:
        for path in arguments.files:
            loaded = load_table(
                record.ledger, mapping, path, author=author_of(arguments), dry_run=arguments.dry_run
            )
            _tell(str(path), loaded.remarks, "table")
            failed += bool(loaded.remarks)
            counts = f"{loaded.rows:,} rows, {loaded.figures:,} figures, {loaded.not_stated:,} not stated"
            became = f"entry {loaded.document}" if loaded.stored else "would be loaded"
            if loaded.document and not loaded.stored:
                became = f"is there already, entry {loaded.document}"
            say(
                f"{path}: not loaded; nothing was stored"
                if loaded.remarks
                else f"{loaded.source}: {counts}, {became}"
            )
    return 1 if failed else 0

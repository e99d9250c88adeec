"""`tallyroom release`: build bulletins and tables from the record; verify, compare and list them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tallyroom.cli.ledgers import add_author, add_ledger, author_of, ledger_of
from tallyroom.cli.options import add_codebook
from tallyroom.cli.output import print_lines, say

if TYPE_CHECKING:
    from tallyroom.model import Entry
    from tallyroom.pipeline.releasing import Comparison, Move

USAGE = "tallyroom release ACTION ..."
_DESCRIPTION = """\
Build bulletins and tables from the record, in Chinese and English: HTML, PDF, DOCX, XLSX, text, CSV
and Parquet, with a manifest from which they are rebuilt byte for byte."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `release` and their arguments."""
    parser.description = _DESCRIPTION
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(parser))
    build = actions.add_parser(
        "build",
        usage="tallyroom release build [OPTIONS] RELEASE.yaml",
        help="Build a release, and put it on record.",
    )
    build.add_argument("file", metavar="RELEASE.yaml", type=Path, help="What is published, and from what.")
    build.add_argument("-o", "--output", metavar="FOLDER", type=Path, required=True,
        help="Where the files go: an empty folder, or that of the same release.")  # fmt: skip
    verify = actions.add_parser(
        "verify",
        usage="tallyroom release verify [OPTIONS] FOLDER",
        help="Check a release's files, and rebuild them where the record is named.",
    )
    verify.add_argument("folder", metavar="FOLDER", type=Path, help="What `release build` wrote.")
    diff = actions.add_parser(
        "diff",
        usage="tallyroom release diff [OPTIONS] A B",
        help="Tell what moved between two releases, and why.",
    )
    diff.add_argument("first", metavar="A", type=Path, help="Folder of the earlier release.")
    diff.add_argument("second", metavar="B", type=Path, help="Folder of the later one.")
    diff.add_argument("--json", action="store_true", help="Print one JSON object.")
    list_ = actions.add_parser(
        "list", usage="tallyroom release list [OPTIONS]", help="List the releases on record."
    )
    for made in (build, verify, list_):
        add_ledger(made)
    add_author(build)
    for made in (build, verify):
        add_codebook(made)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; `verify` ends with 1 where something is not as it was published."""
    actions = {"build": _build, "verify": _verify, "diff": _diff, "list": _list}
    return actions[arguments.action](arguments)


def _build(arguments: argparse.Namespace) -> int:
    with ledger_of(arguments) as ledger:
        built = ledger.build_release(
            arguments.file, arguments.output, arguments.codebook, author_of(arguments)
        )
    print_lines(str(arguments.output / name) for name in sorted(built.files))
    known = "on record as" if built.new else "rebuilt from"
    revised = f", {len(built.revised)} of them revised" if built.revised else ""
    say(
        f"{built.id}: {len(built.files)} files, {len(built.facts)} figures{revised}; {known} entry {built.entry}"
    )
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    import os

    from tallyroom.api import verify_release
    from tallyroom.cli.ledgers import LEDGER

    path = arguments.ledger or os.environ.get(LEDGER)
    found = verify_release(arguments.folder, path, arguments.codebook)
    print_lines(str(one) for one in found)
    how = "hashes checked and rebuilt" if path else "hashes checked; name the record to rebuild them"
    say(f"{len(found)} findings; {how}" if found else f"as published; {how}")
    return 1 if found else 0


def _diff(arguments: argparse.Namespace) -> int:
    import msgspec

    from tallyroom.api import compare_releases

    compared = compare_releases(arguments.first, arguments.second)
    print_lines([msgspec.json.encode(compared).decode()] if arguments.json else comparison_lines(compared))
    return 0


def comparison_lines(compared: Comparison) -> Iterator[str]:
    """Give a comparison line by line: each figure that moved, and beneath it why."""
    yield f"{compared.first} -> {compared.second}: {len(compared.moves)} figures moved, {compared.same} did not"
    for move in compared.moves:
        yield from _move_lines(move)


def _move_lines(move: Move) -> Iterator[str]:
    said = {"new": f"new: {move.now}", "gone": f"gone: was {move.before}"}
    yield f"{_about(move)}  {said.get(move.kind, f'{move.before} -> {move.now}')} {move.unit}"
    for cause in move.causes:
        was = f"{cause.before} -> {cause.now}" if cause.before and cause.now else cause.before or cause.now
        reason = f"  {cause.reason}" if cause.reason else ""
        yield f"    {cause.kind} {cause.by}: {was} (entry {cause.entry}){reason}"


def _about(move: Move) -> str:
    cell = move.cell
    narrowed = [f"{name}={value}" for name, value in sorted(cell["breakdown"].items())]
    parts = [
        cell["indicator"],
        ",".join(cell["area"]),
        cell["operation_id"],
        cell["offence"],
        cell["substance"],
        *narrowed,
    ]
    return " ".join(part for part in parts if part)


def _list(arguments: argparse.Namespace) -> int:
    with ledger_of(arguments) as ledger:
        releases = ledger.releases()
    print_lines(_release_line(entry) for entry in releases)
    say(f"{len(releases)} releases")
    return 0


def _release_line(entry: Entry) -> str:
    body = entry.body
    revises = [f"revises {body['revises']}"] if body.get("revises") else []
    known = [f"{len(body['figures'])} figures", f"as of commit {body['commit']}", *revises]
    return "  ".join([str(entry.id), body["id"], body["date"], *known, body["title"].get("en", "")])

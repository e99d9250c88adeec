"""Options that several commands take in the same words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tallyroom.cli.values import entry_number


def add_codebook(parser: argparse.ArgumentParser) -> None:
    """Add `--codebook`."""
    parser.add_argument(
        "--codebook", metavar="NAME", action="append", default=[],
        help="Name or folder of a codebook; may be repeated. All shipped ones by default.",
    )  # fmt: skip


def add_entry(parser: argparse.ArgumentParser) -> None:
    """Add the number of an entry."""
    parser.add_argument(
        "entry", metavar="ENTRY", type=entry_number, help="Number of an entry: tallyroom figures shows it."
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add `--lang`."""
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="en or zh (default: en).")


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Add `--format` and `--output`."""
    parser.add_argument("--format", metavar="FORMAT", choices=formats,
        help=f"{', '.join(formats[:-1])} or {formats[-1]}; by default what PATH ends in, or table.")  # fmt: skip
    parser.add_argument(
        "-o", "--output", metavar="PATH", type=Path, help="Write to a file, whole or not at all."
    )

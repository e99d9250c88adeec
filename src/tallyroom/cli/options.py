"""Options that several commands take in the same words."""

from __future__ import annotations

import argparse

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

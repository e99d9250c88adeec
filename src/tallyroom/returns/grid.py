"""A table as it was filed: its cells as text, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from tallyroom.model.columns import column_name

LARGEST = 200_000_000
"""Bytes of a file, and of what it unpacks to."""
_BREAKS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
HEAD_ROWS = 60
"""The header row of a form stands among so many first rows."""
MOST_CELLS = 5_000_000


class Grid(msgspec.Struct, frozen=True):
    """One sheet: its rows of text. An empty cell is ""; `first_row` is the number of the first of `rows`."""

    rows: Sequence[Sequence[str]]
    media_type: str
    sheet: str = ""
    first_row: int = 1
    encoding: str = ""
    others: tuple[tuple[str, Sequence[Sequence[str]]], ...] = ()
    """Other sheets by name: they are looked through for what a return must not bring, and no more."""

    def cell(self, row: int, column: int) -> str:
        """Return the name of a cell: `Form!D12`; both count from 0."""
        return f"{f'{self.sheet}!' if self.sheet else ''}{column_name(column)}{row + self.first_row}"


def one_line(text: str) -> str:
    """Return the text of a cell without what ends a cell or a line in the return's own text."""
    return " ".join(text.split()) if _BREAKS.search(text) else text.strip()

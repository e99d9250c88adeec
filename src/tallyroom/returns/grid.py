"""A table as it was filed: its cells as text, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

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


def column_name(column: int) -> str:
    """Return the letters of a column that counts from 0.

    Examples:
        >>> column_name(0), column_name(25), column_name(26), column_name(701)
        ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the column, from 0, that letters name.

    Examples:
        >>> column_number("A"), column_number("ZZ")
        (0, 701)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def one_line(text: str) -> str:
    """Return the text of a cell without what ends a cell or a line in the return's own text."""
    return " ".join(text.split()) if _BREAKS.search(text) else text.strip()

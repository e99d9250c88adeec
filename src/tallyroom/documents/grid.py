"""A table while it is being found, and the `Table` that is made of it."""

from __future__ import annotations

import msgspec

from tallyroom.documents.cells import Span, is_figure, is_year
from tallyroom.model import Cell, Table

GridRow = list[tuple[int, Span]]
"""Column and span of each cell that is not empty."""

_MOST_HEADS = 3


class Grid(msgspec.Struct):
    """A table found: the indexes of its lines and the cells of each row."""

    lines: list[int]
    rows: list[GridRow]
    heads: int
    """How many of the rows are heads of columns."""
    rules: list[int] = []
    """Indexes of lines that only draw the table."""


def table_of(grid: Grid) -> Table:
    """Return the table; the cells of the rows that name its columns are headers."""
    cells = [
        Cell(*span, row, column, header=row < grid.heads)
        for row, found in enumerate(grid.rows)
        for column, span in found
    ]
    return Table(min(cell.start for cell in cells), max(cell.end for cell in cells), tuple(cells))


def count_heads(text: str, rows: list[GridRow]) -> int:
    """Return how many rows name columns: no figures in them but years, and figures in a row below them."""
    for count, row in enumerate(rows):
        if any(_counts(text, span) for _, span in row[1:]):
            return count if count <= _MOST_HEADS else 1
    return 0


def _counts(text: str, span: Span) -> bool:
    words = text[slice(*span)]
    return is_figure(words) and not is_year(words)

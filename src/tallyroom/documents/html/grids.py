"""The tables of a page: the cells of its rows, at the columns that spans leave them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from tallyroom.documents.grid import GridRow, count_heads
from tallyroom.documents.html.tree import Element
from tallyroom.documents.html.writer import WrittenCell, WrittenLine
from tallyroom.model import Cell, Table

_MOST_COLUMNS = 1000


def tables_of(text: str, lines: Sequence[WrittenLine]) -> tuple[list[Table], dict[int, int]]:
    """Return the tables among `lines`, and for the index of each row the number of its table."""
    rows_of: dict[Element, list[int]] = {}
    for at, line in enumerate(lines):
        if line.table is not None:
            rows_of.setdefault(line.table, []).append(at)
    tables = [_table(text, [lines[at].cells for at in rows]) for rows in rows_of.values()]
    return tables, {at: number for number, rows in enumerate(rows_of.values()) for at in rows}


def _table(text: str, rows: Sequence[Sequence[WrittenCell]]) -> Table:
    placed = _placed(rows)
    grid: list[GridRow] = [[(column, (cell.start, cell.end)) for column, cell in row] for row in placed]
    heads = max(count_heads(text, grid), _count_marked_heads(rows))
    cells = tuple(
        Cell(cell.start, cell.end, number, column, cell.element.rowspan, cell.element.colspan, number < heads)
        for number, row in enumerate(placed)
        for column, cell in row
    )
    return Table(cells[0].start, cells[-1].end, cells)


def _count_marked_heads(rows: Sequence[Sequence[WrittenCell]]) -> int:
    """How many rows at the top the page itself marks as heads: in `thead`, or of `th` alone."""
    marked = takewhile(lambda row: all(map(_is_marked, row)), rows)
    return sum(1 for _ in marked)


def _is_marked(cell: WrittenCell) -> bool:
    section = cell.element.parent.parent if cell.element.parent else None
    return cell.element.name == "th" or (section is not None and section.name == "thead")


def _placed(rows: Sequence[Sequence[WrittenCell]]) -> list[list[tuple[int, WrittenCell]]]:
    """Give each cell that is not empty its column: cells of rows above that reach down take theirs first."""
    reaching: dict[int, int] = {}
    placed: list[list[tuple[int, WrittenCell]]] = []
    for row in rows:
        taken = {column for column, left in reaching.items() if left > 0}
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        placed.append(_place_row(row, taken, reaching))
    return placed


def _place_row(
    row: Sequence[WrittenCell], taken: set[int], reaching: dict[int, int]
) -> list[tuple[int, WrittenCell]]:
    found: list[tuple[int, WrittenCell]] = []
    column = 0
    for cell in row:
        while column in taken:
            column += 1
        if cell.start >= 0:
            found.append((column, cell))
        columns = range(column, min(column + cell.element.colspan, _MOST_COLUMNS))
        if cell.element.rowspan > 1:
            reaching.update(dict.fromkeys(columns, cell.element.rowspan - 1))
        column += cell.element.colspan
    return found

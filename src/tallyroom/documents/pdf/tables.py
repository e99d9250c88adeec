"""The tables of a PDF: those that are ruled, and those that the lines between them draw with wide gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tallyroom.documents.grid import GridRow, count_heads
from tallyroom.documents.lines import Line
from tallyroom.documents.pdf.writer import Written
from tallyroom.documents.tables import find_tables
from tallyroom.model import Cell, Table


def tables_among(
    text: str, written: Sequence[Written], lines: Sequence[Line]
) -> tuple[tuple[Table, ...], dict[int, int]]:
    """Return the tables in the order of the text, and for the index of each row the number of its table."""
    found: list[tuple[Table, list[int]]] = []
    for number, group in groupby(range(len(written)), key=lambda at: written[at].paragraph.lines[0].table):
        members = list(group)
        if number is not None:
            found.append((_ruled(text, [written[at] for at in members]), members))
        else:
            found += _drawn(text, lines, members)
    rows = {at: number for number, (_, members) in enumerate(found) for at in members}
    return tuple(table for table, _ in found), rows


def _drawn(text: str, lines: Sequence[Line], members: Sequence[int]) -> Iterator[tuple[Table, list[int]]]:
    tables, owners = find_tables(text, [lines[at] for at in members])
    for number, table in enumerate(tables):
        yield table, [members[at] for at, owner in owners.items() if owner == number]


def _ruled(text: str, rows: Sequence[Written]) -> Table:
    placed = [
        [(cell, (row.start + cell.start, row.start + cell.end)) for cell in row.paragraph.lines[0].cells]
        for row in rows
    ]
    grid: list[GridRow] = [[(cell.column, span) for cell, span in row] for row in placed]
    heads = count_heads(text, grid)
    numbers = {cell.row: at for at, row in enumerate(placed) for cell, _ in row}
    cells = tuple(
        Cell(*span, numbers[cell.row], cell.column, cell.rowspan, cell.colspan, numbers[cell.row] < heads)
        for row in placed
        for cell, span in row
    )
    return Table(cells[0].start, cells[-1].end, cells)

"""Tables of a Word file while they are read: rows of cells, with the cells below that continue one above."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tallyroom.documents.office.markup import Piece

_WIDEST = 100


class DocxCell(msgspec.Struct):
    """A cell: its column from 0, how many it takes, whether it continues the one above, and what it shows."""

    column: int
    colspan: int = 1
    continues: bool = False
    pieces: list[Piece] = []


class DocxRow(msgspec.Struct):
    """A row: its cells, whether it heads the columns, and whether it is shown at all."""

    cells: list[DocxCell] = []
    is_head: bool = False
    is_shown: bool = True
    skipped: int = 0
    """Columns left free before its first cell."""

    def add(self) -> DocxCell:
        """Begin a cell after the last one."""
        last = self.cells[-1] if self.cells else None
        cell = DocxCell(last.column + last.colspan if last else self.skipped, pieces=[])
        self.cells.append(cell)
        return cell


class DocxTable(msgspec.Struct):
    """A table and its number in its part, from 1."""

    number: int
    rows: list[DocxRow] = []

    def pieces(self) -> Iterator[Piece]:
        """Give the markup of the table; a cell that others continue spans their rows."""
        rows = [row for row in self.rows if row.is_shown]
        spans = _rowspans(rows)
        yield Piece("<table>")
        for at, row in enumerate(rows):
            yield Piece("<tr>" + "<td></td>" * min(row.skipped, _WIDEST))
            for cell in row.cells:
                if not cell.continues or (at, cell.column) in spans:
                    yield from _cell(cell, row.is_head, spans.get((at, cell.column), 1))
            yield Piece("</tr>")
        yield Piece("</table>")


def _cell(cell: DocxCell, is_head: bool, rowspan: int) -> Iterator[Piece]:
    name = "th" if is_head else "td"
    yield Piece(f'<{name} colspan="{min(cell.colspan, _WIDEST)}" rowspan="{rowspan}">')
    yield from cell.pieces
    yield Piece(f"</{name}>")


def _rowspans(rows: list[DocxRow]) -> dict[tuple[int, int], int]:
    """How many rows each cell takes, by row and column, for those that begin in theirs."""
    spans: dict[tuple[int, int], int] = {}
    above: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        here: dict[int, tuple[int, int]] = {}
        for cell in row.cells:
            place = above.get(cell.column) if cell.continues else None
            if place is None:
                place = (at, cell.column)
                spans[place] = 0
            spans[place] += 1
            here[cell.column] = place
        above = here
    return spans

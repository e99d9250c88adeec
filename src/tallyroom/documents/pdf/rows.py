"""The rows of ruled tables as lines: a tab between their cells, an empty cell keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from tallyroom.documents.pdf.glyphs import Frame
from tallyroom.documents.pdf.grids import GridCell
from tallyroom.documents.pdf.hyphens import joint
from tallyroom.documents.pdf.lines import PdfLine, Piece, line_of, merge_lines
from tallyroom.documents.pdf.segments import FilledGrid, Segment
from tallyroom.model import Cell

_NEAR, _LOOSELY = 3.0, 15.0
"""Points by which the columns of two parts of a table may differ, and where gaps alone tell them."""
_FIGURE = re.compile(r"\d")


def rows_of(grid: FilledGrid, frame: Frame, page: int, number: int) -> Iterator[PdfLine]:
    """Give a line for each row of a table that has something in it.

    Args:
        number: That of the table.
    """
    for _, group in groupby(grid.cells, key=lambda cell: cell[0].row):
        cells = list(group)
        row = _row(cells, [_content(segments, frame, page) for _, segments in cells], number)
        row.edges, row.loose = tuple(edge - grid.left for edge in grid.edges), grid.loose
        yield row


def _row(
    cells: Sequence[tuple[GridCell, list[Segment]]], contents: Sequence[PdfLine], number: int
) -> PdfLine:
    placed = [
        Cell(0, len(content.words), cell.row, cell.column, cell.rowspan, cell.colspan)
        for (cell, _), content in zip(cells, contents, strict=True)
    ]
    return _assembled(placed, contents, number)


def _assembled(placed: Sequence[Cell], contents: Sequence[PdfLine], number: int | None) -> PdfLine:
    """A row of cells that are lines: as many tabs between two as there are columns from one to the next."""
    words, column = "", 0
    pieces: list[Piece] = []
    cells: list[Cell] = []
    for cell, content in zip(placed, contents, strict=True):
        words += "\t" * (cell.column - column if words else 0)
        column, at = cell.column, len(words)
        words += content.words
        pieces += [_moved(piece, at) for piece in content.pieces]
        cells.append(msgspec.structs.replace(cell, start=at, end=len(words)))
    return msgspec.structs.replace(
        contents[0], words=words, pieces=pieces, table=number, cells=tuple(cells),
        right=max(content.right for content in contents),
    )  # fmt: skip


def _content(segments: Sequence[Segment], frame: Frame, page: int) -> PdfLine:
    """The lines of a cell as one."""
    return _one_line([line_of(line, frame, page) for line in merge_lines(segments)])


def _one_line(lines: Sequence[PdfLine]) -> PdfLine:
    words = ""
    pieces: list[Piece] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        kept, between = joint(line.words, following.words) if following else (line.words, "")
        pieces += [_moved(piece, len(words)) for piece in line.pieces if piece.end <= len(kept)]
        words += kept + between
    return msgspec.structs.replace(lines[0], words=words, pieces=pieces)


def join_tables(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Put tables together that go on in the next column or on the next page, and rows that were broken there.

    `lines` are the body of a text in the order in which it is read.
    """
    joined: list[PdfLine] = []
    goes_on: dict[int, tuple[int, int]] = {}
    heads: dict[int, str] = {}
    for line in lines:
        last = joined[-1] if joined else None
        number = line.table
        if number is None:
            joined.append(line)
            continue
        if last is not None and number not in heads and _is_continued(last, line):
            broken = _is_rest_of_row(last, line, heads)
            goes_on[number] = last.table or 0, last.cells[-1].row - line.cells[0].row + (not broken)
            if broken:
                joined[-1] = _with_rest(last, line)
                heads[number] = ""
                continue
        heads.setdefault(number, line.words)
        joined.append(_renumbered(line, *goes_on[number]) if number in goes_on else line)
    return joined


def _is_continued(last: PdfLine, line: PdfLine) -> bool:
    """Tell whether the first row of a table stands in the columns of the table that the region before ended with."""
    near = _LOOSELY if line.loose else _NEAR
    return (
        last.table not in (None, line.table)
        and last.region != line.region
        and len(last.edges) == len(line.edges)
        and last.loose == line.loose
        and all(abs(one - other) < near for one, other in zip(last.edges, line.edges, strict=True))
    )


def _is_rest_of_row(last: PdfLine, line: PdfLine, heads: Mapping[int, str]) -> bool:
    """The rest of a row that was broken has no digits below those of the row, and is no head told again."""
    if len(line.cells) < 2 or line.words in heads.values():
        return False
    return _FIGURE.search(last.words) is not None and _FIGURE.search(line.words) is None


def _with_rest(last: PdfLine, rest: PdfLine) -> PdfLine:
    below = {cell.column: _part(rest, cell) for cell in rest.cells}
    contents = [
        _one_line(list(filter(None, (_part(last, cell), below.pop(cell.column, None)))))
        for cell in last.cells
    ]
    return _assembled(last.cells, contents, last.table)


def _part(row: PdfLine, cell: Cell) -> PdfLine:
    pieces = [_moved(piece, -cell.start) for piece in row.pieces if cell.start <= piece.start < cell.end]
    return msgspec.structs.replace(row, words=row.words[cell.start : cell.end], pieces=pieces, cells=())


def _renumbered(line: PdfLine, table: int, shift: int) -> PdfLine:
    cells = tuple(msgspec.structs.replace(cell, row=cell.row + shift) for cell in line.cells)
    return msgspec.structs.replace(line, table=table, cells=cells)


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.start + by, piece.end + by, piece.box, piece.page)

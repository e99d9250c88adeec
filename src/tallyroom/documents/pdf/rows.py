"""The rows of ruled tables as lines: a tab between their cells, an empty cell keeps its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from tallyroom.documents.pdf.glyphs import Frame
from tallyroom.documents.pdf.grids import GridCell
from tallyroom.documents.pdf.hyphens import joint
from tallyroom.documents.pdf.lines import PdfLine, Piece, line_of, merge_lines
from tallyroom.documents.pdf.segments import FilledGrid, Segment
from tallyroom.model import Cell


def rows_of(grid: FilledGrid, frame: Frame, page: int, number: int) -> Iterator[PdfLine]:
    """Give a line for each row of a table that has something in it.

    Args:
        number: That of the table.
    """
    for _, group in groupby(grid.cells, key=lambda cell: cell[0].row):
        cells = list(group)
        yield _row(cells, [_content(segments, frame, page) for _, segments in cells], number)


def _row(
    cells: Sequence[tuple[GridCell, list[Segment]]], contents: Sequence[PdfLine], number: int
) -> PdfLine:
    words, column = "", 0
    pieces: list[Piece] = []
    found: list[Cell] = []
    for (cell, _), content in zip(cells, contents, strict=True):
        words += "\t" * (cell.column - column if words else 0)
        column = cell.column
        at = len(words)
        words += content.words
        pieces += [_moved(piece, at) for piece in content.pieces]
        found.append(Cell(at, len(words), cell.row, cell.column, cell.rowspan, cell.colspan))
    first = contents[0]
    right = max(content.right for content in contents)
    return PdfLine(
        words, pieces, first.page, first.left, right, first.base, first.size, first.first, table=number,
        cells=tuple(found),
    )  # fmt: skip


def _content(segments: Sequence[Segment], frame: Frame, page: int) -> PdfLine:
    """The lines of a cell as one."""
    lines = [line_of(line, frame, page) for line in merge_lines(segments)]
    words = ""
    pieces: list[Piece] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        kept, between = joint(line.words, following.words) if following else (line.words, "")
        pieces += [_moved(piece, len(words)) for piece in line.pieces if piece.end <= len(kept)]
        words += kept + between
    return msgspec.structs.replace(lines[0], words=words, pieces=pieces)


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.start + by, piece.end + by, piece.box)

"""Tables without rules: rows whose cells stand in the same columns, told by the gaps between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from tallyroom.documents.cells import is_figure, is_year
from tallyroom.documents.pdf.glyphs import Glyph
from tallyroom.documents.pdf.grids import GridCell
from tallyroom.documents.pdf.segments import FilledGrid, Segment, left_of, right_of, segments_of

# In sizes of the font.
_CELL_GAP, _WORD_GAP, _HEAD_GAP = 1.0, 0.12, 0.3
_ROW_STEP = 3.2
"""Greatest step from row to row."""
_REACH = 0.5
"""How far heads may stand out from the columns below, and touch them."""
_EVEN, _WIDER = 0.6, 1.4
"""Gaps are alike if the least is so much of the greatest; those between heads are so much wider than others."""
_MOST_HEADS, _MOST_COLUMNS = 3, 14
_LEADERS = re.compile(r"[.·…]{4}")

Line = Sequence[Segment]
Interval = tuple[float, float]


class _Run(msgspec.Struct):
    """Glyphs of a line that stand together."""

    glyphs: list[Glyph]
    left: float
    right: float

    @property
    def words(self) -> str:
        """Its characters, without spaces."""
        return "".join(glyph.char for glyph in self.glyphs)


class _Placed(msgspec.Struct):
    """A run in its column, and how many columns it spans."""

    run: _Run
    column: int
    span: int = 1


class _Body(msgspec.Struct):
    """The rows of a table below its heads."""

    rows: list[list[_Placed]]
    columns: list[Interval]


def gap_grids(lines: Sequence[Line]) -> list[tuple[range, FilledGrid]]:
    """Return the tables among lines, each with the range of lines that it takes.

    A table has two rows at least whose cells stand in columns, and figures in a column that is not the first.
    """
    found: list[tuple[range, FilledGrid]] = []
    at = free = 0
    while at < len(lines):
        body = _body(lines, at)
        heads = _heads(lines, at, free, body.columns) if body else []
        if body is None or not _is_table(heads, body):
            at += 1
            continue
        end = at + len(body.rows)
        found.append(
            (range(at - len(heads), end), _grid(lines[at - len(heads) : end], [*heads, *body.rows], body))
        )
        at = free = end
    return found


def is_stretched(line: Line) -> bool:
    """Tell whether a line of words was stretched to fill its width: all its gaps are alike."""
    glyphs = _glyphs(line)
    gaps = [b.left - a.right for a, b in pairwise(glyphs) if b.left - a.right > _WORD_GAP * b.size]
    if not gaps or min(gaps) < _EVEN * max(gaps):
        return False
    runs = _runs(line, _CELL_GAP)[1:]
    lettered = sum(1 for run in runs if any(map(str.isalpha, run.words)))
    return lettered == len(runs) if len(gaps) == 1 else 2 * lettered >= len(runs)


def _glyphs(line: Line) -> list[Glyph]:
    return sorted((glyph for segment in line for glyph in segment.glyphs), key=lambda glyph: glyph.left)


def _runs(line: Line, gap: float) -> list[_Run]:
    """Part a line where gaps are so wide."""
    runs: list[_Run] = []
    for glyph in _glyphs(line):
        left, right = left_of(glyph), right_of(glyph)
        if runs and left - runs[-1].right < gap * glyph.size:
            runs[-1].glyphs.append(glyph)
            runs[-1].right = max(runs[-1].right, right)
        else:
            runs.append(_Run([glyph], left, right))
    return runs


def _body(lines: Sequence[Line], at: int) -> _Body | None:
    rows: list[list[_Run]] = []
    columns: list[Interval] = []
    for number in range(at, len(lines)):
        if rows and not _is_near(lines[number - 1], lines[number]):
            break
        cells = _runs(lines[number], _CELL_GAP) if not lines[number][0].grid else []
        wider = _widened(columns, cells) if _is_row(cells) and not is_stretched(lines[number]) else None
        if wider is None and not (rows and _is_section(lines, number, columns)):
            break
        columns = wider or columns
        rows.append(cells)
    if not rows or len(columns) > _MOST_COLUMNS:
        return None
    return _Body([[_Placed(run, _column(columns, run)) for run in row] for row in rows], columns)


def _is_table(heads: Sequence[Sequence[_Placed]], body: _Body) -> bool:
    """Two rows make a table, and one does below heads of all its columns: the rest may be on the next page."""
    rows = sum(1 for row in body.rows if len(row) > 1)
    return rows > 1 or any(len(head) == len(body.columns) > 2 for head in heads)


def _is_near(above: Line, below: Line) -> bool:
    step = below[0].base - above[0].base
    return 0 < step <= _ROW_STEP * max(segment.size for segment in (*above, *below))


def _is_row(cells: Sequence[_Run]) -> bool:
    """A row has a figure, and not only years, behind its first cell."""
    figures = [cell.words for cell in cells[1:] if is_figure(cell.words)]
    return any(not is_year(words) for words in figures) and not _LEADERS.search(cells[0].words)


def _widened(columns: Sequence[Interval], cells: Sequence[_Run]) -> list[Interval] | None:
    """The columns with room for more cells; None where a cell crosses from one to another."""
    wider = list(columns)
    taken: set[int] = set()
    for cell in cells:
        met = [at for at, (left, right) in enumerate(wider) if cell.left < right and left < cell.right]
        if len(met) > 1 or (met and met[0] in taken):
            return None
        if met:
            left, right = wider[met[0]]
            wider[met[0]] = (min(left, cell.left), max(right, cell.right))
            taken.add(met[0])
        else:
            at = sum(right <= cell.left for _, right in wider)
            wider.insert(at, (cell.left, cell.right))
            taken = {each + (each >= at) for each in taken} | {at}
    return wider if all(one[1] <= other[0] for one, other in pairwise(wider)) else None


def _column(columns: Sequence[Interval], run: _Run) -> int:
    return max(
        range(len(columns)), key=lambda at: min(run.right, columns[at][1]) - max(run.left, columns[at][0])
    )


def _is_section(lines: Sequence[Line], at: int, columns: Sequence[Interval]) -> bool:
    """A line within the first column alone, with more rows right below: a part of the table, or a broken label."""
    runs = _runs(lines[at], _CELL_GAP)
    if (
        len(runs) != 1
        or len(columns) < 2
        or not columns[0][0] - 1 <= runs[0].left < runs[0].right < columns[1][0]
    ):
        return False
    if at + 1 >= len(lines) or not _is_near(lines[at], lines[at + 1]):
        return False
    below = _runs(lines[at + 1], _CELL_GAP)
    return _is_row(below) and _widened(columns, below) is not None


def _heads(lines: Sequence[Line], at: int, free: int, columns: Sequence[Interval]) -> list[list[_Placed]]:
    """The cells of the lines right above the body that name its columns, from the top."""
    heads: list[list[_Placed]] = []
    for number in range(at - 1, max(free, at - _MOST_HEADS) - 1, -1):
        if lines[number][0].grid or not _is_near(lines[number], lines[number + 1]):
            break
        cells = _head_cells(lines[number], columns)
        if cells is None:
            break
        heads.insert(0, cells)
    while heads and len(heads[0]) < 2:
        heads.pop(0)
    return heads


def _head_cells(line: Line, columns: Sequence[Interval]) -> list[_Placed] | None:
    size = max(segment.size for segment in line)
    words = _runs(line, _WORD_GAP)
    for first in (0, 1):
        runs = _parted(words, len(columns) - first, size)
        if runs and all(_touches(run, columns[first + at], size) for at, run in enumerate(runs)):
            return [_Placed(run, first + at) for at, run in enumerate(runs)]
    return _spanning(_runs(line, _CELL_GAP), columns, size)


def _parted(words: Sequence[_Run], count: int, size: float) -> list[_Run] | None:
    """Part words into so many heads at the widest gaps, if these stand out from the others."""
    gaps = sorted((b.left - a.right for a, b in pairwise(words)), reverse=True)
    if count < 2 or len(words) < count:
        return None
    least, other = gaps[count - 2], (gaps[count - 1] if len(gaps) >= count else 0.0)
    if least < max(_HEAD_GAP * size, _WIDER * other):
        return None
    runs = [_Run(list(words[0].glyphs), words[0].left, words[0].right)]
    for word in words[1:]:
        if word.left - runs[-1].right >= least:
            runs.append(_Run(list(word.glyphs), word.left, word.right))
        else:
            runs[-1].glyphs += word.glyphs
            runs[-1].right = word.right
    return runs if len(runs) == count else None


def _spanning(runs: Sequence[_Run], columns: Sequence[Interval], size: float) -> list[_Placed] | None:
    """Heads over one or several columns each; None for a line that is no head, as a caption."""
    placed: list[_Placed] = []
    for run in runs:
        met = [at for at, column in enumerate(columns) if _touches(run, column, size)]
        if not met or (placed and met[0] < placed[-1].column + placed[-1].span):
            return None
        placed.append(_Placed(run, met[0], len(met)))
    if len(placed) == 1 and (placed[0].span > 1 or placed[0].column == 0):
        return None
    return placed


def _touches(run: _Run, column: Interval, size: float) -> bool:
    return run.left < column[1] + _REACH * size and column[0] - _REACH * size < run.right


def _grid(lines: Sequence[Line], rows: Sequence[Sequence[_Placed]], body: _Body) -> FilledGrid:
    """The table as if it were ruled halfway between its columns and rows."""
    cells = [
        (_cell(placed, number, lines[number], body.columns), segments_of(placed.run.glyphs))
        for number, row in enumerate(rows)
        for placed in row
    ]
    return FilledGrid(
        cells, body.columns[0][0], min(segment.top for segment in lines[0]), body.columns[-1][1],
        max(segment.bottom for segment in lines[-1]), loose=True,
    )  # fmt: skip


def _cell(placed: _Placed, row: int, line: Line, columns: Sequence[Interval]) -> GridCell:
    left, right = columns[placed.column][0], columns[placed.column + placed.span - 1][1]
    top, bottom = min(segment.top for segment in line), max(segment.bottom for segment in line)
    return GridCell(row, placed.column, 1, placed.span, left, top, right, bottom)

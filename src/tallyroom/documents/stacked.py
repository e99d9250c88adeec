"""Tables whose cells stand one below the other: what is left of a table when a page was copied cell by cell.

They are told by their rhythm: a label, then as many figures as there are columns, again and again; heads,
then figures in rows that each begin with a year; or, on a board of key figures, each figure above its label.
Where labels stand above and below every figure and nothing tells to which it belongs, it is no table.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallyroom.documents.cells import is_figure, is_year
from tallyroom.documents.grid import Grid, GridRow
from tallyroom.documents.kinds import starts_item, width
from tallyroom.documents.lines import Line

_LONGEST_FIGURE, _WIDEST_LABEL, _WIDEST_HEAD = 20, 40, 16
_PROSE = frozenset("。；;，,.!！?？:：")
_FEWEST_FIGURES = 3
_FEWEST_HEADS = 3


def find_stacked(lines: Sequence[Line]) -> list[Grid]:
    """Return the stacked tables among `lines`, in order; none where hardly a line is one figure alone."""
    figures = {at for at, line in enumerate(lines) if _is_figure(line.words)}
    grids: list[Grid] = []
    after = 0
    if len(figures) < _FEWEST_FIGURES:
        return grids
    for at in sorted(figures):
        if at >= after and at - 1 not in figures:
            found = _found_at(lines, figures, at, after)
            if found is not None:
                grids.append(found)
                after = max(found.lines) + 1
    return grids


def _found_at(lines: Sequence[Line], figures: set[int], at: int, after: int) -> Grid | None:
    """The table whose first figure stands at `at`; lines before `after` belong to another."""
    labelled = _labelled(lines, figures, at) if at > after else None
    board = _board(lines, figures, at)
    if labelled is None or board is None or labelled.heads:
        return labelled or _dated(lines, figures, at, after) or (None if labelled else board)
    return _nearer(lines, at, labelled, board)


def _nearer(lines: Sequence[Line], at: int, labelled: Grid, board: Grid) -> Grid | None:
    """Of labels above and below the figures, those that no blank line parts from them."""
    above, below = not lines[at].gap, not lines[at + 1].gap
    if above == below:
        return None
    return labelled if above else board


def _labelled(lines: Sequence[Line], figures: set[int], at: int) -> Grid | None:
    """Rows of a label and its figures, the first of which is at `at`."""
    count = _run(figures, at)
    rows: list[list[int]] = []
    while _is_label(lines, at - 1) and _run(figures, at) == count:
        rows.append(list(range(at - 1, at + count)))
        at += count + 1
    shown = [lines[row[1]].words for row in rows]
    if len(rows) < (2 if count > 1 else _FEWEST_FIGURES) or all(map(is_year, shown)):
        return None
    heads = _heads_above(lines, rows[0][0], count + 1)
    return _grid(lines, [heads, *rows] if heads else rows, count + 1, heads=1 if heads else 0)


def _dated(lines: Sequence[Line], figures: set[int], at: int, after: int) -> Grid | None:
    """Rows of figures alone, each of them beginning with a year, below as many heads as it has cells."""
    count = 0
    while at - count - 1 >= after and _is_label(lines, at - count - 1):
        count += 1
    length = _run(figures, at)
    for columns in range(count, _FEWEST_HEADS - 1, -1):
        starts = range(at, at + length, columns)
        if length % columns == 0 and all(is_year(lines[start].words) for start in starts):
            rows = [list(range(start, start + columns)) for start in starts]
            return _grid(lines, [list(range(at - columns, at)), *rows], columns, heads=1)
    return None


def _board(lines: Sequence[Line], figures: set[int], at: int) -> Grid | None:
    """Figures that each stand above their label, the first of them at `at`."""
    rows: list[list[int]] = []
    while at in figures and _is_label(lines, at + 1) and at + 1 not in figures:
        rows.append([at + 1, at])
        at += 2
    if len(rows) < _FEWEST_FIGURES or all(is_year(lines[figure].words) for _, figure in rows):
        return None
    return _grid(lines, rows, 2, heads=0)


def _heads_above(lines: Sequence[Line], end: int, columns: int) -> list[int]:
    """The short lines right above the first row, one for each column or for each but the first."""
    found: list[int] = []
    while len(found) < columns and end > len(found) and _is_head(lines, end - 1 - len(found)):
        found.append(end - 1 - len(found))
    return sorted(found) if len(found) in (columns, columns - 1) and len(found) > 1 else []


def _grid(lines: Sequence[Line], rows: list[list[int]], columns: int, heads: int) -> Grid:
    found: list[GridRow] = [
        [(columns - len(row) + column, (lines[at].start, lines[at].end)) for column, at in enumerate(row)]
        for row in rows
    ]
    return Grid([at for row in rows for at in row], found, heads)


def _run(figures: set[int], at: int) -> int:
    count = 0
    while at + count in figures:
        count += 1
    return count


def _is_figure(words: str) -> bool:
    return len(words) <= _LONGEST_FIGURE and words[-1] not in "-—–…" and is_figure(words)


def _is_label(lines: Sequence[Line], at: int) -> bool:
    if at < 0 or at >= len(lines):
        return False
    words = lines[at].words
    return width(words) <= _WIDEST_LABEL and words[-1] not in _PROSE and not starts_item(words)


def _is_head(lines: Sequence[Line], at: int) -> bool:
    return _is_label(lines, at) and width(lines[at].words) <= _WIDEST_HEAD

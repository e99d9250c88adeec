"""Tables that are ruled: the cells between their lines, with what they span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from tallyroom.documents.pdf.rules import Rule, Rules

_NEAR = 3.0
"""Points by which lines that meet may miss each other."""
_COVERED = 0.8
"""Share of a cell's side that a line covers where the side is drawn."""
_MOST_LINES = 400
_FEWEST_CELLS, _MOST_FIELDS = 3, 40_000


class GridCell(msgspec.Struct):
    """A cell: its place, what it spans, and its box in the frame of the page."""

    row: int
    column: int
    rowspan: int
    colspan: int
    left: float
    top: float
    right: float
    bottom: float


class RuledGrid(msgspec.Struct):
    """A ruled table: its cells row by row, and where the lines of its grid run."""

    cells: list[GridCell]
    xs: list[float]
    ys: list[float]
    owners: dict[tuple[int, int], GridCell]
    """The cell that each field of the grid belongs to, by row and column."""

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.xs[0]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ys[0]

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.xs[-1]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.ys[-1]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """Return the cell that holds a point; None outside."""
        return self.owners.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def ruled_grids(rules: Rules) -> list[RuledGrid]:
    """Return the tables that lines rule off on a page: two columns at least, and more in one of a single row."""
    found = (_grid(level, upright) for level, upright in _knots(rules))
    grids = [grid for grid in found if grid]
    return [grid for grid in grids if not any(_is_within(grid, other) for other in grids)]


def _is_within(grid: RuledGrid, other: RuledGrid) -> bool:
    """A table in the cell of another is read as part of that cell."""
    return (
        other is not grid
        and (other.right - other.left) * (other.bottom - other.top)
        > (grid.right - grid.left) * (grid.bottom - grid.top)
        and other.left - _NEAR <= grid.left
        and grid.right <= other.right + _NEAR
        and other.top - _NEAR <= grid.top
        and grid.bottom <= other.bottom + _NEAR
    )


def _knots(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that meet each other, directly or by way of others."""
    level, upright = rules
    if len(level) > _MOST_LINES or len(upright) > _MOST_LINES:
        return
    left = set(range(len(upright)))
    seen: set[int] = set()
    for first in range(len(level)):
        if first in seen:
            continue
        rows, columns, todo = {first}, set[int](), [first]
        while todo:
            met = {at for at in left if any(_meet(level[row], upright[at]) for row in todo)}
            left -= met
            columns |= met
            more = {
                at for at in range(len(level))
                if at not in rows and any(_meet(level[at], upright[column]) for column in met)
            }  # fmt: skip
            rows |= more
            todo = list(more)
        seen |= rows
        yield [level[at] for at in sorted(rows)], [upright[at] for at in sorted(columns)]


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.begin - _NEAR <= upright.at <= level.end + _NEAR
        and upright.begin - _NEAR <= level.at <= upright.end + _NEAR
    )


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> RuledGrid | None:
    if len(level) < 2 or not upright:
        return None
    ys = _places([rule.at for rule in level])
    # A table may be open at its sides: its level lines then reach beyond its outermost upright ones.
    xs = _places([*(rule.at for rule in upright), min(r.begin for r in level), max(r.end for r in level)])
    if len(xs) < 3 or len(xs) * len(ys) > _MOST_FIELDS:
        return None
    owners = _owners(xs, ys, level, upright)
    cells = sorted(
        {id(cell): cell for cell in owners.values()}.values(), key=lambda cell: (cell.row, cell.column)
    )
    if len(cells) < _FEWEST_CELLS or max(cell.column for cell in cells) == 0:
        return None
    return RuledGrid(cells, xs, ys, owners)


def _places(values: Sequence[float]) -> list[float]:
    """Distinct places, in order; those that are near each other are one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _owners(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> dict[tuple[int, int], GridCell]:
    """Join the fields of the grid between which no line runs, and return the cell of each field."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while owner[field] != field:
            field = owner[field]
        return field

    beside = [[rule for rule in upright if abs(rule.at - x) <= _NEAR] for x in xs]
    below = [[rule for rule in level if abs(rule.at - y) <= _NEAR] for y in ys]
    for row, column in list(owner):
        if column + 1 < columns and not _is_drawn(beside[column + 1], ys[row], ys[row + 1]):
            _unite(owner, root((row, column)), root((row, column + 1)))
        if row + 1 < rows and not _is_drawn(below[row + 1], xs[column], xs[column + 1]):
            _unite(owner, root((row, column)), root((row + 1, column)))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for field in owner:
        groups.setdefault(root(field), []).append(field)
    return {field: cell for group in groups.values() for cell in (_cell(group, xs, ys),) for field in group}


def _unite(
    owner: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    owner[max(one, other)] = min(one, other)


def _is_drawn(rules: Sequence[Rule], begin: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, rule.end) - max(begin, rule.begin)) for rule in rules)
    return covered >= _COVERED * (end - begin)


def _cell(fields: Sequence[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> GridCell:
    rows, columns = [row for row, _ in fields], [column for _, column in fields]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    return GridCell(top, left, bottom - top, right - left, xs[left], ys[top], xs[right], ys[bottom])

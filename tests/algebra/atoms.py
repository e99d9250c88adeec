"""Another way to tell whether figures can all be true: by the smallest pieces that their cells are made of.

Nothing of the algebra is used: no tie, no solver. Cells are unions of pieces, a piece is what lies in the same cells,
and figures can all be true if the pieces can be filled so that each cell's sum lies in its interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, product

from tallyroom.generate.records import Said
from tallyroom.generate.worlds import DISPOSITIONS, OFFENCES, SUBSTANCES, Cell, Containers, Home

_OPEN = Fraction(1, 10**9)
"""How far inside an end lies that is not reached. All ends are multiples of half a gram."""


def can_all_be_true(told: Sequence[Said], home: Home, containers: Containers) -> bool:
    """Tell whether measures of the cells exist that lie in all of the intervals."""
    pieces = _pieces([one.cell for one in told], home, containers)
    rows = []
    for number, one in enumerate(told):
        stated = one.figure.observation
        members = [Fraction(piece >> number & 1) for piece in pieces]
        if stated.low is not None:
            rows.append((members, ">=", Fraction(stated.low) + _OPEN * stated.low_open))
        if stated.high is not None and not one.haul:
            rows.append((members, "<=", Fraction(stated.high) - _OPEN * stated.high_open))
    return _has_point(rows, len(pieces))


def _pieces(cells: Sequence[Cell], home: Home, containers: Containers) -> list[int]:
    """Each piece as the cells that it lies in, one bit a cell. Cells of other measures have other pieces."""
    found: set[int] = set()
    for indicator in {cell.indicator for cell in cells}:
        own = sum(1 << number for number, cell in enumerate(cells) if cell.indicator == indicator)
        sides = [_distinct(own, side) for side in _sides(cells, home, containers)]
        found |= {_all_of(choice) for choice in product(*sides)}
    return sorted(found - {0})


def _distinct(own: int, side: Iterable[int]) -> list[int]:
    return sorted({bits & own for bits in side})


def _all_of(choice: Sequence[int]) -> int:
    bits = choice[0]
    for one in choice[1:]:
        bits &= one
    return bits


def _sides(cells: Sequence[Cell], home: Home, containers: Containers) -> Iterable[list[int]]:
    """For each dimension, the cells that each of its smallest values lies in."""

    def bits(holds: Iterable[bool]) -> int:
        return sum(1 << number for number, one in enumerate(holds) if one)

    def within(dimension: str, code: str, wanted: Iterable[str]) -> bool:
        return not containers.above(dimension, code).isdisjoint(wanted)

    yield [bits(within("area", part, cell.area) for cell in cells) for part in home.parts]
    days = [_since(cell, home) for cell in cells]
    edges = sorted({day for first, last in days for day in (first, last + 1)})
    yield [bits(first <= edge <= last for first, last in days) for edge in edges]
    for name, values in (
        ("operation", (None, *home.operations)), ("agency", home.agencies), ("offence", OFFENCES),
        ("substance", SUBSTANCES),
    ):  # fmt: skip
        told = [getattr(cell, name) for cell in cells]
        if name in ("offence", "substance") and None in told:
            values = (*values, None)
        yield [
            bits(one is None or (value is not None and within(name, value, (one,))) for one in told)
            for value in values
        ]
    yield from _marked(cells, containers)


def _marked(cells: Sequence[Cell], containers: Containers) -> Iterable[list[int]]:
    """Marks may be there or not, each by itself: a person has several roles, a case several channels."""
    told = [dict(cell.breakdown) for cell in cells]
    for name in sorted({name for marks in told for name in marks}):
        codes = sorted({marks[name] for marks in told if name in marks})
        leaves = DISPOSITIONS if name == "disposition" else tuple(codes)
        sets = [set(some) for size in range(len(leaves) + 1) for some in combinations(leaves, size)]
        held = [{up for leaf in some for up in containers.above(name, leaf)} for some in sets]
        yield [
            sum(1 << number for number, marks in enumerate(told) if name not in marks or marks[name] in have)
            for have in held
        ]


def _since(cell: Cell, home: Home) -> tuple[int, int]:
    first, last = cell.days
    return (first if cell.operation is None else max(first, home.begun)), last


def _has_point(rows: Sequence[tuple[list[Fraction], str, Fraction]], pieces: int) -> bool:
    """Tell whether numbers of at least 0 fulfil all rows: the simplex method's first phase by Bland's rule, exact."""
    table, basis, short = [], [], []
    extra = len(rows)
    for number, (members, sign, end) in enumerate(rows):
        slack = [Fraction(0)] * extra
        slack[number] = Fraction(-1 if sign == ">=" else 1)
        line = [*members, *slack, end]
        if end < 0 or (sign == ">=" and end == 0):
            line = [-value for value in line]
        if line[pieces + number] == 1:
            basis.append(pieces + number)
        else:
            basis.append(-1)  # nothing of its own fills it yet
            short.append(number)
        table.append(line)
    width = pieces + extra
    while True:
        wanting = [sum((table[row][column] for row in short), Fraction(0)) for column in range(width + 1)]
        if wanting[width] == 0:
            return True
        entering = next(
            (column for column in range(width) if column not in basis and wanting[column] > 0), None
        )
        if entering is None:
            return False
        ratios = [
            (line[width] / line[entering], basis[row], row)
            for row, line in enumerate(table)
            if line[entering] > 0
        ]
        if not ratios:
            return False
        _, _, leaving = min(ratios)
        table = _pivoted(table, leaving, entering)
        basis[leaving] = entering
        short = [row for row in short if row != leaving]


def _pivoted(table: list[list[Fraction]], leaving: int, entering: int) -> list[list[Fraction]]:
    pivot = table[leaving][entering]
    chosen = [value / pivot for value in table[leaving]]
    return [
        chosen if row == leaving else _less(line, chosen, line[entering]) for row, line in enumerate(table)
    ]


def _less(line: list[Fraction], chosen: list[Fraction], times: Fraction) -> list[Fraction]:
    if not times:
        return line
    return [value - times * other if other else value for value, other in zip(line, chosen, strict=True)]

"""What tables give away: the bounds that an outsider could work out for cells that are not in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.cells import LightRow
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.model.quantity import Interval
from tallyroom.model.record import Figure

Spot = tuple[int, int]
"""The number of a table, and that of a row in it, both from 0."""


class PublishedTable(msgspec.Struct, frozen=True):
    """A table as the public sees it.

    `sums` tells for each total the cells that make it up, published or suppressed: a reader of the table sees
    that they do.
    """

    rows: tuple[LightRow, ...]
    sums: tuple[tuple[LightRow, tuple[LightRow, ...]], ...] = ()


class Derived(msgspec.Struct, frozen=True):
    """What follows for one cell; `low_by` and `high_by` are the rows that force each end."""

    cell: LightRow
    reach: Interval
    low_by: tuple[Spot, ...]
    high_by: tuple[Spot, ...]
    unsolved: str = ""


def protected_bounds(
    knowledge: Knowledge,
    release: Sequence[PublishedTable],
    earlier: Sequence[PublishedTable],
    cells: Sequence[LightRow],
) -> tuple[Derived, ...]:
    """Work out what all tables of a release and of earlier ones together say of chosen cells.

    Args:
        knowledge: What contains what.
        release: The tables that are about to be published.
        earlier: Those that the public has; in spots they are counted on from the release's.
        cells: The cells that shall stay unknown; what they state is not looked at.

    Returns:
        For each cell, in order, the exact bounds. An outsider also knows what contains what, that periods join, and
        that counts are whole numbers. Nothing is known of a cell where its bounds are as wide as without any table.

    Raises:
        Unfit: A cell of a sum, or one that is asked for, is not told well enough.
    """
    algebra, spots = Algebra(knowledge, _none), dict[int, Spot]()
    for number, table in enumerate((*release, *earlier)):
        first = len(spots) + 1
        spots.update((first + at, (number, at)) for at in range(len(table.rows)))
        algebra.add((first + at, number, row) for at, row in enumerate(table.rows))
        for whole, parts in table.sums:
            algebra.declare(whole, parts)
    return tuple(_derived(algebra, cell, spots) for cell in cells)


def _derived(algebra: Algebra, cell: LightRow, spots: Mapping[int, Spot]) -> Derived:
    found = algebra.solve(cell)
    low, high = (tuple(spots[entry] for entry in entries) for entries in (found.low_by, found.high_by))
    return Derived(cell, found.reach, low, high, found.unsolved)


def _none(entries: Sequence[int]) -> Mapping[int, Figure]:
    return {}

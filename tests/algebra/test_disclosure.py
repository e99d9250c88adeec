"""What tables give away of cells that are not in them."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from small_worlds import knowledge
from tallyroom.algebra.cells import LightRow
from tallyroom.algebra.disclosure import PublishedTable, protected_bounds
from tallyroom.model.quantity import Interval


def deaths(area: str, count: int | None = None, period: str = "2022-07-01/2022-07-31") -> LightRow:
    value = None if count is None else Decimal(count)
    return LightRow("deaths", "person", (area,), period, value, value, agency="cn-mps", offence="drugs")


PROVINCES = ("CN-YN", "CN-GX", "CN-GD")


def a_table(total: int, *counts: int | None, period: str = "2022-07-01/2022-07-31") -> PublishedTable:
    """A table of three provinces that are all of its total; None is suppressed."""
    shown = [deaths(area, count, period) for area, count in zip(PROVINCES, counts, strict=True)]
    whole = deaths("CN", total, period)
    rows = (whole, *(row for row in shown if row.low is not None))
    return PublishedTable(rows, ((whole, tuple(shown)),))


def reach_of(cell: LightRow, *tables: PublishedTable) -> Interval:
    (found,) = protected_bounds(knowledge(), tables[:1], tables[1:], [cell])
    return found.reach


def test_one_suppressed_row_follows_from_the_total() -> None:
    (found,) = protected_bounds(knowledge(), [a_table(60, 41, None, 16)], [], [deaths("CN-GX")])

    assert (found.reach.low, found.reach.high) == (3, 3)
    assert found.low_by == found.high_by == ((0, 0), (0, 1), (0, 2))


def test_two_suppressed_rows_keep_each_other() -> None:
    reach = reach_of(deaths("CN-GX"), a_table(60, 41, None, None))

    assert (reach.low, reach.high) == (0, 19)


def test_an_earlier_table_of_another_period_gives_a_suppressed_row_away() -> None:
    both = "2022-07-01/2022-08-31"
    earlier = PublishedTable((deaths("CN-GX", 4, both), deaths("CN-GX", 1, "2022-08-01/2022-08-31")))

    assert reach_of(deaths("CN-GX"), a_table(60, 41, None, None), earlier) == Interval(Decimal(3), Decimal(3))


def test_a_list_that_is_not_declared_to_be_all_gives_only_an_upper_end() -> None:
    table = a_table(60, 41, None, 16)
    reach = reach_of(deaths("CN-GX"), msgspec.structs.replace(table, sums=()))

    assert (reach.low, reach.high) == (0, 3)


def test_nothing_is_known_without_tables() -> None:
    assert reach_of(deaths("CN-GX"), PublishedTable(())) == Interval(Decimal(0), None)

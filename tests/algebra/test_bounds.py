"""What the record implies of cells that nobody published, and which figures say so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from helpers import an_observation
from small_worlds import knowledge
from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.cells import LightRow, Unfit
from tallyroom.model.quantity import Interval

SUMMER, JULY, LATER = "2022-06-25/2022-09-14", "2022-06-25/2022-07-31", "2022-08-01/2022-09-14"


def cases(low: str | None = None, high: str | None = None, **changes: Any) -> LightRow:
    """Drug cases of the campaign in China to mid-September."""
    fields: dict[str, Any] = {
        "indicator": "cases_solved", "unit": "case", "area": ("CN",), "period": SUMMER, "offence": "drugs",
        "low": None if low is None else Decimal(low), "high": None if high is None else Decimal(high),
    }  # fmt: skip
    return LightRow(**{**fields, **changes})


def drugs(low: str | None = None, high: str | None = None, **changes: Any) -> LightRow:
    fields: dict[str, Any] = {
        "indicator": "quantity_seized",
        "unit": "kg",
        "substance": "drugs",
        "high_open": True,
    }
    return cases(low, high, **{**fields, **changes})


def percent(low: str, high: str, statistic: str, **changes: Any) -> LightRow:
    return cases(low, high, unit="percent", statistic=statistic, high_open=True, **changes)


def record(*rows: LightRow) -> Algebra:
    algebra = Algebra(knowledge(), lambda entries: {})
    algebra.add((entry, 100 + entry, row) for entry, row in enumerate(rows, 1))
    return algebra


def whole(
    low: int | str, high: int | str | None, high_open: bool = False, low_open: bool = False
) -> Interval:
    return Interval(Decimal(low), None if high is None else Decimal(high), low_open, high_open)


def test_a_province_and_its_share_bound_the_nation() -> None:
    sichuan = {"area": ("CN-SC",)}
    persons = {"indicator": "persons_arrested", "unit": "person"}
    algebra = record(
        cases("845", "855", high_open=True, **sichuan), percent("9.5", "10.5", "share_pct", **sichuan),
        cases("1256", "1256", **sichuan, **persons),
        percent("10.5", "11.5", "share_pct", **sichuan, indicator="persons_arrested"),
    )  # fmt: skip

    assert algebra.solve(cases()).reach == whole(8048, 9000, high_open=True)
    assert algebra.solve(cases()).low_by == (1, 2)
    assert algebra.solve(cases(**persons)).reach == whole(10922, 11961)


def test_a_whole_without_its_part_lies_between_what_both_leave() -> None:
    border = {
        "area": ("CN-GX", "CN-YN"),
        "operation_id": "clean-border-2022",
        "breakdown": {"origin": "imported"},
    }
    algebra = record(
        drugs("1305", "1315", period=JULY, operation_id="hundred-days-2022"),
        drugs("1075", "1085", period=JULY, **border),
    )

    found = algebra.solve(
        drugs(period=JULY, operation_id="hundred-days-2022"), [drugs(period=JULY, **border)]
    )

    assert found.reach == whole(220, 240, low_open=True, high_open=True)
    assert found.low_by == found.high_by == (1, 2)


def test_the_growth_of_a_campaign_is_the_cell_between_two_days() -> None:
    algebra = record(cases("2589", "2589", period=JULY), cases("8657", "8657"))

    assert algebra.solve(cases(period=LATER)).reach == whole(6068, 6068)
    assert algebra.solve(cases(), [cases(period=JULY)]).reach == whole(6068, 6068)


def test_a_later_point_of_a_series_is_at_least_an_earlier_one() -> None:
    algebra = record(cases("2589", "2589", period=JULY))

    assert algebra.solve(cases()).reach == whole(2589, None)


def test_where_a_series_falls_bounds_pass_over_its_growth() -> None:
    algebra = record(cases("2589", "2589", period=JULY), cases("2000", "2000"))

    assert algebra.check() == []
    assert algebra.solve(cases()).reach == whole(2000, 2000)


def test_a_change_over_whole_years_bounds_the_year_before() -> None:
    algebra = record(
        cases("1100", "1100", period="2023-01-01/2023-12-31"),
        percent("9.5", "10.5", "change_pct", period="2023-01-01/2023-12-31"),
    )

    assert algebra.solve(cases(period="2022-01-01/2022-12-31")).reach == whole(996, 1004)


def test_a_change_over_part_of_a_year_is_from_nobody_knows_when() -> None:
    algebra = record(cases("1100", "1100"), percent("9.5", "10.5", "change_pct"))

    assert algebra.unfit == {2: "a share or a change of what is not certain"}


def test_figures_that_contradict_one_another_are_left_out_and_named() -> None:
    algebra = record(cases("8657", "8657"), cases("8567", "8567"), cases("100", "100", area=("CN-YN",)))

    found = algebra.solve(cases())

    assert found.reach == whole(100, None)
    assert found.published == (1, 2)
    assert found.unsolved.endswith("entries 1, 2")


def test_a_cell_without_a_place_cannot_be_asked_for() -> None:
    with pytest.raises(Unfit, match="no area"):
        record().solve(cases(area=()))


def test_an_observation_can_be_asked_for_as_well() -> None:
    algebra = Algebra(knowledge())

    assert algebra.bounds(an_observation("2,589")).reach == whole(0, None)

"""What looks wrong, and what must be told apart; and what rounding, scope or growth explain."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal
from typing import Any

import pytest

from helpers import an_observation
from small_worlds import knowledge
from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.soft.looking import Looker
from tallyroom.model import Figure, Finding

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
DRUGS = {"indicator": "quantity_seized", "unit": "kg", "substance": "drugs", "counted": ""}
YEAR = {"operation": None, "operation_id": None, "period": "2024-01-01/2024-12-31"}


def a_figure(entry: int, text: str, document: int | None = None, **changes: Any) -> Figure:
    """A figure of its own document, exact unless `low` and `high` say otherwise."""
    value = Decimal(text.replace(",", ""))
    fields = {"value": value, "low": value, "high": value, "source": f"doc{document or entry}", **changes}
    fields = {name: Decimal(end) if name in ("low", "high") else end for name, end in fields.items()}
    return Figure(entry, an_observation(text, **fields), document or entry, NOW)


def look(*figures: Figure) -> list[Finding]:
    algebra = Algebra(knowledge())
    algebra.add_figures(figures)
    algebra.check()
    return Looker(algebra).findings()


def codes(*figures: Figure) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.code, tuple(figure.entry for figure in one.figures)) for one in look(*figures)]


def test_a_cumulative_series_that_falls_is_told_with_the_figure_it_falls_below() -> None:
    months = [("2,589", "07-31"), ("2,431", "08-31"), ("2,500", "09-15"), ("8,657", "09-30")]
    figures = [
        a_figure(entry, text, period=f"2022-06-25/2022-{day}") for entry, (text, day) in enumerate(months, 1)
    ]

    assert codes(*figures) == [("F203", (1, 2)), ("F203", (1, 3))]
    assert look(*figures)[0].says["en"] == "a cumulative series falls: 2,589 (doc1); 2,431 (doc2)"


def test_a_series_that_grows_or_is_rounded_is_not_told() -> None:
    first = a_figure(1, "2,589", period="2022-06-25/2022-07-31")
    rounded = a_figure(2, "2,500", period="2022-06-25/2022-08-31", low="2450", high="2590")
    grown = a_figure(3, "8,657", period="2022-06-25/2022-09-15")

    assert codes(first, rounded, grown) == []


def test_months_that_differ_are_no_series_that_falls() -> None:
    july = a_figure(1, "2,589", **{**YEAR, "period": "2024-07-01/2024-07-31"})
    august = a_figure(2, "1,000", **{**YEAR, "period": "2024-08-01/2024-08-31"})

    assert codes(july, august) == []


@pytest.mark.parametrize(("change", "told"), [("50", True), ("20.0", False), ("20", False)])
def test_a_change_that_does_not_follow_from_its_levels_is_told(change: str, told: bool) -> None:
    value = Decimal(change)
    before = a_figure(1, "1,000", **{**YEAR, "period": "2023-01-01/2023-12-31"})
    after = a_figure(2, "1,200", **YEAR)
    stated = a_figure(
        3, change, statistic="change_pct", unit="percent", low=value - Decimal("0.5"),
        high=value + Decimal("0.5"), counted="", **YEAR,
    )  # fmt: skip

    assert codes(before, after, stated) == ([("F202", (3, 2, 1))] if told else [])


@pytest.mark.parametrize(("share", "told"), [("12", True), ("10", False)])
def test_a_share_of_the_nation_that_does_not_follow_is_told(share: str, told: bool) -> None:
    """850 cases, "10 percent of the nation", and a nation of 8,657: 9.8 percent."""
    value = Decimal(share)
    nation, part = a_figure(1, "8,657", **YEAR), a_figure(2, "850", area=("CN-SC",), **YEAR)
    stated = a_figure(
        3, share, statistic="share_pct", unit="percent", area=("CN-SC",), counted="",
        low=value - Decimal("0.5"), high=value + Decimal("0.5"), **YEAR,
    )  # fmt: skip

    assert codes(nation, part, stated) == ([("F201", (3, 2, 1))] if told else [])


def monthly(*counts: str) -> list[Figure]:
    months = [datetime.date(2023 + at // 12, at % 12 + 1, 1) for at in range(len(counts) + 1)]
    periods = [f"{first}/{after - datetime.timedelta(1)}" for first, after in itertools.pairwise(months)]
    return [
        a_figure(entry, text, operation=None, operation_id=None, period=period)
        for entry, (text, period) in enumerate(zip(counts, periods, strict=True), 1)
    ]


def test_a_month_of_a_hundred_times_is_told() -> None:
    found = look(*monthly("41", "38", "44", "40", "39", "4100", "42", "45", "37", "40"))

    assert [(one.code, one.figures[0].entry) for one in found] == [("F205", 6)]
    assert (
        found[0]
        .says["en"]
        .startswith("far from the others of its series of 10 periods, 101 times their median")
    )
    assert "约为中位数的101倍" in found[0].says["zh"]


def test_a_month_of_a_hundredth_is_told() -> None:
    found = look(*monthly("4100", "3800", "4400", "4000", "39", "4100", "4200", "4500", "3700"))

    assert [(one.code, one.figures[0].entry) for one in found] == [("F205", 5)]
    assert "times below their median" in found[0].says["en"]


@pytest.mark.parametrize(
    "counts",
    [
        ("10", "20", "40", "80", "160", "320", "640", "1280", "2560", "5120"),
        ("41", "38", "44", "40", "39", "38", "410", "420", "390", "400"),
        ("1", "5", "2", "9", "1", "30", "3", "1", "12", "2"),
        ("41", "38", "44", "40", "4100"),
        ("40", "40", "40", "40", "40", "55", "40", "40", "40"),
    ],
    ids=["growth", "a new level", "small skewed counts", "too short", "hardly any spread"],
)
def test_growth_new_levels_skew_and_short_series_are_no_outliers(counts: tuple[str, ...]) -> None:
    assert codes(*monthly(*counts)) == []


def test_two_scopes_of_one_campaign_are_told_apart_and_not_merged() -> None:
    """G3: narcotics police 1.31 t, all police 1.54 t."""
    bureau = a_figure(1, "1310", agency="cn-mps-ncb", low="1305", high="1315", high_open=True, **DRUGS)
    ministry = a_figure(2, "1540", agency="cn-mps", low="1535", high="1545", high_open=True, **DRUGS)

    found = look(bureau, ministry)

    assert [(one.code, one.severity) for one in found] == [("F301", "note")]
    assert "Narcotics Control Bureau" in found[0].says["en"]
    assert "口径不同" in found[0].says["zh"]


def test_two_agencies_that_agree_or_have_nothing_to_do_with_each_other_are_no_two_scopes() -> None:
    bureau = a_figure(1, "1310", agency="cn-mps-ncb", low="1305", high="1315", **DRUGS)
    ministry = a_figure(2, "1313.2", agency="cn-mps", low="1313", high="1313.3", **DRUGS)
    customs = {**DRUGS, **YEAR, "agency": "cn-gac"}
    police = {**DRUGS, **YEAR, "agency": "cn-mps"}

    assert codes(bureau, ministry) == []
    assert codes(a_figure(1, "900", **customs), a_figure(2, "5000", **police)) == []


GROUPS = {"indicator": "groups_dismantled", "unit": "group"}


def test_one_value_in_two_counting_units_is_noted() -> None:
    """G9: 183 gangs; 183 networks."""
    gangs = a_figure(1, "183", counted="drug-related gangs", **GROUPS)
    networks = a_figure(2, "183", counted="制贩毒网络", **GROUPS)

    found = look(gangs, networks)

    assert [(one.code, one.severity) for one in found] == [("F302", "note")]
    assert "gang" in found[0].says["en"]
    assert "network" in found[0].says["en"]


def test_persons_and_times_of_persons_are_two_counting_units() -> None:
    users = {"indicator": "users_identified"}
    persons = a_figure(1, "38000", unit="person", counted="名", **users)
    times = a_figure(2, "38000", unit="person_time", counted="人次", **users)

    assert codes(persons, times) == [("F302", (1, 2))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("183", "gangs", 1), ("184", "networks", 2)),
        (("183", "gangs", 1), ("183", "networks", 1)),
        (("7", "gangs", 1), ("7", "networks", 2)),
        (("183", "gangs", 1), ("183", "个", 2)),
    ],
    ids=["other values", "one document", "equal by chance", "a counter that says nothing"],
)
def test_other_values_and_small_ones_are_no_note(
    first: tuple[str, str, int], second: tuple[str, str, int]
) -> None:
    figures = [
        a_figure(entry, text, document, counted=counted, **GROUPS)
        for entry, (text, counted, document) in enumerate((first, second), 1)
    ]

    assert codes(*figures) == []


def test_a_headline_with_exchanged_digits_is_told() -> None:
    assert codes(a_figure(1, "853", 1), a_figure(2, "835", 1)) == [("F206", (1, 2))]


def test_other_values_of_one_cell_in_one_document_are_not_told() -> None:
    assert codes(a_figure(1, "2,471", 1), a_figure(2, "1,110", 1), a_figure(3, "641", 2)) == []


def test_only_what_was_touched_is_looked_at() -> None:
    algebra = Algebra(knowledge())
    falling = [
        a_figure(1, "2,589", period="2022-06-25/2022-07-31"),
        a_figure(2, "2,431", period="2022-06-25/2022-08-31"),
    ]
    scopes = [
        a_figure(3, "1310", agency="cn-mps-ncb", **DRUGS),
        a_figure(4, "1540", agency="cn-mps", **DRUGS),
    ]
    algebra.add_figures([*falling, *scopes])
    touched = [
        number for entry in (1, 2) if (number := algebra.holding.find(algebra.cell_of(entry))) is not None
    ]

    found = Looker(algebra).findings(touched)

    assert [one.code for one in found] == ["F203"]


@pytest.mark.parametrize(
    "counts",
    [
        ("1", "2", "1", "1", "2", "1", "9", "1", "1", "2"),
        ("400", "90", "1200", "100", "800", "60", "99000", "70", "1100", "300"),
    ],
    ids=["small counts", "a series that jumps about"],
)
def test_series_in_which_jumps_are_chance_have_no_outliers(counts: tuple[str, ...]) -> None:
    assert codes(*monthly(*counts)) == []

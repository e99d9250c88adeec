"""Two sides of the record, cell by cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from helpers import a_briefing, an_observation
from tallyroom.codebook import Codebook
from tallyroom.ledger import SqliteLedger
from tallyroom.model import Draft, NewEntry, Observation
from tallyroom.model.audit import Pair
from tallyroom.pipeline.audit_errors import SideUnknown
from tallyroom.pipeline.queries import QueryUnfit
from tallyroom.pipeline.side_by_side import side_by_side

PLACED = {"start": 0, "end": 0}


def mass(low: str, high: str, value: str, **changes: Any) -> Observation:
    return an_observation(
        value, indicator="quantity_seized", unit="kg", substance="drugs", value=Decimal(value), low=Decimal(low),
        high=Decimal(high), high_open=low != high, counted="", **changes,
    )  # fmt: skip


def keep(ledger: SqliteLedger, id: str, *rows: Observation, **body: Any) -> None:
    entries = [NewEntry("document", {"id": id, **body})]
    entries += [NewEntry("observation", {**row.row(), "source": id, **PLACED}, (-1,)) for row in rows]
    ledger.append(Draft("desk", f"read {id}", tuple(entries)))


def only(ledger: SqliteLedger, codebook: Codebook, first: str = "a", second: str = "b") -> Pair:
    (pair,) = side_by_side(ledger, codebook, first, second).pairs
    return pair


def test_a_rounded_and_an_exact_figure_agree(ledger: SqliteLedger, shipped: Codebook) -> None:
    keep(ledger, "a", mass("1305", "1315", "1310"))
    keep(ledger, "b", mass("1313.15", "1313.25", "1313.2"))

    pair = only(ledger, shipped)

    assert pair.verdict == "rounding"
    assert pair.difference
    assert (str(pair.difference.low), str(pair.difference.high)) == ("-1.85", "8.25")


def test_figures_that_have_nothing_in_common_differ(ledger: SqliteLedger, shipped: Codebook) -> None:
    keep(ledger, "a", mass("1305", "1315", "1310", agency="cn-mps-ncb"))
    keep(ledger, "b", mass("1535", "1545", "1540", agency="cn-mps"))

    pair = only(ledger, shipped)

    assert pair.verdict == "differ"
    assert [remark["en"] for remark in pair.remarks] == [
        "another agency, so perhaps another scope: cn-mps-ncb / cn-mps"
    ]


def test_the_same_figure_agrees_exactly_and_its_counting_unit_is_told(
    ledger: SqliteLedger, shipped: Codebook
) -> None:
    keep(ledger, "a", an_observation("183", unit="group", counted="gangs"))
    keep(ledger, "b", an_observation("183", unit="group", counted="networks"))

    pair = only(ledger, shipped)

    assert pair.verdict == "exact"
    assert [remark["zh"] for remark in pair.remarks] == ["计数单位：gangs / networks"]


def test_a_chinese_counter_is_no_other_counting_unit(ledger: SqliteLedger, shipped: Codebook) -> None:
    keep(ledger, "a", an_observation("183", unit="group", counted="gangs"))
    keep(ledger, "b", an_observation("183", unit="group", counted="个"))

    assert only(ledger, shipped).remarks == ()


def test_a_campaign_grows_to_another_day(ledger: SqliteLedger, shipped: Codebook) -> None:
    keep(ledger, "a", mass("1305", "1315", "1310"))
    keep(ledger, "b", mass("5185", "5195", "5190", period="2022-06-25/2022-09-14"))

    pair = only(ledger, shipped)

    assert pair.verdict == "later"
    assert pair.difference
    assert (pair.difference.low, pair.difference.high) == (3870, 3890)


def test_without_an_operation_two_periods_are_two_cells(ledger: SqliteLedger, shipped: Codebook) -> None:
    keep(ledger, "a", an_observation(operation_id=None))
    keep(ledger, "b", an_observation(operation_id=None, period="2022-06-25/2022-09-14"))

    verdicts = [pair.verdict for pair in side_by_side(ledger, shipped, "a", "b").pairs]

    assert verdicts == ["first", "second"]


def test_one_side_may_say_a_thing_twice(ledger: SqliteLedger, shipped: Codebook) -> None:
    keep(ledger, "a", mass("1300", "1400", "1350"), mass("1305", "1315", "1310"))
    keep(ledger, "b", mass("1305", "1315", "1310"))

    pair = only(ledger, shipped)

    assert pair.verdict == "exact"
    assert len(pair.first) == 2


def test_a_side_is_found_by_agency_publisher_or_query(ledger: SqliteLedger, shipped: Codebook) -> None:
    keep(ledger, "a", an_observation(agency="cn-mps-ncb"), publisher="The Gazette")
    keep(ledger, "b", an_observation(agency="cn-mps"))

    for name in (
        "a",
        "document=a",
        "cn-mps-ncb",
        "公安部禁毒局",
        "the gazette",
        "source=a indicator=cases_solved",
    ):
        pair = only(ledger, shipped, name, "agency=cn-mps")
        assert pair.verdict == "exact", name
        assert pair.first[0].figure.entry == 2, name


def test_a_release_is_compared_as_it_was_printed(ledger: SqliteLedger, shipped: Codebook) -> None:
    place = '["CN"],"2022-06-25/2022-07-31","hundred-days-2022",null,"drugs",null,[],"cases"'
    cell = f'["cases_solved","level","case",{place}]'
    ledger.append(a_briefing("2,589", "41"))
    for id, value, entries in (("first", "2589", [2]), ("second", "2630", [2, 3])):
        body = {"id": id, "title": {"en": id}, "commit": 1,
            "figures": [{"cell": cell, "value": value, "status": "", "entries": entries}]}  # fmt: skip
        ledger.append(Draft("desk", "published", (NewEntry("release", body, tuple(entries)),)))

    pair = only(ledger, shipped, "first", "release=second")

    assert pair.verdict == "differ"
    assert pair.first[0].figure.entry == 2
    assert pair.second[0].figure.more == {"parts": 2}
    assert pair.difference
    assert pair.difference.low == 41


def test_what_the_record_does_not_have_is_told_with_the_nearest(
    ledger: SqliteLedger, shipped: Codebook
) -> None:
    keep(ledger, "national-quarter", an_observation())

    with pytest.raises(SideUnknown) as told:
        side_by_side(ledger, shipped, "national-quarter", "nationl-quarter")
    assert told.value.next_step.startswith("did you mean national-quarter")
    with pytest.raises(QueryUnfit):
        side_by_side(ledger, shipped, "national-quarter", "indicatr=cases_solved")

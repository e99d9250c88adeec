"""Corrections and reviews: what may be changed, by whom, and what the new figure says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from helpers import a_briefing, a_review
from tallyroom.codebook import Codebook
from tallyroom.ledger import SqliteLedger
from tallyroom.ledger.errors import NoSuchEntry
from tallyroom.model import Draft, NewEntry, Observation, Query
from tallyroom.pipeline.deciding import DecisionUnfit, Desk, NotTheOwner
from tallyroom.pipeline.queries import QueryUnfit


@pytest.fixture
def desk(ledger: SqliteLedger, shipped: Codebook) -> Desk:
    return Desk(ledger, shipped, "desk")


def the_figure(ledger: SqliteLedger) -> Observation:
    (figure,) = ledger.figures(Query())
    return figure.observation


def test_a_corrected_count_is_exactly_what_it_says(ledger: SqliteLedger, desk: Desk) -> None:
    ledger.append(a_briefing("2,589", qualifier="at_least", upper=Decimal(3000), high=None))
    desk.correct(2, {"value": "2,590.0"}, "one more")

    row = the_figure(ledger)
    assert (row.value, row.upper, row.qualifier) == (2590, None, "exact")
    assert (row.low, row.high) == (Decimal("2589.95"), Decimal("2590.05"))


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ({"value": "2591"}, "2591", "2591"),
        ({"value": "2590"}, "2585", "2595"),
        ({"value": "1.31", "unit": "kg"}, "1.305", "1.315"),
        ({"value": "320", "qualifier": "approx"}, "310", "330"),
        ({"value": "320", "low": "320", "high": "320"}, "320", "320"),
    ],
)
def test_the_interval_follows_the_digits(
    ledger: SqliteLedger, desk: Desk, values: dict[str, str], low: str, high: str
) -> None:
    ledger.append(a_briefing("2,589"))
    desk.correct(2, values, "put right")

    row = the_figure(ledger)
    assert (row.low, row.high) == (Decimal(low), Decimal(high))


def test_codes_dimensions_and_periods_are_read_as_in_a_query(ledger: SqliteLedger, desk: Desk) -> None:
    ledger.append(a_briefing("2,589", breakdown={"role": "user"}))
    values = {"area": "云南,CN-GX", "period": "2022-07", "channel": "maritime", "role": "", "offence": ""}
    desk.review(2, "amend", values, "looked at")

    row = the_figure(ledger)
    assert (row.area, row.period, row.offence) == (("CN-YN", "CN-GX"), "2022-07-01/2022-07-31", None)
    assert row.breakdown == {"channel": "maritime"}


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"value": "2589", "low": "2589", "high": "2589"}, DecisionUnfit),
        ({"value": "many"}, DecisionUnfit),
        ({"value": "1e99999999999999999999"}, DecisionUnfit),
        ({"value": ""}, DecisionUnfit),
        ({"start": "3"}, DecisionUnfit),
        ({"rule": "mine"}, DecisionUnfit),
        ({"substance": "heroine"}, QueryUnfit),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_stored(
    ledger: SqliteLedger, desk: Desk, values: dict[str, str], error: type[Exception]
) -> None:
    ledger.append(a_briefing("2,589", low=Decimal(2589)))

    with pytest.raises(error):
        desk.correct(2, values, "put right")
    assert len(list(ledger.commits())) == 1


@pytest.mark.parametrize(("entry", "says"), [(1, "is a document"), (99, "no entry 99"), (0, "no entry 0")])
def test_a_correction_of_what_is_no_observation_is_refused(
    ledger: SqliteLedger, desk: Desk, entry: int, says: str
) -> None:
    ledger.append(a_briefing("2,589"))

    with pytest.raises(NoSuchEntry, match=says):
        desk.correct(entry, {"value": "1"}, "put right")


def test_a_decision_needs_a_reason(ledger: SqliteLedger, desk: Desk) -> None:
    ledger.append(a_briefing("2,589"))

    with pytest.raises(DecisionUnfit, match="reason"):
        desk.correct(2, {"value": "1"}, "  ")


def test_a_superseded_figure_is_not_decided_about(ledger: SqliteLedger, desk: Desk) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(a_briefing("2,600", about=(1,)))

    with pytest.raises(DecisionUnfit, match="superseded"):
        desk.review(2, "reject", {}, "old")


def test_a_rejected_figure_can_only_be_accepted(ledger: SqliteLedger, desk: Desk) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(a_review(2, "reject"))

    with pytest.raises(DecisionUnfit, match="rejected"):
        desk.correct(2, {"value": "1"}, "put right")
    desk.review(2, "accept", {}, "it was right")
    assert the_figure(ledger).value == 2589


@pytest.mark.parametrize("call", [("accept", {"value": "1"}), ("amend", {})])
def test_values_are_for_amend_alone(
    ledger: SqliteLedger, desk: Desk, call: tuple[Any, dict[str, str]]
) -> None:
    ledger.append(a_briefing("2,589"))

    with pytest.raises(DecisionUnfit, match="amend"):
        desk.review(2, *call, "why")


def test_only_the_unit_that_filed_a_return_changes_its_figures(
    ledger: SqliteLedger, desk: Desk, shipped: Codebook
) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(Draft("CN-YN", "filed", (NewEntry("return", {"reporting_unit": "CN-YN"}, (1,)),)))

    with pytest.raises(NotTheOwner, match="CN-YN"):
        desk.correct(2, {"value": "1"}, "put right")
    desk.review(2, "reject", {}, "it cannot be")
    desk.review(2, "accept", {}, "it can")
    Desk(ledger, shipped, "CN-YN").correct(2, {"value": "1"}, "put right")
    assert the_figure(ledger).value == 1

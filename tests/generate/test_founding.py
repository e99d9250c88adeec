"""The founding briefing from returns: seventeen figures, their growth, and one correction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model import Coverage, Fact, Query
from tallyroom.pipeline.collecting import return_totals
from tallyroom.pipeline.founding import (
    JULY,
    SEPTEMBER,
    ReturnNotTaken,
    correct_founding,
    file_founding,
    founding_campaign,
    founding_totals,
)

pytestmark = pytest.mark.xdist_group("founding")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("founding")


@pytest.fixture(scope="module")
def ledger(folder: Path) -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        file_founding(opened, JULY, folder / "july")
        file_founding(opened, SEPTEMBER, folder / "september")
        yield opened


def facts(ledger: SqliteLedger, round: str, as_of: int | None = None) -> dict[str, Fact]:
    totals = return_totals(ledger, founding_campaign(), round, as_of=as_of)
    return {one.line: one.fact for one in totals}


def test_the_returns_add_up_to_the_seventeen_figures(ledger: SqliteLedger) -> None:
    told, found = founding_totals(JULY), facts(ledger, JULY)

    assert len(told) == 17
    assert {line: found[line].observation.value for line in told} == told
    assert found["cases"].coverage == Coverage(36, 36)
    assert found["cases"].status == ""


@pytest.mark.parametrize("round", [JULY, SEPTEMBER])
def test_two_provinces_seized_all_that_they_seized_together(ledger: SqliteLedger, round: str) -> None:
    """What came from abroad is part of what the two seized, their joint hauls included."""
    imported = facts(ledger, round)["drugs_imported"]
    wanted = {"area": ("CN-YN", "CN-GX"), "indicator": ("quantity_seized",), "substance": ("drugs",)}
    seized = [
        figure.observation.value
        for figure in ledger.figures(Query(wanted))
        if figure.observation.period == imported.observation.period
        and figure.observation.breakdown == {}
        and len(figure.observation.area) == 1
    ]

    assert len(seized) == 2
    assert sum(seized) >= imported.observation.value


def test_what_another_country_did_enters_no_domestic_sum(ledger: SqliteLedger) -> None:
    found = facts(ledger, JULY)

    assert found["abroad_materials"].observation.area == ("KH",)
    assert found["drugs"].observation.value + found["precursors"].observation.value == Decimal(73410)


def test_joint_results_are_those_of_the_set_of_provinces(ledger: SqliteLedger) -> None:
    found = facts(ledger, JULY)

    assert found["drugs_imported"].observation.area == ("CN-YN", "CN-GX")
    assert len(found["cluster_persons"].observation.area) == 5


def test_september_goes_on_from_july(ledger: SqliteLedger) -> None:
    july, september = facts(ledger, JULY), facts(ledger, SEPTEMBER)

    assert september["cases"].observation.value == 8657
    assert september["drugs"].observation.value == 5190
    assert all(july[line].observation.value <= september[line].observation.value for line in july)


def test_a_correction_moves_what_it_corrects_and_leaves_the_past_as_it_was(
    ledger: SqliteLedger, folder: Path
) -> None:
    head = ledger.head()
    assert head is not None
    outcome, adds = correct_founding(ledger, folder / "corrected")
    before, now = facts(ledger, SEPTEMBER, head.number), facts(ledger, SEPTEMBER)

    assert outcome.unit == "CN-HN"
    assert {
        line: now[line].observation.value - before[line].observation.value
        for line in now
        if now[line].observation.value != before[line].observation.value
    } == adds
    assert now["cases"].status == "r"
    assert before["cases"].observation.value == 8657


def test_returns_that_are_there_already_are_told(ledger: SqliteLedger, folder: Path) -> None:
    with pytest.raises(ReturnNotTaken):
        file_founding(ledger, JULY, folder / "again")

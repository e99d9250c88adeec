"""All annotated briefings in one record: the slip of a digit is found, and nothing that is no contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import tallyroom
from tallyroom.model import Finding
from tallyroom.model.quantity import Interval
from tallyroom.pipeline.ledgers import OpenLedger

CAMPAIGN = "area=CN operation_id=hundred-days-2022"
JULY, SEPTEMBER = (f"period=2022-06-25/2022-{day}" for day in ("07-31", "09-14"))


@pytest.fixture(scope="module")
def dev(shared: Path) -> Iterator[OpenLedger]:
    with tallyroom.open_ledger(":memory:") as ledger:
        for reading in tallyroom.read_all([shared / "corpus" / "dev"], keep=True):
            ledger.record(reading)
        yield ledger


def sources(finding: Finding) -> set[str]:
    return {figure.observation.source for figure in finding.figures}


def test_the_only_contradiction_is_the_slip_of_a_digit(dev: OpenLedger) -> None:
    hard = [one for one in dev.check().findings if one.severity == "hard"]

    assert hard
    for finding in hard:
        assert "z02" in sources(finding)
        assert sources(finding) <= {"z01", "z02", "b01"}
        assert {figure.observation.value for figure in finding.figures} == {Decimal(8657), Decimal(8567)}
        z02 = next(figure.entry for figure in finding.figures if figure.observation.source == "z02")
        mend = next(mend for mend in finding.mends if mend.entry == z02)
        assert mend.slip is not None
        assert "8567" in mend.slip["en"]
        assert mend.value == 8657


def test_roundings_of_one_campaign_agree_and_its_growth_follows(dev: OpenLedger) -> None:
    drugs = f"indicator=quantity_seized substance=drugs agency=cn-mps-ncb {CAMPAIGN}"

    told = dev.bounds(f"{drugs} {JULY}").bounds
    assert told.reach == Interval(Decimal("1313.15"), Decimal("1313.25"), False, True)
    assert {figure.observation.source for figure in told.published} == {"seed", "z03"}
    grown = dev.bounds(f"{drugs} {SEPTEMBER}", [JULY]).bounds
    assert grown.reach.low == Decimal("5185") - Decimal("1313.25")
    assert grown.reach.high == Decimal("5195") - Decimal("1313.15")

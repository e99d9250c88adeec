"""Editions of a published table in one record: rows are compared by the codes that tell them apart."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import tallyroom
from tallyroom.codebook import load_mapping
from tallyroom.pipeline.tables import load_table

HEAD = "FY,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Drug Type,Count of Event,Sum Qty (lbs)\n"


def rows(*counts: int) -> bytes:
    """A table of one month: the events of each office."""
    office = "2022,MAR,Office of Field Operations,Coastal/Interior,Other,OFFICE {},Heroin,{},0.5\n"
    return (HEAD + "".join(office.format(at, count) for at, count in enumerate(counts))).encode()


def values_found(*editions: bytes) -> list[set[Decimal]]:
    with tallyroom.open_ledger(":memory:") as ledger:
        for number, data in enumerate(editions):
            load_table(ledger.ledger, load_mapping("cbp-drug-seizures"), data, name=f"edition-{number}")
        found = [one for one in ledger.check().findings if one.severity == "hard"]
    return [{figure.observation.value for figure in one.figures} for one in found]


def test_rows_of_one_edition_that_differ_in_their_office_are_no_rivals() -> None:
    assert values_found(rows(3, 7, 9)) == []


def test_editions_that_agree_are_not_doubted() -> None:
    assert values_found(rows(3, 7), rows(3, 7, 9)) == []


def test_a_row_that_another_edition_revises_is_found() -> None:
    assert values_found(rows(3, 7), rows(3, 8)) == [{Decimal(7), Decimal(8)}]


def test_real_editions_differ_in_the_last_digit_of_one_weight_alone(shared: Path) -> None:
    with tallyroom.open_ledger(":memory:") as ledger:
        for path in sorted((shared / "data" / "cbp").glob("*.csv")):
            load_table(ledger.ledger, load_mapping("cbp-drug-seizures"), path)
        found = [one for one in ledger.check().findings if one.severity == "hard"]

    # 0.025 kg: one edition writes 0.055115565 lb, the other 0.055115566
    assert [{figure.observation.text for figure in one.figures} for one in found] == [
        {"0.055115565", "0.055115566"}
    ]

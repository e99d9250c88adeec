"""Cases from the public record, each from briefings that are read: what the audit says of them, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import tallyroom
from tallyroom.model import Finding
from tallyroom.model.quantity import Interval

BRIEFINGS = Path(__file__).parents[2] / "examples" / "audit"
JULY, AUGUST, SEPTEMBER = (f"2022-06-25/2022-{day}" for day in ("07-31", "08-31", "09-14"))
CAMPAIGN = "area=CN operation_id=hundred-days-2022"


class Record:
    """A record of briefings, each by its name without the language."""

    def __init__(self, ledger: tallyroom.pipeline.ledgers.OpenLedger, lang: str) -> None:
        self.ledger, self.lang = ledger, lang

    def take(self, *names: str) -> Record:
        for name in names:
            [reading] = tallyroom.read_all([BRIEFINGS / f"{name}.{self.lang}.txt"], keep=True)
            self.ledger.record(reading)
        return self

    def findings(self, severity: str = "hard") -> list[Finding]:
        return [one for one in self.ledger.check().findings if one.severity == severity]

    def bounds(self, cell: str, without: Sequence[str] = ()) -> Interval:
        answer = self.ledger.bounds(cell, without)
        assert answer.bounds.unsolved == ""
        return answer.bounds.reach


@pytest.fixture(params=["zh", "en"])
def record(request: pytest.FixtureRequest) -> Iterator[Record]:
    with tallyroom.open_ledger(":memory:") as ledger:
        yield Record(ledger, request.param)


def values(finding: Finding) -> set[Decimal]:
    return {figure.observation.value for figure in finding.figures}


def test_g1_a_mass_to_the_hundred_grams_agrees_with_one_in_tons(record: Record) -> None:
    record.take("first-month", "first-month-table")

    assert record.findings() == []
    told = record.bounds(f"indicator=quantity_seized substance=drugs period={JULY} {CAMPAIGN}")
    assert told == Interval(Decimal("1313.15"), Decimal("1313.25"), False, True)


def test_g2_two_measures_agree_with_their_sum_in_another_source(record: Record) -> None:
    record.take("first-month", "first-month-table")

    assert record.findings() == []
    both = f"indicator=users_treated area=CN period={JULY} disposition=community"
    assert record.bounds(both) == Interval(Decimal(8108), Decimal(8108))
    rest = [f"disposition=community_{kind}" for kind in ("treatment", "recovery")]
    assert (
        record.bounds(both, rest).high == 0
    )  # they leave nothing; whether one person is in both is not declared


def test_g3_totals_of_two_scopes_are_never_merged(record: Record) -> None:
    record.take("first-month-table", "all-police")
    wider = f"indicator=quantity_seized substance=drugs agency=cn-mps period={JULY} {CAMPAIGN}"

    assert record.findings() == []
    assert record.bounds(wider) == Interval(Decimal(1535), Decimal(1545), False, True)
    narrower = record.bounds(wider.replace("cn-mps", "cn-mps-ncb"))
    assert narrower == Interval(Decimal("1313.15"), Decimal("1313.25"), False, True)
    told = [one for one in record.findings("note") if one.code == "F301"]
    assert {frozenset(values(one)) for one in told} == {
        frozenset({Decimal("1313.2"), Decimal(1540)}), frozenset({Decimal(72_100), Decimal(74_100)})
    }  # fmt: skip
    assert "Narcotics Control Bureau" in told[0].says["en"]


def test_g4_nearly_agrees_with_what_it_rounds_and_more_than_contradicts_it(record: Record) -> None:
    record.take("all-police")
    assert record.findings() == []

    found = record.take("all-police-later").findings()
    exact = next(one for one in found if Decimal(269_800) in values(one))
    assert values(exact) == {Decimal(269_800), Decimal(270_000)}
    before, after = sorted(exact.figures, key=lambda figure: figure.observation.value)
    assert (before.observation.high, before.observation.high_open) == (Decimal(269_850), True)
    assert (after.observation.low, after.observation.low_open) == (Decimal(270_000), True)
    assert {figure.observation.indicator for one in found for figure in one.figures} == {"cases_solved"}
    assert {figure.observation.source for figure in (before, after)} == {
        f"all-police.{record.lang}", f"all-police-later.{record.lang}"
    }  # fmt: skip


def test_g5_persons_rounded_once_more_agree(record: Record) -> None:
    record.take("all-police", "all-police-later")

    assert not [
        one for one in record.findings() if one.figures[0].observation.indicator == "persons_arrested"
    ]
    told = record.bounds(f"indicator=persons_arrested period={JULY} {CAMPAIGN} agency=cn-mps")
    assert told == Interval(Decimal(465_750), Decimal(465_850), False, True)


def test_g6_what_was_ordered_for_drug_users_is_no_partition_of_them(record: Record) -> None:
    record.take("first-month")

    assert record.findings() == []
    assert record.findings("soft") == []


def test_g7_a_province_and_its_shares_bound_the_nation(record: Record) -> None:
    record.take("province")
    nation = f"period={AUGUST} {CAMPAIGN} offence=drugs"

    cases = record.bounds(f"indicator=cases_solved {nation}")
    assert cases == Interval(Decimal(8048), Decimal(9000), False, True)
    assert record.bounds(f"indicator=persons_arrested {nation}") == Interval(Decimal(10_922), Decimal(11_961))


def test_g8_more_than_agrees_with_the_exact_figures_of_four_months_before(record: Record) -> None:
    record.take("owls", "owls-later")

    assert record.findings() == []
    hunt = "area=CN operation_id=hunting-owls-cn period=2023-01-01/2023-08-31"
    assert record.bounds(f"indicator=cases_solved {hunt}") == Interval(Decimal(326), Decimal(326))
    assert record.bounds(f"indicator=persons_arrested {hunt}") == Interval(Decimal(7351), Decimal(7351))


def test_g9_gangs_and_networks_are_one_value_in_two_counting_units(record: Record) -> None:
    record.take("first-month", "first-month-table")

    [note] = record.findings("note")
    assert note.code == "F302"
    assert values(note) == {Decimal(183)}
    counted = " ".join(figure.observation.counted for figure in note.figures)
    assert all(
        word in counted for word in (("团伙", "网络") if record.lang == "zh" else ("gangs", "networks"))
    )


def test_g10_a_campaign_grows_and_its_growth_has_an_interval_of_its_own(record: Record) -> None:
    record.take("first-month", "september")

    assert record.findings() == []
    assert record.findings("soft") == []
    later, earlier = f"period={SEPTEMBER} {CAMPAIGN}", [f"period={JULY}"]
    assert record.bounds(f"indicator=cases_solved {later}", earlier) == Interval(Decimal(6068), Decimal(6068))
    grown = record.bounds(f"indicator=quantity_seized substance=drugs {later}", earlier)
    assert grown == Interval(Decimal(3870), Decimal(3890), True, True)


def test_g11_rounded_parts_agree_with_their_rounded_total(record: Record) -> None:
    assert record.take("kinds").findings() == []


def test_drugs_other_than_those_of_two_provinces_are_bound_from_both_sides(record: Record) -> None:
    record.take("first-month")
    drugs = f"indicator=quantity_seized substance=drugs period={JULY} {CAMPAIGN}"
    border = "area=CN-YN,CN-GX operation_id=clean-border-2022 origin=imported"

    assert record.bounds(drugs, [border]) == Interval(Decimal(220), Decimal(240), True, True)


def test_a_slip_of_a_digit_is_recognised_and_the_rounding_beside_it_is_none(record: Record) -> None:
    [found] = record.take("september", "september-reprint").findings()

    assert values(found) == {Decimal(8657), Decimal(8567)}
    assert {mend.value for mend in found.mends if mend.slip is not None} == values(found)


def test_all_briefings_of_both_languages_in_one_record_contradict_only_where_they_do() -> None:
    with tallyroom.open_ledger(":memory:") as ledger:
        for reading in tallyroom.read_all([BRIEFINGS], keep=True):
            ledger.record(reading)
        found = [one for one in ledger.check().findings if one.severity == "hard"]

    slip, more_than = {Decimal(8657), Decimal(8567)}, {Decimal(269_800), Decimal(270_000)}
    assert slip in [values(one) for one in found]
    assert all(values(one) == slip or values(one) <= more_than for one in found)

"""What follows from what: each rule by which cells are tied, and where it must not tie."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from helpers import an_observation
from small_worlds import knowledge
from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.cells import LightRow
from tallyroom.model import Figure, Finding, Observation

MONTH, SUMMER = "2022-07-01/2022-07-31", "2022-07-01/2022-09-14"


def told(text: str, **changes: Any) -> Observation:
    """A figure of drug cases of all police in China in July; exact, unless its ends are given."""
    value = Decimal(text.replace(",", ""))
    fields: dict[str, Any] = {
        "value": value, "low": value, "high": value, "period": MONTH, "operation": None, "operation_id": None,
        "agency": "cn-mps", "counted": "起",
    }  # fmt: skip
    return an_observation(text, **{**fields, **changes})


def mass(text: str, low: str, high: str, **changes: Any) -> Observation:
    """A mass of drugs, rounded."""
    fields: dict[str, Any] = {
        "indicator": "quantity_seized", "unit": "kg", "counted": "公斤", "substance": "drugs",
        "low": Decimal(low), "high": Decimal(high), "high_open": True,
    }  # fmt: skip
    return told(text, **{**fields, **changes})


def persons(text: str, **changes: Any) -> Observation:
    return told(text, **{"indicator": "persons_arrested", "unit": "person", "counted": "名", **changes})


def users(text: str, **changes: Any) -> Observation:
    fields = {"indicator": "users_identified", "unit": "person", "counted": "名", "offence": "drug_use",
              "operation_id": "safe-and-care-2022", "agency": "cn-mps-ncb"}  # fmt: skip
    return told(text, **{**fields, **changes})


def record(*stated: Observation) -> Algebra:
    """An algebra in which each figure stands in a document of its own."""
    algebra = Algebra(knowledge())
    known = datetime.datetime(2022, 10, 1, tzinfo=datetime.UTC)
    algebra.add_figures(Figure(entry, one, 100 + entry, known) for entry, one in enumerate(stated, 1))
    return algebra


def found(*stated: Observation) -> list[Finding]:
    return record(*stated).check()


def rules(*stated: Observation) -> list[str]:
    """The code of each finding, with the rules of its ties."""
    return [" ".join((one.code, *(tie.rule for tie in one.ties))) for one in found(*stated)]


YUNNAN = {"area": ("CN-YN",)}
GUANGXI = {"area": ("CN-GX",)}
BOTH = {"area": ("CN-YN", "CN-GX")}


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (told("9", area=("CN-YN",)), told("8")),
        (told("9", **YUNNAN), told("8", **BOTH)),
        (told("9", period="2022-07-05/2022-07-31"), told("8")),
        (told("9", operation_id="clean-border-2022"), told("8", operation_id="hundred-days-2022")),
        (told("9", operation_id="hundred-days-2022"), told("8")),
        (told("9", offence="drug_trafficking"), told("8")),
        (told("9", agency="cn-mps-ncb"), told("8")),
        (told("9", breakdown={"channel": "postal_logistics"}), told("8")),
        (told("9", substance="heroin"), told("8")),
        (mass("9", "8.5", "9.5", substance="heroin"), mass("8", "7.5", "8.5")),
        (persons("9", breakdown={"role": "trafficker"}), persons("8")),
        (persons("9", breakdown={"role": "user"}), persons("8", breakdown={"role": "user_or_trafficker"})),
        (users("9", breakdown={"novelty": "new"}), users("8")),
        (users("9", indicator="users_treated", breakdown={"disposition": "community_treatment"}), users("8")),
        (told("9", period="2022-07-05/2022-07-05"), told("8")),
    ],
)
def test_a_part_is_at_most_its_whole(part: Observation, whole: Observation) -> None:
    assert rules(part, whole) == ["F102 part"]
    assert found(_with(part, "8"), _with(whole, "9")) == []


def _with(stated: Observation, text: str) -> Observation:
    ends = (stated.low, stated.high)
    moved = Decimal(text) - stated.value
    low, high = (None if end is None else end + moved for end in ends)
    return msgspec.structs.replace(stated, value=Decimal(text), text=text, low=low, high=high)


@pytest.mark.parametrize(
    ("larger", "smaller"),
    [
        (told("9", agency="cn-gac"), told("8")),
        (told("9", agency=None), told("8")),
        (told("9", offence="drugs"), told("8", offence=None)),
        (told("9", breakdown={"partner": "KH"}), told("8")),
        (told("9", area=("HK",)), told("8")),
        (told("9", counted="interdictions"), told("8")),
        (told("9", counted="件"), told("8")),
        (told("9", counted="marvels"), told("8", counted="wonders")),
        (told("9", breakdown={"scope": "on appeal"}), told("8")),
        (told("9", period="2022-06-30/2022-07-31"), told("8")),
        (told("9", period=None), told("8")),
        (told("9", area=()), told("8")),
        (persons("9", breakdown={"role": "user_or_trafficker"}), persons("8")),
        (persons("9", breakdown={"role": "user"}), persons("8")),
        (persons("9", unit="person_time", counted="人次"), persons("8")),
        (
            mass("9", "8.5", "9.5", substance="unscheduled_chemicals"),
            mass("8", "7.5", "8.5", substance="precursors"),
        ),
        (mass("9", "8.5", "9.5", substance="heroin"), mass("8", "7.5", "8.5", substance=None)),
        (mass("9", "8.5", "9.5", substance="heroin"), mass("8", "7.5", "8.5", substance="main_drugs")),
        (told("9", operation="Dawn", operation_id=None), told("8", operation="Dusk", operation_id=None)),
        (
            users("9", indicator="users_registered", operation_id=None, period="2022-07-05/2022-07-05"),
            users("8", indicator="users_registered", operation_id=None, period="2022-07-31/2022-07-31"),
        ),
    ],
)
def test_what_is_no_part_is_tied_to_nothing(larger: Observation, smaller: Observation) -> None:
    assert found(larger, smaller) == []


@pytest.mark.parametrize(
    ("rest", "one", "other"),
    [
        ({}, YUNNAN, GUANGXI),
        ({}, {"period": "2022-07-01/2022-07-20"}, {"period": "2022-07-22/2022-07-31"}),
        ({}, {"offence": "drug_trafficking"}, {"offence": "drug_manufacture"}),
    ],
)
def test_disjoint_parts_are_together_at_most_their_whole(
    rest: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    whole = {"period": "2022-06-30/2022-07-31"} if "period" in one else {}

    assert rules(told("5", **one), told("5", **other), told("9", **rest, **whole)) == ["F103 disjoint_parts"]
    assert found(told("5", **one), told("4", **other), told("9", **rest, **whole)) == []


def test_masses_of_single_drugs_are_summed_and_those_of_overlapping_groups_are_not() -> None:
    heroin, opium = mass("5", "4.5", "5.5", substance="heroin"), mass("5", "4.5", "5.5", substance="opium")
    synthetic = mass("5", "4.5", "5.5", substance="synthetic_drugs")
    new = mass("5", "4.5", "5.5", substance="new_psychoactive")
    whole = mass("8", "7.5", "8.5")

    assert rules(heroin, opium, whole) == ["F103 disjoint_parts"]
    assert found(synthetic, new, whole) == []


def test_cases_of_two_drugs_may_be_one_case() -> None:
    assert found(told("5", substance="heroin"), told("5", substance="opium"), told("8")) == []


def test_overlapping_sets_of_places_are_each_summed_with_what_lies_beside_them() -> None:
    guangxi_and_guangdong = {"area": ("CN-GX", "CN-GD")}

    assert rules(told("5", **BOTH), told("5", area=("CN-GD",)), told("9")) == ["F103 disjoint_parts"]
    assert rules(told("5", **guangxi_and_guangdong), told("5", **YUNNAN), told("9")) == [
        "F103 disjoint_parts"
    ]
    assert found(told("5", **BOTH), told("5", **guangxi_and_guangdong), told("9")) == []


def test_dispositions_overlap_so_each_alone_is_at_most_the_users() -> None:
    dispositions = {
        "6,488": "compulsory_isolation",
        "4,461": "community_treatment",
        "3,647": "community_recovery",
    }
    treated = [
        users(text, indicator="users_treated", breakdown={"disposition": one})
        for text, one in dispositions.items()
    ]
    newly = users("5,942", breakdown={"novelty": "new"})
    whole = users("18,700", low=Decimal(18650), high=Decimal(18750), high_open=True)

    assert found(*treated, newly, whole) == []


def test_periods_that_leave_no_day_out_are_the_whole() -> None:
    july, rest = told("5"), told("4", period="2022-08-01/2022-09-14")

    assert rules(july, rest, told("10", period=SUMMER)) == ["F104 partition"]
    assert rules(july, rest, told("8", period=SUMMER)) == ["F104 partition"]
    assert found(july, rest, told("9", period=SUMMER)) == []


def test_a_cumulative_series_that_falls_is_no_contradiction() -> None:
    assert found(told("9"), told("8", period=SUMMER)) == []


def test_a_complete_list_of_places_is_no_partition() -> None:
    everywhere = [code for code, one in knowledge().codebook.lists["areas"].items() if one.parent == "CN"]

    assert found(*(told("1", area=(code,)) for code in everywhere), told("99")) == []


def test_results_of_an_operation_since_the_new_year_are_those_since_it_began() -> None:
    since_january = told("8,567", operation_id="hundred-days-2022", period="2022-01-01/2022-09-14")
    since_june = told("8,657", operation_id="hundred-days-2022", period="2022-06-25/2022-09-14")

    assert rules(since_january, since_june) == ["F101"]


def test_two_hauls_of_one_day_are_no_rival_claims() -> None:
    day = "2022-07-05/2022-07-05"

    assert found(mass("4", "3.5", "4.5", period=day), mass("9", "8.5", "9.5", period=day)) == []


def test_a_haul_is_in_no_sum() -> None:
    one = mass("5", "4.5", "5.5", period="2022-07-05/2022-07-05")
    same = mass("5", "4.5", "5.5", period="2022-07-06/2022-07-06")

    assert found(one, same, mass("6", "5.5", "6.5")) == []


def test_an_operation_that_only_has_a_name_is_known_inside_its_document() -> None:
    algebra = Algebra(knowledge(), lambda entries: {})
    named = LightRow(
        "cases_solved", "case", ("CN",), MONTH, Decimal(9), Decimal(9), offence="drugs", counted="起",
        agency="cn-mps", operation="Dawn",
    )  # fmt: skip
    algebra.add([(1, 10, named), (2, 11, named)])

    assert algebra.cell_of(1) != algebra.cell_of(2)


def test_a_document_that_contradicts_itself_does_not_count_and_is_told() -> None:
    algebra = Algebra(knowledge())
    known = datetime.datetime(2022, 10, 1, tzinfo=datetime.UTC)
    stated = [told("9"), told("5"), told("7"), told("8", **YUNNAN), told("6")]
    documents = [100, 100, 101, 102, 102]
    algebra.add_figures(
        Figure(entry, one, document, known)
        for entry, (one, document) in enumerate(zip(stated, documents, strict=True), 1)
    )

    assert algebra.check() == []
    assert algebra.self_contradictions() == [(100, (1, 2)), (102, (4, 5))]


def test_all_that_say_the_same_are_named_and_the_one_that_differs_is_mended() -> None:
    (one,) = found(told("8,657"), told("8,567"), told("8,657"))

    assert {figure.entry for figure in one.figures} == {1, 2}
    assert one.mends[0].entry == 2
    assert one.mends[0].value == Decimal(8657)
    assert one.mends[0].slip is not None
    assert one.proof[-1] == "0 ≥ 90"


def test_what_is_taken_away_counts_no_more_and_what_is_corrected_counts_anew() -> None:
    algebra = record(told("9", **YUNNAN), told("8"))
    assert len(algebra.check_touched()) == 1

    algebra.remove([1])
    assert algebra.check_touched() == []
    known = datetime.datetime(2022, 10, 1, tzinfo=datetime.UTC)
    algebra.add_figures([Figure(1, told("10", **YUNNAN), 101, known)])
    assert [finding.code for finding in algebra.check_touched()] == ["F102"]
    assert algebra.check_touched() == []

"""Questions in words: what contains what, and the nearest name of what is not known."""

from __future__ import annotations

import datetime

import pytest

from tallyroom.codebook import Codebook
from tallyroom.model import Query
from tallyroom.pipeline.queries import QueryUnfit, period_of, query_of


def test_a_group_takes_in_its_substances(shipped: Codebook) -> None:
    fields = query_of(["substance=drugs"], shipped).fields

    assert {"drugs", "heroin", "methamphetamine"} <= set(fields["substance"])
    assert "acetone" not in fields["substance"]


def test_a_country_takes_in_its_provinces(shipped: Codebook) -> None:
    assert {"CN", "CN-YN", "CN-GX"} <= set(query_of(["area=CN"], shipped).fields["area"])
    assert query_of(["area=CN-YN"], shipped).fields["area"] == ("CN-YN",)


def test_an_operation_takes_in_its_parts_and_an_agency_nobody(shipped: Codebook) -> None:
    fields = query_of(["operation=百日行动", "agency=cn-mps"], shipped).fields

    assert "hundred-days-2022" in fields["operation_id"]
    assert len(fields["operation_id"]) > 3
    assert fields["agency"] == ("cn-mps",)


@pytest.mark.parametrize("name", ["云南", "Yunnan", "yunnan", "CN-YN"])
def test_a_place_may_be_named_in_any_language(shipped: Codebook, name: str) -> None:
    assert query_of([f"area={name}"], shipped).fields["area"] == ("CN-YN",)


def test_a_dimension_of_the_breakdown_is_a_field(shipped: Codebook) -> None:
    query = query_of({"channel": "maritime", "breakdown.role": "user", "substance": ""}, shipped)

    assert query == Query(
        {"breakdown.channel": ("maritime",), "breakdown.role": ("user",), "substance": ("",)}
    )


def test_several_values_are_joined(shipped: Codebook) -> None:
    fields = query_of(["unit=kg,L", "unit=tablet"], shipped).fields

    assert fields == {"unit": ("kg", "L", "tablet")}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-Q3", "2022-07-01", "2022-09-30"),
        ("2022H1", "2022-01-01", "2022-06-30"),
        ("2022-06-25", "2022-06-25", "2022-06-25"),
        ("2022-06-25/2022-07", "2022-06-25", "2022-07-31"),
    ],
)
def test_a_period_may_be_written_in_several_ways(text: str, first: str, last: str) -> None:
    assert period_of(text) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize("text", ["2022-13", "2022-02-30", "soon", "2022/2021", "2022-Q5", "0000"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(QueryUnfit, match=r"no period"):
        period_of(text)


@pytest.mark.parametrize(
    ("pair", "near"),
    [
        ("aera=CN", "area"), ("area=Yunan", "Yunnan"), ("indicator=case_solved", "cases_solved"),
        ("substance=heroine", "heroin"), ("agency=cn-mpss", "cn-mps"), ("chanel=air", "channel"),
        ("indicator", "name=value"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_told_with_the_nearest(shipped: Codebook, pair: str, near: str) -> None:
    with pytest.raises(QueryUnfit, match=near):
        query_of([pair], shipped)


def test_a_name_that_the_record_has_will_do(shipped: Codebook) -> None:
    def holds(field: str, value: str) -> bool:
        return (field, value) == ("area", "Port Alder")

    assert query_of(["area=Port Alder"], shipped, holds).fields == {"area": ("Port Alder",)}

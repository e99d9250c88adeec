"""Lists of places in the texts of a record, found with the figures beside them."""

from __future__ import annotations

import pytest

import tallyroom


@pytest.mark.parametrize(
    ("text", "says", "names"),
    [
        ("2024年，公安部指挥江苏、浙江、江西、湖南五省破获毒品案件41起。", 5, 4),
        (
            "In 2024 police in five provinces, Jiangsu, Zhejiang, Jiangxi and Hunan, solved 41 drug cases.",
            5,
            4,
        ),
    ],
)
def test_a_list_too_short_for_its_number_is_told_with_the_figure_of_its_places(
    text: str, says: int, names: int
) -> None:
    with tallyroom.open_ledger(":memory:") as record:
        record.record(tallyroom.read(text=text, name="a", published="2025-01-20", keep=True))
        (found,) = record.check().findings

    assert (found.code, found.severity) == ("F204", "soft")
    assert found.says["en"].startswith(f"a list says {says} places and names {names}: 41")
    assert found.says["zh"].startswith(f"列举称{says}地，实列{names}地")


def test_a_list_as_long_as_it_says_is_not_told() -> None:
    text = "2024年，公安部指挥江苏、浙江、江西、湖南四省破获毒品案件41起。"
    with tallyroom.open_ledger(":memory:") as record:
        record.record(tallyroom.read(text=text, name="a", published="2025-01-20", keep=True))

        assert record.check().findings == ()

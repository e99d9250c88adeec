"""What a figure counts, by its own words."""

from __future__ import annotations

import pytest

import tallyroom


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("公安机关打掉制贩毒网络183个。", "制贩毒网络"),
        ("公安机关打掉183个贩毒团伙。", "贩毒团伙"),
        ("警方破获毒品案件41起。", "起"),
        ("警方捣毁制毒窝点5个。", "个"),
    ],
)
def test_groups_are_counted_by_their_noun_since_one_counter_counts_gangs_and_networks(
    text: str, counted: str
) -> None:
    (found,) = tallyroom.read(text=text).observations

    assert found.counted == counted

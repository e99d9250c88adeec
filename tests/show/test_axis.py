"""Intervals on one axis: where bars begin and end, what is open, what is enlarged."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from tallyroom.model import Interval
from tallyroom.show.axis import Bar, axis_svg, close_up, told_in_words

SVG = "{http://www.w3.org/2000/svg}"


def bar(
    low: int | None, high: int | None, label: str = "A", low_open: bool = False, high_open: bool = False
) -> Bar:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return Bar(label, Interval(ends[0], ends[1], low_open or low is None, high_open or high is None))


def drawn(*bars: Bar) -> ElementTree.Element:
    return ElementTree.fromstring(axis_svg(bars, "Axis"))


def rects(svg: ElementTree.Element) -> list[tuple[float, float]]:
    return [
        (float(one.attrib["x"]), float(one.attrib["x"]) + float(one.attrib["width"]))
        for one in svg.iter(f"{SVG}rect")
    ]


def test_bars_that_do_not_meet_are_drawn_apart_and_in_order() -> None:
    (one, other) = rects(drawn(bar(100, 200), bar(300, 400)))

    assert one[0] < one[1] < other[0] < other[1]
    assert round((other[0] - one[1]) / (one[1] - one[0]), 1) == 1


def test_an_exact_figure_is_a_point_and_an_end_that_is_missing_an_arrow() -> None:
    svg = drawn(bar(100, 100), bar(150, None))

    assert len(list(svg.iter(f"{SVG}circle"))) == 1
    assert len(list(svg.iter(f"{SVG}polygon"))) == 1


def test_an_open_end_has_a_ring_and_a_closed_one_has_none() -> None:
    svg = drawn(bar(100, 200, high_open=True), bar(100, 200))

    rings = [one for one in svg.iter(f"{SVG}circle") if "ring" in one.attrib["class"]]
    assert [float(one.attrib["cx"]) for one in rings] == [pytest.approx(rects(svg)[0][1])]


def test_the_drawing_says_in_words_what_it_shows() -> None:
    svg = drawn(bar(100, 200, "A <b>"), bar(300, None, "B"))

    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == "Axis: A <b>: [100; 200]; B: [300; ∞)"


def test_ticks_are_round_and_none_is_a_negative_zero() -> None:
    texts = [
        one.text for one in drawn(bar(0, 35), bar(90, 97)).iter(f"{SVG}text") if one.attrib["class"] == "tick"
    ]

    assert texts == ["0", "50", "100"]


def test_nothing_is_drawn_where_no_end_is_known() -> None:
    assert axis_svg([bar(None, None)], "Axis") == ""


def test_a_gap_that_is_too_small_to_be_seen_is_enlarged() -> None:
    far, one, other = bar(0, 10), bar(100_000, 100_010), bar(100_020, 100_030)
    window = close_up([far, one, other], one, other)

    assert window == (Decimal(99_990), Decimal(100_040))
    left, right = rects(ElementTree.fromstring(axis_svg([one, other], "Gap", window)))
    assert right[0] - left[1] > 50
    assert close_up([one, other], one, other) is None


def test_words_for_bars_are_those_of_their_intervals() -> None:
    words = told_in_words([bar(269_750, 269_850, "A", high_open=True), bar(None, 5, "B")])

    assert re.split("; (?=[AB]:)", words) == ["A: [269,750; 269,850)", "B: (−∞; 5]"]

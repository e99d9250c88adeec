"""Figures for the terminal: what stands beside and beneath, and the chart of a series."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from helpers import an_observation
from tallyroom.model import Figure
from tallyroom.show.figure_table import chart_lines, is_series, table_lines
from tallyroom.show.layout import Style
from tallyroom.show.widths import width_of

KNOWN = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)


def a_figure(value: str, period: str | None = "2025-01-01/2025-01-31", **changes: Any) -> Figure:
    told = {name: changes.pop(name) for name in ("status", "mentions", "carriers") if name in changes}
    row = an_observation(value, value=Decimal(value), period=period, **changes)
    return Figure(7, row, 1, KNOWN, **told)


def months(*values: str) -> list[Figure]:
    return [a_figure(value, f"2025-{at:02}-01/2025-{at:02}-28") for at, value in enumerate(values, 1)]


def test_figures_of_one_cell_in_three_periods_are_a_series() -> None:
    assert is_series(months("1", "2", "3"))
    assert not is_series(months("1", "2"))
    assert not is_series([*months("1", "2", "3"), a_figure("4", area=("CN-YN",))])
    assert not is_series([*months("1", "2", "3"), a_figure("4", None)])


def test_bars_are_as_long_as_their_values() -> None:
    lines = list(chart_lines(months("80", "40", "0", "1"), 120))

    assert [line.count("█") for line in lines] == [40, 20, 0, 0]
    assert lines[3].endswith("1  ▌")


def test_a_series_of_nothing_has_no_bar() -> None:
    assert [line.split()[-1] for line in chart_lines(months("0", "0", "0"), 80)] == ["0", "0", "0"]


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    figures = months("1" * 30, "2", "3")
    figures += [a_figure("5", operation="夏季治安打击整治百日行动" * 5, operation_id=None, source="源" * 90)]

    lines = [*table_lines(figures, width, Style()), *chart_lines(months("100000", "2", "3"), width)]
    assert max(map(width_of, lines)) <= width


def test_carriers_mentions_and_decisions_are_told() -> None:
    figure = a_figure("5", status="corrected", mentions=(8, 9), carriers=("daily", "晚报"))

    text = "\n".join(table_lines([figure], 200, Style()))
    assert "corrected, also at 8, 9" in text
    assert "daily, 晚报" in text
    assert text.endswith("1 figure")

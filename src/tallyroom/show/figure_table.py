"""Figures of the record as a table that fits the terminal, with a small chart where they are one series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import BinaryIO

from tallyroom.model import Figure
from tallyroom.show.layout import INDENT, LEAST_WIDTH, Column, Layout, Style
from tallyroom.show.told import TOLD, told_cells
from tallyroom.show.widths import pad, printable, width_of
from tallyroom.show.words import breakdown_of, grouped

COLUMNS = (
    Column("entry", right=True),
    *TOLD,
    Column("operation"),
    Column("breakdown", wraps=True, plain=True),
    Column("agency"),
    Column("source", wraps=True),
    Column("carried by", wraps=True),
    Column("status", plain=True),
)
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEAST_SERIES = 3
_LONGEST_BAR = 40
_CELL = (
    "indicator",
    "statistic",
    "unit",
    "area",
    "operation_id",
    "agency",
    "offence",
    "substance",
    "breakdown",
)
"""What the figures of one series have in common."""


def write_figures(figures: Sequence[Figure], out: BinaryIO, width: int = 80, colour: bool = False) -> None:
    """Write the table, how many figures it holds, and the chart of a series.

    Args:
        figures: What was found.
        out: Gets UTF-8.
        width: Columns of the terminal. What does not fit beside stands beneath; values are never cut.
        colour: Whether the terminal's colours are wanted.
    """
    lines = table_lines(figures, max(width, LEAST_WIDTH), Style(colour))
    out.write("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))


def table_lines(figures: Sequence[Figure], width: int, style: Style) -> Iterator[str]:
    """Give the lines of the table and of the chart."""
    if not figures:
        yield style.dim("no figure stands")
        return
    cells = [_cells(figure) for figure in figures]
    layout = Layout(COLUMNS, cells, width)
    yield style.dim(layout.head())
    for row in cells:
        yield from layout.lines(row, style)
    yield style.dim(f"{len(figures):,} figure{'s' if len(figures) > 1 else ''}")
    if is_series(figures):
        yield ""
        yield from chart_lines(figures, width)


def is_series(figures: Sequence[Figure]) -> bool:
    """Return whether the figures differ in period and value alone, and three periods or more are told."""
    cells = {tuple(str(getattr(one.observation, name)) for name in _CELL) for one in figures}
    periods = {one.observation.period for one in figures}
    return len(cells) == 1 and None not in periods and len(periods) >= _LEAST_SERIES


def chart_lines(figures: Sequence[Figure], width: int) -> Iterator[str]:
    """Give a bar for each figure in the order of their periods; its length is its value's, from nothing on."""
    rows = sorted((one.observation for one in figures), key=lambda row: (row.period or "", row.start))
    values = [grouped(row.value) for row in rows]
    widest = max(map(width_of, values))
    names = [_period(row.period or "", width < 70) for row in rows]
    room = min(_LONGEST_BAR, width - INDENT - max(map(width_of, names)) - widest - 4)
    most = max(abs(row.value) for row in rows) or Decimal(1)
    for row, name, value in zip(rows, names, values, strict=True):
        bar = _bar(abs(row.value) / most, max(room, 1))
        yield f"{' ' * INDENT}{pad(name, max(map(width_of, names)))}  {pad(value, widest, right=True)}  {bar}".rstrip()


def _bar(share: Decimal, room: int) -> str:
    eighths = int((share * room * 8).to_integral_value())
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _period(period: str, short: bool) -> str:
    return period.partition("/")[2] if short else period


def _cells(figure: Figure) -> list[str]:
    row = figure.observation
    status = [figure.status, f"also at {', '.join(map(str, figure.mentions))}" if figure.mentions else ""]
    return [
        str(figure.entry),
        *told_cells(row),
        row.operation_id or printable(row.operation or ""),
        printable(breakdown_of(row)),
        row.agency or "",
        printable(row.source),
        printable(", ".join(figure.carriers)),
        ", ".join(filter(None, status)),
    ]

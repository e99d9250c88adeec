"""Observations as a table that fits the terminal: per document, grouped by operation, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from tallyroom.model import Document, Observation, Reading
from tallyroom.show.layout import LEAST_WIDTH, Column, Layout, Style
from tallyroom.show.told import TOLD, told_cells
from tallyroom.show.widths import printable, wrap
from tallyroom.show.words import breakdown_of, by_operation

COLUMNS = (
    Column("as written"),
    *TOLD,
    Column("breakdown", wraps=True, plain=True),
    Column("sure", right=True, optional=True),
    Column("rule", optional=True),
)


def write_table(readings: Iterable[Reading], out: BinaryIO, width: int = 80, colour: bool = False) -> None:
    """Write one table a document as it comes.

    Args:
        readings: What was read.
        out: Gets UTF-8.
        width: Columns of the terminal. What does not fit beside stands beneath; values are never cut.
        colour: Whether the terminal's colours are wanted.
    """
    for reading in readings:
        lines = table_of(reading, max(width, LEAST_WIDTH), Style(colour))
        out.write("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))
        out.flush()


def table_of(reading: Reading, width: int, style: Style) -> Iterator[str]:
    """Give the lines of one document's table."""
    yield from _heading(reading.document, width, style)
    if not reading.observations:
        yield style.dim("  no observations")
    else:
        layout = Layout(COLUMNS, [_cells(row) for row in reading.observations], width)
        yield style.dim(layout.head())
        for rows in by_operation(reading.observations):
            yield from _operation(rows[0], width, style)
            for row in rows:
                yield from layout.lines(_cells(row), style)
    yield ""


def _heading(document: Document, width: int, style: Style) -> Iterator[str]:
    yield style.dim("─" * width)
    parts = [document.id, document.publisher, document.published and document.published.isoformat()]
    for line in wrap(printable(" · ".join(part for part in parts if part)), width):
        yield style.bold(line)
    for line in wrap(printable(document.title or ""), width):
        if line:
            yield line


def _operation(row: Observation, width: int, style: Style) -> Iterator[str]:
    name = printable(row.operation or "no operation named")
    code = f"  {row.operation_id}" if row.operation_id else ""
    for line in wrap(f"{name}{code}", width):
        yield style.name(line)


def _cells(row: Observation) -> list[str]:
    return [
        printable(row.text),
        *told_cells(row),
        printable(breakdown_of(row)),
        f"{row.confidence:.2f}",
        row.rule,
    ]

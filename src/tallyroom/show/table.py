"""Observations as a table that fits the terminal: per document, grouped by operation, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import BinaryIO

import msgspec

from tallyroom.model import Document, Observation, Reading
from tallyroom.show.widths import pad, printable, width_of, wrap
from tallyroom.show.words import breakdown_of, by_operation, unit_of, value_of

GAP = 2
INDENT = 2
LEAST_WIDTH = 40
_PLAIN = ("period", "breakdown")
"""Cells that say what they are without a name."""
_NARROWEST = 20
"""A column that may wrap is made no narrower than this."""


class Column(msgspec.Struct, frozen=True):
    """A column: its heading, whether numbers stand in it, whether it may wrap or be left out."""

    name: str
    right: bool = False
    wraps: bool = False
    optional: bool = False


COLUMNS = (
    Column("as written"),
    Column("value", right=True),
    Column("unit"),
    Column("indicator"),
    Column("area", wraps=True),
    Column("period"),
    Column("substance"),
    Column("offence"),
    Column("breakdown", wraps=True),
    Column("sure", right=True, optional=True),
    Column("rule", optional=True),
)


class Style(msgspec.Struct, frozen=True):
    """How parts of the table are set off; plain text where colour is not wanted."""

    colour: bool = False

    def bold(self, text: str) -> str:
        return self._set(text, "1")

    def dim(self, text: str) -> str:
        return self._set(text, "2")

    def name(self, text: str) -> str:
        return self._set(text, "36;1")

    def _set(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


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
        layout = _Layout(reading.observations, width)
        yield style.dim(layout.head())
        for rows in by_operation(reading.observations):
            yield from _operation(rows[0], width, style)
            for row in rows:
                yield from layout.lines(row, style)
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
        value_of(row),
        unit_of(row),
        row.indicator,
        printable(", ".join(row.area)),
        row.period or "",
        row.substance or "",
        row.offence or "",
        printable(breakdown_of(row)),
        f"{row.confidence:.2f}",
        row.rule,
    ]


class _Layout:
    """Which columns stand beside one another at this width, and how wide each is."""

    def __init__(self, rows: Iterable[Observation], width: int) -> None:
        self._width = width
        cells = [_cells(row) for row in rows]
        self._filled = [at for at in range(len(COLUMNS)) if any(row[at] for row in cells)]
        natural = {
            at: max(width_of(COLUMNS[at].name), *(width_of(row[at]) for row in cells)) for at in self._filled
        }
        self._widths = self._beside(natural)

    def _beside(self, natural: dict[int, int]) -> dict[int, int]:
        """The widths of the columns on the first line: all, or all that are needed, or as many as fit."""
        if _total(natural) <= self._width:
            return natural
        needed = [at for at in natural if not COLUMNS[at].optional]
        for count in range(len(needed), 1, -1):
            fitted = self._squeezed({at: natural[at] for at in needed[:count]})
            if _total(fitted) <= self._width:
                return fitted
        return {needed[0]: min(natural[needed[0]], self._width - INDENT)}

    def _squeezed(self, widths: dict[int, int]) -> dict[int, int]:
        """Take what is too much from the columns that may wrap, the widest first."""
        fitted = dict(widths)
        while (excess := _total(fitted) - self._width) > 0:
            wide = [at for at, size in fitted.items() if COLUMNS[at].wraps and size > _NARROWEST]
            if not wide:
                break
            widest = max(wide, key=fitted.__getitem__)
            fitted[widest] = max(_NARROWEST, fitted[widest] - excess)
        return fitted

    def head(self) -> str:
        """The headings of the columns that stand beside one another."""
        return self._line([COLUMNS[at].name for at in self._widths]).rstrip()

    def lines(self, row: Observation, style: Style) -> Iterator[str]:
        """The lines of one observation: its columns, and beneath them what has no column."""
        cells = _cells(row)
        stacks = [wrap(cells[at], size) for at, size in self._widths.items()]
        for parts in zip_longest(*stacks, fillvalue=""):
            yield self._line(list(parts)).rstrip()
        beneath = " · ".join(self._beneath(cells))
        for line in wrap(beneath, self._width - 2 * INDENT) if beneath else ():
            yield style.dim(" " * 2 * INDENT + line)

    def _beneath(self, cells: list[str]) -> Iterator[str]:
        for at in self._filled:
            if cells[at] and at not in self._widths and not COLUMNS[at].optional:
                name = COLUMNS[at].name
                yield cells[at] if name in _PLAIN else f"{name}: {cells[at]}"

    def _line(self, cells: list[str]) -> str:
        parts = (
            pad(cell, size, COLUMNS[at].right)
            for cell, (at, size) in zip(cells, self._widths.items(), strict=True)
        )
        return " " * INDENT + (" " * GAP).join(parts)


def _total(widths: dict[int, int]) -> int:
    return INDENT + sum(widths.values()) + GAP * (len(widths) - 1)

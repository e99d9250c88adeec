"""Columns that fit a terminal: what does not fit beside stands beneath, and nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from tallyroom.show.widths import pad, width_of, wrap

GAP = 2
INDENT = 2
LEAST_WIDTH = 40
_NARROWEST = 20
"""A column that may wrap is made no narrower than this."""


class Column(msgspec.Struct, frozen=True):
    """A column: its heading, whether numbers stand in it, whether it may wrap or be left out.

    The cells of a `plain` one say what they are without a name.
    """

    name: str
    right: bool = False
    wraps: bool = False
    optional: bool = False
    plain: bool = False


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


class Layout:
    """Which columns stand beside one another at this width, and how wide each is."""

    def __init__(self, columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int) -> None:
        self._columns, self._width = columns, width
        self._filled = [at for at in range(len(columns)) if any(row[at] for row in cells)]
        natural = {
            at: max(width_of(self._columns[at].name), *(width_of(row[at]) for row in cells))
            for at in self._filled
        }
        self._widths = self._beside(natural)

    def _beside(self, natural: dict[int, int]) -> dict[int, int]:
        """The widths of the columns on the first line: all, or all that are needed, or as many as fit."""
        if _total(natural) <= self._width:
            return natural
        needed = [at for at in natural if not self._columns[at].optional]
        for count in range(len(needed), 1, -1):
            fitted = self._squeezed({at: natural[at] for at in needed[:count]})
            if _total(fitted) <= self._width:
                return fitted
        return {needed[0]: min(natural[needed[0]], self._width - INDENT)}

    def _squeezed(self, widths: dict[int, int]) -> dict[int, int]:
        """Take what is too much from the columns that may wrap, the widest first."""
        fitted = dict(widths)
        while (excess := _total(fitted) - self._width) > 0:
            wide = [at for at, size in fitted.items() if self._columns[at].wraps and size > _NARROWEST]
            if not wide:
                break
            widest = max(wide, key=fitted.__getitem__)
            fitted[widest] = max(_NARROWEST, fitted[widest] - excess)
        return fitted

    def head(self) -> str:
        """The headings of the columns that stand beside one another."""
        return self._line([self._columns[at].name for at in self._widths]).rstrip()

    def lines(self, cells: Sequence[str], style: Style) -> Iterator[str]:
        """The lines of one row: its columns, and beneath them what has no column."""
        stacks = [wrap(cells[at], size) for at, size in self._widths.items()]
        for parts in zip_longest(*stacks, fillvalue=""):
            yield self._line(list(parts)).rstrip()
        beneath = " · ".join(self._beneath(cells))
        for line in wrap(beneath, self._width - 2 * INDENT) if beneath else ():
            yield style.dim(" " * 2 * INDENT + line)

    def _beneath(self, cells: Sequence[str]) -> Iterator[str]:
        for at in self._filled:
            if cells[at] and at not in self._widths and not self._columns[at].optional:
                column = self._columns[at]
                yield cells[at] if column.plain else f"{column.name}: {cells[at]}"

    def _line(self, cells: list[str]) -> str:
        parts = (
            pad(cell, size, self._columns[at].right)
            for cell, (at, size) in zip(cells, self._widths.items(), strict=True)
        )
        return " " * INDENT + (" " * GAP).join(parts)


def _total(widths: dict[int, int]) -> int:
    return INDENT + sum(widths.values()) + GAP * (len(widths) - 1)

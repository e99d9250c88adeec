"""Writing the text of a page: characters with their way back to the source, lines, and cells."""

from __future__ import annotations

import html
import re
from typing import Literal, NamedTuple

from tallyroom.documents.errors import PageTooLarge
from tallyroom.documents.html.tree import Element
from tallyroom.documents.lines import BLANK

_SPACES = " \t\n\r\f\ufeff"
# Text as it stands, a character reference, or white space to be collapsed.
_PIECE = re.compile(
    rf"[^{_SPACES}&]+(?: [^{_SPACES}&]+)*"
    r"|&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?|&"
    rf"|[{_SPACES}]+"
)
MOST_RUNS = 2_000_000
_FIRST_WIDE = "\u2e80"
"""From here on characters are as wide as they are high, and a line break in the source parts no words."""

Hint = Literal["title", "heading", "bullet", ""]


class Run(NamedTuple):
    """`text[start:end]` was read from `source[first:last]`, both in characters."""

    start: int
    end: int
    first: int
    last: int


class Manner(NamedTuple):
    """How a stretch of text stands on the page."""

    hint: Hint = ""
    furniture: bool = False
    linked: bool = False
    """It is in a link."""
    gaps: bool = False
    """Wide spaces stay wide."""
    box: Element | None = None
    """What holds its line, and perhaps others: a card, a cell, the body."""


class WrittenCell:
    """A cell of a row: its element, and its span once something stands in it."""

    __slots__ = ("element", "end", "start")

    def __init__(self, element: Element) -> None:
        self.element = element
        self.start = self.end = -1


class WrittenLine:
    """A line of the page: its span, what its element says it is, and its cells if it is a row."""

    __slots__ = ("box", "cells", "end", "furniture", "hint", "linked", "start", "table")

    def __init__(self, start: int, manner: Manner) -> None:
        self.start = self.end = start
        self.hint, self.furniture, self.box = manner.hint, manner.furniture, manner.box
        self.linked = True
        """Nothing in it stands outside links."""
        self.table: Element | None = None
        self.cells: list[WrittenCell] = []


class Writer:
    """Takes a page's text piece by piece, collapses white space, parts lines and cells where asked to."""

    def __init__(self, source: str, where: str = "") -> None:
        self.source, self.where = source, where
        self.runs: list[Run] = []
        self.lines: list[WrittenLine] = []
        self.size = 0
        self._parts: list[str] = []
        self._line: WrittenLine | None = None
        self._row: list[WrittenCell] | None = None
        self._cell: WrittenCell | None = None
        self._space, self._tabs, self._broken = 0, 0, False
        self._space_at = -1

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    @property
    def is_between_lines(self) -> bool:
        """Nothing stands in the line yet, so white space says nothing."""
        return self._line is None

    @property
    def last(self) -> str:
        """The last character of the line, or "" at its beginning and after a space."""
        return self._parts[-1][-1] if self._line is not None and not self._space and not self._tabs else ""

    def write(self, start: int, end: int, manner: Manner) -> None:
        """Write `source[start:end]` with character references decoded."""
        if self._line is not None and self._line.furniture != manner.furniture and self._row is None:
            self.end_line()
        for piece in _PIECE.finditer(self.source, start, end):
            words = piece[0]
            if words[0] == "&":
                words = html.unescape(words)
            if words[:1] in _SPACES:
                self.space(
                    "\n" in words,
                    2 if manner.gaps and len(words) > 1 else 1,
                    piece.start() if piece[0] == " " else -1,
                )
            else:
                self._add(words, piece.start(), piece.end(), manner)
                if self._line is not None and not manner.linked:
                    self._line.linked = False

    def _add(self, words: str, first: int, last: int, manner: Manner) -> None:
        if self._line is None or (self._cell is not None and self._cell.start < 0):
            bare = words.lstrip(BLANK)
            if not bare:
                return
            if len(words) == last - first:
                first += len(words) - len(bare)
            words = bare
        if self._line is None:
            self._put("\n" * bool(self.size) + "\t" * self._tabs)
            self._line = WrittenLine(self.size, manner)
            self.lines.append(self._line)
        elif self._tabs:
            self._put("\t" * self._tabs)
        elif self._space and not (
            self._broken and words[0] >= _FIRST_WIDE and self._parts[-1][-1] >= _FIRST_WIDE
        ):
            if self._space_at >= 0:
                self._note(" ", self._space_at, self._space_at + 1)
            self._put(" " * self._space)
        self._space, self._broken = 0, False
        self._tabs = 0
        self._note(words, first, last)
        self._put(words)
        self._line.end = self.size
        if self._cell is not None and words.strip(BLANK):
            self._cell.end = self.size

    def _note(self, words: str, first: int, last: int) -> None:
        """Keep where the words come from; those that follow each other in both texts are one run."""
        start, end = self.size, self.size + len(words)
        if self._cell is not None and self._cell.start < 0:
            self._cell.start = start
        if self.runs and len(words) == last - first:
            before = self.runs[-1]
            if (before.end, before.last) == (
                start,
                first,
            ) and before.end - before.start == before.last - before.first:
                self.runs[-1] = Run(before.start, end, before.first, last)
                return
        if len(self.runs) >= MOST_RUNS:
            raise PageTooLarge(
                "the page is too long.", where=self.where, expected=f"at most {MOST_RUNS} stretches of text",
                found="more than that", next_step="save its text, or split the page",
            )  # fmt: skip
        self.runs.append(Run(start, end, first, last))

    def _put(self, words: str) -> None:
        if words:
            self._parts.append(words)
            self.size += len(words)

    def space(self, broken: bool = False, width: int = 1, at: int = -1) -> None:
        """Part what comes by a space, unless the line begins; `broken` where the source breaks the line.

        `at` is where the source itself has one space, which then has its place like any other character.
        """
        if self._line is not None:
            self._space_at = at if not self._space else -1
            self._space = max(self._space, width)
        self._broken = self._broken or broken

    def end_line(self) -> None:
        """End the line, if there is one; inside a row it only parts words."""
        if self._row is not None:
            self.space()
            return
        self._close()
        self._space, self._broken = 0, False

    def _close(self) -> None:
        """Leave white space that references wrote at the end out of the line, as it was at its beginning."""
        if self._line is not None:
            for part in reversed(self._parts):
                bare = part.rstrip(BLANK)
                self._line.end -= len(part) - len(bare)
                if bare:
                    break
        self._line = None

    def begin_row(self) -> None:
        """Begin a row of a table; lines end with it, not with what stands in its cells."""
        self.end_row()
        self.end_line()
        self._row, self._tabs = [], 0

    def begin_cell(self, element: Element) -> None:
        """Begin a cell; an empty one keeps its place in the row."""
        if self._row is None:
            self.begin_row()
        assert self._row is not None
        self._tabs += bool(self._row)
        self._space = 0
        self._cell = WrittenCell(element)
        self._row.append(self._cell)

    def end_row(self) -> None:
        """End the row, if there is one, and keep its cells with its line."""
        if self._row is None:
            return
        if self._line is not None:
            self._line.cells = self._row
            self._line.table = self._row[0].element.table if self._row else None
        self._row = self._cell = self._line = None
        self._space = self._tabs = 0

"""Segments: stretches of glyphs that stand side by side on one baseline, with no gap that could part columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from tallyroom.documents.pdf.glyphs import GUESSED, Glyph
from tallyroom.documents.pdf.grids import GridCell, RuledGrid

# In sizes of the font.
_WIDEST_GAP, _WIDEST_SPACE = 0.8, 1.6
"""Greatest gap inside a segment, and one where a space was written: lines that are filled stretch it."""
_BACK = 0.6
_RAISED = 0.7
_SMALLER = 0.85
_ASCENT, _DESCENT = 0.72, 0.12
_WIDEST_AFTER_MARKER, _LONGEST_MARKER = 4.0, 5
_MARKER = re.compile(
    r"[•·▪◦●○■□◆◇▲►▶➢‣–—*✓-]|[(（]?\d{1,2}[.)）、]|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[(（]?[a-zA-Z][.)）]|[①-⑳]"
)
_NO_GAP = 0.05
_FEWEST_CELLS, _LEAST_FILLED, _FULLEST_CELL = 3, 0.3, 800
_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}")
_OPENING, _CLOSING = frozenset("（《「『【〈〔"), frozenset("，。、；：！？）》」』】〉〕")
_FIRST_WIDE = "\u2e80"


class FilledGrid(msgspec.Struct, gc=False):
    """A table and what stands in its cells; cells without anything are left out."""

    cells: list[tuple[GridCell, list[Segment]]]
    left: float
    top: float
    right: float
    bottom: float
    loose: bool = False
    """Whether its columns are told by the gaps between them, and not by rules."""

    @property
    def edges(self) -> list[float]:
        """Where its columns begin and end."""
        return sorted({edge for cell, _ in self.cells for edge in (cell.left, cell.right)})


class Segment(msgspec.Struct, gc=False):
    """Glyphs on one baseline, and the box of their bodies: it is lower than a line, so that lines never touch.

    A ruled table is a segment too, without glyphs: it takes its place among the lines.
    """

    glyphs: list[Glyph]
    left: float
    right: float
    base: float
    size: float
    grid: FilledGrid | None = None

    @property
    def top(self) -> float:
        """The upper edge of its small letters and figures."""
        return self.grid.top if self.grid else self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lower edge, about where commas end."""
        return self.grid.bottom if self.grid else self.base + _DESCENT * self.size


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Gather glyphs, in the order in which they are drawn, into segments."""
    segments: list[Segment] = []
    last: Segment | None = None
    for glyph in glyphs:
        if last is None or not _continues(last, glyph):
            last = Segment([glyph], left_of(glyph), right_of(glyph), glyph.base, glyph.size)
            segments.append(last)
            continue
        last.glyphs.append(glyph)
        last.right = max(last.right, right_of(glyph))
        if glyph.size > last.size:
            last.size, last.base = glyph.size, glyph.base
    return segments


def left_of(glyph: Glyph) -> float:
    """Return where a character is seen to begin: a Chinese opening bracket has its left half empty."""
    return (glyph.left + glyph.right) / 2 if glyph.char in _OPENING else glyph.left


def right_of(glyph: Glyph) -> float:
    """Return where a character is seen to end: Chinese commas have their right half empty."""
    return (glyph.left + glyph.right) / 2 if glyph.char in _CLOSING else glyph.right


def _continues(segment: Segment, glyph: Glyph) -> bool:
    size = max(segment.size, glyph.size)
    gap = glyph.left - segment.right
    widest = _WIDEST_SPACE if glyph.space not in ("", GUESSED) else _WIDEST_GAP
    if gap > widest * size and is_marker(segment.glyphs, glyph.char):
        widest = _WIDEST_AFTER_MARKER
    if not -_BACK * size <= gap <= widest * size:
        return False
    shift = abs(glyph.base - segment.base)
    if shift <= 0.15 * size:
        return True
    # A raised or lowered mark is smaller; so are letters of the line after such a mark larger than it.
    return shift <= _RAISED * size and min(glyph.size, segment.size) <= _SMALLER * size


def fill_grids(glyphs: Sequence[Glyph], grids: Sequence[RuledGrid]) -> tuple[list[Segment], list[Glyph]]:
    """Put glyphs into the cells they stand in; return a segment for each table, and the glyphs outside.

    What is ruled but holds hardly anything, as the scale of a chart does, or whole pages of text, is no table.
    """
    tables: list[Segment] = []
    rest = list(glyphs)
    for grid in grids:
        inside, outside = _parted(rest, grid)
        filled = _filled(grid, inside)
        if filled is not None:
            rest = outside
            size = median(glyph.size for glyph in inside)
            tables.append(Segment([], grid.left, grid.right, grid.top, size, filled))
    return tables, rest


def _parted(glyphs: Sequence[Glyph], grid: RuledGrid) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs in a grid, with the ends of words that are too long for their cell, and the others."""
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if _is_in(glyph, grid) or (last is not None and _touches(last, glyph)):
            inside.append(glyph)
            last = glyph
        else:
            outside.append(glyph)
            last = None
    return inside, outside


def _filled(grid: RuledGrid, inside: Sequence[Glyph]) -> FilledGrid | None:
    contents: dict[int, list[Glyph]] = {}
    cell: GridCell | None = None
    for before, glyph in zip([None, *inside], inside, strict=False):
        # Words that are too long for their cell run over into the next one.
        if cell is None or before is None or not _touches(before, glyph):
            cell = grid.cell_at(*_middle(glyph))
        if cell is not None:
            contents.setdefault(id(cell), []).append(glyph)
    if len(contents) < max(_FEWEST_CELLS, _LEAST_FILLED * len(grid.cells)):
        return None
    if any(len(glyphs) > _FULLEST_CELL for glyphs in contents.values()):
        return None
    cells = [(cell, segments_of(contents[id(cell)])) for cell in grid.cells if id(cell) in contents]
    return FilledGrid(cells, grid.left, grid.top, grid.right, grid.bottom)


def _touches(before: Glyph, glyph: Glyph) -> bool:
    """Tell whether a glyph goes on, without a gap, where the one drawn before it ends."""
    if glyph.space or glyph.base != before.base:
        return False
    return abs(glyph.left - before.right) < _NO_GAP * glyph.size


def _is_in(glyph: Glyph, box: RuledGrid) -> bool:
    x, y = _middle(glyph)
    return box.left <= x < box.right and box.top <= y < box.bottom


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2


def is_marker(glyphs: Sequence[Glyph], following: str) -> bool:
    """Tell whether glyphs are the sign or number of an item or heading and nothing else: room may follow it."""
    if len(glyphs) > _LONGEST_MARKER:
        return False
    words = "".join(glyph.char for glyph in glyphs)
    return bool(_MARKER.fullmatch(words) or (following.isalpha() and _NUMBERING.fullmatch(words)))


def is_wide(char: str) -> bool:
    """Tell whether a character is as wide as it is high: no space parts it from its neighbours."""
    return char >= _FIRST_WIDE

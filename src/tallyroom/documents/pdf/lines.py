"""The lines of a page: their words, spaces where they belong, and the boxes of their pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from tallyroom.documents.pdf.glyphs import Frame, Glyph
from tallyroom.documents.pdf.segments import Segment, is_marker, is_wide
from tallyroom.documents.pdf.spacing import GUESSED_GAP, WORD_GAP, Spacing
from tallyroom.model import Cell
from tallyroom.model.spots import Box

# In sizes of the font.
_APART = 0.6
_LEVEL, _SHIFTED, _FEW = 0.3, 0.4, 3
"""How far baselines of one line may differ, and those of a few lowered letters, as in a logo."""
_RAISED, _SMALLER, _LEAST = 0.22, 0.85, 0.4
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Inside a word of these nothing begins or ends."""
_EXACT = 0.3
"""Points by which a box that is divided evenly may miss where a word begins or ends."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """`words[start:end]` of a line and its box on the page as shown: it divides evenly among the characters."""

    start: int
    end: int
    box: Box
    page: int


class PdfLine(msgspec.Struct, gc=False):
    """A line as it stands on a page. Measures are points in the frame of the page."""

    words: str
    pieces: list[Piece]
    page: int
    left: float
    right: float
    base: float
    size: float
    first: float
    """The width of its first word: what a line before it would have needed to take it in."""
    across: float = 0.0
    """The width of the page."""
    numbered: int = 0
    """Where its words begin behind a bare number that stands apart from them, as that of a heading does."""
    region: int = 0
    """Which column of which page it stands in."""
    table: int | None = None
    """The number of the ruled table that it is a row of."""
    cells: tuple[Cell, ...] = ()
    """The cells of such a row, spans in `words`."""
    edges: tuple[float, ...] = ()
    """Where the columns of its table begin and end, from the left of the table."""
    loose: bool = False
    """Whether that is told by the gaps between them."""


class ReadPage(msgspec.Struct):
    """A page: its lines in the order in which they are read, its height, and where long level lines are drawn."""

    number: int
    height: float
    lines: list[PdfLine]
    bars: list[float]
    aside: list[PdfLine] = []
    """What lies across the page or behind its text."""
    characters: int = 0
    unknown: int = 0


def merge_lines(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Gather the segments of one column into lines, from the top down; each from the left to the right."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda each: (each.base, each.left)):
        if lines and _is_same_line(lines[-1], segment):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    for line in lines:
        line.sort(key=lambda each: each.left)
    return lines


def _is_same_line(line: Sequence[Segment], segment: Segment) -> bool:
    if segment.grid or line[0].grid:
        return False
    largest = max(line, key=lambda each: each.size)
    size = max(largest.size, segment.size)
    shift = abs(segment.base - largest.base)
    smaller = min(segment.size, largest.size)
    if shift <= (_SHIFTED * size if len(segment.glyphs) <= _FEW else _LEVEL * smaller):
        return True
    return shift <= 0.6 * size and _LEAST * size <= smaller <= _SMALLER * size


def line_of(segments: Sequence[Segment], frame: Frame, page: int, tabs: bool = False) -> PdfLine:
    """Write the line that segments make: what stands far apart is parted by a tab where it may be cells."""
    glyphs = [glyph for segment in segments for glyph in segment.glyphs]
    glyphs.sort(key=lambda glyph: glyph.left)
    size, base = _main_size(glyphs)
    spacing = Spacing(glyphs, size, parted=len(segments) > 1)
    tight, raised = GUESSED_GAP * size, base - _RAISED * size
    parts: list[str] = []
    placed: list[tuple[int, Glyph]] = []
    at = numbered = 0
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and (glyph.space or glyph.left - before.right > tight):
            marked = len(placed) <= 5 and is_marker([each for _, each in placed], glyph.char)
            gap = spacing.between(before, glyph, tabs and not marked)
            parts.append(gap)
            at += len(gap)
            if marked and parts[0].isdecimal() and glyph.left - before.right > _APART * size:
                numbered = at
        char = glyph.char
        if glyph.base < raised and glyph.size <= _SMALLER * size:
            char = char.translate(_SUPERSCRIPTS)
        parts.append(char)
        placed.append((at, glyph))
        at += 1
        before = glyph
    return PdfLine(
        "".join(parts), _pieces(placed, frame, page), page, glyphs[0].left, max(glyph.right for glyph in glyphs),
        base, size, _first_width(glyphs, size), frame.width, numbered,
    )  # fmt: skip


def _main_size(glyphs: Sequence[Glyph]) -> tuple[float, float]:
    """The size and baseline of most of a line's width."""
    styles = {(glyph.size, glyph.base) for glyph in glyphs}
    if len(styles) == 1:
        return styles.pop()
    widths: dict[tuple[float, float], float] = {}
    for glyph in glyphs:
        key = (round(glyph.size, 1), round(glyph.base, 1))
        widths[key] = widths.get(key, 0.0) + glyph.right - glyph.left
    return max(widths, key=lambda key: (widths[key], key))


def _first_width(glyphs: Sequence[Glyph], size: float) -> float:
    """The width of what is not broken at the beginning of a line: a word, or a number with the word after it."""
    right = glyphs[0].right
    number = glyphs[0].char.isdecimal()
    for before, glyph in pairwise(glyphs):
        if is_wide(before.char):
            break
        if glyph.left - before.right > WORD_GAP * size:
            if not number:
                break
            number = False
        right = glyph.right
    return right - glyphs[0].left


def _pieces(placed: Sequence[tuple[int, Glyph]], frame: Frame, page: int) -> list[Piece]:
    """Gather glyphs whose box, taken together, divides evenly among the characters where words begin and end."""
    pieces: list[Piece] = []
    begin = 0
    last_at, last = placed[0]
    for end in range(1, len(placed)):
        at, glyph = placed[end]
        joined = (
            at == last_at + 1
            and glyph.top == last.top
            and glyph.bottom == last.bottom
            and ((last.char in _LETTERS and glyph.char in _LETTERS) or _is_even(placed, begin, end))
        )
        if not joined:
            pieces.append(_piece(placed[begin:end], frame, page))
            begin = end
        last_at, last = at, glyph
    pieces.append(_piece(placed[begin:], frame, page))
    return pieces


def _is_even(placed: Sequence[tuple[int, Glyph]], begin: int, end: int) -> bool:
    """Tell whether the step from character to character so far foretells where one more stands."""
    first, last, glyph = placed[begin][1], placed[end - 1][1], placed[end][1]
    count = end - begin
    step = (last.right - first.left) / count
    return (
        abs(glyph.left - last.right) < _EXACT / 2
        and abs(first.left + step * (count + 1) - glyph.right) < _EXACT / 2
    )


def _piece(placed: Sequence[tuple[int, Glyph]], frame: Frame, page: int) -> Piece:
    first, last = placed[0][1], placed[-1][1]
    box = frame.box_shown(first.left, first.top, last.right, first.bottom)
    return Piece(placed[0][0], placed[-1][0] + 1, box, page)

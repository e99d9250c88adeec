"""Text that lies across a page or behind its text: stamps and watermarks. It is no part of what the page says."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from tallyroom.documents.pdf.glyphs import Frame, Glyph
from tallyroom.documents.pdf.lines import PdfLine, Piece
from tallyroom.documents.pdf.segments import Segment

_LARGER, _FEWEST = 2.5, 2
"""A watermark is so much larger than the text, and lies behind so many stretches of it."""


def without_watermarks(segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Part the text of a page from large letters behind it, which would hide its lines and columns."""
    if not segments:
        return [], []
    size = median(segment.size for segment in segments)
    large = [segment for segment in segments if segment.size > _LARGER * size and not segment.grid]
    behind = [one for one in large if sum(_overlap(one, other) for other in segments) > _FEWEST]
    taken = set(map(id, behind))
    return [segment for segment in segments if id(segment) not in taken], behind


def _overlap(one: Segment, other: Segment) -> bool:
    """Tell whether two stretches overlap; each overlaps itself."""
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def aside_line(glyphs: Sequence[Glyph], frame: Frame, page: int) -> PdfLine:
    """Write glyphs as one line with one box, in the order in which they are drawn."""
    words = "".join((" " if glyph.space and at else "") + glyph.char for at, glyph in enumerate(glyphs))
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
    piece = Piece(0, len(words), frame.box_shown(left, top, right, bottom), page)
    return PdfLine(words, [piece], page, left, right, bottom, glyphs[0].size, right - left)

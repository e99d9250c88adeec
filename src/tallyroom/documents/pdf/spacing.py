"""What parts two characters of a line: nothing, a space, or the room between two cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tallyroom.documents.pdf.glyphs import GUESSED, Glyph
from tallyroom.documents.pdf.segments import is_wide, left_of, right_of

# In sizes of the font.
WORD_GAP, GUESSED_GAP = 0.2, 0.12
"""Least gap between words, and where the library too takes it for one."""
_WIDE_GAP = 1.0
_CELL_GAP = 1.0
_SPREAD = 0.3


class Spacing:
    """The gaps of one line.

    Programs part digits from Chinese characters by a narrow gap that is no space, stretch lines to fill them, and take
    single characters from other fonts, with other widths: so a narrow gap beside a Chinese character says nothing.
    """

    def __init__(self, glyphs: Sequence[Glyph], size: float, parted: bool) -> None:
        self._glyphs, self._size = glyphs, size
        self._spread = parted and self._is_spread()

    def between(self, before: Glyph, glyph: Glyph, cells: bool) -> str:
        """Return what stands between two neighbours; `cells` where room between cells may be."""
        gap, size = glyph.left - before.right, self._size
        if cells and not self._spread and left_of(glyph) - right_of(before) > _CELL_GAP * size:
            return "\t"
        if glyph.space and glyph.space != GUESSED:
            return glyph.space
        if not (is_wide(before.char) or is_wide(glyph.char)):
            return " " if gap > (GUESSED_GAP if glyph.space else WORD_GAP) * min(size, glyph.size) else ""
        return " " if gap > _WIDE_GAP * size and not self._spread else ""

    def _is_spread(self) -> bool:
        """Tell whether the letters of a Chinese line stand apart, one like the other, to fill its width."""
        pairs = pairwise(self._glyphs)
        gaps = [b.left - a.right for a, b in pairs if is_wide(a.char) and is_wide(b.char)]
        return bool(gaps) and min(gaps) > _SPREAD * self._size

"""The characters of a page as they are drawn, each with its box: what all layout is made from.

A page is brought into a frame in which its text runs from left to right and down, whatever way the page or its
text was turned. Measures are points.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from typing import Any, NamedTuple

import msgspec

from tallyroom.documents.errors import SourceTooLarge
from tallyroom.documents.pdf.library import Pdf

MOST_ON_PAGE = 400_000
GUESSED = "?"
_HYPHEN = 2
"""What the library puts in the place of any hyphen that ends a line, hard or soft."""
_SPACES = {0x20: " ", 0xA0: " ", 0x09: " ", 0x3000: "\u3000"} | dict.fromkeys(
    (*range(0x2000, 0x200B), 0x202F, 0x205F, 0x1680), " "
)
_DROPPED = frozenset((0x0A, 0x0D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF))
_BREAKS = frozenset((0x0A, 0x0D))
_RADICALS = range(0x2E80, 0x2FE0)
_COMPATIBILITY = range(0xF900, 0xFB00)
# What office programs write for the bullets of their sign fonts.
_SIGNS = {0xF0B7: "•", 0xF0A7: "▪", 0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0D8: "➢", 0xF0FC: "✓"}
_QUARTER = math.pi / 2


class Glyph(msgspec.Struct, gc=False):
    """A character, its box in the frame, its baseline and the size of its font.

    `space` is the space that was written before it, `GUESSED` where the library only takes the gap for one, or "".
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    space: str = ""


class Frame(NamedTuple):
    """How a page is turned for layout: quarter turns, and its size when so turned."""

    turn: int
    """Quarter turns, against the clock, of the text on the page as stored."""
    shown: int
    """Quarter turns, with the clock, of the page when it is shown."""
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """The height of the frame."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    @property
    def width(self) -> float:
        """The width of the frame."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Bring a point of the page as stored into the frame."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box_shown(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
        """Return a box of the frame on the page as it is shown, in hundredths of a point."""
        width, height = self.right - self.left, self.top - self.bottom
        if self.turn % 2:
            width, height = height, width
        for _ in range((self.shown - self.turn) % 4):
            left, top, right, bottom = height - bottom, left, height - top, right
            width, height = height, width
        return round(left * 100), round(top * 100), round(right * 100), round(bottom * 100)


class PageGlyphs(msgspec.Struct):
    """What stands on a page: its glyphs, by the way in which they are turned, most of them first."""

    frames: list[tuple[Frame, list[Glyph]]]
    unknown: int
    """Glyphs of which nobody knows what character they are."""


def glyphs_of(pdf: Pdf, page: Any) -> PageGlyphs:
    """Read the characters of a page.

    Raises:
        SourceTooLarge: There are more of them than a page can hold.
    """
    raw = pdf.raw
    text = raw.FPDFText_LoadPage(page)
    if not text:
        return PageGlyphs([], 0)
    try:
        count = raw.FPDFText_CountChars(text)
        if count > MOST_ON_PAGE:
            raise SourceTooLarge(
                "a page has too many characters.", where=pdf.name, expected=f"at most {MOST_ON_PAGE}",
                found=f"{count}", next_step="save its text as plain text, and split that",
            )  # fmt: skip
        drawn, unknown = _Scan(raw, text).scan(count)
    finally:
        raw.FPDFText_ClosePage(text)
    return PageGlyphs(_framed(raw, page, drawn), unknown)


class _Drawn(NamedTuple):
    """A character with its box as the library gives it, y upwards; its quarter turns; its origin."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    turn: int
    at: tuple[float, float]
    size: float
    space: str


class _Scan:
    """One pass over the characters of a page.

    Most characters have the font, size and baseline of the one before: the library is asked for these only where
    the top or bottom of the box changes.
    """

    def __init__(self, raw: Any, text: Any) -> None:
        self._raw, self._text = raw, text
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = raw.FS_MATRIX()

    def scan(self, count: int) -> tuple[list[_Drawn], int]:
        raw, text, box = self._raw, self._text, self._box
        reference = ctypes.byref(box)
        unicode_of, box_of, is_generated = (
            raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated,
        )  # fmt: skip
        drawn: list[_Drawn] = []
        unknown, space, high = 0, "", 0
        edges = (math.nan, math.nan)
        turn, at, size = 0, (0.0, 0.0), 0.0
        for index in range(count):
            code = unicode_of(text, index)
            if code in _SPACES:
                guessed = is_generated(text, index)
                space = (space or GUESSED) if guessed else _SPACES[code]
                continue
            if code in _DROPPED:
                # A space before a break is none: the glyph that follows may stand anywhere.
                space = "" if code in _BREAKS else space
                continue
            if 0xD800 <= code < 0xE000:
                if code < 0xDC00:
                    high = code
                    continue
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0
                high = 0
            char = _char(code)
            if not char:
                unknown += 1
                space = space or " "
                continue
            if not box_of(text, index, reference):
                continue
            if (box.top, box.bottom) != edges or turn % 2:
                edges = (box.top, box.bottom)
                turn, at, size = self._style(index)
            unknown += char == "\ufffd"
            drawn.append(_Drawn(char, box.left, box.bottom, box.right, box.top, turn, at, size, space))
            space = ""
        return drawn, unknown

    def _style(self, index: int) -> tuple[int, tuple[float, float], float]:
        """The quarter turns of a character, its origin, and the size of its font as drawn."""
        raw, text = self._raw, self._text
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(self._x), ctypes.byref(self._y))
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(self._matrix))
        matrix = self._matrix
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        turn = round(math.atan2(matrix.b, matrix.a) / _QUARTER) % 4
        return turn, (self._x.value, self._y.value), abs(size)


def _char(code: int) -> str:
    """The character of a code; "" for one that says nothing.

    Fonts draw a radical and the ideograph of the same shape by one glyph, and files then name the radical:
    it is read as the ideograph.
    """
    if code in _RADICALS or code in _COMPATIBILITY:
        return unicodedata.normalize("NFKC", chr(code))[:1]
    if code == _HYPHEN:
        return "-"
    if code < 0x20 or 0x7F <= code < 0xA0 or code > 0x10FFFF:
        return ""
    if code in _SIGNS:
        return _SIGNS[code]
    if 0xE000 <= code < 0xF900 or code >= 0xF0000:
        return "\ufffd"
    return chr(code)


def _framed(raw: Any, page: Any, drawn: list[_Drawn]) -> list[tuple[Frame, list[Glyph]]]:
    shown = raw.FPDFPage_GetRotation(page)
    bounds = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds))
    framed: list[tuple[Frame, list[Glyph]]] = []
    for turn, _ in Counter(each.turn for each in drawn).most_common():
        frame = Frame(turn, shown, bounds.left, bounds.bottom, bounds.right, bounds.top)
        glyphs = [_glyph(frame, each) for each in drawn if each.turn == turn]
        framed.append((frame, _without_doubles(glyphs)))
    return framed


def _glyph(frame: Frame, drawn: _Drawn) -> Glyph:
    x1, y1 = frame.point(drawn.left, drawn.bottom)
    x2, y2 = frame.point(drawn.right, drawn.top)
    base = frame.point(*drawn.at)[1]
    left, right = (x1, x2) if x1 <= x2 else (x2, x1)
    top, bottom = (y1, y2) if y1 <= y2 else (y2, y1)
    size = drawn.size or bottom - top
    return Glyph(drawn.char, left, top, right, bottom, base, size, drawn.space)


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out characters that are drawn once more on the same spot, as for a bold look or a shadow.

    Several characters that one glyph draws, as in a ligature, share its box: it is divided among them.
    """
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        last = kept[-1] if kept else None
        ligature = last is not None and last.left == glyph.left and last.base == glyph.base
        place = (glyph.char, round(glyph.left), round(glyph.base))
        before = seen.get(place)
        if before is not None and not ligature and abs(before.left - glyph.left) < 0.2 * glyph.size:
            continue
        seen[place] = glyph
        kept.append(glyph)
    _divide_ligatures(kept)
    return kept


def _divide_ligatures(glyphs: list[Glyph]) -> None:
    at = 0
    while at < len(glyphs):
        first = glyphs[at]
        after = at + 1
        while after < len(glyphs) and glyphs[after].left == first.left and glyphs[after].base == first.base:
            after += 1
        if after - at > 1:
            width = (first.right - first.left) / (after - at)
            for number, glyph in enumerate(glyphs[at:after]):
                glyph.left, glyph.right = first.left + number * width, first.left + (number + 1) * width
            first.right = first.left + width
        at = after

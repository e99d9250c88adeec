"""The characters of a page as they are drawn, each with its box: what all layout is made from.

A page is brought into a frame in which its text runs from left to right and down, whatever way the page or its
text was turned. Measures are points.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
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
_PLAIN = {code: chr(code) for code in (*range(0x21, 0x7F), *range(0x3001, 0x3020), *range(0x4E00, 0x9FA6))}
"""The characters of most texts: they mean themselves."""
_DOUBLE = 0.2
"""In sizes of the font: a character that is drawn again so near is the same."""
_RADICALS = range(0x2E80, 0x2FE0)
_COMPATIBILITY = range(0xF900, 0xFB00)
# What office programs write for the bullets of their sign fonts.
_SIGNS = {0xF0B7: "•", 0xF0A7: "▪", 0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0D8: "➢", 0xF0FC: "✓"}
_QUARTER = math.pi / 2
_FARTHEST = 1e7
"""Points; the largest sheet that readers show has 14,400, and 75 times that with a unit of its own."""
_SLANTED, _ASLANT = 9, 0.06
"""What stands for no quarter turn, and from what part of one on text stands aslant."""


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
    slanted: tuple[Frame, list[Glyph]] | None
    """Glyphs that stand aslant, as stamps and watermarks do."""
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
        return PageGlyphs([], None, 0)
    scan = _Scan(raw, text)
    try:
        count = raw.FPDFText_CountChars(text)
        if count > MOST_ON_PAGE:
            raise SourceTooLarge(
                "a page has too many characters.", where=pdf.name, expected=f"at most {MOST_ON_PAGE}",
                found=f"{count}", next_step="save its text as plain text, and split that",
            )  # fmt: skip
        scan.scan(count)
    finally:
        raw.FPDFText_ClosePage(text)
    slanted = scan.found.pop(_SLANTED, None)
    aside = _framed(raw, page, {0: slanted}) if slanted else [None]
    return PageGlyphs(_framed(raw, page, scan.found), aside[0], scan.unknown)


class _Scan:
    """One pass over the characters of a page.

    Most characters have the font, size and baseline of the one before: the library is asked for these only where
    the top or bottom of the box changes. Glyphs are found on the page as stored: y upwards, `base` the height of the
    baseline, or its x where the text stands upright.
    """

    def __init__(self, raw: Any, text: Any) -> None:
        self._raw, self._text = raw, text
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = raw.FS_MATRIX()
        self.found: dict[int, list[Glyph]] = {}
        """Glyphs by their quarter turns."""
        self.unknown = 0

    def scan(self, count: int) -> None:
        """Find the glyphs. One loop, for it goes over every character of a document."""
        raw, text, box = self._raw, self._text, self._box
        reference = ctypes.byref(box)
        unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
        space, high = "", 0
        edges: tuple[float, float] = (math.nan, math.nan)
        turn, base, size = 0, 0.0, 0.0
        found = self.found.setdefault(0, [])
        for index in range(count):
            code = unicode_of(text, index)
            char = _PLAIN.get(code)
            if char is None:
                if code in _SPACES:
                    space = self._space(index, code, space)
                    continue
                if code in _DROPPED:
                    # A space before a break is none: the glyph that follows may stand anywhere.
                    space = "" if code in _BREAKS else space
                    continue
                code, high = _joined(code, high)
                char = _char(code)
                if not char:
                    self.unknown += not high
                    space = space or " "
                    continue
                self.unknown += char == "\ufffd"
            if not box_of(text, index, reference):
                continue
            top, bottom = box.top, box.bottom
            if (top, bottom) != edges or turn:
                edges = (top, bottom)
                turn, base, size = self._style(index)
                found = self.found.setdefault(turn, [])
            found.append(Glyph(char, box.left, top, box.right, bottom, base, size or top - bottom, space))
            space = ""

    def _space(self, index: int, code: int, before: str) -> str:
        is_guessed = self._raw.FPDFText_IsGenerated(self._text, index)
        return (before or GUESSED) if is_guessed else _SPACES[code]

    def _style(self, index: int) -> tuple[int, float, float]:
        """The quarter turns of a character, its baseline, and the size of its font as drawn."""
        raw, text = self._raw, self._text
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(self._x), ctypes.byref(self._y))
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(self._matrix))
        matrix = self._matrix
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        exact = math.atan2(matrix.b, matrix.a) / _QUARTER
        turn = round(exact) % 4 if abs(exact - round(exact)) < _ASLANT else _SLANTED
        return turn, self._x.value if turn % 2 else self._y.value, abs(size)


def _joined(code: int, high: int) -> tuple[int, int]:
    """The code of a character that comes in two halves, once both are there; the first half is kept till then."""
    if not 0xD800 <= code < 0xE000:
        return code, 0
    if code < 0xDC00:
        return 0, code
    return (0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0), 0


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


def _framed(raw: Any, page: Any, found: dict[int, list[Glyph]]) -> list[tuple[Frame, list[Glyph]]]:
    shown = raw.FPDFPage_GetRotation(page)
    bounds = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds))
    framed: list[tuple[Frame, list[Glyph]]] = []
    for turn, glyphs in sorted(found.items(), key=lambda each: (-len(each[1]), each[0])):
        if glyphs:
            frame = Frame(turn, shown, bounds.left, bounds.bottom, bounds.right, bounds.top)
            _place(frame, glyphs)
            if near := _near(frame, glyphs):
                framed.append((frame, _without_doubles(near)))
    return framed


def _near(frame: Frame, glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out what stands, in a damaged file, where no paper is, or nowhere: no number of a box could tell it."""
    if not abs(frame.left) + abs(frame.right) + abs(frame.top) + abs(frame.bottom) < _FARTHEST:
        return []
    return [
        glyph
        for glyph in glyphs
        if abs(glyph.left) + abs(glyph.right) + abs(glyph.top) + abs(glyph.bottom) + abs(glyph.base)
        < _FARTHEST
        and glyph.size < _FARTHEST
    ]


def _place(frame: Frame, glyphs: list[Glyph]) -> None:
    """Bring glyphs from the page as stored into the frame."""
    if frame.turn == 0:
        left, top = frame.left, frame.top
        for glyph in glyphs:
            glyph.left -= left
            glyph.right -= left
            glyph.base = top - glyph.base
            glyph.top, glyph.bottom = top - glyph.top, top - glyph.bottom
        return
    for glyph in glyphs:
        x1, y1 = frame.point(glyph.left, glyph.bottom)
        x2, y2 = frame.point(glyph.right, glyph.top)
        glyph.base = frame.point(glyph.base, glyph.base)[1]
        glyph.left, glyph.right = min(x1, x2), max(x1, x2)
        glyph.top, glyph.bottom = min(y1, y2), max(y1, y2)


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out characters that are drawn once more on the same spot, as for a bold look or a shadow.

    Several characters that one glyph draws, as in a ligature, share its box: it is divided among them.
    """
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], Glyph] = {}
    left = base = math.nan
    ligatures = False
    for glyph in glyphs:
        ligature = glyph.left == left and glyph.base == base
        left, base = glyph.left, glyph.base
        before = seen.setdefault((glyph.char, int(left), int(base)), glyph)
        if ligature:
            ligatures = True
        elif before is not glyph and abs(before.left - left) < _DOUBLE * glyph.size:
            continue
        kept.append(glyph)
    if ligatures:
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

"""English fractions: a third, half of, one in five, 1/3 of, 2½ kg."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tallyroom.quantities.amounts import ONE, Amount, amount, share
from tallyroom.quantities.around import word_before, word_behind
from tallyroom.quantities.numerals_en import EnglishNumerals, Run
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.units import PERCENT, UnitTable
from tallyroom.quantities.words import NumberWords

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4),
    "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_MIXED = re.compile(r" {1,2}(\d{1,2})/(\d{1,2})(?![\d/]|\.\d)")
_SLASHED = re.compile(r"/(\d{1,3})(?![\d/]|\.\d)")
_OUT_OF = re.compile(r" (out of|in)( every)? (?=[a-z0-9])")
_OF_ONE = re.compile(r" an? ")
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "all", "those", "these", "that", "our"})
_HALF, _FINE = Decimal("0.5"), Decimal("1e-9")


class EnglishParts:
    """Tells which words and slashes are fractions and which are ordinals, dates or stretches of time."""

    def __init__(self, words: NumberWords, numerals: EnglishNumerals, units: UnitTable,
                 phrase_at: Callable[[str, int], re.Match[str] | None], *, bare: bool) -> None:  # fmt: skip
        self._numerals, self._units, self._phrase_at, self._bare = numerals, units, phrase_at, bare
        self._behind = frozenset(words.words("fraction_after"))
        self._before = frozenset(words.words("fraction_before"))
        self._not_half = frozenset(words.words("not_half_after"))

    def spelled(self, text: str, piece: Piece, run: Run) -> tuple[Piece | None, int]:
        """Return the piece of a spelled fraction, or of the ordinal that it is, and where to go on."""
        piece.form, piece.unit = "fraction", PERCENT
        if run.kind == "fraction" or self._bare:
            return piece, piece.end
        if run.kind == "half":
            found = self._half_measure(text, piece) or self._half_share(text, piece)
            return found, found.end if found else piece.end
        return (piece if self._is_part(text, piece) else self._ordinal(text, piece)), piece.end

    def _is_part(self, text: str, piece: Piece) -> bool:
        """A third of, by a third; a quarter without its whole is a stretch of time."""
        before, behind = word_before(text, piece.start), word_behind(text, piece.end)
        if before in self._before:
            return True
        if text.startswith("quarter", piece.end - 7):
            return behind == "of"
        return behind in self._behind or behind == ""

    def _ordinal(self, text: str, piece: Piece) -> Piece | None:
        """A third suspect: an ordinal behind an article."""
        word = text[piece.start : piece.end].split()[-1]
        run, start = self._numerals.read(word), piece.end - len(word)
        if run is None or run.kind != "ordinal":
            return None
        return Piece(start, piece.end, start, piece.end, run.amount, "ordinal")

    def _half_share(self, text: str, piece: Piece) -> Piece | None:
        """Half of them, more than half; not the second half, nor half-hourly."""
        before, behind = word_before(text, piece.start), word_behind(text, piece.end)
        if before in self._not_half or text[piece.end : piece.end + 1] == "-":
            return None
        told = behind in self._behind or behind in _DETERMINERS or (behind == "" and before in self._before)
        return piece if told else None

    def _half_measure(self, text: str, piece: Piece) -> Piece | None:
        """Half a kilo, half a ton."""
        match = _OF_ONE.match(text, piece.end)
        found = self._units.after.at(text, match.end()) if match else None
        if match is None or found is None or found[1] is None:
            return None
        if found[1].measure not in ("mass", "volume", "land"):
            return None
        half = amount(_HALF, _HALF, pointed=True)._replace(nonzero=_HALF)
        return Piece(
            piece.start, found[0], piece.start, piece.end, half, unit=found[1], unit_start=match.end()
        )

    def out_of(self, text: str, piece: Piece) -> Piece | None:
        """Return nine out of ten, one in five as a share; None where the second number counts."""
        match = _OUT_OF.match(text, piece.end)
        if match is None or piece.amount.scaled:
            return None
        if match.group(1) == "in" and not match.group(2) and not self._is_one_in(text, piece, match.end()):
            return None
        following = self._phrase_at(text, match.end())
        run = self._numerals.read(following.group()) if following else None
        if following is None or run is None or run.kind not in ("words", "arabic"):
            return None
        end = following.start() + run.length
        is_counted = text[end : end + 1] == " " and self._units.after.at(text, end + 1) is not None
        if is_counted or not piece.amount.value < run.amount.value <= 1000:
            return None
        found = share(piece.amount.value, run.amount.value)
        return Piece(piece.start, end, piece.start, end, found, "fraction", PERCENT, end)

    def _is_one_in(self, text: str, piece: Piece, place: int) -> bool:
        return piece.amount.value == ONE and not text[place].isdigit()

    # Digits

    def take_vulgar(self, text: str, piece: Piece) -> None:
        """Take in 2½ and 1 1/2: a whole number and a fraction of one."""
        at = piece.end + (text[piece.end : piece.end + 1] == " ")
        char = text[at : at + 1]
        if char in VULGAR:
            self._add(piece, *VULGAR[char], at + 1)
            return
        match = _MIXED.match(text, piece.end)
        if match is None or piece.amount.step != 1:
            return
        part, whole = int(match.group(1)), int(match.group(2))
        if whole and (part < whole or self._bare):
            self._add(piece, part, whole, match.end())

    def _add(self, piece: Piece, part: int, whole: int, end: int) -> None:
        value = Decimal(part) / whole
        total = (piece.amount.value + value).quantize(_FINE)
        piece.amount = amount(total, value, pointed=True)._replace(nonzero=value)
        piece.end = piece.core_end = end

    def slashed(self, text: str, piece: Piece) -> Piece | None:
        """Return 1/3 of: a fraction only before `of`, behind a qualifier, and among bare numbers."""
        match = _SLASHED.match(text, piece.end)
        if match is None or piece.amount.pointed or text[piece.start - 1 : piece.start] == "/":
            return None
        part, whole, end = piece.amount.value, Decimal(match.group(1)), match.end()
        told = word_behind(text, end) == "of" or word_before(text, piece.start) in self._before
        if not whole or not (self._bare or (told and part < whole <= 100)):
            return None
        return Piece(piece.start, end, piece.start, end, share(part, whole), "fraction", PERCENT, end)

    def vulgar_share(self, text: str, start: int) -> Amount:
        """Return ½ as a share in percent."""
        part, whole = VULGAR[text[start]]
        return share(Decimal(part), Decimal(whole))

    def vulgar(self, text: str, start: int) -> Piece:
        """Return ½ as a number; it is a share where no unit follows."""
        part, whole = VULGAR[text[start]]
        value = Decimal(part) / whole
        found = amount(value, value, pointed=True)._replace(nonzero=value)
        return Piece(start, start + 1, start, start + 1, found)

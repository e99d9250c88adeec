"""Numbers in a text as quantities: grammar of the language, then currencies, ranges and qualifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from tallyroom.codebook.model import UnitEntry
from tallyroom.model.quantity import Bound, Quantity, Unit
from tallyroom.quantities.amounts import ONE, multiplied, times
from tallyroom.quantities.currency import Currencies
from tallyroom.quantities.numerals import digits_of, merged
from tallyroom.quantities.pieces import Piece, compounded, said_once
from tallyroom.quantities.units import MONEY, Local
from tallyroom.quantities.words import NumberWords

_THOUSAND = Decimal(1000)
_LONGEST_GAP = 12


class Qualifiers(Protocol):
    """Finds the qualifiers around a number."""

    def before(self, text: str, place: int, *, bare_scale: bool = False) -> tuple[int, Bound] | None:
        """Return where the qualifier that ends at `place` begins, and its bound."""

    def behind(self, text: str, piece: Piece) -> tuple[int, Bound] | None:
        """Return where the qualifier behind the figure ends, and its bound."""


class Grammar(Protocol):
    """What a language provides."""

    signs: tuple[str, ...]
    currencies: Currencies

    @property
    def qualifiers(self) -> Qualifiers:
        """The qualifiers of the language."""

    def pieces(self, text: str) -> list[Piece]:
        """Return the numbers of a text."""

    def pieces_beyond_digits(self, text: str) -> list[Piece]:
        """Return at least the numbers of a text of which more is written than digits."""

    def allows_range(self, text: str, low: Piece, high: Piece, joiner: str) -> bool:
        """Tell whether `joiner` makes a range of two neighbours."""


def _grammar_of(words: NumberWords, units: Sequence[UnitEntry], local: Local, *, bare: bool) -> Grammar:
    if words.lang == "zh":
        from tallyroom.quantities.zh import ChineseGrammar

        return ChineseGrammar(words, units, local, bare=bare)
    from tallyroom.quantities.en import EnglishGrammar

    return EnglishGrammar(words, units, local, bare=bare)


class QuantityReader:
    """Reads the numbers of one language; made once from its number words and a codebook's units.

    Args:
        words: Number words (`load_number_words("zh")`).
        units: All units of the codebook, of which those of the language are taken.
        dollar: What a bare `$` or `dollars` means.
        yuan: What a bare 元 means.
        money: More of the kind, by the lists of `money` in numbers.yaml: {"peso": "MXN"}.
        short_tons: True where `tons` means US short tons.
        bare: True reads numbers that nothing counts too (一, 三, `.5`): for lists of numbers, not for prose.
    """

    def __init__(
        self,
        words: NumberWords,
        units: Sequence[UnitEntry],
        *,
        dollar: str = "USD",
        yuan: str = "CNY",
        money: dict[str, str] | None = None,
        short_tons: bool = False,
        bare: bool = False,
    ) -> None:
        self.lang = words.lang
        self._bare = bare
        local = Local(tuple({"dollar": dollar, "yuan": yuan, **(money or {})}.items()), short_tons)
        self._grammar = _grammar_of(words, units, local, bare=bare)

    def find(self, text: str) -> list[Quantity]:
        """Return the quantities of one block of text in their order; an empty list where there are none.

        Args:
            text: A paragraph, folded: lower case, half width, simplified; spans count its characters from 0.
        """
        pieces = self._grammar.pieces(text)
        if not pieces:
            return []
        done = 0
        for piece in pieces:
            self._take_currency(text, piece, done)
            self._take_sign(text, piece, done)
            done = piece.end
        pieces = said_once(text, compounded(text, pieces))
        _share_units(text, pieces)
        return [self._quantity(text, *group) for group in self._grouped(text, pieces)]

    def numerals(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of all numerals of a text: those of its quantities, and digits that state none."""
        pieces = self._grammar.pieces_beyond_digits(text)
        return merged([*digits_of(text), *((piece.core, piece.core_end) for piece in pieces)])

    def _take_currency(self, text: str, piece: Piece, done: int) -> None:
        """Take in a currency before the number; a bare sign yields to a currency named behind (¥5万美元)."""
        if piece.form != "number" or (piece.unit is not None and piece.unit.measure != MONEY):
            return
        currencies = self._grammar.currencies
        found = currencies.before(text, piece.start)
        if found is None or found[0] < done:
            return
        start, unit, word = found
        if currencies.is_timid(word) and not (
            piece.amount.multiplier > ONE or piece.amount.value >= _THOUSAND
        ):
            return
        piece.start = start
        if piece.unit is None or word not in currencies.bare:
            piece.unit = unit
            piece.unit_start = start if piece.unit_start < 0 else piece.unit_start

    def _take_sign(self, text: str, piece: Piece, done: int) -> None:
        """Take in a minus: a word, or a hyphen before a percentage that nothing else stands before."""
        at = piece.start
        while at > done and text[at - 1] == " ":
            at -= 1
        length = self._sign_word(text, at) or self._sign_hyphen(text, at, piece)
        if length and at - length >= done:
            piece.start, piece.signed = at - length, not piece.signed

    def _sign_word(self, text: str, at: int) -> int:
        for word in self._grammar.signs:
            start = at - len(word)
            if text.endswith(word, 0, at) and not (word.isascii() and text[start - 1 : start].isalpha()):
                return len(word)
        return 0

    def _sign_hyphen(self, text: str, at: int, piece: Piece) -> int:
        if not at or text[at - 1] != "-":
            return 0
        is_ratio = piece.form in ("percent", "point") and at == piece.start
        before = text[at - 2 : at - 1] if at > 1 else " "
        joins = (before.isascii() and before.isalnum()) or before in ")%-"
        return int((self._bare or is_ratio) and not joins)

    def _grouped(self, text: str, pieces: list[Piece]) -> list[tuple[Piece, Piece | None]]:
        """Join the two ends of a range; all others stand alone."""
        groups: list[tuple[Piece, Piece | None]] = []
        k = 0
        while k < len(pieces):
            joined = k + 1 < len(pieces) and self._is_range(text, pieces[k], pieces[k + 1])
            groups.append((pieces[k], pieces[k + 1] if joined else None))
            k += 2 if joined else 1
        return groups

    def _is_range(self, text: str, low: Piece, high: Piece) -> bool:
        if high.start - low.end > _LONGEST_GAP or "ordinal" in (low.form, high.form) or low.odd:
            return False
        if low.amount.upper is not None or high.amount.upper is not None:
            return False
        joiner = text[low.end : high.start].strip()
        if joiner == "-" and (_is_hyphened(text, low.start - 1) or text[high.end : high.end + 1] == "-"):
            return False
        return self._grammar.allows_range(text, low, high, joiner) and self._fits(low, high)

    def _fits(self, low: Piece, high: Piece) -> bool:
        """The ends count the same, and the lower is lower; what ends the range serves both (5至6万元)."""
        if low.unit_start >= 0 and not _same_unit(low, high) and not _serves_both(low, high):
            return False
        self._share_scale(low, high)
        first, last = self._worth(low, low.unit or high.unit), self._worth(high, high.unit or low.unit)
        return first < last

    def _share_scale(self, low: Piece, high: Piece) -> None:
        factor = high.amount.multiplier
        is_lower = factor > ONE and low.amount.value * factor < high.amount.value
        priced = low.unit is None or low.unit.measure == MONEY or low.form != "number"
        if low.amount.multiplier == ONE and is_lower and priced:
            low.amount = multiplied(low.amount, factor)

    def _worth(self, piece: Piece, unit: Unit | None) -> Decimal:
        return piece.amount.value * (unit.factor if unit is not None else ONE)

    def _quantity(self, text: str, piece: Piece, high: Piece | None) -> Quantity:
        last = high or piece
        found, unit = last.amount, last.unit or piece.unit
        factor = unit.factor if unit is not None else ONE
        upper = high.amount.value if high is not None else piece.amount.upper
        outer_start, outer_end, bound = self._qualified(text, piece, last)
        return Quantity(
            start=piece.start,
            end=last.end,
            outer_start=outer_start,
            outer_end=outer_end,
            value=times(-piece.amount.value if piece.signed else piece.amount.value, factor),
            step=found.step * factor,
            nonzero=found.nonzero * factor,
            second=found.second * factor,
            form=last.form if last.form != "number" else piece.form,
            upper=None if upper is None else times(upper, factor),
            bound=bound,
            unit=unit,
            unit_start=last.unit_start if last.unit_start >= 0 else piece.unit_start,
            scaled=found.scaled,
            pointed=found.pointed,
        )

    def _qualified(self, text: str, piece: Piece, last: Piece) -> tuple[int, int, Bound]:
        """Return the span with its qualifiers, and the bound; one before outweighs one behind."""
        outer_start, outer_end = piece.start, last.end
        bound: Bound = "odd" if piece.odd or last.odd else "exact"
        behind = self._grammar.qualifiers.behind(text, last)
        if behind is not None:
            outer_end, bound = behind
        before = self._grammar.qualifiers.before(text, piece.start, bare_scale=_is_round(piece))
        if before is not None:
            outer_start, bound = before
        if piece.form == "ordinal" and piece.start and text[piece.start - 1] == "第":
            outer_start = piece.start - 1
        return outer_start, outer_end, bound


_AND = re.compile(r"\s*[、和及与]\s*|\s+(?:and|or|&)\s+")
_LISTED = re.compile(r"\s*[,，、]\s*")
_RESPECTIVELY = re.compile(r"(?:respectively|分别)[为是:,]?\s*(?:about |some )?$")
_SHARED = frozenset({"mass", "volume", "land"})
"""Measures that a list of bare numbers takes from its last one: `5.4 and 3.1 tonnes`."""


def _share_units(text: str, pieces: list[Piece]) -> None:
    """Give the numbers of a list the measure that stands behind its last one.

    Right behind `respectively` each number may count something else: `respectively 535, 460 and 2.16 tons`.
    """
    run: list[Piece] = []
    for low, high in zip(reversed(pieces[:-1]), reversed(pieces[1:]), strict=True):
        gap = text[low.end : high.start]
        joined = _AND.fullmatch(gap) or (run and _LISTED.fullmatch(gap))
        measured = run[0] if run else high
        if joined and _takes_measure(low, measured):
            run = [measured, *run[1:], low]
            continue
        _give_measure(text, run)
        run = []
    _give_measure(text, run)


def _give_measure(text: str, run: list[Piece]) -> None:
    if len(run) > 1 and not _RESPECTIVELY.search(text[max(0, run[-1].start - 16) : run[-1].start]):
        for piece in run[1:]:
            piece.unit = run[0].unit


def _takes_measure(low: Piece, high: Piece) -> bool:
    if low.unit is not None or low.odd or low.form != "number" or high.unit is None:
        return False
    return high.unit.measure in _SHARED and high.unit_start >= high.core_end - 1


def _same_unit(low: Piece, high: Piece) -> bool:
    if low.unit is None or high.unit is None:
        return low.unit is high.unit and low.form == high.form == "multiple"
    return low.unit.code == high.unit.code


def _serves_both(low: Piece, high: Piece) -> bool:
    """百分之十到二十, $5 to 6 million: what stands before the lower end goes for the upper one too."""
    return low.unit is not None and low.core_end == low.end and high.form == "number" and high.unit_start < 0


def _is_round(piece: Piece) -> bool:
    return piece.amount.value == piece.amount.multiplier > ONE


def _is_hyphened(text: str, place: int) -> bool:
    return place >= 0 and text[place] == "-" and place > 0 and text[place - 1].isdigit()

"""What stands behind an English number: million, bn or k, a unit, -fold, times."""

from __future__ import annotations

import re
from decimal import Decimal

from tallyroom.quantities.amounts import ONE, amount, multiplied
from tallyroom.quantities.around import word_behind
from tallyroom.quantities.currency import Currencies
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.units import UnitTable
from tallyroom.quantities.words import NumberWords

_WORD = re.compile(r"[a-z]+")
_FOLD = re.compile(r"[- ]?fold(?![a-z])")
_TIMES = re.compile(r"[ -]times(?![a-z])")
_COMMA_DECIMAL = re.compile(r",(\d{1,2})(?![\d,])")
_SPELLED = re.compile(r"[ -]([a-z]+)(?![a-z])")
_NETWORK = re.compile(r"[2-7]g(?! ?(?:of|and|or|,|\)))")
_CUE_REACH = 40
_LARGE = Decimal(1000)


class EnglishTails:
    """Takes in the scale and the unit that follow a number."""

    def __init__(self, words: NumberWords, units: UnitTable, currencies: Currencies, *, bare: bool) -> None:
        self._units, self._currencies, self._bare = units, currencies, bare
        self._worths = {word: Decimal(worth) for word, worth in words.worths("short_scales").items()}
        self._spelled = {word: Decimal(worth) for word, worth in words.worths("scales").items()}
        self._always, self._priced = (
            frozenset(words.words("always_scale")),
            frozenset(words.words("money_scale")),
        )
        self._tight, self._listed = (
            frozenset(words.words("tight_scale")),
            frozenset(words.words("bare_scale")),
        )
        self._not_metres = frozenset(words.words("not_metres"))
        self._times_behind = frozenset(words.words("times_after"))
        cues = "|".join(re.escape(cue) for cue in words.words("money_cues"))
        self._money_cue = re.compile(rf"\b(?:{cues})[a-z ]{{0,14}}$")
        behind = "|".join(re.escape(cue) for cue in words.words("money_cues_after"))
        self._money_behind = re.compile(rf" (?:{behind})(?![a-z])")

    def take(self, text: str, piece: Piece) -> None:
        """Take in what follows the number: a scale, then a unit, `-fold` or `times`."""
        self._take_scale(text, piece)
        if not self._take_times(text, piece):
            self._take_unit(text, piece)

    def take_comma_decimal(self, text: str, piece: Piece) -> None:
        """1,5 tonnes: a comma is a decimal point before one or two digits and a unit or a scale."""
        match = _COMMA_DECIMAL.match(text, piece.end)
        written = text[max(0, piece.start - 1) : piece.end]
        if match is None or piece.amount.pointed or piece.amount.step != 1 or "," in written:
            return
        trial = Piece(piece.start, match.end(), piece.core, match.end(), piece.amount)
        self.take(text, trial)
        scale = _SPELLED.match(text, match.end())
        worth = self._spelled.get(scale[1]) if scale is not None else None
        if trial.unit is None and trial.end == match.end() and not self._bare and worth is None:
            return
        value = Decimal(f"{piece.amount.value}.{match.group(1)}")
        piece.amount = amount(value, ONE.scaleb(-len(match.group(1))), pointed=True)
        piece.end = piece.core_end = match.end()
        if scale is not None and worth is not None:  # Rp 19,2 billion
            piece.amount = multiplied(piece.amount, worth)
            piece.end = piece.core_end = scale.end()

    # Scales

    def _take_scale(self, text: str, piece: Piece) -> None:
        place = piece.end
        if not text[place - 1].isdigit() or piece.amount.multiplier != ONE:
            return
        hyphened = text[place : place + 1] == "-"
        at = place + (hyphened or text[place : place + 1] == " ")
        match = _WORD.match(text, at)
        if match is None or match.group() not in self._worths:
            return
        if hyphened and self._currencies.before(text, piece.start) is None:
            return  # P1.3-M is money, 5-m a length
        if text[match.end() : match.end() + 1].isdigit():
            return
        if self._is_scale(text, piece, match.group(), is_tight=at == place):
            piece.amount = multiplied(piece.amount, self._worths[match.group()])
            piece.end = piece.core_end = match.end()

    def _is_scale(self, text: str, piece: Piece, word: str, *, is_tight: bool) -> bool:
        """`bn` is always one, `b` behind a currency, `k` and `m` where attached; 10m of a wall are metres."""
        if word in self._always or (self._bare and word in self._listed):
            return True
        if word in self._priced and self._currencies.before(text, piece.start) is not None:
            return True
        if not is_tight or word not in self._tight:
            return False
        behind = word_behind(text, piece.end + len(word))
        return word != "m" or (behind != "" and behind not in self._not_metres)

    # Multiples

    def _take_times(self, text: str, piece: Piece) -> bool:
        end = piece.end
        fold, times = _FOLD.match(text, end), _TIMES.match(text, end)
        if fold is not None:
            piece.form, piece.unit_start, piece.end = "multiple", end, fold.end()
        elif times is not None and self._multiplies(text, piece, times.end()):
            piece.form, piece.unit_start, piece.end = "multiple", end + 1, times.end()
        return piece.form == "multiple"

    def _multiplies(self, text: str, piece: Piece, end: int) -> bool:
        """1.7 times and three times as many multiply; "arrested three times" counts."""
        return piece.amount.pointed or word_behind(text, end) in self._times_behind

    # Units

    def _take_unit(self, text: str, piece: Piece) -> None:
        place = piece.end
        at = place + (text[place : place + 1] in (" ", "-"))
        if text[place : place + 2] == "  ":
            at = place + 2
        found = self._units.after.at(text, at)
        unit = found[1] if found is not None else None
        if found is None or unit is None:
            return
        end = found[0]
        is_initial = end - at == 1 and text[at].isalpha() and text[end : end + 1] == "-"  # 200 t-shirts
        if is_initial or self._is_doubtful(text, piece, text[at:end], is_tight=at == place):
            return
        if (
            unit.measure == "mass"
            and text[at:end] in ("pound", "pounds")
            and self._is_money(text, piece, end)
        ):
            unit = self._units.words.get("£", unit)
        piece.unit, piece.unit_start, piece.end = unit, at, end
        if unit.measure in ("percent", "point"):
            piece.form = "percent" if unit.measure == "percent" else "point"

    def _is_doubtful(self, text: str, piece: Piece, word: str, *, is_tight: bool) -> bool:
        """5g of heroin is a mass, 5g alone a network; `won` and `p` are money only behind a large amount."""
        if word == "g" and is_tight and _NETWORK.match(text, piece.core) is not None:
            return True
        small = piece.amount.value < _LARGE and piece.amount.multiplier == ONE
        return self._currencies.is_timid(word) and (small or len(word) == 1)

    def _is_money(self, text: str, piece: Piece, end: int) -> bool:
        """Pounds are money behind a word of worth, or before `in cash`, where no `of` follows."""
        if text.startswith(" of", end):
            return False
        before = text[max(0, piece.start - _CUE_REACH) : piece.start]
        return self._money_cue.search(before) is not None or self._money_behind.match(text, end) is not None

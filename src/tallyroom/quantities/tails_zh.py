"""What stands behind a Chinese number: 余 and a unit, 成, 倍, 分之; and the numbers that 半 and 翻 make."""

from __future__ import annotations

import re
from decimal import Decimal

from tallyroom.quantities.amounts import HUNDRED, ONE, TEN, Amount, amount, multiplied, plain, share
from tallyroom.quantities.numerals_zh import ChineseNumerals, Run
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.qualifiers_zh import PHYSICAL
from tallyroom.quantities.units import PERCENT, UnitTable
from tallyroom.quantities.words import NumberWords

_HALF = Decimal("0.5")
_ASCII_DIGITS = "0123456789"
_SLASHED = re.compile(r"/(\d{1,3})(?![\d/]|\.\d)")
_SHARE_BEHIND = ("以上", "左右", "强", "弱", "的")
_SHARE_BEFORE = frozenset("占近超约逾到足过")
_TURNS = {None: 1, "一": 1, "两": 2, "三": 3, "四": 4}


class ChineseTails:
    """Makes pieces of runs of numeral characters."""

    def __init__(
        self, words: NumberWords, numerals: ChineseNumerals, units: UnitTable, *, bare: bool
    ) -> None:
        self._numerals, self._units, self._bare = numerals, units, bare
        self._odd = frozenset(words.words("odd"))
        self._odd_not_before = {
            word: frozenset(chars) for word, chars in words.groups("odd_not_before").items()
        }
        self._not_unit = {word: frozenset(chars) for word, chars in words.groups("not_unit_before").items()}
        self._tenths, self._times = words.words("tenths")[0], words.words("times")[0]
        self._not_tenths = frozenset(words.words("tenths_not_before"))
        self._half, self._all, self._signs = words.words("half")[0], words.words("all"), words.words("minus")
        parts = words.words("parts")[0]
        self.parts = re.compile(f" *{' *'.join(parts)}" if bare else parts).match
        self._and_part = re.compile(
            r" *又 *| (?=\d+/\d)" if bare else r"又(?=[^又]{1,6}分之)| (?=\d/\d)"
        ).match
        self._turned = re.compile(rf"翻(?:了近|了|近)?([一两三四])?[{''.join(words.words('turns'))}]").match

    def piece(self, text: str, start: int, end: int, run: Run) -> Piece:
        """Return the number `text[start:end]` with what belongs to it; without a unit `unit_start` is -1."""
        piece = Piece(start, end, start, end, run.amount, odd=run.amount.odd)
        parts = self.parts(text, end)
        if parts is not None and (divided := self._divided(text, piece, parts.end())) is not None:
            return divided
        if text[end : end + 1] in ("又", "/", " ") and (mixed := self._mixed(text, piece)) is not None:
            return mixed
        for word in self._all:
            if text.startswith(word, start):
                stop = start + len(word)
                return Piece(start, stop, start, stop, amount(HUNDRED), "percent", PERCENT, stop)
        self._take_odd_and_unit(text, piece)
        return piece

    # 余 and units

    def _take_odd_and_unit(self, text: str, piece: Piece) -> None:
        end, char = piece.end, text[piece.end : piece.end + 1]
        is_odd = char in self._odd and text[end + 1 : end + 2] not in self._odd_not_before.get(char, ())
        if not is_odd:
            self._take_unit(text, end, piece)
        elif self._take_unit(text, end + 1, piece):
            piece.odd = True
        elif self._is_odd_alone(text, end):
            piece.odd, piece.end = True, end + 1
        else:
            self._take_unit(text, end, piece)

    def _is_odd_alone(self, text: str, end: int) -> bool:
        """余 stands alone in tables (4900余); 多 and 几 need a scale or a zero before them, 来 a counter."""
        char, before = text[end], text[end - 1]
        return char == "余" or (char in "多几" and (before in self._numerals.scale_class or before == "0"))

    def _take_unit(self, text: str, place: int, piece: Piece) -> bool:
        at = self._blank(text, place)
        char = text[at : at + 1]
        if char == self._tenths and self._take_tenths(text, at, piece):
            return True
        if char == self._times:
            return self._take_times(text, at, piece)
        found = self._units.after.at(text, at)
        if found is None or not self._is_unit(text, at, found[0]) or (found[1] is None and at > place):
            return False
        piece.end, piece.unit, piece.unit_start = found[0], found[1], at
        self._finish_unit(text, piece)
        return True

    def _blank(self, text: str, place: int) -> int:
        at = place + (text[place : place + 1] == " ")
        while self._bare and text[at : at + 1] == " ":
            at += 1
        return at

    def _is_unit(self, text: str, at: int, end: int) -> bool:
        """Tell whether the word at `at` counts: not the 发 of 发展, nor 两 behind a Chinese digit."""
        if end - at > 1:
            return True
        char = text[at]
        if text[end : end + 1] in self._not_unit.get(char, ()) and end < len(text):
            return False
        return char != "两" or text[at - 1].isdigit()

    def _finish_unit(self, text: str, piece: Piece) -> None:
        unit, end = piece.unit, piece.end
        if text[end : end + 1] in ("(", "（"):
            self._take_bracketed(text, piece)
        if unit is None:
            return
        if unit.measure in ("percent", "point"):
            piece.form = "percent" if unit.measure == "percent" else "point"
        elif unit.measure in PHYSICAL and text[end : end + 1] == self._half:
            piece.amount, piece.end = _and_half(piece.amount), end + 1

    def _take_bracketed(self, text: str, piece: Piece) -> None:
        """起（件）, 人（次）: a second counter in brackets belongs to the unit, or makes a longer one."""
        found = self._units.after.at(text, piece.end + 1)
        if found is None or found[1] is None or text[found[0] : found[0] + 1] not in (")", "）"):
            return
        both = text[piece.unit_start : piece.end] + text[piece.end + 1 : found[0]]
        piece.unit, piece.end = self._units.words.get(both, piece.unit), found[0] + 1

    # 成 and 倍

    def _take_tenths(self, text: str, at: int, piece: Piece) -> bool:
        """三成半 is 35 %, 四成六 46 %."""
        follows = self._skip(text, at + 1)
        after = text[follows : follows + 1]
        if after and after in self._not_tenths:
            return False
        found, end = multiplied(piece.amount, TEN), at + 1
        if after == self._half:
            found, end = amount(found.value + 5, Decimal(5))._replace(nonzero=Decimal(5)), end + 1
        elif (digit := self._last_tenth(text, follows)) is not None:
            found, end = amount(found.value + digit, ONE), follows + 1
        piece.amount, piece.form, piece.unit, piece.unit_start, piece.end = found, "tenths", PERCENT, at, end
        return True

    def _last_tenth(self, text: str, place: int) -> Decimal | None:
        """Return the 六 of 四成六: a digit alone, which nothing counts where it is an Arabic one (3成4)."""
        char = text[place : place + 1]
        if not char or char not in self._numerals.digit_class + _ASCII_DIGITS:
            return None
        if char.isascii() and self._units.after.at(text, place + 1) is not None:
            return None
        run = self._numerals.at(text, place)
        return run.amount.value if run is not None and run.length == 1 else None

    def _take_times(self, text: str, at: int, piece: Piece) -> bool:
        piece.form, piece.unit, piece.unit_start, piece.end = "multiple", None, at, at + 1
        if text[at + 1 : at + 2] == self._half:
            piece.amount, piece.end = _and_half(piece.amount), at + 2
        return True

    # 分之, 又 and slashes

    def _divided(self, text: str, whole: Piece, at: int) -> Piece | None:
        """百分之三十八点五 is a percentage, 三分之一 a fraction; both in percent."""
        place = self._skip(text, at)
        signed = text[place : place + 1] in self._signs
        run = self._numerals.at(text, place + signed)
        if run is None or not whole.amount.value:
            return None
        end = place + signed + run.length
        rounded = _is_power_of_ten(whole.amount.value)
        found = (
            _scaled_down(run.amount, whole.amount.value)
            if rounded
            else share(run.amount.value, whole.amount.value)
        )
        piece = Piece(
            whole.start, end, whole.start, end, found, "percent" if rounded else "fraction", PERCENT, end
        )
        piece.odd, piece.signed = run.amount.odd, signed
        if text[end : end + 1] in ("几", "多", "余"):
            piece.odd, piece.end = True, end + 1
        return piece

    def _mixed(self, text: str, piece: Piece) -> Piece | None:
        """三又二分之一, 1 1/2: a whole number and a fraction; 1/3 where words show that it is one."""
        joint = self._and_part(text, piece.end)
        if joint is None:
            return self._slashed(text, piece)
        run = self._numerals.at(text, joint.end())
        if run is None:
            return None
        end = joint.end() + run.length
        inner = Piece(joint.end(), end, joint.end(), end, run.amount)
        parts = self.parts(text, end)
        found = self._divided(text, inner, parts.end()) if parts else self._slashed(text, inner, mixed=True)
        if found is None:
            return None
        value = amount(
            piece.amount.value + found.amount.value / HUNDRED, found.amount.step / HUNDRED, pointed=True
        )
        return Piece(piece.start, found.end, piece.core, found.end, value)

    def _slashed(self, text: str, piece: Piece, *, mixed: bool = False) -> Piece | None:
        match = _SLASHED.match(text, piece.end)
        if match is None or piece.amount.pointed or text[piece.start - 1 : piece.start] == "/":
            return None
        part, whole, end = piece.amount.value, Decimal(match.group(1)), match.end()
        told = text.startswith(_SHARE_BEHIND, end) or text[piece.start - 1 : piece.start] in _SHARE_BEFORE
        if not whole or not (self._bare or mixed or (told and part < whole <= HUNDRED)):
            return None
        return Piece(piece.start, end, piece.start, end, share(part, whole), "fraction", PERCENT, end)

    def _skip(self, text: str, place: int) -> int:
        while self._bare and text[place : place + 1] == " ":
            place += 1
        return place

    # 半 and 翻

    def half(self, text: str, start: int, done: int) -> tuple[Piece | None, int]:
        """一半 and 半数 are 50 %; 半吨 is half a ton; any other 半 (半年, 半夜) is no number here.

        The last number ended at `done`: its 一 (〇〇一半) is no part of this one.
        """
        end = start + 1
        before, after = text[start - 1 : start] if start > max(done, 0) else "", text[end : end + 1]
        if before == "一" or after == "数":
            begin, stop = (start - 1, end) if before == "一" else (start, end + 1)
            fifty = share(ONE, Decimal(2))
            return Piece(begin, stop, begin, end, fifty, "fraction", PERCENT, stop), stop
        piece = Piece(start, end, start, end, amount(_HALF, _HALF, pointed=True)._replace(nonzero=_HALF))
        measured = self._take_unit(text, end, piece) and piece.form != "multiple"
        if measured and (
            piece.form == "tenths" or (piece.unit is not None and piece.unit.measure in PHYSICAL)
        ):
            return piece, piece.end
        return None, end

    def turned(self, text: str, start: int) -> tuple[Piece | None, int]:
        """翻一番, 翻番, 翻倍: twice the base; each further 番 doubles again."""
        match = self._turned(text, start)
        if match is None:
            return None, start + 1
        found, end = amount(Decimal(2 ** _TURNS[match.group(1)])), match.end()
        return Piece(start, end, start, end, found, "multiple", None, end), end


def _and_half(found: Amount) -> Amount:
    """一倍半, 三吨半: half of what the last word counts more."""
    half = _HALF * found.multiplier if found.multiplier > HUNDRED else _HALF
    return amount(found.value + half, half, pointed=True)._replace(nonzero=half)


def _scaled_down(part: Amount, whole: Decimal) -> Amount:
    factor = HUNDRED / whole
    return part._replace(
        value=plain(part.value * factor),
        step=part.step * factor,
        nonzero=part.nonzero * factor,
        second=part.second * factor,
        upper=None if part.upper is None else plain(part.upper * factor),
        multiplier=ONE,
    )


def _is_power_of_ten(value: Decimal) -> bool:
    return value >= HUNDRED and value.normalize().as_tuple().digits == (1,)

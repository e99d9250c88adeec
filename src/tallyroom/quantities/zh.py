"""Numbers in Chinese text, in digits or in characters, with the units, tenths, fractions and multiples of Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tallyroom.codebook.model import UnitEntry
from tallyroom.model.quantity import Unit
from tallyroom.quantities.affixes import Ends, Starts, flat
from tallyroom.quantities.amounts import HUNDRED, LONGEST, ONE, TEN, Amount, amount, fraction, multiplied, plain
from tallyroom.quantities.currency import Currencies
from tallyroom.quantities.numerals_zh import Numerals, Run
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.units import PERCENT, Local, UnitTable
from tallyroom.quantities.words import NumberWords

_HALF = Decimal("0.5")
_PHYSICAL = frozenset({"mass", "volume", "land", "money"})
# 1-苯基, 3,4-亚甲: places in a molecule. The bracket opens the name of a substituent.
_LOCANT = re.compile(r"(?:,\d{1,3}){0,12}'*-(?=[a-z\u4e00-\u9fff(])")
_WORD_REST = re.compile(r"[a-z0-9]*")
_SLASHED = re.compile(r"/(\d{1,3})(?![\d/]|\.\d)")
_NETWORK = re.compile(r"[2-7]g(?!\s?[a-z])")


class ChineseGrammar:
    """Finds the numbers of a Chinese text as pieces; compiled once from words and units."""

    def __init__(self, words: NumberWords, units: Sequence[UnitEntry], local: Local, *, bare: bool) -> None:
        self._bare = bare
        self.numerals = Numerals(
            words.worths("digits"), words.worths("tens"), words.worths("scales"), words.worths("latin_scales"),
            {char: "|".join(after) for char, after in words.groups("not_scale").items()},
            "".join(words.words("odd")), words.words("point")[0], bare=bare,
        )  # fmt: skip
        half, turns = words.words("half")[0], "".join(words.lists.get("turns", {}))
        self._turn = re.compile(rf"翻(?:了近|了|近)?([一两三四])?[{turns}]").match
        self._scan = re.compile(rf"[0-9{self.numerals.han_class}{half}翻]|\.(?=\d)").search
        self._run = re.compile(self.numerals.pattern).match
        self._half = half
        self.units = UnitTable(units, "zh", words.words("counters"), words.groups("money"), local)
        self.currencies = Currencies(words, self.units)
        self.before = Ends(flat(words.groups("before")))
        self.after = Starts(flat(words.groups("after")))
        self.not_before = {word: frozenset(chars) for word, chars in words.groups("not_before").items()}
        self._not_after = {word: frozenset(chars) for word, chars in words.groups("not_after").items()}
        self._only_measured = frozenset(words.words("only_measured"))
        self.ranges = frozenset(words.words("range"))
        self.range_from = frozenset(words.words("from"))
        self._only_round = frozenset(words.words("only_round"))
        self._odd = frozenset(words.words("odd"))
        self._odd_not_before = {word: frozenset(chars) for word, chars in words.groups("odd_not_before").items()}
        self._not_unit = {word: frozenset(chars) for word, chars in words.groups("not_unit_before").items()}
        parts = words.words("parts")[0]
        self._parts = re.compile(f" *{' *'.join(parts)}" if bare else parts).match
        self._and_part = re.compile(r" *又 *| (?=\d+/\d)" if bare else r"又(?=[^又]{1,6}分之)| (?=\d/\d)").match
        self._tenths, self._times = words.words("tenths")[0], words.words("times")[0]
        self._not_tenths = frozenset(words.words("tenths_not_before"))
        self._not_round = frozenset(words.words("not_round_before"))
        self._vague = frozenset(words.words("vague_before"))
        self._one = frozenset(words.words("one_counters"))
        self.signs = words.words("minus")
        self._all = words.words("all")
        self._taboo = self._index(words.words("not_numbers"))

    def _index(self, taboo: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
        """For each numeral character the words that hold it, and where."""
        found: dict[str, list[tuple[int, str]]] = {}
        for word in taboo:
            for place, char in enumerate(word):
                if char in self.numerals.han_class:
                    found.setdefault(char, []).append((place, word))
        return found

    def pieces(self, text: str) -> list[Piece]:
        """Return the numbers of `text` in order; none overlaps another."""
        found: list[Piece] = []
        place, scan = 0, self._scan
        while (match := scan(text, place)) is not None:
            piece, place = self._piece(text, match.start())
            if piece is not None:
                found.append(piece)
        return found

    def _piece(self, text: str, start: int) -> tuple[Piece | None, int]:
        first = text[start]
        if first == self._half:
            return self._halved(text, start)
        if first == "翻":
            return self._turned(text, start)
        match = self._run(text, start)
        if match is None:
            return None, start + 1
        run = self.numerals.read(match.group())
        if run is None:
            return None, match.end() if first.isascii() else start + 1
        end = start + run.length
        if start and text[start - 1] == "第":
            return Piece(start, end, start, end, run.amount, "ordinal"), end
        if run.kind == "arabic" or first.isascii():
            return self._arabic(text, start, end, run)
        return self._han(text, start, end, run)

    # Digits

    def _arabic(self, text: str, start: int, end: int, run: Run) -> tuple[Piece | None, int]:
        if end - start > LONGEST or (stop := self._is_inside_word(text, start, end)) is None:
            return None, end
        if stop > end:
            return None, stop
        piece = self._with_tail(text, start, end, run)
        if text[start] == "." and piece.unit is None and not self._bare:
            return None, end
        if piece.unit is None and piece.unit_start < 0 and end < len(text) and _is_latin(text[end]) and not self._bare:
            return None, _WORD_REST.match(text, end).end()  # type: ignore[union-attr]
        return piece, piece.end

    def _is_inside_word(self, text: str, start: int, end: int) -> int | None:
        """Return `end`, or where the word or name ends that the digits belong to (locants, versions, 5g)."""
        before = text[start - 1] if start else " "
        if _is_latin(before) and self.currencies.before(text, start) is None and not self._bare:
            return None
        if before == "-" and start > 1 and _is_latin(text[start - 2]):
            return None
        after = text[end] if end < len(text) else " "
        if after in ",-'" and (locant := _LOCANT.match(text, end)) is not None and not self._bare:
            return locant.end()
        if after == "." and text[end + 1 : end + 2].isdigit() and not self._bare:
            return end + len(re.match(r"[\d.]*", text[end:]).group())  # type: ignore[union-attr]
        if after == "g" and _NETWORK.match(text, start) is not None:
            return end + 1
        return end

    # Characters

    def _han(self, text: str, start: int, end: int, run: Run) -> tuple[Piece | None, int]:
        if self._is_vague(text, start, end) or self._is_taboo(text, start, end) and self._parts(text, end) is None:
            return None, end
        if run.kind in ("digit", "pair", "row", "round") or end - start == 1:
            return self._weak(text, start, end, run)
        piece = self._with_tail(text, start, end, run)
        if run.amount.upper is not None and (piece.unit_start < 0 or text[end : end + 1] == "期") and not self._bare:
            return None, end
        return piece, piece.end

    def _weak(self, text: str, start: int, end: int, run: Run) -> tuple[Piece | None, int]:
        """Runs that state a number only where a counter, a measure or a qualifier stands beside them."""
        piece = self._with_tail(text, start, end, run)
        if self._bare and (run.kind != "round" or end - start > 1 or piece.form != "number"):
            vague = piece.form == "number" and (
                (run.kind == "row" and "两" in text[start:end]) or text[start:end].strip("万亿") == ""
            )
            return (None if vague else piece), piece.end
        followed = piece.unit_start >= 0
        if run.kind == "round":
            good = self._is_round(text, start, end, piece, followed)
        elif run.kind == "row":
            good = followed or run.length >= 4 or (run.length == 3 and "〇" in text[start:end])
        elif run.kind == "pair":
            good = followed and text[end] != "期"
        else:
            good = followed or self._ranges_on(text, end)
            if good and followed and text[start] in "一壹" and piece.unit is None and piece.form == "number":
                good = text[piece.unit_start : piece.end] in self._one
        return (piece, piece.end) if good else (None, end)

    def _is_round(self, text: str, start: int, end: int, piece: Piece, followed: bool) -> bool:
        """百, 千, 万, 亿 are numbers after a qualifier (近百, 超千人) and before 余 (百余名); 百万 before a measure."""
        if piece.form != "number" and followed:
            return True
        if text[end : end + 1] in self._not_round or text[piece.end : piece.end + 1] in self._not_round:
            return False
        if piece.odd and followed:
            return True
        if self.qualifier_before(text, start, bare_scale=True) is not None:
            return True
        return end - start > 1 and followed and piece.unit is not None and piece.unit.measure in _PHYSICAL

    def _ranges_on(self, text: str, end: int) -> bool:
        """三至五名: a digit before a word of ranges and another number that is counted."""
        for width in (1, 2):
            if text[end : end + width] in self.ranges:
                after = self._run(text, end + width)
                run = after and self.numerals.read(after.group())
                if after and run and self._with_tail(text, after.start(), after.start() + run.length, run).unit_start >= 0:
                    return True
        return False

    def _is_vague(self, text: str, start: int, end: int) -> bool:
        """数十, 几百万: a scale that only a vague word multiplies."""
        if text[start - 1 : start] not in self._vague or not start or text[start - 2 : start] == "总数":
            return False
        return all(char in self.numerals.scale_class for char in text[start:end])

    def _is_taboo(self, text: str, start: int, end: int) -> bool:
        for place, word in self._taboo.get(text[start], ()):
            if place + end - start <= len(word) and start >= place and text.startswith(word, start - place):
                return True
        return False

    # What follows the digits

    def _with_tail(self, text: str, start: int, end: int, run: Run) -> Piece:
        """Return the piece of a number with what stands behind it: 余, a unit, 成, 倍, 分之."""
        found = run.amount
        piece = Piece(start, end, start, end, found, odd=found.odd)
        if (parts := self._parts(text, end)) is not None and (whole := self._divided(text, piece, parts.end())) is not None:
            return whole
        if text[end : end + 1] and text[end] in "又/ " and (mixed := self._mixed(text, piece)) is not None:
            return mixed
        if text[start:end] != "" and any(text.startswith(word, start) for word in self._all):
            return self._hundred_percent(text, start)
        place = end
        char = text[end : end + 1]
        if char in self._odd and text[end + 1 : end + 2] not in self._odd_not_before.get(char, ()):
            place += 1
        if self._unit_at(text, place, piece):
            piece.odd = piece.odd or place > end
        elif place > end and self._is_odd_alone(text, end):
            piece.odd, piece.end = True, place
        elif place > end:
            self._unit_at(text, end, piece)
        return piece

    def _skip(self, text: str, place: int) -> int:
        while self._bare and text[place : place + 1] == " ":
            place += 1
        return place

    def _is_odd_alone(self, text: str, end: int) -> bool:
        """余 after digits stands in tables too (4900余); 多 and 几 need a scale before them; 来 a counter after it."""
        char = text[end]
        return char == "余" or (char in "多几" and (text[end - 1] in self.numerals.scale_class or text[end - 1] == "0"))

    def _unit_at(self, text: str, place: int, piece: Piece) -> bool:
        at = place + 1 if text[place : place + 1] == " " else place
        while self._bare and text[at : at + 1] == " ":
            at += 1
        char = text[at : at + 1]
        if char == self._tenths and self._take_tenths(text, at, piece):
            return True
        if char == self._times:
            return self._take_times(text, at, piece)
        found = self.units.after.at(text, at)
        if found is None:
            return False
        end, unit = found
        if end - at == 1 and text[end : end + 1] in self._not_unit.get(char, ()):
            return False
        if unit is not None and unit.measure == "mass" and char == "两" and not text[at - 1].isdigit():
            return False
        if unit is None and at > place:
            return False
        piece.unit, piece.unit_start, piece.end = unit, at, end
        if text[end : end + 1] in ("(", "（"):
            self._bracketed(text, piece)
        if unit is not None and unit.measure in ("percent", "point"):
            piece.form = "percent" if unit.measure == "percent" else "point"
        elif text[end : end + 1] == self._half and unit is not None and unit.measure in _PHYSICAL:
            piece.amount = _and_half(piece.amount)
            piece.end = end + 1
        return True

    def _bracketed(self, text: str, piece: Piece) -> None:
        """起（件）, 人（次）: a second counter in brackets belongs to the unit; with it a longer one may be meant."""
        found = self.units.after.at(text, piece.end + 1)
        if found is None or found[1] is None or text[found[0] : found[0] + 1] not in (")", "）"):
            return
        both = self.units.words.get(text[piece.unit_start : piece.end] + text[piece.end + 1 : found[0]])
        piece.unit, piece.end = both or piece.unit, found[0] + 1

    def _take_tenths(self, text: str, at: int, piece: Piece) -> bool:
        """三成半 is 35 %, 四成六 46 %."""
        after = text[self._skip(text, at + 1) :][:1]
        if after in self._not_tenths and after:
            return False
        found = multiplied(piece.amount, TEN)
        end = self._skip(text, at + 1) if after in self.numerals.digit_class else at + 1
        if after == self._half:
            found, end = amount(found.value + 5, Decimal(5)), end + 1
            found = found._replace(nonzero=Decimal(5))
        elif after in self.numerals.digit_class and after and (digit := self._digit(text, end)) is not None:
            found, end = amount(found.value + digit, ONE), end + 1
        piece.amount, piece.form, piece.unit, piece.unit_start, piece.end = found, "tenths", PERCENT, at, end
        return True

    def _digit(self, text: str, place: int) -> Decimal | None:
        match = self._run(text, place)
        run = match and self.numerals.read(match.group())
        return run.amount.value if run and run.length == 1 else None

    def _take_times(self, text: str, at: int, piece: Piece) -> bool:
        piece.form, piece.unit, piece.unit_start, piece.end = "multiple", None, at, at + 1
        if text[at + 1 : at + 2] == self._half:
            piece.amount, piece.end = _and_half(piece.amount), at + 2
        return True

    def _mixed(self, text: str, piece: Piece) -> Piece | None:
        """三又二分之一, 1 1/2: a whole number and a fraction; 1/3 alone where its words show that it is one."""
        match = self._and_part(text, piece.end)
        part = self._slashed(text, piece) if match is None else None
        if match is None:
            return part
        start = match.end()
        follower = self._run(text, start)
        run = follower and self.numerals.read(follower.group())
        if not run:
            return None
        end = start + run.length
        inner = Piece(start, end, start, end, run.amount)
        parts = self._parts(text, end)
        found = self._divided(text, inner, parts.end()) if parts else self._slashed(text, inner, mixed=True)
        if found is None or found.form != "fraction" and found.form != "percent":
            return None
        value = piece.amount.value + found.amount.value / HUNDRED
        step = found.amount.step / HUNDRED
        return Piece(piece.start, found.end, piece.core, found.end, amount(value, step, pointed=True))

    def _slashed(self, text: str, piece: Piece, *, mixed: bool = False) -> Piece | None:
        match = _SLASHED.match(text, piece.end)
        if match is None or piece.amount.pointed or text[piece.start - 1 : piece.start] == "/":
            return None
        part, whole = piece.amount.value, Decimal(match.group(1))
        clear = self._bare or mixed or (part < whole <= HUNDRED and self._is_share(text, piece.start, match.end()))
        if not whole or not clear:
            return None
        return Piece(piece.start, match.end(), piece.start, match.end(), share_of(part, whole), "fraction", PERCENT, match.end())

    def _is_share(self, text: str, start: int, end: int) -> bool:
        return text.startswith(("以上", "左右", "强", "弱", "的"), end) or text[start - 1 : start] in ("占", "近", "超", "约", "逾")

    def _divided(self, text: str, whole: Piece, at: int) -> Piece | None:
        """百分之三十八点五 is a percentage, 三分之一 a fraction; both in percent."""
        place = self._skip(text, at)
        signed = text[place : place + 1] in self.signs
        place += signed
        match = self._run(text, place)
        part = match and self.numerals.read(match.group())
        if match is None or part is None or not whole.amount.value:
            return None
        end = match.start() + part.length
        found = _share(part.amount, whole.amount.value)
        form = "percent" if _is_power_of_ten(whole.amount.value) else "fraction"
        piece = Piece(whole.start, end, whole.start, end, found, form, PERCENT, end, odd=found.odd, signed=signed)  # type: ignore[arg-type]
        if text[end : end + 1] in ("几", "多", "余"):
            piece.odd, piece.end = True, end + 1
        return piece

    def _hundred_percent(self, text: str, start: int) -> Piece:
        end = start + max(len(word) for word in self._all if text.startswith(word, start))
        return Piece(start, end, start, end, amount(HUNDRED), "percent", PERCENT, end)

    # 半 and 翻番

    def _halved(self, text: str, start: int) -> tuple[Piece | None, int]:
        """一半 and 半数 are 50 %; 半吨 is half a ton; any other 半 (半年, 半夜) is no number here."""
        end = start + 1
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if before == "一" or after == "数":
            begin = start - 1 if before == "一" else start
            stop = end if before == "一" else end + 1
            return Piece(begin, stop, begin, end, _tens_of_percent(50), "fraction", PERCENT, stop), stop
        piece = Piece(start, end, start, end, amount(_HALF, _HALF, pointed=True)._replace(nonzero=_HALF))
        if self._unit_at(text, end, piece) and (piece.form == "tenths" or (piece.unit and piece.unit.measure in _PHYSICAL)):
            return piece, piece.end
        return None, end

    def _turned(self, text: str, start: int) -> tuple[Piece | None, int]:
        """翻一番, 翻番, 翻倍: twice the base; each further 番 doubles again."""
        match = self._turn(text, start)
        if match is None:
            return None, start + 1
        end, turns = match.end(), {"": 1, "一": 1, "两": 2, "三": 3, "四": 4}[match.group(1) or ""]
        piece = Piece(match.start(), end, match.start(), end, amount(Decimal(2**turns)), "multiple", None, end)
        return piece, end

    def qualifier_before(self, text: str, place: int, *, bare_scale: bool = False) -> tuple[int, str] | None:
        """Return where the qualifier that ends at `place` begins and its bound."""
        at = place
        while at and text[at - 1] in " \"'“‘":
            at -= 1
        found = self.before.at(text, at)
        if found is None:
            return None
        start, bound = found
        word = text[start:at]
        if word in self._only_round and not bare_scale:
            return None
        if start and text[start - 1] in self.not_before.get(word, ()):
            return None
        return found

    def blocks_after(self, text: str, end: int, stop: int, piece: Piece) -> bool:
        """Tell whether a word behind the number is no qualifier of it (以下简称, 3起多发案件)."""
        word = text[end:stop].strip()
        if text[stop : stop + 1] in self._not_after.get(word, ()) and stop < len(text):
            return True
        if word not in self._only_measured:
            return False
        measured = piece.unit is not None and piece.unit.measure in _PHYSICAL
        return not (measured or piece.form in ("multiple", "tenths"))


def _and_half(found: Amount) -> Amount:
    """一倍半, 三吨半: half of what the last word counts more."""
    half = _HALF * found.multiplier if found.multiplier > HUNDRED else _HALF
    return amount(found.value + half, half, pointed=True)._replace(nonzero=half)


def _share(part: Amount, whole: Decimal) -> Amount:
    if _is_power_of_ten(whole):
        factor = HUNDRED / whole
        return part._replace(
            value=plain(part.value * factor), step=part.step * factor, nonzero=part.nonzero * factor,
            second=part.second * factor, upper=None if part.upper is None else plain(part.upper * factor),
            multiplier=ONE,
        )  # fmt: skip
    return share_of(part.value, whole)


def share_of(part: Decimal, whole: Decimal) -> Amount:
    """Return a fraction in percent. It is as fine as its denominator: tenths of the whole, or parts if these are smaller."""
    step = min(TEN, plain(HUNDRED / whole))
    return Amount(fraction(part, whole), step, step, step / TEN, True, True)


def _tens_of_percent(value: int) -> Amount:
    return Amount(Decimal(value), TEN, TEN, ONE, True, True)


def _is_power_of_ten(value: Decimal) -> bool:
    return value >= HUNDRED and value.normalize().as_tuple().digits == (1,)


def _is_latin(char: str) -> bool:
    return char.isalpha() and char < "\u0590"


__all__ = ["ChineseGrammar", "Unit", "share_of"]

"""Chinese numerals: a run of characters such as 一百二十三万四千, 两千三百五 or 1万3,811 to an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from tallyroom.quantities.amounts import ARABIC, HUNDRED, ONE, TEN, ZERO, Amount, amount, arabic, plain
from tallyroom.quantities.words import NumberWords

_BIG = Decimal(10000)
_MEMORY = 1 << 15


class Run(NamedTuple):
    """What the longest well-formed beginning of a run of numeral characters says.

    `kind` is `arabic` (digits first), `digit` (one Chinese digit), `row` (digits one by one: 二〇二三),
    `pair` (三四: three or four), `round` (a scale without a digit: 百, 千万), `words` (any other numeral).
    """

    amount: Amount
    length: int
    kind: str


class ChineseNumerals:
    """The numerals of `wording/zh/numbers.yaml`, with a memory of the runs met so far."""

    def __init__(self, words: NumberWords, *, bare: bool) -> None:
        self._worths = _Worths(
            words.worths("digits"), words.worths("tens"), words.worths("scales"), words.worths("latin_scales")
        )
        self.digit_class = "".join(self._worths.digits)
        self.scale_class = "".join(self._worths.scales)
        tens = "".join(self._worths.tens)
        self.han_class = self.digit_class + self.scale_class + tens
        point, odd = words.words("point")[0], "".join(words.words("odd"))
        decimal = "".join(char for char in self.digit_class if char not in "两俩")
        self._pattern = re.compile(self._shape(words, point, odd, decimal, tens, bare=bare)).match
        small = "".join(char for char, worth in self._worths.scales.items() if worth < _BIG)
        big = "".join(char for char, worth in self._worths.scales.items() if worth >= _BIG)
        self._token = re.compile(
            rf"(?P<a>{ARABIC})|(?P<d>[{self.digit_class}](?: *[{self.digit_class}])*)|(?P<t>[{tens}])"
            rf"|(?P<s>[{small}])|(?P<b>[{big}])|(?P<l>{'|'.join(self._worths.latin)})"
            rf"|(?P<p>{point} *[{decimal}](?: *[{decimal}])*)|(?P<o>[{odd}])|(?P<x> +)"
        )
        self._known: dict[str, Run | None] = {}

    def _shape(self, words: NumberWords, point: str, odd: str, decimal: str, tens: str, *, bare: bool) -> str:
        """The pattern of a run. Blanks stand between digits and a scale; among bare numbers anywhere."""
        blank, near = (" *", " *") if bare else ("", "(?:(?<=[0-9]) )?")
        scale = self._scale_shape(words.groups("not_scale"))
        first = rf"(?:[{self.digit_class}{tens}]|{scale})"
        han = rf"(?:{first}|{point}(?={blank}[{decimal}]))"
        latin = rf"(?:{near}(?:{'|'.join(self._worths.latin)})(?![a-z0-9]))?" if bare else ""
        scaled = rf"{near}(?:[{odd}]{near})?{scale}(?:{blank}{han}){{0,60}}"
        digits_again = rf"(?<=[{self.scale_class}零]){near}(?:{ARABIC})"
        return rf"(?:(?:{ARABIC}){latin}|{first}(?:{blank}{han}){{0,60}})(?:{scaled}|{digits_again}){{0,16}}"

    def _scale_shape(self, not_scale: Mapping[str, tuple[str, ...]]) -> str:
        barred = [f"{char}(?!{'|'.join(after)})" for char, after in not_scale.items() if after]
        free = "".join(char for char in self._worths.scales if not not_scale.get(char))
        return f"(?:{'|'.join([f'[{free}]', *barred])})"

    def at(self, text: str, place: int) -> Run | None:
        """Return the numeral that begins at `place`, None if there is none."""
        match = self._pattern(text, place)
        return self.read(match.group()) if match is not None else None

    def end(self, text: str, place: int) -> int:
        """Return where the characters of numerals end that begin at `place`."""
        match = self._pattern(text, place)
        return match.end() if match is not None else place + 1

    def read(self, run: str) -> Run | None:
        """Return what the longest well-formed beginning of `run` says; None where there is none."""
        try:
            return self._known[run]
        except KeyError:
            if len(self._known) > _MEMORY:
                self._known.clear()
            found = self._known[run] = self._read(run)
            return found

    def _read(self, run: str) -> Run | None:
        sum_, best = _Sum(self._worths), None
        for match in self._token.finditer(run):
            kind = match.lastgroup or ""
            if kind == "x":
                continue
            if not sum_.take(kind, match.group()):
                break
            if kind != "o" and sum_.is_whole():
                best = Run(sum_.amount(), match.end(), sum_.kind)
        return best


class _Worths(NamedTuple):
    digits: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    latin: Mapping[str, int]


class _Sum:
    """A numeral as far as it has been read: finished sections, the current one, and a digit in waiting.

    A section is what stands before 万 or 亿. `gap` is how far a pair (三四百) reaches above its lower digit.
    """

    def __init__(self, worths: _Worths) -> None:
        self._worths = worths
        self.parts: list[tuple[Decimal, Decimal]] = []
        self.section, self.gap = ZERO, ZERO
        self.waiting: Decimal | None = None
        self.low, self.step, self.last, self.multiplier = _BIG, ONE, ONE, ONE
        self.zero = self.pointed = self.odd = self.positional = self.started = False
        self.kind = self.previous = ""
        self._takers = {
            "a": self._arabic, "d": self._digits, "t": self._tens, "s": self._small, "b": self._large,
            "l": self._latin, "p": self._point, "o": self._odd,
        }  # fmt: skip

    def take(self, kind: str, text: str) -> bool:
        """Go on with a token; False where it does not belong to the numeral."""
        good = self._takers[kind](text)
        self.previous = kind
        self.started = self.started or kind != "o"
        return good

    def _name(self, kind: str) -> None:
        if not self.started:
            self.kind = kind
        elif self.kind in ("digit", "row", "pair"):
            self.kind = "words"

    def _arabic(self, text: str) -> bool:
        found = arabic(text)
        if found is None or self.waiting is not None or (self.started and found.value >= self.last):
            return False
        self._name("arabic")
        self.waiting, self.step, self.pointed = found.value, found.step, found.pointed
        self.zero = self.zero or len(text) > 1
        self.multiplier = ONE
        return True

    def _digits(self, text: str) -> bool:
        if self.waiting is not None or self.pointed:
            return False
        values = [self._worths.digits[char] for char in text if char != " "]
        self.multiplier = self.step = ONE
        if self.started and values[0] == 0:
            self.zero = True
            values = values[1:]
        if len(values) == 1:
            self._name("digit")
            self.waiting = Decimal(values[0])
        return len(values) < 2 or self._several(values)

    def _several(self, values: list[int]) -> bool:
        """三四 is three or four; at the beginning other digits are read one by one: 二〇二三."""
        if len(values) == 2 and values[0] and (values[1] == values[0] + 1 or values == [3, 5]):
            self._name("pair")
            self.waiting, self.gap = Decimal(values[0]), Decimal(values[1] - values[0])
            return True
        if self.started:
            return False
        self._name("row")
        self.waiting, self.positional = Decimal("".join(map(str, values))), True
        return True

    def _tens(self, text: str) -> bool:
        if self.waiting is not None or self.low <= TEN or self.pointed:
            return False
        self._name("words")
        self.section += self._worths.tens[text]
        self.low = self.last = TEN
        self.step = self.multiplier = ONE
        return True

    def _small(self, text: str) -> bool:
        worth = Decimal(self._worths.scales[text])
        if worth >= self.low or self.positional or (self.pointed and self.kind != "arabic"):
            return False
        if not self._has_digit_for(worth):
            return False
        assert self.waiting is not None
        self.section += self.waiting * worth
        self.gap *= worth
        # 十 says nothing about precision: 二十 is as exact as 20. 三百 may be rounded.
        coarse = worth if worth > TEN or self.kind == "arabic" else ONE
        self.step = self.step * coarse if self.previous == "a" else coarse
        self.waiting, self.zero = None, False
        self.low = self.last = self.multiplier = worth
        return True

    def _has_digit_for(self, worth: Decimal) -> bool:
        """十 begins a numeral or follows 零 or 余 without a digit; 百 and 千 only begin one."""
        if self.waiting is None or (self.waiting == 0 and self.kind == "digit"):
            is_bare_ten = worth == TEN and (self.zero or self.previous == "o")
            if self.started and self.waiting is None and not is_bare_ten:
                return False
            self._name("words" if worth == TEN else "round")
            self.waiting = ONE
            return True
        if self.waiting >= TEN and self.kind != "arabic":
            return False
        self._name("words")
        return True

    def _large(self, text: str) -> bool:
        worth = Decimal(self._worths.scales[text])
        again = self.previous == "b"
        value = self.section + (self.waiting or ZERO) if self.started else ONE
        if not value and not again:
            return False
        while self.parts and (self.parts[-1][0] < worth or (again and self.parts[-1][0] == worth)):
            value += self.parts.pop()[1]
        if not value or (self.parts and self.parts[-1][0] <= worth):
            return False
        self._name("words" if self.started else "round")
        self.parts.append((worth, value * worth))
        self.gap *= worth
        self.multiplier = worth if self.waiting is not None else self.multiplier * worth
        self.step *= worth
        self.section, self.low, self.last = ZERO, _BIG, worth
        self.waiting, self.zero, self.positional = None, False, False
        return True

    def _latin(self, text: str) -> bool:
        if self.waiting is None or self.previous != "a":
            return False
        worth = Decimal(self._worths.latin[text])
        self.section, self.waiting = self.waiting * worth, None
        self.step *= worth
        self.multiplier, self.low = worth, ZERO
        return True

    def _point(self, text: str) -> bool:
        if not self.started or self.pointed or self.gap or self.kind in ("arabic", "round"):
            return False
        self._name("words")
        digits = "".join(str(self._worths.digits[char]) for char in text[1:] if char != " ")
        self.waiting = self._pending() + Decimal(f"0.{digits}")
        self.section, self.pointed, self.zero = ZERO, True, True
        self.step, self.multiplier = ONE.scaleb(-len(digits)), ONE
        return True

    def _odd(self, text: str) -> bool:
        self.odd = True
        return (self.started and not self.pointed) or self.kind == "arabic"

    def is_whole(self) -> bool:
        """Tell whether the numeral may end here; it may not behind 零."""
        return self.waiting is not None or not self.zero or bool(self.section or self.parts)

    def _pending(self) -> Decimal:
        if self.waiting is None:
            return self.section
        if self._is_shorthand():
            return self.section + self.waiting * self.last / TEN
        return self.section + self.waiting

    def _is_shorthand(self) -> bool:
        """一万三, 两千四百五: a last digit without 零 counts tenths of the scale before it."""
        if self.waiting is None or self.zero or self.positional:
            return False
        return self.last >= HUNDRED and self.waiting < TEN

    def amount(self) -> Amount:
        """Return what the numeral says so far."""
        value = sum((part for _, part in self.parts), self._pending())
        tenth = self.last / TEN if self._is_shorthand() else None
        found = amount(value, tenth or self.step, pointed=self.pointed)
        upper = plain(value + self.gap * (tenth or ONE)) if self.gap else None
        return found._replace(multiplier=self.multiplier, upper=upper, odd=self.odd)

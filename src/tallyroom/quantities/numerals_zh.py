"""Chinese numerals: a run of characters such as 一百二十三万四千, 两千三百五 or 1万3,811 to an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from tallyroom.quantities.amounts import (
    ARABIC, HUNDRED, ONE, TEN, ZERO, Amount, amount, arabic, plain,
)  # fmt: skip

BIG = Decimal(10000)


class Run(NamedTuple):
    """What the longest well-formed beginning of a run of numeral characters says.

    `kind` is `arabic` (digits first), `digit` (one Chinese digit), `row` (digits one by one: 二〇二三), `pair` (三四:
    three or four), `round` (a scale without a digit: 百, 千万), `words` (any other numeral).
    """

    amount: Amount
    length: int
    kind: str


class Numerals:
    """The numerals of a list of words (`wording/zh/numbers.yaml`), with a memory of the runs met so far."""

    def __init__(self, digits: Mapping[str, int], tens: Mapping[str, int], scales: Mapping[str, int],
                 latin: Mapping[str, int], not_scale: Mapping[str, str], odd: str, point: str, *, bare: bool) -> None:  # fmt: skip
        self._digits, self._tens, self._scales, self._latin = digits, tens, scales, latin
        self.digit_class = "".join(digits)
        self.scale_class = "".join(scales)
        self.han_class = self.digit_class + self.scale_class + "".join(tens)
        blank = " *" if bare else ""
        near = " *" if bare else "(?:(?<=[0-9]) )?"
        scale = self._scale_pattern(not_scale)
        digit, odd_class = f"[{self.digit_class}{''.join(tens)}]", f"[{odd}]"
        decimal = "".join(char for char in digits if char not in "两俩")
        han = rf"(?:{digit}|{scale}|{point}(?={blank}[{decimal}]))"
        latin_scale = f"(?:{near}(?:{'|'.join(latin)})(?![a-z0-9]))" if bare else "(?!)"
        more = rf"(?:{near}(?:{odd_class}{near})?{scale}(?:{blank}{han}){{0,60}}|(?<=[{self.scale_class}零]){near}(?:{ARABIC}))"
        self.pattern = rf"(?:(?:{ARABIC}){latin_scale}?|(?:{digit}|{scale})(?:{blank}{han}){{0,60}}){more}{{0,16}}"
        self._token = re.compile(
            rf"(?P<a>{ARABIC})|(?P<d>[{self.digit_class}](?: *[{self.digit_class}])*)|(?P<t>[{''.join(tens) or '廿'}])"
            rf"|(?P<s>[{self._of(lambda worth: worth < BIG)}])|(?P<b>[{self._of(lambda worth: worth >= BIG)}])"
            rf"|(?P<l>{'|'.join(latin)})|(?P<p>{point} *[{decimal}](?: *[{decimal}])*)|(?P<o>{odd_class})|(?P<x> +)"
        )
        self._known: dict[str, Run | None] = {}

    def _scale_pattern(self, not_scale: Mapping[str, str]) -> str:
        parts = [f"{char}(?!{after})" for char, after in not_scale.items() if after]
        free = "".join(char for char in self._scales if char not in not_scale)
        return "(?:" + "|".join([f"[{free}]", *parts]) + ")"

    def _of(self, chosen) -> str:  # type: ignore[no-untyped-def]
        return "".join(char for char, worth in self._scales.items() if chosen(worth))

    def read(self, run: str) -> Run | None:
        """Return what the longest well-formed beginning of `run` says; None where there is none."""
        try:
            return self._known[run]
        except KeyError:
            if len(self._known) > 1 << 15:
                self._known.clear()
            found = self._known[run] = self._read(run)
            return found

    def _read(self, run: str) -> Run | None:
        sum_, best = _Sum(self._digits, self._tens, self._scales, self._latin), None
        for match in self._token.finditer(run[:120]):
            kind = match.lastgroup or ""
            if kind == "x":
                continue
            if not sum_.take(kind, match.group()):
                break
            if kind not in "o" and sum_.whole():
                best = Run(sum_.amount(), match.end(), sum_.kind)
        return best


class _Sum:
    """A numeral as far as it has been read: finished sections, the current one, and a digit in waiting."""

    def __init__(self, digits: Mapping[str, int], tens: Mapping[str, int], scales: Mapping[str, int],
                 latin: Mapping[str, int]) -> None:  # fmt: skip
        self._digits, self._tens, self._scales, self._latin = digits, tens, scales, latin
        self.parts: list[tuple[Decimal, Decimal]] = []
        self.section = ZERO
        self.low = BIG
        self.waiting: Decimal | None = None
        self.gap = ZERO
        self.step = ONE
        self.last = ONE
        self.multiplier = ONE
        self.zero = self.pointed = self.odd = self.positional = self.started = False
        self.kind, self.previous = "", ""

    def take(self, kind: str, text: str) -> bool:
        good: bool = getattr(self, f"_take_{kind}")(text)
        self.previous = kind
        if kind != "o":
            self.started = True
        return good

    def _first(self, kind: str) -> None:
        self.kind = kind if not self.started else ("words" if self.kind in ("digit", "row", "pair") else self.kind)

    def _take_a(self, text: str) -> bool:
        found = arabic(text)
        if found is None or self.waiting is not None or (self.started and found.value >= self.last):
            return False
        self._first("arabic")
        self.waiting, self.step, self.pointed = found.value, found.step, found.pointed
        self.zero = self.zero or len(text) > 1
        self.multiplier = ONE
        return True

    def _take_d(self, text: str) -> bool:
        if self.waiting is not None or self.pointed:
            return False
        values = [self._digits[char] for char in text if char != " "]
        self.multiplier = ONE
        if self.started and values[0] == 0:
            self.zero = True
            values = values[1:]
            if not values:
                return True
        self.step = ONE
        return self._one(values) if len(values) == 1 else self._several(values)

    def _one(self, values: list[int]) -> bool:
        self._first("digit")
        self.waiting = Decimal(values[0])
        return True

    def _several(self, values: list[int]) -> bool:
        if len(values) == 2 and (values[1] == values[0] + 1 or values == [3, 5]) and values[0]:
            self._first("pair")
            self.waiting, self.gap = Decimal(values[0]), Decimal(values[1] - values[0])
            return True
        if self.started:
            return False
        self._first("row")
        self.waiting, self.positional = Decimal("".join(map(str, values))), True
        return True

    def _take_t(self, text: str) -> bool:
        if self.waiting is not None or self.low <= TEN or self.pointed:
            return False
        self._first("words")
        self.section += self._tens[text]
        self.low = self.last = TEN
        self.step = self.multiplier = ONE
        return True

    def _take_s(self, text: str) -> bool:
        worth = Decimal(self._scales[text])
        if worth >= self.low or self.positional or (self.pointed and self.kind != "arabic"):
            return False
        if self.waiting is None or (self.waiting == 0 and self.kind == "digit"):
            if self.started and self.waiting is None and not (self.zero and worth == TEN) and not (worth == TEN and self.previous == "o"):
                return False
            self._first("words" if worth == TEN else "round")
            self.waiting = ONE
        elif self.waiting >= TEN and self.kind != "arabic":
            return False
        else:
            self._first("words")
        self.section += self.waiting * worth
        self.gap *= worth
        self._scaled(worth if worth > TEN or self.kind == "arabic" else ONE, worth)
        self.low = self.last = worth
        return True

    def _scaled(self, step: Decimal, worth: Decimal) -> None:
        self.step = self.step * step if self.previous == "a" else step
        self.multiplier = worth
        self.waiting, self.zero = None, False

    def _take_b(self, text: str) -> bool:
        worth = Decimal(self._scales[text])
        again = self.previous == "b"
        value = self.section + (self.waiting or ZERO)
        if not self.started:
            value = ONE
        elif not value and not again:
            return False
        while self.parts and (self.parts[-1][0] < worth or (again and self.parts[-1][0] == worth)):
            value += self.parts.pop()[1]
        if not value or (self.parts and self.parts[-1][0] <= worth):
            return False
        self._first("words" if self.started else "round")
        self.parts.append((worth, value * worth))
        self.gap *= worth
        self.multiplier = worth if self.waiting is not None else self.multiplier * worth
        self.step *= worth
        self.section, self.low, self.waiting, self.zero, self.last = ZERO, BIG, None, False, worth
        self.positional = False
        return True

    def _take_l(self, text: str) -> bool:
        if self.waiting is None or self.previous != "a":
            return False
        worth = Decimal(self._latin[text])
        self.section, self.waiting = self.waiting * worth, None
        self.step *= worth
        self.multiplier, self.low = worth, ZERO
        return True

    def _take_p(self, text: str) -> bool:
        if not self.started or self.pointed or self.gap or self.kind in ("arabic", "round"):
            return False
        self._first("words")
        digits = "".join(str(self._digits[char]) for char in text[1:] if char != " ")
        whole = self._pending()
        self.waiting = whole + Decimal(f"0.{digits}")
        self.section, self.pointed, self.zero = ZERO, True, True
        self.step, self.multiplier = ONE.scaleb(-len(digits)), ONE
        return True

    def _take_o(self, text: str) -> bool:
        self.odd = True
        return self.started and not self.pointed or self.kind == "arabic"

    def whole(self) -> bool:
        return self.started and not (self.waiting is None and self.zero and not self.section and not self.parts)

    def _pending(self) -> Decimal:
        """What the current section is worth: a digit after 万 or 百 and without 零 counts tenths of it (一万三)."""
        if self.waiting is None:
            return self.section
        if self._shorthand():
            return self.section + self.waiting * self.last / TEN
        return self.section + self.waiting

    def _shorthand(self) -> bool:
        assert self.waiting is not None
        return not self.zero and self.last >= HUNDRED and self.waiting < TEN and not self.positional

    def amount(self) -> Amount:
        pending = self._pending()
        value = sum((part for _, part in self.parts), pending)
        short = self.waiting is not None and self._shorthand()
        step = self.last / TEN if short else self.step
        found = amount(value, step, pointed=self.pointed)
        upper = None
        if self.gap:
            upper = plain(value + self.gap * (self.last / TEN if short else ONE))
        return found._replace(multiplier=self.multiplier, upper=upper, odd=self.odd)

"""English numerals: words such as "two hundred and fifty thousand" or "half a million" to an amount."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from tallyroom.quantities.amounts import (
    HUNDRED,
    ONE,
    TEN,
    ZERO,
    Amount,
    amount,
    arabic,
    multiplied,
    plain,
    share,
)
from tallyroom.quantities.words import NumberWords

_TOKEN = re.compile(r"[a-z]+|[0-9.][0-9,.' ]*[0-9]|[0-9]")
_THOUSAND = Decimal(1000)


class Run(NamedTuple):
    """What the longest well-formed beginning of a phrase says, and how many characters it takes.

    `kind` is `words`, `arabic` (digits first), `ordinal`, `fraction`, `part` (a third: fraction or ordinal),
    `half`, `multiple`. The amount of a fraction is in percent.
    """

    amount: Amount
    length: int
    kind: str


class _Token(NamedTuple):
    text: str
    end: int


class EnglishNumerals:
    """The numerals of `wording/en/numbers.yaml`, with a memory of the phrases met so far."""

    def __init__(self, words: NumberWords, *, bare: bool) -> None:
        self._bare = bare
        self._units, self._tens = words.worths("units"), words.worths("tens")
        self._scales, self._ordinals = words.worths("scales"), words.worths("ordinals")
        self._halves = words.worths("halves")
        self._plural = frozenset(words.words("plural_scales"))
        self._known: dict[str, Run | None] = {}
        self._fold = {
            f"{word}fold": worth for word, worth in {**self._units, **self._tens, "hundred": 100}.items()
        }
        self._multiples = {
            word: Decimal(worth) for word, worth in (words.lists.get("multiples") or {}).items()
        }

    @property
    def heads(self) -> list[str]:
        """The words that a numeral may begin with or go on with."""
        plurals = [f"{word}s" for word in self._ordinals]
        return [
            *self._units,
            *self._tens,
            *self._scales,
            *self._ordinals,
            *plurals,
            *self._halves,
            *self._fold,
            *self._multiples,
        ]

    @property
    def scale_words(self) -> list[str]:
        return list(self._scales)

    @property
    def part_words(self) -> list[str]:
        return [*self._halves, *self._ordinals]

    def read(self, phrase: str) -> Run | None:
        """Return what the longest well-formed beginning of `phrase` says; None where there is none."""
        try:
            return self._known[phrase]
        except KeyError:
            if len(self._known) > 1 << 15:
                self._known.clear()
            tokens = [_Token(match.group(), match.end()) for match in _TOKEN.finditer(phrase[:200])]
            found = self._known[phrase] = self._read(tokens)
            return found

    def _read(self, tokens: list[_Token]) -> Run | None:
        if not tokens:
            return None
        first = tokens[0].text
        if first in self._multiples:
            return Run(amount(self._multiples[first]), tokens[0].end, "multiple")
        if first in self._fold:
            return Run(amount(Decimal(self._fold[first])), tokens[0].end, "multiple")
        if first in self._halves:
            return self._part_first(tokens, 0, ONE)
        if first in ("a", "an"):
            return self._article(tokens)
        if first in self._ordinals:
            return Run(amount(Decimal(self._ordinals[first])), tokens[0].end, "ordinal")
        return self._number(tokens)

    def _article(self, tokens: list[_Token]) -> Run | None:
        if len(tokens) < 2:
            return None
        second = tokens[1].text
        if second in self._halves:
            return self._part_first(tokens, 1, ONE)
        if second in self._ordinals:
            return self._article_part(tokens)
        if second in self._scales and second not in self._plural and second != "score":
            return self._number(tokens, 1)
        return None

    def _article_part(self, tokens: list[_Token]) -> Run | None:
        """A third; a twenty-first is no fraction outside lists of numbers."""
        whole, k = self._denominator(tokens, 1)
        if whole < 3:
            return None
        return Run(share(ONE, whole), tokens[k - 1].end, "part")

    def _denominator(self, tokens: list[_Token], k: int) -> tuple[Decimal, int]:
        return Decimal(self._ordinals[tokens[k].text.removesuffix("s")]), k + 1

    def _part_first(self, tokens: list[_Token], k: int, count: Decimal) -> Run | None:
        """Half a million, a quarter of a million; half and a quarter alone."""
        whole = Decimal(self._halves[tokens[k].text])
        scale, last = self._scale_after(tokens, k + 1)
        if scale is not None:
            found = multiplied(amount(count / whole, ONE / whole, pointed=True), scale)
            return Run(_worded(found, scale), tokens[last].end, "words")
        if k == 0 and whole == 4:
            return None  # "the third quarter" is a stretch of time
        kind = "half" if whole == 2 and count == 1 else ("part" if count == 1 else "fraction")
        return Run(share(count, whole), tokens[k].end, kind)

    def _scale_after(self, tokens: list[_Token], k: int) -> tuple[Decimal | None, int]:
        while k < len(tokens) and tokens[k].text in ("of", "a", "an"):
            k += 1
        if k < len(tokens) and tokens[k].text in self._scales and tokens[k].text not in self._plural:
            return Decimal(self._scales[tokens[k].text]), k
        return None, k

    # Whole numbers

    def _number(self, tokens: list[_Token], k: int = 0) -> Run | None:
        start = k
        found, k = self._whole(tokens, k)
        if found is None:
            return None
        kind = "words" if tokens[start].text[0].isalpha() else "arabic"
        run = Run(found, tokens[k - 1].end, kind)
        return (
            self._half_more(tokens, k, run)
            or self._pointed(tokens, k, run)
            or self._ranked(tokens, k, run)
            or run
        )

    def _whole(self, tokens: list[_Token], k: int) -> tuple[Amount | None, int]:
        """Groups of up to three digits, each with a smaller scale than the one before."""
        total, k_end, limit, step, scale = ZERO, k, None, ONE, ONE
        digits: Amount | None = None
        while True:
            group, at = self._group(tokens, k, first=limit is None)
            if group is None:
                break
            worth, after = self._scales_at(tokens, at)
            if limit is not None and (worth >= limit or group.value * worth >= limit):
                break
            total += group.value * worth
            digits, step, scale, k_end = group, group.step * worth, worth * group.multiplier, after
            if worth == ONE:
                break
            limit, k = worth, after
            if k < len(tokens) and tokens[k].text == "and" and self._joins(tokens, k + 1):
                k += 1
        if digits is None:
            return None, k
        found = amount(total, step, pointed=digits.pointed)
        return found._replace(multiplier=scale, scaled=digits.pointed or step > 1), k_end

    def _joins(self, tokens: list[_Token], k: int) -> bool:
        """Two thousand and five: the rest after `and`; numbers that digits begin take none in prose."""
        if k >= len(tokens) or tokens[k].text in ("a", "an"):
            return False
        if self._is_part(tokens, k):
            return False
        return self._bare or tokens[0].text[0].isalpha()

    def _is_part(self, tokens: list[_Token], k: int) -> bool:
        """Three quarters, two thirds, one half: what follows `and` is a fraction."""
        count, at = self._below_hundred(tokens, k)
        if count is None or at >= len(tokens):
            return False
        text = tokens[at].text
        whole = self._halves.get(text) or self._ordinals.get(text.removesuffix("s"), 0)
        return count < whole and (text in self._halves or text.endswith("s") or count == 1)

    def _scales_at(self, tokens: list[_Token], k: int) -> tuple[Decimal, int]:
        worth = ONE
        while k < len(tokens) and tokens[k].text in self._scales:
            if tokens[k].text == "score" and worth == ONE and k == 0:
                break
            worth *= self._scales[tokens[k].text]
            k += 1
        return worth, k

    def _group(self, tokens: list[_Token], k: int, *, first: bool) -> tuple[Amount | None, int]:
        if k >= len(tokens):
            return None, k
        text = tokens[k].text
        if not text[0].isalpha():
            found = arabic(text)
            return (found, k + 1) if found is not None and (first or self._bare) else (None, k)
        if first and text in self._scales and k and tokens[k - 1].text in ("a", "an"):
            return amount(ONE), k
        return self._below_thousand(tokens, k)

    def _below_thousand(self, tokens: list[_Token], k: int) -> tuple[Amount | None, int]:
        small, at = self._below_hundred(tokens, k)
        if small is None:
            return None, k
        if at >= len(tokens) or tokens[at].text != "hundred":
            return amount(small), at
        value, at = small * HUNDRED, at + 1
        more = at + 1 if at < len(tokens) and tokens[at].text == "and" else at
        rest, after = self._below_hundred(tokens, more)
        if rest is not None and more > at and self._is_part(tokens, more):
            rest = None
        if rest is None or (after < len(tokens) and tokens[after].text == "hundred"):
            return amount(value, HUNDRED)._replace(multiplier=HUNDRED), at
        return amount(value + rest), after

    def _below_hundred(self, tokens: list[_Token], k: int) -> tuple[Decimal | None, int]:
        if k >= len(tokens):
            return None, k
        text = tokens[k].text
        if text in self._units:
            return Decimal(self._units[text]), k + 1
        if text not in self._tens:
            return None, k
        value = self._tens[text]
        unit = self._units.get(tokens[k + 1].text, 0) if k + 1 < len(tokens) else 0
        return (Decimal(value + unit), k + 2) if 0 < unit < 10 else (Decimal(value), k + 1)

    # What may follow a whole number

    def _half_more(self, tokens: list[_Token], k: int, run: Run) -> Run | None:
        """One and a half, two and three quarters (million): and what part of the last scale."""
        if k + 1 >= len(tokens) or tokens[k].text != "and":
            return None
        at, count = k + 1, ONE
        if tokens[at].text in ("a", "an", "one"):
            at += 1
        else:
            several, at = self._below_hundred(tokens, at)
            count = several or ONE
        whole = self._part_word(tokens, at)
        if whole is None or (at == k + 1 and not self._bare):
            return None
        part = count / whole
        scale, last = self._scale_after(tokens, at + 1)
        if scale is not None and run.amount.multiplier == ONE:
            found = multiplied(amount(run.amount.value + part, part, pointed=True), scale)
            return Run(_worded(found, scale), tokens[last].end, run.kind)
        worth = run.amount.multiplier if run.amount.multiplier >= _THOUSAND else ONE
        if scale is not None and scale < worth:
            worth, at = scale, last
        value = plain(run.amount.value + (part * worth).quantize(Decimal("1e-9")))
        found = amount(value, plain(part * worth), pointed=True)
        return Run(found._replace(nonzero=plain(part * worth)), tokens[at].end, run.kind)

    def _part_word(self, tokens: list[_Token], k: int) -> Decimal | None:
        if k >= len(tokens):
            return None
        text = tokens[k].text
        if text in self._halves:
            return Decimal(self._halves[text])
        worth = self._ordinals.get(text.removesuffix("s"))
        return Decimal(worth) if worth is not None and worth > 2 else None

    def _pointed(self, tokens: list[_Token], k: int, run: Run) -> Run | None:
        """Five point two: digits one by one; also "point seventy-one"."""
        if k + 1 >= len(tokens) or tokens[k].text != "point" or run.amount.pointed:
            return None
        digits, at = "", k + 1
        while at < len(tokens):
            value, after = self._below_hundred(tokens, at)
            if value is None:
                break
            digits, at = digits + str(value), after
        if not digits:
            return None
        worth, at = self._scales_at(tokens, at)
        found = amount(run.amount.value + Decimal(f"0.{digits}"), ONE.scaleb(-len(digits)), pointed=True)
        return Run(multiplied(found, worth) if worth > 1 else found, tokens[at - 1].end, run.kind)

    def _ranked(self, tokens: list[_Token], k: int, run: Run) -> Run | None:
        """Twenty-first is an ordinal, two thirds a fraction, three quarters too."""
        if k >= len(tokens):
            return None
        text = tokens[k].text
        if text in self._halves:
            part = self._part_first(tokens, k, run.amount.value)
            return (
                part._replace(kind="fraction" if part.kind in ("half", "part") else part.kind)
                if part
                else None
            )
        worth = self._ordinals.get(text.removesuffix("s"))
        if worth is None:
            return None
        last = tokens[k - 1].text
        if not text.endswith("s") and last in self._tens and worth < TEN:
            return Run(amount(run.amount.value + worth), tokens[k].end, "ordinal")
        if not text.endswith("s") and last in ("hundred", "thousand", "million", "and") and worth < HUNDRED:
            return Run(amount(run.amount.value + worth), tokens[k].end, "ordinal")
        if worth < 3 or (not text.endswith("s") and run.amount.value != ONE):
            return None
        scale, at = self._scale_after(tokens, k + 1)
        if scale is not None:
            value = plain((run.amount.value * scale / worth).quantize(Decimal("1e-6")))
            return Run(_worded(amount(value), scale), tokens[at].end, "words")
        return Run(share(run.amount.value, Decimal(worth)), tokens[k].end, "fraction")


def _worded(found: Amount, scale: Decimal) -> Amount:
    """Half a million says as much as its own half: 500,000 give or take half of that half."""
    return found._replace(multiplier=scale, step=found.step, nonzero=found.step, scaled=True, pointed=True)

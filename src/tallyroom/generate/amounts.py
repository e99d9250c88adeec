"""A whole number of cases, people, grams or coins, written as agencies write: exactly, rounded, in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from tallyroom.generate.dice import Dice
from tallyroom.generate.nouns import Amount, Language

Style = Literal["free", "plain"]
"""`plain` has no qualifier and no number words: for tables and lists that pair by order."""

_DIGITS = "零一二三四五六七八九"
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class _Scale(NamedTuple):
    """A unit of writing: the words for it, and its worth in units of the true value and of the row's."""

    words: tuple[str, ...]
    worth: int
    value: Decimal


_ONE = Decimal(1)
_MASS: dict[Language, tuple[_Scale, ...]] = {
    "zh": (
        _Scale(("吨",), 1_000_000, Decimal(1000)),
        _Scale(("公斤", "千克"), 1000, _ONE),
        _Scale(("克",), 1, Decimal("0.001")),
    ),
    "en": (
        _Scale((" tonnes", " tons", " metric tons"), 1_000_000, Decimal(1000)),
        _Scale((" kg", " kilograms", " kilos"), 1000, _ONE),
        _Scale((" grams", " g"), 1, Decimal("0.001")),
    ),
}
_MONEY: dict[Language, tuple[_Scale, ...]] = {
    "zh": (_Scale(("亿元",), 100_000_000, _ONE.scaleb(8)), _Scale(("万元",), 10_000, _ONE.scaleb(4))),
    "en": (
        _Scale((" billion yuan",), 1_000_000_000, _ONE.scaleb(9)),
        _Scale((" million yuan",), 1_000_000, _ONE.scaleb(6)),
    ),
}
_SHORT = 9
"""Characters of `1 tonnes`."""
_QUALIFIERS: dict[Language, dict[str, tuple[str, ...]]] = {
    "zh": {"below": ("近", "将近"), "above": ("超过", "逾", "超"), "about": ("约", "大约")},
    "en": {
        "below": ("nearly ", "almost "),
        "above": ("more than ", "over "),
        "about": ("about ", "around ", "approximately "),
    },
}
_MEANS = {"below": "approx", "above": "at_least", "about": "approx"}


def write_count(count: int, lang: Language, dice: Dice, counter: str = "", style: Style = "free") -> Amount:
    """Write a count of two or more; `counter` follows a Chinese number and belongs to the figure."""
    ways: list[Callable[[], Amount]] = [lambda: _digits(count, lang, dice, counter)] * 6
    if style == "free" and 2 <= count < len(_SMALL) + 2:
        ways += [lambda: _in_words(count, lang, counter)] * 4
    if style == "free" and count >= 130:
        ways += [lambda: _qualified(count, lang, dice, counter)] * 2
    if count >= 13_000 and lang == "zh":
        ways += [lambda: _in_ten_thousands(count, dice, counter, style)] * 4
    if count >= 2_000_000 and lang == "en":
        ways += [
            lambda: _in_scale(count, _Scale((" million",), 10**6, _ONE.scaleb(6)), dice, "en", style)
        ] * 4
    return dice.pick(ways)()


def write_mass(grams: int, lang: Language, dice: Dice, style: Style = "free") -> Amount:
    """Write a mass in the unit that its size asks for, mostly; now and then in the next smaller one."""
    return _in_some_scale(grams, _MASS[lang], lang, dice, style)


def write_money(amount: int, lang: Language, dice: Dice, style: Style = "free") -> Amount:
    """Write a sum of yuan."""
    return _in_some_scale(amount, _MONEY[lang], lang, dice, style)


def write_percent(tenths: int, lang: Language, dice: Dice) -> Amount:
    """Write tenths of a percent without their sign; the value keeps it."""
    shown = _plain(Decimal(abs(tenths)).scaleb(-1))
    unit = "%" if lang == "zh" else dice.pick(("%", " per cent", " percent"))
    return Amount(shown + unit, Decimal(tenths).scaleb(-1))


def rounded(amount: int, worth: int) -> int:
    """Round to a multiple of `worth`; halves go up."""
    return (2 * amount + worth) // (2 * worth) * worth


def grouped(number: int) -> str:
    """Write a number with commas."""
    return f"{number:,}"


def _digits(count: int, lang: Language, dice: Dice, counter: str) -> Amount:
    year_like = lang == "en" and 1800 <= count < 2200
    commas = count >= 1000 and (year_like or dice.chance(85 if lang == "en" else 25))
    return Amount((grouped(count) if commas else str(count)) + counter, Decimal(count))


def _in_words(count: int, lang: Language, counter: str) -> Amount:
    if lang == "en":
        return Amount(_SMALL[count - 2], Decimal(count))
    return Amount(chinese(count) + counter, Decimal(count))


def chinese(number: int) -> str:
    """Write a number below a hundred in Chinese numerals, as before a counter (两 for 2).

    Examples:
        >>> chinese(2), chinese(10), chinese(17), chinese(40)
        ('两', '十', '十七', '四十')
    """
    if number < 10:
        return "两" if number == 2 else _DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _qualified(count: int, lang: Language, dice: Dice, counter: str) -> Amount:
    """Round to two digits and say on which side the truth lies."""
    worth = 10 ** (len(str(count)) - 2)
    low = count // worth * worth
    kind = dice.pick(("below", "above", "about", "odd")) if lang == "zh" else dice.pick(tuple(_MEANS))
    if kind == "odd":
        return Amount(f"{low}{dice.pick('余多')}{counter}", Decimal(low), qualifier="at_least")
    shown = {"below": low + worth, "above": low, "about": rounded(count, worth)}[kind]
    text = (grouped(shown) if lang == "en" else str(shown)) + counter
    before = dice.pick(_QUALIFIERS[lang][kind])
    return Amount(text, Decimal(shown), before=before, qualifier=_MEANS[kind])


def _in_ten_thousands(count: int, dice: Dice, counter: str, style: Style) -> Amount:
    if style == "free" and dice.chance(25):
        low = count // 1000
        written = _plain(Decimal(low).scaleb(-1))
        return Amount(f"{written}万{dice.pick('余多')}{counter}", Decimal(low * 1000), qualifier="at_least")
    shown = rounded(count, 100)
    return Amount(f"{_plain(Decimal(shown).scaleb(-4))}万{counter}", Decimal(shown))


def _in_some_scale(
    amount: int, scales: tuple[_Scale, ...], lang: Language, dice: Dice, style: Style
) -> Amount:
    """Take the largest scale in which the amount is at least one, or the next smaller one."""
    fitting = [at for at, scale in enumerate(scales) if amount >= scale.worth] or [len(scales) - 1]
    at = fitting[0]
    if dice.chance(25) and at + 1 < len(scales) and amount < 100 * scales[at].worth:
        at += 1
    written = _in_scale(amount, scales[at], dice, lang, style)
    if at + 1 < len(scales) and written.text.partition(" ")[0].isdecimal() and lang == "en":
        # `2 tons and 138 kilos` is one mass, and nobody writes `1 tons`
        return _in_scale(amount, scales[at + 1], dice, lang, style) if len(written.text) < _SHORT else written
    return written


def _in_scale(amount: int, scale: _Scale, dice: Dice, lang: Language, style: Style) -> Amount:
    """Write with three digits or so; with a qualifier, two digits and the side on which the truth lies."""
    decimals = _decimals(amount, scale, 3 - dice.between(0, 1))
    if (
        style == "free"
        and amount >= 10 * scale.worth // 10 ** _decimals(amount, scale, 2)
        and dice.chance(20)
    ):
        step = max(scale.worth // 10 ** _decimals(amount, scale, 2), 10 ** (len(str(amount)) - 2))
        kind = dice.pick(tuple(_MEANS))
        shown = {"below": amount // step * step + step, "above": amount // step * step}.get(
            kind, rounded(amount, step)
        )
        written = _scaled(shown, scale, lang, dice)
        return msgspec.structs.replace(
            written, before=dice.pick(_QUALIFIERS[lang][kind]), qualifier=_MEANS[kind]
        )
    step = scale.worth // 10**decimals
    return _scaled(max(step, rounded(amount, step)), scale, lang, dice)


def _decimals(amount: int, scale: _Scale, digits: int) -> int:
    """How many decimals make so many digits, as far as the unit has them."""
    whole = amount // scale.worth
    return min(len(str(scale.worth)) - 1, max(0, digits - len(str(whole))) if whole else digits)


def _scaled(shown: int, scale: _Scale, lang: Language, dice: Dice) -> Amount:
    digits = Decimal(shown) / scale.worth
    written = grouped(int(digits)) if lang == "en" and shown % scale.worth == 0 else _plain(digits)
    return Amount(written + dice.pick(scale.words), digits * scale.value)


def _plain(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits

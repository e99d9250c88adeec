"""Slips of the pen: whether a small one turns the number as written into one that would fit.

A slip is told only where it says something: where one number alone of its kind fits. Of the thousand numbers that a
wrong digit can make, some lie in any wide range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import msgspec

from tallyroom.model.campaign import Words
from tallyroom.model.quantity import Interval

Kind = Literal["exchanged", "wrong_digit", "extra_digit", "missing_digit", "point", "scale"]
KINDS: tuple[Kind, ...] = ("exchanged", "scale", "wrong_digit", "extra_digit", "missing_digit", "point")
"""The most likely ones first. A scale is told before digits: of few that there are, one fits."""
FEWEST_DIGITS: dict[Kind, int] = {
    "exchanged": 2, "wrong_digit": 3, "extra_digit": 3, "missing_digit": 2, "point": 1, "scale": 1,
}  # fmt: skip
"""Shorter numbers have no slips of a kind: any other digit is then another number."""
WIDEST: dict[Kind, Decimal | None] = {
    "exchanged": None, "wrong_digit": Decimal("1.1"), "extra_digit": Decimal("1.1"), "missing_digit": Decimal("1.1"),
    "point": Decimal(5), "scale": Decimal(5),
}  # fmt: skip
"""How many times its low end the high end of a range may be: a power of ten hits only a wide one by chance."""
SAYS: dict[Kind, Words] = {
    "exchanged": {"en": "two digits exchanged", "zh": "相邻两位数字颠倒"},
    "wrong_digit": {"en": "one digit wrong", "zh": "一位数字有误"},
    "extra_digit": {"en": "one digit too many", "zh": "多写一位数字"},
    "missing_digit": {"en": "one digit missing", "zh": "漏写一位数字"},
    "point": {"en": "the decimal point shifted", "zh": "小数点错位"},
}
SCALES: tuple[tuple[str, str, Decimal], ...] = (
    ("亿", "万", Decimal("1e-4")),
    ("万", "亿", Decimal("1e4")),
    ("万", "", Decimal("1e-4")),
    ("", "万", Decimal("1e4")),
    ("billion", "million", Decimal("1e-3")),
    ("million", "billion", Decimal("1e3")),
    ("million", "thousand", Decimal("1e-3")),
    ("thousand", "million", Decimal("1e3")),
    ("公斤", "吨", Decimal("1e3")),
    ("千克", "吨", Decimal("1e3")),
    ("吨", "公斤", Decimal("1e-3")),
    ("公斤", "斤", Decimal("0.5")),
    ("公斤", "克", Decimal("1e-3")),
    ("千克", "克", Decimal("1e-3")),
    ("斤", "公斤", Decimal(2)),
    ("克", "千克", Decimal("1e3")),
    ("kilograms", "tons", Decimal("1e3")),
    ("kilogrammes", "tonnes", Decimal("1e3")),
    ("kg", "tons", Decimal("1e3")),
    ("tonnes", "kg", Decimal("1e-3")),
    ("tons", "kg", Decimal("1e-3")),
    ("grams", "kg", Decimal("1e3")),
    ("kilograms", "grams", Decimal("1e-3")),
    ("kg", "g", Decimal("1e-3")),
)
"""What is written, what may have been meant, and what the value is then multiplied by."""
_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_LETTERS = re.compile(r"[A-Za-z]+")


class Slip(msgspec.Struct, frozen=True):
    """One slip: its kind, the number that was meant, and what it says of it (`8567 for 8657: two digits exchanged`)."""

    kind: Kind
    meant: Decimal
    says: Words


def slips(written: str, value: Decimal, reach: Interval, step: Decimal = Decimal(0)) -> tuple[Slip, ...]:
    """Find the slips that would explain a number which does not fit.

    Args:
        written: The figure as written, with its unit: `8,567`, `26.98万`, `1.31 tons`.
        value: What it was read as, in the canonical unit.
        reach: Where the measure would have to lie, in the same unit.
        step: The worth of the last written digit: a rounded number fits if what it was rounded from can.

    Returns:
        The slips that fit, the most likely one first; none where the number fits as it is, or tells too little.
    """
    numeral = _NUMERAL.search(written)
    if _fits(value, reach, step) or value <= 0:
        return ()
    found = {
        kind: _only(kind, numeral.group() if numeral else "", written, value, reach, step) for kind in KINDS
    }
    return tuple(slip for kind in KINDS if (slip := found[kind]) is not None)


def _only(
    kind: Kind, numeral: str, written: str, value: Decimal, reach: Interval, step: Decimal
) -> Slip | None:
    """The slip of a kind, if one number alone fits."""
    if not _is_narrow(reach, WIDEST[kind]):
        return None
    if kind == "scale":
        scales = [(was, meant, value * by) for was, meant, by in _scales(written)]
        fitting = [scale for scale in scales if _fits(scale[2], reach, step * scale[2] / value)]
        return _scale_slip(written, *fitting[0]) if fitting else None
    plain = _plain(numeral)
    if len(plain) < FEWEST_DIGITS[kind] or not Decimal(plain):
        return None
    worth = value / Decimal(plain)
    numbers = {Decimal(text): text for text in _candidates(kind, plain)}
    meant = [number for number in numbers if number and _fits(number * worth, reach, step)]
    if len(meant) != 1:
        return None
    says = _says(kind, numeral, _grouped(numbers[meant[0]], "," in numeral))
    return Slip(kind, _unscaled(meant[0] * worth), says)


def _fits(value: Decimal, reach: Interval, step: Decimal) -> bool:
    """Whether some number that rounds to `value` lies within `reach`."""
    half = step / 2
    if reach.low is not None and (value + half < reach.low or (reach.low_open and value + half == reach.low)):
        return False
    return (
        reach.high is None
        or value - half < reach.high
        or (value - half == reach.high and not reach.high_open)
    )


def _is_narrow(reach: Interval, widest: Decimal | None) -> bool:
    """Whether a slip is not likely to hit it by chance."""
    if widest is None:
        return True
    return reach.low is not None and reach.high is not None and 0 < reach.high <= reach.low * widest


def _plain(numeral: str) -> str:
    return "".join("." if sign in ".．" else str(int(sign)) for sign in numeral if sign not in ",，")


def _candidates(kind: Kind, plain: str) -> Iterator[str]:
    if kind == "point":
        yield from (_pointed(Decimal(plain).scaleb(by)) for by in (-3, -2, -1, 1, 2, 3))
    elif kind == "missing_digit":
        places = range(len(plain) + 1)
        yield from (_kept(plain[:at] + digit + plain[at:]) for at in places for digit in "0123456789")
    else:
        for at, sign in enumerate(plain):
            if sign != ".":
                yield from (_kept(text) for text in _changed(kind, plain, at))


def _changed(kind: Kind, plain: str, at: int) -> Iterator[str]:
    """The numerals without the slip, if it happened at one digit."""
    before, sign, after = plain[:at], plain[at], plain[at + 1 :]
    if kind == "wrong_digit":
        yield from (before + digit + after for digit in "0123456789" if digit != sign)
    elif kind == "extra_digit":
        yield before + after
    elif after[:1].isdigit() and after[0] != sign:
        yield before + after[0] + sign + after[1:]
    elif after[:1] == "." and after[1:2].isdigit():
        yield before + after[1] + "." + sign + after[2:]


def _kept(text: str) -> str:
    """The numeral if it is written as one would; `0` otherwise, which nobody means."""
    whole = text.split(".")[0]
    return text if whole and whole.isdigit() and (whole == "0" or not whole.startswith("0")) else "0"


def _pointed(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _unscaled(number: Decimal) -> Decimal:
    """The same number without an exponent."""
    return Decimal(_pointed(number))


def _grouped(text: str, wanted: bool) -> str:
    return format(Decimal(text), ",f") if wanted else text


def _says(kind: Kind, written: str, meant: str) -> Words:
    says = SAYS[kind]
    return {"en": f"{written} for {meant}: {says['en']}", "zh": f"{meant}误作{written}：{says['zh']}"}


def _scales(written: str) -> Iterator[tuple[str, str, Decimal]]:
    words = {word.lower() for word in _LETTERS.findall(written)}
    for was, meant, by in SCALES:
        if was.isascii() and was:
            fits = was in words or was.removesuffix("s") in words
        elif was:
            fits = was in written and not (was in ("斤", "克") and re.search("[公千]" + was, written))
        else:
            fits = not words and not re.search("[万亿千百十]", written)
        if fits:
            yield was, meant, by


def _scale_slip(written: str, was: str, meant: str, value: Decimal) -> Slip:
    says: Words = {
        "en": f"{written}: {was} written for {meant}",
        "zh": f"{written}：“{meant}”误作“{was}”",
    }
    if not was:
        says = {"en": f"{written}: {meant} left out", "zh": f"{written}：漏写“{meant}”"}
    elif not meant:
        says = {"en": f"{written}: {was} written where none belongs", "zh": f"{written}：误写“{was}”"}
    return Slip("scale", _unscaled(value), says)

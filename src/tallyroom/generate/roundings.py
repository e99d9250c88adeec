"""A true count or mass as a source states it: exactly, rounded, or with a qualifier. The truth lies in its interval."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from tallyroom.generate.dice import Dice
from tallyroom.model.quantity import QUALIFIER, Bound, Interval, Measure, Quantity, Unit
from tallyroom.quantities import interval_of

_GRAM = Decimal("0.001")
_WORDS: dict[Bound, tuple[str, str]] = {
    "exact": ("", ""), "about": ("约", ""), "nearly": ("近", ""), "odd": ("", "余"), "over": ("超", ""),
    "least": ("", "以上"), "under": ("不足", ""), "most": ("", "以下"),
}  # fmt: skip
_OFTEN: tuple[Bound, ...] = ("exact",) * 12 + (
    "about",
    "nearly",
    "odd",
    "odd",
    "over",
    "least",
    "under",
    "most",
)
_FEW = 100
"""Counts below are stated as they are."""


class Stated(NamedTuple):
    """A number as a source states it, in the canonical unit, with all that it may mean."""

    text: str
    value: Decimal
    upper: Decimal | None
    qualifier: str
    interval: Interval


def stated_count(count: int, dice: Dice, measure: Measure = "case") -> Stated:
    """State a count of one or more."""
    if count < _FEW or dice.chance(40):
        return exactly(count, measure)
    step = _step(count, dice)
    bound = _bound(count, step, dice)
    if bound == "exact" and dice.chance(10):
        return _range(count, step, Decimal(1), measure)
    # 1.87万: the digits as written count, zeros among them; 18,700: zeros may be rounding
    return _stated(_shown(count, step, bound), step, Decimal(1), bound, measure, scaled=dice.chance(60))


def stated_mass(grams: int, dice: Dice) -> Stated:
    """State a mass of a gram or more, in kilograms."""
    step = _step(grams, dice) if grams >= _FEW and dice.chance(70) else 1
    bound = _bound(grams, step, dice) if grams >= _FEW else "exact"
    if bound == "exact" and step > 1 and dice.chance(10):
        return _range(grams, step, _GRAM, "mass")
    return _stated(_shown(grams, step, bound), step, _GRAM, bound, "mass", scaled=True)


def stated_percent(part: int, whole: int, dice: Dice) -> Stated:
    """State what percentage of a whole a part is, with one decimal or none."""
    decimals = dice.between(0, 1)
    worth = 10**decimals
    shown = (200 * part * worth + whole) // (2 * whole)
    value, step = Decimal(shown).scaleb(-decimals), Decimal(1).scaleb(-decimals)
    quantity = Quantity(
        0,
        0,
        0,
        0,
        value,
        step,
        step,
        step,
        "percent",
        unit=Unit("percent", "percent"),
        pointed=bool(decimals),
    )
    return Stated(f"{value}%", value, None, "exact", interval_of(quantity, "share_pct"))


def exactly(count: int, measure: Measure = "case") -> Stated:
    """State a count digit by digit."""
    return _stated(count, 1, Decimal(1), "exact", measure, scaled=False)


def weighed(grams: int) -> Stated:
    """State a mass to the gram."""
    return _stated(grams, 1, _GRAM, "exact", "mass", scaled=True)


def _bound(amount: int, step: int, dice: Dice) -> Bound:
    """Draw a qualifier that is true: 320 is not 310余."""
    bound = dice.pick(_OFTEN)
    return "exact" if bound == "odd" and amount % step == 0 else bound


def _step(amount: int, dice: Dice) -> int:
    """The worth of the last digit that is told: two to four digits."""
    return int(10 ** max(0, len(str(amount)) - dice.between(2, 4)))


def _shown(amount: int, step: int, bound: Bound) -> int:
    """The rounded number that states an amount with a qualifier."""
    match bound:
        case "nearly" | "under":
            return (amount // step + 1) * step
        case "odd" | "over":
            return (amount - 1) // step * step
        case "least":
            return amount // step * step
        case "most":
            return -(-amount // step) * step
    return (2 * amount + step) // (2 * step) * step


def _stated(shown: int, step: int, worth: Decimal, bound: Bound, measure: Measure, *, scaled: bool) -> Stated:
    before, after = _WORDS[bound]
    quantity = _quantity(shown, step if scaled else 1, worth, bound, measure, scaled=scaled)
    interval = interval_of(quantity)
    return Stated(f"{before}{quantity.value:f}{after}", quantity.value, None, QUALIFIER[bound], interval)


def _range(amount: int, step: int, worth: Decimal, measure: Measure) -> Stated:
    low = amount // step * step
    quantity = _quantity(low, step, worth, "exact", measure, scaled=True, upper=(low + step) * worth)
    interval = interval_of(quantity)
    return Stated(
        f"{quantity.value:f}至{quantity.upper:f}", quantity.value, quantity.upper, "exact", interval
    )


def _quantity(
    shown: int,
    step: int,
    worth: Decimal,
    bound: Bound,
    measure: Measure,
    *,
    scaled: bool,
    upper: Decimal | None = None,
) -> Quantity:
    digits = str(shown)
    nonzero = 10 ** (len(digits) - len(digits.rstrip("0"))) if shown else 1
    return Quantity(
        0, 0, 0, 0, shown * worth, step * worth, nonzero * worth, Decimal(10) ** (len(digits) - 2) * worth,
        upper=upper, bound=bound, unit=Unit("kg" if measure == "mass" else measure, measure), scaled=scaled,
        pointed=scaled and measure == "mass",
    )  # fmt: skip

"""A number as written, with its unit and how exactly it was stated."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Measure = Literal[
    "count", "case", "person", "person_time", "group", "site", "operation", "item",
    "mass", "volume", "tablet", "plant", "parcel", "land", "money", "percent", "point",
]  # fmt: skip
Form = Literal["number", "percent", "point", "tenths", "fraction", "multiple", "ordinal"]
Bound = Literal[
    "exact",   # nothing said
    "about",   # 约, 左右, about, around, approximately, some, estimated
    "nearly",  # 近, 将近, nearly, almost
    "odd",     # 余, 多, 来, 几: 320余 lies above 320 and below 330
    "over",    # 超, 逾, 突破, over, more than, exceeding
    "least",   # 以上, 至少, 不少于, at least, or more, +
    "under",   # 不足, 不到, 少于, under, fewer than, less than, below
    "most",    # 以下, 以内, 至多, up to, at most, no more than
]  # fmt: skip
Qualifier = Literal["exact", "approx", "at_least", "at_most"]

QUALIFIER: dict[str, Qualifier] = {
    "exact": "exact", "about": "approx", "nearly": "approx", "odd": "at_least",
    "over": "at_least", "least": "at_least", "under": "at_most", "most": "at_most",
}  # fmt: skip


class Unit(msgspec.Struct, frozen=True):
    """A unit as a codebook knows it: `code` is canonical (`kg`), `factor` turns the written one into it."""

    code: str
    measure: Measure
    factor: Decimal = Decimal(1)
    counter: bool = False
    """True for a Chinese counter or a measure word, which belongs to the span; False for none written."""
    codes: tuple[str, ...] = ()
    """All units that a general counter may stand for (件: case, item); then `measure` is `count`."""


class Interval(msgspec.Struct, frozen=True):
    """The values that a figure allows. An end that is None is open to infinity."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


class Quantity(msgspec.Struct, frozen=True):
    """One number found in a text.

    `start` to `end` is the figure's span by the rule of `Observation`: currency sign, number, multiplier and unit,
    without qualifiers that stand outside. `outer_start` to `outer_end` takes in the qualifiers too.
    `value` and `upper` are in the canonical unit; `step` is the worth of the last written digit (unit applied),
    `nonzero` the worth of the last digit that is not zero, `second` that of the second digit.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    value: Decimal
    step: Decimal
    nonzero: Decimal
    second: Decimal
    form: Form = "number"
    upper: Decimal | None = None
    bound: Bound = "exact"
    unit: Unit | None = None
    unit_start: int = -1
    """Where the unit's characters begin, or -1 for a bare number."""
    scaled: bool = False
    """True where a decimal point or a multiplier was written: then the last digit written counts."""
    pointed: bool = False
    """True where a decimal point was written: then zeros at the end count too."""

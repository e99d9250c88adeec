"""A piece: one number found in a text, with its unit, before ranges and qualifiers are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from tallyroom.model.quantity import Bound, Form, Unit
from tallyroom.quantities.amounts import Amount


@dataclass(slots=True)
class Piece:
    """`start` to `end` takes in a currency before and the unit after; `core` is where the number itself begins."""

    start: int
    end: int
    core: int
    core_end: int
    amount: Amount
    form: Form = "number"
    unit: Unit | None = None
    unit_start: int = -1
    odd: bool = False
    signed: bool = False
    bound: Bound = "exact"
    """What the number's own words say (half a million or more: least)."""

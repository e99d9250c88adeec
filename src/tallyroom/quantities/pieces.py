"""A piece: one number found in a text, with its unit, before ranges and qualifiers are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallyroom.model.quantity import Form, Unit
from tallyroom.quantities.amounts import Amount, amount, plain


@dataclass(slots=True)
class Piece:
    """`start` to `end` takes in a currency and the unit, `core` to `core_end` the number alone."""

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


_BETWEEN_PARTS = frozenset({"", " ", " and "})
_COMPOUND = frozenset({"mass", "volume", "money"})
_FINEST = Decimal("1e-12")


def compounded(text: str, pieces: list[Piece]) -> list[Piece]:
    """Join a measure and the smaller one that goes on with it: 3斤2两, 6 lb 4 oz, 2公斤300克."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and _goes_on(text, joined[-1], piece):
            joined[-1] = _sum(joined[-1], piece)
        else:
            joined.append(piece)
    return joined


def said_once(text: str, pieces: list[Piece]) -> list[Piece]:
    """Join a figure in brackets to the spelled one that it repeats: sixty-five percent (65%)."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and _repeats(text, kept[-1], piece):
            kept[-1].end = piece.end + 1
        else:
            kept.append(piece)
    return kept


def _repeats(text: str, first: Piece, second: Piece) -> bool:
    same = first.amount.value == second.amount.value and first.unit == second.unit
    bracketed = text[first.end : second.start].strip() == "(" and text[second.end : second.end + 1] == ")"
    return same and bracketed and text[first.core].isalpha() and text[second.core].isdigit()


def _goes_on(text: str, first: Piece, second: Piece) -> bool:
    large, small = first.unit, second.unit
    if large is None or small is None or large.code != small.code or large.measure not in _COMPOUND:
        return False
    if (
        not 0 <= second.start - first.end <= 5
        or first.amount.pointed
        or first.odd
        or first.amount.upper is not None
    ):
        return False
    part = second.amount.value * small.factor
    return small.factor < large.factor > part and text[first.end : second.start] in _BETWEEN_PARTS


def _sum(first: Piece, second: Piece) -> Piece:
    assert first.unit is not None
    assert second.unit is not None
    ratio = second.unit.factor / first.unit.factor
    value = first.amount.value + second.amount.value * ratio
    total = amount(plain(value), plain((second.amount.step * ratio).quantize(_FINEST)), pointed=True)
    total = total._replace(nonzero=second.amount.nonzero * ratio)
    return Piece(
        first.start,
        second.end,
        first.core,
        second.core_end,
        total,
        first.form,
        first.unit,
        first.unit_start,
        second.odd,
    )

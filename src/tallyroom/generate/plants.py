"""Contradictions planted into a record that could be true: one more figure, which none of the roundings explains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from tallyroom.generate.dice import Dice
from tallyroom.generate.records import Said, Telling, plainly, world_unit
from tallyroom.generate.worlds import Cell
from tallyroom.model.quantity import Interval

_BY_PARTS = ("area", "month", "substance", "offence")
"""Dimensions over which disjoint parts are summed."""
_TRIES = 60
_NEW_DOCUMENT = 900
"""The planted figure has a document of its own: what contradicts itself is something else."""


class Planted(NamedTuple):
    """What was added to a record, and which of it is wrong."""

    kind: str
    said: tuple[Said, ...]
    wrong: int
    """The entry of the figure that cannot be true."""
    against: int
    """The entry of the figure of the record that it contradicts, with what was added."""


def plant(told: Sequence[Said], telling: Telling, dice: Dice) -> Planted | None:
    """Return figures that contradict a record, one of them wrong; None where nothing was found to contradict.

    Args:
        told: The record.
        telling: What told it: the other figures that are added are true.
        dice: Which figure is contradicted, and how.
    """
    levels = [one for one in told if one.statistic == "level" and not one.haul]
    for _ in range(_TRIES):
        found = dice.pick(_WAYS)(dice.pick(levels), telling, dice)
        if found is not None:
            return found
    return None


def _slip(said: Said, telling: Telling, dice: Dice) -> Planted | None:
    """The same cell with two digits exchanged, or another digit."""
    truth = telling.world.count(said.cell)
    wrong = _slipped(truth, dice)
    stated = plainly(said.cell, wrong)
    if not wrong or _meet(stated.interval, _interval(said)):
        return None
    return _planted("slip", said, telling.say(said.cell, stated, _NEW_DOCUMENT))


def _slipped(truth: int, dice: Dice) -> int:
    digits = list(str(truth))
    at = dice.between(0, len(digits) - 1)
    if at + 1 < len(digits) and dice.chance(50):
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    else:
        digits[at] = str((int(digits[at]) + dice.between(1, 9)) % 10)
    return int("".join(digits))


def _larger_part(said: Said, telling: Telling, dice: Dice) -> Planted | None:
    """A part that is larger than its whole."""
    high = _interval(said).high
    kinds = (*_BY_PARTS, "operation", "agency", "mark")
    parts = _fixed(said.cell, telling.parts(said.cell, dice.pick(kinds)), telling)
    if high is None or not parts:
        return None
    return _planted("part", said, _above(dice.pick(parts), high, telling, dice))


def _fixed(whole: Cell, parts: Sequence[Cell], telling: Telling) -> list[Cell]:
    """Parts that are no earlier points of a series: a series that falls was revised, which is no contradiction."""
    begun = telling.world.home.begun

    def days(cell: Cell) -> tuple[int, int]:
        first, last = cell.days
        return (first if cell.operation is None else max(first, begun)), last

    return [one for one in parts if days(one) == days(whole) or days(one)[0] != days(whole)[0]]


def _sum(said: Said, telling: Telling, dice: Dice) -> Planted | None:
    """Disjoint parts, each less than the whole, that are more together."""
    high = _interval(said).high
    parts = _fixed(said.cell, telling.parts(said.cell, dice.pick(_BY_PARTS)), telling)
    if high is None or len(parts) < 2:
        return None
    *true, last = dice.shuffled(dice.some(parts, dice.between(2, 5)))
    others = [one for cell in true if (one := telling.tell(cell)) is not None]
    low = sum((_interval(one).low or Decimal(0) for one in others), Decimal(0))
    if not 0 < low <= high:
        return None
    wrong = _above(last, high - low, telling, dice)
    return _planted("sum", said, wrong, *others) if (_interval(wrong).low or 0) <= high else None


def _partition(said: Said, telling: Telling, dice: Dice) -> Planted | None:
    """A whole that is more than the months of which it is made up, or than an earlier sum and the month since."""
    months = telling.parts(said.cell, "month")
    if not months or (months[0].days[0], months[-1].days[1]) != said.cell.days:
        return None
    if len(months) > 2 and dice.chance(50):
        months = [months[0]._replace(days=(months[0].days[0], months[-2].days[1])), months[-1]]
    others = [one for cell in months if (one := telling.tell(cell)) is not None]
    highs = [_interval(one).high for one in others]
    if len(others) < len(months) or not all(highs):
        return None
    total = sum((high for high in highs if high is not None), Decimal(0))
    return _planted("partition", said, _above(said.cell, total, telling, dice), *others)


def _above(cell: Cell, high: Decimal, telling: Telling, dice: Dice) -> Said:
    """A figure of a cell that lies above an end, whatever its digits mean."""
    least = int(high * world_unit(cell))
    wrong = least * dice.between(101, 130) // 100 + dice.between(1, 9)
    while (plainly(cell, wrong).interval.low or 0) <= high:
        wrong += 1 + wrong // 50
    return telling.say(cell, plainly(cell, wrong), _NEW_DOCUMENT)


def _planted(kind: str, said: Said, wrong: Said, *others: Said) -> Planted:
    return Planted(kind, (*others, wrong), wrong.figure.entry, said.figure.entry)


def _interval(said: Said) -> Interval:
    one = said.figure.observation
    return Interval(one.low, one.high, one.low_open, one.high_open)


def _meet(one: Interval, other: Interval) -> bool:
    return _reaches(one, other) and _reaches(other, one)


def _reaches(lower: Interval, upper: Interval) -> bool:
    if lower.low is None or upper.high is None:
        return True
    return lower.low < upper.high or (lower.low == upper.high and not (lower.low_open or upper.high_open))


_WAYS: tuple[Callable[[Said, Telling, Dice], Planted | None], ...] = (_slip, _larger_part, _sum, _partition)

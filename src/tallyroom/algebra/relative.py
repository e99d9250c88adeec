"""Shares and changes: figures that tie two cells and speak of neither alone. Only bounds use them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

import msgspec

from tallyroom.algebra.cells import Cell, Days, Place, Stated
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.algebra.system import Range, Row


class Relative(msgspec.Struct, frozen=True):
    """A share or a change: `part` is told by `whole`, as percent of it, or as what was added to it."""

    entry: int
    statistic: str
    part: int
    whole: int
    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool

    def rows(self, part: int, whole: int) -> Iterator[Row]:
        """Its rows over two variables, one for each end: `100 part - percent whole` lies to one side of 0."""
        if self.statistic == "change":
            low, high = self.low, self.high
            yield Row(((part, 1), (whole, -1)), Range(low, high, self.low_open, self.high_open))
            return
        base = 100 if self.statistic == "change_pct" else 0
        if self.low is not None:
            yield _row(part, whole, base + self.low, Range(low=0, low_open=self.low_open))
        if self.high is not None:
            yield _row(part, whole, base + self.high, Range(low=None, high=0, high_open=self.high_open))


def _row(part: int, whole: int, percent: Fraction, within: Range) -> Row:
    terms = ((part, 100 * percent.denominator), (whole, -percent.numerator))
    return Row(terms if percent else terms[:1], within)


def ends_of(stated: Stated) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a share or a change, exact."""
    low = None if stated.low is None else Fraction(stated.low)
    return low, None if stated.high is None else Fraction(stated.high)


def other_cell(knowledge: Knowledge, cell: Cell, statistic: str) -> Cell | None:
    """The cell that a share or a change is told by; None where that is not certain.

    A share is of the country where its figure is of a place in it and nothing else narrows it; of a
    country's figure it is of what the one narrowing leaves out. A change is from the year before where the period is a
    whole year: then `year on year` and `on the previous period` are the same.
    """
    if statistic == "share_pct":
        place = _whole_of(knowledge, cell.place)
        return None if place is None else Cell(place, cell.days)
    days = _year_before(cell.days)
    return (
        None
        if days is None or knowledge.behaves(cell.place.measure.indicator) != "flow"
        else Cell(cell.place, days)
    )


def _whole_of(knowledge: Knowledge, place: Place) -> Place | None:
    wider = [one for one in _lifted(knowledge, place) if one is not None]
    areas = {up for code in place.area for up in knowledge.order("area").above(code)[1:]}
    if areas:
        lifted = place._replace(area=tuple(sorted(str(up) for up in areas)))
        return lifted if len(areas) == 1 and not wider else None
    return wider[0] if len(wider) == 1 else None


def _lifted(knowledge: Knowledge, place: Place) -> Iterator[Place | None]:
    """For each dimension that narrows a place, the place without that."""
    indicator = place.measure.indicator
    for name in ("operation", "offence", "substance"):
        code = getattr(place, name)
        above = knowledge.order(name).above(code, indicator)[1:]
        if above and not (name == "operation" and above == (None,)):
            yield _replaced(place, name, above[-1])
    for pair in place.breakdown:
        yield place._replace(breakdown=tuple(one for one in place.breakdown if one != pair))


def _replaced(place: Place, name: str, code: str | None) -> Place:
    if name == "operation":
        return place._replace(operation=code)
    return place._replace(offence=code) if name == "offence" else place._replace(substance=code)


def _year_before(days: Days) -> Days | None:
    first, last = (datetime.date.fromordinal(day) for day in days)
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31) or first.year != last.year:
        return None
    return first.replace(year=first.year - 1).toordinal(), last.replace(year=last.year - 1).toordinal()

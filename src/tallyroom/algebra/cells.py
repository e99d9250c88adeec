"""Cells: what a figure is about, as the algebra sees it, and which figures it cannot use."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, Protocol

import msgspec

from tallyroom.algebra.knowledge import AreaSet, Breakdown, Knowledge

Days = tuple[int, int]
"""First and last day of a period, both included, as `date.toordinal` counts."""


class Measure(NamedTuple):
    """What is measured. Cells of different measures are tied only where a campaign declares it."""

    indicator: str
    unit: str
    concept: str
    """The counting unit that the word means; gangs and networks are two."""
    partner: str
    """The foreign body that did it: its results are in no domestic figure."""
    haul: bool
    """True for what is no total: a single haul, of which a day may have several."""


class Place(NamedTuple):
    """A cell but for its period: one point in the product of all dimensions."""

    measure: Measure
    area: AreaSet
    operation: str | None
    agency: str | None
    offence: str | None
    substance: str | None
    breakdown: Breakdown


class Cell(NamedTuple):
    """A measure at a place in a period: one variable of the algebra."""

    place: Place
    days: Days


class Stated(Protocol):
    """What the algebra needs of an observation: its cell and where its measure lies."""

    @property
    def indicator(self) -> str: ...
    @property
    def statistic(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def area(self) -> tuple[str, ...]: ...
    @property
    def period(self) -> str | None: ...
    @property
    def operation(self) -> str | None: ...
    @property
    def offence(self) -> str | None: ...
    @property
    def substance(self) -> str | None: ...
    @property
    def breakdown(self) -> Mapping[str, str]: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def low_open(self) -> bool: ...
    @property
    def high_open(self) -> bool: ...
    @property
    def counted(self) -> str: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def operation_id(self) -> str | None: ...
    @property
    def rule(self) -> str: ...


class LightRow(msgspec.Struct, frozen=True, gc=False):
    """A figure with no more than the algebra needs, where whole observations would take too much room."""

    indicator: str
    unit: str
    area: tuple[str, ...]
    period: str | None
    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    offence: str | None = None
    substance: str | None = None
    breakdown: dict[str, str] = {}
    counted: str = ""
    agency: str | None = None
    operation_id: str | None = None
    operation: str | None = None
    statistic: str = "level"
    rule: str = ""


class Unfit(Exception):
    """A figure cannot be tied; the message is why, in a word or two."""


class CellReader:
    """Finds the cells of figures. Figures that agree in all that is told share one place, found once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._places: dict[tuple[object, ...], Place | str] = {}
        self._days: dict[str, Days] = {}

    def cell_of(self, stated: Stated, document: int = 0) -> Cell:
        """Return the cell that a figure is about.

        Args:
            stated: The figure.
            document: What tells documents apart: an operation that only has a name is known inside one.

        Raises:
            Unfit: Its cell is not known well enough.
        """
        days = self.days_of(stated.period)
        place = self._place(stated, days, document)
        behaves = self._knowledge.behaves(place.measure.indicator)
        if behaves == "flow":
            return Cell(place, self._clipped(place.operation, days))
        if days[0] != days[1]:
            raise Unfit("a stock over a period")
        return Cell(place, days)

    def days_of(self, period: str | None) -> Days:
        """Return the days of a period, `2022-06-25/2022-07-31`.

        Raises:
            Unfit: There is none.
        """
        if not period:
            raise Unfit("no period")
        known = self._days.get(period)
        if known is None:
            first, _, last = period.partition("/")
            known = (_day(first), _day(last or first))
            if known[0] > known[1]:
                raise Unfit("no period")
            self._days[period] = known
        return known

    def _clipped(self, operation: str | None, days: Days) -> Days:
        """An operation has no results before it began, so its figures since the new year are those since then."""
        begun = self._knowledge.begun(operation)
        if begun is None:
            return days
        first = begun.toordinal()
        if days[1] < first:
            raise Unfit("before its operation began")
        return max(days[0], first), days[1]

    def _place(self, stated: Stated, days: Days, document: int) -> Place:
        breakdown = tuple(sorted(stated.breakdown.items())) if stated.breakdown else ()
        is_day = days[0] == days[1]
        named = stated.operation_id is None and bool(stated.operation)
        key = (
            stated.indicator, stated.unit, stated.area, stated.operation_id, stated.agency, stated.offence,
            stated.substance, breakdown, stated.counted, stated.statistic, is_day,
            (stated.operation, document) if named else None,
            stated.rule if stated.breakdown and "scope" in stated.breakdown else "",
        )  # fmt: skip
        place = self._places.get(key)
        if place is None:
            try:
                place = self._new_place(stated, breakdown, is_day, document)
            except Unfit as why:
                place = str(why)
            self._places[key] = place
        if isinstance(place, str):
            raise Unfit(place)
        return place

    def _new_place(self, stated: Stated, breakdown: Breakdown, is_day: bool, document: int) -> Place:
        knowledge = self._knowledge
        if not stated.area:
            raise Unfit("no area")
        told = dict(breakdown)
        if "scope" in told:
            told["scope"] = _scope_of_table(told["scope"], stated.rule)
        unit, counted = stated.unit, stated.counted
        if stated.statistic in ("share_pct", "change_pct"):
            unit, counted = knowledge.unit_of(stated.indicator), ""
        concept = knowledge.concept(unit, counted)
        if not knowledge.is_known(concept):
            raise Unfit("a counting word that is not known")
        partner = told.pop("partner", "")
        haul = is_day and knowledge.behaves(stated.indicator) == "flow"
        narrowed = ((name, knowledge.order(name).plain(code)) for name, code in told.items())
        operation = stated.operation_id
        if operation is None and stated.operation:
            operation = f"{stated.operation}@{document}"
        return Place(
            Measure(stated.indicator, unit, concept, partner, haul),
            tuple(sorted(set(stated.area))),
            operation,
            stated.agency,
            stated.offence,
            stated.substance,
            tuple((name, code) for name, code in narrowed if code is not None),
        )


def _day(text: str) -> int:
    try:
        return datetime.date.fromisoformat(text).toordinal()
    except ValueError:
        raise Unfit("no period") from None


def _scope_of_table(scope: str, rule: str) -> str:
    """The scope of a row of a published table: the codes by which it tells its rows apart, so they may be compared.

    Raises:
        Unfit: It is told in free words, and two may mean one thing, or one two.
    """
    kind, _, name = rule.partition("/")
    if kind != "mapping":
        raise Unfit("a scope in free words")
    return f"{name.partition('/')[0]}: {scope}"

"""Records at random: what documents tell of a world, so that all of it can be true."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tallyroom.generate.dice import Dice
from tallyroom.generate.roundings import Stated, exactly, stated_count, stated_mass, stated_percent, weighed
from tallyroom.generate.worlds import ROLES, Cell, World
from tallyroom.model import Figure, Observation
from tallyroom.model.observation import Statistic

_INDICATORS = (
    "cases_solved",
    "cases_solved",
    "persons_arrested",
    "quantity_seized",
    "quantity_seized",
    "users_identified",
    "users_treated",
)
_GROUPS = (
    "drugs",
    "drugs",
    "precursors",
    "opiates",
    "heroin",
    "morphine",
    "cocaine",
    "methamphetamine",
    "ketamine",
    "cannabis",
)
_OFFENCES = ("drugs", "drugs", "drug_trafficking", "drug_manufacture", "precursors")
_DISPOSITIONS = ("community", "community_treatment", "community_recovery", "compulsory_isolation")
_NARROWED = {
    "users_identified": (("novelty", "new"),),
    "persons_arrested": tuple(("role", role) for role in ROLES),
    "users_treated": tuple(("disposition", code) for code in _DISPOSITIONS),
}
_MARKS = (("channel", "postal_logistics"), ("channel", "land_border"), ("origin", "imported"))
_KNOWN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_FIELDS = {"counted": {"case": "起", "person": "人", "kg": ""}}
DOCUMENT = 1_000_000_000
"""Entries of documents count from here."""


class Said(NamedTuple):
    """A figure of a record, and the cell and the true measure that it is about; `by` is the whole of a share."""

    figure: Figure
    cell: Cell
    statistic: Statistic = "level"
    haul: bool = False


class Periods(NamedTuple):
    """The few periods of a world's record."""

    months: tuple[tuple[int, int], ...]
    year: tuple[int, int]
    others: tuple[tuple[int, int], ...]

    @property
    def all(self) -> tuple[tuple[int, int], ...]:
        """Every one of them."""
        return (*self.months, self.year, *self.others)


class Telling:
    """Tells figures of a world, each in one of a few documents.

    Args:
        world: What there is to tell.
        dice: How it is told.
        documents: How many documents.
        entry: The number of the first figure.
    """

    def __init__(self, world: World, dice: Dice, documents: int = 6, entry: int = 1) -> None:
        self.world, self._dice, self._documents, self._entry = world, dice, documents, entry
        self.periods = _periods(world.home.year, dice.child("periods"))

    def record(self, figures: int = 60) -> list[Said]:
        """Return about so many figures: single ones, families of parts, series, shares, hauls, and repeats."""
        told: list[Said] = []
        ways = (
            self._single,
            self._single,
            self._family,
            self._family,
            self._series,
            self._shared,
            self._haul,
        )
        while len(told) < figures:
            told += self._dice.pick(ways)()
            if told and self._dice.chance(30):
                told.append(self._again(self._dice.pick(told)))
        return told

    def a_cell(self) -> Cell:
        """Return a cell at random, whether anything is told of it or not."""
        dice, home = self._dice, self.world.home
        indicator = dice.pick(_INDICATORS)
        narrow = _NARROWED.get(indicator, _MARKS)
        return Cell(
            indicator,
            self._area(),
            dice.pick(self.periods.all),
            operation=dice.pick((None, None, *home.operations)),
            agency=dice.pick(home.agencies),
            offence=dice.pick(_OFFENCES)
            if indicator in ("cases_solved", "persons_arrested")
            else "drug_use"
            if indicator.startswith("users")
            else "drugs",
            substance=dice.pick(_GROUPS) if indicator == "quantity_seized" else None,
            breakdown=(dice.pick(narrow),) if dice.chance(30) else (),
        )

    def _area(self) -> tuple[str, ...]:
        home, dice = self.world.home, self._dice
        kind = dice.between(0, 9)
        if kind < 4:
            return (home.country,)
        return tuple(sorted(dice.some(home.parts, 1 if kind < 8 else dice.between(2, 4))))

    def _single(self) -> list[Said]:
        return self._level(self.a_cell())

    def _level(self, cell: Cell) -> list[Said]:
        said = self.tell(cell)
        return [] if said is None else [said]

    def tell(self, cell: Cell, document: int | None = None) -> Said | None:
        """Tell the measure of a cell; None where it is nothing."""
        truth = self.world.count(cell)
        return None if not truth else self.say(cell, _stated(cell, truth, self._dice), document)

    def say(
        self,
        cell: Cell,
        stated: Stated,
        document: int | None = None,
        statistic: Statistic = "level",
        *,
        haul: bool = False,
    ) -> Said:
        """Tell a number of a cell, true or not."""
        number = self._dice.between(1, self._documents) if document is None else document
        figure = _figure(self._entry, number, cell, stated, statistic, self.world.home.country)
        self._entry += 1
        return Said(figure, cell, statistic, haul)

    def _again(self, said: Said) -> Said:
        """Tell a figure once more, rounded in another way."""
        again = self.tell(said.cell) if said.statistic == "level" and not said.haul else None
        return again or said._replace(figure=_copied(said.figure, self._next()))

    def _next(self) -> int:
        self._entry += 1
        return self._entry - 1

    def _family(self) -> list[Said]:
        """A whole with parts of it, all of them or some, by area, month, substance, offence, operation or mark."""
        whole = self.a_cell()
        kind = self._dice.pick(("area", "month", "substance", "offence", "operation", "agency", "mark"))
        cells = [whole, *self._dice.some(self.parts(whole, kind), self._dice.between(2, 40))]
        return [said for cell in cells if (said := self.tell(cell)) is not None]

    def parts(self, whole: Cell, kind: str) -> list[Cell]:
        """Return the parts of a cell by one dimension; [] where it has none. Operations have none before they began."""
        begun = self.world.home.begun
        return [one for one in self._parts(whole, kind) if one.operation is None or one.days[1] >= begun]

    def _parts(self, whole: Cell, kind: str) -> list[Cell]:
        home = self.world.home
        match kind:
            case "area":
                return (
                    [whole._replace(area=(part,)) for part in home.parts]
                    if whole.area == (home.country,)
                    else []
                )
            case "month":
                first, last = whole.days
                inside = [days for days in self.periods.months if first <= days[0] and days[1] <= last]
                return [whole._replace(days=days) for days in inside if days != whole.days]
            case "substance":
                if whole.substance != "drugs":
                    return []
                return [whole._replace(substance=code) for code in _GROUPS[4:]]
            case "offence":
                if whole.offence != "drugs" or whole.indicator == "quantity_seized":
                    return []
                return [whole._replace(offence=code) for code in _OFFENCES[2:]]
            case "operation":
                order = (*home.operations, None)
                at = order.index(whole.operation)
                return [whole._replace(operation=order[at - 1])] if at else []
            case "agency":
                at = home.agencies.index(whole.agency or "")
                return [whole._replace(agency=home.agencies[at - 1])] if at else []
        narrow = _NARROWED.get(whole.indicator, _MARKS)
        return [] if whole.breakdown else [whole._replace(breakdown=(one,)) for one in narrow]

    def _series(self) -> list[Said]:
        """A cumulative series: from the beginning of the year to later and later days."""
        cell = self.a_cell()
        ends = sorted(self._dice.between(*self.periods.year) for _ in range(self._dice.between(2, 5)))
        first = self.periods.year[0]
        return [said for end in ends if end > first and (said := self.tell(cell._replace(days=(first, end))))]

    def _shared(self) -> list[Said]:
        """A place with its share of the country, and now and then the country's own figure."""
        cell = self.a_cell()._replace(area=(self._dice.pick(self.world.home.parts),))
        whole = cell._replace(area=(self.world.home.country,))
        part, total = self.world.count(cell), self.world.count(whole)
        if not part:
            return []
        share = self.say(cell, stated_percent(part, total, self._dice), None, "share_pct")
        return [share, *self._level(cell), *(self._level(whole) if self._dice.chance(40) else ())]

    def _haul(self) -> list[Said]:
        """What was seized on one day in one case: at most what was seized there on that day in all."""
        if not self.world.hauls:
            return []
        event = self._dice.pick(self.world.hauls)
        substance, grams = self._dice.pick(event.hauls)
        cell = Cell(
            "quantity_seized",
            (event.area,),
            (event.day, event.day),
            event.operation,
            event.agency,
            "drugs",
            substance,
        )
        return [self.say(cell, stated_mass(grams, self._dice), haul=True)]


def _periods(year: int, dice: Dice) -> Periods:
    starts = [datetime.date(year, month, 1).toordinal() for month in range(1, 13)]
    ends = [start - 1 for start in (*starts[1:], datetime.date(year + 1, 1, 1).toordinal())]
    months = tuple(zip(starts, ends, strict=True))
    quarters = [(starts[at], ends[at + 2]) for at in range(0, 12, 3)]
    to_date = [(starts[0], ends[at]) for at in dice.some(range(1, 11), 3)]
    odd = []
    for _ in range(3):
        first = dice.between(starts[0], ends[-1] - 20)
        odd.append((first, dice.between(first + 5, ends[-1])))
    return Periods(months, (starts[0], ends[-1]), (*quarters, *to_date, *odd))


def _stated(cell: Cell, truth: int, dice: Dice) -> Stated:
    if cell.unit == "kg":
        return stated_mass(truth, dice)
    return stated_count(truth, dice, "case" if cell.unit == "case" else "person")


def plainly(cell: Cell, amount: int) -> Stated:
    """State an amount digit by digit: of grams to the gram."""
    return (
        weighed(amount) if cell.unit == "kg" else exactly(amount, "case" if cell.unit == "case" else "person")
    )


def _figure(entry: int, document: int, cell: Cell, stated: Stated, statistic: Statistic, name: str) -> Figure:
    unit = cell.unit if statistic == "level" else "percent"
    source = f"{name.lower()}-{document:03d}"
    observation = Observation(
        source=source, start=entry, end=entry + len(stated.text), text=stated.text, indicator=cell.indicator,
        statistic=statistic, value=stated.value, upper=stated.upper, unit=unit, qualifier=stated.qualifier,
        area=cell.area, period=cell.period, operation=cell.operation, offence=cell.offence,
        substance=cell.substance, breakdown=dict(cell.breakdown), low=stated.interval.low,
        high=stated.interval.high, low_open=stated.interval.low_open, high_open=stated.interval.high_open,
        counted=_FIELDS["counted"].get(unit, "%"), agency=cell.agency, operation_id=cell.operation,
        period_from="text", rule="zh/generated", confidence=1.0,
    )  # fmt: skip
    return Figure(entry, observation, DOCUMENT + document, _KNOWN)


def _copied(figure: Figure, entry: int) -> Figure:
    return Figure(entry, figure.observation, figure.document, figure.known)


def world_unit(cell: Cell) -> int:
    """How many of what the world counts make one of the cell's unit: grams in a kilogram."""
    return 1000 if cell.unit == "kg" else 1


def figures_of(said: Sequence[Said]) -> Iterator[Figure]:
    """Yield the figures themselves."""
    return (one.figure for one in said)

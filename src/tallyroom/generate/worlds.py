"""Worlds at random: events, one by one, from which every figure of a record is counted exactly."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tallyroom.codebook import Codebook
from tallyroom.generate.dice import Dice

SUBSTANCES = (
    "heroin",
    "morphine",
    "opium",
    "cocaine",
    "methamphetamine",
    "ketamine",
    "mdma",
    "cannabis",
    "ephedrine",
    "toluene",
)
OFFENCES = ("drug_trafficking", "drug_manufacture", "drug_possession", "precursors")
CHANNELS = (None, None, "postal_logistics", "land_border", "maritime", "internet")
ORIGINS = (None, None, "imported", "domestic")
ROLES = ("fugitive", "organizer", "foreigner", "key_target")
DISPOSITIONS = ("compulsory_isolation", "community_treatment", "community_recovery")
_LISTS = {"area": "areas", "offence": "offences", "substance": "substances", "disposition": "dispositions"}
_LARGEST_HAUL = 400_000
"""Grams."""


class Event(NamedTuple):
    """A case that was solved, with all that came of it. Nobody in it has a name.

    `hauls` are grams by substance, `suspects` the roles of each, `users` whether each is new and what was ordered.
    """

    area: str
    day: int
    operation: str | None
    agency: str
    offence: str
    hauls: tuple[tuple[str, int], ...]
    marks: Mapping[str, str]
    suspects: tuple[frozenset[str], ...]
    users: tuple[tuple[bool, frozenset[str]], ...]


class Cell(NamedTuple):
    """What a figure is about. `days` are the first and the last as `date.toordinal` counts; None tells nothing."""

    indicator: str
    area: tuple[str, ...]
    days: tuple[int, int]
    operation: str | None = None
    agency: str | None = None
    offence: str | None = None
    substance: str | None = None
    breakdown: tuple[tuple[str, str], ...] = ()

    @property
    def unit(self) -> str:
        """The canonical unit of its measure."""
        return {"cases_solved": "case", "quantity_seized": "kg"}.get(self.indicator, "person")

    @property
    def period(self) -> str:
        """Its days as an observation has them."""
        return "/".join(datetime.date.fromordinal(day).isoformat() for day in self.days)


class Home(NamedTuple):
    """Where and when a world is: a country with its parts, a year, whose results are told, and their operations."""

    country: str
    parts: tuple[str, ...]
    year: int
    agencies: tuple[str, ...] = ("cn-mps-ncb", "cn-mps")
    """Each belongs to the one behind it."""
    operations: tuple[str, ...] = ()
    """Each belongs to the one behind it."""
    begun: int = 0
    """The day on which the operations began; before it there are no results of them."""


class Containers:
    """Which codes contain which, by the lists of a codebook, its operations and agencies."""

    def __init__(self, codebook: Codebook) -> None:
        self._parents: dict[str, dict[str, str | None]] = {
            dimension: {code: one.parent for code, one in codebook.lists[name].items()}
            for dimension, name in _LISTS.items()
        }
        self._parents["operation"] = {code: one.parent for code, one in codebook.operations.items()}
        self._parents["agency"] = {code: one.part_of for code, one in codebook.agencies.items()}
        self._above: dict[tuple[str, str], frozenset[str]] = {}

    def above(self, dimension: str, code: str) -> frozenset[str]:
        """Return a code with all that contain it."""
        key = (dimension, code)
        if key not in self._above:
            found, ring = {code}, self._parents.get(dimension, {}).get(code)
            while ring is not None and ring not in found:
                found.add(ring)
                ring = self._parents[dimension].get(ring)
            self._above[key] = frozenset(found)
        return self._above[key]

    def parts_of(self, code: str) -> list[str]:
        """Return the areas right inside one, in order."""
        return sorted(part for part, whole in self._parents["area"].items() if whole == code)


class World:
    """Events and what can be counted of them."""

    def __init__(self, home: Home, events: Sequence[Event], containers: Containers) -> None:
        self.home, self.events, self._containers = home, tuple(events), containers
        self._counted: dict[Cell, int] = {}

    @cached_property
    def hauls(self) -> tuple[Event, ...]:
        """Events at which drugs were seized."""
        return tuple(event for event in self.events if event.hauls)

    def count(self, cell: Cell) -> int:
        """Return the true measure of a cell: cases or people, or grams."""
        known = self._counted.get(cell)
        if known is None:
            first, last = cell.days
            known = sum(
                self._share(event, cell)
                for event in self.events
                if first <= event.day <= last and self._belongs(event, cell)
            )
            self._counted[cell] = known
        return known

    def _belongs(self, event: Event, cell: Cell) -> bool:
        above = self._containers.above
        return (
            not above("area", event.area).isdisjoint(cell.area)
            and (
                cell.operation is None
                or (event.operation is not None and cell.operation in above("operation", event.operation))
            )
            and (cell.agency is None or cell.agency in above("agency", event.agency))
            and (cell.offence is None or cell.offence in above("offence", event.offence))
            and all(
                event.marks.get(name) == code
                for name, code in cell.breakdown
                if name in ("channel", "origin")
            )
        )

    def _share(self, event: Event, cell: Cell) -> int:
        """What one event adds to a cell that it belongs to."""
        told = dict(cell.breakdown)
        match cell.indicator:
            case "quantity_seized":
                return sum(grams for code, grams in event.hauls if self._is(cell.substance, code))
            case "cases_solved":
                return int(
                    cell.substance is None or any(self._is(cell.substance, code) for code, _ in event.hauls)
                )
            case "persons_arrested":
                return sum("role" not in told or told["role"] in roles for roles in event.suspects)
            case "users_identified":
                return sum("novelty" not in told or new for new, _ in event.users)
        wanted = told.get("disposition")
        return sum(any(self._in(wanted, one) for one in ordered) for _, ordered in event.users)

    def _is(self, wanted: str | None, substance: str) -> bool:
        return wanted is None or wanted in self._containers.above("substance", substance)

    def _in(self, wanted: str | None, disposition: str) -> bool:
        return wanted is None or wanted in self._containers.above("disposition", disposition)


def a_world(home: Home, containers: Containers, dice: Dice, events: int = 120) -> World:
    """Return a world at random: so many events in one year of a country."""
    return World(home, [_an_event(home, dice) for _ in range(events)], containers)


def _an_event(home: Home, dice: Dice) -> Event:
    first = datetime.date(home.year, 1, 1).toordinal()
    last = datetime.date(home.year, 12, 31).toordinal()
    hauls = [
        (code, 1 + dice.magnitude(1, _LARGEST_HAUL)) for code in dice.some(SUBSTANCES, dice.between(0, 2))
    ]
    marks = {"channel": dice.pick(CHANNELS), "origin": dice.pick(ORIGINS)}
    day = dice.between(first, last)
    return Event(
        area=dice.pick(home.parts),
        day=day,
        operation=dice.pick((None, *home.operations)) if day >= home.begun else None,
        agency=dice.pick(home.agencies),
        offence=dice.pick(OFFENCES),
        hauls=tuple(hauls),
        marks={name: code for name, code in marks.items() if code is not None},
        suspects=tuple(frozenset(dice.some(ROLES, dice.between(0, 2))) for _ in range(dice.magnitude(1, 40))),
        users=tuple(
            (dice.chance(30), frozenset(dice.some(DISPOSITIONS, dice.between(0, 2))))
            for _ in range(dice.between(0, 3))
        ),
    )

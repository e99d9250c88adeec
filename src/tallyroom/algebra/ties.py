"""Ties between cells of the record: what lies inside what, and which disjoint parts are summed under a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tallyroom.algebra import periods
from tallyroom.algebra.apart import families
from tallyroom.algebra.cells import Cell, Days, Place
from tallyroom.algebra.holding import Holding

RELINKED = 500
"""So many new cells are found by looking downwards; where there are more, all cells are linked anew."""


class Sum(NamedTuple):
    """Disjoint cells that are together at most the whole; where `full`, they are the whole."""

    dimension: str
    parts: tuple[int, ...]
    full: bool = False


_NONE: list[Sum] = []
"""Most cells have no sum: they share this one."""


class Ties:
    """The ties of a holding. `up` and `down` are the nearest cells around and inside each cell.

    What only grows (one start, a later end) is not among them: `growth` finds it, since such series are revised.
    """

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self.up: list[tuple[int, ...]] = []
        self.down: list[list[int]] = []
        self.summed_in: dict[int, set[int]] = {}
        """Wholes in whose sums a cell is."""
        self._sums: list[list[Sum] | None] = []
        self._sums_of = 0
        self._tables: dict[int, list[tuple[int, ...]]] = {}
        self._lines: dict[int, list[tuple[tuple[Place, ...], bool]]] = {}
        self._wider: dict[int, tuple[int, list[int]]] = {}
        self._kin: dict[int, tuple[int, dict[str, list[int]]]] = {}
        self._families: dict[tuple[str, tuple[int, ...]], list[tuple[int, ...]]] = {}
        self._sides: dict[int, tuple[int, dict[Days, list[periods.Side]]]] = {}

    def link(self, fresh: list[int]) -> set[int]:
        """Tie new cells to all others; return all cells whose ties changed."""
        held = self.holding
        self.up += [()] * (len(held.place) - len(self.up))
        self.down += [[] for _ in range(len(held.place) - len(self.down))]
        changed = set(fresh)
        for number in fresh:
            self._join(number, self.containers(number))
        if len(fresh) > RELINKED:
            changed.update(self._relink(set(fresh)))
        else:
            for number in fresh:
                changed.update(self._adopt(number))
        if len(fresh) < len(held.place):
            for number in fresh:
                changed.update(self._wholes_beside(number))
        return changed

    def _wholes_beside(self, number: int) -> Iterator[int]:
        """Cells whose sums may take in a new one: those around it that differ in one dimension."""
        held = self.holding
        place, days = held.place[number], held.days[number]
        first, last = days
        for span in held.spans[place]:
            if span[0] <= first and last <= span[1]:
                yield held.number[place][span]
        for one in held.places.above[place]:
            if days in held.number[one]:
                yield held.number[one][days]

    def _join(self, number: int, wholes: Iterable[int]) -> None:
        self.up[number] = tuple(wholes)
        for whole in self.up[number]:
            self.down[whole].append(number)

    def _relink(self, done: set[int]) -> Iterator[int]:
        held = self.holding
        for number in range(len(held.place)):
            if number in done:
                continue
            wholes = tuple(self.containers(number))
            if wholes != self.up[number]:
                for whole in set(wholes) - set(self.up[number]):
                    self.down[whole].append(number)
                for whole in set(self.up[number]) - set(wholes):
                    self.down[whole].remove(number)
                self.up[number] = wholes
                yield number

    def _adopt(self, whole: int) -> Iterator[int]:
        """Tie older cells to a new one that contains them, where nothing between them does."""
        held = self.holding
        place, days = held.place[whole], held.days[whole]
        if held.is_haul(place):
            return
        inside = held.places.below[place]
        for other in (place, *inside):
            for number in self._within(other, days):
                if number == whole or whole in self.up[number]:
                    continue
                if not any(self._lies(up, place, inside, days) for up in self.up[number]):
                    self.up[number] += (whole,)
                    self.down[whole].append(number)
                    yield number

    def _within(self, place: int, days: Days) -> list[int]:
        held = self.holding
        if not held.is_flow(place):
            found = held.number[place].get(days)
            return [] if found is None else [found]
        return [
            held.number[place][span]
            for span in held.spans[place]
            if days[0] <= span[0] and span[1] <= days[1] and not periods.grows(span, days)
        ]

    def _lies(self, number: int, place: int, inside: set[int], days: Days) -> bool:
        held = self.holding
        mine, span = held.place[number], held.days[number]
        inner = days[0] <= span[0] and span[1] <= days[1] and not periods.grows(span, days)
        return inner and (mine == place or mine in inside)

    def containers(self, number: int, *, growth: bool = False) -> list[int]:
        """The nearest cells that contain one; `growth` takes in later points of cumulative series."""
        held = self.holding
        place, days = held.place[number], held.days[number]
        flow, above = held.is_flow(place), held.places.above
        found: list[tuple[int, Days]] = []
        passed: set[int] = set()
        for one in self._around(place):
            if one in passed:
                continue
            if one != place and days in held.number[one]:
                found.append((one, days))
                passed |= above[one]  # whatever contains this one is farther away
            elif flow:
                spans, longest = held.spans[one], held.longest[one]
                count = periods.begun(held.keys[one], days[0])
                if count and spans[count - 1][0] + longest > days[1]:  # else none reaches so far: most often
                    around = periods.around(spans, count, days, longest=longest, growth=growth, itself=False)
                    found += [(one, span) for span in around]
        if len(found) > 1:
            found = [pair for pair in found if not self._is_passed(pair, found)]
        return sorted([held.number[one][span] for one, span in found])

    def _around(self, place: int) -> list[int]:
        """Places that contain one, the nearest first."""
        above = self.holding.places.above
        known = self._wider.get(place)
        if known is None or known[0] != len(above[place]):
            wider = above[place] - {place} if self.holding.is_haul(place) else above[place]
            ordered = sorted(wider, key=lambda one: (-len(above[one]), one))
            known = self._wider[place] = (len(above[place]), ordered)
        return known[1]

    def _is_passed(self, pair: tuple[int, Days], found: list[tuple[int, Days]]) -> bool:
        """Whether another one that was found lies inside, by ties that are no growth."""
        place, (first, last) = pair
        above = self.holding.places.above
        for other, (begin, end) in found:
            inside = first <= begin and end <= last and (begin > first or end == last)
            if inside and place in above[other] and (other != place or begin != first or end != last):
                return True
        return False

    def sums(self, whole: int) -> list[Sum]:
        """The sums of disjoint parts under a cell; those of periods first. They are kept until cells are added."""
        count = len(self.holding.place)
        if self._sums_of != count:
            self._sums, self._sums_of = [None] * count, count
        found = self._sums[whole]
        if found is None:
            found = self._sums[whole] = self._find_sums(whole)
        return found

    def beside(self, number: int) -> Iterator[int]:
        """Cells that share a tie with one."""
        yield from self.up[number]
        yield from self.down[number]
        for one in self.sums(number):
            yield from one.parts
        for whole in sorted(self.summed_in.get(number, ())):
            yield whole
            yield from (part for one in self.sums(whole) if number in one.parts for part in one.parts)

    def _find_sums(self, whole: int) -> list[Sum]:
        held = self.holding
        place, days = held.place[whole], held.days[whole]
        kin, declared = self._kin_of(place), self._declared_of(place)
        if not (kin or declared or len(held.spans[place]) > 2 or whole in self._tables):
            return _NONE
        found = [*self._side_by_side(place, days), *self._declared(whole, declared)]
        for dimension, places in kin.items():
            present = tuple(one for one in places if days in held.number[one])
            if len(present) > 1:
                found += (
                    Sum(dimension, tuple(held.number[one][days] for one in family))
                    for family in self._families_of(dimension, present)
                )
        for one in found:
            for part in one.parts:
                self.summed_in.setdefault(part, set()).add(whole)
        return found or _NONE

    def declare(self, whole: int, parts: Sequence[int]) -> None:
        """Take some cells for all of another one, as the rows of a table are of its total."""
        self._tables.setdefault(whole, []).append(tuple(parts))
        self._sums_of = -1

    def _declared_of(self, place: int) -> list[tuple[tuple[Place, ...], bool]]:
        known = self._lines.get(place)
        if known is None:
            places = self.holding.places
            known = self._lines[place] = places.declared.families(places.all[place])
        return known

    def _declared(self, whole: int, declared: list[tuple[tuple[Place, ...], bool]]) -> Iterator[Sum]:
        """Sums that somebody declared: of lines of a campaign, of the rows of a table."""
        held = self.holding
        for places, full in declared:
            found = (held.find(Cell(one, held.days[whole])) for one in places)
            parts = tuple(part for part in found if part is not None)
            if len(parts) > 1:
                yield Sum("declared", parts, full and len(parts) == len(places))
        for parts in self._tables.get(whole, ()):
            yield Sum("declared", parts, full=True)

    def _side_by_side(self, place: int, days: Days) -> Iterator[Sum]:
        held = self.holding
        spans = held.spans[place]
        if len(spans) < 3 or not held.is_flow(place):
            return
        if "period" in held.knowledge.adds_up_over(held.places.all[place].measure.indicator):
            for side in self._sides_of(place).get(days, ()):
                yield Sum("period", tuple(held.number[place][spans[n]] for n in side.parts), side.full)

    def _sides_of(self, place: int) -> dict[Days, list[periods.Side]]:
        spans = self.holding.spans[place]
        known = self._sides.get(place)
        if known is None or known[0] != len(spans):
            found: dict[Days, list[periods.Side]] = {}
            for side in periods.sides(tuple(spans)):
                found.setdefault(spans[side.whole], []).append(side)
            known = self._sides[place] = (len(spans), found)
        return known[1]

    def _kin_of(self, place: int) -> dict[str, list[int]]:
        """Places inside one that differ from it in one dimension, over which the indicator adds up."""
        below = self.holding.places.below[place]
        known = self._kin.get(place)
        if known is None or known[0] != len(below):
            whole = self.holding.places.all[place]
            kin: dict[str, list[int]] = {}
            dimensions = self.holding.knowledge.adds_up_over(whole.measure.indicator)
            for part in sorted(below):
                dimension = _only_difference(whole, self.holding.places.all[part])
                if dimension in dimensions:
                    kin.setdefault(dimension, []).append(part)
            known = self._kin[place] = (len(below), kin)
        return known[1]

    def _families_of(self, dimension: str, present: tuple[int, ...]) -> list[tuple[int, ...]]:
        key = (dimension, present)
        if key not in self._families:
            below = self.holding.places.below
            ordered = sorted(present, key=lambda one: (-len(below[one]), one))
            self._families[key] = families(
                ordered, self._disjoint(dimension), lambda whole, part: part in below[whole]
            )
        return self._families[key]

    def _disjoint(self, dimension: str) -> Callable[[int, int], bool]:
        places, knowledge = self.holding.places.all, self.holding.knowledge
        if dimension == "area":
            return lambda one, other: knowledge.areas_disjoint(places[one].area, places[other].area)
        order = knowledge.order(dimension)

        def disjoint(one: int, other: int) -> bool:
            mine, theirs = _code(places[one], dimension), _code(places[other], dimension)
            return mine is not None and theirs is not None and order.disjoint(mine, theirs)

        return disjoint


def _code(place: Place, dimension: str) -> str | None:
    if dimension in ("offence", "substance"):
        return place.offence if dimension == "offence" else place.substance
    return dict(place.breakdown).get(dimension)


_DIMENSIONS = Place._fields


def _only_difference(whole: Place, part: Place) -> str:
    """The one dimension in which two places differ; `` where there is none or several."""
    differ = ""
    for name, one, other in zip(_DIMENSIONS, whole, part, strict=True):
        if one != other:
            if differ:
                return ""
            differ = name
    if differ != "breakdown":
        return differ
    more = set(part.breakdown) - set(whole.breakdown)
    if len(more) != 1 or set(whole.breakdown) - set(part.breakdown):
        return ""
    return next(iter(more))[0]

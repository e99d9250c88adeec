"""Which places of the record contain which: looked up dimension by dimension, never by comparing all with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

from tallyroom.algebra.cells import Measure, Place
from tallyroom.algebra.declared import Declared
from tallyroom.algebra.knowledge import AreaSet, Breakdown, Knowledge

Values = tuple[str | None, str | None, str | None, str | None, Breakdown]
"""Operation, agency, offence, substance and breakdown of a place."""
SCANNED = 40
"""So many new places of one frame are compared with each old one; more are looked up again."""


class Frame:
    """The places of one measure, totals and hauls, and which values they have."""

    def __init__(self) -> None:
        self.totals: list[int] = []
        self.hauls: list[int] = []
        self.lifted: list[tuple[int, Place]] = []
        """Places of other measures that a campaign declares to be parts, as they would be here."""
        self.values: tuple[set[object], ...] = tuple(set() for _ in range(5))
        """Operations, agencies, offences, substances, breakdowns of the totals."""
        self.totals_at: dict[AreaSet, dict[Values, int]] = {}
        """The totals by their area, and by their values of the other dimensions."""
        self.by_code: dict[str, set[AreaSet]] = {}
        """The areas of totals by each of their codes."""
        self.areas: set[AreaSet] = set()
        self.at: dict[AreaSet, list[int]] = {}
        """All places by their areas, and those areas by each of their codes."""
        self.with_code: dict[str, list[AreaSet]] = {}

    def file(self, number: int, area: AreaSet) -> None:
        """Keep a place, a total or a haul, where its area finds it."""
        if area not in self.at:
            for code in area:
                self.with_code.setdefault(code, []).append(area)
        self.at.setdefault(area, []).append(number)

    def note(self, number: int, place: Place) -> None:
        self.totals.append(number)
        self.totals_at.setdefault(place.area, {})[place[2:]] = number
        for values, value in zip(self.values, place[2:], strict=True):
            values.add(value)
        if place.area not in self.areas:
            self.areas.add(place.area)
            for code in place.area:
                self.by_code.setdefault(code, set()).add(place.area)


class Places:
    """All places by number. `above[n]` are the numbers of the totals that contain place n, itself among them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.all: list[Place] = []
        self.number: dict[Place, int] = {}
        self.above: list[set[int]] = []
        self.below: list[set[int]] = []
        """The other way round, without the place itself."""
        self._frames: dict[Measure, Frame] = {}
        self.declared = Declared(knowledge)

    def add(self, places: Iterable[Place]) -> list[int]:
        """Take in places that are new; return their numbers. All that contain one another are found."""
        fresh = [place for place in dict.fromkeys(places) if place not in self.number]
        by_frame: dict[Measure, list[int]] = {}
        for place in fresh:
            by_frame.setdefault(_frame_of(place), []).append(self._register(place))
        old = {measure: self._old(measure, set(new)) for measure, new in by_frame.items()}
        for measure, new in by_frame.items():
            self._note(measure, new)
        for measure, new in by_frame.items():
            for number in new:
                self._look_up(number)
            self._look_down(measure, new, old[measure])
        return [self.number[place] for place in fresh]

    def _register(self, place: Place) -> int:
        number = self.number[place] = len(self.all)
        self.all.append(place)
        self.above.append({number})
        self.below.append(set())
        return number

    def _old(self, measure: Measure, new: set[int]) -> tuple[list[int], list[tuple[int, Place]]]:
        """Places that stood in a frame before, and those that are parts of it by declaration."""
        frame = self._frames.setdefault(measure, Frame())
        return [*frame.totals, *frame.hauls], list(frame.lifted)

    def _note(self, measure: Measure, new: list[int]) -> None:
        frame = self._frames[measure]
        for number in new:
            place = self.all[number]
            for whole in self.declared.wholes(place):
                self._frames.setdefault(_frame_of(whole), Frame()).lifted.append((number, whole))
            frame.file(number, place.area)
            if place.measure.haul:
                frame.hauls.append(number)
            else:
                frame.note(number, place)

    def _look_up(self, number: int) -> None:
        for place in self._as_part(number):
            for found in self._containers(place):
                self._tie(number, found)

    def _as_part(self, number: int) -> Iterator[Place]:
        place = self.all[number]
        yield place
        yield from self.declared.wholes(place)

    def _tie(self, part: int, whole: int) -> None:
        if part != whole and not self.declared.forbids(self.all[part], self.all[whole]):
            self.above[part].add(whole)
            self.below[whole].add(part)

    def _look_down(
        self, measure: Measure, new: list[int], old: tuple[list[int], list[tuple[int, Place]]]
    ) -> None:
        """Find what new totals contain of the places that were there before."""
        totals = [number for number in new if not self.all[number].measure.haul]
        earlier, lifted = old
        if len(totals) > SCANNED:
            for number in earlier:
                self._look_up(number)
            for number, _ in lifted:
                self._look_up(number)
            return
        fresh, frame = set(new), self._frames[measure]
        for whole in totals:
            place = self.all[whole]
            for area in self._areas_inside(frame, place.area):
                for number in frame.at[area]:
                    if number not in fresh and self._contains(place, self.all[number]):
                        self._tie(number, whole)
            for number, part in lifted:
                if self._contains(place, part):
                    self._tie(number, whole)

    def _areas_inside(self, frame: Frame, whole: AreaSet) -> list[AreaSet]:
        """The sets of places of a frame that lie in `whole`, without a look at all of them."""
        above = self.knowledge.order("area").above
        codes = {code for code in frame.with_code if any(up in whole for up in above(code))}
        found = {area: None for code in codes for area in frame.with_code[code]}
        return [area for area in found if codes.issuperset(area)]

    def _contains(self, whole: Place, part: Place) -> bool:
        order, indicator = self.knowledge.order, part.measure.indicator
        return (
            whole.operation in order("operation").above(part.operation)
            and whole.offence in order("offence").above(part.offence, indicator)
            and whole.substance in order("substance").above(part.substance, indicator)
            and whole.agency in order("agency").above(part.agency)
            and whole.breakdown in self.knowledge.breakdowns_above(part.breakdown, indicator)
            and self.knowledge.area_contains(whole.area, part.area)
        )

    def _containers(self, place: Place) -> Iterator[int]:
        frame = self._frames.get(_frame_of(place))
        if frame is None:
            return
        ways = list(self._ways(frame, place))
        size = prod(map(len, ways))
        for area in self._areas(frame, place.area):
            totals = frame.totals_at[area]
            if len(totals) < size:
                yield from _among(totals, ways)
            else:
                yield from (totals[values] for values in product(*ways) if values in totals)

    def _ways(self, frame: Frame, place: Place) -> Iterator[list[Any]]:
        """For each dimension after the area the values of the frame that contain the place's."""
        order, indicator = self.knowledge.order, place.measure.indicator
        above: Sequence[Sequence[Any]] = (
            order("operation").above(place.operation),
            order("agency").above(place.agency),
            order("offence").above(place.offence, indicator),
            order("substance").above(place.substance, indicator),
            self.knowledge.breakdowns_above(place.breakdown, indicator),
        )
        for known, found in zip(frame.values, above, strict=True):
            yield [value for value in found if value in known]

    def _areas(self, frame: Frame, area: AreaSet) -> set[AreaSet]:
        """The areas of totals that have a place around each place of `area`."""
        above = self.knowledge.order("area").above
        around = (
            set[AreaSet]().union(*(frame.by_code.get(str(up), ()) for up in above(code))) for code in area
        )
        return set.intersection(*around)


def _among(totals: Mapping[Values, int], ways: Sequence[Sequence[Any]]) -> Iterator[int]:
    """Of some totals those whose values are all among the ways."""
    for (operation, agency, offence, substance, breakdown), number in totals.items():
        if (
            operation in ways[0]
            and agency in ways[1]
            and offence in ways[2]
            and substance in ways[3]
            and breakdown in ways[4]
        ):
            yield number


def _frame_of(place: Place) -> Measure:
    return _total(place.measure) if place.measure.haul else place.measure


@lru_cache(maxsize=4096)
def _total(measure: Measure) -> Measure:
    return measure._replace(haul=False)

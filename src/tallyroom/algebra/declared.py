"""What campaigns declare of the lines of their forms: which are parts of which, and which are no parts."""

from __future__ import annotations

from typing import NamedTuple

from tallyroom.algebra.cells import Measure, Place
from tallyroom.algebra.knowledge import Breakdown, Knowledge
from tallyroom.model.campaign import Line


class _Line(NamedTuple):
    """What a line is about, but for area, period and agency: these a part and its whole have in common."""

    indicator: str
    unit: str
    concept: str
    operation: str | None
    offence: str | None
    substance: str | None
    breakdown: Breakdown


class Declared:
    """The breakdowns of all campaigns, asked for places."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._wholes: dict[_Line, list[_Line]] = {}
        self._apart: set[tuple[_Line, _Line]] = set()
        self._families: dict[_Line, list[tuple[tuple[_Line, ...], bool]]] = {}
        for whole, parts, kind in knowledge.declared_breakdowns():
            line, inner = self._line(whole), tuple(map(self._line, parts))
            if kind == "unknown":
                self._apart.update((part, line) for part in inner)
                continue
            for part in inner:
                self._wholes.setdefault(part, []).append(line)
            if kind in ("partition", "subset"):
                self._families.setdefault(line, []).append((inner, kind == "partition"))

    def _line(self, line: Line) -> _Line:
        know = self._knowledge
        concept = know.concept(line.unit, next(iter(line.counted.values()), ""))
        narrowed = ((name, know.order(name).plain(code)) for name, code in sorted(line.breakdown.items()))
        breakdown = tuple((name, code) for name, code in narrowed if code is not None and name != "partner")
        return _Line(
            line.indicator, line.unit, concept, line.operation, line.offence, line.substance, breakdown
        )

    def wholes(self, place: Place) -> list[Place]:
        """The place as it would be in the line of each whole that is declared for it."""
        if not self._wholes:
            return []
        return [_moved(place, line) for line in self._wholes.get(_line_of(place), ())]

    def forbids(self, part: Place, whole: Place) -> bool:
        """Whether a campaign says that nothing follows for the two, whatever their dimensions are."""
        return bool(self._apart) and (_line_of(part), _line_of(whole)) in self._apart

    def families(self, whole: Place) -> list[tuple[tuple[Place, ...], bool]]:
        """Parts that are declared to lie apart in a place, each family with whether it is all of it."""
        if not self._families or whole.measure.haul:
            return []
        found = self._families.get(_line_of(whole), ())
        return [(tuple(_moved(whole, part) for part in parts), full) for parts, full in found]


def _moved(place: Place, line: _Line) -> Place:
    measure = Measure(line.indicator, line.unit, line.concept, place.measure.partner, haul=False)
    return Place(
        measure, place.area, line.operation, place.agency, line.offence, line.substance, line.breakdown
    )


def _line_of(place: Place) -> _Line:
    measure = place.measure
    return _Line(measure.indicator, measure.unit, measure.concept, place.operation, place.offence,
        place.substance, place.breakdown)  # fmt: skip

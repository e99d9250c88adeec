"""What must be told apart: one thing in two agencies' scopes (F301), one value in two counting units (F302)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product

from tallyroom.algebra.cells import Place
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.algebra.soft.suspicion import Suspicion
from tallyroom.model.campaign import Words

SCOPES, UNITS = "F301", "F302"
LEAST_COUNT = 10
"""Smaller counts are equal by chance."""
Key = tuple[object, ...]


class Beside:
    """Places that differ in one respect only, found as places come."""

    def __init__(self, holding: Holding) -> None:
        self._held = holding
        self._seen = 0
        self._by_agency: dict[Key, list[int]] = {}
        self._by_concept: dict[Key, list[int]] = {}

    def _update(self) -> None:
        places = self._held.places.all
        for number in range(self._seen, len(places)):
            self._by_agency.setdefault(_but_agency(places[number]), []).append(number)
            self._by_concept.setdefault(_but_concept(places[number]), []).append(number)
        self._seen = len(places)

    def notes(self, touched: set[int] | None = None) -> Iterator[Suspicion]:
        """Tell figures of one thing apart.

        Args:
            touched: Numbers of places; only what concerns one of them is told. All, by default.
        """
        self._update()
        for groups, key, note in (
            (self._by_agency, _but_agency, self._scopes),
            (self._by_concept, _but_concept, self._units),
        ):
            for numbers in groups.values() if touched is None else self._groups_of(touched, groups, key):
                if len(numbers) > 1:
                    yield from self._pairs(numbers, note)

    def _groups_of(
        self, touched: set[int], groups: dict[Key, list[int]], key: Callable[[Place], Key]
    ) -> list[list[int]]:
        """The groups in which some places are."""
        places = self._held.places.all
        return [groups[one] for one in dict.fromkeys(key(places[number]) for number in sorted(touched))]

    def _pairs(self, numbers: list[int], note: Callable[[int, int], Suspicion | None]) -> Iterator[Suspicion]:
        held = self._held
        for first, second in combinations(numbers, 2):
            for days in held.spans[first]:
                if days in held.number[second]:
                    told = note(*(held.number[place][days] for place in (first, second)))
                    if told is not None:
                        yield told

    def _claims(self, *cells: int) -> tuple[int, ...] | None:
        """The first figure of each cell; None where one has none."""
        claims = [self._held.counting(cell)[:1] for cell in cells]
        return tuple(self._held.entry[one[0]] for one in claims) if all(claims) else None

    def _scopes(self, first: int, second: int) -> Suspicion | None:
        held = self._held
        one, other = (held.places.all[held.place[cell]] for cell in (first, second))
        if not comparable(held.knowledge, one, other):
            return None
        entries = self._differ(first, second)
        if entries is None:
            return None
        names = [_agency(held.knowledge, place) for place in (one, other)]
        says = {
            "en": f"two scopes, {names[0]['en']} and {names[1]['en']}, never to be merged: {{figures}}",
            "zh": f"口径不同，分属{names[0]['zh']}与{names[1]['zh']}，不可合并：{{figures}}",
        }
        return Suspicion(SCOPES, entries, says)

    def _differ(self, first: int, second: int) -> tuple[int, int] | None:
        """The first figure of each cell, where none of the one agrees with any of the other."""
        held = self._held
        claims = list(product(held.counting(first), held.counting(second)))
        if not claims or any(_agree(held.ends[mine], held.ends[theirs]) for mine, theirs in claims):
            return None
        return held.entry[claims[0][0]], held.entry[claims[0][1]]

    def _units(self, first: int, second: int) -> Suspicion | None:
        held = self._held
        low = held.low[first]
        same = low == held.high[first] == held.low[second] == held.high[second]
        entries = self._claims(first, second)
        if not same or entries is None or low < 2 * LEAST_COUNT * 10**18:
            return None
        documents = {held.document[held.claim[entry]] for entry in entries}
        if len(documents) < 2:
            return None
        places = (held.places.all[held.place[cell]] for cell in (first, second))
        words = [_counting_unit(held.knowledge, place) for place in places]
        if not all(words):
            return None
        says = {
            "en": f"one value in two counting units, {words[0]} and {words[1]}: {{figures}}",
            "zh": f"同一数值，计量单位不同（{words[0]}、{words[1]}）：{{figures}}",
        }
        return Suspicion(UNITS, entries, says)


def _but_agency(place: Place) -> Key:
    return *place[:3], *place[4:]


def _but_concept(place: Place) -> Key:
    measure = place.measure
    return measure.indicator, measure.partner, measure.haul, *place[1:]


def comparable(knowledge: Knowledge, one: Place, other: Place) -> bool:
    """Whether two agencies answer for one thing in two scopes: one is part of the other, or both for one campaign."""
    if one.agency is None or other.agency is None:
        return False
    order = knowledge.order("agency")
    nested = one.agency in order.above(other.agency) or other.agency in order.above(one.agency)
    return nested or one.operation in knowledge.codebook.operations


def _counting_unit(knowledge: Knowledge, place: Place) -> str:
    """The concept that a place counts; `` for measures, and for groups of which no more is said: 183个."""
    unit, concept = place.measure.unit, place.measure.concept
    return "" if unit == "group" and concept == knowledge.concept(unit, "") else concept


def _agree(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    """Whether something lies between the ends of both."""
    low = max(one[0], other[0])
    return all(top is None or low <= top for top in (one[1], other[1]))


def _agency(knowledge: Knowledge, place: Place) -> Words:
    known = knowledge.codebook.agencies.get(place.agency or "")
    return {lang: (known.label.get(lang) if known else None) or str(place.agency) for lang in ("en", "zh")}

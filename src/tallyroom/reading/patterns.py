"""The indicators' patterns, indexed: which thing, action and measure make which indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tallyroom.codebook.model import Indicator, Pattern, Term
from tallyroom.reading.drafts import Draft

_COUNTS = frozenset({"count", "item", "group", "site", "case", "operation"})
"""Generic counters: 个, 件, 处, 起, 次 count things of several kinds; which, the thing says."""

# What a thing may be counted in, where a pattern does not say it. 名 never counts cases and tons never count suspects.
COUNTED_IN: dict[str, frozenset[str]] = {
    "case": frozenset({"count", "case", "item"}),
    "person": frozenset({"count", "person", "person_time"}),
    "user": frozenset({"count", "person", "person_time"}),
    "user_stock": frozenset({"count", "person", "person_time"}),
    "victim": frozenset({"count", "person", "person_time"}),
    "officer": frozenset({"count", "person", "person_time"}),
    "group": frozenset({"count", "group", "item", "site"}),
    "site": frozenset({"count", "site", "item", "group", "operation"}),
    "drug": frozenset({"mass", "volume", "tablet", "plant", "parcel"}),
    "material": frozenset({"mass", "volume", "parcel"}),
    "item": frozenset({"count", "item", "parcel", "group", "site", "tablet", "case", "operation"}),
    "money": frozenset({"money"}),
    "value": frozenset({"money"}),
    "loss": frozenset({"money"}),
    "crop": frozenset({"plant", "land", "count"}),
    "operation": frozenset({"count", "operation", "case", "item", "site"}),
    "venue": frozenset({"count", "site", "item", "operation"}),
    "content": frozenset({"count", "item", "group", "operation", "case"}),
    "tip": frozenset({"count", "item", "group", "operation", "case"}),
    "animal": frozenset({"count", "item", "mass"}),
}
_RATIO = frozenset({"percent", "point"})
PEOPLE_VERBS = frozenset({"arrest", "book", "approve_arrest", "prosecute", "convict"})
"""Verbs whose object is people even where a bare number follows: `charge nearly 200`."""
_TOUCHES_PEOPLE = PEOPLE_VERBS | {
    "discipline",
    "fine",
    "warn",
    "repatriate",
    "rescue",
    "hand_over",
    "die",
    "treat",
    "handle",
    "file",
    "seize",
    "supervise",
    "want",
}


class Patterns:
    """All patterns of a codebook by (thing, action), in the order in which they are tried."""

    def __init__(self, indicators: Iterable[Indicator], terms: Iterable[Term] = ()) -> None:
        self.unit_of_word = {term.word: term.marks["unit"] for term in terms if "unit" in term.marks}
        self._by_pair: dict[tuple[str, str], list[tuple[str, Pattern]]] = defaultdict(list)
        for indicator in indicators:
            for pattern in indicator.patterns:
                for thing in pattern.thing:
                    for action in pattern.action or ("",):
                        self._by_pair[thing, action].append((indicator.code, pattern))

    def match(self, thing: Term, action: Term | None, draft: Draft) -> tuple[str, Pattern] | None:
        """Return the indicator of this pair for the figure's measure, or None where its types forbid the pair."""
        assert thing.thing is not None
        code = action.action if action is not None and action.action else ""
        for indicator, pattern in self._by_pair.get((thing.thing, code), ()):
            if self._measures(pattern, thing, draft) and _marked(pattern, thing, action, draft):
                return indicator, pattern
        return None

    def match_bare(self, action: Term, draft: Draft) -> tuple[str, Pattern] | None:
        """Return the indicator of a verb whose object is not named: arrests and charges are of people."""
        code = action.action or ""
        sent = code == "deploy" and draft.measure == "person_time"
        if not sent and code not in (PEOPLE_VERBS if draft.measure == "count" else _TOUCHES_PEOPLE):
            return None
        for indicator, pattern in self._by_pair.get(("person", code), ()):
            if not pattern.when and (not pattern.measure or draft.measure in pattern.measure):
                return indicator, pattern
        return None

    def unit_word(self, thing: Term) -> str | None:
        """Return the unit that the noun itself is: `fentanyl pills` are tablets."""
        return thing.marks.get("unit") or self.unit_of_word.get(thing.word.rsplit(" ", 1)[-1])

    def _measures(self, pattern: Pattern, thing: Term, draft: Draft) -> bool:
        measure = draft.measure
        if measure in _RATIO:
            return True
        if measure == "count" and thing.thing == "drug":
            unit = self.unit_word(thing)
            measure = _MEASURE_OF_UNIT.get(unit or "", measure)
        allowed = pattern.measure or COUNTED_IN.get(thing.thing or "", _COUNTS)
        codes = draft.quantity.unit.codes if draft.quantity.unit is not None else ()
        if codes and measure == "count":
            return any(code in allowed for code in codes)
        return measure in allowed


_MEASURE_OF_UNIT = {"tablet": "tablet", "parcel": "parcel", "plant": "plant", "item": "item"}


def _marked(pattern: Pattern, thing: Term, action: Term | None, draft: Draft) -> bool:
    if not pattern.when:
        return True
    marks = {**(action.marks if action else {}), **thing.marks}
    marks.update(
        (key, value)
        for term in draft.phrase.modifiers
        for key, value in term.marks.items()
        if key not in marks
    )
    return all(marks.get(key) == value for key, value in pattern.when.items())

"""Sentences that state facts: figures of one operation, place and period share a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from tallyroom.model import Fact, Observation
from tallyroom.release.edition import Printed, Run, Runs
from tallyroom.release.names import Names
from tallyroom.release.numbers import Style
from tallyroom.release.phrases import must_say
from tallyroom.release.wording import Wording

MOST = 5
"""Figures in one sentence."""


class Numberer(Protocol):
    """Makes the next number of an edition."""

    def __call__(self, fact: int, style: Style) -> Printed: ...


class Prose:
    """Writes sentences in one language."""

    def __init__(self, names: Names, wording: Wording, home: tuple[str, ...], number: Numberer) -> None:
        self._names, self._wording, self._home, self._number = names, wording, home, number
        self._words = wording.words
        self._said: str | None = None
        """The period that holds until another one is said."""

    def paragraphs(self, facts: Sequence[Fact], chosen: Sequence[int]) -> Iterator[Runs]:
        """Give one paragraph for each operation and period, in the order in which they first appear."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for at in chosen:
            row = facts[at].observation
            groups.setdefault((row.operation_id, row.period), []).append(at)
        for group in groups.values():
            yield tuple(self._paragraph(facts, group))

    def _paragraph(self, facts: Sequence[Fact], chosen: list[int]) -> Iterator[Run]:
        ordered = sorted(chosen, key=lambda at: self._place_key(facts[at].observation))
        first = True
        for _, same in groupby(ordered, key=lambda at: self._place_key(facts[at].observation)):
            group = list(same)
            for start in range(0, len(group), MOST):
                yield from self._sentence(facts, group[start : start + MOST], first)
                first = False

    def _sentence(self, facts: Sequence[Fact], group: list[int], first: bool) -> Iterator[Run]:
        row = facts[group[0]].observation
        clauses = [self._clause(facts[at], at) for at in group]
        yield self._opening(row, first)
        for at, clause in enumerate(clauses):
            if at:
                yield self._words["join_last" if at == len(clauses) - 1 else "join"]
            yield from clause
        yield self._words["stop"] if self._wording.lang == "zh" else f"{self._words['stop']} "

    def _clause(self, fact: Fact, at: int) -> list[Run]:
        said = must_say(fact.observation, self._names, self._wording)
        return [said.before, self._number(at, Style(counter=said.counter)), said.behind]

    def _opening(self, row: Observation, first: bool) -> str:
        parts = [self._names.period(row.period)] if row.period != self._said else []
        self._said = row.period
        if row.operation_id and first:
            parts.append(self._in_operation(row.operation_id))
        parts.append(self._in_area(row))
        kept = [part for part in parts if part]
        if self._wording.lang == "zh":
            return "，".join(kept) + self._words["together"]
        text = ", ".join(kept)
        return f"{text[:1].upper()}{text[1:]}, "

    def _in_operation(self, code: str) -> str:
        name = self._names.operation_in_prose(code)
        return self._words["in_operation"].format(operation=name).rstrip("，, ")

    def _in_area(self, row: Observation) -> str:
        partner = row.breakdown.get("partner")
        if not partner:
            return self._area(row)
        police = self._names.area(partner.split(",")[0])
        return self._words["partner_in"].format(partner=police, area=self._names.areas(row.area))

    def _place_key(self, row: Observation) -> tuple[object, ...]:
        """The whole first, then its places, then what others did abroad."""
        return (row.breakdown.get("partner") or "", row.area != self._home, row.area)

    def _area(self, row: Observation) -> str:
        if not row.area:
            return ""
        if row.area == self._home and "-" not in self._home[0]:
            return self._names.nation(self._home[0], row.agency)
        return self._words["in_area"].format(area=self._names.areas(row.area))

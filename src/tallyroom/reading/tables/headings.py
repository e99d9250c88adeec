"""What one heading of a table says: what is counted, a unit, a time, a place, a drug; and what of it is to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from tallyroom.codebook.lexicon import Match
from tallyroom.codebook.model import Term
from tallyroom.model.document import Document
from tallyroom.reading.tables.periods import Periods
from tallyroom.reading.tables.units import PERCENT, Units, UnitWords
from tallyroom.reading.tables.words import TableWords, bare
from tallyroom.reading.tools import Tools
from tallyroom.reading.view import fold

Role = Literal["", "total", "change", "share", "rate", "period", "area", "unit"]

_NUMBERING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[.．、)]\s?(?!\d))|[①-⑳]|[(][a-z][)])\s*"
)
_TABLE = re.compile(
    r"\s*(?:(?:annex\s|appendix\s|附)?(?:table|表|图|figure)\s?\(?[\dⅰ-ⅻa-z一二三四五六七八九十]{0,3}(?:[.\-–]\d{1,2})?\)?)(?![a-z])\s*[:：.、\-–]?\s*"
)
_NOTE = re.compile(
    r"\s*(?:\[(?:note )?[a-z0-9]{1,2}\]|\([a-z0-9]\)|[（(]?注\d?[)）]?|[*†‡]+|[¹²³⁴⁵⁶⁷⁸⁹]+)\s*$"
)
_JOINERS = re.compile(r"[\s,、，/&·()（）.\-–—]|\band\b|\bthe\b|及|和|与|省|市|州")


_WEAK = frozenset({"deploy", "conduct", "report"})
"""Verbs that say that something went on, and not what came of it."""


class Heading(msgspec.Struct, frozen=True):
    """A heading read once for all figures that it heads; `spans` of the document are said of each, in order."""

    start: int
    end: int
    said: str
    """The words of `spans`, folded."""
    spans: tuple[tuple[int, int], ...] = ()
    role: Role = ""
    unit: UnitWords | None = None
    acts: bool = False
    """It holds a verb of enforcement: what was done to what is counted."""
    counts: bool = False
    """It names something that can be counted and is no drug."""
    period: str = ""
    """The words of it that tell a time, folded; all of them where its role is `period`."""
    substance: str | None = None
    areas: tuple[tuple[str, ...], ...] = ()
    """What places its name may mean, where it is nothing but a place."""


class Headings:
    """Reads the headings of one table."""

    def __init__(
        self, document: Document, words: TableWords, tools: Tools, units: Units, periods: Periods
    ) -> None:
        self._text, self._words = document.text, words
        self._lexicon, self._patterns = tools.lexicon, tools.patterns
        self._units, self._periods = units, periods
        self._known: dict[tuple[int, int], Heading] = {}

    def of(self, start: int, end: int) -> Heading:
        """Return what `text[start:end]` says as a heading; each is read once."""
        if (start, end) not in self._known:
            self._known[start, end] = self._read(start, end)
        return self._known[start, end]

    def _read(self, start: int, end: int) -> Heading:
        said = fold(self._text[start:end], traditional=True)
        if self._periods.is_period(said):
            return Heading(start, end, said, role="period", period=said)
        unit, taken = self._units.take(said)
        kept = _without(said, [*taken, *self._trimmed(said)])
        dated = self._periods.within(said, kept)
        kept = _without(said, [*taken, *self._trimmed(said), *dated])
        period = " ".join(said[first:last] for first, last in dated)
        rest = "".join(said[first:last] for first, last in kept)
        spans = tuple((start + first, start + last) for first, last in kept)
        role = self._role(said, rest, unit)
        if role == "period":
            return Heading(start, end, rest, spans, "period", unit, period=rest)
        found = self._lexicon.find(rest)
        return Heading(
            start, end, rest, () if role in ("total", "unit") else spans, role, unit,
            acts=any(term.action not in _WEAK for _, _, meanings in found for term in meanings.verbs),
            counts=any(self._is_counted(term) for _, _, meanings in found for term in meanings.things),
            period=period, substance=_drug_of(found), areas=_areas_of(found, rest),
        )  # fmt: skip

    def _is_counted(self, term: Term) -> bool:
        """Cases and people are counted, and tablets; a drug is what they are of."""
        return term.thing != "drug" or self._patterns.unit_word(term) is not None

    def _trimmed(self, said: str) -> list[tuple[int, int]]:
        """Numbering, `Table 3:`, 其中 at the beginning, marks of notes at the end, the order of a table."""
        spans = []
        at = 0
        for pattern in (_TABLE, _NUMBERING, self._words.of_which):
            found = pattern.match(said, at)
            if found and found.end() < len(said):
                spans.append((at, found.end()))
                at = found.end()
        note = _NOTE.search(said)
        if note and note.start() > at:
            spans.append(note.span())
        order = self._words.by.search(said)
        if order and order.start() > at:
            spans.append(order.span())
        return spans

    def _role(self, said: str, rest: str, unit: UnitWords | None) -> Role:
        words, whole = bare(rest), bare(said)
        if whole in self._words.change or words in self._words.change:
            return "change"
        if whole in self._words.share or words in self._words.share:
            return "share"
        if self._words.rate.search(said) or (unit is not None and unit.measure == "per mille"):
            return "rate"
        if words in self._words.total:
            return "total"
        if self._periods.is_period(rest):
            return "period"
        if not words or (words in self._words.plain and unit is None):
            return "unit"
        if (
            unit is not None
            and unit.is_ratio
            and any(word in words for word in self._words.change if len(word) > 1)
        ):
            return "change"
        return ""


def _without(said: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of a heading that are left when spans are taken out."""
    kept: list[tuple[int, int]] = []
    at = 0
    for first, last in sorted(taken):
        if first > at and said[at:first].strip():
            kept.append((at, first))
        at = max(at, last)
    if said[at:].strip():
        kept.append((at, len(said)))
    return kept


def _drug_of(found: Sequence[Match]) -> str | None:
    """The one drug that a heading names; of several, or of drugs at large, None."""
    named = {meanings.drug for _, _, meanings in found} - {None, "drugs"}
    return next(iter(named)) if len(named) == 1 else None


def _areas_of(found: Sequence[Match], said: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a heading that is nothing but names of places, in order; () for any other."""
    places = [(start, end, [term.area for term in meanings if term.area]) for start, end, meanings in found]
    if not places or not all(areas for _, _, areas in places):
        return ()
    rest = "".join(
        said[last:first]
        for last, first in zip(
            [0, *(e for _, e, _ in places)], [*(s for s, _, _ in places), len(said)], strict=True
        )
    )
    if _JOINERS.sub("", rest):
        return ()
    if len(places) == 1:
        return tuple(dict.fromkeys(places[0][2]))
    return (tuple(code for _, _, areas in places for code in areas[0]),)


__all__ = ["PERCENT", "Heading", "Headings"]

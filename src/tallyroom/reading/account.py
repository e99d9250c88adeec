"""The account of numerals: each is bound to an observation, set aside by a named rule, or left over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from tallyroom.model.document import Document
from tallyroom.model.observation import Observation
from tallyroom.model.reading import Numeral
from tallyroom.quantities import find_numerals
from tallyroom.reading.view import HAN


class Fate(msgspec.Struct, frozen=True, gc=False):
    """A span of the document whose numerals are no figures, and the rule that says so."""

    start: int
    end: int
    rule: str


def account_of(
    document: Document, folded: str, rows: Sequence[Observation], fates: Sequence[Fate]
) -> tuple[Numeral, ...]:
    """Return what became of each numeral of the document, in the order of its text; `folded` is that text folded."""
    bound = _Lookup([(row.start, row.end, row.rule) for row in rows])
    aside = _Lookup([(fate.start, fate.end, fate.rule) for fate in fates])
    furniture = _Lookup(
        [(block.start, block.end, "furniture") for block in document.blocks if block.kind == "furniture"]
    )
    numerals = []
    for start, end in _numerals(document, folded):
        rule = bound.rule_at(start, end)
        fate: Literal["bound", "set aside", "left over"] = "bound"
        if rule is None:
            rule = aside.rule_at(start, end) or furniture.rule_at(start, end)
            fate = "set aside" if rule else "left over"
        numerals.append(Numeral(start, end, document.text[start:end], fate, rule or "unattached"))
    return tuple(numerals)


def _numerals(document: Document, folded: str) -> Iterator[tuple[int, int]]:
    for start, end, lang in _stretches(document):
        for first, last in find_numerals(folded[start:end], lang):
            yield start + first, start + last


def _stretches(document: Document) -> list[tuple[int, int, str]]:
    """Return the whole text cut where its language changes, each part with the language it is read in."""
    found: list[tuple[int, int, str]] = []
    of_tables: dict[int, str] = {}
    for block in document.blocks:
        if block.table is None:
            lang = lang_of(document.text, block.start, block.end)
        else:  # a table has many rows, and is long: it is looked at once
            if block.table not in of_tables:
                table = document.tables[block.table]
                of_tables[block.table] = lang_of(document.text, table.start, table.end)
            lang = of_tables[block.table]
        if not found:
            found.append((0, block.end, lang))
        elif found[-1][2] == lang:
            found[-1] = (found[-1][0], block.end, lang)
        else:
            found.append((block.start, block.end, lang))
    start, _, lang = found[-1] if found else (0, 0, "en")
    return [*found[:-1], (start, len(document.text), lang)]


def lang_of(text: str, start: int, end: int) -> str:
    """Tell in which language a part of a text is read: Chinese where one Chinese character stands in it."""
    return "zh" if HAN.search(text, start, end) else "en"


class _Lookup:
    """Rules by span; of several that cover a numeral the one that begins last wins."""

    def __init__(self, spans: list[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)
        self._starts = [span[0] for span in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def rule_at(self, start: int, end: int) -> str | None:
        k = bisect_right(self._starts, end - 1) - 1
        while k >= 0 and self._starts[k] >= start - self._longest:
            first, last, rule = self._spans[k]
            if first < end and start < last:
                return rule
            k -= 1
        return None

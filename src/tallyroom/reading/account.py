"""The account of numerals: each is bound to an observation, set aside by a named rule, or left over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from tallyroom.model.document import Document
from tallyroom.model.observation import Observation
from tallyroom.model.reading import Numeral
from tallyroom.quantities import find_numerals


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
    furniture = _Lookup([(block.start, block.end, "furniture") for block in document.blocks if block.kind == "furniture"])
    numerals = []
    for start, end in find_numerals(folded, "en" if document.lang == "en" else "zh"):
        rule = bound.rule_at(start, end)
        fate = "bound"
        if rule is None:
            rule = aside.rule_at(start, end) or furniture.rule_at(start, end)
            fate = "set aside" if rule else "left over"
        numerals.append(Numeral(start, end, document.text[start:end], fate, rule or "unattached"))  # type: ignore[arg-type]
    return tuple(numerals)


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

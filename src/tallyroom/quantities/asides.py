"""Numerals that are no figure: dates, ages, terms of prison, addresses, each set aside by a named rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

Rule = Literal[
    "date", "time", "age", "duration", "ordinal", "law", "telephone", "prison_term", "address", "name",
    "class_count", "participants", "rank", "score", "web", "identifier", "rate", "temperature", "length",
    "speed", "frequency", "version", "edition",
]  # fmt: skip


class Aside(msgspec.Struct, frozen=True, gc=False):
    """A span whose numerals count nothing, and the rule that says so."""

    start: int
    end: int
    rule: Rule


class Shape(NamedTuple):
    """One rule's way of writing: any of the patterns."""

    rule: Rule
    patterns: tuple[str, ...]


class Family(NamedTuple):
    """Shapes that begin alike, so that what they share is matched once: `begins`, then any of the shapes."""

    begins: str
    shapes: tuple[Shape, ...]


class RuleSet:
    """The set-aside rules of one language, compiled into one pattern.

    An earlier match wins over a later one; from the same place, the family, then the shape that stands first.
    """

    def __init__(self, gate: str, families: Iterable[Family]) -> None:
        self.gate = re.compile(gate)
        self.rules: dict[str, Rule] = {}
        self.pattern = re.compile("|".join(map(self._family, families)))

    def _family(self, family: Family) -> str:
        return f"{family.begins}(?:{'|'.join(map(self._shape, family.shapes))})"

    def _shape(self, shape: Shape) -> str:
        name = f"r{len(self.rules)}"
        self.rules[name] = shape.rule
        return f"(?P<{name}>{'|'.join(shape.patterns)})"

    def find(self, text: str) -> list[Aside]:
        """Return the spans to set aside, in order and without overlaps."""
        if self.gate.search(text) is None:
            return []
        rules = self.rules
        return [
            Aside(*found.span(), rules[found.lastgroup])
            for found in self.pattern.finditer(text)
            if found.lastgroup is not None and found.end() > found.start()
        ]


def find_asides(text: str, lang: str) -> list[Aside]:
    """Return the spans of one block whose numerals are no figure, in order and without overlaps.

    Args:
        text: One block, folded: lower case, half width, simplified characters; spans refer to it.
        lang: `zh` (also `zh-Hant`) or `en`; any other language gives an empty list.

    Returns:
        Spans with their rules. Only what is clearly recognised: a bare count is never set aside.

    Examples:
        >>> [(a.rule, a.start, a.end) for a in find_asides("the driver, 40, was held with 36 guns", "en")]
        [('age', 10, 14)]
        >>> [a.rule for a in find_asides("判处有期徒刑15年,位列第3号", "zh")]
        ['prison_term', 'ordinal']
    """
    if lang.startswith("zh"):
        from tallyroom.quantities.asides_zh import rules_zh

        return rules_zh().find(text)
    if lang.startswith("en"):
        from tallyroom.quantities.asides_en import rules_en

        return rules_en().find(text)
    return []

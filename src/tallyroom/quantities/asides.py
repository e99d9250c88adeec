"""Numerals that are no figure: dates, ages, terms of prison, addresses and the like, each set aside by a named rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Rule = Literal[
    "date", "time", "age", "duration", "ordinal", "law", "telephone", "prison_term", "address", "name", "class_count",
    "participants", "rank", "score", "web", "identifier", "rate", "temperature", "length", "speed", "frequency",
    "version", "edition",
]  # fmt: skip


class Aside(msgspec.Struct, frozen=True, gc=False):
    """A span whose numerals count nothing, and the rule that says so."""

    start: int
    end: int
    rule: Rule


class RuleSet:
    """The set-aside rules of one language, compiled into one pattern.

    Rules are tried in their order at each character, so a rule that stands first wins over one that would match
    less or more from the same place; an earlier match wins over a later one.
    """

    def __init__(self, gate: str, rules: Iterable[tuple[Rule, str]]) -> None:
        listed = list(rules)
        self.gate = re.compile(gate)
        self.names = {f"r{index}": name for index, (name, _) in enumerate(listed)}
        self.pattern = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern) in enumerate(listed)))

    def find(self, text: str) -> list[Aside]:
        """Return the spans to set aside, in order and without overlaps."""
        if self.gate.search(text) is None:
            return []
        names = self.names
        return [
            Aside(found.start(), found.end(), names[found.lastgroup])
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
        >>> [(a.rule, a.start, a.end) for a in find_asides("the driver, 40, was arrested with 36 firearms", "en")]
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

"""Numerals that are no figure: dates, ages, terms of prison, addresses, each set aside by a named rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
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
    """Shapes that begin alike, so that what they share is matched once: `begins`, then any of the shapes.

    `first` is the inside of a class of the characters that they begin with; `heads` are the words they begin with,
    if it is always one of these. `needs` is a pattern without which a text holds none of them.
    """

    first: str
    begins: str
    shapes: tuple[Shape, ...]
    heads: tuple[str, ...] = ()
    needs: str = ""


class RuleSet:
    """The set-aside rules of one language, each family compiled into one pattern.

    An earlier match wins over a later one; from the same place, the family, then the shape that stands first.
    """

    def __init__(self, gate: str, families: Sequence[Family], begin: str = "") -> None:
        """Compile `families`; `begin` matches where some family may begin, and what holds no other beginning."""
        self._gate = re.compile(gate).search
        self.families = tuple(families)
        self._rules: dict[str, Rule] = {}
        compiled = [(family, re.compile(self._pattern(family)).match) for family in families]
        self._needs = [re.compile(family.needs).search for family in families if family.needs]
        self._usual = _Tried([entry for entry in compiled if not entry[0].needs], begin)
        self._all = _Tried(compiled, begin)

    def _pattern(self, family: Family) -> str:
        return f"{family.begins}(?:{'|'.join(map(self._shape, family.shapes))})"

    def _shape(self, shape: Shape) -> str:
        name = f"r{len(self._rules)}"
        self._rules[name] = shape.rule
        return f"(?P<{name}>{'|'.join(shape.patterns)})"

    def find(self, text: str) -> list[Aside]:
        """Return the spans to set aside, in order and without overlaps."""
        if self._gate(text) is None:
            return []
        tried = self._all if any(search(text) is not None for search in self._needs) else self._usual
        return [Aside(*match.span(), self._rules[match.lastgroup or ""]) for match in tried.matches(text)]


_Match = Callable[[str, int], "re.Match[str] | None"]
_HEAD = 3
_KEPT_HEADS = 1 << 15


class _Tried:
    """Which families are tried where: the next characters rule most of them out."""

    def __init__(self, families: Sequence[tuple[Family, _Match]], begin: str) -> None:
        firsts = "".join(family.first for family, _ in families)
        self._begin = re.compile(begin or f"[{firsts}]").search
        self._families = [
            (re.compile(f"[{family.first}]").match, tuple(head[:_HEAD] for head in family.heads), match)
            for family, match in families
        ]
        self._known: dict[str, tuple[_Match, ...]] = {}

    def _beginning(self, head: str) -> tuple[_Match, ...]:
        """Return what is tried where `head` stands, and remember it."""
        if len(self._known) > _KEPT_HEADS:
            self._known.clear()
        self._known[head] = found = tuple(
            match
            for first, heads, match in self._families
            if first(head) is not None and (not heads or head.startswith(heads))
        )
        return found

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        begin, known, place = self._begin, self._known, 0
        while (start := begin(text, place)) is not None:
            place = start.start()
            head = text[place : place + _HEAD]
            tried = known.get(head)
            for match in self._beginning(head) if tried is None else tried:
                found = match(text, place)
                if found is not None and found.end() > place:
                    yield found
                    place = found.end()
                    break
            else:
                place = start.end()


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

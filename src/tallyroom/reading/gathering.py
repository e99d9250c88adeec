"""Gathering: all that stands in a block, as tokens in order. What lies inside a date or an aside is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from tallyroom.codebook import Lexicon
from tallyroom.codebook.meanings import Meanings
from tallyroom.model.quantity import Quantity
from tallyroom.quantities import QuantityReader
from tallyroom.quantities.asides import find_asides
from tallyroom.quantities.periods import Clock, find_periods
from tallyroom.reading.tokens import FIGURE, PERIOD, TERM, Token, breaks

_DIGIT = re.compile(r"\d|[〇零一二三四五六七八九十百千两半]|\b(?:one|two|three|four|five|six|seven|"
r"eight|nine|ten|eleven|twelve|"
                    r"\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
r"million|half|third|quarter|dozen|double|twice)")  # fmt: skip

Span = tuple[int, int]


class Gathered(msgspec.Struct, frozen=True):
    """The tokens of a block in order, and the spans whose numerals are no figures, each with its rule."""

    tokens: list[Token]
    asides: list[tuple[int, int, str]]


def gather(text: str, lang: str, lexicon: Lexicon, numbers: QuantityReader, clock: Clock) -> Gathered:
    """Return what stands in the folded text of one block; an empty one gives no tokens."""
    terms = lexicon.find(text)
    periods = find_periods(text, lang, clock)
    asides = [(p.start, p.end, "period") for p in periods]
    taken, outer = _Cover(len(text)), _Cover(len(text))
    figures: list[Quantity] = []
    has_digits = _DIGIT.search(text) is not None
    if has_digits:
        asides = [*((aside.start, aside.end, str(aside.rule)) for aside in find_asides(text, lang)), *asides]
    taken.add((start, end) for start, end, _ in asides)
    if has_digits:
        operations = [(s, e) for s, e, meanings in terms if meanings.names_operation]
        figures = _figures(numbers.find(text), taken, operations)
        outer.add((q.outer_start, q.outer_end) for q in figures)
    tokens = [Token(q.start, q.end, FIGURE, quantity=q) for q in figures]
    tokens.extend([Token(p.start, p.end, PERIOD, period=p) for p in periods])
    tokens.extend([
        Token(start, end, TERM, terms=meanings)
        for start, end, meanings in terms
        if not outer.touches(start, end) and (not taken.holds(start, end) or _outlives(meanings, text, end))
    ])  # fmt: skip
    if lang == "en" and figures:
        tokens.extend(_cut_back(text, terms, figures, lexicon))
    tokens.extend(
        [b for b in breaks(text) if not (outer.touches(b.start, b.end) or taken.touches(b.start, b.end))]
    )
    tokens.sort(key=_place)
    return Gathered(tokens, asides)


def _cut_back(
    text: str, terms: list[tuple[int, int, Meanings]], figures: list[Quantity], lexicon: Lexicon
) -> list[Token]:
    """`worth an estimated $408 million`: a phrase that runs into a figure's own words is read as far as they begin."""
    found: list[Token] = []
    begins = [q.outer_start for q in figures if q.outer_start < q.start]
    for start, end, _ in terms if begins else ():
        at = next((at for at in begins if start < at < end), None)
        if at is not None:
            near = lexicon.find(text[start:at].rstrip())
            found.extend(Token(start + s, start + e, TERM, terms=meanings) for s, e, meanings in near)
    return found


def _place(token: Token) -> int:
    """Tokens by where they begin, the longer first; one number is quicker to compare than two."""
    return (token.start << 32) - token.end


def _figures(found: list[Quantity], taken: _Cover, operations: list[Span]) -> list[Quantity]:
    """Leave out what begins in a date or an aside, or lies in the name of an operation."""
    figures = [q for q in found if not taken.begins_in(q.start)]
    if operations:
        return [q for q in figures if not any(start <= q.start and q.end <= end for start, end in operations)]
    return figures


def _outlives(meanings: Meanings, text: str, end: int) -> bool:
    """Tell whether a word inside a date or duration still counts: a name, or 多 of 比前一年多46%."""
    if any(term.operation or term.area for term in meanings):
        return True
    return not meanings.cues.isdisjoint(("rise", "fall")) and text[end : end + 1].isdigit()


class _Cover:
    """Which characters of a text lie inside spans: each question costs no more than the characters asked for."""

    __slots__ = ("_inside", "_spans")

    def __init__(self, length: int) -> None:
        self._inside = bytearray(length)
        self._spans: list[Span] = []

    def add(self, spans: Iterable[Span]) -> None:
        """Take in spans of the text."""
        self._spans.extend(spans)
        for start, end in self._spans:
            self._inside[start:end] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span has a character of this one."""
        return self._inside.find(1, start, end) >= 0

    def begins_in(self, at: int) -> bool:
        return self._inside[at] == 1

    def holds(self, start: int, end: int) -> bool:
        """Tell whether this one lies in a single span, and not across two."""
        return self._inside[start] == 1 and any(first <= start and end <= last for first, last in self._spans)

"""Characters of a plain text found again in what was extracted from a rendering of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from rendering.flow import Flow

_TOKEN = re.compile(r"[A-Za-z]+|\d+|\S")
_CONTEXT = (24, 12, 6, 0)
Row = Mapping[str, Any]


class Alignment:
    """Where each character of the plain text stands in the extracted one; -1 for one that is not there."""

    def __init__(self, plain: str, text: str, places: list[int]) -> None:
        self.plain, self.text, self._places = plain, text, places

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the extracted text that shows `plain[start:end]`; None where it is not whole."""
        needed = [at for at in range(start, end) if not self.plain[at].isspace()]
        places = [self._places[at] for at in needed]
        if places and min(places) >= 0 and places == sorted(places) and _close(places):
            return places[0], places[-1] + 1
        return self._looked_up(start, end)

    def row(self, row: Row) -> dict[str, Any]:
        """Return an annotation of the plain text as one of the extracted text; lost spans overlap nothing."""
        found = self.span(row["start"], row["end"]) or (-1, -1)
        return {**row, "start": found[0], "end": found[1]}

    def _looked_up(self, start: int, end: int) -> tuple[int, int] | None:
        """Find what was moved, as footnotes are, by its words and those around it."""
        for around in _CONTEXT:
            before, words, after = (
                _loose(self.plain[max(0, start - around) : start]),
                _loose(self.plain[start:end]),
                _loose(self.plain[end : end + around]),
            )
            found = list(re.finditer(rf"{before}\s*({words})\s*{after}", self.text))
            if len(found) == 1:
                return found[0].span(1)
        return None


def _close(places: list[int]) -> bool:
    """Nothing long stands between the characters of one figure."""
    return places[-1] - places[0] < 3 * len(places) + 6


def _loose(words: str) -> str:
    return r"\s*".join(map(re.escape, re.sub(r"\s", "", words)))


def align(flow: Flow, text: str) -> Alignment:
    """Find the flow's characters in a text that was extracted from a rendering of it."""
    shown, origins = _shown(flow)
    places = [-1] * len(flow.text)
    for at, found in _matched(shown, text):
        if (origin := origins[at]) is not None:
            places[origin] = found
    return Alignment(flow.text, text, places)


def _shown(flow: Flow) -> tuple[str, list[int | None]]:
    parts: list[str] = []
    origins: list[int | None] = []
    for piece in flow.pieces():
        parts += [piece.text, "\n"]
        origins += (
            [None] * len(piece.text)
            if piece.start is None
            else list(range(piece.start, piece.start + len(piece.text)))
        )
        origins.append(None)
    return "".join(parts), origins


def _matched(left: str, right: str) -> Iterator[tuple[int, int]]:
    """Give pairs of places of the same character: tokens first, then what is left of unlike tokens."""
    lefts, rights = list(_TOKEN.finditer(left)), list(_TOKEN.finditer(right))
    matcher = SequenceMatcher(None, [token[0] for token in lefts], [token[0] for token in rights], False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(lefts[first:last], rights[begin:end], strict=True):
                yield from zip(range(*one.span()), range(*other.span()), strict=True)
        elif tag == "replace":
            first_span = lefts[first].start(), lefts[last - 1].end()
            yield from _characters(left, right, first_span, (rights[begin].start(), rights[end - 1].end()))


def _characters(
    left: str, right: str, first: tuple[int, int], other: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, left[slice(*first)], right[slice(*other)], False)
    for begin, found, size in matcher.get_matching_blocks():
        yield from (
            (first[0] + begin + offset, other[0] + found + offset)
            for offset in range(size)
            if not left[first[0] + begin + offset].isspace()
        )

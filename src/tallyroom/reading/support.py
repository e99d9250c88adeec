"""Support: whether what surrounds a figure shows that it is one of enforcement, and not of any other news.

A news item on a flood counts people rescued, one on a war drones shot down, in the very words that a briefing
uses. Signs from the figure's own verb and noun, its clause, its sentence, its item and its document each have
points, for or against; a figure stands where they come to enough. The points are data (`support.json`), made by
`bench/fit_support.py` from judged rows.
"""

from __future__ import annotations

import functools
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from importlib.resources import files

from tallyroom.model.document import Block
from tallyroom.reading.drafts import Draft
from tallyroom.reading.items import Items
from tallyroom.reading.subjects import ENFORCEMENT, NONE, OTHER, Found, Subjects, Tally

NEEDED, NEEDED_ALONE = 5, -23
"""Points from which on a figure stands: in a bulletin of many items, and in a document that is one, which somebody
chose."""
_CLAUSE_END = re.compile(r"[，；。！？：]|[,;:.](?!\d)")
# 尚未对两人发出逮捕令, 要求处罚该公司1.4万亿美元: what was not done, or only asked for
_DENIED = re.compile(
    r"(?:没有|尚未|还未|并未|未有|从未|无)[^，。；]{0,8}(?:被捕|逮捕|被拘|抓获|落网|被逮|归案)|"
    r"要求[^，。；]{0,12}(?:处罚|逮捕|引渡|赔偿|修改)|"
    r"\bno (?:\w+ ){0,3}(?:arrests?|charges|suspects?)\b|\b(?:not|yet to) (?:\w+ ){0,2}(?:arrest|charge|detain)"
)
_ABOUT = 0.5
"""The share of its text from which on a document is about enforcement as a whole."""
_MANY = 3
_LONG, _SEVERAL, _LITTLE = 60, 8, 0.25
"""Blocks, blocks, and the share of its text about enforcement below which a document of several is no briefing."""
_LINES = 80
"""Characters: a text as short as this may say nothing of its subject."""


class Support:
    """What the text of one document tells about its figures. `folded` has the document's offsets."""

    def __init__(self, blocks: Sequence[Block], folded: str, subjects: Subjects) -> None:
        self._blocks = [block for block in blocks if block.kind != "furniture"]
        self._folded, self._subjects = folded, subjects
        self._levels: set[tuple[tuple[int, int], str | None]] = set()
        self._denied: tuple[int, int, bool] | None = None
        self._marked: tuple[int, int, list[int]] | None = None

    @functools.cached_property
    def _found(self) -> Found:
        return self._subjects.find(self._folded)

    @functools.cached_property
    def _items(self) -> Items:
        return Items(self._blocks, bulletin=self.is_bulletin)

    @functools.cached_property
    def _share(self) -> float:
        """The share of the text in blocks that speak of enforcement more than of anything else."""
        about = sum(block.end - block.start for block in self._blocks if self._is_about(block))
        return about / max(1, sum(block.end - block.start for block in self._blocks))

    def _is_about(self, block: Block) -> bool:
        told = self._found.tally(block.start, block.end)
        return told.enforcement > 0 and told.enforcement + told.bodies > told.others

    @functools.cached_property
    def is_briefing(self) -> bool:
        """Tell whether the document as a whole is about enforcement: then paragraphs need not say so again."""
        return self._share >= _ABOUT and self._found.tally(0, len(self._folded)).enforcement >= _MANY

    def holds(self, draft: Draft) -> bool:
        """Tell whether a settled figure is one of enforcement; ask in the order of the text.

        A part or a change stands with the level that it belongs to.
        """
        whole = whole_of(draft)
        stands = self._needs_none(whole) or self._points(whole) >= self._needed
        if draft.statistic == "level":
            if stands:
                self._levels.add((draft.within, draft.indicator))
            return stands
        return stands or (draft.within, draft.indicator) in self._levels

    def _needs_none(self, draft: Draft) -> bool:
        """Tell whether a figure needs no points: in a briefing as a whole, or in a line or two of no other subject."""
        if self.is_briefing:
            return draft.indicator != "deaths"
        return len(self._folded) < _LINES and not self._found.tally(0, _LINES).others

    @functools.cached_property
    def is_bulletin(self) -> bool:
        """Tell whether the document is of many items: a long one, or one of several paragraphs, few of them ours."""
        many = len(self._blocks)
        return many >= _LONG or (many >= _SEVERAL and self._share < _LITTLE)

    @property
    def _needed(self) -> int:
        return NEEDED if self.is_bulletin else NEEDED_ALONE

    def _points(self, draft: Draft) -> int:
        points = points_of_signs()
        return sum(points.get(sign, 0) for sign in self.signs(draft))

    def signs(self, draft: Draft) -> Iterator[str]:
        """Give the signs for and against a figure."""
        yield "any"
        yield from self._own_signs(draft)
        start, end = draft.within
        clause_start, clause_end = self._clause(draft)
        clause = self._found.tally(clause_start, clause_end)
        sentence = self._found.tally(start, end)
        yield from _tally_signs("clause", clause, (1,), (1,))
        yield from _tally_signs("sentence", sentence, (1, 2), (1, 2))
        if self._denies(start, end):
            yield "sentence denies"
            if _DENIED.search(self._folded, clause_start, clause_end):
                yield "clause denies"
        item = self._items.at(draft.place[0])
        whole = self._found.tally(item.start, item.end)
        yield from _ratio_signs("item", _ratio(whole), (10, 30, 50, 70))
        yield from (f"item enforcement {count}" for count in (3, 6, 10) if whole.enforcement >= count)
        if not whole.enforcement:
            yield "item without enforcement"
            if whole.others >= 2:
                yield "item of another subject"
        yield from _tally_signs("lead", self._found.tally(item.start, item.lead), (1,), (1,))
        yield from _ratio_signs("document", self._share, (10, 25, 50))

    def _denies(self, start: int, end: int) -> bool:
        """Tell whether a sentence says what was not done; for the cells of a table that is all of it, read once."""
        if self._denied is None or self._denied[:2] != (start, end):
            self._denied = start, end, _DENIED.search(self._folded, start, end) is not None
        return self._denied[2]

    def _own_signs(self, draft: Draft) -> Iterator[str]:
        verb = self._kind(draft.action.word if draft.action else None)
        thing = self._kind(draft.thing.word if draft.thing else None)
        yield f"verb {verb}"
        thing = ENFORCEMENT if draft.marks.get("substance") else thing
        yield f"thing {thing}"
        if draft.cost >= 4:
            yield "far"
        if draft.cost >= 8:
            yield "very far"
        if draft.indicator == "deaths":
            yield "deaths"

    def _kind(self, word: str | None) -> str:
        """Tell what a verb or noun is of: `none` where there is none, `plain` where it is of no subject."""
        if not word:
            return "none"
        kind = self._subjects.kind_of(word)
        return kind if kind in (ENFORCEMENT, OTHER) else "plain" if kind == NONE else "body"

    def _clause(self, draft: Draft) -> tuple[int, int]:
        start, end = draft.within
        marks = self._marks(start, end)
        before = bisect_right(marks, draft.place[0] - 1) - 1
        after = bisect_left(marks, draft.place[1])
        return marks[before] + 1 if before >= 0 else start, marks[after] if after < len(marks) else end

    def _marks(self, start: int, end: int) -> list[int]:
        """Where the marks of a sentence stand, or of a whole table."""
        if self._marked is None or self._marked[:2] != (start, end):
            found = [mark.start() for mark in _CLAUSE_END.finditer(self._folded, start, end)]
            self._marked = start, end, found
        return self._marked[2]


def whole_of(draft: Draft) -> Draft:
    while draft.parent is not None and draft.parent.indicator is not None:
        draft = draft.parent
    return draft


def _tally_signs(where: str, told: Tally, enough: Sequence[int], other: Sequence[int]) -> Iterator[str]:
    yield from (f"{where} enforcement {count}" for count in enough if told.enforcement >= count)
    yield from (f"{where} other {count}" for count in other if told.others >= count)
    if told.bodies:
        yield f"{where} body"


def _ratio(told: Tally) -> float:
    weight = told.enforcement + told.bodies / 2
    return weight / (weight + told.others + 1)


def _ratio_signs(where: str, ratio: float, limits: Sequence[int]) -> Iterator[str]:
    return (f"{where} about {limit}%" for limit in limits if ratio * 100 >= limit)


@functools.cache
def points_of_signs() -> dict[str, int]:
    """Return the points of each sign; those that are not listed have none."""
    points: dict[str, int] = json.loads(
        files("tallyroom.reading").joinpath("support.json").read_text("utf-8")
    )
    return points

"""Pairs of annotation and observation, and what their agreement makes in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from tallyroom.evaluation.agreement import FIELDS, agreement
from tallyroom.evaluation.gold import Gold, Row

LEVELS = ("figure", "indicator", "cell", "full")
_LEVEL_FIELDS = (
    ("value", "unit"),
    ("indicator", "statistic"),
    ("area", "substance", "period"),
    ("qualifier", "operation", "offence", "breakdown"),
)
"""What each level asks for beyond the one before it."""


class Score(msgspec.Struct, frozen=True):
    """Right rows of one level, beside the rows that gold has and that were read."""

    right: int
    gold: int
    read: int

    @property
    def precision(self) -> float:
        """Right of those read; 1 where nothing was read and nothing was to be."""
        return self.right / self.read if self.read else float(not self.gold)

    @property
    def recall(self) -> float:
        """Right of those in gold; 1 where gold has none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Difference(msgspec.Struct, frozen=True):
    """A row that is missed, false, or wrong in some fields; `fields` has what gold says and what was read."""

    kind: Literal["wrong", "missed", "false"]
    source: str
    start: int
    text: str
    indicator: str
    fields: dict[str, tuple[object, object]] = {}


class Evaluation(msgspec.Struct, frozen=True):
    """What came of the comparison, in all and by language."""

    documents: int
    levels: dict[str, Score]
    languages: dict[str, dict[str, Score]]
    agreement: dict[str, tuple[int, int]]
    """For each field, agreeing pairs and pairs whose spans overlap."""
    differences: list[Difference]
    unread: tuple[str, ...] = ()
    """What to tell of documents that could not be read; their rows count as missed."""


class Pair(msgspec.Struct, frozen=True):
    """A row of gold and one that was read, by their places, and in which fields they agree."""

    gold: int
    read: int
    ok: dict[str, bool]

    @property
    def level(self) -> int:
        """How many of `LEVELS` the pair reaches."""
        for reached, fields in enumerate(_LEVEL_FIELDS):
            if not all(self.ok[name] for name in fields):
                return reached
        return len(LEVELS)


def score(gold: Gold, read: Mapping[str, Sequence[Row]], unread: tuple[str, ...] = ()) -> Evaluation:
    """Compare the rows that were read with the annotations of the same documents.

    A row of gold and one that was read may pair when their spans overlap; the pairs that agree best are taken
    first, each row once. Every level is counted over all rows (micro-average): a document without annotations
    counts whatever was read in it as false.

    Args:
        gold: The annotations.
        read: Rows by document; documents that gold lacks are not looked at.
        unread: Passed on.
    """
    paired = {name: pair_rows(rows, read.get(name, ())) for name, rows in gold.rows.items()}
    seen = [pair for pairs in paired.values() for pair in pairs]
    agreeing = Counter(name for pair in seen for name in FIELDS if pair.ok[name])
    by_language = {
        lang: [name for name in gold.langs if gold.langs[name] == lang]
        for lang in sorted(set(gold.langs.values()))
    }
    return Evaluation(
        documents=len(gold.langs),
        levels=_levels(gold.langs, gold, read, paired),
        languages={lang: _levels(names, gold, read, paired) for lang, names in by_language.items()},
        agreement={name: (agreeing[name], len(seen)) for name in FIELDS},
        differences=[
            difference
            for name, pairs in paired.items()
            for difference in _differences(gold.rows[name], read.get(name, ()), pairs)
        ],
        unread=unread,
    )


def pair_rows(gold: Sequence[Row], read: Sequence[Row]) -> list[Pair]:
    """Return the pairs of one document whose spans overlap, those that agree best first, each row once."""
    candidates = [
        Pair(i, j, agreement(left, right))
        for i, left in enumerate(gold)
        for j, right in enumerate(read)
        if left["start"] < right["end"] and right["start"] < left["end"]
    ]
    candidates.sort(key=lambda pair: (-pair.level, -sum(pair.ok.values()), pair.gold, pair.read))
    chosen: list[Pair] = []
    taken: set[tuple[str, int]] = set()
    for pair in candidates:
        ends = {("gold", pair.gold), ("read", pair.read)}
        if not ends & taken:
            taken |= ends
            chosen.append(pair)
    return chosen


def _levels(
    names: Iterable[str], gold: Gold, read: Mapping[str, Sequence[Row]], paired: Mapping[str, Sequence[Pair]]
) -> dict[str, Score]:
    chosen = list(names)
    golds = sum(len(gold.rows[name]) for name in chosen)
    reads = sum(len(read.get(name, ())) for name in chosen)
    reached = Counter(pair.level for name in chosen for pair in paired[name])
    return {
        level: Score(sum(reached[depth] for depth in range(at, len(LEVELS) + 1)), golds, reads)
        for at, level in enumerate(LEVELS, 1)
    }


def _differences(gold: Sequence[Row], read: Sequence[Row], pairs: Sequence[Pair]) -> Iterator[Difference]:
    for pair in pairs:
        wrong = [name for name in FIELDS if not pair.ok[name]]
        if wrong:
            left, right = gold[pair.gold], read[pair.read]
            yield _difference("wrong", left, {name: (left.get(name), right.get(name)) for name in wrong})
    for at in sorted(set(range(len(gold))) - {pair.gold for pair in pairs}):
        yield _difference("missed", gold[at])
    for at in sorted(set(range(len(read))) - {pair.read for pair in pairs}):
        yield _difference("false", read[at])


def _difference(
    kind: Literal["wrong", "missed", "false"],
    row: Row,
    fields: dict[str, tuple[object, object]] | None = None,
) -> Difference:
    text, indicator = str(row.get("text") or ""), str(row.get("indicator") or "")
    return Difference(kind, str(row["source"]), int(row["start"]), text, indicator, fields or {})

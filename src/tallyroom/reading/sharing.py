"""Places that pair by order with the figures of a list: 江苏、山东分别缴获毒品3吨、2吨."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.reading.drafts import Draft
from tallyroom.reading.lists import rows_of
from tallyroom.reading.places import AreaGroup
from tallyroom.reading.sentence import Sentence


def shared_out(sentence: Sentence, groups: Sequence[AreaGroup]) -> dict[int, str]:
    """Return for each draft, by its id, the one place of a list that is its own; empty where none pairs.

    A list of places pairs with every row of as many figures that count one thing, where 分别 or `respectively`
    says so. Rows of several things pair with those, and the places did them together.
    """
    lists = [group for group in groups if len(group.codes) > 1]
    if not lists:
        return {}
    shares: dict[int, str] = {}
    for row in _rows(sentence):
        group = next((g for g in reversed(lists) if g.end <= row[0].start and len(g.codes) == len(row)), None)
        if group is not None and _is_of_one_thing(row):
            shares |= {id(draft): code for draft, code in zip(row, group.codes, strict=True)}
    return shares


def _rows(sentence: Sentence) -> Iterator[list[Draft]]:
    for at, token in enumerate(sentence.tokens):
        if "respectively" in token.terms.cues:
            yield from rows_of(at, sentence.tokens, sentence.text, sentence.drafts)


def _is_of_one_thing(row: Sequence[Draft]) -> bool:
    counted = {(draft.indicator, draft.statistic, draft.marks.get("substance")) for draft in row}
    return len(counted) == 1 and row[0].indicator is not None

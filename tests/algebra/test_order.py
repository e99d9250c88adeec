"""However figures come, the answers are the same: at once, one by one, in any order, taken away and put back."""

from __future__ import annotations

import random
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from small_worlds import events_of, knowledge, questions_of, told, truth_of
from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.findings import can_hold, findings_of
from tallyroom.algebra.holding import Told


def rows_with_slips(seed: int) -> list[Told]:
    """Figures of one world, a few of them wrong."""
    chance = random.Random(seed)
    events = events_of(chance, 60)
    rows = []
    for entry, question in enumerate(questions_of(chance, 40), 1):
        row = told(question, truth_of(question, events), chance)
        if chance.random() < 0.1:
            wrong = truth_of(question, events) * chance.choice((Decimal("0.3"), Decimal(3))) + 7
            row = msgspec.structs.replace(row, low=wrong, high=wrong, low_open=False, high_open=False)
        rows.append((entry, chance.randrange(12), row))
    return rows


def answers(algebra: Algebra) -> list[tuple[int, ...]]:
    """The entries of each contradiction, and what documents say against themselves."""
    regions = algebra.bad_regions()
    found = {one.entries for region in regions for one in findings_of(algebra.holding, region)[0]}
    return [*sorted(found), *(entries for _, entries in algebra.self_contradictions())]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1 << 32))
def test_answers_do_not_depend_on_how_figures_come(seed: int) -> None:
    rows = rows_with_slips(seed)
    at_once = Algebra(knowledge(), lambda entries: {})
    at_once.add(rows)
    one_by_one = Algebra(knowledge(), lambda entries: {})
    shuffled = random.Random(seed).sample(rows, len(rows))
    for row in shuffled:
        one_by_one.add([row])
    returned = [row for row in rows if row[0] % 3 == 0]
    one_by_one.remove([entry for entry, _, _ in returned])
    one_by_one.add(returned)

    assert answers(one_by_one) == answers(at_once)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1 << 32))
def test_what_parts_exceed_is_found_however_large_what_hangs_together_is(seed: int) -> None:
    """Regions of a few cells stand for a record in which millions hang together."""
    rows = [(entry, entry, row) for entry, _, row in rows_with_slips(seed)]
    algebra = Algebra(knowledge(), lambda entries: {})
    algebra.add(rows)

    for cell in algebra.levels.broken:
        cells, _ = algebra.regions.below(cell, 2)
        assert not can_hold(algebra.regions.region(cells, whole=False))

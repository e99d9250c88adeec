"""Nothing that is true is ever found impossible: figures counted from events fulfil every tie."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from small_worlds import (
    a_question,
    events_of,
    hauls_of,
    knowledge,
    questions_of,
    told,
    truth_of,
)
from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.bounding import Bounder
from tallyroom.algebra.cells import Cell, LightRow

SEEDS = st.integers(0, 1 << 32)


def a_world(seed: int, figures: int = 60) -> tuple[Algebra, dict[Cell, Decimal], random.Random]:
    """An algebra over figures that are all true, with the truth of each cell."""
    chance = random.Random(seed)
    events = events_of(chance, 80)
    algebra = Algebra(knowledge(), lambda entries: {})
    questions = questions_of(chance, figures)
    truths = {algebra.holding.cell_of(row): truth_of(row, events) for row in questions}
    rows: list[LightRow] = [told(row, truth_of(row, events), chance) for row in questions]
    rows += hauls_of(events, chance)
    documents = [chance.randrange(8) for _ in rows]
    numbered = [
        (entry, document, row) for entry, (document, row) in enumerate(zip(documents, rows, strict=True), 1)
    ]
    cut = chance.randrange(len(numbered))
    algebra.add(numbered[:cut])
    algebra.add(numbered[cut:])
    return algebra, truths, chance


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_no_row_of_the_system_is_broken_by_the_truth(seed: int) -> None:
    algebra, truths, _ = a_world(seed)
    held = algebra.holding
    cells = list(range(len(held.place)))
    region = algebra.regions.region(cells, whole=True)
    values = [_truth(algebra, cell, truths) for cell in region.cells]

    for number, row in enumerate(region.system.rows):
        total = sum((values[variable] * times for variable, times in row.terms), Fraction(0))
        within = row.within
        assert within.low is None or total > within.low or (total == within.low and not within.low_open), (
            number
        )
        assert (
            within.high is None or total < within.high or (total == within.high and not within.high_open)
        ), number


def _truth(algebra: Algebra, number: int, truths: dict[Cell, Decimal]) -> Fraction:
    """The truth of a cell; of hauls of one day, the largest that was told."""
    cell = algebra.holding.cell_at(number)
    if cell.place.measure.haul:
        return Fraction(algebra.holding.low[number] >> 1, 10**18)
    return Fraction(truths[cell])


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_true_figures_are_never_found_to_contradict(seed: int) -> None:
    algebra, _, _ = a_world(seed)

    assert algebra.check() == []
    assert algebra.self_contradictions() == []


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_bounds_contain_the_truth(seed: int) -> None:
    algebra, _, chance = a_world(seed, 30)
    again = random.Random(seed)
    events = events_of(again, 80)
    for _ in range(4):
        row = a_question(chance)
        truth, found = truth_of(row, events), algebra.bounds(row).reach

        assert found.low is not None
        assert found.low <= truth
        assert found.high is None or truth <= found.high


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_bounds_of_a_part_of_the_record_hold_and_are_no_narrower(seed: int) -> None:
    algebra, _, chance = a_world(seed, 40)
    row = questions_of(chance, 1)[0]
    exact = algebra.bounds(row).reach
    number = algebra.holding.find(algebra.holding.cell_of(row))
    assert number is not None

    few = (
        Bounder(algebra.holding, algebra.ties, algebra.levels, algebra.regions, most=3)
        .solve({number: 1})
        .reach
    )

    assert few.low is not None
    assert exact.low is not None
    assert few.low <= exact.low
    assert few.high is None or (exact.high is not None and exact.high <= few.high)

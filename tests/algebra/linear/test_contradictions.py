"""Minimal sets: all of them on small systems, each proved, the same each time."""

from __future__ import annotations

import random

from hypothesis import given, settings

from linear_systems import can_hold, minimal_sets, systems
from tallyroom.algebra.linear import Budget, MinimalSet, contradictions
from tallyroom.algebra.linear.certificates import holds_at, refutes
from tallyroom.algebra.linear.hitting import clusters, hitting_sets
from tallyroom.algebra.system import Range, Row, System


def exactly(variable: int, value: int) -> Row:
    return Row(((variable, 1),), Range(value, value))


def part_of(part: int, whole: int) -> Row:
    return Row(((whole, 1), (part, -1)), Range(0, None))


def is_minimal(system: System, found: MinimalSet) -> bool:
    if not refutes(system, found.refutation.steps) or found.refutation.rows != found.rows:
        return False
    points = ([escape.get(variable, 0) for variable in range(system.variables)] for escape in found.escapes)
    return all(
        holds_at(system, [other for other in found.rows if other != row], point)
        for row, point in zip(found.rows, points, strict=True)
    )


@settings(max_examples=200)
@given(systems())
def test_all_minimal_sets_of_a_small_system_are_found_and_no_others(system: System) -> None:
    found = contradictions(system)

    assert sorted(one.claims for one in found.sets) == sorted(minimal_sets(system))
    assert found.complete
    assert not found.unsolved


@settings(max_examples=200)
@given(systems(odd=True))
def test_each_set_is_proved_and_minimal_in_all_its_rows(system: System) -> None:
    found = contradictions(system)

    assert bool(found.sets) != can_hold(system)
    assert all(is_minimal(system, one) for one in found.sets)


@given(systems(odd=True))
def test_the_same_system_gives_the_same_sets(system: System) -> None:
    assert contradictions(system) == contradictions(system)


def test_sets_that_share_a_figure_are_both_found() -> None:
    rows = (exactly(0, 10), exactly(1, 12), exactly(2, 13), part_of(1, 0), part_of(2, 0))

    found = contradictions(System(3, rows))

    assert [one.claims for one in found.sets] == [(0, 1), (0, 2)]
    assert [one.ties for one in found.sets] == [(3,), (4,)]


def test_figures_that_say_the_same_stand_for_one_another() -> None:
    rows = (exactly(0, 10), exactly(1, 12), exactly(1, 12), exactly(0, 10), part_of(1, 0))

    found = contradictions(System(2, rows))

    assert [(one.claims, one.alike) for one in found.sets] == [((0, 1), ((0, 3), (1, 2)))]


def test_a_way_round_over_other_ties_makes_no_second_set() -> None:
    rows = (exactly(0, 10), exactly(2, 12), part_of(1, 0), part_of(2, 1), part_of(2, 0))

    found = contradictions(System(3, rows))

    assert [one.rows for one in found.sets] == [(0, 1, 4)]


def test_ties_that_cannot_hold_by_themselves_are_told() -> None:
    rows = (Row(((0, 1), (1, 1)), Range(3, 3)), Row(((0, 1), (1, 1)), Range(4, 4)), exactly(0, 1))

    found = contradictions(System(2, rows))

    assert [one.rows for one in found.sets] == [(0, 1)]
    assert not found.complete


def test_components_are_looked_at_one_by_one() -> None:
    rows = [exactly(variable, 10 + variable % 2) for variable in range(8)]
    rows += [part_of(variable + 1, variable) for variable in range(0, 8, 2)]

    found = contradictions(System(8, tuple(rows)))

    assert [one.claims for one in found.sets] == [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert all(is_minimal(System(8, tuple(rows)), one) for one in found.sets)
    assert found.complete


def test_a_component_too_large_is_named_and_the_others_are_told() -> None:
    rows = [exactly(0, 1), exactly(1, 2), part_of(1, 0), *(part_of(place, 2) for place in range(3, 30))]

    found = contradictions(System(30, (*rows, exactly(2, 1), exactly(3, 2))), Budget(rows=20))

    assert [one.claims for one in found.sets] == [(0, 1)]
    assert [left.rows for left in found.unsolved] == [29]
    assert not found.complete


def test_every_whole_that_is_too_small_is_found_in_one_large_component() -> None:
    """Provinces by substances with all totals; a few published figures are far too large."""
    system, planted = a_table(random.Random(7), areas=20, substances=6, wrong=3)

    found = contradictions(system)

    blamed = {system.rows[claim].terms[0][0] for one in found.sets for claim in one.claims}
    assert planted <= blamed
    assert all(is_minimal(system, one) for one in found.sets)


def test_no_set_is_told_of_a_large_table_that_is_right() -> None:
    system, _ = a_table(random.Random(8), areas=20, substances=6, wrong=0)

    assert contradictions(system).sets == ()


def a_table(dice: random.Random, areas: int, substances: int, wrong: int) -> tuple[System, set[int]]:
    """A published table whose last row and column are totals; `wrong` of its inner cells are 100,000 too large."""
    inner = [[dice.randint(1, 900) for _ in range(substances)] for _ in range(areas)]
    table = [[*line, sum(line)] for line in inner]
    table.append([sum(line[column] for line in table) for column in range(substances + 1)])
    cell = {
        (row, column): row * (substances + 1) + column
        for row in range(areas + 1)
        for column in range(substances + 1)
    }
    sums = [[cell[row, column] for column in (substances, *range(substances))] for row in range(areas + 1)]
    sums += [[cell[row, column] for row in (areas, *range(areas))] for column in range(substances + 1)]
    planted = {cell[dice.randrange(areas), dice.randrange(substances)] for _ in range(wrong)}
    rows = [Row(((line[0], 1), *((part, -1) for part in line[1:])), Range(0, 0)) for line in sums]
    for (row, column), variable in cell.items():
        value = table[row][column] // 10 * 10 + (100_000 if variable in planted else 0)
        rows.append(Row(((variable, 1),), Range(value, value + 10, False, True)))
    return System(len(cell), tuple(rows)), planted


def test_hitting_sets_take_one_of_each_and_none_too_many() -> None:
    sets = [frozenset({1, 2}), frozenset({2, 3}), frozenset({4})]

    assert hitting_sets(sets, 10) == ([frozenset({2, 4}), frozenset({1, 3, 4})], True)
    assert hitting_sets(sets, 1)[1] is False


def test_sets_that_share_members_are_one_cluster() -> None:
    sets = [frozenset({1, 2}), frozenset({5}), frozenset({2, 3}), frozenset({3, 4})]

    assert clusters(sets) == [[sets[0], sets[2], sets[3]], [sets[1]]]

"""Records told of worlds in which all is counted: what can be true is never doubted, what cannot is found."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from decimal import Decimal

import pytest

from algebra.atoms import can_all_be_true
from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.cells import Unfit
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.codebook import load_codebook, load_relations
from tallyroom.generate.dice import Dice
from tallyroom.generate.plants import Planted, plant
from tallyroom.generate.records import Said, Telling, figures_of, plainly, world_unit
from tallyroom.generate.worlds import Cell, Containers, Home, World, a_world
from tallyroom.model import Figure
from tallyroom.model.quantity import Interval

WORLDS = 500
TENTHS = [pytest.param(tenth, id=f"worlds {tenth * WORLDS // 10} and on") for tenth in range(10)]


@functools.cache
def _known() -> tuple[Knowledge, Containers]:
    codebook = load_codebook()
    return Knowledge(codebook, load_relations()), Containers(codebook)


def _home(dice: Dice) -> Home:
    """A country with some of its parts; in two of three worlds a campaign with an operation of its own."""
    knowledge, containers = _known()
    parts = tuple(dice.some(containers.parts_of("CN"), dice.between(3, 12)))
    if dice.chance(30):
        return Home("CN", parts, 2023)
    campaign = knowledge.codebook.operations["hundred-days-2022"]
    assert campaign.start is not None
    return Home(
        "CN", parts, 2022, operations=("clean-border-2022", campaign.code), begun=campaign.start.toordinal()
    )


def _told(number: int) -> tuple[World, Telling, list[Said], Dice]:
    dice = Dice("worlds", number)
    world = a_world(
        _home(dice.child("home")), _known()[1], dice.child("events"), events=dice.between(20, 150)
    )
    telling = Telling(world, dice.child("telling"), documents=dice.between(2, 9))
    return world, telling, telling.record(dice.between(20, 80)), dice


def _algebra(told: Sequence[Said], *more: Said) -> Algebra:
    algebra = Algebra(_known()[0])
    algebra.add_figures(figures_of((*told, *more)))
    return algebra


def _worlds(tenth: int) -> range:
    return range(tenth * WORLDS // 10, (tenth + 1) * WORLDS // 10)


@pytest.mark.parametrize("tenth", TENTHS)
def test_what_can_be_true_is_never_doubted(tenth: int) -> None:
    for number in _worlds(tenth):
        _, _, told, _ = _told(number)
        algebra = _algebra(told)

        assert [finding.says["en"] for finding in algebra.check()] == [], f"world {number}"
        assert algebra.self_contradictions() == []
        assert algebra.unsolved == ()


@pytest.mark.parametrize("tenth", TENTHS)
def test_every_planted_contradiction_is_found_with_nothing_needless_in_it(tenth: int) -> None:
    for number in _worlds(tenth):
        _, telling, told, dice = _told(number)
        planted = plant(told, telling, dice.child("plant"))
        assert planted is not None, f"nothing was planted in world {number}"
        found = _algebra(told, *planted.said).check()

        assert any(_names(planted, one.figures) for one in found), (
            f"world {number}: {planted.kind} is not found"
        )
        by_entry = {one.figure.entry: one for one in (*told, *planted.said)}
        for finding in found:
            assert finding.severity == "hard"
            assert _names(planted, finding.figures), (
                f"world {number}: a finding without the figure that is wrong"
            )
            _assert_minimal(
                [by_entry[figure.entry] for figure in finding.figures], telling.world.home, number
            )


def _names(planted: Planted, figures: Sequence[Figure]) -> bool:
    return planted.wrong in {figure.entry for figure in figures}


def _assert_minimal(members: Sequence[Said], home: Home, number: int) -> None:
    containers = _known()[1]
    assert not can_all_be_true(members, home, containers), f"world {number}: they can all be true"
    for at in range(len(members)):
        rest = [*members[:at], *members[at + 1 :]]
        assert can_all_be_true(rest, home, containers), f"world {number}: more than one figure is needless"


@pytest.mark.parametrize("tenth", TENTHS)
def test_bounds_contain_the_truth_whether_it_was_told_or_not(tenth: int) -> None:
    for number in _worlds(tenth)[::5]:
        world, telling, told, _ = _told(number)
        algebra = _algebra(told)
        asked = [telling.a_cell() for _ in range(4)] + [one.cell for one in told[:2] if not one.haul]
        for cell in asked:
            try:
                bounds = algebra.bounds(telling.say(cell, plainly(cell, 1)).figure.observation)
            except Unfit:  # of an operation before it began
                continue
            truth = Decimal(world.count(cell)) / world_unit(cell)
            reach = bounds.reach

            assert reach.low is None or reach.low < truth or (reach.low == truth and not reach.low_open), (
                f"{number}: {cell}"
            )
            assert (
                reach.high is None or truth < reach.high or (truth == reach.high and not reach.high_open)
            ), f"{number}: {cell}"


@pytest.mark.parametrize("number", range(0, WORLDS, 25))
def test_figures_that_come_one_by_one_and_go_give_the_same_findings(number: int) -> None:
    _, telling, told, dice = _told(number)
    planted = plant(told, telling, dice.child("plant"))
    assert planted is not None
    all_told = [*told, *planted.said]
    expected = _sets(_algebra(all_told))

    algebra = Algebra(_known()[0])
    shuffled = dice.child("order").shuffled(all_told)
    for at in range(0, len(shuffled), 7):
        algebra.add_figures(figures_of(shuffled[at : at + 7]))
        algebra.check_touched()
    assert _sets(algebra) == expected

    algebra.remove(one.figure.entry for one in shuffled[::3])
    algebra.add_figures(figures_of(shuffled[::3]))
    assert _sets(algebra) == expected


def _sets(algebra: Algebra) -> list[tuple[int, ...]]:
    return [tuple(figure.entry for figure in finding.figures) for finding in algebra.check()]


def test_the_other_way_to_decide_tells_a_part_that_is_too_large_from_one_that_fits() -> None:
    _, telling, _, _ = _told(0)
    home = telling.world.home
    whole = Cell("cases_solved", ("CN",), telling.periods.year, agency="cn-mps", offence="drugs")
    part = whole._replace(area=home.parts[:1], days=telling.periods.months[4])
    hundred, more, fewer = (
        telling.say(cell, plainly(cell, n)) for cell, n in ((whole, 101), (part, 102), (part, 11))
    )

    assert not can_all_be_true([hundred, more], home, _known()[1])
    assert can_all_be_true([hundred, fewer], home, _known()[1])


def test_a_month_is_no_more_than_any_later_point_of_a_series_that_has_it() -> None:
    _, telling, _, _ = _told(1)
    first, months = telling.periods.year[0], telling.periods.months
    whole = Cell("cases_solved", ("CN",), telling.periods.year, agency="cn-mps", offence="drugs")
    shorter, longer = (whole._replace(days=(first, months[at][1])) for at in (7, 10))
    at_least = plainly(shorter, 20)._replace(interval=Interval(Decimal(20), None))
    told = [telling.say(shorter, at_least, 1), telling.say(longer, plainly(longer, 39), 2)]
    one = telling.say(whole._replace(days=months[4]), plainly(whole, 41), 3)
    assert _sets(_algebra(told, one)) == [(told[1].figure.entry, one.figure.entry)]

    two = [telling.say(whole._replace(days=months[at]), plainly(whole, 24), at) for at in (4, 9)]
    assert _sets(_algebra(told, *two)) == [tuple(said.figure.entry for said in (told[1], *two))]


def test_a_share_of_nothing_bounds_the_whole_from_below() -> None:
    _, telling, _, _ = _told(2)
    home = telling.world.home
    whole = Cell("cases_solved", ("CN",), telling.periods.year, agency="cn-mps", offence="drugs")
    part = whole._replace(area=home.parts[:1])
    none = plainly(part, 1)._replace(
        text="0%", value=Decimal(0), interval=Interval(Decimal(0), Decimal("0.5"), False, True)
    )
    told = [telling.say(part, plainly(part, 7)), telling.say(part, none, statistic="share_pct")]
    exactly_none = telling.say(
        part, none._replace(interval=Interval(Decimal(0), Decimal(0))), statistic="share_pct"
    )

    reach = _algebra(told).bounds(telling.say(whole, none).figure.observation).reach
    assert (reach.low, reach.low_open) == (1400, True)
    assert _algebra([exactly_none]).bounds(telling.say(part, none).figure.observation).reach.high == 0

"""Records of worlds: each figure states an interval that has the truth, and the same seed tells the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallyroom.codebook import load_codebook
from tallyroom.generate.dice import Dice
from tallyroom.generate.plants import plant
from tallyroom.generate.records import Said, Telling, world_unit
from tallyroom.generate.worlds import Cell, Containers, Home, a_world


@pytest.fixture(scope="module")
def containers() -> Containers:
    return Containers(load_codebook())


def telling_of(seed: int, containers: Containers) -> Telling:
    home = Home("CN", tuple(containers.parts_of("CN")[:6]), 2023)
    dice = Dice("records", seed)
    return Telling(a_world(home, containers, dice.child("world")), dice.child("telling"))


def holds(said: Said, truth: int) -> bool:
    stated, value = said.figure.observation, Decimal(truth) / world_unit(said.cell)
    above = stated.low is None or stated.low < value or (stated.low == value and not stated.low_open)
    return above and (
        stated.high is None or value < stated.high or (value == stated.high and not stated.high_open)
    )


@pytest.mark.parametrize("seed", range(12))
def test_every_level_states_an_interval_that_has_the_truth(seed: int, containers: Containers) -> None:
    telling = telling_of(seed, containers)
    levels = [one for one in telling.record(120) if one.statistic == "level" and not one.haul]

    assert len(levels) > 60
    assert [one for one in levels if not holds(one, telling.world.count(one.cell))] == []
    assert {one.figure.observation.qualifier for one in levels} > {"exact", "at_least"}


@pytest.mark.parametrize("seed", range(12))
def test_of_what_is_planted_one_figure_is_wrong(seed: int, containers: Containers) -> None:
    telling = telling_of(seed, containers)
    told = telling.record(60)
    planted = plant(told, telling, Dice("plant", seed))

    assert planted is not None
    wrong = [one.figure.entry for one in planted.said if not holds(one, telling.world.count(one.cell))]
    assert wrong == [planted.wrong]
    assert planted.against in {one.figure.entry for one in told}


def test_the_same_seed_tells_the_same_record(containers: Containers) -> None:
    first, second = (telling_of(5, containers).record(40) for _ in range(2))

    assert [one.figure for one in first] == [one.figure for one in second]


def test_parts_that_lie_apart_add_up_to_their_whole(containers: Containers) -> None:
    telling = telling_of(3, containers)
    whole = Cell(
        "quantity_seized", ("CN",), telling.periods.year, agency="cn-mps", offence="drugs", substance="drugs"
    )

    for kind in ("area", "month"):
        parts = telling.parts(whole, kind)
        assert sum(map(telling.world.count, parts)) == telling.world.count(whole) > 0

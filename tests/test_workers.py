"""Work in several processes: order, bounded look-ahead, contained crashes, a clean end."""

from __future__ import annotations

import functools
import itertools
import multiprocessing
import os
import time
from pathlib import Path

import pytest

from helpers import doubling, dying, dying_once, shouting
from tallyroom.crew import WINDOW, NoProcesses
from tallyroom.workers import CHUNK_LENGTH, CHUNK_WORTH, in_order


def crashed(item: int) -> tuple[int, int]:
    return (-1, item)


def heavy(item: int) -> int:
    """Each item is a task of its own."""
    return CHUNK_WORTH


def wait_for_no_children() -> None:
    deadline = time.monotonic() + 30
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.02)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    results = in_order(range(1000), doubling, len_of_digits, crashed, jobs)

    assert [double for double, _ in results] == [2 * item for item in range(1000)]


def len_of_digits(item: int) -> int:
    return len(str(item)) * CHUNK_WORTH // 100


def test_one_task_is_done_without_another_process() -> None:
    assert {process for _, process in in_order(range(CHUNK_LENGTH), doubling, lambda _: 1, crashed, 4)} == {
        os.getpid()
    }


def test_several_tasks_go_to_other_processes() -> None:
    processes = {process for _, process in in_order(range(40), doubling, heavy, crashed, 2)}

    assert os.getpid() not in processes
    assert 1 <= len(processes) <= 2


def test_an_item_that_kills_its_process_takes_no_other_with_it() -> None:
    items = [1, 2, -3, 4, -5, *range(6, 30)]

    results = list(in_order(items, doubling, heavy, crashed, 2))

    assert [first for first, _ in results] == [-1 if item < 0 else 2 * item for item in items]
    assert [second for first, second in results if first == -1] == [-3, -5]


def test_a_process_that_is_killed_from_outside_costs_no_result(tmp_path: Path) -> None:
    setup = functools.partial(dying_once, tmp_path / "killed")

    results = list(in_order(range(60), setup, len_of_digits, crashed, 2))

    assert (tmp_path / "killed").exists()
    assert [double for double, _ in results] == [2 * item for item in range(60)]


def test_tasks_and_results_may_be_larger_than_a_pipe() -> None:
    items = [str(at) * 1_000_000 for at in range(10)]

    results = list(in_order(items, shouting, len, str, 2))

    assert results == [item + "!" for item in items]


def test_items_are_taken_only_a_little_ahead_of_the_results() -> None:
    items = itertools.count()

    results = in_order(items, doubling, heavy, crashed, 2)
    for _ in range(5):
        next(results)

    assert next(items) <= 5 + 2 * WINDOW
    results.close()  # type: ignore[attr-defined]
    wait_for_no_children()
    assert not multiprocessing.active_children()


def test_processes_that_do_not_start_are_told_with_a_way_out() -> None:
    with pytest.raises(NoProcesses, match="--jobs 1"):
        list(in_order(range(10), dying, heavy, crashed, 2))  # type: ignore[arg-type]


def test_no_items_give_no_results() -> None:
    assert list(in_order([], doubling, heavy, crashed, 4)) == []

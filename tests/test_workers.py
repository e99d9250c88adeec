"""Work in several processes: order, bounded look-ahead, contained crashes, a clean end."""

from __future__ import annotations

import errno
import functools
import itertools
import multiprocessing
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

import pytest

from helpers import crashed, doubling, dying, dying_once, heavy, len_of_digits, shouting
from tallyroom import processes
from tallyroom.crew import WINDOW
from tallyroom.processes import NoProcesses
from tallyroom.workers import CHUNK_LENGTH, in_order

TESTS = Path(__file__).parent
LONG = 120
"""Seconds after which a program is taken to hang."""

START = ["spawned", *(["forked"] if sys.platform == "linux" else [])]
FRESH = """
import os, pickle, sys, threading, time
start, call = pickle.load(sys.stdin.buffer)
if start == "spawned":  # beside another thread nothing is forked
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
from tallyroom.processes import may_fork
assert may_fork() == (start == "forked")
pickle.dump((os.getpid(), list(call())), sys.stdout.buffer)
"""


def in_fresh_program(
    start: str, items: object, setup: object, weigh: object, crash: object = crashed
) -> tuple[int, list[Any]]:
    """Let a program of its own do the items in two processes; return its process id and the results."""
    call = functools.partial(cast(Any, in_order), items, setup, weigh, crash, 2)
    done = subprocess.run(
        [sys.executable, "-c", FRESH],
        input=pickle.dumps((start, call)),
        stdout=subprocess.PIPE,
        check=True,
        timeout=LONG,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])},
    )
    return cast("tuple[int, list[Any]]", pickle.loads(done.stdout))


@pytest.fixture
def spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "may_fork", lambda: False)


def wait_for_no_children() -> None:
    deadline = time.monotonic() + 30
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_results_come_in_the_order_of_the_items_in_one_process() -> None:
    results = in_order(range(1000), doubling, len_of_digits, crashed, 1)

    assert [double for double, _ in results] == [2 * item for item in range(1000)]


@pytest.mark.parametrize("start", START)
def test_results_come_in_the_order_of_the_items_in_two_processes(start: str) -> None:
    program, results = in_fresh_program(start, range(1000), doubling, len_of_digits)

    assert [double for double, _ in results] == [2 * item for item in range(1000)]
    assert program not in {process for _, process in results}
    assert len({process for _, process in results}) <= 2


def test_one_task_is_done_without_another_process() -> None:
    assert {process for _, process in in_order(range(CHUNK_LENGTH), doubling, lambda _: 1, crashed, 4)} == {
        os.getpid()
    }


@pytest.mark.parametrize("start", START)
def test_an_item_that_kills_its_process_takes_no_other_with_it(start: str) -> None:
    items = [1, 2, -3, 4, -5, *range(6, 30)]

    _, results = in_fresh_program(start, items, doubling, heavy)

    assert [first for first, _ in results] == [-1 if item < 0 else 2 * item for item in items]
    assert [second for first, second in results if first == -1] == [-3, -5]


@pytest.mark.parametrize("start", START)
def test_a_process_that_is_killed_from_outside_costs_no_result(start: str, tmp_path: Path) -> None:
    setup = functools.partial(dying_once, tmp_path / "killed")

    _, results = in_fresh_program(start, range(60), setup, len_of_digits)

    assert (tmp_path / "killed").exists()
    assert [double for double, _ in results] == [2 * item for item in range(60)]


@pytest.mark.parametrize("start", START)
def test_tasks_and_results_may_be_larger_than_a_pipe(start: str) -> None:
    items = [str(at) * 1_000_000 for at in range(10)]

    _, results = in_fresh_program(start, items, shouting, len, str)

    assert results == [item + "!" for item in items]


@pytest.mark.usefixtures("spawned")
def test_items_are_taken_only_a_little_ahead_of_the_results() -> None:
    items = itertools.count()

    results = cast("Generator[tuple[int, int]]", in_order(items, doubling, heavy, crashed, 2))
    for _ in range(5):
        next(results)

    assert next(items) <= 5 + 2 * WINDOW
    results.close()
    wait_for_no_children()
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("spawned")
def test_processes_that_die_at_their_start_are_told_with_a_way_out() -> None:
    setup = cast("Callable[[], Callable[[int], tuple[int, int]]]", dying)

    with pytest.raises(NoProcesses, match=r"(?s)exit status 9.*--jobs 1"):
        list(in_order(range(10), setup, heavy, crashed, 2))


def test_a_system_that_refuses_another_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(process: BaseProcess) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(BaseProcess, "start", refuse)

    with pytest.raises(NoProcesses, match=r"(?s)temporarily unavailable.*fewer processes"):
        list(in_order(range(10), doubling, heavy, crashed, 2))


def test_no_items_give_no_results() -> None:
    assert list(in_order([], doubling, heavy, crashed, 4)) == []

"""Runs one function over many items in several processes: order kept, memory bounded, crashes contained."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from tallyroom.errors import TallyroomError

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK_WORTH = 256 * 1024
"""What the items of one task weigh together: enough to be worth sending to another process."""
CHUNK_LENGTH = 256
"""The most items that one task holds, however light."""
AHEAD = 3
"""Tasks that may be under way or waiting to be taken over, for each process."""


class NoProcesses(TallyroomError):
    """The machine does not let this program start processes, or they die before their first task."""

    code = "CL192"


def in_order(
    items: Iterable[Item],
    setup: Callable[[], Callable[[Item], Result]],
    weigh: Callable[[Item], int],
    crashed: Callable[[Item], Result],
    jobs: int = 1,
) -> Iterator[Result]:
    """Give `setup()(item)` for each item, in the order of `items`, whatever the number of `jobs`.

    Args:
        items: Taken a few tasks ahead of what was given out, never all at once.
        setup: Called once in each process; picklable, and so must items and results be.
        weigh: The size of an item, by which items are gathered into tasks.
        crashed: The result for an item that killed its process.
        jobs: Number of processes. One process, or one task's worth of items, is done right here.

    Raises:
        NoProcesses: The processes do not start.
    """
    tasks = _gather(items, weigh)
    head = list(itertools.islice(tasks, 2))
    if jobs <= 1 or len(head) < 2:
        return _here(itertools.chain(head, tasks), setup)
    return _Crew(setup, crashed, jobs).work(itertools.chain(head, tasks))


def _gather(items: Iterable[Item], weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    task: list[Item] = []
    weight = 0
    for item in items:
        task.append(item)
        weight += weigh(item)
        if weight >= CHUNK_WORTH or len(task) >= CHUNK_LENGTH:
            yield task
            task, weight = [], 0
    if task:
        yield task


def _here(tasks: Iterable[list[Item]], setup: Callable[[], Callable[[Item], Result]]) -> Iterator[Result]:
    work = setup()
    for task in tasks:
        yield from map(work, task)


class _Crew(Generic[Item, Result]):
    """A pool of processes that is started again when one of them dies."""

    def __init__(
        self, setup: Callable[[], Callable[[Item], Result]], crashed: Callable[[Item], Result], jobs: int
    ) -> None:
        self._setup, self._crashed, self._jobs = setup, crashed, jobs
        self._others = set(multiprocessing.active_children())
        self._pool = self._start()

    def work(self, tasks: Iterator[list[Item]]) -> Iterator[Result]:
        waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
        try:
            while self._fill(waiting, tasks):
                task, future = waiting.popleft()
                try:
                    results = future.result()
                except BrokenProcessPool:
                    broken = [task, *(task for task, _ in waiting)]
                    waiting.clear()
                    yield from self._one_by_one(itertools.chain.from_iterable(broken))
                else:
                    yield from results
            self._pool.shutdown()
        finally:
            self._stop()

    def _fill(
        self, waiting: deque[tuple[list[Item], Future[list[Result]]]], tasks: Iterator[list[Item]]
    ) -> bool:
        for task in itertools.islice(tasks, self._jobs * AHEAD - len(waiting)):
            waiting.append((task, self._submit(task)))
        return bool(waiting)

    def _submit(self, task: list[Item]) -> Future[list[Result]]:
        try:
            return self._pool.submit(_do, task)
        except BrokenProcessPool as broken:
            future: Future[list[Result]] = Future()
            future.set_exception(broken)
            return future

    def _one_by_one(self, items: Iterable[Item]) -> Iterator[Result]:
        """Find out which item killed the process: each has the pool to itself."""
        self._restart()
        for item in items:
            try:
                yield self._pool.submit(_do, [item]).result()[0]
            except BrokenProcessPool:
                self._restart()
                yield self._crashed(item)

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, not forked: the parent may hold threads of polars, and a fork would copy their locks.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, context, initializer=_begin, initargs=(self._setup,))

    def _restart(self) -> None:
        self._stop()
        self._pool = self._start()
        try:
            self._pool.submit(_do, []).result()
        except BrokenProcessPool as broken:
            raise NoProcesses(
                "processes die before they read anything",
                next_step="run with --jobs 1; a script must guard its start with if __name__ == '__main__'",
            ) from broken

    def _stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - self._others:
            process.terminate()


_work: Callable[[Any], Any] | None = None


def _begin(setup: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = setup()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: list[Any]) -> list[Any]:
    assert _work is not None
    return [_work(item) for item in task]

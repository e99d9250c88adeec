"""A pool of processes that keeps order, looks ahead a little, and survives the death of one of them."""

from __future__ import annotations

import contextlib
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

AHEAD = 3
"""Tasks that may be under way or waiting to be taken over, for each process."""


class NoProcesses(TallyroomError):
    """The machine does not let this program start processes, or they die before their first task."""

    code = "CL192"


class Crew(Generic[Item, Result]):
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
            with _deaf_children():
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
                yield self._submit([item]).result()[0]
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
            self._submit([]).result()
        except BrokenProcessPool as broken:
            raise NoProcesses(
                "processes die before they read anything",
                next_step="run with --jobs 1; a script must guard its start with if __name__ == '__main__'",
            ) from broken

    def _stop(self) -> None:
        # The pool waits for its processes, so those that still work are ended first.
        for process in set(multiprocessing.active_children()) - self._others:
            process.terminate()
        self._pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started here never hear Ctrl-C: it reaches the parent, which ends them in good order.

    The mask is inherited, so that it holds before the first line of a process has run.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: Callable[[Any], Any] | None = None


def _begin(setup: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where the mask of signals is not inherited
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

"""Several processes that work through tasks: order kept, a bounded look-ahead, deaths contained.

The pool of the standard library is not used: it cannot tell which task killed a process, and in the
Python of Debian 12 its threads wait for each other for ever when a process dies while tasks are on their way
(CPython issue 94777). Here each process has a pipe of its own, so it is known who holds what.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from tallyroom.errors import TallyroomError

Item = TypeVar("Item")
Result = TypeVar("Result")

WINDOW = 4
"""Tasks that may be under way, or done and not yet taken, for each process."""
_AHEAD = 2
"""Tasks that one process holds: the one that it does, and the next."""
_STILLBORN = 3
"""Processes that may die before their first task until nobody tries again."""
_READY = None


class NoProcesses(TallyroomError):
    """The machine does not let this program start processes, or they die before their first task."""

    code = "CL192"


class _Slot(Generic[Item, Result]):
    """A task in its place: its items, and its results once there are any."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.results: list[Result] | None = None
        self.given = False


class _Worker(Generic[Item, Result]):
    """A process, the pipe to it, and the slots that it holds, in the order in which it does them."""

    def __init__(self, setup: Callable[[], Callable[[Item], Result]]) -> None:
        # Spawned, not forked: the parent may hold threads of polars, and a fork would copy their locks.
        context = multiprocessing.get_context("spawn")
        self.pipe, other_end = context.Pipe()
        self.slots: deque[_Slot[Item, Result]] = deque()
        self.ready = False
        self._process = context.Process(target=_serve, args=(other_end, setup), daemon=True)
        with _deaf_children():
            self._process.start()
        other_end.close()  # so that the death of the process ends the pipe

    def give(self, slot: _Slot[Item, Result]) -> None:
        slot.given = True
        self.slots.append(slot)
        with contextlib.suppress(OSError):  # a process that is dead is found so when its answer is awaited
            self.pipe.send(slot.items)

    def end(self) -> None:
        self._process.terminate()
        self._process.join()
        self.pipe.close()


class Crew(Generic[Item, Result]):
    """Does tasks with a number of processes; one that dies is replaced."""

    def __init__(
        self, setup: Callable[[], Callable[[Item], Result]], crashed: Callable[[Item], Result], jobs: int
    ) -> None:
        self._setup, self._crashed, self._jobs = setup, crashed, jobs
        self._workers: list[_Worker[Item, Result]] = []
        self._slots: deque[_Slot[Item, Result]] = deque()
        self._stillborn = 0

    def work(self, tasks: Iterator[list[Item]]) -> Iterator[Result]:
        """Give the results of all tasks in their order.

        Raises:
            NoProcesses: Processes die before they do anything.
        """
        try:
            while self._look_ahead(tasks):
                self._give_out()
                if self._slots[0].results is None:
                    self._listen()
                else:
                    yield from self._slots.popleft().results or ()
        finally:
            for worker in self._workers:
                worker.end()

    def _look_ahead(self, tasks: Iterator[list[Item]]) -> bool:
        self._slots.extend(
            map(_Slot, itertools.islice(tasks, max(0, self._jobs * WINDOW - len(self._slots))))
        )
        return bool(self._slots)

    def _give_out(self) -> None:
        for slot in self._slots:
            if not slot.given and (worker := self._least_busy()):
                worker.give(slot)

    def _least_busy(self) -> _Worker[Item, Result] | None:
        """A process that can take a task: an idle one, a new one, or one that holds no more than it does."""
        least = min(self._workers, key=lambda worker: len(worker.slots), default=None)
        if (least is None or least.slots) and len(self._workers) < self._jobs:
            least = _Worker(self._setup)
            self._workers.append(least)
        return least if least and len(least.slots) < _AHEAD else None

    def _listen(self) -> None:
        """Wait for answers and put them into their slots."""
        answering = wait([worker.pipe for worker in self._workers])
        for worker in [worker for worker in self._workers if worker.pipe in answering]:
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
            else:
                if answer is _READY:
                    worker.ready = True
                else:
                    worker.slots.popleft().results = answer

    def _bury(self, worker: _Worker[Item, Result]) -> None:
        """Take the tasks of a dead process back, and find out which item killed it."""
        self._workers.remove(worker)
        worker.end()
        for slot in worker.slots:
            slot.given = False
        if worker.ready and worker.slots:
            self._blame(worker.slots[0])
        elif not worker.ready:
            self._count_stillborn()

    def _blame(self, slot: _Slot[Item, Result]) -> None:
        """The items of the slot are tried one by one; an item that was alone is the one."""
        if len(slot.items) == 1:
            slot.results, slot.given = [self._crashed(slot.items[0])], True
            return
        at = self._slots.index(slot)
        del self._slots[at]
        for item in reversed(slot.items):
            self._slots.insert(at, _Slot([item]))

    def _count_stillborn(self) -> None:
        self._stillborn += 1
        if self._stillborn >= _STILLBORN:
            raise NoProcesses(
                "processes die before they read anything",
                next_step="run with --jobs 1; a script must guard its start with if __name__ == '__main__'",
            )


@contextlib.contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started here never hear Ctrl-C: it reaches the parent, which ends them in good order.

    The mask is inherited, so that it holds before the first line of a process has run.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # when it starts, it takes the mask away
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, setup: Callable[[], Callable[[Any], Any]]) -> None:
    """What a process does: get ready, then answer each task with its results, in turn."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where the mask of signals is not inherited
    tasks: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()
    threading.Thread(target=_fetch, args=(pipe, tasks), daemon=True).start()
    work = setup()
    pipe.send(_READY)
    while True:
        pipe.send([work(item) for item in tasks.get()])


def _fetch(pipe: Connection, tasks: queue.SimpleQueue[list[Any]]) -> None:
    """Take tasks as they come, so that the parent never waits to hand one over; end when it is gone."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            tasks.put(pipe.recv())
    os._exit(0)

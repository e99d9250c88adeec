"""Several processes that work through tasks: order kept, a bounded look-ahead, deaths contained.

The pool of the standard library is not used: it cannot tell which task killed a process, and in the
Python of Debian 12 its threads wait for each other for ever when a process dies while tasks are on their way
(CPython issue 94777). Here each process has a pipe of its own, so it is known who holds what.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from tallyroom.processes import (
    READY,
    UNGUARDED,
    UP,
    NoProcesses,
    Process,
    Starter,
    end_if_started_by_script,
)

Item = TypeVar("Item")
Result = TypeVar("Result")

WINDOW = 4
"""Tasks that may be under way, or done and not yet taken, for each process."""
_AHEAD = 2
"""Tasks that one process holds: the one that it does, and the next."""
_STILLBORN = 3
"""Processes that may die before their first task until nobody tries again."""


class _Slot(Generic[Item, Result]):
    """A task in its place: its items, and its results once there are any."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.results: list[Result] | None = None
        self.given = False


class _Worker(Generic[Item, Result]):
    """A process, and the slots that it holds, in the order in which it does them."""

    def __init__(self, process: Process[Item, Result]) -> None:
        self.process = process
        self.slots: deque[_Slot[Item, Result]] = deque()
        self.ready = False

    def give(self, slot: _Slot[Item, Result]) -> None:
        slot.given = True
        self.slots.append(slot)
        if self.process.is_up:
            self.process.send(slot.items)

    def greet(self, starter: Starter[Item, Result]) -> None:
        """The process is up: tell it what to do, and hand it what was put by for it."""
        starter.tell(self.process)
        for slot in self.slots:
            self.process.send(slot.items)


class Crew(Generic[Item, Result]):
    """Does tasks with a number of processes; one that dies is replaced."""

    def __init__(
        self, setup: Callable[[], Callable[[Item], Result]], crashed: Callable[[Item], Result], jobs: int
    ) -> None:
        self._starter, self._crashed, self._jobs = Starter(setup), crashed, jobs
        self._workers: list[_Worker[Item, Result]] = []
        self._slots: deque[_Slot[Item, Result]] = deque()
        self._stillborn = 0

    def work(self, tasks: Iterator[list[Item]]) -> Iterator[Result]:
        """Give the results of all tasks in their order.

        Raises:
            NoProcesses: Processes cannot be started, or die before they do anything.
        """
        end_if_started_by_script()
        try:
            while self._look_ahead(tasks):
                self._give_out()
                if self._slots[0].results is None:
                    self._listen()
                else:
                    yield from self._slots.popleft().results or ()
        finally:
            self._starter.end_all()

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
            least = _Worker(self._starter.start())
            self._workers.append(least)
        return least if least and len(least.slots) < _AHEAD else None

    def _listen(self) -> None:
        """Wait for answers and put them into their slots."""
        answering = wait([worker.process.pipe for worker in self._workers])
        for worker in [worker for worker in self._workers if worker.process.pipe in answering]:
            self._hear(worker, worker.process.answer())

    def _hear(self, worker: _Worker[Item, Result], answer: list[Result] | str | None) -> None:
        if answer is None:
            self._bury(worker)
        elif answer == UP:
            worker.greet(self._starter)
        elif answer == READY:
            worker.ready = True
        elif isinstance(answer, list):
            worker.slots.popleft().results = answer

    def _bury(self, worker: _Worker[Item, Result]) -> None:
        """Take the tasks of a dead process back, and find out which item killed it."""
        self._workers.remove(worker)
        status = self._starter.end(worker.process)
        for slot in worker.slots:
            slot.given = False
        if worker.ready and worker.slots:
            self._blame(worker.slots[0])
        elif not worker.ready:
            self._count_stillborn(status)

    def _blame(self, slot: _Slot[Item, Result]) -> None:
        """The items of the slot are tried one by one; an item that was alone is the one."""
        if len(slot.items) == 1:
            slot.results, slot.given = [self._crashed(slot.items[0])], True
            return
        at = self._slots.index(slot)
        del self._slots[at]
        for item in reversed(slot.items):
            self._slots.insert(at, _Slot([item]))

    def _count_stillborn(self, status: int | None) -> None:
        self._stillborn += 1
        if status == UNGUARDED:
            raise NoProcesses(
                "each process imports the script that started it, and this script starts processes when it is "
                "imported",
                expected="if __name__ == '__main__': before the call that reads",
                next_step="guard the start of the script so, or read with jobs=1",
            )
        if self._stillborn >= _STILLBORN:
            raise NoProcesses(
                "processes die before they read anything",
                found=f"exit status {status} of the last of {self._stillborn}",
                next_step="what they said stands above; run with --jobs 1",
            )

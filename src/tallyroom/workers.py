"""Runs one function over many items in several processes: order kept, memory bounded, crashes contained."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK_WORTH = 64 * 1024
"""What the items of one task weigh together: enough to be worth sending to another process, and so little that
no process is long at work when the others have finished."""
CHUNK_LENGTH = 256
"""The most items that one task holds, however light."""


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
    # most runs read one briefing and need no pool: its import alone takes as long as that reading
    from tallyroom.crew import Crew

    return Crew(setup, crashed, jobs).work(itertools.chain(head, tasks))


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

"""A sign of progress on stderr, for a person who waits at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Item = TypeVar("Item")

PATIENCE = 1.0
"""Seconds after which somebody who waits wants to see something; quick runs show nothing."""
_OFTEN = 0.1


def watched(items: Iterable[Item], count: Callable[[], int], output: Path | None) -> Iterable[Item]:
    """Pass `items` through; show how many came where stderr is a terminal that results do not go to.

    `count` tells how many there will be; it is asked only where somebody waits.
    """
    busy = output is None and sys.stdout.isatty()
    return _watch(items, count) if sys.stderr.isatty() and not busy else items


def _watch(items: Iterable[Item], count: Callable[[], int]) -> Iterator[Item]:
    start = shown = time.monotonic()
    progress: Progress | None = None
    task: TaskID | None = None
    try:
        for done, item in enumerate(items, 1):
            yield item
            now = time.monotonic()
            if now - start > PATIENCE and now - shown > _OFTEN:
                shown = now
                if progress is None or task is None:
                    progress, task = _begin(count())
                progress.update(task, completed=done)
    finally:
        if progress is not None:
            progress.stop()


def _begin(total: int) -> tuple[Progress, TaskID]:
    # rich takes long to import, so only those who wait pay for it
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("documents"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.start()
    return progress, progress.add_task("reading", total=total)

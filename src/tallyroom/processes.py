"""One process beside this one: how it starts, what it does with its tasks, how it ends.

It is forked where that is safe: on Linux, as long as this process has one thread. Then it begins at once, with
all that is loaded here. Elsewhere it is spawned, and loads everything anew: another thread, of polars or of a
notebook, may hold a lock, and a fork would copy it locked for ever.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import queue
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from tallyroom.errors import TallyroomError

Item = TypeVar("Item")
Result = TypeVar("Result")

UP = "up"
"""What a spawned process says first: now it can be told what to do without anybody waiting for it."""
READY = "ready"
"""What every process says when it is set up."""
UNGUARDED = 192
"""The exit status of a process that ran the user's script and was asked to start processes in its turn."""
_NAME = "tallyroom-reader"
_ENDING = (signal.SIGINT, signal.SIGTERM)

_our_ends: weakref.WeakSet[Connection] = weakref.WeakSet()
"""The ends of all pipes that this process holds. A fork copies them, and must close its copies: otherwise
processes would keep each other's pipes open, and none would see that this process has gone."""


class NoProcesses(TallyroomError):
    """The machine does not let this program start processes, or they die before their first task."""

    code = "CL192"


class Process(Generic[Item, Result]):
    """A process, and this end of the pipe to it. `is_up` tells whether it takes messages yet."""

    def __init__(self, process: BaseProcess, pipe: Connection, is_up: bool) -> None:
        self.pipe, self.is_up = pipe, is_up
        self._process = process

    def send(self, message: object) -> None:
        """Send the setup, or the items of a task; one that is dead is found so when its answer is awaited."""
        with contextlib.suppress(OSError):
            self.pipe.send(message)

    def answer(self) -> Any:
        """Wait for what it says: `UP`, `READY`, the results of a task, or None when it has died."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            return None

    def end(self) -> int | None:
        """End it if it lives, and return its exit status."""
        self._process.kill()  # it writes nothing, so nothing can be cut off
        self._process.join()
        self.pipe.close()
        return self._process.exitcode


class Starter(Generic[Item, Result]):
    """Starts processes that all do the same, and ends them."""

    def __init__(self, setup: Callable[[], Callable[[Item], Result]]) -> None:
        self._setup = setup
        self._work: Callable[[Item], Result] | None = None
        self._processes: list[Process[Item, Result]] = []

    def start(self) -> Process[Item, Result]:
        """Start a process.

        Raises:
            NoProcesses: The system refuses.
        """
        if may_fork() and self._work is None:
            self._work = self._setup()  # once, here: every fork has it
        work = self._work if may_fork() else None
        try:
            if work is None:
                _start_tracker()
            with _undisturbed():
                process = self._fork(work) if work else self._spawn()
                self._processes.append(process)
        except (OSError, AssertionError) as error:  # the latter from a process that may have no children
            raise NoProcesses(
                "another process cannot be started",
                found=str(error),
                next_step="ask for fewer processes, or run with --jobs 1",
            ) from None
        return process

    def tell(self, process: Process[Item, Result]) -> None:
        """Tell a spawned process, which is up now, what to do.

        Not before: this process would wait until it takes it, and for ever if it dies meanwhile.
        """
        process.is_up = True
        process.send(self._setup)

    def end(self, process: Process[Item, Result]) -> int | None:
        """End one process and return its exit status."""
        self._processes.remove(process)
        return process.end()

    def end_all(self) -> None:
        """End all processes that still live."""
        for process in self._processes:
            process.end()

    def _fork(self, work: Callable[[Item], Result]) -> Process[Item, Result]:
        context = multiprocessing.get_context("fork")
        ours, theirs = _pipe()
        process = context.Process(target=_begin_forked, args=(theirs, work), name=_NAME, daemon=True)
        return _started(process, ours, theirs, is_up=True)

    def _spawn(self) -> Process[Item, Result]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = _pipe()
        process = context.Process(target=_begin_spawned, args=(theirs,), name=_NAME, daemon=True)
        return _started(process, ours, theirs, is_up=False)


def may_fork() -> bool:
    """Tell whether a fork of this process would be whole: Linux, and no other thread."""
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def end_if_started_by_script() -> None:
    """End this process at once if it is one of those started here.

    A spawned process imports the user's script. It comes here only where the script does not guard its start,
    and would start processes that start processes.
    """
    if multiprocessing.current_process().name == _NAME:
        os._exit(UNGUARDED)


def _pipe() -> tuple[Connection, Connection]:
    ours, theirs = multiprocessing.Pipe()
    _our_ends.add(ours)
    return ours, theirs


def _started(process: BaseProcess, ours: Connection, theirs: Connection, is_up: bool) -> Process[Any, Any]:
    try:
        process.start()
    finally:
        theirs.close()  # so that the death of the process ends the pipe
    return Process(process, ours, is_up)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back what would end this process, until it knows of the one that it starts and can end it too.

    A started process inherits the mask of signals, so that Ctrl-C, which reaches all of them, never ends it:
    this one ends it in good order.
    """
    came: list[int] = []
    handlers: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():  # the mask alone holds for one thread only
        handlers = {number: handler for number in _ENDING if (handler := signal.getsignal(number))}
    for number in handlers:
        signal.signal(number, lambda number, _: came.append(number))
    before = None if sys.platform == "win32" else signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        if sys.platform != "win32" and before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def _start_tracker() -> None:
    """Start what the standard library starts with the first spawned process: it would take the mask away."""
    if sys.platform != "win32":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


def _begin_forked(pipe: Connection, work: Callable[[Any], Any]) -> None:
    for end in list(_our_ends):
        end.close()
    gc.freeze()  # what was loaded before the fork stays shared: the collector would touch all of it
    _serve(pipe, _tasks(pipe), work)


def _begin_spawned(pipe: Connection) -> None:
    tasks = _tasks(pipe)
    _say(pipe, UP)
    _serve(pipe, tasks, tasks.get()())


def _tasks(pipe: Connection) -> queue.SimpleQueue[Any]:
    """What the parent sends: a spawned process gets its setup first, and each then the items of its tasks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where the mask of signals is not inherited
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the parent's own way of ending is not for its forks
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_fetch, args=(pipe, tasks), daemon=True).start()
    return tasks


def _serve(pipe: Connection, tasks: queue.SimpleQueue[Any], work: Callable[[Any], Any]) -> None:
    """Answer each task with its results, in turn."""
    _say(pipe, READY)
    while True:
        _say(pipe, [work(item) for item in tasks.get()])


def _say(pipe: Connection, message: object) -> None:
    try:
        pipe.send(message)
    except OSError:  # nobody listens any more
        os._exit(0)


def _fetch(pipe: Connection, tasks: queue.SimpleQueue[Any]) -> None:
    """Take tasks as they come, so that the parent never waits to hand one over; end when it is gone."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            tasks.put(pipe.recv())
    os._exit(0)

"""HiGHS made silent: the first one of a process prints a line to standard output, where data belongs."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

_LOCK = threading.Lock()


def new_solver() -> Any:
    """A HiGHS that prints nothing, works in one thread, and ends at a vertex."""
    import highspy

    make: Any = highspy.Highs  # it tells no types
    with _LOCK:
        _greet()
    solver = make()
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("solver", "simplex")):
        solver.setOptionValue(option, value)
    return solver


@functools.cache
def _greet() -> None:
    import highspy

    make: Any = highspy.Highs
    with _without_stdout():
        make()


@contextlib.contextmanager
def _without_stdout() -> Iterator[None]:
    """Send what C code prints nowhere: Python's own `sys.stdout` cannot catch it."""
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # closed: nothing can be printed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
        _flush()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _flush() -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).fflush(None)

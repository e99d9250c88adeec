"""The other side of `guard`: the process that does the work, and what it may say."""

from __future__ import annotations

import importlib
import os
import pickle
import queue
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from tallyroom.errors import TallyroomError

HEAD = struct.Struct("<Q")
"""What stands before each message: its length."""
inside = False
"""Whether this process is such a one."""


class Done(msgspec.Struct, frozen=True, tag=True):
    """The function returned; `answer` is what, encoded."""

    answer: msgspec.Raw


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The function raised an error of the project; `kind` is `module:class`."""

    kind: str
    says: str
    where: str
    expected: str
    found: str
    next_step: str


class Starved(msgspec.Struct, frozen=True, tag=True):
    """Memory ran out."""


class Broken(msgspec.Struct, frozen=True, tag=True):
    """The function raised something else."""

    says: str


Outcome = Done | Refused | Starved | Broken


def function_of(target: str) -> Callable[..., Any]:
    """Import what `module:name` names."""
    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def serve() -> None:
    """Answer what comes on standard input, one message after another, until it ends."""
    global inside
    inside = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches this process too: the other ends it
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_fetch, args=(sys.stdin.buffer, messages), daemon=True).start()
    while True:
        answer = _answer(messages.get())
        out.write(HEAD.pack(len(answer)) + answer)
        out.flush()


def _fetch(source: BinaryIO, messages: queue.SimpleQueue[bytes]) -> None:
    """Take messages as they come; end this process, whatever it does, when there is nobody left to answer."""
    while len(head := source.read(HEAD.size)) == HEAD.size:
        messages.put(source.read(HEAD.unpack(head)[0]))
    os._exit(0)


def _answer(message: bytes) -> bytes:
    target, arguments, memory, seconds = pickle.loads(message)
    _limit(memory, seconds)
    try:
        return msgspec.msgpack.encode(_outcome(target, arguments))
    except MemoryError:
        return msgspec.msgpack.encode(Starved())


def _outcome(target: str, arguments: tuple[Any, ...]) -> Outcome:
    try:
        answer = function_of(target)(*arguments)
        return Done(msgspec.Raw(msgspec.msgpack.encode(answer)))
    except TallyroomError as error:
        kind = f"{type(error).__module__}:{type(error).__qualname__}"
        return Refused(kind, error.says, error.where, error.expected, error.found, error.next_step)
    except MemoryError:
        return Starved()
    except Exception as error:  # a defect on one document must not take the others with it
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Broken(f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})")


def _limit(memory: int, seconds: int) -> None:
    """Limit this process for the next piece of work, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    for kind, wanted in (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, until), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        hardest = resource.getrlimit(kind)[1]
        if hardest != resource.RLIM_INFINITY:
            wanted = min(wanted, hardest)
        resource.setrlimit(kind, (wanted, hardest))

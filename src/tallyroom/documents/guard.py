"""Work on bytes of strangers, done in a process beside this one that is limited in memory and time.

A parser of a large format may crash, hang or fill the memory on what somebody made for it. Here that costs one
document: the process ends, this one tells what happened, and the next document gets a new process. The process
is a fresh interpreter and no fork, so it starts wherever this program may run: beside threads, in a worker
process that may have no children, on every system. It is kept for the documents that follow.

What goes there is pickled; what comes back is not, and is decoded into the type that was asked for.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from typing import Any, TypeVar

import msgspec

from tallyroom.documents.errors import DocumentError, ParserDied, TooHeavy, TooSlow
from tallyroom.documents.guarded import HEAD, Broken, Done, Outcome, Refused, Starved
from tallyroom.errors import TallyroomError

Answer = TypeVar("Answer")


class Limits(msgspec.Struct, frozen=True):
    """What one piece of work may take: bytes of address space, seconds of a processor, seconds to wait for."""

    memory: int = 2 * 1024**3
    seconds: int = 120
    patience: float = 600.0


LIMITS = Limits()
_MOST_IDLE = 2
_MOST_WORK = 200
"""So many pieces of work, and a process is replaced: what a parser leaks does not add up."""
_START = "import sys; sys.path[:] = {path!r}; from tallyroom.documents.guarded import serve; serve()"


class ParserBroke(RuntimeError):
    """A defect of the program met in the other process; what it says names the place."""


class _Beside:
    """The process, and the pipes to it."""

    def __init__(self) -> None:
        self.work = 0
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout

    def ask(self, message: bytes, patience: float) -> tuple[bytes | None, bool]:
        """Send a message and wait for the answer: None where the process died, and whether patience ended."""
        self.work += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(patience, stop)
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(message), late.is_set()
        finally:
            timer.cancel()
            timer.join()

    def _exchange(self, message: bytes) -> bytes | None:
        try:
            self._to.write(HEAD.pack(len(message)) + message)
            self._to.flush()
            head = self._from.read(HEAD.size)
            if len(head) < HEAD.size:
                return None
            (length,) = HEAD.unpack(head)
            answer = self._from.read(length)
        except OSError:
            return None
        return answer if len(answer) == length else None

    def end(self) -> int:
        """End the process if it lives, and return its exit status."""
        self._from.close()
        with contextlib.suppress(OSError):
            self._to.close()
        try:
            return self._process.wait(timeout=0.2 if self._process.poll() is None else None)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


_idle: list[_Beside] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # they answer the process that started them


def guarded(target: str, *arguments: Any, gives: type[Answer], where: str, limits: Limits = LIMITS) -> Answer:
    """Call `target`, `module:function`, with `arguments` in a process that is limited, and return what it gives.

    In such a process itself the function is called right there: it is limited already.

    Args:
        target: Where the function stands; its module is imported there alone.
        arguments: What it is given, and can be pickled.
        gives: The type of its answer, a struct or a plain type that `msgspec` decodes.
        where: The document's name, for messages.
        limits: What the work may take.

    Raises:
        TallyroomError: What the function raises, of its own class.
        TooHeavy, TooSlow, ParserDied: The process ended over it.
        ParserBroke: The function raised something else.
    """
    from tallyroom.documents import guarded as there

    if there.inside:
        return there.function_of(target)(*arguments)  # type: ignore[no-any-return]
    message = pickle.dumps((target, arguments, limits.memory, limits.seconds))
    beside = _take(where)
    try:
        answer, ended = beside.ask(message, limits.patience)
    except BaseException:
        beside.end()
        raise
    if answer is None:
        raise _death(beside.end(), ended, where, limits)
    return _told(beside, answer, gives, where, limits)


def _take(where: str) -> _Beside:
    try:
        return _idle.pop()
    except IndexError:
        pass
    try:
        return _Beside()
    except OSError as error:
        raise DocumentError(
            "a process to open documents in cannot be started.", where=where, found=str(error),
            expected="room for one more process", next_step="end other programs, or ask for fewer processes",
        ) from None  # fmt: skip


def _told(beside: _Beside, answer: bytes, gives: type[Answer], where: str, limits: Limits) -> Answer:
    outcome: Outcome = msgspec.msgpack.decode(answer, type=Outcome)
    if isinstance(outcome, Starved):
        beside.end()
        raise _too_heavy(where, limits)
    if beside.work >= _MOST_WORK or len(_idle) >= _MOST_IDLE:
        beside.end()
    else:
        _idle.append(beside)
    if isinstance(outcome, Refused):
        raise _error(outcome)
    if isinstance(outcome, Broken):
        raise ParserBroke(outcome.says)
    assert isinstance(outcome, Done)
    return msgspec.msgpack.decode(outcome.answer, type=gives)


def _error(refused: Refused) -> TallyroomError:
    """The error as it was raised there; its class is one of those that are loaded here or can be."""
    from tallyroom.documents.guarded import function_of

    kind: Any = function_of(refused.kind)
    if not (isinstance(kind, type) and issubclass(kind, TallyroomError)):
        kind = DocumentError
    error: TallyroomError = kind(
        refused.says, where=refused.where, expected=refused.expected, found=refused.found,
        next_step=refused.next_step,
    )  # fmt: skip
    return error


def _death(status: int, ended: bool, where: str, limits: Limits) -> DocumentError:
    if ended or -status in (getattr(signal, "SIGXCPU", 0) or None,):
        return TooSlow(
            "reading this document takes too long.", where=where,
            expected=f"at most {limits.seconds} seconds of a processor", found="no end by then",
            next_step="split the document, or save what you need of it as text",
        )  # fmt: skip
    return ParserDied(
        "the process that opened this document died.", where=where,
        expected="a document that can be opened",
        found=f"signal {-status}" if status < 0 else f"exit status {status}",
        next_step="split it, or save it anew with the program that made it; it may be broken, or broken on purpose",
    )  # fmt: skip


def _too_heavy(where: str, limits: Limits) -> TooHeavy:
    return TooHeavy(
        "opening this document takes too much memory.", where=where,
        expected=f"at most {limits.memory // 1024**2} MB", found="more than that",
        next_step="split the document, or save what you need of it as text",
    )  # fmt: skip

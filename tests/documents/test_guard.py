"""Opening in a process of its own: what comes back, and what happens when that process does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tallyroom.documents import guard
from tallyroom.documents.errors import EncodingUnfit, ParserDied, TooHeavy, TooSlow
from tallyroom.documents.guard import Limits, ParserBroke, guarded
from tallyroom.documents.plain import open_plain
from tallyroom.documents.request import Request
from tallyroom.model import Document

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to every limit")
HERE = "documents.test_guard"


@pytest.fixture(autouse=True)
def tests_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the other process import this module, and begin with none at hand."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    while guard._idle:
        guard._idle.pop().end()


def own_id() -> int:
    return os.getpid()


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def greedy() -> int:
    return len(bytearray(3 * 1024**3))


def endless() -> None:
    while True:
        pass


def asleep() -> None:
    threading.Event().wait()


def defective() -> None:
    raise KeyError("x")


def loud() -> int:
    print("12345678" * 100, flush=True)
    return 7


def nested() -> int:
    return guarded(f"{HERE}:own_id", gives=int, where="x")


def call(name: str, limits: Limits = guard.LIMITS) -> int:
    return guarded(f"{HERE}:{name}", gives=int, where="x.pdf", limits=limits)


def test_a_document_comes_back_as_it_was_opened() -> None:
    request = Request(
        "缴毒1.31吨。\n共41起。".encode(), "note", "note.txt", about={"published": "2024-05-01"}
    )

    document = guarded("tallyroom.documents.plain:open_plain", request, gives=Document, where="note.txt")

    assert document == open_plain(request)


def test_an_error_comes_back_with_its_class_and_its_facts() -> None:
    request = Request(b"\xff\xfe", "note", "note.txt", encoding="no-such")
    with pytest.raises(EncodingUnfit) as here:
        open_plain(request)

    with pytest.raises(EncodingUnfit) as error:
        guarded("tallyroom.documents.plain:open_plain", request, gives=Document, where="note.txt")

    assert str(error.value) == str(here.value)


def test_one_process_serves_document_after_document() -> None:
    assert call("own_id") == call("own_id") != os.getpid()


def test_a_process_that_is_killed_is_told_and_replaced() -> None:
    before = call("own_id")

    with pytest.raises(ParserDied, match=r"x\.pdf") as error:
        call("killed")

    assert "signal 9" in str(error.value)
    assert call("own_id") != before


@linux
def test_memory_is_bounded() -> None:
    with pytest.raises(TooHeavy):
        call("greedy")

    assert call("own_id")


@linux
def test_a_loop_without_end_is_ended() -> None:
    with pytest.raises(TooSlow):
        call("endless", Limits(seconds=0))

    assert call("own_id")


def test_a_process_that_waits_for_ever_is_ended() -> None:
    with pytest.raises(TooSlow):
        call("asleep", Limits(patience=0.3))


def test_a_defect_is_told_with_its_place() -> None:
    with pytest.raises(ParserBroke, match=r"KeyError: 'x' \(test_guard\.py:\d+\)"):
        call("defective")


def test_what_a_parser_prints_is_no_answer() -> None:
    assert call("loud") == 7


def test_what_is_guarded_already_starts_no_further_process() -> None:
    assert call("nested") == call("own_id")


@linux
def test_a_fork_does_not_use_the_process_of_its_parent() -> None:
    before = call("own_id")
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, str(call("own_id")).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert int(os.read(reading, 20)) != before == call("own_id")


@linux
def test_the_process_ends_with_the_program_that_started_it() -> None:
    program = (
        "import os, signal; from tallyroom.documents.guard import guarded; "
        f"print(guarded({HERE + ':own_id'!r}, gives=int, where=''), flush=True); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        timeout=60,
    )

    other = int(done.stdout)
    for _ in range(200):
        if not Path(f"/proc/{other}").exists():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it still lives")

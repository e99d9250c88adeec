"""A watched folder: what has settled is read once; changes, failures, names and interruptions."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.codebook import Codebook, load_codebook
from tallyroom.ledger import SqliteLedger
from tallyroom.pipeline.ledgers import OpenLedger
from tallyroom.pipeline.reading import Failure
from tallyroom.pipeline.watching import Settings, Watcher

pytestmark = pytest.mark.usefixtures("plain_reader")


class Clock:
    """Time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook(["core"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


class Desk:
    """A watcher with its folder: `look` lets the time pass that files need to settle, and tells what came."""

    def __init__(self, watcher: Watcher, clock: Clock) -> None:
        self.watcher, self.clock = watcher, clock

    def glance(self) -> list[str]:
        return [
            f"{outcome.source}: {outcome.code}" if isinstance(outcome, Failure)
            else f"{outcome.reading.document.id}: {outcome.outcome}"
            for outcome in self.watcher.round()
        ]  # fmt: skip

    def look(self) -> list[str]:
        first = self.glance()
        self.clock.now += 5
        return first + self.glance()


@pytest.fixture
def desk(folder: Path, ledger: SqliteLedger, codebook: Codebook) -> Callable[..., Desk]:
    """Give a function that starts a watcher, as a program that begins anew does."""

    def start(memory: Path | None = None, **settings: object) -> Desk:
        clock = Clock()
        chosen = Settings(**{"settle": 2.0, **settings})  # type: ignore[arg-type]
        return Desk(Watcher(folder, OpenLedger(ledger), codebook, None, chosen, memory, clock), clock)

    return start


def drop(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_document_is_read_once(folder: Path, desk: Callable[..., Desk]) -> None:
    watching = desk()
    drop(folder, "a.txt", "police solved 41 cases")

    assert watching.look() == ["a: new"]
    assert watching.look() == []


def test_a_document_that_still_grows_is_left_until_it_has_settled(
    folder: Path, desk: Callable[..., Desk]
) -> None:
    watching = desk()
    path = drop(folder, "a.txt", "police solved 4")
    assert watching.glance() == []

    for more in ("1", "1 cases", " and 12 more"):
        watching.clock.now += 1.5
        path.write_text(path.read_text() + more)
        assert watching.glance() == []
        assert watching.watcher.waiting == 1
    watching.clock.now += 2.0

    assert watching.glance() == ["a: new"]


def test_a_changed_document_is_read_again_and_one_that_is_only_touched_is_not(
    folder: Path, desk: Callable[..., Desk]
) -> None:
    watching = desk()
    path = drop(folder, "a.txt", "police solved 41 cases")
    watching.look()

    path.write_text("police solved 42 cases")
    assert watching.look() == ["a: changed"]
    os.utime(path, ns=(1, 1))
    assert watching.look() == []
    path.write_text("police solved 41 cases")
    assert watching.look() == ["a: changed"]


def test_who_begins_anew_reads_nothing_twice(folder: Path, desk: Callable[..., Desk]) -> None:
    drop(folder, "a.txt", "police solved 41 cases")
    drop(folder, "deep/er/b.txt", "police solved 52 cases")
    assert desk().look() == ["a: new", "b: new"]
    drop(folder, "c.txt", "police solved 63 cases")

    assert desk().look() == ["c: new"]


def test_a_file_that_gets_another_name_or_goes_is_no_new_document(
    folder: Path, desk: Callable[..., Desk]
) -> None:
    watching = desk()
    path = drop(folder, "a.txt", "police solved 41 cases")
    watching.look()

    path = path.rename(folder / "b.txt")
    assert watching.look() == []
    path.unlink()
    assert watching.look() == []
    drop(folder, "b.txt", "customs seized 99 boxes")
    assert watching.look() == ["b: new"]


def test_what_cannot_be_read_is_told_once_until_it_changes(folder: Path, desk: Callable[..., Desk]) -> None:
    watching = desk()
    path = drop(folder, "a.txt", " ")
    drop(folder, "b.txt", "police solved 41 cases")

    assert watching.look() == [f"{path}: DC101", "b: new"]
    assert watching.look() == []
    path.write_text("police solved 52 cases")
    assert watching.look() == ["a: new"]


def test_a_failure_is_remembered_by_who_begins_anew(
    folder: Path, tmp_path: Path, desk: Callable[..., Desk]
) -> None:
    memory = tmp_path / "record.watch"
    path = drop(folder, "a.txt", " ")
    assert desk(memory).look() == [f"{path}: DC101"]

    assert desk(memory).look() == []
    assert desk(None).look() == [f"{path}: DC101"]
    memory.write_bytes(memory.read_bytes()[:-5])
    assert desk(memory).look() == [f"{path}: DC101"]
    path.write_text("police solved 41 cases")
    assert desk(memory).look() == ["a: new"]
    path.write_text("")
    assert desk(memory).look() == [f"{path}: DC101"]


def test_files_that_are_no_documents_are_passed_over(folder: Path, desk: Callable[..., Desk]) -> None:
    watching = desk(ignore=("done/*", "*.draft.txt"))
    for name in (
        ".a.txt",
        "~b.txt",
        "c.txt.part",
        "d.draft.txt",
        "done/e.txt",
        "done/old/f.txt",
        ".hidden/g.txt",
    ):
        drop(folder, name, "police solved 41 cases")
    os.mkfifo(folder / "pipe.txt")
    (folder / "lost.txt").symlink_to(folder / "nothing")
    drop(folder, "h.txt", "police solved 52 cases")

    assert watching.look() == ["h: new"]


def test_two_files_of_one_name_do_not_fight_for_it(folder: Path, desk: Callable[..., Desk]) -> None:
    watching = desk()
    drop(folder, "south/july.txt", "police solved 41 cases")
    assert watching.look() == ["july: new"]
    other = drop(folder, "north/july.txt", "police solved 52 cases")

    assert watching.look() == [f"{other}: CL150"]
    assert watching.look() == []
    assert desk().look() == [f"{other}: CL150"]
    other.rename(folder / "north/july-north.txt")
    assert watching.look() == ["july-north: new"]


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    folder: Path, desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tallyroom.documents import Source

    watching = desk()
    path = drop(folder, "a.txt", "police solved 41 cases")
    read = Source.read

    def read_and_change(source: Source) -> bytes:
        data = read(source)
        path.write_text("police solved 41 cases and 52 more")
        return data

    monkeypatch.setattr(Source, "read", read_and_change)
    assert watching.look() == []
    monkeypatch.setattr(Source, "read", read)
    assert watching.look() == ["a: new"]


def test_a_folder_that_is_gone_is_told_once_and_awaited(folder: Path, desk: Callable[..., Desk]) -> None:
    watching = desk()
    drop(folder, "a.txt", "police solved 41 cases")
    folder.rename(folder.with_name("away"))

    assert watching.look() == [f"{folder}: CL151"]
    folder.with_name("away").rename(folder)
    assert watching.look() == ["a: new"]


def test_what_docs_jsonl_tells_is_known_and_a_broken_line_is_told_once(
    folder: Path, desk: Callable[..., Desk], ledger: SqliteLedger
) -> None:
    watching = desk()
    drop(folder, "docs.jsonl", '{"id": "a", "publisher": "Harbour Police"}\nbroken\n')
    drop(folder, "a.txt", "police solved 41 cases")

    assert watching.look() == [f"{folder / 'docs.jsonl'}:2: DC107", "a: new"]
    drop(folder, "b.txt", "police solved 52 cases")
    assert watching.look() == ["b: new"]
    assert next(ledger.entries("document")).body["publisher"] == "Harbour Police"


def test_an_empty_folder_is_nothing_to_tell(desk: Callable[..., Desk]) -> None:
    assert desk().look() == []

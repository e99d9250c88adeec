"""Files that are no record, or one that cannot be used: each is told with its code, and nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from helpers import a_briefing
from tallyroom.errors import TallyroomError
from tallyroom.ledger import open_ledger
from tallyroom.ledger.errors import DiskFull, LedgerBusy, LedgerDamaged, LedgerMissing, NewerLedger, NoLedger
from tallyroom.model import Query

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of one commit that nobody has open."""
    with open_ledger(tmp_path / "ledger") as ledger:
        ledger.append(a_briefing("2,589"))
    return tmp_path / "ledger"


def test_a_text_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Police solved 41 cases. " * 300)

    for create in (True, False):
        with pytest.raises(NoLedger, match="LG101"):
            open_ledger(path, create=create)
    assert path.read_text().startswith("Police")


def test_the_database_of_another_program_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with apsw.Connection(str(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()

    with pytest.raises(NoLedger, match="application_id"):
        open_ledger(path)
    assert path.read_bytes() == before


def test_a_directory_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match="directory"):
        open_ledger(tmp_path)


def test_a_record_is_begun_where_there_is_none_and_only_if_asked(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        open_ledger(tmp_path / "new", create=False)
    (tmp_path / "empty").touch()
    with pytest.raises(NoLedger):
        open_ledger(tmp_path / "empty", create=False)
    for name in ("new", "empty"):
        with open_ledger(tmp_path / name) as ledger:
            assert ledger.head() is None


def test_a_record_in_a_directory_that_is_not_there_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(TallyroomError, match="LG103"):
        open_ledger(tmp_path / "no" / "such")


def test_a_record_of_a_newer_version_is_left_alone(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 99)
    connection.close()

    with pytest.raises(NewerLedger, match="version 99"):
        open_ledger(path)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_record_that_was_cut_short_is_told(path: Path, part: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])

    with pytest.raises((LedgerDamaged, NoLedger)):
        look_at_all(path)


def look_at_all(path: Path) -> None:
    """Open a record and verify it; either may tell that it is damaged."""
    with open_ledger(path, create=False) as ledger:
        if list(ledger.verify()):
            raise LedgerDamaged("verify names what is wrong")


def test_who_waits_too_long_is_told_and_nothing_is_stored(path: Path) -> None:
    with open_ledger(path) as first, open_ledger(path, patience=0.05) as second:
        with first.writing():
            with pytest.raises(LedgerBusy, match="LG105"):
                second.append(a_briefing("1"))
            assert len(list(second.figures(Query()))) == 1
        second.append(a_briefing("1", id="later"))
        assert [commit.number for commit in first.commits()] == [1, 2]


def test_on_a_full_disk_nothing_is_half_stored(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger._connection.pragma("max_page_count", ledger._connection.pragma("page_count"))
        with pytest.raises(DiskFull, match="LG104"):
            ledger.append(a_briefing(*["2,589"] * 500, id="big"))
        assert [commit.number for commit in ledger.commits()] == [1]
        assert list(ledger.verify()) == []
        ledger._connection.pragma("max_page_count", 2**30)
        ledger.append(a_briefing(*["2,589"] * 500, id="big"))
        assert list(ledger.verify()) == []


def as_nobody(work: Callable[[], str]) -> str:
    """What `work` returns in a process that may not write what is not its own."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            said = work()
        except TallyroomError as error:
            said = error.code
        except BaseException as error:
            said = repr(error)
        os.write(write, said.encode())
        os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as pipe:
        return pipe.read().decode()


def test_a_record_that_may_only_be_read_is_read(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    for folder in path.parents:  # pytest's own folders let nobody else in
        if folder.stat().st_mode & 0o777 == 0o700 and folder != Path("/root"):
            folder.chmod(0o755)

    def look() -> str:
        with open_ledger(path, create=False) as ledger:
            return str(len(list(ledger.figures(Query()))))

    def write() -> str:
        with open_ledger(path, create=False) as ledger:
            ledger.append(a_briefing("1"))
        return "written"

    try:
        assert as_nobody(look) == "1"
        assert as_nobody(write) == "LG103"
    finally:
        path.parent.chmod(0o755)
    with open_ledger(path) as ledger:
        assert len(list(ledger.commits())) == 1

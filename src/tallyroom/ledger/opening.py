"""Opens the file of a record, through APSW alone: a second SQLite in the process would break its locks."""

from __future__ import annotations

from pathlib import Path

import apsw

from tallyroom.ledger.errors import LedgerMissing, NoLedger, told
from tallyroom.ledger.schema import prepare
from tallyroom.ledger.sqlite import SqliteLedger

PATIENCE = 30.0
"""Seconds to wait for others who write."""
MEMORY = ":memory:"
_CACHE_KIB = 64 * 1024
_WAL_PAGES = 8000
"""After how many pages what was appended moves from the log into the file."""


def open_ledger(path: str | Path, *, create: bool = True, patience: float = PATIENCE) -> SqliteLedger:
    """Open a record, and begin one where there is none.

    Args:
        path: The file; `:memory:` is a record that ends with the program.
        create: Whether a file that is not there, or is empty, becomes a new record.
        patience: Seconds to wait while others write.

    Raises:
        LedgerMissing: There is no file, and `create` is false.
        NoLedger: The file is something else.
        NewerLedger: A newer version of the program wrote it.
        LedgerDamaged: It is cut short or damaged.
        LedgerClosedToWriting: The file or its directory may not be written.
    """
    where = str(path)
    if where != MEMORY:
        _look(Path(path), create)
    with told(where):
        try:
            connection = _opened(where, where, create, patience)
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            if create or not _is_at_rest(Path(path)):
                raise
            # where nothing may be written, SQLite can still read a record that nobody writes to
            connection = _opened(f"{Path(path).resolve().as_uri()}?immutable=1", where, create, patience)
    return SqliteLedger(connection, where)


def _opened(name: str, where: str, create: bool, patience: float) -> apsw.Connection:
    connection = _connect(name)
    try:
        connection.set_busy_timeout(int(patience * 1000))
        _set_up(connection)
        prepare(connection, where, create)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_at_rest(path: Path) -> bool:
    """Whether all commits stand in the file itself, and none in the log beside it."""
    log = path.with_name(f"{path.name}-wal")
    return path.exists() and not (log.exists() and log.stat().st_size)


def _look(path: Path, create: bool) -> None:
    if path.is_dir():
        raise NoLedger("this is a directory", where=str(path), next_step="give the path of a file")
    if not create and not path.exists():
        raise LedgerMissing(
            "there is no record here",
            where=str(path),
            next_step="check the path; tallyroom read --ledger PATH begins a record",
        )


def _connect(name: str) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    if name.startswith("file:"):
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(name, flags=flags)


def _set_up(connection: apsw.Connection) -> None:
    connection.pragma("synchronous", "FULL")
    connection.pragma("wal_autocheckpoint", _WAL_PAGES)
    connection.pragma("foreign_keys", False)
    connection.pragma("trusted_schema", False)
    connection.pragma("cache_size", -_CACHE_KIB)

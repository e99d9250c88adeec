"""What may be wrong with a record, each with its code, and how the words of SQLite become ours."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import apsw
import msgspec

from tallyroom.errors import TallyroomError


class LedgerError(TallyroomError):
    """The family of all errors of the record."""

    code = "LG100"


class NoLedger(LedgerError):
    """The file is something else than a record."""

    code = "LG101"


class NewerLedger(LedgerError):
    """The record was written by a newer version of the program."""

    code = "LG102"


class LedgerClosedToWriting(LedgerError):
    """The record, or the directory that it lies in, may not be written."""

    code = "LG103"


class DiskFull(LedgerError):
    """There is no room for the commit; nothing of it was kept."""

    code = "LG104"


class LedgerBusy(LedgerError):
    """Somebody else kept the record locked for longer than we wait."""

    code = "LG105"


class LedgerDamaged(LedgerError):
    """The record is cut short, or bytes in it are not what was written."""

    code = "LG106"


class LedgerMissing(LedgerError):
    """There is no record at the path, and the command is not one that begins one."""

    code = "LG107"


class NoSuchEntry(LedgerError):
    """The record has no entry, commit or source of that name, or it is of another kind."""

    code = "LG108"


class DraftUnfit(LedgerError):
    """What shall be recorded has not the form that the record keeps; nothing of it was kept."""

    code = "LG109"


class NoSuchMoment(LedgerError):
    """`as_of` names a moment that is not over yet, or a commit that the record does not have."""

    code = "LG110"


class ExportRefused(LedgerError):
    """The record cannot be exported to where it was asked for."""

    code = "LG116"


class ImportBroken(LedgerError):
    """A file of an export is missing or is not what its hash says; nothing was stored."""

    code = "LG117"


class ImportRefused(LedgerError):
    """The record has commits that the export does not have; nothing was stored."""

    code = "LG118"


@contextlib.contextmanager
def told(where: str) -> Iterator[None]:
    """Say in our words what SQLite reports about the record at `where`."""
    try:
        yield
    except apsw.Error as error:
        raise _translated(error, where) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # never from a draft: that is checked before
        raise damaged("an entry is not what was written", where, str(error)) from error


def _translated(error: apsw.Error, where: str) -> LedgerError:
    found = f"SQLite: {error}"
    if isinstance(error, apsw.NotADBError):
        return NoLedger("this file is no record", where=where, found=found,
            next_step="give the path of a record, or of a file that is not there yet")  # fmt: skip
    if isinstance(error, apsw.CorruptError):
        return damaged("the record is cut short or damaged", where, found)
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return LedgerBusy("another process keeps the record locked", where=where, found=found,
            next_step="wait until it is done and try again; nothing was stored")  # fmt: skip
    if isinstance(error, apsw.FullError):
        return DiskFull("there is no room left for the record", where=where, found=found,
            next_step="free some space and try again; nothing was stored")  # fmt: skip
    if isinstance(error, apsw.ReadOnlyError | apsw.PermissionsError | apsw.CantOpenError):
        return LedgerClosedToWriting("the record may not be opened or written", where=where, found=found,
            next_step="check the rights of the file and of its directory: both must be writable")  # fmt: skip
    if isinstance(error, apsw.IOError):
        return damaged("the record cannot be read or written through", where, found)
    return LedgerError("the record could not do this", where=where, found=found,
        next_step="run tallyroom verify, and report this if it finds nothing")  # fmt: skip


def damaged(says: str, where: str, found: str) -> LedgerDamaged:
    """Return the error for a record that is not what was written."""
    return LedgerDamaged(
        says,
        where=where,
        found=found,
        next_step="run tallyroom verify to see how far it goes, and go back to a copy or an export",
    )

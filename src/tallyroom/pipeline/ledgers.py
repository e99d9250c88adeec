"""A record that is open: everything that one may ask of it and add to it, with the codebook's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tallyroom import __version__
from tallyroom.model import Commit, Reading
from tallyroom.model.record import AsOf
from tallyroom.pipeline.reading import Failure

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.ledger import SqliteLedger
    from tallyroom.pipeline.recording import Recorded

PROGRAM = f"tallyroom {__version__}"


class OpenLedger:
    """A record that is open.

    `ledger` is the record itself, for what has no door here.

    Examples:
        >>> import tallyroom
        >>> with tallyroom.open_ledger(":memory:") as ledger:
        ...     recorded = ledger.record(tallyroom.read(text="Police solved 41 cases.", keep=True))
        ...     recorded.outcome, ledger.head().number
        ('new', 1)
    """

    def __init__(self, ledger: SqliteLedger) -> None:
        self.ledger = ledger

    def record(
        self,
        reading: Reading,
        codebook: Codebook | None = None,
        author: str = "unsigned",
        *,
        replace: bool = False,
    ) -> Recorded:
        """Keep a reading with its source. One that the record has adds nothing.

        Args:
            reading: From `read(..., keep=True)`.
            codebook: What the reader knew; all shipped codebooks by default.
            author: The office or role that answers for it; no person.
            replace: Whether it may take the place of another document of its name.

        Raises:
            AnotherDocument: Its name is that of another document.
            SourceMissing: It has not the bytes of its source.
            LedgerError: The record cannot keep it.
        """
        from tallyroom.pipeline.recording import Recorder

        return Recorder(self.ledger, codebook or _shipped(), author, PROGRAM, replace).one(reading)

    def record_all(
        self,
        outcomes: Iterable[Reading | Failure],
        codebook: Codebook | None = None,
        author: str = "unsigned",
        *,
        replace: bool = False,
    ) -> Iterator[Recorded | Failure]:
        """Keep readings as they come, many in one go; a failure is passed on and stops no other."""
        from tallyroom.pipeline.recording import Recorder

        return Recorder(self.ledger, codebook or _shipped(), author, PROGRAM, replace).all_of(outcomes)

    def head(self, as_of: AsOf = None) -> Commit | None:
        """Return the last commit; None where there is none."""
        return self.ledger.head(as_of)

    def close(self) -> None:
        """Let go of the file."""
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(path: str | Path, *, create: bool = True) -> OpenLedger:
    """Open a record, and begin one where there is none; `:memory:` ends with the program.

    Raises:
        TallyroomError: It is no record, a newer version wrote it, or it cannot be opened.

    Examples:
        >>> import tallyroom
        >>> tallyroom.open_ledger(":memory:").head() is None
        True
    """
    from tallyroom.ledger import open_ledger as open_file

    return OpenLedger(open_file(path, create=create))


def _shipped() -> Codebook:
    from tallyroom.codebook import load_codebook

    return load_codebook()

"""The record in one SQLite file: what `open_ledger` gives."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import apsw
import msgspec

from tallyroom.ledger import (
    columns,
    exporting,
    figures,
    filters,
    importing,
    light,
    lookups,
    reading,
    sources,
    verifying,
    writing,
)
from tallyroom.ledger.errors import DraftUnfit, told
from tallyroom.ledger.schema import whole
from tallyroom.ledger.schema import writing as holding
from tallyroom.ledger.verifying import Finding
from tallyroom.model import Commit, Draft, Entry, Figure, Observation, Query
from tallyroom.model.record import AsOf, EntryKind


class SqliteLedger:
    """A `Ledger` in one file. Several processes may have the same file open and append to it.

    `append` reads these keys of a body, by the kind of its entry; all others are kept as they are:

    - document: `id` (what the observations call `source`), `copy_of` (entry of the document whose copy it is).
      It supersedes the document that it is about, if it is about one.
    - observation: the fields of `Observation.row()`. It is about the document that states it.
    - correction: `values`, fields of the observation and their new content as `Observation.row()` has it. It is
      about an observation.
    - review: `verdict` (`accept`, `amend`, `reject`) and, to amend, `values`. The last decision about an
      observation counts. A review that is about no observation is kept and has no effect here.
    - decision: `decision` (`accepted`, `sent back`). It is about a return that is about a document; while the last
      one says `sent back`, the figures of that document do not stand.

    Examples:
        >>> from tallyroom.ledger import open_ledger
        >>> from tallyroom.model import Draft, NewEntry
        >>> with open_ledger(":memory:") as ledger:
        ...     entry = NewEntry("document", {"id": "briefing"})
        ...     commit = ledger.append(Draft("desk", "a first try", (entry,)))
        ...     commit.number, ledger.entry(1).body["id"]
        (1, 'briefing')
    """

    def __init__(self, connection: apsw.Connection, where: str) -> None:
        self._connection = connection
        self._last: Commit | None = None
        """The last commit, while nobody else can append one."""
        self.where = where

    def append(self, draft: Draft) -> Commit:
        """Keep the draft as one commit: all of it, or nothing.

        Raises:
            DraftUnfit: An entry has not the form of its kind, or concerns what is not there.
            LedgerBusy: Others held the record for longer than we wait.
            DiskFull: There is no room.
        """
        with self.writing():
            now = datetime.datetime.now(datetime.UTC)
            parent = self._last or reading.last_commit(self._connection)
            self._last = writing.append(self._connection, draft, parent, now, self.where)
            return self._last

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Keep all others from writing: what is looked up inside still holds for what is then appended.

        The commits made inside are kept together at the end, or none of them is. May be nested.
        """
        with told(self.where):
            if self._connection.in_transaction:
                yield
                return
            with holding(self._connection):
                try:
                    yield
                finally:
                    self._last = None

    def head(self, as_of: AsOf = None) -> Commit | None:
        """The last commit; None where there is none.

        Raises:
            NoSuchMoment: `as_of` is not over yet, or no commit has this number. 0 is before the first one.
        """
        with told(self.where):
            return reading.head(self._connection, as_of, self.where)

    def commits(self, as_of: AsOf = None) -> Iterator[Commit]:
        """All commits, the first one first."""
        with told(self.where):
            yield from reading.commits(self._connection, as_of, self.where)

    def kinds_in(self, commit: Commit) -> dict[str, int]:
        """How many entries of each kind a commit has."""
        with told(self.where):
            return reading.kinds_in(self._connection, commit.entries)

    def entry(self, id: int) -> Entry:
        """One entry.

        Raises:
            NoSuchEntry: There is none of this number.
        """
        with told(self.where):
            return reading.fetch_entry(self._connection, id, self.where)

    def entries(
        self, kind: EntryKind, about: Sequence[int] | None = None, as_of: AsOf = None
    ) -> Iterator[Entry]:
        """Entries of a kind in the order of the record; `about` keeps those that concern one of these."""
        with told(self.where):
            yield from reading.entries(self._connection, kind, about, as_of, self.where)

    def figures(self, query: Query, as_of: AsOf = None) -> Iterator[Figure]:
        """The claims that stand, in the order of their entries; rejected ones are left out.

        A field of the query is one of an observation, or `breakdown.DIMENSION`; the value "" stands for "not
        told". A figure of several places is taken where all of them are wanted. Within a document, and over the
        copies of a release, equal values of one cell are one claim.
        """
        with told(self.where):
            end = reading.end_of(self._connection, as_of, self.where)
            yield from figures.figures(self._connection, query, end)

    def light_figures(self, as_of: AsOf = None) -> Iterator[tuple[Any, ...]]:
        """All claims that stand, in the order of their entries, with no more than their cell and interval.

        Each is its entry, that of its document, and the columns of `tallyroom.ledger.light.CONTENT` as they are
        stored.
        """
        with told(self.where):
            end = reading.end_of(self._connection, as_of, self.where)
            yield from light.light_figures(self._connection, end)

    def carried_with(self, document: int) -> dict[int, str]:
        """All documents of the release that one carries, by entry: itself, its versions, and copies with theirs."""
        with told(self.where):
            return lookups.carried_with(self._connection, document)

    def figure(self, entry: int, as_of: AsOf = None) -> Figure | None:
        """The claim that one observation makes; None where it does not stand: rejected, or superseded."""
        with told(self.where):
            end = reading.end_of(self._connection, as_of, self.where)
            return figures.figure_of(self._connection, entry, end)

    def source(self, sha256: str) -> bytes:
        """The bytes of a source.

        Raises:
            NoSuchEntry: The record does not keep it.
            LedgerDamaged: It is not what was recorded.
        """
        with told(self.where):
            return sources.fetch(self._connection, sha256, self.where)

    def has_source(self, sha256: str) -> bool:
        """Tell whether the record keeps a source."""
        with told(self.where):
            return sources.has(self._connection, sha256)

    def standing_document(self, id: str, as_of: AsOf = None) -> int | None:
        """The entry of the version of a document that stands; None where there is no such document."""
        with told(self.where):
            end = reading.end_of(self._connection, as_of, self.where)
            return lookups.standing_document(self._connection, id, end)

    def documents_stating(
        self, bodies: Sequence[dict[str, Any]], least: int = 1, most: int = 8
    ) -> dict[int, int]:
        """Documents that stand and state at least `least` of the claims of `bodies`, with how many of them.

        Args:
            bodies: Those of the observations to look for, each of which is one search.
            least: How many a document must share.
            most: How many documents are given, those that share most first.
        """
        with told(self.where):
            return lookups.documents_stating(self._connection, bodies, least, most)

    def prepared(self, observations: Sequence[Observation]) -> Sequence[dict[str, Any]]:
        """The bodies of observations with what the record works out of them: these are kept twice as fast.

        Raises:
            DraftUnfit: A value is no finite number, or a text holds half of a surrogate pair.
        """
        try:
            return [columns.Body(one) for one in observations]
        except (msgspec.ValidationError, UnicodeEncodeError) as error:
            raise DraftUnfit("an observation cannot be recorded", where=self.where, found=str(error),
                next_step="nothing was stored; correct the draft") from None  # fmt: skip

    def decisions_in(self, document: int) -> dict[int, int]:
        """The last correction or review of each observation of a document that has one: entry by entry."""
        with told(self.where):
            return lookups.decisions_in(self._connection, document)

    def holds(self, field: str, value: str) -> bool:
        """Whether any observation of the record ever had this value; a place stands in a list of places."""
        with told(self.where):
            if field == "area":
                return value in filters.places(self._connection)
            return lookups.holds(self._connection, field, value)

    def verify(self, head: str | None = None) -> Iterator[Finding]:
        """All that is not as it was written; nothing for a record that is well.

        Args:
            head: The hash of a commit that the record must have, known from elsewhere.
        """
        with told(self.where):
            yield from verifying.findings(self._connection, head)

    def export(self, folder: Path, as_of: AsOf = None) -> dict[str, Any]:
        """Write the record as Parquet into a folder that is yet to be made; return the manifest.

        Raises:
            ExportRefused: The folder is there already, or cannot be written.
        """
        with told(self.where):
            return exporting.export(self._connection, folder, as_of, self.where)

    def take_in(self, folder: Path) -> int:
        """Append the commits of an export, with their hashes; return how many. All of them, or none.

        Raises:
            ImportBroken: A file is missing, or is not what its hash says.
            ImportRefused: The record has commits that the export does not have.
        """
        with self.writing(), whole(self._connection):
            self._last = None
            return importing.take_in(self._connection, folder, self.where)

    def close(self) -> None:
        """Let go of the file."""
        with told(self.where):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

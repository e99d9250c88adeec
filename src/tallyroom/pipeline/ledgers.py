"""A record that is open: everything that one may ask of it and add to it, with the codebook's words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tallyroom import __version__
from tallyroom.model import Commit, Entry, Figure, Reading
from tallyroom.model.record import AsOf
from tallyroom.pipeline.audits import Audits
from tallyroom.pipeline.loading import Codebooks, Words, load
from tallyroom.pipeline.reading import Failure

if TYPE_CHECKING:
    import pyarrow

    from tallyroom.codebook import TableMapping
    from tallyroom.ledger import Finding, SqliteLedger
    from tallyroom.model.campaign import Campaign
    from tallyroom.pipeline.collection import Collection, PublishedTables
    from tallyroom.pipeline.deciding import Verdict
    from tallyroom.pipeline.recording import Recorded
    from tallyroom.pipeline.releasing import Built
    from tallyroom.pipeline.tracing import Trace

PROGRAM = f"tallyroom {__version__}"


class OpenLedger(Audits):
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
        super().__init__(ledger)

    def record(
        self,
        reading: Reading,
        codebook: Codebooks = (),
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

        return Recorder(self.ledger, load(codebook), author, PROGRAM, replace).one(reading)

    def record_all(
        self,
        outcomes: Iterable[Reading | Failure],
        codebook: Codebooks = (),
        author: str = "unsigned",
        *,
        replace: bool = False,
    ) -> Iterator[Recorded | Failure]:
        """Keep readings as they come, many in one go; a failure is passed on and stops no other."""
        from tallyroom.pipeline.recording import Recorder

        return Recorder(self.ledger, load(codebook), author, PROGRAM, replace).all_of(outcomes)

    def figures(
        self,
        query: Words = (),
        as_of: AsOf = None,
        codebook: Codebooks = (),
        limit: int | None = None,
    ) -> list[Figure]:
        """Return the figures that stand, in the order of their entries; none where nothing is found.

        Args:
            query: `name=value` pairs, as a text, a list or a mapping: see `tallyroom figures --help`.
            as_of: A moment, or the number of a commit; what the record knew then.
            codebook: What contains what; all shipped codebooks by default.
            limit: The most that are returned.

        Raises:
            QueryUnfit: A field or a code is not known.
            NoSuchMoment: `as_of` is not over yet, or there is no such commit.

        Examples:
            >>> import tallyroom
            >>> with tallyroom.open_ledger(":memory:") as ledger:
            ...     reading = tallyroom.read(text="Police seized 12.5 kg of heroin.", keep=True)
            ...     document = ledger.record(reading).document
            ...     [str(figure.observation.value) for figure in ledger.figures("substance=drugs")]
            ['12.5']
        """
        asked = self.query(query, codebook)
        return list(itertools.islice(self.ledger.figures(asked, as_of), limit))

    def sql(
        self, query: str, as_of: AsOf = None, seconds: float = 30.0
    ) -> AbstractContextManager[pyarrow.RecordBatchReader]:
        """Run one SELECT of DuckDB's SQL over a snapshot; the result is a reader of Arrow batches.

        Args:
            query: Over the views `figures`, `observations`, `documents`, `decisions`, `commits`, `entries`.
            as_of: What was known then.
            seconds: How long it may run.

        Raises:
            SqlRefused: It would do something else than look.
            SqlMistake: DuckDB does not understand it.
            SqlRanAway: It took more time or memory than it may.

        Examples:
            >>> import tallyroom
            >>> with tallyroom.open_ledger(":memory:") as ledger:
            ...     reading = tallyroom.read(text="Police solved 41 drug cases.", keep=True)
            ...     _ = ledger.record(reading)
            ...     with ledger.sql("SELECT indicator, sum(value)::INT AS n FROM figures GROUP BY ALL") as reader:
            ...         reader.read_all().to_pylist()
            [{'indicator': 'cases_solved', 'n': 41}]
        """
        from tallyroom.pipeline.asking import Limits, asked

        return asked(self.ledger, query, as_of, Limits(seconds))

    def trace(self, entry: int, as_of: AsOf = None) -> Trace:
        """Follow an entry back to the characters that say it, and forward to what was made of it.

        Raises:
            NoSuchEntry: The record has none of this number.

        Examples:
            >>> import tallyroom
            >>> with tallyroom.open_ledger(":memory:") as ledger:
            ...     reading = tallyroom.read(text="Police solved 41 drug cases.", keep=True)
            ...     document = ledger.record(reading).document
            ...     ledger.trace(document + 1).quote.before
            'Police solved '
        """
        from tallyroom.pipeline.tracing import trace

        return trace(self.ledger, entry, as_of)

    def correct(
        self, entry: int, values: Mapping[str, str], *, author: str, reason: str, codebook: Codebooks = ()
    ) -> Commit:
        """Give an observation other values, as text: `{"value": "43"}`. What it said first stays in the record.

        Args:
            entry: That of the observation.
            values: New content by field. The interval follows the new value unless `low` or `high` is given.
            author: The office or role that answers for it; no person.
            reason: Why.
            codebook: What codes there are; all shipped codebooks by default.

        Raises:
            NoSuchEntry: The record has no such observation.
            DecisionUnfit: It does not stand, a field may not be changed, or nothing would change.
            NotTheOwner: It is of a return, and `author` did not file it.
        """
        from tallyroom.pipeline.deciding import Desk

        return Desk(self.ledger, load(codebook), author).correct(entry, values, reason)

    def review(
        self,
        entry: int,
        verdict: Verdict,
        values: Mapping[str, str] | None = None,
        *,
        author: str,
        reason: str,
        codebook: Codebooks = (),
    ) -> Commit:
        """Accept, amend or reject an observation; `values` are for `amend` alone, as those of `correct`.

        Raises:
            NoSuchEntry, DecisionUnfit, NotTheOwner: As with `correct`.
        """
        from tallyroom.pipeline.deciding import Desk

        return Desk(self.ledger, load(codebook), author).review(entry, verdict, values or {}, reason)

    def verify(self, head: str | None = None) -> Iterator[Finding]:
        """Give all that is not as it was written; nothing for a record that is well.

        Args:
            head: The hash of a commit that the record must have, known from elsewhere.
        """
        return self.ledger.verify(head)

    def commits(self, as_of: AsOf = None) -> Iterator[Commit]:
        """Give all commits, the first one first."""
        return self.ledger.commits(as_of)

    def export(self, folder: str | Path, as_of: AsOf = None) -> dict[str, Any]:
        """Write the record as Parquet into a folder that is yet to be made; return its manifest.

        Raises:
            ExportRefused: The folder is there already, or cannot be written.
        """
        return self.ledger.export(Path(folder), as_of)

    def take_in(self, folder: str | Path) -> int:
        """Append the commits of an export that the record lacks, with the same hashes; return how many.

        Raises:
            ImportBroken: A file is missing or is not what its hash says; nothing was stored.
            ImportRefused: The record has commits that the export does not have.
        """
        return self.ledger.take_in(Path(folder))

    def collection(self, campaign: Campaign | str, codebook: Sequence[str | Path] = ()) -> Collection:
        """Return what a campaign collects in this record: its forms, returns, status and totals.

        Args:
            campaign: A campaign, or its code in the codebooks.
            codebook: As for `load_campaign`.

        Raises:
            CodebookError: There is no such campaign, or its declaration has a mistake.
        """
        from tallyroom.codebook import load_campaign
        from tallyroom.pipeline.collection import Collection

        found = load_campaign(campaign, codebook) if isinstance(campaign, str) else campaign
        return Collection(self.ledger, found)

    def tables(self, mapping: TableMapping | str, codebook: Sequence[str | Path] = ()) -> PublishedTables:
        """Return the editions of a table that somebody publishes, read by its mapping.

        Args:
            mapping: A mapping, its code in the codebooks, or the path of its file.

        Raises:
            CodebookError: There is no such mapping, or it has a mistake.
        """
        from tallyroom.codebook import load_mapping
        from tallyroom.pipeline.collection import PublishedTables

        found = load_mapping(mapping, codebook) if isinstance(mapping, str) else mapping
        return PublishedTables(self.ledger, found)

    def build_release(
        self,
        source: str | Path,
        output: str | Path | None = None,
        codebook: Sequence[str | Path] = (),
        author: str = "unsigned",
    ) -> Built:
        """Build the release that a file declares, put it on record, and write its files.

        One that is on record is built again as it was.

        Args:
            source: `RELEASE.yaml`; a template of one's own stands beside it.
            output: The folder for the files; None writes none, and `files` has them.
            codebook: Names or folders; all shipped ones by default.
            author: The office or role that answers for it; no person.

        Raises:
            ReleaseError: Something of it has a mistake, or the record lacks what it asks for.
        """
        from tallyroom.pipeline.releasing import build_release, write_release

        built = build_release(self.ledger, source, list(codebook), author, check=output)
        if output is not None:
            write_release(built, Path(output))
        return built

    def releases(self) -> list[Entry]:
        """Return the entries of all releases on record, the first one first."""
        return list(self.ledger.entries("release"))

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


def check_export(folder: str | Path) -> None:
    """Compare the files of an export with the hashes in its manifest.

    Raises:
        ImportBroken: One is missing or differs.
    """
    from tallyroom.ledger import manifest_of

    manifest_of(Path(folder))

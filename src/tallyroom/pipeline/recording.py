"""Readings -> the record: what is new is kept, what is known adds nothing, versions and copies are linked."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from tallyroom.documents.errors import DocumentError
from tallyroom.errors import TallyroomError
from tallyroom.ledger import DraftUnfit, SqliteLedger
from tallyroom.model import Commit, Document, Draft, NewEntry, Reading
from tallyroom.model.spots import seen_of
from tallyroom.pipeline.copies import SAME_TIME, Copies, apart
from tallyroom.pipeline.likeness import overlap, sketch, unwritten, written
from tallyroom.pipeline.reading import Failure, Sourced
from tallyroom.pipeline.versions import Change, cells_in_common, changes_between

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook

Bodies = Sequence[dict[str, Any]]

BATCH_ROWS = 5000
BATCH_BYTES = 16 * 1024 * 1024
BATCH_SECONDS = 2.0
"""What is kept in one go: a wait for the disk costs as much as some hundred rows."""
_UNLIKE = 0.1
"""Versions of one document have more than this share of clauses in common."""
_TOLD = (
    "sha256", "text", "media_type", "encoding", "lang", "title", "publisher", "place", "published",
    "published_from", "url",
)  # fmt: skip
"""What, beside its observations, makes a version of a document another one."""


class AnotherDocument(TallyroomError):
    """The record has a document of this name, and it is not an earlier version of this one."""

    code = "LG112"


class SourceMissing(TallyroomError):
    """A reading came without the bytes of its source, so it cannot be kept with them."""

    code = "LG113"


class Recorded(msgspec.Struct, frozen=True):
    """What became of one reading: `new`, `unchanged` (nothing was added) or `changed` (a new version).

    `changes` tells how a new version differs; `lost` are the decisions about figures that it does not have.
    """

    reading: Reading
    outcome: Literal["new", "unchanged", "changed"]
    document: int
    commit: Commit | None = None
    changes: tuple[Change, ...] = ()
    lost: tuple[int, ...] = ()
    copy_of: str | None = None


class Recorder:
    """Puts readings into a record.

    Args:
        ledger: The record.
        codebook: What the reader knew.
        author: The office or role that answers for it; no person.
        program: Name and version of the program that read.
        replace: Whether a document takes the place of one that has its name and is nothing like it.
    """

    def __init__(
        self, ledger: SqliteLedger, codebook: Codebook, author: str, program: str, replace: bool = False
    ) -> None:
        self._ledger, self._author, self._replace = ledger, author, replace
        self._made_by = {"codebook": codebook.digest, "codebooks": codebook.versions, "program": program}
        self._copies = Copies(ledger)

    def all_of(self, outcomes: Iterable[Reading | Failure]) -> Iterator[Recorded | Failure]:
        """Record readings as they come, many in one go; each is one commit, or fails without the others."""
        for batch in _batches(outcomes):
            with self._ledger.writing():
                done = [self._safely(outcome) for outcome in batch]
            yield from done

    def one(self, reading: Reading) -> Recorded:
        """Record one reading.

        Raises:
            AnotherDocument: Its name is that of another document.
            SourceMissing: It is no `Sourced`.
            LedgerError: The record cannot keep it.
        """
        with self._ledger.writing():
            return self._record(reading)

    def _safely(self, outcome: Reading | Failure) -> Recorded | Failure:
        if isinstance(outcome, Failure):
            return outcome
        try:
            return self._record(outcome)
        except (AnotherDocument, DraftUnfit, DocumentError) as error:
            return Failure(outcome.document.id, error.code, str(error))

    def _record(self, reading: Reading) -> Recorded:
        body = self._body(reading)
        rows = self._ledger.prepared(reading.observations)
        earlier = self._ledger.standing_document(reading.document.id)
        if earlier is None:
            return self._append(reading, body, rows)
        known = self._ledger.entry(earlier).body
        before = {entry.id: entry.body for entry in self._ledger.entries("observation", about=[earlier])}
        if all(known.get(name) == body[name] for name in _TOLD) and list(before.values()) == rows:
            return Recorded(reading, "unchanged", earlier)
        if not self._replace:
            self._refuse_another(reading, body, known, list(before.values()), rows)
        return self._append(reading, body, rows, earlier, before)

    def _append(
        self,
        reading: Reading,
        body: dict[str, Any],
        rows: Bodies,
        earlier: int | None = None,
        before: dict[int, dict[str, Any]] | None = None,
    ) -> Recorded:
        original = self._copies.original_of(reading.document, body, rows, earlier)
        if original:
            body |= {"copy_of": original.document, "copy_by": original.by}
        entries = [NewEntry("document", body, (earlier,) if earlier else ())]
        entries += [NewEntry("observation", row, (-1,)) for row in rows]
        changes, pairs = changes_between(before or {}, rows)
        carried, lost = self._decisions(earlier, pairs)
        verb = "read anew" if earlier else "read"
        sources = (*self._source_of(reading), _text_of(reading))
        draft = Draft(self._author, f"{verb} {reading.document.id}", (*entries, *carried), sources)
        commit = self._ledger.append(draft)
        outcome: Literal["new", "changed"] = "changed" if earlier else "new"
        name = original.id if original else None
        return Recorded(reading, outcome, commit.entries[0], commit, changes, lost, name)

    def _source_of(self, reading: Reading) -> tuple[bytes, ...]:
        """The bytes to keep; a file of several documents is kept whole, once, with the first of them."""
        container = reading.document.container
        if container is None or not isinstance(reading, Sourced) or reading.file is None:
            return (_bytes_of(reading),)
        return () if self._ledger.has_source(container) else (_file_of(reading.file, container),)

    def _decisions(
        self, earlier: int | None, pairs: dict[int, int]
    ) -> tuple[list[NewEntry], tuple[int, ...]]:
        """The decisions about the earlier version, said again of the rows that go on; and those of no row."""
        if earlier is None:
            return [], ()
        decided = self._ledger.decisions_in(earlier)
        about = [observation for observation in decided if observation in pairs]
        decisions = [*self._ledger.entries("correction", about), *self._ledger.entries("review", about)]
        carried = []
        for entry in sorted(decisions, key=lambda entry: entry.id):
            observation = next(target for target in entry.about if target in pairs)
            body = {**entry.body, "carried_from": entry.id}
            carried.append(NewEntry(entry.kind, body, (-2 - pairs[observation], entry.id)))
        return carried, tuple(decision for about, decision in decided.items() if about not in pairs)

    def _body(self, reading: Reading) -> dict[str, Any]:
        document = reading.document
        left = [[numeral.start, numeral.end] for numeral in reading.leftovers]
        return {
            "id": document.id,
            "sha256": document.sha256,
            "text": hashlib.sha256(_text_of(reading)).hexdigest(),
            "media_type": document.media_type,
            "encoding": document.encoding,
            "encoding_from": document.encoding_from,
            "lang": document.lang,
            "title": document.title,
            "publisher": document.publisher,
            "place": document.place,
            "published": document.published.isoformat() if document.published else None,
            "published_from": document.published_from,
            "url": document.url,
            "sketch": written(sketch(document)),
            "numerals": len(reading.numerals),
            "left_over": left,
            **_seen_of(reading),
            **({"notes": list(document.notes)} if document.notes else {}),
            **_member_of(document),
            **_origin_of(reading),
            **self._made_by,
        }

    def _refuse_another(
        self, reading: Reading, body: dict[str, Any], known: dict[str, Any], before: Bodies, rows: Bodies
    ) -> None:
        """Two files may happen to have one name; the figures of the first must not fall for that.

        A bulletin of the next month has the title and most words of the last one, but not its cells.
        """
        if any(known.get(name) and known[name] == body[name] for name in ("sha256", "url")):
            return
        if cells_in_common(before, rows) or (_of_one_time(known, body) and _alike(known, body)):
            return
        raise AnotherDocument(
            f"another document of the record has the name {reading.document.id!r}",
            where=reading.document.id,
            expected=f"a later version of: {known.get('title') or known.get('sha256', '')[:16]}",
            found=f"{body['title'] or body['sha256'][:16]}: no cell in common, and another date or other words",
            next_step="give the file another name, or --replace to put it in the place of the other",
        )


def _of_one_time(known: dict[str, Any], body: dict[str, Any]) -> bool:
    gap = apart(known, body)
    return gap is None or gap <= SAME_TIME


def _alike(known: dict[str, Any], body: dict[str, Any]) -> bool:
    sketches = unwritten(known.get("sketch", "")), unwritten(body["sketch"])
    if known.get("title") and known["title"] == body["title"]:
        return True
    return not all(sketches) or overlap(*sketches) >= _UNLIKE


def _bytes_of(reading: Reading) -> bytes:
    if isinstance(reading, Sourced) and reading.data is not None:
        return reading.data
    raise SourceMissing(
        "the reading has not the bytes of its source",
        where=reading.document.id,
        next_step="read with keep=True, so that the record can keep the source whole",
    )


def _file_of(path: str, sha256: str) -> bytes:
    """The bytes of a file that holds several documents, as it was when they were read."""
    from tallyroom.documents.files import changed, read_file, refusal

    try:
        data = read_file(Path(path), path)
    except OSError as error:
        raise refusal(path, error) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise changed(path)
    return data


def _member_of(document: Document) -> dict[str, Any]:
    """Which file of several documents it stands in, and where."""
    return {"container": document.container, "member": document.member} if document.container else {}


def _seen_of(reading: Reading) -> dict[str, Any]:
    """Where its figures are seen, in a document with pages, sheets or parts: span, then pages and boxes, or names."""
    spans = dict.fromkeys((row.start, row.end) for row in reading.observations)
    seen = [
        [
            *span,
            [
                [spot.page, *(spot.box or ()), *filter(None, (spot.name,))]
                for spot in seen_of(reading.document, *span)
            ],
        ]
        for span in spans
    ]
    return {"seen": seen} if reading.document.spots else {}


def _origin_of(reading: Reading) -> dict[str, Any]:
    """When and where the source was fetched; a later fetch of the same adds nothing to the record."""
    origin = reading.origin if isinstance(reading, Sourced) else None
    if origin is None:
        return {}
    return {"fetched": {"asked": origin.asked, "at": origin.at.isoformat(), "media_type": origin.media_type}}


def _text_of(reading: Reading) -> bytes:
    try:
        return reading.document.text.encode()
    except UnicodeEncodeError as error:
        raise DraftUnfit(
            "the text holds half of a surrogate pair, which is no character",
            where=reading.document.id,
            found=str(error),
            next_step="decode the source with its own encoding",
        ) from None


def _batches(outcomes: Iterable[Reading | Failure]) -> Iterator[list[Reading | Failure]]:
    batch: list[Reading | Failure] = []
    rows = weight = 0
    begun = time.monotonic()
    for outcome in outcomes:
        batch.append(outcome)
        if not isinstance(outcome, Failure):
            rows += len(outcome.observations)
            weight += len(outcome.document.text)
        if rows >= BATCH_ROWS or weight >= BATCH_BYTES or time.monotonic() - begun > BATCH_SECONDS:
            yield batch
            batch, rows, weight, begun = [], 0, 0, time.monotonic()
    if batch:
        yield batch

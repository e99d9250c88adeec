"""From an entry back to the characters that say it, and forward to what was made of it."""

from __future__ import annotations

from typing import Any

import msgspec

from tallyroom.ledger import SqliteLedger
from tallyroom.ledger.errors import NoSuchEntry
from tallyroom.model import Commit, Entry, Figure, Observation, Spot
from tallyroom.model.audit import Quote
from tallyroom.model.record import AsOf, EntryKind
from tallyroom.pipeline.quoting import quote_of


class Step(msgspec.Struct, frozen=True):
    """An entry with the commit that brought it."""

    entry: Entry
    commit: Commit


class Trace(msgspec.Struct, frozen=True):
    """Where a figure comes from and what became of it.

    `said` is what its source says, `figure` what stands now: None where it was rejected or superseded. Of an entry
    that is no observation only `step`, and `document` where it is one, are told.
    """

    step: Step
    said: Observation | None = None
    figure: Figure | None = None
    document: Step | None = None
    quote: Quote | None = None
    seen: tuple[Spot, ...] = ()
    """Where the figure is seen in a source with pages, sheets or parts."""
    more: dict[str, Any] = {}
    """What follows the observation in its entry: the cell of a return, its campaign."""
    decisions: tuple[Step, ...] = ()
    """Corrections and reviews, the first one first."""
    versions: tuple[Step, ...] = ()
    """Later versions of the document."""
    returns: tuple[Step, ...] = ()
    """The return that brought it, and what was decided about that."""
    releases: tuple[Step, ...] = ()


def trace(ledger: SqliteLedger, id: int, as_of: AsOf = None) -> Trace:
    """Follow an entry both ways; a correction or review leads to the observation that it is about.

    Raises:
        NoSuchEntry: The record has none of this number, or had none at `as_of`.
        LedgerDamaged: The source's text is not what was recorded.
    """
    return _Tracer(ledger, as_of).trace(id)


class _Tracer:
    def __init__(self, ledger: SqliteLedger, as_of: AsOf) -> None:
        self._ledger, self._as_of = ledger, as_of
        self._commits: dict[int, Commit] = {}

    def trace(self, id: int) -> Trace:
        entry = self._ledger.entry(id)
        self._refuse_later(entry)
        if entry.kind in ("correction", "review"):
            about = (self._ledger.entry(target) for target in entry.about)
            entry = next((target for target in about if target.kind == "observation"), entry)
        if entry.kind == "observation":
            return self._observation(entry)
        document = self._step(entry) if entry.kind == "document" else None
        return Trace(self._step(entry), document=document, releases=self._about("release", entry.id))

    def _refuse_later(self, entry: Entry) -> None:
        if self._as_of is None:
            return
        head = self._ledger.head(self._as_of)
        if head is None or entry.commit > head.number:
            raise NoSuchEntry(
                f"the record had no entry {entry.id} then",
                where=self._ledger.where,
                expected=f"a number from 1 to {head.entries[1] - 1}"
                if head
                else "nothing: the record was empty",
                next_step="leave as-of out, or ask as of a later moment",
            )

    def _observation(self, entry: Entry) -> Trace:
        document = next(one for one in map(self._ledger.entry, entry.about) if one.kind == "document")
        known = Observation.__struct_fields__
        said = msgspec.convert({name: entry.body[name] for name in known}, Observation)
        kinds: tuple[EntryKind, ...] = ("correction", "review", "decision")
        decisions = [step for kind in kinds for step in self._about(kind, entry.id)]
        return Trace(
            step=self._step(entry),
            said=said,
            figure=self._ledger.figure(entry.id, self._as_of),
            document=self._step(document),
            quote=self._quote(document, said),
            seen=_seen(document, said),
            more={name: content for name, content in entry.body.items() if name not in known},
            decisions=tuple(sorted(decisions, key=lambda step: step.entry.id)),
            versions=self._later(document.id),
            returns=self._returns(document.id),
            releases=self._about("release", entry.id),
        )

    def _quote(self, document: Entry, said: Observation) -> Quote | None:
        if "text" not in document.body:
            return None
        text = self._ledger.source(document.body["text"]).decode()
        return quote_of(text, said)

    def _later(self, document: int) -> tuple[Step, ...]:
        later = self._about("document", document)
        return (*later, *(step for one in later for step in self._later(one.entry.id)))

    def _returns(self, document: int) -> tuple[Step, ...]:
        returns = self._about("return", document)
        decided = [step for one in returns for step in self._about("decision", one.entry.id)]
        return (*returns, *decided)

    def _about(self, kind: EntryKind, id: int) -> tuple[Step, ...]:
        return tuple(map(self._step, self._ledger.entries(kind, about=[id], as_of=self._as_of)))

    def _step(self, entry: Entry) -> Step:
        if entry.commit not in self._commits:
            commit = self._ledger.head(entry.commit)
            assert commit is not None, "an entry is of a commit"
            self._commits[entry.commit] = commit
        return Step(entry, self._commits[entry.commit])


def _seen(document: Entry, said: Observation) -> tuple[Spot, ...]:
    """The spots that were recorded with the document: a page with its box, or a name."""
    for start, end, spots in document.body.get("seen", ()):
        if (start, end) == (said.start, said.end):
            return tuple(_spot(start, end, *spot) for spot in spots)
    return ()


def _spot(start: int, end: int, page: int | None, *rest: Any) -> Spot:
    box = tuple(part for part in rest if isinstance(part, int))
    name = next((part for part in rest if isinstance(part, str)), "")
    return Spot(start, end, page, (box[0], box[1], box[2], box[3]) if box else None, name)

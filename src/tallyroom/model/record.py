"""The record: entries in commits, the figures that stand at a moment, and the protocol of whoever keeps it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

import msgspec

from tallyroom.model.observation import Observation

EntryKind = Literal[
    "document",     # a source was taken in: one version of one document
    "observation",  # a figure of it
    "correction",   # other values for an observation, by the one who filed it
    "review",       # a reviewer accepts, amends or rejects an observation
    "return",       # a unit filed a form for a period
    "decision",     # a return was accepted, or sent back
    "release",      # figures were published
    "rule",         # a rule of the audit was switched off, or on again
]  # fmt: skip
AsOf = datetime.datetime | int | None
"""A moment, or the number of a commit; None is now."""


class NewEntry(msgspec.Struct, frozen=True):
    """An entry to be. `about` names the entries it concerns: ids of the record, or -n for the n-th of this draft.

    `body` is plain JSON (text, int, bool, None, lists, mappings; decimals as text). Of an observation it is
    `Observation.row()`; further keys may follow: `cell` (`Form!D12`), `campaign`, `joint`, `case`. They must have
    other names than the fields of an observation, so a reporting unit is not `unit`: that is the unit of measure.
    """

    kind: EntryKind
    body: dict[str, Any]
    about: tuple[int, ...] = ()


class Draft(msgspec.Struct, frozen=True):
    """What one commit shall hold: all of it is kept, or nothing. `sources` are kept whole by their SHA-256."""

    author: str
    reason: str
    entries: tuple[NewEntry, ...]
    sources: tuple[bytes, ...] = ()


class Commit(msgspec.Struct, frozen=True):
    """A step of the record. `hash` is the SHA-256 of its canonical bytes, which hold the parent's hash."""

    number: int
    hash: str
    parent: str
    author: str
    time: datetime.datetime
    """UTC; always after that of the parent."""
    reason: str
    entries: tuple[int, int]
    """First id and the one after the last."""


class Entry(msgspec.Struct, frozen=True):
    """One line of the record. Ids count from 1 in the order of the record and never change."""

    id: int
    commit: int
    kind: EntryKind
    about: tuple[int, ...]
    body: dict[str, Any]


class Figure(msgspec.Struct, frozen=True, gc=False):
    """One claim as it stands at a moment: the observation with its corrections, and where it comes from."""

    entry: int
    observation: Observation
    document: int
    """The entry of the document that says so."""
    known: datetime.datetime
    status: Literal["", "corrected", "amended", "accepted"] = ""
    mentions: tuple[int, ...] = ()
    """Other entries of the same document for the same cell."""
    carriers: tuple[str, ...] = ()
    """Ids of other documents that carry the same release."""
    more: dict[str, Any] = {}
    """What follows the observation in the entry's body: `cell`, `campaign`, `joint`, `case`."""


class Query(msgspec.Struct, frozen=True):
    """Which figures: for each field of an observation the values that will do. A field not named takes all.

    What a group or a place contains is worked out before; `period` is the one that contains those wanted.
    """

    fields: dict[str, tuple[str, ...]] = {}
    period: tuple[datetime.date, datetime.date] | None = None


class Ledger(Protocol):
    """Whoever keeps the record. Nothing that it has is changed; `as_of` gives what was known then."""

    def append(self, draft: Draft) -> Commit:
        """Keep the draft as one commit."""

    def writing(self) -> AbstractContextManager[None]:
        """Keep all others from writing: what is looked up inside still holds for what is then appended."""

    def head(self, as_of: AsOf = None) -> Commit | None:
        """The last commit; None where there is none."""

    def commits(self, as_of: AsOf = None) -> Iterator[Commit]:
        """All commits, the first one first."""

    def entry(self, id: int) -> Entry:
        """One entry."""

    def entries(
        self, kind: EntryKind, about: Sequence[int] | None = None, as_of: AsOf = None
    ) -> Iterator[Entry]:
        """Entries of a kind in the order of the record; `about` keeps those that concern one of these."""

    def figures(self, query: Query, as_of: AsOf = None) -> Iterator[Figure]:
        """The claims that stand, in the order of their first entries; rejected ones are left out."""

    def source(self, sha256: str) -> bytes:
        """The bytes of a source."""

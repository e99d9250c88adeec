"""Tells which documents carry one release: nearly the same text, or a carrier that names its source."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Document
from tallyroom.pipeline.likeness import overlap, unwritten

SAME_TEXT = 0.6
"""Share of the shorter text's clauses that a copy has in common with its original."""
FEW_TEXT = 0.8
"""The same where they share one figure alone."""
SAME_FIGURES = 0.5
"""Share of a document's figures that its original states too."""
SAME_TIME = datetime.timedelta(days=7)
"""How long after its source a carrier that names it may come, and a version after the one before."""
SAMPLE = 12
"""Figures that are looked for, spread over the document."""
_LEAST = 2
_LONGEST_NAME = 2


class Original(msgspec.Struct, frozen=True):
    """The document that another one is a copy of: its entry, its id, and what tells so."""

    document: int
    id: str
    by: Literal["text", "source"]


class Copies:
    """Looks in a record for the original of a document."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self._ledger = ledger

    def original_of(
        self, document: Document, body: dict[str, Any], rows: Sequence[dict[str, Any]], earlier: int | None
    ) -> Original | None:
        """Return the document of the record that this one carries again, the one most alike.

        A copy states figures of the original: value and cell, agency included, so that another agency's
        figures are never taken for a copy. And its text is nearly the same; or half of its figures are those of
        the original, both are of one week, and they have one publisher or it names that of the original, as
        editions in two languages do.
        """
        sample = rows[:: max(1, -(-len(rows) // SAMPLE))]
        stating = self._ledger.documents_stating(sample, min(_LEAST, len(sample)))
        for entry, shared in stating.items():
            if entry != earlier:
                other = self._ledger.entry(entry).body
                if by := _tells(document, body, other, shared, len(sample)):
                    return Original(entry, other["id"], by)
        return None


def _tells(
    document: Document, body: dict[str, Any], other: dict[str, Any], shared: int, rows: int
) -> Literal["text", "source"] | None:
    same = overlap(unwritten(body["sketch"]), unwritten(other.get("sketch", "")))
    if same >= (SAME_TEXT if shared >= _LEAST else FEW_TEXT):
        return "text"
    enough = shared >= _LEAST and shared >= rows * SAME_FIGURES
    gap = apart(body, other)
    if enough and gap is not None and gap <= SAME_TIME and _named(document, body, other):
        return "source"
    return None


def apart(one: dict[str, Any], other: dict[str, Any]) -> datetime.timedelta | None:
    """Return the time between two publications; None where a day is not known."""
    days = [body["published"] for body in (one, other) if body.get("published")]
    if len(days) < 2:
        return None
    first, last = map(datetime.date.fromisoformat, days)
    return abs(first - last)


def _named(document: Document, body: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether both have one publisher, or the text names that of the other, or its address."""
    publisher, url = other.get("publisher") or "", other.get("url") or ""
    if publisher and publisher == body["publisher"]:
        return True
    names = [name for name in (publisher, url) if len(name) > _LONGEST_NAME]
    return any(name in document.text for name in names)

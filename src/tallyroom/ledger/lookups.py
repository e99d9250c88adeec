"""Finds documents: the version of one that stands, and those that state the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, cast

import apsw

from tallyroom.ledger import columns

_NAMED = """SELECT v.entry FROM documents v WHERE v.id = ? AND v.entry < ? AND NOT EXISTS
    (SELECT 1 FROM documents s WHERE s.supersedes = v.entry AND s.entry < ?) ORDER BY v.entry DESC LIMIT 1"""
_STATING = """SELECT document FROM observations INDEXED BY by_period WHERE period IS ? AND indicator = ?
    AND area = ? AND substance IS ? AND agency IS ? AND operation_id IS ? AND claim = ? LIMIT ?"""
_STANDING = """SELECT v.entry FROM documents v WHERE v.entry IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM documents s WHERE s.supersedes = v.entry)"""
_MOST = 50
"""Documents that are looked at for one claim."""
_PROBES = 4
"""Claims after which the search ends where nobody states any of them."""
_DECISIONS = """SELECT d.observation, max(d.entry) FROM decisions d JOIN observations o ON o.entry = d.observation
    WHERE o.document = ? GROUP BY d.observation"""

_CARRIED = """SELECT v.entry, v.id FROM documents v WHERE v.release =
    (SELECT release FROM documents WHERE entry = ?) ORDER BY v.entry"""


def carried_with(connection: apsw.Connection, document: int) -> dict[int, str]:
    """Return all documents of one release by their entries: versions, and copies with theirs."""
    return dict(cast(Iterable[tuple[int, str]], connection.execute(_CARRIED, (document,))))


def standing_document(connection: apsw.Connection, id: str, end: int) -> int | None:
    """Return the entry of the version of a document that stood before the entry `end`."""
    row = connection.execute(_NAMED, (id, end, end)).fetchone()
    return cast(int, row[0]) if row else None


def documents_stating(
    connection: apsw.Connection, bodies: Sequence[dict[str, Any]], least: int, most: int
) -> dict[int, int]:
    """Return the documents that state at least `least` of the claims, and how many; the most alike first."""
    found: Counter[int] = Counter()
    claims = {keys[1]: row for _, row, keys in map(columns.worked_out, bodies)}
    for number, (claim, row) in enumerate(claims.items()):
        if number == _PROBES and not found:
            break
        rows = connection.execute(_STATING, (*columns.place_of(row), claim, _MOST))
        found.update({cast(int, document) for (document,) in rows})
    alike = {document: shared for document, shared in found.items() if shared >= least}
    if not alike:
        return {}
    standing = {entry for (entry,) in connection.execute(_STANDING, (json.dumps(list(alike)),))}
    ordered = sorted((-shared, document) for document, shared in alike.items() if document in standing)
    return {document: -shared for shared, document in ordered[:most]}


def decisions_in(connection: apsw.Connection, document: int) -> dict[int, int]:
    """Return the last decision about each observation of a document that anybody decided about."""
    return dict(cast(Iterable[tuple[int, int]], connection.execute(_DECISIONS, (document,))))


def holds(connection: apsw.Connection, field: str, value: str) -> bool:
    """Return whether any observation ever had this value in a column."""
    query = f'SELECT 1 FROM observations WHERE "{field}" = ? LIMIT 1'
    return connection.execute(query, (value,)).fetchone() is not None

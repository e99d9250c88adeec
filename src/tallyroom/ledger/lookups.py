"""Finds documents: the version of one that stands, and those that state the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

import apsw

from tallyroom.ledger import columns
from tallyroom.ledger.figures import STANDS

_NAMED = """SELECT v.entry FROM documents v WHERE v.id = ? AND v.entry < ? AND NOT EXISTS
    (SELECT 1 FROM documents s WHERE s.supersedes = v.entry AND s.entry < ?) ORDER BY v.entry DESC LIMIT 1"""
_STATING = f"""SELECT o.document, count(DISTINCT o.claim) AS shared FROM observations o
    WHERE o.claim IN (SELECT value FROM json_each(:claims)) AND {STANDS}
    GROUP BY o.document HAVING shared >= :least ORDER BY shared DESC, o.document LIMIT :most"""
_DECISIONS = """SELECT d.observation, max(d.entry) FROM decisions d JOIN observations o ON o.entry = d.observation
    WHERE o.document = ? GROUP BY d.observation"""


def standing_document(connection: apsw.Connection, id: str, end: int) -> int | None:
    """Return the entry of the version of a document that stood before the entry `end`."""
    row = connection.execute(_NAMED, (id, end, end)).fetchone()
    return cast(int, row[0]) if row else None


def claims_of(bodies: Iterable[dict[str, Any]]) -> list[int]:
    """Return the numbers of the claims that observations state, each once, in their order."""
    return list(dict.fromkeys(columns.worked_out(body)[2][1] for body in bodies))


def documents_stating(
    connection: apsw.Connection, claims: list[int], least: int, most: int, end: int
) -> dict[int, int]:
    """Return the documents that state at least `least` of the claims, and how many; the most alike first."""
    bindings = {"claims": json.dumps(claims), "least": least, "most": most, "end": end}
    return dict(cast(Iterable[tuple[int, int]], connection.execute(_STATING, bindings)))


def decisions_in(connection: apsw.Connection, document: int) -> dict[int, int]:
    """Return the last decision about each observation of a document that anybody decided about."""
    return dict(cast(Iterable[tuple[int, int]], connection.execute(_DECISIONS, (document,))))


def holds(connection: apsw.Connection, field: str, value: str) -> bool:
    """Return whether any observation ever had this value in a column."""
    query = f'SELECT 1 FROM observations WHERE "{field}" = ? LIMIT 1'
    return connection.execute(query, (value,)).fetchone() is not None

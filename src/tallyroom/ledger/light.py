"""The figures that stand with no more than their cell and interval: for whoever goes through all of a large record.

The same claims as `tallyroom.ledger.figures` gives for the query that takes all. What keeps a row from standing is
looked up once for each document and decision, not for each row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import apsw

CONTENT = (
    "indicator", "unit", "area", "period", "low", "high", "low_open", "high_open", "offence", "substance",
    "breakdown", "counted", "agency", "operation_id", "operation", "statistic", "rule",
)  # fmt: skip
"""The columns that are given, as they are stored: places and the breakdown as JSON, numbers as text."""
_COLUMNS = ", ".join(f"o.{name}" for name in CONTENT)
_ROWS = f"SELECT o.entry, o.document, o.claim, {_COLUMNS} FROM observations o"
_FIRST = f"{_ROWS} WHERE o.entry < ? AND o.concerns IS NULL ORDER BY o.entry"
_DECIDED = f"""SELECT o.concerns, o.entry, o.document, o.claim, {_COLUMNS} FROM decisions d
    JOIN observations o ON o.entry = d.entry WHERE d.entry < ?"""
_LAST = "SELECT observation, max(entry) FROM decisions WHERE entry < ? GROUP BY observation"
_DOCUMENTS = """SELECT v.entry, v.release FROM documents v WHERE v.entry < :end
    AND NOT EXISTS (SELECT 1 FROM documents s WHERE s.supersedes = v.entry AND s.entry < :end)
    AND coalesce((SELECT r.sent_back FROM verdicts r WHERE r.document = v.entry AND r.entry < :end
        ORDER BY r.entry DESC LIMIT 1), 0) = 0"""


def light_figures(connection: apsw.Connection, end: int) -> Iterator[tuple[Any, ...]]:
    """Give the claims that stood before the entry `end`: entry, document, then the columns of `CONTENT`."""
    releases = dict(connection.execute(_DOCUMENTS, {"end": end}))
    last = dict(connection.execute(_LAST, (end,)))
    decided = {row[0]: row[2:] for row in connection.execute(_DECIDED, (end,)) if last[row[0]] == row[1]}
    told: set[int] = set()
    told_by_release: set[tuple[int, int]] = set()
    shared, document = _shared(releases), 0
    for row in connection.execute(_FIRST, (end,)):
        entry = row[0]
        standing = decided.get(entry) if entry in last else row[1:]
        if standing is None or standing[0] not in releases:
            continue
        stated, claim, *content = standing
        if stated != document:
            document, told = stated, set()
        release = releases[stated]
        if claim in told or (release, claim) in told_by_release:
            continue
        told.add(claim)
        if release in shared:
            told_by_release.add((release, claim))
        yield entry, stated, *content


def _shared(releases: dict[int, int]) -> set[int]:
    """The releases that several documents carry: a claim of one may have been told by another."""
    counts = Counter(releases.values())
    return {release for release, carriers in counts.items() if carriers > 1}

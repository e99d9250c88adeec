"""The figures that stand at a moment: superseded versions, corrected and rejected values left out."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import apsw

from tallyroom.ledger import columns
from tallyroom.ledger.canonical import moment
from tallyroom.ledger.filters import conditions
from tallyroom.model import Figure, Query

STANDS = """o.entry < :end
    AND NOT EXISTS (SELECT 1 FROM documents s WHERE s.supersedes = o.document AND s.entry < :end)
    AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.observation = coalesce(o.concerns, o.entry)
        AND d.entry > o.entry AND d.entry < :end)
    AND coalesce((SELECT r.sent_back FROM verdicts r WHERE r.document = o.document AND r.entry < :end
        ORDER BY r.entry DESC LIMIT 1), 0) = 0"""
"""What keeps a row of `observations` that stands just before the entry `:end`."""
_FIGURES = f"""SELECT coalesce(o.concerns, o.entry) AS observation, o.entry, o.document, o.cell, o.claim,
    v.release, c.time, (SELECT status FROM decisions WHERE entry = o.entry),
    (SELECT count(*) FROM observations s WHERE s.document = o.document AND s.cell = o.cell),
    (SELECT count(*) FROM documents s WHERE s.release = v.release), {columns.names("o.")}
    FROM observations o JOIN documents v ON v.entry = o.document JOIN entries e ON e.id = o.entry
    JOIN commits c ON c.number = e."commit"
    WHERE {{conditions}} AND {STANDS} ORDER BY observation"""
_OBSERVATION, _ENTRY, _DOCUMENT, _CELL, _CLAIM, _RELEASE, _TIME, _STATUS, _ALIKE, _DOCUMENTS = range(10)
_TOLD = 10
"""What the record tells of a row, before the columns of the observation."""
_Row = tuple[Any, ...]
_document_of = itemgetter(_DOCUMENT)
_ONE = """o.entry IN (SELECT :observation UNION ALL
    SELECT entry FROM decisions WHERE observation = :observation)"""
_SIBLINGS = f"""SELECT coalesce(o.concerns, o.entry) FROM observations o
    WHERE o.document = :document AND o.cell = :cell AND {STANDS} ORDER BY 1"""
_GROUP = """SELECT v.entry, v.id FROM documents v WHERE v.release = :release AND v.entry < :end AND NOT EXISTS
    (SELECT 1 FROM documents s WHERE s.supersedes = v.entry AND s.entry < :end) ORDER BY v.entry"""
_SAME_CLAIM = """o.period IS :period AND o.indicator = :indicator AND o.area = :area
    AND o.substance IS :substance AND o.agency IS :agency AND o.operation_id IS :operation_id AND o.claim = :claim"""
_CARRIERS = f"""SELECT DISTINCT o.document FROM observations o INDEXED BY by_period WHERE {_SAME_CLAIM}
    AND o.document IN (SELECT value FROM json_each(:documents)) AND {STANDS} ORDER BY 1"""


def figures(connection: apsw.Connection, query: Query, end: int) -> Iterator[Figure]:
    """Give the claims that stood before the entry `end` was there, in the order of their entries."""
    yield from _Claims(connection, end).of(query)


def figure_of(connection: apsw.Connection, observation: int, end: int) -> Figure | None:
    """Return what stood of one observation before the entry `end`; None where it did not stand."""
    return next(_Claims(connection, end).where(_ONE, {"observation": observation}), None)


class _Claims:
    """Makes rows that stand into claims: mentions of one document, and copies of one release, are one."""

    def __init__(self, connection: apsw.Connection, end: int) -> None:
        self._connection, self._end = connection, end
        self._document = 0
        self._group: dict[int, str] = {}
        """The documents of one release that stand, and their ids."""
        self._told: set[int] = set()
        """Claims of the document at hand that were given out."""
        self._told_by_group: set[tuple[int, int]] = set()
        """The same of releases that several documents carry."""
        self._time, self._known = 0, moment(0)

    def of(self, query: Query) -> Iterator[Figure]:
        yield from self.where(*conditions(self._connection, query))

    def where(self, condition: str, bindings: dict[str, Any]) -> Iterator[Figure]:
        """Give the claims of the rows for which a condition in SQL holds."""
        statement = _FIGURES.format(conditions=condition)
        rows = self._connection.execute(statement, {**bindings, "end": self._end})
        for document, group in itertools.groupby(rows, key=_document_of):
            yield from self._of_document(document, list(group))

    def _of_document(self, document: int, rows: list[_Row]) -> Iterator[Figure]:
        """Give the claims of rows of one document, which follow one another."""
        release, carriers = rows[0][_RELEASE], rows[0][_DOCUMENTS]
        if document != self._document:
            self._turn_to(document, release, carriers)
        mentions = self._mentions(document, rows)
        for row in rows:
            if self._is_new(row[_CLAIM], release):
                yield self._figure(row, mentions.get(row[_CELL], ()))

    def _turn_to(self, document: int, release: int, carriers: int) -> None:
        self._document = document
        self._told = set()
        self._group = dict(self._rows(_GROUP, release=release)) if carriers > 1 else {}

    def _mentions(self, document: int, rows: list[_Row]) -> dict[int, list[int]]:
        """Return by cell the observations that stand, of cells that the document tells more than once."""
        found: dict[int, list[int]] = {}
        for row in rows:
            if row[_ALIKE] > 1:
                found.setdefault(row[_CELL], []).append(row[_OBSERVATION])
        alike = {row[_CELL]: row[_ALIKE] for row in rows if row[_ALIKE] > 1}
        for cell in (cell for cell in found if len(found[cell]) < alike[cell]):
            found[cell] = [other for (other,) in self._rows(_SIBLINGS, document=document, cell=cell)]
        return found

    def _is_new(self, claim: int, release: int) -> bool:
        if claim in self._told or (release, claim) in self._told_by_group:
            return False
        self._told.add(claim)
        if len(self._group) > 1:
            self._told_by_group.add((release, claim))
        return True

    def _figure(self, row: _Row, mentions: Sequence[int]) -> Figure:
        observation, document = row[_OBSERVATION], row[_DOCUMENT]
        content = row[_TOLD:]
        return Figure(
            observation,
            columns.observation_of(content),
            document,
            self._moment(row[_TIME]),
            row[_STATUS] or "",
            tuple(other for other in mentions if other != observation) if mentions else (),
            self._carriers(document, row[_CLAIM], content) if len(self._group) > 1 else (),
            columns.more_of(content),
        )

    def _moment(self, time: int) -> datetime.datetime:
        """A commit's time; many figures have the same."""
        if time != self._time:
            self._time, self._known = time, moment(time)
        return self._known

    def _carriers(self, document: int, claim: int, content: columns.Stored) -> tuple[str, ...]:
        others = json.dumps([other for other in self._group if other != document])
        place = dict(zip(columns.PLACE, columns.place_of(content), strict=True))
        found = self._rows(_CARRIERS, claim=claim, documents=others, **place)
        return tuple(self._group[other] for (other,) in found)

    def _rows(self, statement: str, **bindings: Any) -> list[Any]:
        return self._connection.execute(statement, {**bindings, "end": self._end}).fetchall()

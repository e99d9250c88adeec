"""A query as conditions over the columns of an observation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import permutations
from typing import Any, cast

import apsw

from tallyroom.ledger.canonical import canonical
from tallyroom.ledger.columns import FIELDS
from tallyroom.ledger.errors import DraftUnfit
from tallyroom.model import Query

NOTHING = ""
"""The value that stands for "not told"."""
BREAKDOWN = "breakdown."
_IN_INDEX = ("within", "area", "substance", "operation_id", "period", "indicator", "agency")
"""What the index by period holds, the most telling first."""
_INDICES = {"o.area ": "by_area", "o.substance ": "by_substance", "o.operation_id ": "by_operation"}
"""Which index to read where the most telling condition begins so; `by_period` for the others.

One that takes what is not told too begins with a bracket: the other indices leave that out.
"""
_FLAGS = {"true": 1, "false": 0}
_FEW = 3
"""Of so few places all lists can be written down."""
_EACH_AREA = """WITH RECURSIVE each(area) AS (
    SELECT min(area) FROM observations UNION ALL
    SELECT (SELECT min(area) FROM observations WHERE area > each.area) FROM each WHERE each.area IS NOT NULL)
    SELECT area FROM each WHERE area IS NOT NULL"""
"""Walks along the index from one area to the next, so it costs by areas and not by observations."""


def conditions(connection: apsw.Connection, query: Query) -> tuple[str, dict[str, Any]]:
    """Return the conditions of a query in SQL and their bindings; `1` for the query that takes all.

    Raises:
        DraftUnfit: A field is none of an observation.
    """
    parts: dict[str, str] = {}
    bindings: dict[str, Any] = {}
    for number, (field, values) in enumerate(query.fields.items()):
        name = f"v{number}"
        content = _areas(connection, values) if field == "area" else [_value(field, one) for one in values]
        parts[field] = _condition(field, name, content)
        bindings[name] = json.dumps([one for one in content if one != NOTHING], ensure_ascii=False)
    if query.period:
        parts["within"] = "o.period BETWEEN :first AND :last || '~' AND substr(o.period, 12) <= :last"
        bindings["first"], bindings["last"] = (day.isoformat() for day in query.period)
    return " AND ".join(_narrowed(parts)) or "1", bindings


def _narrowed(parts: dict[str, str]) -> Iterator[str]:
    """The conditions, those that an index holds gathered into one that reads the index alone.

    Without figures about the record SQLite cannot know which index is best: a period, then a place, nearly always
    leaves the least, and a walk along the whole index still costs a tenth of one along the rows.
    """
    narrow = [parts.pop(field) for field in _IN_INDEX if field in parts and "source" not in parts]
    if narrow:
        index = next((index for begin, index in _INDICES.items() if narrow[0].startswith(begin)), "by_period")
        yield f"o.entry IN (SELECT o.entry FROM observations o INDEXED BY {index} WHERE {' AND '.join(narrow)})"
    yield from parts.values()


def _condition(field: str, name: str, content: list[Any]) -> str:
    column = _column(field)
    within = f"{column} IN (SELECT value FROM json_each(:{name}))"
    if field == "source":
        return (
            f"o.document IN (SELECT entry FROM documents WHERE id IN (SELECT value FROM json_each(:{name})))"
        )
    return f"({within} OR {column} IS NULL)" if NOTHING in content else within


def _column(field: str) -> str:
    if field.startswith(BREAKDOWN):
        dimension = field.removeprefix(BREAKDOWN)
        if dimension.replace("_", "").isalnum():
            return f"json_extract(o.breakdown, '$.{dimension}')"
    elif field in FIELDS:
        return 'o."end"' if field == "end" else f"o.{field}"
    raise DraftUnfit(f"a query by {field!r} cannot be asked", expected=", ".join(FIELDS))


def _value(field: str, value: str) -> Any:
    if field in ("low_open", "high_open"):
        return _FLAGS.get(value, value)
    return int(value) if field in ("start", "end") and value.isdecimal() else value


def _areas(connection: apsw.Connection, values: tuple[str, ...]) -> list[str]:
    """The lists of places, as they are stored, all of whose places are wanted.

    A figure of two places together is one of neither alone. `NOTHING` is the list without a place.
    """
    wanted = set(values)
    if len(wanted) <= _FEW and NOTHING not in wanted:  # quicker told than found
        orders = (order for size in range(1, len(wanted) + 1) for order in permutations(sorted(wanted), size))
        return [canonical(order).decode() for order in orders]
    lists = ((written, set(json.loads(written))) for written in _lists(connection))
    return [written for written, within in lists if (within <= wanted if within else NOTHING in wanted)]


def places(connection: apsw.Connection) -> set[str]:
    """Return every place that an observation of the record was ever about."""
    return {place for written in _lists(connection) for place in json.loads(written)}


def _lists(connection: apsw.Connection) -> Iterator[str]:
    return (cast(str, written) for (written,) in connection.execute(_EACH_AREA))

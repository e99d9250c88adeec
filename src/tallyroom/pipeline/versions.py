"""What differs between two versions of one document: figures gone, new, and of another value."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

Body = dict[str, Any]

_CELL = (
    "indicator", "statistic", "unit", "area", "period", "operation_id", "agency", "offence", "substance",
    "breakdown",
)  # fmt: skip
_CLAIM = ("value", "upper", "qualifier", "low", "high", "low_open", "high_open")


class Change(msgspec.Struct, frozen=True):
    """A difference: a figure that is new, is gone, or has another value in the same cell.

    `before` and `after` are bodies of observations; one of them is None where there is none.
    """

    kind: Literal["new", "gone", "value"]
    before: Body | None
    after: Body | None


def changes_between(
    before: Mapping[int, Body], rows: Sequence[Body]
) -> tuple[tuple[Change, ...], dict[int, int]]:
    """Compare the figures of two versions, whatever moved in the text.

    Args:
        before: The bodies of the earlier version by entry.
        rows: Those of the later one.

    Returns:
        The changes in the order of the later text, what is gone at the end; and for each earlier entry whose
        figure goes on unchanged the place of that figure among `rows`.
    """
    if not before:
        return (), {}
    pairs = _paired(before, dict(enumerate(rows)), _claim)
    gone = {entry: body for entry, body in before.items() if entry not in pairs}
    come = {at: row for at, row in enumerate(rows) if at not in set(pairs.values())}
    moved = _paired(gone, come, _cell)
    changes = [Change("value", gone[entry], come[at]) for entry, at in moved.items()]
    changes += [Change("new", None, row) for at, row in come.items() if at not in set(moved.values())]
    changes += [Change("gone", body, None) for entry, body in gone.items() if entry not in moved]
    return tuple(changes), pairs


def cells_in_common(before: Iterable[Body], rows: Iterable[Body]) -> bool:
    """Return whether two versions have a figure of one cell."""
    return not {_cell(body) for body in before}.isdisjoint(map(_cell, rows))


def _paired(before: Mapping[int, Body], rows: Mapping[int, Body], key: Any) -> dict[int, int]:
    """Pair what has the same key, in the order of the text."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in sorted(rows, reverse=True):
        places[key(rows[at])].append(at)
    return {entry: places[key(body)].pop() for entry, body in sorted(before.items()) if places[key(body)]}


def _cell(body: Body) -> str:
    return json.dumps([body[name] for name in _CELL], sort_keys=True)


def _claim(body: Body) -> str:
    return json.dumps([body[name] for name in (*_CELL, *_CLAIM)], sort_keys=True)

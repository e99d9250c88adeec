"""Finding the fact that a template asks for among the facts of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tallyroom.model import Fact, Observation

CELL_FIELDS = (
    "indicator", "statistic", "unit", "area", "period", "operation", "agency", "offence", "substance", "counted",
)  # fmt: skip
Key = tuple[object, ...]
KEY_FIELDS = (
    "indicator", "statistic", "unit", "area", "period", "operation_id", "agency", "offence", "substance", "breakdown",
    "counted",
)  # fmt: skip
"""The fields of a cell in the order of `cell_of`."""


def cell_of(row: Observation) -> Key:
    """Return what a figure is about, without its value: the cell that editions and revisions are compared by."""
    breakdown = tuple(sorted(row.breakdown.items()))
    return (
        row.indicator, row.statistic, row.unit, row.area, row.period, row.operation_id, row.agency,
        row.offence, row.substance, breakdown, row.counted,
    )  # fmt: skip


def field_of(row: Observation, name: str) -> Any:
    """Return a field of a cell by the name that templates use: `operation` is its code, dimensions by their own."""
    if name == "operation":
        return row.operation_id
    if name in CELL_FIELDS:
        return getattr(row, name)
    return row.breakdown.get(name)


def fits(row: Observation, asked: Mapping[str, Any]) -> bool:
    """Tell whether a figure is what is asked for. A list asks for the same places in any order."""
    return all(_same(field_of(row, name), value) for name, value in asked.items())


def choose(facts: Sequence[Fact], asked: Mapping[str, Any], usual: Mapping[str, Any]) -> list[int]:
    """Return the indexes of the facts that answer: one, where all is well.

    Among those that fit, the ones that keep to `usual` (the release's area and period) in the fields that were
    not asked for go first, and of these the ones that say least else.
    """
    found = [at for at, fact in enumerate(facts) if fits(fact.observation, asked)]
    for name, value in usual.items():
        if name not in asked:
            kept = [at for at in found if _same(field_of(facts[at].observation, name), value)]
            found = kept or found
    if len(found) > 1:
        least = min(_said(facts[at].observation, asked) for at in found)
        found = [at for at in found if _said(facts[at].observation, asked) == least]
    return found


def _said(row: Observation, asked: Mapping[str, Any]) -> int:
    extra = [name for name in row.breakdown if name not in asked]
    return len(extra) + sum(
        field_of(row, name) is not None for name in ("operation", "substance") if name not in asked
    )


def _same(value: Any, asked: Any) -> bool:
    if isinstance(value, tuple):
        return frozenset(value) == frozenset([asked] if isinstance(asked, str) else asked or ())
    return bool(value == asked)

"""Headlines: a figure that the body repeats takes the body's area, period, operation and agency."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tallyroom.model.observation import Observation


def headline_takes_body(rows: Sequence[Observation], title_end: int) -> list[Observation]:
    """Return the rows with those of the title (up to `title_end`) completed from their twins in the body."""
    body = [row for row in rows if row.start >= title_end]
    twins = [_twin(row, body) for row in rows if row.end <= title_end]
    beside = next((twin for twin in twins if twin is not None), None)
    return [_completed(row, body, beside) if row.end <= title_end else row for row in rows]


def _twin(row: Observation, body: Sequence[Observation]) -> Observation | None:
    return next((other for other in body if _same_cell(other, row)), None)


def _completed(row: Observation, body: Sequence[Observation], beside: Observation | None) -> Observation:
    """A figure without a twin takes what its neighbour in the title took, else what is first of its kind."""
    twin = _twin(row, body)
    area = row.area if twin is None else twin.area
    breakdown = row.breakdown if twin is None or twin.value != row.value else twin.breakdown
    twin = twin or beside
    if twin is None:
        levels = [b for b in body if b.statistic == "level"]
        alike = [b for b in levels if b.indicator == row.indicator] or [
            b for b in levels if b.area == row.area
        ]
        twin = next((b for b in alike if b.area == row.area), alike[0] if alike else None)
    if twin is None:
        return row
    offence = row.offence if row.offence not in (None, "drugs") else twin.offence
    return msgspec.structs.replace(
        row, area=area or twin.area, period=twin.period, period_from=twin.period_from, operation=twin.operation,
        operation_id=twin.operation_id, offence=offence, agency=twin.agency or row.agency,
        breakdown=breakdown,
    )  # fmt: skip


def _same_cell(body: Observation, row: Observation) -> bool:
    same = body.indicator == row.indicator and body.statistic == row.statistic and body.unit == row.unit
    return same and body.substance == row.substance and _close(body, row)


def _close(body: Observation, row: Observation) -> bool:
    """Tell whether the body's value rounds to the headline's."""
    if body.value == row.value:
        return True
    return row.low is not None and row.low <= body.value and (row.high is None or body.value <= row.high)

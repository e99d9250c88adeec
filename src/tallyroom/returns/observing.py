"""A return to its text and its observations, each pinned to the characters of its cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from tallyroom.model import Observation
from tallyroom.model.campaign import Campaign, Line
from tallyroom.returns.grid import Grid
from tallyroom.returns.lookup import is_measured
from tallyroom.returns.reported import ReportedCell, Return

RULE = "return"


class Observed(msgspec.Struct, frozen=True):
    """An observation of a table, and what the record keeps beside it: `cell`, `line`, and the like."""

    observation: Observation
    more: dict[str, Any]


class TableText(msgspec.Struct, frozen=True):
    """A grid written out: a line for each row, a tab between cells; `starts` are where the rows begin."""

    text: str
    starts: Sequence[int]
    rows: Sequence[Sequence[str]]

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return where the characters of a cell stand."""
        cells = self.rows[row]
        start = self.starts[row] + sum(len(cell) + 1 for cell in cells[:column])
        return start, start + len(cells[column])


def table_text(grid: Grid) -> TableText:
    """Write a grid out as the text of its document."""
    lines = ["\t".join(row) for row in grid.rows]
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return TableText("\n".join(lines), starts, grid.rows)


def observe(filed: Return, campaign: Campaign, text: TableText) -> list[Observed]:
    """Return the observations of a return in the order of its rows; [] for a nil return.

    The interval of a count is the count itself, since forms ask for figures that are not rounded. A measured
    quantity is as fine as the decimals that the form asks for: a workbook does not keep zeros at the end.
    """
    models: dict[tuple[str, str], Observation] = {}
    made = []
    for cell in filed.cells:
        key = cell.line.code, cell.joint
        if key not in models:
            models[key] = _observation(filed, campaign, cell)
        made.append(_observed(filed, cell, models[key], text))
    return made


def _observed(filed: Return, cell: ReportedCell, model: Observation, text: TableText) -> Observed:
    start, end = text.span(cell.row, cell.column)
    low, high, high_open = interval(cell.value, model.unit, Decimal(1).scaleb(-cell.line.decimals))
    observation = msgspec.structs.replace(
        model, start=start, end=end, text=cell.text, value=cell.value, low=low, high=high, high_open=high_open,
        area=(cell.area,) if cell.area else model.area, period=cell.period or model.period,
    )  # fmt: skip
    more: dict[str, Any] = {
        "cell": filed.grid.cell(cell.row, cell.column),
        "campaign": filed.campaign,
        "form": filed.form.code,
        "line": cell.line.code,
        "reporting_unit": filed.unit.code,
        "round": filed.round.code,
    }
    told = {"joint": cell.joint, "detail": cell.is_detail, "explanation": cell.explanation}
    return Observed(observation, {**more, **{key: value for key, value in told.items() if value}})


def interval(value: Decimal, unit: str, step: Decimal) -> tuple[Decimal, Decimal, bool]:
    """Return low, high and whether high is open, of a figure that is told to `step`."""
    if value == 0 or not is_measured(unit):
        return value, value, False
    return max(value - step / 2, Decimal(0)), value + step / 2, True


def _observation(filed: Return, campaign: Campaign, cell: ReportedCell) -> Observation:
    """All that figures of one line and joint have in common."""
    line, zero = cell.line, Decimal(0)
    operation = campaign.operation(line.operation)
    return Observation(
        source=filed.document, start=0, end=0, text="", indicator=line.indicator, statistic=line.statistic,
        value=zero, upper=None, unit=line.unit, qualifier="exact", area=_area(filed, campaign, cell),
        period=filed.round.period, operation=operation.label["en"], offence=line.offence,
        substance=line.substance, breakdown=_breakdown(filed, campaign, cell), low=zero, high=zero, low_open=False,
        high_open=False, counted=line.counted.get("en", line.unit), agency=line.agency,
        operation_id=line.operation, period_from="text", rule=f"{RULE}/{filed.form.code}/{line.code}",
        confidence=1.0,
    )  # fmt: skip


def _area(filed: Return, campaign: Campaign, cell: ReportedCell) -> tuple[str, ...]:
    if cell.joint:
        units = map(campaign.unit, campaign.joint(cell.joint).units)
        return tuple(dict.fromkeys(place for unit in units for place in unit.area))
    return cell.line.area or filed.unit.area


def _breakdown(filed: Return, campaign: Campaign, cell: ReportedCell) -> dict[str, str]:
    """What the unit did is narrower than its area wherever another unit works there too: the scope says so."""
    narrowed = dict(cell.line.breakdown)
    if cell.joint:
        narrowed["scope"] = cell.joint
    elif not cell.line.area and _shares_area(cell.line, filed.unit.code, campaign):
        narrowed["scope"] = filed.unit.code
    return narrowed


def _shares_area(line: Line, unit: str, campaign: Campaign) -> bool:
    own = campaign.unit(unit).area
    if len(line.filed_by) > 1 and own == line.total_area:
        return True
    same = [other for other in line.filed_by if other != unit and campaign.unit(other).area == own]
    # of two units in one province the territorial one is told by its area, the other by its scope
    return bool(same) and unit not in own

"""Who has reported, and when: completeness and timeliness of a round."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from tallyroom.model.campaign import Campaign, Form, ReportingUnit, Round
from tallyroom.model.returns import Rates, Status, StatusCell, StatusRow
from tallyroom.returns.filed import Filed, Key


def status(campaign: Campaign, on: Round, returns: Mapping[Key, Filed], today: datetime.date) -> Status:
    """Return completeness and timeliness of a round as they stood on a day.

    A return that was sent back is in, but does not count as reported. It is in time where its first version
    came by the due day.
    """
    expected = {form.code: {unit.code for unit in campaign.expected(form, on)} for form in campaign.forms}
    units = [unit for unit in campaign.units if any(unit.code in codes for codes in expected.values())]

    def cell(unit: ReportingUnit, form: Form) -> StatusCell:
        if unit.code not in expected[form.code]:
            return StatusCell("none")
        return _cell(returns.get((form.code, on.code, unit.code)), on, today)

    rows = tuple(StatusRow(unit, tuple(cell(unit, form) for form in campaign.forms)) for unit in units)
    rates = tuple(_rates([row.cells[at] for row in rows]) for at in range(len(campaign.forms)))
    return Status(campaign, on, today, campaign.forms, rows, rates)


def _cell(filed: Filed | None, on: Round, today: datetime.date) -> StatusCell:
    if filed is None:
        return StatusCell("overdue" if today > on.due else "missing")
    return StatusCell(filed.state, filed.first_received > on.due, filed.nil, filed.versions)


def _rates(cells: list[StatusCell]) -> Rates:
    asked = [cell for cell in cells if cell.mark != "none"]
    reported = [cell for cell in asked if cell.mark in ("accepted", "submitted")]
    return Rates(
        reported=len(reported),
        timely=sum(not cell.late for cell in reported),
        accepted=sum(cell.mark == "accepted" for cell in reported),
        expected=len(asked),
    )

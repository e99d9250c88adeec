"""A return as understood: who filed which form for which round, and each cell that it reports."""

from __future__ import annotations

import datetime
from decimal import Decimal

import msgspec

from tallyroom.model.campaign import Form, Line, ReportingUnit, Round
from tallyroom.returns.grid import Grid

Key = tuple[str, str, str, str]
"""Line, joint, area below the unit, and period, each "" where there is none: what no return may hold twice."""


class ReportedCell(msgspec.Struct, frozen=True, gc=False):
    """One figure of a return. `row` and `column` count from 0 in the grid's rows."""

    line: Line
    value: Decimal
    text: str
    row: int
    column: int
    joint: str = ""
    area: str = ""
    period: str = ""
    """A part of the round's period, `2022-07-01/2022-07-01`; "" for all of it."""
    explanation: str = ""

    @property
    def key(self) -> Key:
        """What the figure is about, within the return."""
        return self.line.code, self.joint, self.area, self.period

    @property
    def is_detail(self) -> bool:
        """Whether it is about a place below the unit, or a part of the period."""
        return bool(self.area or self.period)


class Return(msgspec.Struct, frozen=True):
    """A filled-in form. A nil return has no cells: its unit states that there is nothing to report."""

    campaign: str
    unit: ReportingUnit
    form: Form
    round: Round
    cells: tuple[ReportedCell, ...]
    grid: Grid
    nil: bool = False

    @property
    def document(self) -> str:
        """The id of the document that it becomes, the same for each version."""
        return f"{self.campaign}/{self.form.code}/{self.unit.code}/{self.round.code}"

    def figures(self) -> dict[tuple[str, str], Decimal]:
        """The unit's own figure for each line and joint; where there are details alone, their sum."""
        own: dict[tuple[str, str], Decimal] = {}
        details: dict[tuple[str, str], Decimal] = {}
        for cell in self.cells:
            chosen = details if cell.is_detail else own
            key = cell.line.code, cell.joint
            chosen[key] = chosen.get(key, Decimal(0)) + cell.value
        return {**details, **own}


class Received(msgspec.Struct, frozen=True):
    """When and by whom a return was brought, and what is known beside it."""

    by: str | None = None
    """The reporting unit in whose name it is brought; None takes the return's word."""
    on: datetime.date | None = None
    explanation: str = ""
    """Answers soft remarks that concern the whole return, and those of rows without one of their own."""
    form: str | None = None
    round: str | None = None

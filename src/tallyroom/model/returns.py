"""The nouns of collecting: what checks remark on a return, who has reported, and what it adds up to."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from tallyroom.model.campaign import Campaign, Form, ReportingUnit, Round
from tallyroom.model.fact import Fact

Force = Literal["hard", "soft"]


class Remark(msgspec.Struct, frozen=True):
    """One thing that a check found in a return.

    A hard one stops the return. A soft one asks for an explanation; with it the return is taken, and the
    explanation kept.
    """

    code: str
    """`RT1xx`; each has a page in the docs."""
    force: Force
    says: str
    row: int = 0
    """Row of the table as its program numbers it, from 1; 0 where the whole return is meant."""
    cell: str = ""
    """`Form!D12`, or `D12` in a table without sheets."""
    expected: str = ""
    found: str = ""
    next_step: str = ""
    explanation: str = ""

    @property
    def stops(self) -> bool:
        """Whether the return cannot be taken as it is."""
        return self.force == "hard" or not self.explanation

    @property
    def where(self) -> str:
        """Row and cell in words; "" for the whole return."""
        return (
            f"row {self.row}, {self.cell}"
            if self.row and self.cell
            else f"row {self.row}"
            if self.row
            else ""
        )


Mark = Literal["accepted", "submitted", "sent back", "overdue", "missing", "none"]


class StatusCell(msgspec.Struct, frozen=True):
    """One unit and one form: where its return stands. `none` where the unit does not file the form."""

    mark: Mark
    late: bool = False
    nil: bool = False
    versions: int = 0


class StatusRow(msgspec.Struct, frozen=True):
    """One unit and its cells, one for each form."""

    unit: ReportingUnit
    cells: tuple[StatusCell, ...]


class Rates(msgspec.Struct, frozen=True):
    """Of one form: returns that are in, that came in time, that are accepted, and all that are expected."""

    reported: int
    timely: int
    accepted: int
    expected: int


class Status(msgspec.Struct, frozen=True):
    """The matrix of a round: units by forms, and the rates of each form."""

    campaign: Campaign
    round: Round
    on: datetime.date
    forms: tuple[Form, ...]
    rows: tuple[StatusRow, ...]
    rates: tuple[Rates, ...]


class Total(msgspec.Struct, frozen=True):
    """A fact with the line that it is the total of."""

    line: str
    fact: Fact


class WaveTotal(msgspec.Struct, frozen=True):
    """The total of a line over the targeted cases of one wave; its area is that of the units that take part."""

    wave: str
    line: str
    fact: Fact


class KeyTotal(msgspec.Struct, frozen=True):
    """A total of a published table: what was measured, the keys that it is about, and the fact."""

    figure: str
    keys: dict[str, str]
    fact: Fact


SWITCHABLE: dict[str, str] = {
    "RT140": "a part is larger than its whole",
    "RT141": "parts of a partition do not add up to their whole",
    "RT142": "details add up to more than the unit's own figure",
    "RT150": "a cumulative figure falls",
    "RT151": "a figure grew more than tenfold since the last round",
    "RT152": "a figure fell to nothing",
    "RT153": "the return is late",
}
"""Checks that a campaign may switch off, with a reason; it is on record that they were."""

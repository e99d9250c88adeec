"""What every table tells of an observation, in the same columns."""

from __future__ import annotations

from tallyroom.model import Observation
from tallyroom.show.layout import Column
from tallyroom.show.widths import printable
from tallyroom.show.words import unit_of, value_of

TOLD = (
    Column("value", right=True),
    Column("unit"),
    Column("indicator"),
    Column("area", wraps=True),
    Column("period", plain=True),
    Column("substance"),
    Column("offence"),
)


def told_cells(row: Observation) -> list[str]:
    """Return the cells of the columns of `TOLD`; what is not told is empty."""
    return [
        value_of(row),
        unit_of(row),
        row.indicator,
        printable(", ".join(row.area)),
        row.period or "",
        row.substance or "",
        row.offence or "",
    ]

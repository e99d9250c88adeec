"""A fact: a figure that may be published, with the entries and the arithmetic that made it."""

from __future__ import annotations

from typing import Literal

import msgspec

from tallyroom.model.observation import Observation


class Coverage(msgspec.Struct, frozen=True):
    """How many of the reporting units that a total expects have reported, nil returns included."""

    reported: int
    expected: int
    missing: tuple[str, ...] = ()
    """Codes of the units that have not."""

    @property
    def complete(self) -> bool:
        """Whether all have."""
        return self.reported == self.expected


class Fact(msgspec.Struct, frozen=True):
    """One cell of the record with its value now.

    `observation` holds the cell, the value and its interval; where the value was computed, `source` and
    `text` are empty and `start` and `end` are 0. `parts` are the entries it was made from.
    """

    observation: Observation
    parts: tuple[int, ...]
    arithmetic: Literal["stated", "sum", "difference", "share"] = "stated"
    coverage: Coverage | None = None
    status: Literal["", "p", "r", "e", "x"] = ""
    """Mark of the cell: provisional, revised, estimated, not available."""

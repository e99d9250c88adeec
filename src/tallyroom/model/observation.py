"""An observation: one figure that a source states about one thing."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Statistic = Literal["level", "change", "change_pct", "share_pct"]


class Observation(msgspec.Struct, frozen=True):
    """One figure with its context. The fields, in this order, are the output format of the project.

    `start` and `end` count code points of the document's text; `text` is the characters between them.
    `value` and `upper` are in `unit`; `low` to `high_open` is the interval that the figure states.
    """

    source: str
    start: int
    end: int
    text: str
    indicator: str
    statistic: Statistic
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifier: str
    area: tuple[str, ...]
    period: str | None
    operation: str | None
    offence: str | None
    substance: str | None
    breakdown: dict[str, str]
    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    counted: str
    agency: str | None
    operation_id: str | None
    period_from: Literal["text", "published", "campaign"] | None
    rule: str
    confidence: float

    def to_json(self) -> str:
        """Return the observation as one line of JSON; decimals are strings in plain notation."""
        return msgspec.json.encode(msgspec.to_builtins(self, enc_hook=None)).decode()

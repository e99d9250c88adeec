"""An observation: one figure that a source states about one thing."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Literal

import msgspec

Statistic = Literal["level", "change", "change_pct", "share_pct"]

_DECIMALS = ("value", "upper", "low", "high")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def plain(value: Decimal) -> str:
    """Write a finite decimal with no exponent, no needless zero and no negative zero.

    Examples:
        >>> plain(Decimal("1.310E+3")), plain(Decimal("0.750")), plain(Decimal("-0.0"))
        ('1310', '0.75', '0')
    """
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


class Observation(msgspec.Struct, frozen=True, gc=False):
    """One figure with its context. The fields, in this order, are the output format of the project.

    `start` and `end` count code points of the document's text; `text` is the characters between them.
    `value` and `upper` are in `unit`; `low` to `high_open` is the interval that the figure states.

    Examples:
        >>> import tallyroom
        >>> row = tallyroom.read(text="Police seized 1.31 tonnes of heroin.").observations[0]
        >>> str(row.value), row.unit, str(row.low), str(row.high)
        ('1310', 'kg', '1305', '1315')
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

    def row(self) -> dict[str, object]:
        """Return the fields in order as JSON has them: decimals as strings, the breakdown by name."""
        fields = msgspec.structs.asdict(self)
        for name in _DECIMALS:
            if fields[name] is not None:
                fields[name] = plain(fields[name])
        fields["area"] = list(self.area)
        fields["breakdown"] = dict(sorted(self.breakdown.items()))
        return fields

    def to_json(self) -> str:
        """Return the observation as one line of JSON, the same characters on every machine.

        Characters outside ASCII stay as they are, but for lone surrogates, which no file can hold: those are
        escaped.
        """
        try:
            return msgspec.json.encode(self.row()).decode()
        except UnicodeEncodeError:
            line = json.dumps(self.row(), ensure_ascii=False, separators=(",", ":"))
            return _LONE_SURROGATE.sub(lambda lone: f"\\u{ord(lone.group()):04x}", line)

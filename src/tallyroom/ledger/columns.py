"""An observation's body and the columns that hold it: exact both ways."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Annotated, Any, Literal

import msgspec

from tallyroom.ledger.canonical import canonical
from tallyroom.model import Observation
from tallyroom.model.observation import Statistic, plain

_Number = Annotated[str, msgspec.Meta(pattern=r"^(0|-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?)$")]
"""A decimal as `plain` writes it."""
_Period = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d$")]
_Position = Annotated[int, msgspec.Meta(ge=0)]


class Row(msgspec.Struct, frozen=True, gc=False):
    """The body of an observation as JSON has it; the fields are those of `Observation`, in their order."""

    source: str
    start: _Position
    end: _Position
    text: str
    indicator: str
    statistic: Statistic
    value: _Number
    upper: _Number | None
    unit: str
    qualifier: str
    area: list[str]
    period: _Period | None
    operation: str | None
    offence: str | None
    substance: str | None
    breakdown: dict[str, str]
    low: _Number | None
    high: _Number | None
    low_open: bool
    high_open: bool
    counted: str
    agency: str | None
    operation_id: str | None
    period_from: Literal["text", "published", "campaign"] | None
    rule: str
    confidence: float


FIELDS = Row.__struct_fields__
COLUMNS = (*FIELDS, "more")
"""The columns that hold a body, in the order of a stored row."""
CELL = (
    "indicator", "statistic", "unit", "area", "period", "operation_id", "agency", "offence", "substance",
    "breakdown",
)  # fmt: skip
"""What makes a cell: figures that agree in all of these are about one thing."""
PLACE = ("period", "indicator", "area", "substance", "agency", "operation_id")
"""What the index that holds the cell begins with."""
VALUE = ("value", "upper", "qualifier", "low", "high", "low_open", "high_open")
"""What makes, with the cell, a claim."""
Stored = tuple[Any, ...]
"""The content of `COLUMNS`."""
_KNOWN = frozenset(FIELDS)
_AT = {name: place for place, name in enumerate(COLUMNS)}
_AREA_AT, _BREAKDOWN_AT = _AT["area"], _AT["breakdown"]
_AREA_IN_CELL = CELL.index("area")
_cell = itemgetter(*(_AT[name] for name in CELL))
place_of = itemgetter(*(_AT[name] for name in PLACE))
"""Gives where a figure stands in the index that holds the cell, in the order of `PLACE`."""
_value = itemgetter(*(_AT[name] for name in VALUE))
_encode = msgspec.json.Encoder().encode


class Body(dict[str, Any]):
    """The body of an observation with its columns, so that looking for it and keeping it cost that once.

    Nobody changes it: what is kept is `row`.
    """

    __slots__ = ("keys_", "row")

    def __init__(self, observation: Observation) -> None:
        row = _row_of(observation)
        super().__init__(zip(FIELDS, row, strict=False))
        self["area"], self["breakdown"] = list(observation.area), observation.breakdown
        self.row, self.keys_ = row, keys_of(row)


def worked_out(body: dict[str, Any]) -> tuple[dict[str, Any], Stored, tuple[int, int]]:
    """Return a body as it is hashed, its columns, and the numbers of its cell and claim.

    Raises:
        msgspec.ValidationError, UnicodeEncodeError: As with `stored`.
    """
    if isinstance(body, Body):
        return body, body.row, body.keys_
    row = stored(body)
    return body_of(row), row, keys_of(row)


def _row_of(one: Observation) -> Stored:
    """The columns of an observation; the same as `stored` gives for its body."""
    return (
        one.source, one.start, one.end, one.text, one.indicator, one.statistic, _written(one.value),
        _written(one.upper), one.unit, one.qualifier, canonical(one.area).decode(), one.period, one.operation,
        one.offence, one.substance, canonical(one.breakdown).decode() if one.breakdown else "{}",
        _written(one.low), _written(one.high), one.low_open, one.high_open, one.counted, one.agency,
        one.operation_id, one.period_from, one.rule, float(one.confidence), None,
    )  # fmt: skip


def _written(value: Decimal | None) -> str | None:
    if value is None:
        return None
    if not value.is_finite():
        raise msgspec.ValidationError(f"{value} is no number")
    return plain(value)


def stored(body: dict[str, Any]) -> Stored:
    """Return the columns of a body.

    Raises:
        msgspec.ValidationError: A field is missing or has another form.
        UnicodeEncodeError: A text holds half of a surrogate pair.
    """
    row = msgspec.convert(body, Row)
    more = {key: body[key] for key in body.keys() - _KNOWN} if len(body) > len(FIELDS) else None
    values = list(msgspec.structs.astuple(row))
    values[_AREA_AT] = canonical(row.area).decode()
    values[_BREAKDOWN_AT] = canonical(row.breakdown).decode() if row.breakdown else "{}"
    return (*values, canonical(more).decode() if more else None)


def body_of(row: Stored) -> dict[str, Any]:
    """Return the body that the columns hold, in its canonical parts: made to be written, not to be read."""
    body = dict(zip(FIELDS, row, strict=False))
    body["area"] = msgspec.Raw(body["area"].encode())
    body["breakdown"] = msgspec.Raw(body["breakdown"].encode())
    body["low_open"], body["high_open"] = bool(body["low_open"]), bool(body["high_open"])
    if row[-1] is not None:
        body.update(msgspec.json.decode(row[-1], type=dict[str, msgspec.Raw]))
    return body


def plain_body(row: Stored) -> dict[str, Any]:
    """Return the body that the columns hold as plain JSON."""
    body = body_of(row)
    return {
        key: msgspec.json.decode(part) if isinstance(part, msgspec.Raw) else part
        for key, part in body.items()
    }


def observation_of(row: Stored) -> Observation:
    """Return the observation that the columns hold."""
    (source, start, end, text, indicator, statistic, value, upper, unit, qualifier, area, period, operation,
     offence, substance, breakdown, low, high, low_open, high_open, counted, agency, operation_id, period_from,
     rule, confidence, _) = row  # fmt: skip
    return Observation(
        source, start, end, text, indicator, statistic, Decimal(value), _decimal(upper), unit, qualifier,
        _places(area), period, operation, offence, substance,
        {} if breakdown == "{}" else msgspec.json.decode(breakdown), _decimal(low), _decimal(high),
        bool(low_open), bool(high_open), counted, agency, operation_id, period_from, rule, confidence,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _places(area: str) -> tuple[str, ...]:
    """The areas of a column; the same few come again and again."""
    return tuple(msgspec.json.decode(area))


def more_of(row: Stored) -> dict[str, Any]:
    """Return what follows the observation in its body."""
    found: dict[str, Any] = {} if row[-1] is None else msgspec.json.decode(row[-1])
    return found


def keys_of(row: Stored) -> tuple[int, int]:
    """Return the numbers of the cell and of the claim: equal ones have equal numbers, on every machine."""
    parts = _cell(row)
    if "," in parts[_AREA_IN_CELL]:
        parts = _with_sorted_area(parts)
    cell = hashlib.sha256(_encode(parts))
    claim = cell.copy()
    claim.update(_encode(_value(row)))
    number = int.from_bytes
    return number(cell.digest()[:8], "big", signed=True), number(claim.digest()[:8], "big", signed=True)


def _with_sorted_area(parts: Stored) -> Stored:
    """Two places counted together are one cell in whatever order they are told."""
    area = canonical(sorted(msgspec.json.decode(parts[_AREA_IN_CELL]))).decode()
    return (*parts[:_AREA_IN_CELL], area, *parts[_AREA_IN_CELL + 1 :])


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def names(prefix: str = "", columns: Sequence[str] = COLUMNS) -> str:
    """Return the columns as SQL names them."""
    return ", ".join(f'{prefix}"{name}"' for name in columns)

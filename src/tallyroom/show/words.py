"""The fields of an observation as a reader likes to see them. Shared by the table and the page."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tallyroom.model import Interval, Observation

_SIGNS = {"approx": "≈ ", "at_least": "≥ ", "at_most": "≤ "}
_UNITS = {"percent": "%", "percentage_point": "points"}
_STATISTICS = {"change": " change", "change_pct": " change", "share_pct": " share"}


def value_of(row: Observation) -> str:
    """Return the value with its qualifier: `≥ 38,000`, `-8.2`, `3 to 5`."""
    signed = row.statistic in ("change", "change_pct")
    value = grouped(row.value, signed)
    if row.upper is not None:
        value = f"{value} to {grouped(row.upper, signed)}"
    return _SIGNS.get(row.qualifier, "") + value


def unit_of(row: Observation) -> str:
    """Return the unit, and the statistic where it is not a level: `person_time`, `% change`."""
    return _UNITS.get(row.unit, row.unit) + _STATISTICS.get(row.statistic, "")


def grouped(value: Decimal, signed: bool = False) -> str:
    """Write a decimal with separators of thousands, exactly, and with a plus where `signed` asks for signs.

    Examples:
        >>> grouped(Decimal("1310.50")), grouped(Decimal("3E+4"), signed=True)
        ('1,310.5', '+30,000')
    """
    text = format(value, "+,f" if signed and value else ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def written_interval(interval: Interval) -> str:
    """Return an interval as mathematics writes it: `[1,305; 1,315)`; one value where both ends are that.

    An end that is not known is infinite and open.
    """
    if interval.low is not None and interval.low == interval.high:
        return grouped(interval.low)
    low = "(−∞" if interval.low is None else f"{'(' if interval.low_open else '['}{grouped(interval.low)}"
    high = "∞)" if interval.high is None else f"{grouped(interval.high)}{')' if interval.high_open else ']'}"
    return f"{low}; {high}"


def breakdown_of(row: Observation) -> str:
    """Return the dimensions that narrow the figure: `channel: air, origin: imported`."""
    return ", ".join(f"{name}: {value}" for name, value in sorted(row.breakdown.items()))


def by_operation(rows: Iterable[Observation]) -> list[list[Observation]]:
    """Group rows by the operation that they result from, in the order in which operations first appear."""
    groups: dict[str, list[Observation]] = {}
    for row in rows:
        groups.setdefault(row.operation_id or row.operation or "", []).append(row)
    return list(groups.values())

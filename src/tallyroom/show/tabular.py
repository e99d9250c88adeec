"""Observations as plain tables for other programs: CSV, Parquet, a frame of polars."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from tallyroom.errors import TallyroomError
from tallyroom.model import Observation, Reading

if TYPE_CHECKING:
    import polars

DECIMALS = frozenset({"value", "upper", "low", "high"})
PRECISION, SCALE = 38, 18
"""Of decimals in Parquet: the most digits it holds, 18 of them behind the point. Exact, or refused."""
_FORMULA = tuple("=+-@\t\r＝＋－＠")


class ValueUnfit(TallyroomError):
    """A value has more digits than a column of decimals holds; it is never rounded in silence."""

    code = "CL112"


def write_csv(readings: Iterable[Reading], out: BinaryIO) -> None:
    """Write a header and one line an observation, all fields in their order, by RFC 4180 in UTF-8.

    `area` is joined by `;`, `breakdown` is JSON, what is unknown is empty. A cell of text that a
    spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an apostrophe before it;
    numbers stay numbers.
    """
    lines = io.StringIO()
    writer = csv.writer(lines)  # ends lines with CRLF, and so quotes a lone CR in a cell too
    writer.writerow(Observation.__struct_fields__)
    for reading in readings:
        writer.writerows(map(cells_of, reading.observations))
        flush(lines, out)
    flush(lines, out)


def flush(lines: io.StringIO, out: BinaryIO) -> None:
    """Write what was gathered as UTF-8, and begin anew."""
    out.write(lines.getvalue().encode(errors="backslashreplace"))
    lines.seek(0)
    lines.truncate()


def cells_of(row: Observation) -> list[object]:
    """Return the fields of an observation as cells of CSV."""
    fields = row.row()
    fields["area"] = ";".join(row.area)
    fields["breakdown"] = json.dumps(fields["breakdown"], ensure_ascii=False) if row.breakdown else ""
    return [csv_cell(name, content) for name, content in fields.items()]


def csv_cell(name: str, content: object) -> object:
    """Return a cell of CSV that no spreadsheet takes for a formula."""
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, str) and name not in DECIMALS and content.startswith(_FORMULA):
        return f"'{content}"
    return content


def write_parquet(readings: Iterable[Reading], out: BinaryIO) -> None:
    """Write all observations as one Parquet file with the columns of `frame_of`.

    Raises:
        ValueUnfit: A value cannot be held exactly.
    """
    buffer = io.BytesIO()
    frame_of(row for reading in readings for row in reading.observations).write_parquet(buffer)
    out.write(buffer.getbuffer())


def frame_of(rows: Iterable[Observation]) -> polars.DataFrame:
    """Return the observations as a frame with typed columns; an empty frame has the same columns.

    Values are decimals of 38 digits, 18 behind the point; `area` is a list; `breakdown` is JSON (`{}` for
    none); `period_start` and `period_end` are dates and follow `period`.

    Raises:
        ValueUnfit: A value cannot be held exactly.
    """
    import polars

    columns: dict[str, list[object]] = {name: [] for name in _schema()}
    for row in rows:
        for name, content in _typed(row).items():
            columns[name].append(content)
    return polars.DataFrame(columns, schema=_schema(), strict=True)


def _typed(row: Observation) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in row.__struct_fields__:
        content = getattr(row, name)
        fields[name] = _fitted(row, content) if isinstance(content, Decimal) else content
        if name == "period":
            fields["period_start"], fields["period_end"] = _days(row.period)
    fields["area"] = list(row.area)
    fields["breakdown"] = json.dumps(dict(sorted(row.breakdown.items())), ensure_ascii=False)
    return fields


def _fitted(row: Observation, value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent if value else 0
    if isinstance(exponent, int) and exponent >= -SCALE and value.adjusted() < PRECISION - SCALE:
        return value
    raise ValueUnfit(
        "a value has more digits than Parquet's decimals hold",
        where=f"{row.source}:{row.start}",
        expected=f"at most {PRECISION - SCALE} digits before the point and {SCALE} behind it",
        found=row.text if len(row.text) <= 60 else f"{row.text[:60]}... ({len(row.text)} characters)",
        next_step="write jsonl or csv, which hold any number",
    )


def _days(period: str | None) -> tuple[datetime.date | None, datetime.date | None]:
    if period is None:
        return None, None
    first, _, last = period.partition("/")
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)


def _schema() -> dict[str, polars.DataType]:
    import polars

    special: dict[str, polars.DataType] = {
        "start": polars.Int64(),
        "end": polars.Int64(),
        "area": polars.List(polars.String()),
        "low_open": polars.Boolean(),
        "high_open": polars.Boolean(),
        "confidence": polars.Float64(),
        "period_start": polars.Date(),
        "period_end": polars.Date(),
        **dict.fromkeys(DECIMALS, polars.Decimal(PRECISION, SCALE)),
    }
    names = list(Observation.__struct_fields__)
    at = names.index("period") + 1
    names[at:at] = ["period_start", "period_end"]
    return {name: special.get(name, polars.String()) for name in names}

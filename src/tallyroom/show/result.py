"""The result of a query in SQL: a table that fits the terminal, JSON lines, CSV, Parquet."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from tallyroom.model.observation import plain
from tallyroom.show.layout import LEAST_WIDTH, Column, Layout, Style
from tallyroom.show.tabular import csv_cell, flush
from tallyroom.show.widths import printable

if TYPE_CHECKING:
    import pyarrow

MOST = 1000
"""Rows that a table for the terminal shows."""
_HELD = 2**20
"""Characters that are gathered before they are written."""


def write_table(reader: pyarrow.RecordBatchReader, out: BinaryIO, width: int, colour: bool) -> bool:
    """Write a table of no more than `MOST` rows; return whether there were more."""
    names = reader.schema.names
    rows: list[list[Any]] = []
    for row in _rows(reader):
        if len(rows) == MOST:
            break
        rows.append([row[at] for at in range(len(names))])
    else:
        _write(_table(names, rows, max(width, LEAST_WIDTH), Style(colour)), out)
        return False
    _write(_table(names, rows, max(width, LEAST_WIDTH), Style(colour)), out)
    return True


def write_jsonl(reader: pyarrow.RecordBatchReader, out: BinaryIO) -> None:
    """Write one object a line; decimals are text, as everywhere in the project."""
    names = reader.schema.names
    for row in _rows(reader):
        out.write(msgspec.json.encode(dict(zip(names, map(_json, row), strict=True))) + b"\n")


def write_csv(reader: pyarrow.RecordBatchReader, out: BinaryIO) -> None:
    """Write a header and one line a row, as `tallyroom.show.tabular` does."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(reader.schema.names)
    for row in _rows(reader):
        writer.writerow(
            [csv_cell("", _text(content)) if isinstance(content, str) else _text(content) for content in row]
        )
        if lines.tell() > _HELD:
            flush(lines, out)
    flush(lines, out)


def write_parquet(reader: pyarrow.RecordBatchReader, out: BinaryIO) -> None:
    """Write one Parquet file with the types of the result."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(out, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _rows(reader: pyarrow.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    for batch in reader:
        columns = [column.to_pylist() for column in batch.columns]
        yield from zip(*columns, strict=True) if columns else ()


def _table(names: list[str], rows: list[list[Any]], width: int, style: Style) -> Iterator[str]:
    if not rows:
        yield style.dim("no row")
        return
    cells = [[printable(_text(content)) for content in row] for row in rows]
    columns = [
        Column(printable(name), right=_is_number(rows, at), wraps=not _is_number(rows, at))
        for at, name in enumerate(names)
    ]
    layout = Layout(columns, cells, width)
    yield style.dim(layout.head())
    for row in cells:
        yield from layout.lines(row, style)
    yield style.dim(f"{len(rows):,} row{'s' if len(rows) > 1 else ''}")


def _is_number(rows: list[list[Any]], at: int) -> bool:
    told = [row[at] for row in rows if row[at] is not None]
    return all(isinstance(one, int | float | Decimal) and not isinstance(one, bool) for one in told)


def _text(content: Any) -> str:
    if content is None:
        return ""
    found = _json(content)
    return found if isinstance(found, str) else msgspec.json.encode(found).decode()


def _json(content: Any) -> Any:
    if isinstance(content, Decimal):
        return plain(content)
    if isinstance(content, datetime.datetime | datetime.date | datetime.time):
        return content.isoformat().replace("+00:00", "Z")
    if isinstance(content, datetime.timedelta):
        return str(content)
    if isinstance(content, list | tuple):
        return [_json(one) for one in content]
    if isinstance(content, dict):
        return {str(name): _json(one) for name, one in content.items()}
    return content.hex() if isinstance(content, bytes) else content


def _write(lines: Iterable[str], out: BinaryIO) -> None:
    out.write("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))

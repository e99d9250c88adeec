"""Parquet to a grid."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

from tallyroom.model.observation import plain
from tallyroom.returns.grid import LARGEST, MOST_CELLS, Grid
from tallyroom.returns.remarks import ReturnRefused, refuse
from tallyroom.returns.xlsx import as_text


def read_parquet(data: bytes) -> Grid:
    """Return the table with its column names as the first row.

    Raises:
        ReturnRefused: RT102 no Parquet, or a column that holds lists; RT107 too many cells.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(BytesIO(data))
        _refuse_large(file.metadata)
        schema = file.schema_arrow
        nested = [field.name for field in schema if pyarrow.types.is_nested(field.type)]
        if nested:
            raise refuse(
                "RT102", "a column holds lists or records.", found=", ".join(nested), expected="flat columns"
            )
        # texts stay in their dictionaries: one long text may stand in a million rows
        table = pyarrow.parquet.read_table(BytesIO(data), read_dictionary=_texts(schema), use_threads=False)
        _refuse_repeated_text(table)
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError) as error:
        raise refuse("RT102", "this is no Parquet file that can be read.", found=str(error)[:120],
            next_step="write it again, or file CSV or XLSX") from None  # fmt: skip
    columns = [[_text(value) for value in column.to_pylist()] for column in table.columns]
    rows = [list(table.column_names), *map(list, zip(*columns, strict=True))]
    return Grid(rows, "application/vnd.apache.parquet")


def _texts(schema: Any) -> list[str]:
    import pyarrow

    kinds = (
        pyarrow.types.is_string,
        pyarrow.types.is_binary,
        pyarrow.types.is_large_string,
        pyarrow.types.is_dictionary,
    )
    return [field.name for field in schema if any(kind(field.type) for kind in kinds)]


def _refuse_repeated_text(table: Any) -> None:
    import pyarrow
    import pyarrow.compute

    size = 0
    for column in table.columns:
        for chunk in column.chunks if pyarrow.types.is_dictionary(column.type) else ():
            lengths = pyarrow.compute.binary_length(chunk.dictionary)
            size += pyarrow.compute.sum(pyarrow.compute.take(lengths, chunk.indices)).as_py() or 0
    if size > LARGEST:
        raise _too_large(f"texts of {size:,} bytes")


def _refuse_large(told: Any) -> None:
    rows, columns = told.num_rows, told.num_columns
    size = sum(told.row_group(group).total_byte_size for group in range(told.num_row_groups))
    if rows * columns > MOST_CELLS or size > LARGEST:
        raise _too_large(f"{rows:,} rows, {columns:,} columns, {size:,} bytes")


def _too_large(found: str) -> ReturnRefused:
    return refuse("RT107", "the table has more than a return may hold.", found=found,
        expected=f"at most {MOST_CELLS:,} cells and {LARGEST:,} bytes",
        next_step="file it in several returns")  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value) if value.is_finite() else str(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else as_text(value)

"""Parquet to a grid."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

from tallyroom.model.observation import plain
from tallyroom.returns.grid import MOST_CELLS, Grid
from tallyroom.returns.remarks import refuse
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
        _refuse_large(file.metadata.num_rows, file.metadata.num_columns)
        table = file.read()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise refuse("RT102", "this is no Parquet file that can be read.", found=str(error)[:120],
            next_step="write it again, or file CSV or XLSX") from None  # fmt: skip
    nested = [field.name for field in table.schema if pyarrow.types.is_nested(field.type)]
    if nested:
        raise refuse(
            "RT102", "a column holds lists or records.", found=", ".join(nested), expected="flat columns"
        )
    columns = [[_text(value) for value in column.to_pylist()] for column in table.columns]
    return Grid(
        [list(table.column_names), *map(list, zip(*columns, strict=True))], "application/vnd.apache.parquet"
    )


def _refuse_large(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise refuse("RT107", "the table has more cells than a return may hold.",
            found=f"{rows:,} rows, {columns:,} columns", expected=f"at most {MOST_CELLS:,} cells")  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value) if value.is_finite() else str(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else as_text(value)

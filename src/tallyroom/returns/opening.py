"""Bytes to a grid, by what they are and not by what the file is called."""

from __future__ import annotations

from collections.abc import Callable

from tallyroom.returns.csv_table import read_csv
from tallyroom.returns.grid import LARGEST, Grid
from tallyroom.returns.remarks import refuse

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def open_table(data: bytes, fits: Callable[[list[str]], int]) -> Grid:
    """Return the table that a file holds: XLSX, Parquet, or else CSV.

    Args:
        fits: Tells how many names of a header row are known; it settles the delimiter of a CSV.

    Raises:
        ReturnRefused: RT101 to RT109, by what is wrong with the file.
    """
    if not data.strip(b" \t\r\n\xef\xbb\xbf\x00"):
        raise refuse("RT101", "the file is empty.", expected="a form that was filled in",
            next_step="file a nil return if there is nothing to report")  # fmt: skip
    if len(data) > LARGEST:
        raise refuse("RT107", "the file is larger than a return may be.", found=f"{len(data):,} bytes",
            expected=f"at most {LARGEST:,} bytes", next_step="file it in several returns")  # fmt: skip
    if data.startswith(_OLD_OFFICE):
        raise refuse("RT102", "this is an old or encrypted Office file.", expected="CSV, XLSX or Parquet",
            next_step="save it as an Excel workbook (.xlsx) without a password")  # fmt: skip
    if data.startswith(b"PAR1"):
        from tallyroom.returns.parquet import read_parquet

        return read_parquet(data)
    if data.startswith(b"PK"):
        from tallyroom.returns.xlsx import read_xlsx

        return read_xlsx(data)
    return read_csv(data, fits)

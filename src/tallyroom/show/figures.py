"""Figures of the record for other programs: each with its entry, what is known of it, and its observation."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from tallyroom.model import Figure, Observation
from tallyroom.show.tabular import cells_of, csv_cell, flush, frame_of

if TYPE_CHECKING:
    import polars

OF_THE_RECORD = ("entry", "document", "known", "status", "mentions", "carriers")
"""What the record tells of a figure; it stands before the fields of the observation."""

_HELD = 2**20
"""Characters that are gathered before they are written."""


def write_jsonl(figures: Iterable[Figure], out: BinaryIO) -> None:
    """Write one object a line: what the record tells, the fields of the observation, `more`."""
    for figure in figures:
        row = {**_told(figure), **figure.observation.row(), "more": figure.more}
        out.write(msgspec.json.encode(row) + b"\n")


def write_csv(figures: Iterable[Figure], out: BinaryIO) -> None:
    """Write a header and one line a figure, as `tallyroom.show.tabular` does; lists are joined by `;`."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow((*OF_THE_RECORD, *Observation.__struct_fields__, "more"))
    for figure in figures:
        told = [csv_cell(name, _joined(content)) for name, content in _told(figure).items()]
        more = msgspec.json.encode(figure.more).decode() if figure.more else ""
        writer.writerow([*told, *cells_of(figure.observation), more])
        if lines.tell() > _HELD:
            flush(lines, out)
    flush(lines, out)


def write_parquet(figures: Iterable[Figure], out: BinaryIO) -> None:
    """Write one Parquet file with the columns of `frame`.

    Raises:
        ValueUnfit: A value cannot be held exactly.
    """
    buffer = io.BytesIO()
    frame(figures).write_parquet(buffer)
    out.write(buffer.getbuffer())


def frame(figures: Iterable[Figure]) -> polars.DataFrame:
    """Return figures as a frame of polars: what the record tells, then the columns of observations, `more`.

    Raises:
        ValueUnfit: A value cannot be held exactly.
    """
    import polars

    kept = list(figures)
    schema: dict[str, Any] = {
        "entry": polars.Int64(),
        "document": polars.Int64(),
        "known": polars.Datetime("us", "UTC"),
        "status": polars.String(),
        "mentions": polars.List(polars.Int64()),
        "carriers": polars.List(polars.String()),
    }
    columns = {name: [getattr(figure, name) for figure in kept] for name in OF_THE_RECORD}
    told = polars.DataFrame(columns, schema=schema)
    more = [msgspec.json.encode(figure.more).decode() for figure in kept]
    last = polars.DataFrame({"more": more}, schema={"more": polars.String()})
    return polars.concat([told, frame_of(figure.observation for figure in kept), last], how="horizontal")


def _told(figure: Figure) -> dict[str, Any]:
    told = {name: getattr(figure, name) for name in OF_THE_RECORD}
    return {**told, "known": figure.known.isoformat().replace("+00:00", "Z")}


def _joined(content: Any) -> Any:
    return ";".join(map(str, content)) if isinstance(content, tuple) else content

"""Observations as JSON lines, the exchange format of the project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from tallyroom.model import Reading


def write_jsonl(readings: Iterable[Reading], out: BinaryIO) -> None:
    """Write one object a line with the fields of `Observation` in their order, UTF-8, line feeds."""
    for reading in readings:
        out.write("".join([f"{row.to_json()}\n" for row in reading.observations]).encode())

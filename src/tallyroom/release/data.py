"""The facts of a release as data: CSV, Parquet, and JSON with every printed number and its entries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tallyroom.model import Fact
from tallyroom.model.observation import plain
from tallyroom.release.edition import Release, all_numbers
from tallyroom.release.names import Names
from tallyroom.release.places import Placed
from tallyroom.release.selecting import KEY_FIELDS
from tallyroom.release.traces import Explain

_FORMULA = tuple("=+-@\t\r＝＋－＠")
_SCALE = (38, 9)
"""Digits of a decimal in Parquet, and those behind its point."""


def rows_of(release: Release, names: Mapping[str, Names]) -> list[dict[str, str]]:
    """Return one row a fact: codes, names in each language, the exact value, coverage, status and entries."""
    return [_row(at, fact, names, release) for at, fact in enumerate(release.facts, 1)]


def _row(at: int, fact: Fact, names: Mapping[str, Names], release: Release) -> dict[str, str]:
    row, coverage = fact.observation, fact.coverage
    told = fact.status != "x"
    found = {
        "fact": str(at),
        "indicator": row.indicator,
        **{f"indicator_{lang}": name.indicator(row.indicator) for lang, name in names.items()},
        "statistic": row.statistic,
        "area": ";".join(row.area),
        **{f"area_{lang}": name.areas(row.area) if row.area else "" for lang, name in names.items()},
        "period": row.period or "",
        "operation": row.operation_id or "",
        "agency": row.agency or "",
        "offence": row.offence or "",
        "substance": row.substance or "",
        "breakdown": json.dumps(dict(sorted(row.breakdown.items())), ensure_ascii=False)
        if row.breakdown
        else "",
        "counted": row.counted,
        "value": plain(row.value) if told else "",
        "unit": row.unit,
        "low": plain(row.low) if told and row.low is not None else "",
        "high": plain(row.high) if told and row.high is not None else "",
        "status": fact.status,
        "arithmetic": fact.arithmetic,
        "reported": str(coverage.reported) if coverage else "",
        "expected": str(coverage.expected) if coverage else "",
        "entries": ";".join(map(str, fact.parts)),
    }
    return {**found, **mark_of(release)}


def mark_of(release: Release) -> dict[str, str]:
    """Return what files of data say of generated data; nothing where the data are real."""
    generated = any(edition.demonstration for edition in release.editions.values())
    return {"mark": "GENERATED DATA"} if generated else {}


def csv_data(rows: list[dict[str, str]]) -> bytes:
    """Return the rows as CSV by RFC 4180, in UTF-8 with the mark that spreadsheets need to see that it is."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0] if rows else ["fact"])
    writer.writerows([_cell(name, words) for name, words in row.items()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(name: str, words: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{words}" if words.startswith(_FORMULA) and name not in ("value", "low", "high") else words


def parquet_data(rows: list[dict[str, str]]) -> bytes:
    """Return the rows as Parquet: values are exact decimals, counts are integers, what is empty is null."""
    import decimal

    import pyarrow as pa
    import pyarrow.parquet as pq

    decimals, counts = {"value", "low", "high"}, {"fact", "reported", "expected"}
    columns: dict[str, Any] = {}
    for name in rows[0] if rows else ():
        cells = [row[name] or None for row in rows]
        if name in decimals:
            exact = [None if cell is None else decimal.Decimal(cell) for cell in cells]
            columns[name] = pa.array(exact, pa.decimal128(*_SCALE))
        elif name in counts:
            columns[name] = pa.array([None if cell is None else int(cell) for cell in cells], pa.int32())
        else:
            columns[name] = pa.array(cells, pa.string())
    out = io.BytesIO()
    table = pa.table(columns).replace_schema_metadata({"mark": rows[0].get("mark", "")} if rows else {})
    pq.write_table(table, out, compression="zstd", store_schema=False)
    return out.getvalue()


def figures_json(release: Release, explain: Explain, placed: Iterable[Placed]) -> bytes:
    """Return every fact with the entries behind it, and every printed number with its file, place and entries."""
    facts = [_fact(fact, explain) for fact in release.facts]
    numbers = [
        {**msgspec.structs.asdict(one), "entries": list(release.facts[one.fact].parts)} for one in placed
    ]
    said = {
        lang: [
            {"number": one.number, "fact": one.fact, "text": one.text, "mark": one.mark}
            for one in all_numbers(edition)
        ]
        for lang, edition in release.editions.items()
    }
    content = {
        **mark_of(release),
        "release": release.id,
        "facts": facts,
        "editions": said,
        "printed": numbers,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _fact(fact: Fact, explain: Explain) -> dict[str, Any]:
    row = fact.observation.row()
    cell = {name: row[name] for name in KEY_FIELDS}
    coverage = msgspec.to_builtins(fact.coverage) if fact.coverage else None
    return {
        "cell": cell, "value": row["value"], "low": row["low"], "high": row["high"], "status": fact.status,
        "arithmetic": fact.arithmetic, "coverage": coverage,
        "parts": [msgspec.to_builtins(explain(entry)) for entry in fact.parts],
    }  # fmt: skip

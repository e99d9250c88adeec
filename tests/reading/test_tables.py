"""Tables of many shapes: each figure takes what its row, its column and the caption say."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tallyroom.codebook import load_codebook
from tallyroom.codebook.yamlsource import read_yaml
from tallyroom.documents import open_document
from tallyroom.model import Document, Observation
from tallyroom.reading import Reader

TABLES = Path(__file__).parent / "tables"
_BREAKDOWN = ("role", "site", "item", "novelty", "disposition", "channel", "size")


def cases() -> list[Any]:
    """Every case, with the file that it stands in."""
    files = sorted(TABLES.glob("*.yaml"))
    return [
        pytest.param(case, id=f"{file.stem}: {case['case']}")
        for file in files
        for case in read_yaml(file.read_bytes(), file.name)
    ]


@functools.cache
def reader() -> Reader:
    return Reader(load_codebook())


@pytest.mark.parametrize("case", cases())
def test_a_table_is_read_cell_by_cell(case: dict[str, Any]) -> None:
    assert differences(case) == []


def differences(case: dict[str, Any]) -> list[str]:
    """What reading a case gives and should not, or the other way round."""
    name = "case.html" if "page" in case else "case.txt"
    source = f"<html><body>{case['page']}</body></html>" if "page" in case else case["text"]
    document = open_document(source.encode(), id="case", name=name, published=case["published"])
    rows = {row.start: row for row in reader().read(document).observations}
    wrong: list[str] = []
    for quote, told in case["figures"].items():
        fields = case["all"] | told
        start = _start_of(quote, document)
        row = next((row for row in rows.values() if row.start <= start + 1 and start < row.end), None)
        if row is None:
            wrong.append(f"{quote}: not read")
            continue
        del rows[row.start]
        wrong += [f"{quote}: {each}" for each in _disagreements(str(quote), fields, row)]
    return wrong + [f"{row.text}: {row.indicator} is none" for row in rows.values()]


def _start_of(quote: str, document: Document) -> int:
    found = [m.start() for m in re.finditer(rf"(?<![\d.,]){re.escape(quote)}(?![\d]|[.,]\d)", document.text)]
    cells = {cell.start for table in document.tables for cell in table.cells}
    inside = [at for at in found if at in cells] or found
    assert len(inside) == 1, f"{quote} begins {len(inside)} cells"
    return inside[0]


def _disagreements(quote: str, fields: dict[str, Any], row: Observation) -> list[str]:
    number = Decimal(re.sub(r"[^\d.-]", "", quote))
    changed = fields.get("statistic", "level") != "level"
    times = Decimal(1) if changed else Decimal(str(fields.get("times", 1)))
    told = {"statistic": "level", "value": number * times} | fields
    told["value"] = Decimal(str(told["value"]))
    wrong = []
    for name, value in told.items():
        if name == "times" or value == "any":
            continue
        found = row.breakdown.get(name) if name in _BREAKDOWN else getattr(row, name)
        wanted = tuple(value) if name == "area" else value
        if found != wanted:
            wrong.append(f"{name} {found}, not {wanted}")
    return wrong

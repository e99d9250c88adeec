"""Totals with their coverage: as a table, as CSV, or one JSON object a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tallyroom.model.campaign import Campaign, Words
from tallyroom.model.fact import Fact
from tallyroom.model.observation import plain
from tallyroom.model.returns import KeyTotal, Total, WaveTotal
from tallyroom.show.matrix import said
from tallyroom.show.widths import pad, printable, width_of

STATUS: dict[str, Words] = {
    "": {"en": "", "zh": ""},
    "p": {"en": "provisional", "zh": "初步数"},
    "r": {"en": "revised", "zh": "修订"},
    "e": {"en": "estimated", "zh": "估计数"},
    "x": {"en": "not available", "zh": "未报"},
}
HEADINGS: Words = {
    "en": "line,value,unit,area,coverage,parts,status,missing",
    "zh": "指标,数值,单位,地区,报送,笔数,状态,未报",
}
GAP = 2


def total_lines(totals: Iterable[Total], campaign: Campaign, lang: str | None = None) -> Iterator[str]:
    """Give the totals of a round as a table; each tells how many of the units expected have reported."""
    rows = [_row(total, campaign, lang) for total in totals]
    heads = [
        said({"en": en, "zh": zh}, lang)
        for en, zh in zip(*(HEADINGS[one].split(",") for one in ("en", "zh")), strict=True)
    ]
    yield from _table([heads, *rows], right={1, 4, 5})


def wave_total_lines(
    totals: Iterable[WaveTotal], campaign: Campaign, lang: str | None = None
) -> Iterator[str]:
    """Give the totals of the waves as a table; coverage counts targeted cases."""
    labels = {wave.code: wave.label for wave in campaign.waves}
    rows = [
        [said(labels[one.wave], lang), *_row(Total(one.line, one.fact), campaign, lang)] for one in totals
    ]
    heads = [said({"en": en, "zh": zh}, lang) for en, zh in zip(
        *(f"{first},{HEADINGS[one]}".split(",") for first, one in (("wave", "en"), ("批次", "zh"))), strict=True
    )]  # fmt: skip
    yield from _table([heads, *rows], right={2, 5, 6})


def _row(total: Total, campaign: Campaign, lang: str | None) -> list[str]:
    fact, line = total.fact, campaign.line(total.line)
    missing = ""
    if fact.coverage and fact.coverage.missing:
        missing = " ".join(fact.coverage.missing[:3]) + (" …" if len(fact.coverage.missing) > 3 else "")
    area = fact.observation.area
    return [
        said(line.label, lang), value_of(fact), fact.observation.unit,
        " ".join(area), coverage_of(fact), str(len(fact.parts)), said(STATUS[fact.status], lang), missing,
    ]  # fmt: skip


def key_total_lines(totals: Sequence[KeyTotal]) -> Iterator[str]:
    """Give the totals of a published table: a column for each key."""
    keys = list(totals[0].keys) if totals else []
    rows = [
        [
            *total.keys.values(),
            total.figure,
            value_of(total.fact),
            total.fact.observation.unit,
            str(len(total.fact.parts)),
        ]
        for total in totals
    ]
    yield from _table(
        [[*keys, "figure", "value", "unit", "parts"], *rows], right={len(keys) + 1, len(keys) + 3}
    )


def value_of(fact: Fact) -> str:
    """Return the value with separators between thousands, exactly as it is."""
    if fact.status == "x":
        return ""
    whole, point, rest = plain(fact.observation.value).partition(".")
    return f"{int(whole):,}{point}{rest}"


def coverage_of(fact: Fact) -> str:
    """Return how many have reported out of those expected; "" where nobody is expected."""
    return f"{fact.coverage.reported}/{fact.coverage.expected}" if fact.coverage else ""


def _table(rows: list[list[str]], right: set[int]) -> Iterator[str]:
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = (pad(cell, widths[at], at in right) for at, cell in enumerate(row))
        yield (" " * GAP).join(cells).rstrip()


def fact_record(fact: Fact, **about: Any) -> dict[str, Any]:
    """Return a fact as JSON has it: what it is about, the fields of its observation, parts and coverage."""
    observation = fact.observation.row()
    for name in ("source", "start", "end", "text"):
        del observation[name]
    coverage = fact.coverage
    told = (
        {"reported": coverage.reported, "expected": coverage.expected, "missing": list(coverage.missing)}
        if coverage
        else None
    )
    return {
        **about, **observation, "arithmetic": fact.arithmetic, "status": fact.status, "coverage": told,
        "parts": list(fact.parts),
    }  # fmt: skip


def json_lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give one JSON object a line."""
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)


def csv_lines(records: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Give the same as CSV with a header; lists are joined by blanks."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for record in records[:1]:
        writer.writerow(record)
    for record in records:
        writer.writerow([_flat(value) for value in record.values()])
    yield from out.getvalue().splitlines()


def _flat(value: Any) -> Any:
    if isinstance(value, dict):
        return "; ".join(f"{key}={_flat(one)}" for key, one in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else value

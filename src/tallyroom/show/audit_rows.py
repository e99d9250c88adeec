"""Audits, bounds and comparisons for other programs: JSON lines and CSV, all figures as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

import msgspec

from tallyroom.model import Finding, Interval, Tie
from tallyroom.model.audit import Answer, Audit, Pair, Said, SideBySide
from tallyroom.model.observation import plain
from tallyroom.show.audit_words import in_language
from tallyroom.show.tabular import csv_cell

COMPARED = (
    "verdict", "indicator", "statistic", "unit", "area", "period", "operation_id", "agency", "offence",
    "substance", "breakdown", "first", "first_low", "first_high", "first_entries", "second", "second_low",
    "second_high", "second_entries", "difference_low", "difference_high", "remarks",
)  # fmt: skip
"""The columns of a comparison."""
_NUMBERS = {name for name in COMPARED if name.endswith(("_low", "_high"))} | {"first", "second"}


def interval_json(interval: Interval) -> dict[str, Any]:
    """Return an interval with its ends as text."""
    return {
        "low": _written(interval.low), "high": _written(interval.high), "low_open": interval.low_open,
        "high_open": interval.high_open,
    }  # fmt: skip


def said_json(said: Said) -> dict[str, Any]:
    """Return a figure with its words and its document."""
    row = said.figure.observation
    quote = msgspec.structs.asdict(said.quote) if said.quote else None
    return {
        "entry": said.figure.entry, "status": said.figure.status, **row.row(), "quote": quote,
        "document": said.document, "carriers": list(said.figure.carriers), "more": said.figure.more,
    }  # fmt: skip


def write_audit_jsonl(audit: Audit, out: BinaryIO) -> None:
    """Write one object that tells what was looked at and what is switched off, then one a finding."""
    off = [{**msgspec.structs.asdict(rule), "time": rule.time.isoformat()} for rule in audit.off]
    head = {
        "figures": audit.figures, "findings": len(audit.findings), "commit": audit.commit, "hash": audit.hash,
        "query": audit.query, "off": off, "untied": audit.untied, "unsolved": list(audit.unsolved),
    }  # fmt: skip
    out.write(line_of(head))
    for finding in audit.findings:
        out.write(line_of(finding_json(finding, audit.said)))


def finding_json(finding: Finding, said: Mapping[int, Said]) -> dict[str, Any]:
    """Return a finding with its figures and their words."""
    mends = [
        {"entry": one.entry, "value": plain(one.value), "reach": interval_json(one.reach), "slip": one.slip}
        for one in finding.mends
    ]
    return {
        "code": finding.code, "severity": finding.severity, "says": finding.says,
        "figures": [said_json(said[figure.entry]) for figure in finding.figures],
        "ties": [ties_json(tie) for tie in finding.ties], "proof": list(finding.proof), "mends": mends,
        "steps": [msgspec.structs.asdict(step) for step in finding.steps], "falls": finding.falls,
        "alike": [list(pair) for pair in finding.alike],
    }  # fmt: skip


def write_answer_jsonl(answer: Answer, out: BinaryIO) -> None:
    """Write one object: the cell, its bounds, and the figures that force each end with their words."""
    found, said = answer.bounds, answer.said
    ends = {
        name: [said_json(said[figure.entry]) for figure in getattr(found, name)]
        for name in ("low_by", "high_by", "published")
    }
    ties = {name: [ties_json(tie) for tie in getattr(found, name)] for name in ("low_ties", "high_ties")}
    told = {"cell": answer.cell, "without": list(answer.without), "taken": answer.taken}
    row = {
        **told,
        **interval_json(found.reach),
        "unit": found.unit,
        **ends,
        **ties,
        "unsolved": found.unsolved,
    }
    out.write(line_of({**row, "commit": answer.commit, "hash": answer.hash}))


def ties_json(tie: Tie) -> dict[str, Any]:
    """Return a tie: its rule, and what it says in each language."""
    return {"rule": tie.rule, "says": tie.says}


def write_comparison_jsonl(compared: SideBySide, out: BinaryIO) -> None:
    """Write one object a cell, after one that tells the two sides and the counts."""
    head = {
        "first": msgspec.structs.asdict(compared.first), "second": msgspec.structs.asdict(compared.second),
        "counts": compared.counts(), "commit": compared.commit, "hash": compared.hash,
    }  # fmt: skip
    out.write(line_of(head))
    for pair in compared.pairs:
        difference = interval_json(pair.difference) if pair.difference else None
        sides = {name: list(map(said_json, getattr(pair, name))) for name in ("first", "second")}
        row = {"verdict": pair.verdict, "cell": pair.cell, **sides, "difference": difference}
        out.write(line_of({**row, "remarks": list(pair.remarks)}))


def write_comparison_csv(compared: SideBySide, out: BinaryIO, lang: str = "en") -> None:
    """Write a header and one line a cell; several figures of one side are joined by `;`."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(COMPARED)
    for pair in compared.pairs:
        writer.writerow(
            content if name in _NUMBERS else csv_cell(name, content)
            for name, content in zip(COMPARED, _cells(pair, lang), strict=True)
        )
    out.write(lines.getvalue().encode(errors="backslashreplace"))


def line_of(row: dict[str, Any]) -> bytes:
    """Return one line of JSON, the same on every machine."""
    return msgspec.json.encode(row) + b"\n"


def _cells(pair: Pair, lang: str) -> Iterator[Any]:
    cell, gap = pair.cell, pair.difference or Interval(None, None)
    yield pair.verdict
    yield from (cell[name] for name in ("indicator", "statistic", "unit"))
    yield ";".join(cell["area"])
    yield from (cell[name] for name in ("period", "operation_id", "agency", "offence", "substance"))
    yield ";".join(f"{name}={value}" for name, value in cell["breakdown"].items())
    for side in (pair.first, pair.second):
        rows = [one.figure.observation for one in side]
        yield ";".join(plain(row.value) for row in rows)
        yield ";".join(_written(row.low) or "" for row in rows)
        yield ";".join(_written(row.high) or "" for row in rows)
        yield ";".join(str(one.figure.entry) for one in side)
    yield from (_written(gap.low), _written(gap.high))
    yield "; ".join(in_language(remark, lang) for remark in pair.remarks)


def _written(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)

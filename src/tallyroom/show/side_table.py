"""Two sides as text that fits the terminal: what differs first, what only one side has last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.model.audit import VERDICTS, Pair, Said, Side, SideBySide
from tallyroom.show.audit_words import in_language, told
from tallyroom.show.layout import LEAST_WIDTH, Column, Layout, Style
from tallyroom.show.widths import printable, wrap
from tallyroom.show.words import grouped, unit_of, value_of, written_interval


def comparison_lines(compared: SideBySide, width: int, style: Style, lang: str = "en") -> Iterator[str]:
    """Give the lines: both sides, how many cells agree, and the cells by verdict."""
    width = max(width, LEAST_WIDTH)
    for name, side in (("first side", compared.first), ("second side", compared.second)):
        line = f"{told(name, lang)}  {side_words(side, lang)}"
        yield from (style.bold(part) for part in wrap(printable(line), width))
    yield from wrap(summary(compared, lang), width)
    columns = _columns(lang)
    groups = {
        verdict: [_cells(pair, lang) for pair in compared.pairs if pair.verdict == verdict]
        for verdict in VERDICTS
    }
    everything = [row for rows in groups.values() for row in rows]
    if not everything:
        return
    layout = Layout(columns, everything, width)
    yield ""
    yield style.dim(layout.head())
    for verdict, rows in groups.items():
        if rows:
            yield style.name(f"{told(verdict, lang)} ({len(rows):,})")
        for row in rows:
            yield from layout.lines(row, style)


def summary(compared: SideBySide, lang: str) -> str:
    """Return how many cells there are of each verdict, on one line."""
    return ", ".join(
        f"{count:,} {told(verdict, lang)}" for verdict, count in compared.counts().items() if count
    )


def side_words(side: Side, lang: str) -> str:
    """Return what a side is: its label, its name, how many figures it has."""
    label = in_language(side.label, lang)
    named = label if label == side.name else f"{label} ({side.name})"
    return f"{told(side.kind, lang)} {named}, {side.figures:,} {told('figures', lang)}"


def values_of(said: Sequence[Said]) -> str:
    """Return the values of one side of a cell, each once."""
    values = dict.fromkeys(value_of(one.figure.observation) for one in said)
    return " | ".join(values)


def difference_of(pair: Pair) -> str:
    """Return the difference where it tells anything: of figures that are alike it does not."""
    if pair.difference is None or pair.verdict == "exact":
        return ""
    low, high = pair.difference.low, pair.difference.high
    if low is not None and low == high:
        return grouped(low, signed=True)
    return written_interval(pair.difference)


def _columns(lang: str) -> tuple[Column, ...]:
    return (
        Column(told("first side", lang), right=True), Column(told("second side", lang), right=True),
        Column("unit"), Column("indicator"), Column("area", wraps=True), Column("period", plain=True),
        Column("substance"), Column("offence"), Column("operation"), Column("breakdown", wraps=True, plain=True),
        Column("agency"), Column(told("difference", lang)), Column(told("remarks", lang), wraps=True, plain=True),
    )  # fmt: skip


def _cells(pair: Pair, lang: str) -> list[str]:
    cell, row = pair.cell, (pair.first or pair.second)[0].figure.observation
    return [
        values_of(pair.first), values_of(pair.second), unit_of(row), cell["indicator"],
        printable(", ".join(cell["area"])), cell["period"] or "", cell["substance"] or "", cell["offence"] or "",
        cell["operation_id"] or "", printable(breakdown(pair)), cell["agency"] or "", difference_of(pair),
        printable("; ".join(in_language(remark, lang) for remark in pair.remarks)),
    ]  # fmt: skip


def breakdown(pair: Pair) -> str:
    """Return the dimensions that narrow a cell: `channel: air, origin: imported`."""
    return ", ".join(f"{name}: {value}" for name, value in pair.cell["breakdown"].items())

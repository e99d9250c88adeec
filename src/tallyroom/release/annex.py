"""The annex of an edition: one row a fact, from what is printed to the entries it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tallyroom.model import Fact
from tallyroom.model.observation import plain
from tallyroom.release.edition import Edition, Printed, Release, all_numbers
from tallyroom.release.tracehtml import interval_text
from tallyroom.release.wording import Wording


class AnnexRow(msgspec.Struct, frozen=True):
    """A fact and its row."""

    fact: int
    cells: tuple[str, ...]


def annex_heads(wording: Wording) -> tuple[str, ...]:
    """Return the heads of the annex's columns."""
    return tuple(
        wording.texts[name]
        for name in ("printed", "record_value", "interval", "arithmetic", "coverage", "entries")
    )


def annex_rows(release: Release, edition: Edition, wording: Wording) -> Iterator[AnnexRow]:
    """Give one row for each fact that the edition prints, in the order of the facts."""
    printed: dict[int, list[Printed]] = {}
    for number in all_numbers(edition):
        printed.setdefault(number.fact, []).append(number)
    for at in sorted(printed):
        yield AnnexRow(at, tuple(_cells(release.facts[at], printed[at], wording)))


def _cells(fact: Fact, numbers: Sequence[Printed], wording: Wording) -> Iterator[str]:
    row, coverage = fact.observation, fact.coverage
    mark = wording.marks["x"] if fact.status == "x" else ""
    yield " / ".join(dict.fromkeys(number.text for number in numbers)) or mark
    yield mark or f"{plain(row.value)} {row.unit}"
    yield mark or interval_text(numbers[0].observation)
    yield wording.texts[fact.arithmetic]
    yield f"{coverage.reported}/{coverage.expected}" if coverage else "—"
    yield spans(fact.parts) or "—"


def spans(entries: Sequence[int]) -> str:
    """Write numbers of entries shortly: `3, 7–12`."""
    runs: list[list[int]] = []
    for entry in sorted(entries):
        if runs and runs[-1][1] == entry - 1:
            runs[-1][1] = entry
        else:
            runs.append([entry, entry])
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)

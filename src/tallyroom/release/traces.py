"""Where a number comes from: what the record tells of each entry, as the pipeline explains it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Step(msgspec.Struct, frozen=True):
    """A later entry that concerns one: a correction or a review, with its author, time and reason."""

    entry: int
    kind: str
    author: str
    time: str
    reason: str
    was: str = ""
    """The value before, as text; "" where it did not move."""


class Explained(msgspec.Struct, frozen=True):
    """One entry: the source that says it, the characters with what stands around them, and its history."""

    entry: int
    source: str
    before: str
    text: str
    behind: str
    value: str
    unit: str
    rule: str
    cell: str = ""
    """Place in a table, `Form!D12`; "" for prose."""
    reporter: str = ""
    """Code of the reporting unit; "" where there is none."""
    commit: int = 0
    known: str = ""
    author: str = ""
    reason: str = ""
    steps: tuple[Step, ...] = ()


Explain = Callable[[int], Explained]


def unexplained(entry: int) -> Explained:
    """Tell of an entry no more than its number; for editions that are made without a ledger."""
    return Explained(entry, "", "", "", "", "", "", "")

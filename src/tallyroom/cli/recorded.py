"""Tells on stderr what became of readings that went into the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tallyroom.cli.output import say
from tallyroom.model import Reading
from tallyroom.pipeline.reading import Failure
from tallyroom.show.widths import printable

if TYPE_CHECKING:
    from tallyroom.pipeline.ledgers import OpenLedger
    from tallyroom.pipeline.recording import Recorded
    from tallyroom.pipeline.versions import Body, Change

MOST = 20
"""Changes of one document that are listed."""


class Teller:
    """Counts what was recorded; tells new versions and copies as they come."""

    def __init__(self) -> None:
        self._outcomes: Counter[str] = Counter()
        self._rows = 0

    def of(self, outcomes: Iterable[Recorded | Failure]) -> Iterator[Reading | Failure]:
        """Give the readings and failures on."""
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                yield outcome
            else:
                self._tell(outcome)
                yield outcome.reading

    def close(self, ledger: OpenLedger) -> None:
        """Tell the counts, and where the record stands now."""
        known = ("new", "changed", "unchanged", "copies")
        counts = ", ".join(f"{self._outcomes[name]:,} {name}" for name in known if self._outcomes[name])
        head = ledger.head()
        stands = f"; commit {head.number:,} {head.hash[:16]}" if head else ""
        say(f"recorded: {counts or 'nothing'}; {self._rows:,} observations added{stands}")

    def _tell(self, recorded: Recorded) -> None:
        self._outcomes[recorded.outcome] += 1
        if recorded.commit:
            self._rows += len(recorded.reading.observations)
        name = printable(recorded.reading.document.id)
        if recorded.copy_of:
            self._outcomes["copies"] += 1
            say(f"copy     {name}: carries the release that {printable(recorded.copy_of)} has")
        if recorded.outcome == "changed":
            say(f"changed  {name}: entry {recorded.document} is a new version; {_many(recorded.changes)}")
            for change in recorded.changes[:MOST]:
                say(f"         {change_line(change)}")
            if recorded.lost:
                lost = ", ".join(map(str, recorded.lost))
                say(f"         decisions about figures that it no longer has: entries {lost}")


def change_line(change: Change) -> str:
    """Return one difference between two versions on a line: what it is about, and both values."""
    row = change.after or change.before
    assert row is not None
    about = (row["indicator"], *row["area"], row["period"], row["substance"], *row["breakdown"].values())
    values = f"{_value(change.before)} -> {_value(change.after)}"
    return printable(" ".join([*(part for part in about if part), values]))


def _value(row: Body | None) -> str:
    return f"{row['value']} {row['unit']}" if row else "none"


def _many(changes: tuple[Change, ...]) -> str:
    if not changes:
        return "no figure moved"
    more = f", {len(changes) - MOST} of them not listed" if len(changes) > MOST else ""
    return f"{len(changes)} figure{'s' if len(changes) > 1 else ''} moved{more}"

"""A process that writes to a record until it is killed, and tells each commit that was acknowledged.

    python busy.py KIND LEDGER [EXPORT]

KIND is append (one draft after another), batch (many commits in one go), correct, or import (of EXPORT, into one new
record LEDGER.N after the other).
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from helpers import a_briefing, a_correction
from tallyroom.ledger import SqliteLedger, open_ledger


def main(kind: str, path: str, export: str = "") -> None:
    """Write without end."""
    tell("ready")
    if kind == "import":
        for number in itertools.count():
            with open_ledger(f"{path}.{number}") as ledger:
                ledger.take_in(Path(export))
            tell(str(number))
    with open_ledger(path) as ledger:
        for number in itertools.count():
            {"append": append, "batch": batch, "correct": correct}[kind](ledger, number)


def append(ledger: SqliteLedger, number: int) -> None:
    """Keep a document with many figures and a source."""
    draft = a_briefing(*["2,589"] * 60, id=f"doc{number}")
    sources = (f"source {number}".encode() * 2000,)
    tell(str(ledger.append(type(draft)(draft.author, draft.reason, draft.entries, sources)).number))


def batch(ledger: SqliteLedger, number: int) -> None:
    """Keep thirty documents in one go."""
    with ledger.writing():
        for one in range(30):
            commit = ledger.append(a_briefing("2,589", "77", id=f"doc{number}-{one}"))
    tell(str(commit.number))


def correct(ledger: SqliteLedger, number: int) -> None:
    """Correct the first figure again and again."""
    if number == 0 and ledger.head() is None:
        ledger.append(a_briefing("2,589"))
    tell(str(ledger.append(a_correction(2, value=str(number))).number))


def tell(line: str) -> None:
    """Write a line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

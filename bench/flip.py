"""Change one bit of a record at many random places, and count which changes are found.

    python bench/flip.py                  a thousand places

A change is found where opening or `verify` tells it. What is found by neither lies between the rows, in parts of
the file that hold nothing: that is proved each time by comparing all rows of all tables, and is no place of data.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

import apsw

from common import Figure, options, tell
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.errors import TallyroomError
from tallyroom.ledger import open_ledger
from tallyroom.ledger.schema import TABLES
from tallyroom.pipeline.generating import samples
from tallyroom.pipeline.reading import ReadOptions, Record, read_records
from tallyroom.pipeline.recording import Recorder

SEED = 5
BRIEFINGS = 40


def main() -> int:
    """Print how many changes were found, and by what."""
    parser = options(__doc__)
    parser.add_argument("--places", type=int, metavar="N", default=1000, help="places of data (1000)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger"
        fill(path, load_codebook())
        outcomes = flips(path, Path(folder) / "copy", chosen.places)
    found = chosen.places - outcomes["missed"]
    kinds = ", ".join(f"{outcomes[kind]} {kind}" for kind in ("named", "of the file", "refused"))
    beside = f"{kinds}; {outcomes['between the rows']} other places hold nothing"
    figure = Figure(
        f"bits changed at {chosen.places:,} places of data: found", f"{found:,}", f"{chosen.places:,}", beside
    )
    tell([figure], chosen.json)
    return 0


def fill(path: Path, codebook: Codebook) -> None:
    """Make a record of generated briefings that nobody has open."""
    written = list(samples(SEED, range(BRIEFINGS), codebook, forms=("text",)))
    records = (
        Record(one.briefing.id, one.data.decode(), one.briefing.published, one.briefing.lang)
        for one in written
    )
    with open_ledger(path) as ledger:
        for _ in Recorder(ledger, codebook, "bench", "bench").all_of(
            read_records(records, codebook, ReadOptions(keep=True))
        ):
            pass


def flips(path: Path, copy: Path, places: int) -> Counter[str]:
    """Change bits one at a time until so many of them were of data."""
    data, before, chance = path.read_bytes(), rows_of(path), random.Random(SEED)
    outcomes: Counter[str] = Counter()
    while outcomes.total() - outcomes["between the rows"] < places:
        harmed = bytearray(data)
        harmed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        copy.write_bytes(harmed)
        outcome = told(copy)
        if outcome == "missed" and rows_of(copy) == before:
            outcome = "between the rows"
        outcomes[outcome] += 1
    return outcomes


def told(path: Path) -> str:
    """Return who tells that the record is not what was written."""
    try:
        with open_ledger(path, create=False) as ledger:
            places = {finding.where for finding in ledger.verify()}
    except TallyroomError:
        return "refused"
    if any(place.startswith(("commit ", "source ", "entry ")) for place in places):
        return "named"
    return "of the file" if places else "missed"


def rows_of(path: Path) -> list[object]:
    """Return all rows of all tables."""
    with apsw.Connection(str(path)) as connection:
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in sorted(TABLES)]


if __name__ == "__main__":
    raise SystemExit(main())

"""Measure the record: how fast figures of generated briefings are kept, and how fast they are found again.

    python bench/ledger.py                     a million figures: generated, read, recorded, looked up
    python bench/ledger.py --rows 100000       fewer
    python bench/ledger.py --at PATH           keep the record there; one that is there is looked up alone

Only what the record does is timed, not the generating and reading. Beside it stands the least that SQLite can do: the
same rows into one table without index, hash or source, by `executemany` of Python's own sqlite3.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from common import Figure, options, stop, tell
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.generate.pages import as_text
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model import Observation, Reading
from tallyroom.pipeline.generating import samples
from tallyroom.pipeline.ledgers import OpenLedger
from tallyroom.pipeline.reading import Failure, ReadOptions, Record, read_records
from tallyroom.pipeline.recording import BATCH_ROWS, Recorder

SEED = 3
ASKED = 20
"""How often each question is asked, each time of another figure of the record."""


def main() -> int:
    """Print how many observations a second are kept, and the slowest answers."""
    parser = options(__doc__)
    parser.add_argument("--rows", type=int, metavar="N", default=1_000_000, help="observations (1,000,000)")
    parser.add_argument("--jobs", type=int, metavar="N", default=2, help="processes that read (2)")
    parser.add_argument("--at", type=Path, metavar="PATH", help="keep the record here")
    chosen = parser.parse_args()
    codebook = load_codebook()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.at or Path(folder) / "ledger"
        there = path.exists()
        with open_ledger(path) as ledger:
            figures = [] if there else fill(ledger, codebook, chosen.rows, chosen.jobs, Path(folder))
            figures += look_up(ledger, codebook)
    tell(figures, chosen.json)
    return 0


def fill(ledger: SqliteLedger, codebook: Codebook, rows: int, jobs: int, folder: Path) -> list[Figure]:
    """Record readings until there are enough figures, and the same rows as the reference does."""
    recorder = Recorder(ledger, codebook, "bench", "bench")
    reference = sqlite3.connect(folder / "reference")
    reference.execute("PRAGMA journal_mode = WAL")
    reference.execute(f"CREATE TABLE rows ({', '.join(f'c{at}' for at in range(26))})")
    done, taken, clock, beside = 0, 0.0, 0.0, 0.0
    for batch in batches(read(codebook, jobs)):
        begun, at = time.process_time(), time.perf_counter()
        for _ in recorder.all_of(batch):
            pass
        taken, clock = taken + time.process_time() - begun, clock + time.perf_counter() - at
        beside += insert(reference, [row for reading in batch for row in reading.observations])
        done += sum(len(reading.observations) for reading in batch)
        if done >= rows:
            break
    reference.close()
    rate, theirs = done / taken, done / beside
    size = Path(ledger.where).stat().st_size / 1e6
    return [
        Figure(
            f"observations kept a second of CPU, {done:,} of generated briefings", f"{rate:,.0f}", "20,000",
            f"{done / clock:,.0f} a second of the clock; sqlite3 executemany, one bare table: {theirs:,.0f}, "
            f"{theirs / rate:.1f} times as fast",
        ),
        Figure("size of that record", f"{size:,.0f} MB", "", f"{size * 1e6 / done:,.0f} bytes an observation"),
    ]  # fmt: skip


def read(codebook: Codebook, jobs: int) -> Iterator[Reading]:
    """Give readings of generated briefings without end."""
    chosen = (sample.briefing for sample in samples(SEED, range(10**9), codebook, forms=("text",)))
    records = (Record(one.id, as_text(one), one.published, one.lang) for one in chosen)
    for outcome in read_records(records, codebook, ReadOptions(keep=True), jobs):
        if isinstance(outcome, Failure):
            stop(outcome.message)
        yield outcome


def batches(readings: Iterator[Reading]) -> Iterator[list[Reading]]:
    """Give as many readings at a time as the record keeps in one go."""
    while True:
        batch, rows = [], 0
        while rows < BATCH_ROWS:
            batch.append(next(readings))
            rows += len(batch[-1].observations)
        yield batch


def insert(reference: sqlite3.Connection, rows: Sequence[Observation]) -> float:
    """Insert rows in one transaction, and return the seconds of CPU."""
    cells = [tuple(str(cell) for cell in row.row().values()) for row in rows]
    begun = time.process_time()
    with reference:
        reference.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * 26)})", cells)
    return time.process_time() - begun


def look_up(ledger: SqliteLedger, codebook: Codebook) -> list[Figure]:
    """Ask questions about figures chosen by chance, and return how long the answers took."""
    head = ledger.head()
    if head is None:
        stop("the record is empty")
    chance = random.Random(SEED)
    doors = OpenLedger(ledger)
    rows = [some(ledger, chance, head.entries[1]) for _ in range(ASKED)]
    questions: dict[str, Callable[[tuple[int, Observation]], object]] = {
        "figures source": lambda row: doors.figures({"source": row[1].source}, codebook=codebook),
        "figures indicator, area, period": lambda row: doors.figures(
            asked(row[1], "indicator", "area", "period"), codebook=codebook
        ),
        "figures substance, area, year": lambda row: doors.figures(
            asked(row[1], "substance", "area", "year"), codebook=codebook
        ),
        "figures indicator, substance, agency, year": lambda row: doors.figures(
            asked(row[1], "indicator", "substance", "agency", "year"), codebook=codebook
        ),
        "trace": lambda row: doors.trace(row[0]),
    }
    return [
        answered(name, question, rows, f"{head.entries[1] - 1:,} entries")
        for name, question in questions.items()
    ]


def some(ledger: SqliteLedger, chance: random.Random, end: int) -> tuple[int, Observation]:
    """Return a figure of the record, found by chance."""
    while True:
        entry = ledger.entry(chance.randrange(1, end))
        figure = ledger.figure(entry.id) if entry.kind == "observation" else None
        if figure and figure.observation.area and figure.observation.period and figure.observation.substance:
            return figure.entry, figure.observation


def asked(row: Observation, *fields: str) -> dict[str, str]:
    """Return the question for figures like this one."""
    told = {
        "indicator": row.indicator, "substance": row.substance or "", "area": ",".join(row.area),
        "agency": row.agency or "", "period": row.period or "", "year": (row.period or "")[:4],
    }  # fmt: skip
    return {name if name != "year" else "period": told[name] for name in fields}


def answered(
    name: str,
    question: Callable[[tuple[int, Observation]], object],
    rows: list[tuple[int, Observation]],
    size: str,
) -> Figure:
    """Ask, and return the slowest answer in seconds of CPU."""
    taken, found = [], []
    for row in rows:
        begun = time.process_time()
        answer = question(row)
        taken.append(time.process_time() - begun)
        found.append(len(answer) if isinstance(answer, list) else 1)
    beside = f"median {median(taken) * 1000:.1f} ms; {min(found):,} to {max(found):,} found, {size}"
    return Figure(f"{name}: slowest of {len(rows)}", f"{max(taken) * 1000:.0f} ms of CPU", "200 ms", beside)


if __name__ == "__main__":
    raise SystemExit(main())

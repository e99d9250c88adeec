"""Measure how fast texts are read, beside a plain regular expression in the same process.

    python bench/speed.py                 the whole of data/broadcast, and dev/texts 100 times
    python bench/speed.py --days 100      a sample of the broadcast

One process is measured in seconds of CPU, two processes against one in seconds of the clock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from common import Figure, broadcast, dev_texts, medians, options, readings, tell
from reference import find
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.pipeline.reading import Record


def main() -> int:
    """Print characters a second for both bodies of text, and what a second process adds."""
    parser = options(__doc__)
    parser.add_argument("--days", type=int, metavar="N", help="days of the broadcast (default: all)")
    parser.add_argument(
        "--times", type=int, metavar="N", default=100, help="how often dev/texts are read (100)"
    )
    parser.add_argument(
        "--runs", type=int, metavar="N", default=3, help="runs of which the median counts (3)"
    )
    chosen = parser.parse_args()
    codebook = load_codebook()
    days, dense = list(broadcast(chosen.days)), dev_texts() * chosen.times
    figures = [
        one_process(f"data/broadcast, {len(days)} days", "0.5 million/s", days, codebook, chosen.runs),
        one_process(f"dev/texts, {chosen.times} times", "0.15 million/s", dense, codebook, chosen.runs),
        two_processes(days, codebook, chosen.runs),
    ]
    tell(figures, chosen.json)
    return 0


def one_process(what: str, wanted: str, records: Sequence[Record], codebook: Codebook, runs: int) -> Figure:
    """Return characters a second of CPU, and those of the reference pattern with the ratio of the two."""
    characters = sum(len(record.text) for record in records)
    taken = medians(
        {
            "read": lambda: read(records, codebook),
            "pattern": lambda: sum(len(find(record.text)) for record in records),
        },
        runs,
    )
    ours, theirs = (characters / taken[name] / 1e6 for name in ("read", "pattern"))
    beside = f"reference pattern {theirs:.2f} million/s, {theirs / ours:.1f} times as fast"
    return Figure(f"characters a second, one process: {what}", f"{ours:.3f} million/s", wanted, beside)


def two_processes(records: Sequence[Record], codebook: Codebook, runs: int) -> Figure:
    """Return how many times as fast two processes are as one, their start included."""
    taken = medians(
        {"one": lambda: read(records, codebook), "two": lambda: read(records, codebook, jobs=2)},
        runs,
        time.perf_counter,
    )
    ratio, cores = taken["one"] / taken["two"], os.cpu_count()
    one, two = (used(lambda jobs=jobs: read(records, codebook, jobs)) for jobs in (1, 2))
    beside = f"{taken['one']:.1f} s and {taken['two']:.1f} s of the clock on {cores} cores"
    beside += f"; {one:.1f} s and {two:.1f} s of CPU"
    return Figure("two processes against one, data/broadcast", f"{ratio:.2f} times", "1.7 times", beside)


def used(run: Callable[[], object]) -> float:
    """Return the seconds of CPU of a run, its other processes included; whoever else is at work does not count."""
    before = os.times()
    run()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def read(records: Sequence[Record], codebook: Codebook, jobs: int = 1) -> int:
    """Read all records as the program does, and return how many rows came out."""
    return sum(len(reading.observations) for reading in readings(records, codebook, jobs))


if __name__ == "__main__":
    raise SystemExit(main())

"""Measure the most memory that one process holds while it reads all of data/broadcast, one after the other.

    python bench/memory.py

The peak is told at several points: a reader that kept what it read would show a rising line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from common import Figure, broadcast, options, readings, tell
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.pipeline.reading import Record


def main() -> int:
    """Print the peak after each part of the days, and at the end."""
    parser = options(__doc__)
    parser.add_argument("--days", type=int, metavar="N", help="days of the broadcast (default: all)")
    parser.add_argument(
        "--every", type=int, metavar="N", default=200, help="documents between two points (200)"
    )
    chosen = parser.parse_args()
    codebook = load_codebook()
    points = list(peaks(broadcast(chosen.days), codebook, chosen.every))
    line = ", ".join(f"{count}: {peak} MB" for count, peak in points)
    highest = max(peak for _, peak in points)
    tell(
        [Figure("peak memory over data/broadcast", f"{highest} MB", "400 MB", f"by documents {line}")],
        chosen.json,
    )
    return 0


def peaks(records: Iterator[Record], codebook: Codebook, every: int) -> Iterator[tuple[int, int]]:
    """Read all records and give the peak so far, in MB: before, after every so many, and at the end."""
    count = 0
    yield 0, peak()
    for count, _ in enumerate(readings(records, codebook), 1):
        if count % every == 0:
            yield count, peak()
    yield count, peak()


def peak() -> int:
    """Return the peak of this process's resident memory in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage tells the parent's peak too, where the parent was the larger one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) // 1024
    import resource

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


if __name__ == "__main__":
    raise SystemExit(main())

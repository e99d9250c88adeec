"""Measure what one `tallyroom read` of one briefing costs: CPU seconds of a whole fresh process.

    python bench/start.py

With the compiled codebooks kept from an earlier run (warm), without them (cold), and the interpreter alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from common import ROOT, Figure, options, stop, tell

BRIEFING = next(iter(sorted((ROOT / "examples/briefings").glob("*.txt"))), ROOT / "README.md")
READ = [sys.executable, "-m", "tallyroom", "read", str(BRIEFING)]
ALONE = [sys.executable, "-c", "pass"]


def main() -> int:
    """Print the median CPU seconds of user and system together."""
    parser = options(__doc__)
    parser.add_argument(
        "--runs", type=int, metavar="N", default=7, help="runs of which the median counts (7)"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        seconds(READ, Path(cache))  # compiles the codebooks, and the modules
        warm = median(seconds(READ, Path(cache)) for _ in range(chosen.runs))
        alone = median(seconds(ALONE, Path(cache)) for _ in range(chosen.runs))
    cold = median(in_a_new_cache(READ) for _ in range(chosen.runs))
    figures = [
        Figure(
            "tallyroom read of one briefing, warm",
            f"{warm:.2f} s of CPU",
            "0.6 s",
            f"interpreter {alone:.2f} s",
        ),
        Figure(
            "the same, codebooks not compiled yet", f"{cold:.2f} s of CPU", "", f"interpreter {alone:.2f} s"
        ),
    ]
    tell(figures, chosen.json)
    return 0


def in_a_new_cache(command: list[str]) -> float:
    """Return the CPU seconds of a command that finds no compiled codebooks."""
    with tempfile.TemporaryDirectory() as cache:
        return seconds(command, Path(cache))


def seconds(command: list[str], cache: Path) -> float:
    """Run a command to its end and return its CPU seconds, user and system, children included."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT / "src")}
    before = os.times()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    after = os.times()
    if done.returncode:
        stop(f"{' '.join(command[1:])} failed: {done.stderr.decode(errors='replace').strip()}")
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    raise SystemExit(main())

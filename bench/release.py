"""Measure what a bulletin costs: CPU seconds from the record to all formats in both languages, and back.

    python bench/release.py

The founding release: 36 reporting units, 110 figures, each with its entries traced to their cells.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from common import ROOT, Figure, options, tell
from tallyroom.codebook import load_codebook
from tallyroom.ledger import open_ledger
from tallyroom.pipeline.founding import JULY, file_founding
from tallyroom.pipeline.releasing import build_release, verify_release, write_release

SOURCE = ROOT / "examples/releases/founding.yaml"


def main() -> int:
    """Print the CPU seconds of a first build, a second one, and a verification that rebuilds everything."""
    chosen = options(__doc__).parse_args()
    load_codebook()
    with tempfile.TemporaryDirectory() as folder, open_ledger(":memory:") as ledger:
        file_founding(ledger, JULY, Path(folder) / "returns")
        start = time.process_time()
        built = build_release(ledger, SOURCE)
        first = time.process_time() - start
        output = Path(folder) / "release"
        write_release(built, output)
        start = time.process_time()
        wrong = list(verify_release(output, ledger))
        again = time.process_time() - start
    size = sum(map(len, built.files.values()))
    figures = [
        Figure(
            "a bulletin in all formats and both languages", f"{first:.2f} s of CPU", "10 s",
            f"{len(built.files)} files, {size / 1e6:.1f} MB, {len(built.facts)} figures",
        ),
        Figure("rebuilt from its manifest, byte for byte", f"{again:.2f} s of CPU", "", f"{len(wrong)} files differ"),
    ]  # fmt: skip
    tell(figures, chosen.json)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Measure what a second process adds where a folder holds documents of all formats.

    python bench/mixed.py               1,000 generated briefings: texts, pages, mails, Word files, PDFs by turns
    python bench/mixed.py --files 100   fewer

The time is that of the clock, of the command from its start to the last row; of one document, the mean in this process.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from checkout import ROOT
from common import Figure, generated, medians, options, stop, tell

sys.path.insert(0, str(ROOT / "tests"))

from rendering import render
from speed import used
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.pipeline.reading import Failure, Record, read_sources

KINDS = ("txt", "html", "docx", "eml", "pdf")
WANTED = 1.7


def main() -> int:
    """Print how many times as fast two processes are as one, and how long each format takes."""
    parser = options(__doc__)
    parser.add_argument("--files", type=int, metavar="N", default=1000, help="documents (1,000)")
    parser.add_argument(
        "--runs", type=int, metavar="N", default=3, help="runs of which the median counts (3)"
    )
    chosen = parser.parse_args()
    codebook = load_codebook()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write(folder, chosen.files, codebook)
        rows = {jobs: read(folder, jobs) for jobs in (1, 2)}
        if rows[1] != rows[2]:
            stop("one process and two give other rows")
        runs = {str(jobs): lambda jobs=jobs: read(folder, jobs) for jobs in (1, 2)}
        taken = medians(runs, chosen.runs, time.perf_counter)
        one, two = (used(lambda jobs=jobs: read(folder, jobs)) for jobs in (1, 2))
        beside = (
            f"{taken['1']:.1f} s and {taken['2']:.1f} s of the clock; {one:.1f} s and {two:.1f} s of CPU; "
        )
        beside += f"{size / 1e6:.1f} MB, {len(rows[1].splitlines()):,} rows"
        figures = [
            Figure(
                f"two processes against one, {chosen.files:,} files of {len(KINDS)} formats",
                f"{taken['1'] / taken['2']:.2f} times", f"{WANTED} times", beside,
            ),
            *each_kind(folder, codebook),
        ]  # fmt: skip
    tell(figures, chosen.json)
    return 0


def write(folder: Path, files: int, codebook: Codebook) -> int:
    """Write the briefings, a folder a format, and return their bytes."""
    size = 0
    records = itertools.islice(generated(codebook, seed=11), files)
    for kind, record in zip(itertools.cycle(KINDS), records, strict=False):
        (folder / kind).mkdir(exist_ok=True)
        size += (folder / kind / f"{record.id}.{kind}").write_bytes(_bytes(kind, record))
    return size


def _bytes(kind: str, record: Record) -> bytes:
    """A briefing in a format; every other text is in GB 18030, as many are."""
    if kind == "txt":
        return record.text.encode("gb18030" if record.lang == "zh" else "utf-8")
    if kind == "eml":
        return _mail(record)
    return render(record.text, kind, record.id, record.published)[1]


def _mail(record: Record) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "press@agency.example", "desk@paper.example", record.id
    if record.published:
        mail["Date"] = record.published.strftime("%a, %d %b %Y 08:00:00 +0000")
    mail.set_content(record.text)
    return mail.as_bytes()


def read(folder: Path, jobs: int) -> bytes:
    """Read a folder with the command and return its rows; a document that is not read ends the bench."""
    command = [
        sys.executable,
        "-m",
        "tallyroom",
        "read",
        str(folder),
        "--format",
        "jsonl",
        "--jobs",
        str(jobs),
    ]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    if done.returncode:
        stop(done.stderr.decode())
    return done.stdout


def each_kind(folder: Path, codebook: Codebook) -> Iterator[Figure]:
    """Give the time that one document of each format takes in one process."""
    for kind in KINDS:
        begun = time.perf_counter()
        found = sum(not isinstance(outcome, Failure) for outcome in read_sources([folder / kind], codebook))
        each = (time.perf_counter() - begun) / found
        yield Figure(f"one document as {kind}", f"{1000 * each:.1f} ms", "", f"mean of {found}")


if __name__ == "__main__":
    raise SystemExit(main())

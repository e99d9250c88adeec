"""Try to break every parser of documents with mutated valid files: no crash, no hang, bounded memory.

    python bench/fuzz.py                        each parser ten minutes with each engine: hours
    python bench/fuzz.py --seconds 60 docx eml  these only, a minute each
    python bench/fuzz.py --engine hypothesis    with one engine
    python bench/fuzz.py --keep found           keep the files that broke something in a folder
    python bench/fuzz.py --seed 1               the same files each time

hypothesis draws changes of valid files (tests/documents/fuzzing.py); atheris (on Linux alone)
chooses them by the lines of code that they reach. Each run is a process of its own that may take 4 GB; PDFs are opened
as users open them, in a process beside it. A file that keeps its parser busy for a minute counts as a hang.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from common import ROOT, Figure, options, stop, tell

PARSERS = ("text", "html", "docx", "xlsx", "csv", "eml", "zip", "pdf")
ENGINES = ("hypothesis", "atheris")
SPARE = 120
"""Seconds that a run may take beyond its time: to load, and to end."""
_RUNS = re.compile(r"Done (\d+) runs")
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))}


class Run(NamedTuple):
    """What one run came to: files tried, and what was found."""

    files: int
    memory: int
    """Megabytes at most."""
    found: str


def main() -> int:
    """Print a line for each parser and engine."""
    parser = options(__doc__)
    parser.add_argument(
        "parsers", nargs="*", metavar="PARSER", help=f"of {', '.join(PARSERS)}; all by default"
    )
    parser.add_argument("--seconds", type=int, default=600, metavar="N", help="for each run (600)")
    parser.add_argument("--engine", choices=ENGINES, help="both by default")
    parser.add_argument("--seed", type=int, metavar="N", help="begin here; otherwise anywhere")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the files that broke something")
    chosen = parser.parse_args()
    if unknown := set(chosen.parsers) - set(PARSERS):
        stop(f"there is no parser {', '.join(sorted(unknown))}; there are {', '.join(PARSERS)}")
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    figures = [
        figure(name, engine, chosen.seconds, chosen.seed, chosen.keep)
        for name in chosen.parsers or PARSERS
        for engine in ([chosen.engine] if chosen.engine else ENGINES)
    ]
    tell(figures, chosen.json)
    return 0


def figure(name: str, engine: str, seconds: int, seed: int | None, keep: Path | None) -> Figure:
    """Run one engine on one parser and return its line."""
    what, wanted = f"{name}, {engine}, {seconds} s: broken files", "0"
    if engine == "atheris" and importlib.util.find_spec("atheris") is None:
        return Figure(what, "not run", wanted, "atheris is not installed")
    with tempfile.TemporaryDirectory() as folder:
        kept = str((keep or Path(folder)).resolve())
        done = run(name, engine, seconds, seed or int(time.time()), kept, folder)
    print(f"{what}: {done.found or 0}, {done.files:,} files", file=sys.stderr, flush=True)
    return Figure(what, done.found or "0", wanted, f"{done.files:,} files, at most {done.memory:,} MB")


def run(name: str, engine: str, seconds: int, seed: int, kept: str, folder: str) -> Run:
    """Run one engine in a process of its own."""
    program = Path(__file__).with_name(f"fuzz_{engine}.py")
    command = [sys.executable, str(program), name, str(seconds), str(seed), kept]
    try:
        done = subprocess.run(
            command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, errors="replace",
            timeout=seconds + SPARE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Run(0, 0, "a hang of the whole run")
    told = next((line for line in reversed(done.stdout.splitlines()) if line.startswith("{")), None)
    known = json.loads(told) if told else {}
    runs = _RUNS.search(done.stderr)
    files = int(runs[1]) if runs else known.get("files", 0)
    memory = max(known.get("memory", 0), *(int(each) for each in re.findall(r"rss: (\d+)Mb", done.stderr)), 0)
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
        return Run(files, memory, f"1 (exit status {done.returncode})")
    return Run(files, memory, "")


if __name__ == "__main__":
    raise SystemExit(main())

"""What the bench programs share: where the data lies, how time is measured, how figures are told."""

from __future__ import annotations

import argparse
import datetime
import gzip
import itertools
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple, NoReturn, TypeVar

from checkout import ROOT
from tallyroom.codebook import Codebook
from tallyroom.generate.briefings import a_briefing
from tallyroom.generate.pages import as_text
from tallyroom.model import Reading
from tallyroom.pipeline.reading import Failure, Record, read_records

Made = TypeVar("Made")


class Figure(NamedTuple):
    """One line of a bench: what was measured, what is wanted, and the same of a named reference."""

    what: str
    measured: str
    wanted: str = ""
    beside: str = ""


def options(about: str | None) -> argparse.ArgumentParser:
    """Return a parser with what every program takes; `about` is the program's docstring."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON list")
    return parser


def tell(figures: list[Figure], as_json: bool) -> None:
    """Print the figures as a small table, or as JSON for `run.py`."""
    if as_json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    lines = [("", "measured", "wanted", "beside it"), *figures]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def stop(message: str) -> NoReturn:
    """End the program: it cannot measure anything."""
    print(f"{Path(sys.argv[0]).name}: {message}", file=sys.stderr)
    raise SystemExit(1)


def shared(*parts: str) -> Path:
    """Return a file or folder of the shared data, which is never part of the project."""
    folder = Path(os.environ.get("TALLYROOM_SHARED") or ROOT.parent / "shared")
    path = folder.joinpath(*parts)
    if not path.exists():
        stop(f"there is no {path}; set TALLYROOM_SHARED to the folder that holds {parts[0]}/")
    return path


def held_out() -> frozenset[str]:
    """Return the ids of the annotated documents that are kept for one measurement at the end."""
    return frozenset(shared("corpus", "held-out.txt").read_text("utf-8").split())


def dev_texts() -> list[Record]:
    """Return the annotated briefings, without those held out."""
    folder, kept_apart = shared("corpus", "dev"), held_out()
    lines = (folder / "docs.jsonl").read_text("utf-8").splitlines()
    known = [
        document for document in map(json.loads, filter(None, lines)) if document["id"] not in kept_apart
    ]
    return [
        Record(one["id"], (folder / f"texts/{one['id']}.txt").read_bytes().decode(), _day(one["published"]))
        for one in known
    ]


def broadcast(days: int | None = None) -> Iterator[Record]:
    """Give the days of the television news one by one; with `days`, that many spread over all of them."""
    path = shared("data", "broadcast", "transcripts.jsonl.gz")
    if days is None:
        yield from _lines(path)
        return
    step = max(1, sum(1 for _ in _lines(path)) // days)
    yield from itertools.islice(_lines(path), 0, step * days, step)


def generated(codebook: Codebook, seed: int = 1, sets: int | None = None) -> Iterator[Record]:
    """Give generated briefings, Chinese and English by turns, about 15 figures each; without `sets` there is no end.

    For a million observations take readings until they are there: `readings(generated(codebook), codebook)`.
    """
    for number in itertools.count() if sets is None else range(sets):
        for lang in ("zh", "en"):
            briefing = a_briefing(seed, number, lang, codebook)
            yield Record(briefing.id, as_text(briefing), briefing.published, lang)


def _lines(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for line in lines:
            day = json.loads(line)
            yield Record(day["id"], day["text"], _day(day["published"]))


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def readings(records: Iterable[Record], codebook: Codebook, jobs: int = 1) -> Iterator[Reading]:
    """Read records as the program does.

    One that cannot be read ends the bench: its time would count as speed.
    """
    for outcome in read_records(records, codebook, jobs=jobs):
        if isinstance(outcome, Failure):
            stop(outcome.message)
        yield outcome


def medians(
    runs: dict[str, Callable[[], object]], times: int, clock: Callable[[], float] = time.process_time
) -> dict[str, float]:
    """Return the median seconds of each run. The runs take turns, so that a busy machine slows all alike."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            begun = clock()
            run()
            taken[name].append(clock() - begun)
    return {name: median(seconds) for name, seconds in taken.items()}


def timed(run: Callable[[], Made]) -> tuple[float, Made]:
    """Return seconds of CPU and what came out."""
    begun = time.process_time()
    made = run()
    return time.process_time() - begun, made


def machine() -> str:
    """Return what the figures were measured on."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"

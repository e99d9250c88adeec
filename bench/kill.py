"""Kill commands that write to one record, at random moments, and look whether it is well each time.

    python bench/kill.py                  two hundred times

read (of some hundred briefings), correct, returns submit and import take turns. After each kill the record is
verified, every commit that was there before must still be there, and the next commit must succeed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from common import ROOT, Figure, options, stop, tell
from tallyroom.ledger import open_ledger
from tallyroom.model import Draft, NewEntry, Query

SEED = 5
SETS = 12
"""Sets of returns that take turns."""
CAMPAIGN, ROUND = "hundred-days-2022", "2022-07"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TALLYROOM_AUTHOR": "bench"}
TALLYROOM = [sys.executable, "-m", "tallyroom"]


def main() -> int:
    """Print how often the record was well."""
    parser = options(__doc__)
    parser.add_argument("--times", type=int, metavar="N", default=200, help="how often (200)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        commands = [bench.read, bench.correct, bench.submit, bench.take_in]
        well = sum(bench.killed(commands[at % len(commands)]) for at in range(chosen.times))
        beside = f"{bench.commits:,} commits were kept; {bench.during} kills fell while the command ran"
    tell(
        [Figure(f"well after kill -9, {chosen.times} times", str(well), str(chosen.times), beside)],
        chosen.json,
    )
    return 0


class Bench:
    """A record, what the commands need, and how long each takes when it is let."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.ledger = folder, folder / "ledger"
        self._chance, self._seconds = random.Random(SEED), dict[str, float]()
        self.commits = self.during = 0
        run("generate", "briefings", "--count", "60", "--form", "text", "--output", folder / "briefings")
        sets = ("--count", str(SETS), "--format", "csv", "--output", folder / "returns")
        run("generate", "returns", CAMPAIGN, ROUND, *sets)
        run("read", ROOT / "examples/briefings", "--ledger", folder / "small", "--format", "jsonl")
        run("read", folder / "briefings", "--ledger", folder / "small", "--format", "jsonl")
        run("export", folder / "export", "--ledger", folder / "small")
        run("read", ROOT / "examples/briefings", "--ledger", self.ledger, "--format", "jsonl")
        self._number = self._filed = 0

    def killed(self, command: Callable[[], list[str | Path]]) -> bool:
        """Run a command, kill it at a moment within the time that it takes, and return whether all is well."""
        name = command.__name__
        if name not in self._seconds:
            begun = time.perf_counter()
            run(*command())
            self._seconds[name] = time.perf_counter() - begun
        before = self._hashes()
        arguments = [str(one) for one in command()]
        process = subprocess.Popen(
            [*TALLYROOM, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        )
        time.sleep(self._chance.uniform(0.4, 1.0) * self._seconds[name])
        self.during += process.poll() is None
        process.kill()
        process.wait()
        return self._is_well(before)

    def _hashes(self) -> list[str]:
        with open_ledger(self.ledger) as ledger:
            return [commit.hash for commit in ledger.commits()]

    def _is_well(self, before: list[str]) -> bool:
        for path in (self.ledger, self._other()):
            if path.exists():
                with open_ledger(path) as ledger:
                    entry = NewEntry("document", {"id": f"after-{self._number}"})
                    ledger.append(Draft("bench", "the next command", (entry,)))
                    found = [str(finding) for finding in ledger.verify()]
                    after = [commit.hash for commit in ledger.commits()]
                    if found or (path == self.ledger and after[: len(before)] != before):
                        print(f"{path.name}: {found[:3] or 'commits are gone'}", file=sys.stderr)
                        return False
        self.commits = len(self._hashes())
        return True

    def read(self) -> list[str | Path]:
        """Briefings of other names each time."""
        self._number += 1
        folder = self._folder / f"briefings-{self._number}"
        folder.mkdir()
        for text in (self._folder / "briefings/texts").iterdir():
            shutil.copy(text, folder / f"{self._number}-{text.name}")
        return ["read", folder, "--ledger", self.ledger, "--format", "jsonl"]

    def correct(self) -> list[str | Path]:
        """One figure, again and again."""
        self._number += 1
        with open_ledger(self.ledger) as ledger:
            entry = next(ledger.figures(Query({"source": ("national-quarter.en",)}))).entry
        return [
            "correct",
            str(entry),
            f"value={self._number + 1000}",
            "--reason",
            "bench",
            "--ledger",
            self.ledger,
        ]

    def submit(self) -> list[str | Path]:
        """The returns of all units, with other figures each time."""
        self._number += 1
        self._filed = self._filed % SETS + 1
        files = sorted((self._folder / f"returns/{self._filed:06}").glob("*.csv"))
        told = ("--received", "2022-08-01", "--correct", f"again {self._number}")
        return ["returns", "submit", CAMPAIGN, *files, *told, "--ledger", self.ledger]

    def take_in(self) -> list[str | Path]:
        """An export into a record that is yet to begin."""
        self._number += 1
        return ["import", self._folder / "export", "--ledger", self._other()]

    def _other(self) -> Path:
        return self._folder / f"other-{self._number}"


def run(*arguments: str | Path) -> None:
    """Run a command to its end; one that fails ends the bench."""
    command = [*TALLYROOM, *map(str, arguments)]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False
    )
    if done.returncode:
        stop(f"tallyroom {arguments[0]}: {done.stderr}")


if __name__ == "__main__":
    raise SystemExit(main())

"""Several processes on one record: nothing is lost, nobody sees an error, and who is killed harms nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers import a_briefing
from tallyroom.ledger import open_ledger
from tallyroom.model import Query

HERE = Path(__file__).parent
PATHS = os.pathsep.join([str(HERE.parent.parent / "src"), str(HERE.parent)])
ENVIRONMENT = {**os.environ, "PYTHONPATH": PATHS}

WRITERS, COMMITS, READERS = 4, 1000, 2
WRITE = f"""
import sys
from helpers import a_briefing
from tallyroom.ledger import open_ledger
with open_ledger(sys.argv[1]) as ledger:
    for number in range({COMMITS}):
        ledger.append(a_briefing("2,589", id=f"{{sys.argv[2]}}-{{number}}"))
"""
READ = f"""
import sys
from tallyroom.ledger import open_ledger
from tallyroom.model import Query
with open_ledger(sys.argv[1]) as ledger:
    seen = 0
    while seen < {WRITERS * COMMITS}:
        commits = list(ledger.commits())
        assert [one.number for one in commits] == list(range(1, len(commits) + 1)), "a commit is out of order"
        for one, after in zip(commits, commits[1:]):
            assert after.parent == one.hash and after.time >= one.time, "the chain is broken"
        assert len(commits) >= seen, "a commit is gone"
        seen = len(commits)
        at = max(0, seen - 5)
        assert len(list(ledger.figures(Query(), at))) == at, "a figure is gone"
"""


def start(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    )


def test_four_processes_write_while_two_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    processes = [start("-c", WRITE, str(path), f"writer{number}") for number in range(WRITERS)]
    processes += [start("-c", READ, str(path)) for _ in range(READERS)]
    told = [(*process.communicate(timeout=500), process.returncode) for process in processes]

    assert told == [("", "", 0)] * (WRITERS + READERS)
    with open_ledger(path, create=False) as ledger:
        names = {figure.observation.source for figure in ledger.figures(Query())}
        assert names == {f"writer{n}-{at}" for n in range(WRITERS) for at in range(COMMITS)}
        assert len(list(ledger.commits())) == WRITERS * COMMITS
        assert list(ledger.verify()) == []


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "export"
    with open_ledger(":memory:") as ledger:
        for number in range(120):
            ledger.append(a_briefing(*["2,589"] * 20, id=f"doc{number}"))
        ledger.export(folder)
    return folder


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", ["append", "batch", "correct", "import"])
def test_a_process_that_is_killed_leaves_the_last_whole_commit(
    tmp_path: Path, export: Path, kind: str, seed: int
) -> None:
    path = tmp_path / "ledger"
    process = start(str(HERE / "busy.py"), kind, str(path), str(export))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(f"{kind}{seed}").uniform(0.01, 0.4))
    process.kill()
    acknowledged = process.communicate()[0].split()

    if kind == "import":
        for left in imported(tmp_path):
            with open_ledger(left) as ledger:
                head = ledger.head()
                assert (head.number if head else 0) in (0, 120)
                assert list(ledger.verify()) == []
                assert ledger.take_in(export) == (0 if head else 120)
        return
    with open_ledger(path) as ledger:
        head = ledger.head()
        assert (head.number if head else 0) >= max(map(int, acknowledged), default=0)
        assert list(ledger.verify()) == []
        ledger.append(a_briefing("1", id="after"))
        assert list(ledger.verify()) == []


def imported(folder: Path) -> list[Path]:
    """The records that were begun, without the files that SQLite keeps beside them."""
    return [path for path in folder.glob("ledger.*") if path.suffix[1:].isdigit()]

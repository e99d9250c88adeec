"""One run of `fuzz.py` with hypothesis: PARSER SECONDS SEED FOLDER. The file that breaks something goes into FOLDER."""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from documents.fuzzing import KINDS, TARGETS, check, mutated

MEMORY = 4 * 1024**3
EXAMPLES = 300
EDITS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.floats(0, 1, exclude_max=True), st.integers(0, 1 << 16)), max_size=12
)


def main(name: str, seconds: float, begin: int, folder: Path) -> int:
    """Change files until the time is over; 1 with the first that breaks something."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    target, until, files = TARGETS[name], time.monotonic() + seconds, 0

    def changed(which: int, edits: list[tuple[str, float, int]]) -> None:
        nonlocal files
        if time.monotonic() > until:
            return
        files += 1
        seeds = target.seeds()
        data = mutated(seeds[which % len(seeds)], edits)
        try:
            check(data, target.name)
        except BaseException:
            (folder / f"hypothesis-{target.name}").write_bytes(data)
            raise

    drawn = given(st.integers(0, 99), EDITS)(changed)
    told = settings(
        max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )(drawn)
    for number in count(begin):
        if time.monotonic() > until:
            break
        seed(number)(told)()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"files": files, "memory": peak}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])))

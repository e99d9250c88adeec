"""Run every bench and write the table of `README.md` anew.

    python bench/run.py             everything: some minutes
    python bench/run.py --quick     with a sample of the broadcast; prints, and writes nothing
    python bench/run.py speed start only these; the lines of the others stay

The twelve documents that were once held out are among those scored.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

from common import Figure, machine, stop

BENCH = Path(__file__).parent
PAGE = BENCH / "README.md"
PROGRAMS = {
    "accuracy": [],
    "renderings": ["--corpus", "real"],
    "number_specs": [],
    "generated": ["--sets", "200"],
    "false_alarms": [],
    "speed": ["--days", "60", "--times", "10"],
    "pages": ["--size", "1"],
    "mixed": ["--files", "100", "--runs", "1"],
    "start": [],
    "memory": ["--days", "60"],
    "ledger": ["--rows", "20000"],
    "flip": ["--places", "100"],
    "kill": ["--times", "8"],
    "fuzz": ["--seconds", "5"],
    "returns": ["--rows", "5000"],
    "release": [],
    "pdf": ["--pages", "20"],
    "algebra": ["--worlds", "100", "--rows", "20000"],
}
"""Each program, and what makes it quick."""
_SPEC = re.compile(r"(\S+) +in scope +(\d+) +right +(\d+).*?([\d.]+%)")


def main() -> int:
    """Run the programs one after the other; 1 where one of them could not run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "programs", nargs="*", metavar="PROGRAM", help=f"of {', '.join(PROGRAMS)}; all by default"
    )
    parser.add_argument("--quick", action="store_true", help="measure samples, and write nothing")
    chosen = parser.parse_args()
    for name in chosen.programs or PROGRAMS:
        if name not in PROGRAMS:
            stop(f"there is no bench {name!r}; there are {', '.join(PROGRAMS)}")
        figures = measure(name, PROGRAMS[name] if chosen.quick else [])
        for figure in figures:
            print("  ".join(filter(None, figure)), flush=True)
        if not chosen.quick:
            write(name, figures)
    return 0


def measure(name: str, extra: list[str]) -> list[Figure]:
    """Run one program and return its figures."""
    as_json = [] if name == "number_specs" else ["--json"]
    command = [sys.executable, str(BENCH / f"{name}.py"), *as_json, *extra]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if not as_json:  # it ends with 1 where a share is too low, and tells its figures all the same
        return [
            Figure(f"{spec} of Recognizers-Text, in scope", share, "97%", f"{right} of {scope} cases")
            for spec, scope, right, share in _SPEC.findall(done.stdout)
        ]
    if done.returncode:
        stop(f"{name} could not run")
    return [Figure(*line) for line in json.loads(done.stdout)]


def write(name: str, figures: list[Figure]) -> None:
    """Put the lines of one program into the page, between its marks."""
    lines = "".join(
        f"| {figure.what} | {figure.wanted} | {figure.measured} | {figure.beside} |\n" for figure in figures
    )
    measured = f"`python bench/{name}.py`, {datetime.date.today().isoformat()}, {machine()}"
    table = f"{measured}\n\n| what | wanted | measured | beside it |\n|---|---|---|---|\n{lines}"
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    page = PAGE.read_text("utf-8")
    before, rest = page.split(begin, 1)
    PAGE.write_text(before + begin + table + end + rest.split(end, 1)[1], "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())

"""Count false alarms: rows drawn at random from all that is read in data/broadcast, judged by hand.

    python bench/false_alarms.py --draw    read all days and draw anew; verdicts that were entered stay
    python bench/false_alarms.py --show    print the rows without a verdict, each in its sentence
    python bench/false_alarms.py           tell the share of `no` among the verdicts

`false_alarms.tsv` holds the day, the offset of the figure, its characters, its indicator and the verdict:
`yes` for an enforcement figure, `no` for a false alarm. The sentence is only ever shown: the news are no part
of the project.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from common import Figure, broadcast, options, readings, stop, tell
from tallyroom.codebook import load_codebook

LIST = Path(__file__).with_name("false_alarms.tsv")
HEADINGS = ("day", "offset", "text", "indicator", "verdict")
SEED = "2026"
AROUND = 90


class Row(NamedTuple):
    """A row that was drawn, and what a person said of it."""

    day: str
    offset: int
    text: str
    indicator: str
    verdict: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What tells it from every other row, whatever else the reader changes about it."""
        return self.day, self.offset, self.indicator


def main() -> int:
    """Draw, show or count."""
    parser = options(__doc__)
    parser.add_argument("--draw", action="store_true", help="read all days and draw anew")
    parser.add_argument("--show", action="store_true", help="print the rows to judge with their context")
    parser.add_argument("--all", action="store_true", help="with --show: those with a verdict too")
    parser.add_argument("--rows", type=int, metavar="N", default=150, help="how many rows to draw (150)")
    chosen = parser.parse_args()
    if chosen.draw:
        save(drawn(chosen.rows, {row.key: row.verdict for row in load()}))
    rows = load()
    if not rows:
        stop(f"{LIST.name} is empty: run with --draw")
    if chosen.show:
        show([row for row in rows if chosen.all or not row.verdict])
    tell([counted(rows)], chosen.json)
    return 0


def drawn(count: int, verdicts: dict[tuple[str, int, str], str]) -> list[Row]:
    """Read all days and draw `count` rows.

    Those with the lowest hashes are drawn: a reader that has changed a little gives nearly the same draw, and
    most verdicts hold.
    """
    rows = []
    for reading in readings(broadcast(), load_codebook(), jobs=2):
        rows += [Row(reading.document.id, one.start, one.text, one.indicator) for one in reading.observations]
    print(f"{len(rows)} rows read in all days")
    lowest = sorted(rows, key=_lot)[:count]
    return sorted(row._replace(verdict=verdicts.get(row.key, "")) for row in lowest)


def _lot(row: Row) -> str:
    return hashlib.sha256(f"{SEED}/{row.day}/{row.offset}/{row.indicator}".encode()).hexdigest()


def counted(rows: Iterable[Row]) -> Figure:
    """Return the share of `no` among the rows that have a verdict."""
    verdicts = [row.verdict for row in rows]
    judged, false = sum(map(bool, verdicts)), verdicts.count("no")
    share = f"{false / judged:.1%}" if judged else "not judged"
    return Figure(
        "rows of data/broadcast that are no enforcement figure", share, "10%", f"{false} of {judged} judged"
    )


def show(rows: list[Row]) -> None:
    """Print each row between its neighbours in the text."""
    texts = {record.id: record.text for record in broadcast()}
    for row in rows:
        text, end = texts[row.day], row.offset + len(row.text)
        before, after = text[max(0, row.offset - AROUND) : row.offset], text[end : end + AROUND]
        context = f"{before}[[{text[row.offset : end]}]]{after}".replace("\n", " / ")
        print(f"{row.day} {row.offset} {row.indicator} {row.verdict or '?'}\n    {context}")


def load() -> list[Row]:
    """Return the rows of the list; none where it was not drawn yet."""
    if not LIST.is_file():
        return []
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        Row(row["day"], int(row["offset"]), row["text"], row["indicator"], row["verdict"]) for row in rows
    ]


def save(rows: list[Row]) -> None:
    """Write the list anew."""
    with LIST.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerows([HEADINGS, *rows])


if __name__ == "__main__":
    raise SystemExit(main())

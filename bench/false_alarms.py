"""Count false alarms: rows drawn at random from all that is read in data/broadcast, judged by hand.

    python bench/false_alarms.py --draw    read all days and draw anew; verdicts that were entered stay
    python bench/false_alarms.py --show    print the rows without a verdict, each in its sentence
    python bench/false_alarms.py --census  read all days and count the verdicts of every row that was ever judged
    python bench/false_alarms.py           tell the share of `no` among the verdicts

`false_alarms.tsv` holds the day, the offset of the figure, its characters, its indicator and the verdict:
`yes` for an enforcement figure, `no` for a false alarm, and why that. `judged_rows.tsv` holds the verdict of every row
that was ever judged, those that the reader's points are fitted to; a row that is drawn takes its verdict from there.
The sentence is only ever shown: the news are no part of the project.
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
JUDGED = Path(__file__).with_name("judged_rows.tsv")
HEADINGS = ("day", "offset", "text", "indicator", "verdict", "why")
SEED = "2026-11-24"
AROUND = 90


class Row(NamedTuple):
    """A row that was drawn, and what a person said of it."""

    day: str
    offset: int
    text: str
    indicator: str
    verdict: str = ""
    why: str = ""

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
    parser.add_argument("--census", action="store_true", help="count the verdicts of all rows that are read")
    parser.add_argument("--rows", type=int, metavar="N", default=150, help="how many rows to draw (150)")
    chosen = parser.parse_args()
    if chosen.draw:
        save(drawn(chosen.rows))
    rows = load(LIST)
    if not rows:
        stop(f"{LIST.name} is empty: run with --draw")
    if chosen.show:
        show([row for row in rows if chosen.all or not row.verdict])
    figures = [counted("rows of data/broadcast that are no enforcement figure", rows)]
    if chosen.census:
        known = verdicts()
        figures.append(counted("the same of all rows read", [known.get(row.key, row) for row in read()]))
    tell(figures, chosen.json)
    return 0


def read() -> list[Row]:
    """Return the rows of all days, without verdicts."""
    found = readings(broadcast(), load_codebook(), jobs=2)
    return [
        Row(one.document.id, row.start, row.text, row.indicator) for one in found for row in one.observations
    ]


def drawn(count: int) -> list[Row]:
    """Read all days and draw `count` rows.

    Those with the lowest hashes are drawn: a reader that has changed a little gives nearly the same draw, and
    most verdicts hold.
    """
    rows, known = read(), verdicts()
    print(f"{len(rows)} rows read in all days, {sum(row.key in known for row in rows)} of them judged")
    chosen = sorted(rows, key=_lot)[:count]
    return sorted(
        row._replace(verdict=known[row.key].verdict, why=known[row.key].why) if row.key in known else row
        for row in chosen
    )


def verdicts() -> dict[tuple[str, int, str], Row]:
    """Return every row that was judged, by its key."""
    return {row.key: row for row in (*load(JUDGED), *load(LIST)) if row.verdict}


def _lot(row: Row) -> str:
    return hashlib.sha256(f"{SEED}/{row.day}/{row.offset}/{row.indicator}".encode()).hexdigest()


def counted(what: str, rows: Iterable[Row]) -> Figure:
    """Return the share of `no` among the rows that have a verdict."""
    told = [row.verdict for row in rows]
    judged, false = sum(map(bool, told)), told.count("no")
    share = f"{false / judged:.1%}" if judged else "not judged"
    return Figure(what, share, "10%", f"{false} of {judged} judged")


def show(rows: list[Row]) -> None:
    """Print each row between its neighbours in the text."""
    texts = {record.id: record.text for record in broadcast()}
    for row in rows:
        text, end = texts[row.day], row.offset + len(row.text)
        before, after = text[max(0, row.offset - AROUND) : row.offset], text[end : end + AROUND]
        context = f"{before}[[{text[row.offset : end]}]]{after}".replace("\n", " / ")
        print(f"{row.day} {row.offset} {row.indicator} {row.verdict or '?'}\n    {context}")


def load(path: Path) -> list[Row]:
    """Return the rows of a list; none where it was not drawn yet."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        Row(
            row["day"],
            int(row["offset"]),
            row.get("text", ""),
            row["indicator"],
            row["verdict"],
            row.get("why", ""),
        )
        for row in rows
    ]


def save(rows: list[Row]) -> None:
    """Write the list anew."""
    with LIST.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerows([HEADINGS, *rows])


if __name__ == "__main__":
    raise SystemExit(main())

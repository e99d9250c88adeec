"""Measure how fast returns and published tables are read, checked and stored, beside plain readers that add up.

    python bench/returns.py                 a workbook of 100,000 rows, both editions of customs, UNODC's table
    python bench/returns.py --rows 5000     a smaller workbook

Seconds of CPU. The reference reads the same file with openpyxl or csv and adds its numbers up: it checks and stores
nothing. Each total is compared with the reference's; the bench stops where one differs.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TypeVar

from checkout import ROOT
from common import Figure, options, shared, stop, tell, timed
from tallyroom.codebook import load_campaign, load_mapping
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model.campaign import Campaign
from tallyroom.pipeline.collecting import return_totals, submit_return
from tallyroom.pipeline.tables import load_table, table_totals

Made = TypeVar("Made")
WANTED = "10 s"
SMALL = {"cases_delivery", "users_new", "users_isolated", "users_community", "users_recovery"}
"""Lines that are parts of others, so that their figures stay below those of the whole."""
TABLES = (
    (
        "cbp-drug-seizures",
        "cbp/nationwide-drugs-fy19-fy22.csv",
        "Sum Qty (lbs)",
        Decimal("0.45359237"),
        "pounds",
    ),
    (
        "cbp-drug-seizures",
        "cbp/nationwide-drugs-fy20-fy23.csv",
        "Sum Qty (lbs)",
        Decimal("0.45359237"),
        "pounds",
    ),
    ("unodc-drug-seizures", "unodc/seizures.csv", "KG Equivalent", Decimal(1), "quantity"),
)
assert ROOT  # what is measured is this checkout


def main() -> int:
    """Print the seconds of each step."""
    parser = options(__doc__)
    parser.add_argument(
        "--rows", type=int, metavar="N", default=100_000, help="rows of the workbook (100000)"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = workbook(Path(folder), chosen.rows)
        for mapping, path, column, factor, figure in TABLES:
            figures.append(table(Path(folder), mapping, shared("data", path), (column, factor, figure)))
    tell(figures, chosen.json)
    return 0


def workbook(folder: Path, rows: int) -> list[Figure]:
    """Return the seconds of a return of so many rows, of its totals, and of openpyxl on the same file."""
    campaign = load_campaign("hundred-days-2022")
    data = a_workbook(campaign, rows)
    day = datetime.date(2022, 8, 1)
    with open_ledger(folder / "returns.db") as ledger:
        dry, _ = timed(lambda: submit_return(ledger, campaign, data, received=day, dry_run=True))
        kept, outcome = timed(lambda: submit_return(ledger, campaign, data, received=day))
        if not outcome.stored:
            stop(f"the workbook was not taken: {outcome.remarks[:3]}")
        added, totals = timed(lambda: return_totals(ledger, campaign, "2022-07"))
        theirs, sums = timed(lambda: with_openpyxl(data))
    differing = [
        one.line for one in totals if one.line in sums and one.fact.observation.value != sums[one.line]
    ]
    if differing or len(sums) != len(campaign.form("results").lines):
        stop(f"totals differ from the sums of openpyxl: {differing}")
    beside = f"openpyxl, read and added up: {theirs:.1f} s"
    what = f"XLSX return of {rows:,} rows"
    return [
        Figure(f"{what}: read and checked", f"{dry:.1f} s", "", beside),
        Figure(f"{what}: read, checked, stored", f"{kept:.1f} s", WANTED, beside),
        Figure(f"{what}: its totals from the record", f"{added:.1f} s", "", "equal to those of openpyxl"),
    ]


def a_workbook(campaign: Campaign, rows: int) -> bytes:
    """A return by place and day, as a province with many counties would file it."""
    import xlsxwriter

    random, out = Random(0), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Form")
    sheet.write_row(0, 0, ["Reporting unit", "CN-YN"])
    sheet.write_row(1, 0, ["Round", "2022-07"])
    sheet.write_row(3, 0, ["line", "area", "period", "unit", "value", "explanation"])
    for at, (place, day, code) in enumerate(itertools.islice(cells(campaign), rows), 4):
        line = campaign.line(code)
        value = random.randrange(300 if code in SMALL else 1000) / (1000 if line.decimals else 1)
        sheet.write_row(at, 0, [code, place, day, line.unit, value, ""])
    book.close()
    return out.getvalue()


def cells(campaign: Campaign) -> itertools.product[tuple[str, str, str]]:
    """Places, days and lines without end."""
    first = campaign.start
    places = (f"County {number:04}" for number in range(10_000))
    days = [str(first + datetime.timedelta(number)) for number in range(37)]
    return itertools.product(places, days, campaign.form("results").lines)


def with_openpyxl(data: bytes) -> dict[str, Decimal]:
    """The reference: each line's values added up as exact decimals."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True)["Form"]
    sums: dict[str, Decimal] = {}
    for code, _, _, _, value, *_ in sheet.iter_rows(min_row=5, values_only=True):
        sums[code] = sums.get(code, Decimal(0)) + Decimal(str(value))
    return sums


def table(folder: Path, code: str, path: Path, column: tuple[str, Decimal, str]) -> Figure:
    """Return the seconds of one published table, beside csv and a sum."""
    mapping = load_mapping(code)
    name, factor, figure = column
    with open_ledger(folder / f"{path.stem}.db") as ledger:
        taken, outcome = timed(lambda: load_table(ledger, mapping, path))
        if not outcome.stored:
            stop(f"{path} was not taken: {outcome.remarks[:3]}")
        ours = total_of(ledger, code, path.stem, figure)
    theirs, expected = timed(lambda: with_csv(path, name))
    if ours != expected * factor:
        stop(f"{path.name}: the total {ours} differs from the sum {expected * factor}")
    beside = f"csv, read and added up: {theirs:.2f} s; totals equal"
    return Figure(
        f"{path.name}, {outcome.figures:,} figures: read, checked, stored", f"{taken:.1f} s", WANTED, beside
    )


def total_of(ledger: SqliteLedger, code: str, edition: str, figure: str) -> Decimal:
    """The sum of the totals of all years."""
    totals = table_totals(ledger, load_mapping(code), edition, ["year"])
    return sum((one.fact.observation.value for one in totals if one.figure == figure), Decimal(0))


def with_csv(path: Path, column: str) -> Decimal:
    """The reference: one column added up as exact decimals, without what is not stated."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        values = (row[column] for row in csv.DictReader(lines))
        return sum((Decimal(value) for value in values if value not in ("", "NULL")), Decimal(0))


if __name__ == "__main__":
    raise SystemExit(main())

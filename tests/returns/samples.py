"""Returns that tests file: sound ones, and workbooks with what a return must not hold."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tallyroom.codebook import load_campaign
from tallyroom.model import Ledger
from tallyroom.model.campaign import Campaign
from tallyroom.pipeline.collecting import Submission, submit_return

IN_TIME = datetime.date(2022, 8, 1)
FIGURES = {
    "cases": "120", "cases_delivery": "11", "suspects": "150", "drugs": "812.5", "gangs": "9", "networks": "2",
    "labs": "0", "precursors": "100", "chemicals_unlisted": "3", "users": "900", "users_new": "300",
    "users_isolated": "400", "users_community": "300", "users_recovery": "200",
}  # fmt: skip
"""What a unit reports on the form of results; the parts fit their wholes."""


def hundred_days() -> Campaign:
    return load_campaign("hundred-days-2022")


def a_table(rows: Iterable[Sequence[str]], header: Sequence[str] = ("line", "value")) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def results(unit: str = "CN-YN", round: str = "2022-07", **changes: str) -> bytes:
    """A sound return of results, with other values for some lines."""
    rows = [(unit, round, line, value, "") for line, value in {**FIGURES, **changes}.items()]
    return a_table(rows, ("reporting_unit", "round", "line", "value", "explanation"))


def border(unit: str, own: str, joint: str = "") -> bytes:
    rows = [(unit, "2022-07", "drugs_imported", "", own)]
    rows += [(unit, "2022-07", "drugs_imported", "yunnan-guangxi", joint)] if joint else []
    return a_table(rows, ("reporting_unit", "round", "line", "joint", "value"))


def cluster(unit: str, persons: Mapping[str, int]) -> bytes:
    rows = [(unit, "2022-07", line, case, str(value)) for case, count in persons.items()
            for line, value in (("targeted_cases", 1), ("cluster_persons", count))]  # fmt: skip
    return a_table(rows, ("reporting_unit", "round", "line", "joint", "value"))


def nil(unit: str, form: str = "border") -> bytes:
    return a_table(
        [(unit, form, "2022-07", "nil", "yes")], ("reporting_unit", "form", "round", "line", "value")
    )


def submit(ledger: Ledger | None, data: bytes, **how: Any) -> Submission:
    """Submit in time, unless it is said otherwise."""
    return submit_return(ledger, hundred_days(), data, **{"received": IN_TIME, **how})


def codes(outcome: Submission) -> list[str]:
    return [remark.code for remark in outcome.remarks]


def a_workbook(rows: Iterable[Sequence[Any]], **options: Any) -> bytes:
    """A workbook with one sheet; `formula`, `hide_sheet`, `hide_row` and `second` add what is not wanted."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Form")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    if "formula" in options:
        sheet.write_formula(*options["formula"])
    if options.get("hide_row"):
        sheet.set_row(options["hide_row"], None, None, {"hidden": True})
    if "second" in options:
        other = book.add_worksheet("Other")
        other.write_row(0, 0, options["second"])
        if options.get("hide_sheet"):
            other.hide()
    book.close()
    return out.getvalue()


def results_workbook(unit: str = "CN-YN", **options: Any) -> bytes:
    head = [
        ["填报单位 / Reporting unit", unit],
        ["报告期 / Round", "2022-07"],
        [],
        ["代码 / Line", "数值 / Value"],
    ]
    return a_workbook([*head, *([line, float(value)] for line, value in FIGURES.items())], **options)


def with_part(data: bytes, name: str, content: bytes, replace: bytes = b"") -> bytes:
    """The workbook with one part more, or with `content` in the place of `replace` in the part `name`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            held = old.read(part)
            new.writestr(
                part.filename, held.replace(replace, content) if part.filename == name and replace else held
            )
        if not replace:
            new.writestr(name, content)
    return out.getvalue()

"""Rows of a table to the cells that a return reports."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from tallyroom.model.campaign import Campaign, Form, Joint, Line, ReportingUnit, Round
from tallyroom.model.returns import Remark
from tallyroom.returns.grid import Grid
from tallyroom.returns.layout import Layout
from tallyroom.returns.lookup import find_line, find_place, is_unit_of, nearest
from tallyroom.returns.numbers import read_number
from tallyroom.returns.remarks import MOST, and_more, quoted
from tallyroom.returns.reported import Key, ReportedCell
from tallyroom.returns.wording import answer

Row = Sequence[str]


class RowReader:
    """Reads the rows of one return; what is wrong in a row is remarked, and the row left out."""

    def __init__(
        self, grid: Grid, layout: Layout, campaign: Campaign, place: tuple[ReportingUnit, Form, Round]
    ) -> None:
        self.grid, self.campaign = grid, campaign
        self.unit, self.form, self.round = place
        self.first = layout.header + 1
        self.remarks: list[Remark] = []
        self.nil_rows: list[int] = []
        self._at = layout.columns
        self._value, self._line = self._at["value"], self._at["line"]
        self._lines: dict[str, Line | None] = {}
        self._places: dict[str, ReportingUnit | None] = {}
        self._seen: dict[Key, int] = {}

    def read(self) -> list[ReportedCell]:
        """Return the cells of all rows that are sound."""
        cells = []
        for at in range(self.first, len(self.grid.rows)):
            if len(self.remarks) >= MOST:
                self.remarks.append(and_more(at + self.grid.first_row))
                break
            row = self.grid.rows[at]
            cell = self._read_row(at, row) if any(row) else None
            if cell is not None:
                cells.append(cell)
        return cells

    def remark(
        self, code: str, at: int, column: str, says: str, expected: str = "", next_step: str = ""
    ) -> None:
        place = self._at.get(column, self._value)
        row = self.grid.rows[at]
        found = row[place] if place < len(row) else ""
        shown = quoted(found) if found else "nothing"
        number, cell = at + self.grid.first_row, self.grid.cell(at, place)
        self.remarks.append(Remark(code, "hard", says, number, cell, expected, shown, next_step))

    def _text(self, row: Row, column: str) -> str:
        at = self._at.get(column)
        return row[at] if at is not None and at < len(row) else ""

    def _read_row(self, at: int, row: Row) -> ReportedCell | None:
        written = row[self._value] if self._value < len(row) else ""
        if self._is_nil(at, row, written):
            return None
        line = self._known_line(at, row)
        if line is None or not self._fits_unit(at, row, line):
            return None
        joint, area, period = self._joint(at, row, line), self._area(at, row), self._period(at, row)
        if joint is None or area is None or period is None:
            return None
        value = self._number(at, row, written, line, bool(joint) or line.joint)
        if value is None:
            return None
        explanation = self._text(row, "explanation")
        cell = ReportedCell(line, value, written, at, self._value, joint, area, period, explanation)
        return cell if self._is_first(at, cell) else None

    def _is_nil(self, at: int, row: Row, written: str) -> bool:
        """A row whose line is the word for a nil return, answered with yes."""
        named = self._text(row, "line")
        if named in self._lines or answer(named) != "nil":
            return False
        if answer(written) == "yes" or answer(written) == "nil" or not written:
            self.nil_rows.append(at)
        elif answer(written) != "no":
            self.remark("RT118", at, "value", "a nil return is stated with yes.", "yes (是) or no (否)")
        return True

    def _known_line(self, at: int, row: Row) -> Line | None:
        named = self._text(row, "line")
        if named not in self._lines:
            self._lines[named] = find_line(self.campaign, named)
        line = self._lines[named]
        if line is None:
            says = "this row names no line of the campaign."
            known = [one.code for one in self.campaign.lines]
            self.remark("RT115", at, "line", says, ", ".join(self.form.lines), nearest(named, known))
        elif line.code not in self.form.lines or self.unit.code not in line.filed_by:
            says = f"the line {line.code} is not one that {self.unit.code} files on this form."
            fits = [one for one in self.form.lines if self.unit.code in self.campaign.line(one).filed_by]
            self.remark("RT116", at, "line", says, ", ".join(fits))
            return None
        return line

    def _fits_unit(self, at: int, row: Row, line: Line) -> bool:
        named = self._text(row, "unit")
        if not named or is_unit_of(named, line.unit):
            return True
        says = f"the unit contradicts that of the line {line.code}."
        self.remark("RT121", at, "unit", says, line.unit, f"give the figure in {line.unit}")
        return False

    def _joint(self, at: int, row: Row, line: Line) -> str | None:
        """The joint of a row: "" for none, None where it does not fit."""
        named = self._text(row, "joint")
        if not named and not line.joint:
            return ""
        may = self.campaign.joints_of(line, self.round, self.unit.code)
        if any(joint.code == named for joint in may):
            return named
        says = "this is no targeted case or set that the unit has a part in."
        if not named:
            says = "the row does not tell which targeted case it is about."
        self.remark(
            "RT126", at, "joint", says, _codes(may) or "nothing here", nearest(named, map(_code, may))
        )
        return None

    def _area(self, at: int, row: Row) -> str | None:
        """A place below the unit by its name; "" for the unit's own area, None for that of another unit."""
        named = self._text(row, "area")
        if named not in self._places:
            self._places[named] = find_place(self.campaign, named) if named else None
        owner = self._places[named]
        if owner is None or owner == self.unit:
            return "" if owner else named
        says = f"the place is the area of {owner.code}, and {self.unit.code} files this return."
        self.remark("RT143", at, "area", says, "a place within the unit's own area")
        return None

    def _period(self, at: int, row: Row) -> str | None:
        named = self._text(row, "period")
        if not named:
            return ""
        days = _days(named)
        if days is None or not self.round.start <= days[0] <= days[1] <= self.round.end:
            says = "this is no day or period within the round."
            self.remark("RT117", at, "period", says, f"days from {self.round.start} to {self.round.end}")
            return None
        period = f"{days[0]}/{days[1]}"
        return "" if period == self.round.period else period

    def _number(self, at: int, row: Row, written: str, line: Line, optional: bool) -> Decimal | None:
        if not written:
            if not optional:
                says = "the figure is missing."
                self.remark(
                    "RT125", at, "value", says, "a number, 0 for none", "nothing at all: state a nil return"
                )
            return None
        value = read_number(written)
        if value is None:
            step = "write it out: 12000, not 1.2万 or about 12,000"
            self.remark("RT118", at, "value", "this is no number.", "digits", step)
        elif value < 0:
            self.remark("RT119", at, "value", "a count or a quantity is never negative.", "0 or more")
        elif -int(value.as_tuple().exponent) > line.decimals:
            self.remark(
                "RT120", at, "value", "the figure has more decimals than the line takes.", _decimals(line)
            )
        else:
            return value
        return None

    def _is_first(self, at: int, cell: ReportedCell) -> bool:
        before = self._seen.setdefault(cell.key, at)
        if before != at:
            says = "the same figure stands twice in this return."
            self.remark("RT122", at, "value", says, f"it stands in row {before + self.grid.first_row}",
                "keep one of the two rows")  # fmt: skip
        return before == at


def _decimals(line: Line) -> str:
    return f"at most {line.decimals} decimals" if line.decimals else "a whole number"


def _code(joint: Joint) -> str:
    return joint.code


def _codes(joints: Sequence[Joint]) -> str:
    return ", ".join(map(_code, joints))


def _days(text: str) -> tuple[datetime.date, datetime.date] | None:
    first, _, last = text.partition("/")
    try:
        return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
    except ValueError:
        return None

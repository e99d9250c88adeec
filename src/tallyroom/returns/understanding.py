"""A table to a return: who filed it, which form, which round, and what it reports."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.model.campaign import Campaign, Form, ReportingUnit, Round
from tallyroom.model.returns import Remark
from tallyroom.returns.grid import Grid
from tallyroom.returns.layout import Layout, find_layout, known_names
from tallyroom.returns.lookup import find_form, find_line, find_round, find_unit, nearest, nearest_unit
from tallyroom.returns.opening import open_table
from tallyroom.returns.remarks import quoted
from tallyroom.returns.reported import Received, ReportedCell, Return
from tallyroom.returns.rows import RowReader
from tallyroom.returns.wording import answer, folded


def understand(data: bytes, campaign: Campaign, received: Received) -> tuple[Return | None, list[Remark]]:
    """Return what a file reports, and remarks on what is wrong in it.

    Returns:
        No return where columns, the unit, the form or the round are not known; remarks in the order of the
        rows.

    Raises:
        ReturnRefused: RT101 to RT109: the file itself cannot be used.
    """
    grid = open_table(data, known_names)
    layout, remarks = find_layout(grid)
    if layout is None or any(remark.code in ("RT110", "RT111") for remark in remarks):
        return None, remarks
    head = Head(grid, layout, campaign, received)
    head.campaign_named()
    unit, round, form = head.unit(), head.round(), head.form()
    if unit and round and form:
        head.files(unit, form, round)
    remarks += head.remarks
    if unit is None or round is None or form is None or head.remarks:
        return None, remarks
    return _read(grid, layout, campaign, (unit, form, round), remarks)


def _read(
    grid: Grid,
    layout: Layout,
    campaign: Campaign,
    place: tuple[ReportingUnit, Form, Round],
    remarks: list[Remark],
) -> tuple[Return, list[Remark]]:
    unit, form, round = place
    nil = answer(layout.head.get("nil", ("",))[0]) == "yes"
    reader = RowReader(grid, layout, campaign, place)
    cells = reader.read()
    nil = nil or bool(reader.nil_rows)
    found = reader.remarks
    if nil:
        # a form that states nil has blank figures: they are not missing
        found = [remark for remark in found if remark.code != "RT125"]
        found += _nil_with_figures(grid, cells)
    else:
        found += _missing_lines(campaign, place, cells, found)
    made = Return(campaign.code, unit, form, round, () if nil else tuple(cells), grid, nil)
    return made, sorted([*remarks, *found], key=lambda remark: remark.row)


def _nil_with_figures(grid: Grid, cells: list[ReportedCell]) -> Iterator[Remark]:
    for cell in cells:
        if cell.value:
            says = "a nil return reports a figure."
            yield Remark("RT128", "hard", says, row=cell.row + grid.first_row, cell=grid.cell(cell.row, cell.column),
                expected="no figure but 0", found=cell.text, next_step="take back the nil, or the figure")  # fmt: skip


def _missing_lines(
    campaign: Campaign,
    place: tuple[ReportingUnit, Form, Round],
    cells: list[ReportedCell],
    found: list[Remark],
) -> Iterator[Remark]:
    """Each line that the unit files must be told; a row that has a remark of its own is not missing too."""
    unit, form, _ = place
    if any(remark.row for remark in found):
        return
    told = {cell.line.code for cell in cells}
    for code in form.lines:
        line = campaign.line(code)
        if code not in told and unit.code in line.filed_by and not line.joint:
            says = f"the line {code} ({line.label.get('zh', '')} {line.label['en']}) is missing."
            yield Remark("RT125", "hard", says, expected="a row for each line of the form",
                next_step="add it, with 0 for none; nothing at all: state a nil return")  # fmt: skip
    if not cells:
        yield Remark("RT125", "hard", "the return reports nothing.", expected="figures, or a nil return",
            next_step="nothing to report: state a nil return")  # fmt: skip


class Head:
    """What is one for the whole return: told in its head, in a column that says the same in every row, or beside it."""

    def __init__(self, grid: Grid, layout: Layout, campaign: Campaign, received: Received) -> None:
        self.grid, self.layout, self.campaign, self.received = grid, layout, campaign, received
        self.remarks: list[Remark] = []

    def unit(self) -> ReportingUnit | None:
        """The unit that files. It must be the one in whose name the return is brought."""
        told, row, cell = self._one("reporting_unit", self.received.by or "")
        unit = find_unit(self.campaign, told) if told else None
        if unit is None:
            says = (
                "no reporting unit has this code or name."
                if told
                else "the return does not say who files it."
            )
            step = nearest_unit(self.campaign, told) if told else "fill in the reporting unit (填报单位)"
            self._remark("RT114", says, row, cell, told, step)
            return None
        by = find_unit(self.campaign, self.received.by) if self.received.by else unit
        if by != unit:
            says = "a return is filed, and corrected, by its own unit alone."
            step = "send it back to its unit; nobody else changes it"
            self._remark(
                "RT124", says, row, cell, f"a return of {unit.code}, brought by {self.received.by}", step
            )
            return None
        return unit

    def files(self, unit: ReportingUnit, form: Form, round: Round) -> None:
        """The unit is one that files the form in that round: a form of its own, at a time when it stands."""
        if unit not in self.campaign.expected(form, round):
            found = f"{unit.code}, which stands from {unit.since or 'ever'} to {unit.until or 'now'}"
            says = f"this unit does not file the form {form.code} for {round.code}."
            expected = ", ".join(one.code for one in self.campaign.expected(form, round))[:120]
            self._remark(
                "RT116", says, 0, "", found, "tallyroom campaign show tells who files what", expected
            )

    def campaign_named(self) -> None:
        """A return that names its campaign names this one."""
        told, row, cell = self._one("campaign", "")
        names = (self.campaign.code, *self.campaign.label.values(), " ".join(self.campaign.label.values()))
        if told and folded(told) not in map(folded, names):
            says = "the return is for another campaign."
            self._remark("RT139", says, row, cell, told, "", self.campaign.code)

    def round(self) -> Round | None:
        rounds = [one.code for one in self.campaign.rounds]
        told, row, cell = self._one("round", self.received.round or "")
        found = find_round(self.campaign, told)
        if found is None:
            says = (
                "this is no round of the campaign."
                if told
                else "the return does not say which round it is for."
            )
            self._remark("RT117", says, row, cell, told, nearest(told, rounds), ", ".join(rounds))
        return found

    def form(self) -> Form | None:
        """The form that is named, or else the one on which the lines of the rows stand."""
        told, row, cell = self._one("form", self.received.form or "")
        if told:
            found = find_form(self.campaign, told)
            if found is None:
                forms = [one.code for one in self.campaign.forms]
                self._remark(
                    "RT131",
                    "this is no form of the campaign.",
                    row,
                    cell,
                    told,
                    nearest(told, forms),
                    ", ".join(forms),
                )
            return found
        return self._form_of_lines()

    def _form_of_lines(self) -> Form | None:
        named = dict.fromkeys(self._column("line"))
        lines = [line for line in (find_line(self.campaign, name) for name in named if name) if line]
        forms = {self.campaign.form_of(line.code).code for line in lines}
        if len(forms) == 1:
            return self.campaign.form(forms.pop())
        says = "the lines stand on several forms." if forms else "the return does not say which form it is."
        self._remark("RT131", says, 0, "", ", ".join(sorted(forms)), "file each form as a return of its own",
            ", ".join(form.code for form in self.campaign.forms))  # fmt: skip
        return None

    def _column(self, name: str) -> list[str]:
        at = self.layout.columns.get(name)
        rows = self.grid.rows[self.layout.header + 1 :]
        return [row[at] if at < len(row) else "" for row in rows if any(row)] if at is not None else []

    def _one(self, name: str, beside: str) -> tuple[str, int, str]:
        """The one answer to a question of the head, with its row and cell; "" for none."""
        if name in self.layout.head and self.layout.head[name][0]:
            told, row, column = self.layout.head[name]
            return told, row + self.grid.first_row, self.grid.cell(row, column)
        values = dict.fromkeys(self._column(name))
        if len(values) > 1:
            self._several(name, values)
        first = next((value for value in values if value), "")
        if first:
            row = self.layout.header + 1
            return first, row + self.grid.first_row, self.grid.cell(row, self.layout.columns[name])
        return beside, 0, ""

    def _several(self, name: str, values: dict[str, None]) -> None:
        first, second, *_ = values
        row = self.layout.header + 1 + self._column(name).index(second)
        words = name.replace("_", " ")
        self._remark("RT129", f"a return has one {words}, and this one has several.", row + self.grid.first_row,
            self.grid.cell(row, self.layout.columns[name]), f"{first}, then {second or 'nothing'}",
            "file each as a return of its own", f"one {words} in all rows")  # fmt: skip

    def _remark(
        self, code: str, says: str, row: int, cell: str, found: str, next_step: str = "", expected: str = ""
    ) -> None:
        shown = quoted(found) if found else "nothing"
        self.remarks.append(
            Remark(
                code, "hard", says, row=row, cell=cell, expected=expected, found=shown, next_step=next_step
            )
        )

"""A table that somebody publishes to observations, by its mapping."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from tallyroom.codebook.mappings import MappedFigure, TableMapping
from tallyroom.codebook.problems import nearest
from tallyroom.model import Observation
from tallyroom.model.returns import Remark
from tallyroom.returns.grid import Grid
from tallyroom.returns.numbers import read_scientific, times
from tallyroom.returns.observing import Observed, TableText, interval, table_text
from tallyroom.returns.opening import open_table
from tallyroom.returns.remarks import MOST, and_more, quoted

Row = Sequence[str]
_WORD = re.compile(r"[a-z0-9]+")


class MappedTable(msgspec.Struct, frozen=True):
    """A table read by its mapping: its observations row by row, and how many cells state nothing."""

    grid: Grid
    text: TableText
    observed: tuple[Observed, ...]
    rows: int
    not_stated: int


def read_mapped(data: bytes, mapping: TableMapping, source: str) -> tuple[MappedTable | None, list[Remark]]:
    """Return the observations of a table, or what is wrong in it by row.

    Args:
        source: The id of the document that the table becomes.

    Returns:
        No table where a remark stops it. Rows of one cell are parts of one amount: each gets a `scope` of its
        own, so that none of them is taken for a rival claim or for a copy.

    Raises:
        ReturnRefused: RT101 to RT109: the file itself cannot be used.
    """
    grid = open_table(data, lambda names: sum(name in mapping.columns for name in names))
    at, remarks = _columns(grid, mapping)
    if remarks:
        return None, remarks
    reader = _RowReader(grid, mapping, at, source)
    observed = reader.read()
    if reader.remarks:
        return None, reader.remarks
    return MappedTable(grid, reader.text, tuple(observed), len(grid.rows) - 1, reader.not_stated), []


def _columns(grid: Grid, mapping: TableMapping) -> tuple[dict[str, int], list[Remark]]:
    header = [name.strip() for name in grid.rows[0]]
    row = grid.first_row
    remarks = []
    for name in mapping.columns:
        says, found = f"the column {name!r} is not there.", ", ".join(header)[:120]
        if name not in header:
            remarks.append(Remark("RT112", "hard", says, row, "", name, found, nearest(name, header)))
    for at, name in enumerate(header):
        if name in header[:at]:
            says = "two columns have one name."
            remarks.append(Remark("RT110", "hard", says, row, grid.cell(0, at), "", quoted(name)))
        elif name not in mapping.columns:
            says, step = "the mapping does not say what this column is.", "add it to the keys of the mapping"
            remarks.append(Remark("RT111", "hard", says, row, grid.cell(0, at), "", quoted(name), step))
    return {name: header.index(name) for name in mapping.columns if name in header}, remarks


class _RowReader:
    def __init__(self, grid: Grid, mapping: TableMapping, at: dict[str, int], source: str) -> None:
        self.grid, self.mapping, self.source = grid, mapping, source
        self.text = table_text(grid)
        self.remarks: list[Remark] = []
        self.not_stated = 0
        self._at = at
        self._keys = {key: at[column] for key, column in mapping.keys.items()}
        self._periods = _Kept(self._period)
        self._areas = _Kept(self._area)
        self._substances = _Kept(self._substance)
        self._factors = {figure.code: figure.factor for figure in mapping.figures}

    def read(self) -> list[Observed]:
        cells = list(self._cells())
        times = Counter(cell for cell in cells if cell is not None)
        told: Counter[Any] = Counter()
        made: list[Observed] = []
        for at, cell in enumerate(cells, 1):
            if len(self.remarks) == MOST:
                self.remarks.append(and_more(at + self.grid.first_row))
            if cell is None or len(self.remarks) > MOST:
                continue
            told[cell] += 1
            part = f"part {told[cell]} of {times[cell]}" if times[cell] > 1 else ""
            made += self._observe(at, cell, part)
        return made

    def _cells(self) -> Iterator[tuple[Any, ...] | None]:
        for at, row in enumerate(self.grid.rows[1:], 1):
            if len(self.remarks) >= MOST:
                self.remarks.append(and_more(at + self.grid.first_row))
                return
            yield self._cell(at, row)

    def remark(self, code: str, at: int, column: str, says: str, next_step: str = "") -> None:
        place = self._at[column]
        row = self.grid.rows[at]
        found = quoted(row[place]) if place < len(row) and row[place] else "nothing"
        self.remarks.append(
            Remark(
                code, "hard", says, at + self.grid.first_row, self.grid.cell(at, place), "", found, next_step
            )
        )

    def _cell(self, at: int, row: Row) -> tuple[Any, ...] | None:
        """What the row is about: area, period, substance, scope; None where that is not clear."""
        if not any(row):
            return None
        mapping = self.mapping
        area: tuple[str, ...] | None = mapping.area.fixed
        if mapping.area.column:
            names = row[self._at[mapping.area.names]] if mapping.area.names else ""
            area = self._areas[(row[self._at[mapping.area.column]], names)]
            if area is None:
                step = "give the mapping a code for it (area, codes)"
                self.remark(
                    "RT136", at, mapping.area.names or mapping.area.column, "this place has no code.", step
                )
        period = self._periods[tuple(row[self._at[name]] for name in _period_columns(mapping))]
        if period is None:
            self.remark(
                "RT117", at, mapping.period.month or mapping.period.year, "this is no period of the mapping."
            )
        substance = self._substance_of(at, row)
        if area is None or period is None or substance is None:
            return None
        scope = "; ".join(row[self._keys[key]].lower() for key in mapping.scope)
        return area, period, substance, scope

    def _substance_of(self, at: int, row: Row) -> str | None:
        told = self.mapping.substance
        if told is None:
            return ""
        found: str | None = self._substances[(row[self._at[told.column]],)]
        if found is None:
            step = nearest(row[self._at[told.column]], told.codes) or "give the mapping a code for it"
            self.remark("RT136", at, told.column, "this name has no code in the mapping.", step)
        return found

    def _observe(self, at: int, cell: tuple[Any, ...], part: str) -> Iterator[Observed]:
        row = self.grid.rows[at]
        keys = {key: row[place] for key, place in self._keys.items()}
        for figure in self.mapping.figures:
            written = row[self._at[figure.column]]
            if not written or written in self.mapping.missing:
                self.not_stated += 1
                continue
            value = read_scientific(written)
            if value is None:
                self.remark("RT118", at, figure.column, "this is no number.")
            elif value < 0:
                self.remark("RT119", at, figure.column, "a count or a quantity is never negative.")
            else:
                yield self._observed(at, cell, part, figure, value, keys)

    def _observed(
        self,
        at: int,
        cell: tuple[Any, ...],
        part: str,
        figure: MappedFigure,
        value: Decimal,
        keys: dict[str, str],
    ) -> Observed:
        area, period, substance, scope = cell
        place = self._at[figure.column]
        start, end = self.text.span(at, place)
        worth = times(value, figure.factor)
        step = times(Decimal(1).scaleb(int(value.as_tuple().exponent)), figure.factor)
        low, high, high_open = interval(worth, figure.unit, step)
        narrowed = "; ".join(one for one in (scope, part) if one)
        observation = Observation(
            source=self.source, start=start, end=end, text=self.grid.rows[at][place], indicator=figure.indicator,
            statistic="level", value=worth, upper=None, unit=figure.unit, qualifier="exact", area=area,
            period=period, operation=None, offence=self.mapping.offence, substance=substance or None,
            breakdown={"scope": narrowed} if narrowed else {}, low=low, high=high, low_open=False,
            high_open=high_open, counted=figure.counted.get("en", figure.written), agency=self.mapping.agency,
            operation_id=None, period_from="text", rule=f"mapping/{self.mapping.code}/{figure.code}",
            confidence=1.0,
        )  # fmt: skip
        more = {
            "cell": self.grid.cell(at, place),
            "mapping": self.mapping.code,
            "figure": figure.code,
            "keys": keys,
        }
        return Observed(observation, more)

    def _period(self, told: tuple[str, ...]) -> str | None:
        """The period of a year, or of a month of a year that begins in another month than January."""
        columns = self.mapping.period
        if not told[0].isdecimal() or len(told[0]) != 4:
            return None
        year = int(told[0])
        if columns.month:
            month = columns.months.get(told[1])
            if month is None:
                return None
            year -= columns.begins > 1 and month >= columns.begins
            return _span(
                datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
            )
        first = datetime.date(year - (columns.begins > 1), columns.begins, 1)
        return _span(first, first.replace(year=first.year + 1) - datetime.timedelta(1))

    def _area(self, told: tuple[str, ...]) -> tuple[str, ...] | None:
        code, name = told
        columns = self.mapping.area
        given = columns.codes.get(name) or columns.codes.get(code)
        if given:
            return (given,)
        found = _country(code, columns.scheme) if code else None
        return (found,) if found else None

    def _substance(self, told: tuple[str, ...]) -> str | None:
        """The code of a name; where others go by their name, its words in lower case with underscores."""
        columns = self.mapping.substance
        assert columns is not None  # or nobody asks
        given = columns.codes.get(told[0])
        if given or columns.others == "refused":
            return given
        return "_".join(_WORD.findall(told[0].lower())) or None


def _country(code: str, scheme: str) -> str | None:
    import pycountry

    countries: Any = pycountry.countries
    found = countries.get(**{"alpha_3" if scheme == "iso3" else "alpha_2": code})
    return str(found.alpha_2) if found else None


class _Kept(dict[tuple[str, ...], Any]):
    """What a function gave, kept by what it was asked: a table says the same few things many times."""

    def __init__(self, ask: Callable[[tuple[str, ...]], Any]) -> None:
        self._ask = ask

    def __missing__(self, told: tuple[str, ...]) -> Any:
        self[told] = self._ask(told)
        return self[told]


def _period_columns(mapping: TableMapping) -> tuple[str, ...]:
    period = mapping.period
    return (period.year, period.month) if period.month else (period.year,)


def _span(first: datetime.date, last: datetime.date) -> str:
    return f"{first}/{last}"

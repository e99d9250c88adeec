"""Tables and charts of facts: one row a figure, or one row a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.model import Fact, Observation
from tallyroom.release.edition import Bar, Block, Chart, Grid, Row, Runs
from tallyroom.release.names import Names
from tallyroom.release.numbers import NumberPrinter, Style
from tallyroom.release.phrases import must_say
from tallyroom.release.prose import Numberer
from tallyroom.release.selecting import cell_of
from tallyroom.release.template import Part

Column = dict[tuple[str, ...], int]
"""Of one figure, the fact of each place."""


class Tables:
    """Makes the tables and charts of one language."""

    def __init__(self, names: Names, printer: NumberPrinter, home: tuple[str, ...], number: Numberer) -> None:
        self._names, self._printer, self._home, self._number = names, printer, home, number
        self._wording = printer.wording
        self._texts = self._wording.texts

    def blocks(self, facts: Sequence[Fact], chosen: list[int], part: Part, caption: str) -> Iterator[Block]:
        """Give the tables or the chart that a block of a template asks for; nothing where no fact fits."""
        if not chosen:
            return
        if part.kind == "chart":
            yield self._chart(facts, chosen, part, caption)
        elif part.by == "area":
            yield from self._by_area(facts, chosen, caption)
        else:
            yield from self._by_figure(facts, chosen, caption)

    def _by_figure(self, facts: Sequence[Fact], chosen: list[int], caption: str) -> Iterator[Grid]:
        """One table for each operation and period."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for at in chosen:
            row = facts[at].observation
            groups.setdefault((row.operation_id, row.period), []).append(at)
        for group in groups.values():
            row = facts[group[0]].observation
            name = self._names.operation(row.operation_id) if row.operation_id else caption
            rows = tuple(self._figure_row(facts, at) for at in group)
            title = self._caption(name, row.period)
            yield Grid(name, title, self._texts["indicator"], (self._texts["value"],), rows)

    def _figure_row(self, facts: Sequence[Fact], at: int) -> Row:
        row = facts[at].observation
        said = must_say(row, self._names, self._wording)
        number = self._number(at, Style(counter=said.counter))
        where = "" if row.area == self._home or not row.area else self._names.areas(row.area)
        label = f"{where}{self._wording.words['colon']}{said.row}" if where else _capital(said.row)
        return Row(label, ((number,),))

    def _by_area(self, facts: Sequence[Fact], chosen: list[int], caption: str) -> Iterator[Grid]:
        """One table for each operation and period."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for at in chosen:
            row = facts[at].observation
            groups.setdefault((row.operation_id, row.period), []).append(at)
        for group in groups.values():
            yield self._places(facts, group, caption)

    def _places(self, facts: Sequence[Fact], chosen: list[int], caption: str) -> Grid:
        """One row a place, in the order in which the facts name them; one column a figure, all in one unit."""
        columns: dict[tuple[object, ...], Column] = {}
        for at in chosen:
            row = facts[at].observation
            columns.setdefault(_but_area(row), {})[row.area] = at
        areas = list(dict.fromkeys(facts[at].observation.area for at in chosen))
        made = [self._column(facts, column) for column in columns.values()]
        rows = tuple(
            Row(
                self._place(area),
                tuple(self._area_cell(column.get(area), style) for column, _, style in made),
            )
            for area in areas
        )
        told = facts[chosen[0]].observation
        operation = self._names.operation(told.operation_id) if told.operation_id else ""
        named = f"{caption}{self._wording.words['colon']}{operation}" if operation else caption
        title = self._caption(named, told.period)
        return Grid(caption, title, self._texts["area"], tuple(head for _, head, _ in made), rows)

    def _column(self, facts: Sequence[Fact], column: Column) -> tuple[Column, str, Style]:
        rows = [facts[at].observation for at in column.values()]
        show = self._printer.unit_for(rows)
        said = must_say(rows[0], self._names, self._wording)
        unit = said.counter or self._printer.word_for(rows[0], show)
        words = self._wording.words
        head = _capital(said.row) + (f"{words['open']}{unit}{words['close']}" if unit else "")
        return column, head, Style(show=show, decimals=self._printer.decimals_for(rows, show), bare=True)

    def _area_cell(self, at: int | None, style: Style) -> Runs:
        if at is None:
            return (f"[{self._wording.marks['x']}]",)
        return (self._number(at, style),)

    def _place(self, area: tuple[str, ...]) -> str:
        return self._texts["national"] if area == self._home else self._names.areas(area)

    def _caption(self, caption: str, period: str | None) -> str:
        words = self._wording.words
        return f"{caption}{words['open']}{self._names.period(period)}{words['close']}" if period else caption

    def _chart(self, facts: Sequence[Fact], chosen: list[int], part: Part, caption: str) -> Chart:
        told = [at for at in chosen if facts[at].status != "x"]
        ordered = sorted(told, key=lambda at: (-facts[at].observation.value, at))[: part.top or None]
        rows = [facts[at].observation for at in ordered]
        show = self._printer.unit_for(rows)
        style = Style(show=show, decimals=self._printer.decimals_for(rows, show))
        bars = tuple(
            Bar(self._bar_label(facts[at].observation, part), self._number(at, style)) for at in ordered
        )
        stub = self._texts["area" if part.by == "area" else "indicator"]
        return Chart(caption, self._caption(caption, facts[chosen[0]].observation.period), stub, bars)

    def _bar_label(self, row: Observation, part: Part) -> str:
        if part.by == "area":
            return self._place(row.area)
        return _capital(must_say(row, self._names, self._wording).row)


def _but_area(row: Observation) -> tuple[object, ...]:
    return tuple(value for at, value in enumerate(cell_of(row)) if at != 3)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

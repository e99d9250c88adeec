"""Tables and charts of facts: one row a figure, or one row a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.model import Fact, Observation
from tallyroom.release.edition import Bar, Block, Chart, Grid, Row, Runs
from tallyroom.release.names import Names
from tallyroom.release.numbers import Style
from tallyroom.release.phrases import must_say
from tallyroom.release.prose import Numberer
from tallyroom.release.selecting import cell_of
from tallyroom.release.template import Part
from tallyroom.release.wording import Wording


class Tables:
    """Makes the tables and charts of one language."""

    def __init__(self, names: Names, wording: Wording, home: tuple[str, ...], number: Numberer) -> None:
        self._names, self._wording, self._home, self._number = names, wording, home, number
        self._texts = wording.texts

    def blocks(self, facts: Sequence[Fact], chosen: list[int], part: Part, caption: str) -> Iterator[Block]:
        """Give the tables or the chart that a block of a template asks for; nothing where no fact fits."""
        if not chosen:
            return
        if part.kind == "chart":
            yield self._chart(facts, chosen, part, caption)
        elif part.by == "area":
            yield from self._by_area(facts, chosen, part, caption)
        else:
            yield from self._by_figure(facts, chosen, part, caption)

    def _by_figure(
        self, facts: Sequence[Fact], chosen: list[int], part: Part, caption: str
    ) -> Iterator[Grid]:
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

    def _by_area(self, facts: Sequence[Fact], chosen: list[int], part: Part, caption: str) -> Iterator[Grid]:
        columns: dict[tuple[object, ...], list[int]] = {}
        for at in chosen:
            columns.setdefault(_but_area(facts[at].observation), []).append(at)
        areas = dict.fromkeys(facts[at].observation.area for at in chosen)
        row = facts[chosen[0]].observation
        heads = tuple(self._head(facts[ats[0]].observation) for ats in columns.values())
        by_area = [{facts[at].observation.area: at for at in ats} for ats in columns.values()]
        rows = tuple(self._area_row(area, by_area) for area in areas)
        yield Grid(caption, self._caption(caption, row.period), self._texts["area"], heads, rows)

    def _area_row(self, area: tuple[str, ...], columns: list[dict[tuple[str, ...], int]]) -> Row:
        cells: list[Runs] = []
        for column in columns:
            at = column.get(area)
            cells.append(
                (self._number(at, Style()),) if at is not None else (f"[{self._wording.marks['x']}]",)
            )
        label = self._texts["national"] if area == self._home else self._names.areas(area)
        return Row(label, tuple(cells))

    def _head(self, row: Observation) -> str:
        return _capital(must_say(row, self._names, self._wording).row)

    def _area(self, row: Observation) -> str:
        if row.area == self._home:
            return self._texts["national"]
        return self._names.areas(row.area) if row.area else "—"

    def _caption(self, caption: str, period: str | None) -> str:
        words = self._wording.words
        return f"{caption}{words['open']}{self._names.period(period)}{words['close']}" if period else caption

    def _chart(self, facts: Sequence[Fact], chosen: list[int], part: Part, caption: str) -> Chart:
        ordered = sorted(chosen, key=lambda at: (-facts[at].observation.value, at))
        bars = tuple(
            Bar(self._bar_label(facts[at].observation, part), self._number(at, Style()))
            for at in ordered[: part.top or len(ordered)]
            if facts[at].status != "x"
        )
        return Chart(caption, self._caption(caption, facts[chosen[0]].observation.period), bars)

    def _bar_label(self, row: Observation, part: Part) -> str:
        if part.by == "area":
            return self._area(row)
        return _capital(must_say(row, self._names, self._wording).row)


def _but_area(row: Observation) -> tuple[object, ...]:
    return tuple(value for at, value in enumerate(cell_of(row)) if at != 3)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

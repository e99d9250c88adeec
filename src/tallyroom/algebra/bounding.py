"""Bounds: how low and how high the record lets a cell be, or a cell without others, and what forces each end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR

import msgspec

from tallyroom.algebra.ends import range_of
from tallyroom.algebra.findings import interval_of
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.levels import Levels
from tallyroom.algebra.linear.bounding import bounds
from tallyroom.algebra.linear.contradictions import contradictions
from tallyroom.algebra.linear.results import Budget, LinearBounds
from tallyroom.algebra.periods import grows
from tallyroom.algebra.regions import Link, Regions, link_row
from tallyroom.algebra.relative import Relative, ends_of
from tallyroom.algebra.system import Row, System
from tallyroom.algebra.telling import Teller
from tallyroom.algebra.ties import Ties
from tallyroom.model.finding import Bounds, Tie
from tallyroom.model.quantity import Interval
from tallyroom.model.record import Figure
from tallyroom.quantities.interval import COUNTS

_BUDGET = Budget()


class _Source(msgspec.Struct, frozen=True):
    """What a row of the system comes from: figures, or a tie."""

    entries: tuple[int, ...] = ()
    link: Link | None = None
    soft: bool = False


class Solved(msgspec.Struct, frozen=True):
    """Bounds before their figures are quoted: entries and ties that force each end, and what was left out."""

    reach: Interval
    unit: str
    low_by: tuple[int, ...]
    high_by: tuple[int, ...]
    low_links: tuple[Link, ...]
    high_links: tuple[Link, ...]
    published: tuple[int, ...]
    unsolved: str


class Bounder:
    """Answers what the record allows for a form: cells, each with what it is taken times."""

    def __init__(self, holding: Holding, ties: Ties, levels: Levels, regions: Regions, most: int) -> None:
        self._held, self._ties, self._levels, self._regions = holding, ties, levels, regions
        self._most = most

    def solve(self, form: Mapping[int, int]) -> Solved:
        """The ends of a form over cells of the holding, and what forces them."""
        cells, whole = self._cells(form)
        variable = {cell: n for n, cell in enumerate(cells)}
        rows, sources = self._rows(cells, variable, whole)
        terms = [(variable[cell], times) for cell, times in form.items()]
        ends, left_out = _solved(rows, sources, terms)
        unit = self._held.cell_at(next(iter(form))).place.measure.unit
        return Solved(
            reach=self._whole_numbers(interval_of(ends), unit), unit=unit,
            low_by=_entries(sources, ends.low_rows), high_by=_entries(sources, ends.high_rows),
            low_links=_links(sources, ends.low_rows), high_links=_links(sources, ends.high_rows),
            published=self._published(form), unsolved=_left_out(ends, left_out, 0 if whole else len(cells)),
        )  # fmt: skip

    def _published(self, form: Mapping[int, int]) -> tuple[int, ...]:
        if len(form) != 1:
            return ()
        return tuple(self._held.entry[claim] for claim in self._held.claims[next(iter(form))])

    def _whole_numbers(self, reach: Interval, unit: str) -> Interval:
        """Counts are whole numbers: their ends are drawn in to such."""
        measures = {one.measure for one in self._held.knowledge.codebook.units if one.code == unit}
        if not measures or not measures <= COUNTS:
            return reach
        low, high = reach.low, reach.high
        if low is not None and low != (whole := low.to_integral_value(ROUND_CEILING)):
            low, reach = whole, msgspec.structs.replace(reach, low_open=False)
        if high is not None and high != (whole := high.to_integral_value(ROUND_FLOOR)):
            high, reach = whole, msgspec.structs.replace(reach, high_open=False)
        return msgspec.structs.replace(reach, low=low, high=high)

    def _cells(self, form: Iterable[int]) -> tuple[list[int], bool]:
        """All cells that hang together with a form; of too many those around it and what is summed with them."""
        seen, queue = dict.fromkeys(form), deque(form)
        while queue and len(seen) <= self._most:
            for near in self._beside(queue.popleft()):
                if near not in seen:
                    seen[near] = None
                    queue.append(near)
        if len(seen) <= self._most:
            return list(seen), True
        return self._upwards(form), False

    def _beside(self, cell: int) -> Iterator[int]:
        yield from self._ties.beside(cell)
        yield from self._grown(cell)
        yield from self._shrunk(cell)
        yield from self._tied_by_figures(cell)

    def _upwards(self, form: Iterable[int]) -> list[int]:
        found, queue = dict.fromkeys(form), deque(form)
        while queue and len(found) <= self._most:
            cell = queue.popleft()
            wholes = [*self._ties.up[cell], *self._grown(cell), *self._tied_by_figures(cell)]
            for one in wholes:
                if one not in found:
                    found[one] = None
                    queue.append(one)
        for whole in list(found):
            for summed in self._ties.sums(whole):
                if len(found) + len(summed.parts) <= 4 * self._most:
                    found.update(dict.fromkeys(summed.parts))
        return list(found)

    def _grown(self, cell: int) -> Iterator[int]:
        """Later points of the series that a cell is of, and what contains them."""
        if not self._held.is_flow(self._held.place[cell]):
            return
        days = self._held.days[cell]
        around = self._ties.containers(cell, growth=True)
        yield from (one for one in around if grows(days, self._held.days[one]))

    def _shrunk(self, cell: int) -> Iterator[int]:
        """Earlier points of a series, and cells inside them."""
        held = self._held
        place, days = held.place[cell], held.days[cell]
        if held.is_flow(place):
            for one in (place, *sorted(held.places.below[place])):
                earlier = [span for span in held.spans[one] if grows(span, days)]
                if earlier:
                    yield held.number[one][max(earlier)]

    def _tied_by_figures(self, cell: int) -> Iterator[int]:
        held = self._held
        for entry in held.relative_at.get(held.cell_at(cell), ()):
            _, part, other = held.relative[entry]
            known = [held.find(one) for one in (part, other)]
            if None not in known:
                yield from (number for number in known if number is not None)
                continue
            numbers, fresh = held.ensure([part, other])
            if fresh:
                self._levels.update(self._ties.link(fresh))
            yield from numbers

    def _rows(
        self, cells: Sequence[int], variable: Mapping[int, int], whole: bool
    ) -> tuple[list[Row], list[_Source]]:
        region = self._regions.region(cells, whole=whole, order=cells)
        rows, sources = list(region.system.rows), list[_Source]()
        sources += [_Source((self._held.entry[claim],)) for claim in region.claims]
        sources += [_Source(link=link) for link in region.links]
        for row, source in self._soft_rows(cells, variable):
            rows.append(row)
            sources.append(source)
        if not whole:
            for row, source in self._cut_off(cells, variable):
                rows.append(row)
                sources.append(source)
        return rows, sources

    def _soft_rows(self, cells: Sequence[int], variable: Mapping[int, int]) -> Iterator[tuple[Row, _Source]]:
        entries: dict[int, None] = {}
        for cell in cells:
            for one in self._grown(cell):
                if one in variable:
                    link = Link("growth", one, (cell,), "period")
                    yield link_row(link, variable), _Source(link=link, soft=True)
            entries.update(dict.fromkeys(self._held.relative_at.get(self._held.cell_at(cell), ())))
        for entry in entries:
            yield from self._relative_rows(entry, variable)

    def _relative_rows(self, entry: int, variable: Mapping[int, int]) -> Iterator[tuple[Row, _Source]]:
        stated, *tied = self._held.relative[entry]
        part, other = (self._held.find(cell) for cell in tied)
        if part is None or other is None or part not in variable or other not in variable:
            return
        one = Relative(
            entry, stated.statistic, part, other, *ends_of(stated), stated.low_open, stated.high_open
        )
        link = Link("share" if stated.statistic == "share_pct" else "change", other, (part,), entry=entry)
        for row in one.rows(variable[part], variable[other]):
            yield row, _Source((entry,), link, soft=True)

    def _cut_off(self, cells: Sequence[int], variable: Mapping[int, int]) -> Iterator[tuple[Row, _Source]]:
        """What is known of cells whose parts were left out: at least as much as those are."""
        for cell in cells:
            least = self._levels.least[cell]
            if least > self._held.low[cell]:
                made_of = (claim for _, claim in self._levels.made_of(cell) if claim >= 0)
                entries = tuple(sorted({self._held.entry[claim] for claim in made_of}))
                yield Row(((variable[cell], 1),), range_of(least, None)), _Source(entries)


def _solved(
    rows: Sequence[Row], sources: Sequence[_Source], terms: Sequence[tuple[int, int]]
) -> tuple[LinearBounds, tuple[int, ...]]:
    """Bounds by all rows; where they contradict, without what only bounds use, then without what contradicts."""
    variables = 1 + max(variable for row in rows for variable, _ in row.terms) if rows else 0
    variables = max(variables, 1 + max(variable for variable, _ in terms))
    kept = list(range(len(rows)))
    left_out: set[int] = set()
    for _ in range(4):
        ends = bounds(System(variables, tuple(rows[row] for row in kept)), terms, _BUDGET)
        if ends.refutation is None:
            return _renumbered(ends, kept), tuple(sorted(left_out))
        out = _out(rows, sources, kept, variables)
        left_out.update(entry for row in out for entry in sources[row].entries)
        kept = [row for row in kept if row not in out]
    return LinearBounds(), tuple(sorted(left_out))


def _out(rows: Sequence[Row], sources: Sequence[_Source], kept: Sequence[int], variables: int) -> set[int]:
    soft = {row for row in kept if sources[row].soft}
    if soft:
        return soft
    claims = [n for n, row in enumerate(kept) if sources[row].entries]
    found = contradictions(System(variables, tuple(rows[row] for row in kept)), _BUDGET, claims)
    out = {kept[n] for one in found.sets for n in (*one.claims, *(other for _, other in one.alike))}
    return out or {kept[n] for n in claims}


def _renumbered(ends: LinearBounds, kept: Sequence[int]) -> LinearBounds:
    return msgspec.structs.replace(
        ends,
        low_rows=tuple(kept[row] for row in ends.low_rows),
        high_rows=tuple(kept[row] for row in ends.high_rows),
    )


def _left_out(ends: LinearBounds, entries: Sequence[int], taken: int) -> str:
    """What was left out, in words; `taken` is how many cells were looked at where more hang together, else 0."""
    told = []
    if taken:
        told.append(f"more cells hang together than are solved as one: the {taken} nearest were taken")
    if entries:
        told.append(
            f"figures that contradict one another were left out: entries {', '.join(map(str, entries))}"
        )
    if ends.unsolved is not None:
        told.append(ends.unsolved.what)
    return "; ".join(told)


def _entries(sources: Sequence[_Source], rows: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({entry for row in rows for entry in sources[row].entries}))


def _links(sources: Sequence[_Source], rows: Iterable[int]) -> tuple[Link, ...]:
    return tuple(link for row in rows if (link := sources[row].link) is not None)


def told(solved: Solved, holding: Holding, quote: Callable[[Sequence[int]], Mapping[int, Figure]]) -> Bounds:
    """The bounds with their figures, as far as `quote` has them, and their ties in words."""
    figures = quote(sorted({*solved.low_by, *solved.high_by, *solved.published}))
    teller = Teller(holding.knowledge)

    def known(entries: Iterable[int]) -> tuple[Figure, ...]:
        return tuple(figures[entry] for entry in entries if entry in figures)

    def ties(links: Iterable[Link]) -> tuple[Tie, ...]:
        return tuple(
            teller.tie(link, {one: holding.cell_at(one) for one in (link.whole, *link.parts)})
            for link in links
        )

    return Bounds(
        reach=solved.reach, unit=solved.unit, low_by=known(solved.low_by), high_by=known(solved.high_by),
        low_ties=ties(solved.low_links), high_ties=ties(solved.high_links), published=known(solved.published),
        unsolved=solved.unsolved,
    )  # fmt: skip

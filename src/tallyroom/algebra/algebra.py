"""The algebra of a record: figures come and go, and only what they touch is solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tallyroom.algebra.bounding import Bounder, Solved, told
from tallyroom.algebra.cells import Cell, Stated
from tallyroom.algebra.findings import Told, against_themselves, can_hold, findings_of
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.holding import Told as Row
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.algebra.levels import Levels
from tallyroom.algebra.regions import Region, Regions
from tallyroom.algebra.ties import Ties
from tallyroom.model.collecting import uncollected
from tallyroom.model.finding import Bounds, Finding
from tallyroom.model.record import Figure

LARGEST = 400
"""So many cells that hang together are solved as one; of more, those that a level is made of."""
NEAREST = 200
"""So many cells that hang together bound one exactly; of more, those that contain it and what is summed with them."""
TOO_LARGE = "the component is larger than its budget"
Quote = Callable[[Sequence[int]], Mapping[int, Figure]]
"""Gives figures by their entries."""


class Algebra:
    """The figures of a record in memory, as cells and ties.

    Args:
        knowledge: What the codebook knows of containment.
        quote: Gives figures by their entries where a finding names them. Without it those that were added are kept.

    Examples:
        >>> algebra.add_figures(ledger.figures(Query()))       # doctest: +SKIP
        >>> [finding.code for finding in algebra.check()]      # doctest: +SKIP
    """

    def __init__(self, knowledge: Knowledge, quote: Quote | None = None) -> None:
        self.knowledge = knowledge
        self.holding = Holding(knowledge)
        self.ties = Ties(self.holding)
        self.levels = Levels(self.holding, self.ties)
        self.regions = Regions(self.holding, self.ties, self.levels)
        self._figures: dict[int, Figure] = {}
        self._quote = quote
        self._touched: set[int] = set()
        self._unsolved: list[str] = []

    def add_figures(self, figures: Iterable[Figure]) -> None:
        """Take in figures; one whose entry is there already is passed over: take it away first."""
        kept = list(figures)
        if self._quote is None:
            self._figures.update((figure.entry, figure) for figure in kept)
        self.add((figure.entry, figure.document, figure.observation) for figure in kept)

    def add(self, rows: Iterable[Row]) -> None:
        """Take in figures as entry, document, and what is stated: an observation, or a `LightRow`."""
        with uncollected():
            fresh, touched = self.holding.add(rows)
            self._settle(touched | self.ties.link(fresh))

    def remove(self, entries: Iterable[int]) -> None:
        """Take figures away: rejected ones, and corrected ones before they are added with new values."""
        self._settle(self.holding.remove(entries))

    def _settle(self, changed: set[int]) -> None:
        self._touched |= self.levels.update(changed)

    @property
    def unfit(self) -> Mapping[int, str]:
        """Entries of figures that are tied to nothing, and why."""
        return self.holding.unfit

    def self_contradictions(self) -> list[tuple[int, tuple[int, ...]]]:
        """Documents whose figures cannot all be true by themselves: the document, and the entries that count no more.

        A text that contradicts itself is rare, and a reader that lost what tells two figures apart is not, so this is
        something to look at and no contradiction. Those that tell several values of one cell are known at once,
        others after a check.
        """
        held = self.holding
        found: dict[int, set[int]] = {}
        for cell, document in held.mixed:
            own = (claim for claim in held.claims[cell] if held.document[claim] == document)
            found.setdefault(document, set()).update(held.entry[claim] for claim in own)
        for document, claims in held.aside.items():
            found.setdefault(document, set()).update(held.entry[claim] for claim in claims)
        return [(document, tuple(sorted(found[document]))) for document in sorted(found) if found[document]]

    def check(self) -> list[Finding]:
        """All contradictions of the record, in the order of their figures."""
        return self.check_cells(range(len(self.holding.place)))

    def check_touched(self) -> list[Finding]:
        """Contradictions among what was touched since this was last asked."""
        return self.check_cells(self.take_touched())

    def take_touched(self) -> set[int]:
        """Numbers of the cells that were touched since this was last asked."""
        touched, self._touched = self._touched, set()
        return touched

    def check_cells(self, cells: Iterable[int]) -> list[Finding]:
        """Contradictions around some cells, in the order of their figures."""
        named: dict[tuple[int, ...], Told] = {}
        for region in self.bad_regions(cells):
            found, unsolved = findings_of(self.holding, region)
            self._unsolved += unsolved
            for one in found:
                named.setdefault(one.entries, one)
        return [named[entries].finding(self.quote(named[entries].quoted())) for entries in sorted(named)]

    def bad_regions(self, cells: Iterable[int] | None = None) -> list[Region]:
        """Regions around cells (all by default) that cannot be, once documents that contradict themselves are out."""
        asked = set(range(len(self.holding.place)) if cells is None else cells)
        while True:
            regions: dict[tuple[int, ...], Region] = {}
            for cell in self._bad(asked):
                region = self._region(cell)
                regions.setdefault(region.cells, region)
            bad = [region for region in regions.values() if not can_hold(region)]
            self._unsolved = [
                TOO_LARGE for region in regions.values() if region not in bad and not region.whole
            ]
            aside = {claim for region in bad for claim in against_themselves(self.holding, region)}
            if not aside:
                return bad
            self._settle(self.holding.set_aside(aside))

    def _bad(self, asked: set[int]) -> list[int]:
        return sorted(self.levels.broken & asked) + self.levels.unsettled(self.levels.short & asked)

    @property
    def unsolved(self) -> Sequence[str]:
        """What the last check left out, since a budget did not suffice; empty where nothing."""
        return tuple(self._unsolved)

    def _region(self, cell: int) -> Region:
        cells, whole = self.regions.around([cell], LARGEST)
        if not whole and cell in self.levels.broken:
            cells, whole = self.regions.below(cell, LARGEST)
        return self.regions.region(cells, whole=whole)

    def bounds(self, asked: Stated, without: Sequence[Stated] = ()) -> Bounds:
        """What the record allows for a cell, published or not, or for a cell without others.

        Args:
            asked: What the cell is about, as a `LightRow` or an observation; what it states is not looked at.
            without: Cells that are taken off, each once: parts of it, or an earlier point of its series.

        Returns:
            The exact bounds, with the figures that force each end. Figures that contradict one another are left
            out, which `unsolved` tells.

        Raises:
            Unfit: A cell is not told well enough.
        """
        return told(self.solve(asked, without), self.holding, self.quote)

    def solve(self, asked: Stated, without: Sequence[Stated] = ()) -> Solved:
        """The same bounds, with the entries of what forces them in place of figures."""
        numbers = self._numbers([asked, *without])
        form = dict.fromkeys(numbers[1:], -1)
        form[numbers[0]] = 1
        return Bounder(self.holding, self.ties, self.levels, self.regions, NEAREST).solve(form)

    def declare(self, whole: Stated, parts: Sequence[Stated]) -> None:
        """Declare that some cells are all of another: as the rows of a table are of its total.

        Raises:
            Unfit: A cell is not told well enough.
        """
        first, *others = self._numbers([whole, *parts])
        self.ties.declare(first, others)
        self._settle({first})

    def _numbers(self, stated: Sequence[Stated]) -> list[int]:
        """Numbers of cells, which are taken in where the record has none such."""
        numbers, fresh = self.holding.ensure(map(self.holding.cell_of, stated))
        if fresh:
            self._settle(self.ties.link(fresh))
        return numbers

    def quote(self, entries: Sequence[int]) -> Mapping[int, Figure]:
        """Figures by their entries."""
        if self._quote is not None:
            return self._quote(entries)
        return {entry: self._figures[entry] for entry in entries}

    def cell_of(self, entry: int) -> Cell | None:
        """The cell of a figure; None where it is tied to nothing."""
        claim = self.holding.claim.get(entry)
        return None if claim is None else self.holding.cell_at(self.holding.cell[claim])

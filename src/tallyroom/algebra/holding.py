"""What the record holds: cells by number, and the figures that speak of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from tallyroom.algebra import periods
from tallyroom.algebra.cells import Cell, CellReader, Days, Place, Stated, Unfit
from tallyroom.algebra.ends import high_end, low_end
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.algebra.places import Places
from tallyroom.algebra.relative import other_cell

Told = tuple[int, int, Stated]
"""The entry of a figure, that of its document, and what it states."""


class Holding:
    """Cells and claims, each by number from 0. A claim that was taken away has no cell any more (-1).

    `low` and `high` are the ends of each cell as its claims tell. A document does not contradict itself: where its
    figures cannot all be true, something that tells them apart was lost in reading, and those count no more.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.places = Places(knowledge)
        self._reader = CellReader(knowledge)
        self.place: list[int] = []
        self.days: list[Days] = []
        self.number: list[dict[Days, int]] = []
        """By place: the cell of each period."""
        self.spans: list[list[Days]] = []
        """By place: its periods in their order."""
        self.keys: list[list[int]] = []
        """By place: the keys of its periods."""
        self.longest: list[int] = []
        """By place: the days of its longest period."""
        self.low: list[int] = []
        self.high: list[int | None] = []
        self._flows, self._hauls = list[bool](), list[bool]()
        self.claims: list[list[int]] = []
        """By cell: its claims, those that do not count too."""
        self.entry, self.document, self.cell = array("q"), array("q"), array("q")
        """By claim."""
        self.ends: list[tuple[int, int | None]] = []
        self.claim: dict[int, int] = {}
        """By entry."""
        self.relative: dict[int, tuple[Stated, Cell, Cell]] = {}
        """Shares and changes by entry: what is stated of which cell, by which other."""
        self.relative_at: dict[Cell, list[int]] = {}
        """Entries of the shares and changes that tie a cell."""
        self.unfit: dict[int, str] = {}
        """Why the figure of an entry is tied to nothing."""
        self.mixed: set[tuple[int, int]] = set()
        """Cell and document, where the document tells several values of the cell."""
        self.aside: dict[int, set[int]] = {}
        """By document: claims of several cells that contradict one another."""

    def add(self, told: Iterable[Told]) -> tuple[list[int], set[int]]:
        """Take in figures; return the numbers of cells that are new, and of all whose claims changed."""
        read = list(self._read(told))
        self._add_places({cell.place for _, _, _, cell in read})
        fresh: list[int] = []
        touched: set[int] = set()
        for entry, document, stated, cell in read:
            number = self._cell(cell, fresh)
            haul = cell.place.measure.haul
            ends = (
                low_end(stated.low, stated.low_open),
                None if haul else high_end(stated.high, stated.high_open),
            )
            self.claim[entry] = len(self.ends)
            self.claims[number].append(len(self.ends))
            self.entry.append(entry)
            self.document.append(document)
            self.cell.append(number)
            self.ends.append(ends)
            touched.add(number)
        for number in touched:
            self._settle(number)
        return fresh, touched

    def _read(self, told: Iterable[Told]) -> Iterator[tuple[int, int, Stated, Cell]]:
        for entry, document, stated in told:
            if entry in self.claim or entry in self.relative:
                continue
            try:
                cell = self._reader.cell_of(stated, document)
                if stated.statistic == "level":
                    yield entry, document, stated, cell
                else:
                    self._relate(entry, stated, cell)
            except Unfit as why:
                self.unfit[entry] = str(why)

    def _relate(self, entry: int, stated: Stated, cell: Cell) -> None:
        other = other_cell(self.knowledge, cell, stated.statistic)
        if other is None or cell.place.measure.haul:
            raise Unfit("a share or a change of what is not certain")
        self.relative[entry] = (stated, cell, other)
        for one in (cell, other):
            self.relative_at.setdefault(one, []).append(entry)

    def remove(self, entries: Iterable[int]) -> set[int]:
        """Take figures away; return the cells whose claims changed. Entries without a claim are passed over."""
        touched = set()
        for entry in entries:
            self.unfit.pop(entry, None)
            if entry in self.relative:
                for cell in self.relative.pop(entry)[1:]:
                    self.relative_at[cell].remove(entry)
            claim = self.claim.pop(entry, None)
            if claim is not None:
                number = self.cell[claim]
                touched.add(number)
                touched.update(self.cell[one] for one in self.aside.pop(self.document[claim], ()))
                self.claims[number].remove(claim)
                self.cell[claim] = -1
        for number in touched:
            self._settle(number)
        return touched

    def set_aside(self, claims: Iterable[int]) -> set[int]:
        """Let claims count no more, since their document contradicts itself; return their cells."""
        touched = set()
        for claim in claims:
            self.aside.setdefault(self.document[claim], set()).add(claim)
            touched.add(self.cell[claim])
        for number in touched:
            self._settle(number)
        return touched

    def cell_of(self, stated: Stated) -> Cell:
        """Return the cell that a figure would be about, whether the record has it or not.

        Raises:
            Unfit: It is not told well enough.
        """
        return self._reader.cell_of(stated)

    def ensure(self, cells: Iterable[Cell]) -> tuple[list[int], list[int]]:
        """Take in cells of which nobody may have spoken; return their numbers, and those that are new."""
        cells, fresh = list(cells), list[int]()
        self._add_places({cell.place for cell in cells})
        return [self._cell(cell, fresh) for cell in cells], fresh

    def find(self, cell: Cell) -> int | None:
        """The number of a cell; None where the record has no such cell."""
        place = self.places.number.get(cell.place)
        return None if place is None else self.number[place].get(cell.days)

    def cell_at(self, number: int) -> Cell:
        """The cell of a number."""
        return Cell(self.places.all[self.place[number]], self.days[number])

    def is_flow(self, place: int) -> bool:
        """Whether cells of a place contain those of shorter periods."""
        return self._flows[place]

    def is_haul(self, place: int) -> bool:
        """Whether a place is that of single hauls, which contain nothing."""
        return self._hauls[place]

    def _add_places(self, places: set[Place]) -> None:
        known = self.places.number  # a set less its keys would go through all of them
        self.places.add(sorted((place for place in places if place not in known), key=repr))
        for place in self.places.all[len(self.spans) :]:
            self._flows.append(self.knowledge.behaves(place.measure.indicator) == "flow")
            self._hauls.append(place.measure.haul)
            self.spans.append([])
            self.keys.append([])
            self.longest.append(0)
            self.number.append({})

    def _cell(self, cell: Cell, fresh: list[int]) -> int:
        place = self.places.number[cell.place]
        known = self.number[place].get(cell.days)
        if known is None:
            known = self.number[place][cell.days] = len(self.place)
            key = periods.order(cell.days)
            at = bisect_left(self.keys[place], key)
            self.keys[place].insert(at, key)
            self.longest[place] = max(self.longest[place], cell.days[1] - cell.days[0] + 1)
            self.spans[place].insert(at, cell.days)
            self.place.append(place)
            self.days.append(cell.days)
            self.low.append(0)
            self.high.append(None)
            self.claims.append([])
            fresh.append(known)
        return known

    def _settle(self, number: int) -> None:
        """Work out the ends of a cell from the claims that count."""
        low: int = 0
        high: int | None = None
        for claim in self.counting(number):
            bottom, top = self.ends[claim]
            low = max(low, bottom)
            if top is not None and (high is None or top < high):
                high = top
        self.low[number], self.high[number] = low, high

    def counting(self, number: int) -> list[int]:
        """The claims of a cell that count: none of a document that contradicts itself about the cell."""
        claims = self.claims[number]
        if self.aside:
            claims = [one for one in claims if one not in self.aside.get(self.document[one], ())]
        if len(claims) < 2:
            return claims
        by_document: dict[int, list[int]] = {}
        for claim in claims:
            by_document.setdefault(self.document[claim], []).append(claim)
        found = []
        for document, own in by_document.items():
            if len(own) > 1 and not self._agree(own):
                self.mixed.add((number, document))
            else:
                self.mixed.discard((number, document))
                found += own
        return sorted(found)

    def _agree(self, claims: list[int]) -> bool:
        low = max(self.ends[claim][0] for claim in claims)
        tops = [top for top in (self.ends[claim][1] for claim in claims) if top is not None]
        return not tops or low <= min(tops)

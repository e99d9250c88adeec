"""The least solution: how low each cell can be. Where it fits under all high ends, the figures can all be true.

All ties but those of a partition say that a whole is at least its parts. Such a system has a least point, which is
found by going from parts to wholes; it can hold if and only if that point does. Where parts make up the whole, parts
are raised until they do: a point so found proves that all can be true; where none is found, the solver decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush

from tallyroom.algebra.ends import added
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.settling import settle
from tallyroom.algebra.ties import Ties

_BITS = 32
_NUMBER = (1 << _BITS) - 1


class Levels:
    """The least value of each cell, kept as figures come and go. `broken` are cells that lie above their high end.

    `short` are cells whose full sums do not reach them.
    """

    def __init__(self, holding: Holding, ties: Ties) -> None:
        self._held, self._ties = holding, ties
        self.least: list[int] = []
        self.broken: set[int] = set()
        self.short: set[int] = set()
        self._filling = _Filling(holding, ties, self.least)

    def update(self, changed: Iterable[int]) -> set[int]:
        """Work out the levels of cells that changed, and of all that depend on them; return these too."""
        held, ties, least = self._held, self._ties, self.least
        least += [-1] * (len(held.place) - len(least))
        waiting = set(changed)
        queue = list(map(self._turn, waiting))
        heapify(queue)
        done = set()
        while queue:
            number = heappop(queue) & _NUMBER
            waiting.discard(number)
            done.add(number)
            if self._work_out(number):
                for whole in (*ties.up[number], *ties.summed_in.get(number, ())):
                    if whole not in waiting:
                        waiting.add(whole)
                        heappush(queue, self._turn(whole))
        return done

    def _turn(self, number: int) -> int:
        """When a cell is worked out, parts before wholes: by its days, by the places in it, then by its number."""
        first, last = self._held.days[number]
        inside = len(self._held.places.below[self._held.place[number]])
        return (last - first) << 2 * _BITS | inside << _BITS | number

    def _work_out(self, number: int) -> bool:
        """Set the level of one cell; tell whether it moved."""
        held, least = self._held, self.least
        level = held.low[number]
        for part in self._ties.down[number]:
            level = max(level, least[part])
        is_short = False
        for one in self._ties.sums(number):
            total = added([max(least[part], 0) for part in one.parts])
            is_short = is_short or (one.full and total < level)
            level = max(level, total)
        self._mark(number, level, is_short)
        moved = level != least[number]
        least[number] = level
        return moved

    def _mark(self, number: int, level: int, is_short: bool) -> None:
        top = self._held.high[number]
        (self.broken.add if top is not None and level > top else self.broken.discard)(number)
        (self.short.add if is_short else self.short.discard)(number)

    def made_of(self, number: int) -> Iterator[tuple[int, int]]:
        """What makes up the level of a cell: each cell on the way down, with the claim where it ends (-1 before)."""
        held, least = self._held, self.least
        level = least[number]
        claims = (claim for claim in held.counting(number) if held.ends[claim][0] == level)
        claim = next(claims, -1) if level > 0 else -1
        yield number, claim
        if claim >= 0 or level <= 0:
            return
        families = ((part,) for part in self._ties.down[number])
        for parts in (*families, *(one.parts for one in self._ties.sums(number))):
            if added([least[part] for part in parts]) == level:
                for part in parts:
                    yield from self.made_of(part)
                return

    def unsettled(self, among: Iterable[int]) -> list[int]:
        """Of some cells with full sums that do not reach them, those for which no point was found.

        The point that was found before is gone on from; where that fails, all is begun from the least solution.
        """
        if not self._filling.fill(sorted(self.short.intersection(among))):
            return []
        self._filling = _Filling(self._held, self._ties, self.least)
        return self._filling.fill(sorted(self.short))


class _Filling:
    """Raises cells until parts make up their wholes, beginning at the least solution. One point for all cells."""

    def __init__(self, holding: Holding, ties: Ties, least: list[int]) -> None:
        self._held, self._ties, self._least = holding, ties, least
        self._raised: dict[int, int] = {}

    def _at(self, number: int) -> int:
        return max(self._raised.get(number, 0), self._least[number])

    def fill(self, short: Iterable[int]) -> list[int]:
        """Have all ties around some cells hold; return the cells around which that failed."""
        return [number for number in short if not (self._holds(number) or self._solve(number))]

    def _holds(self, number: int) -> bool:
        level = self._at(number)
        full = (one.parts for one in self._ties.sums(number) if one.full)
        return all(added([self._at(part) for part in parts]) == level for parts in full)

    def _solve(self, start: int) -> bool:
        levels = settle(self._held, self._ties, self._at, self._least.__getitem__, start)
        self._raised.update(levels or {})
        return levels is not None

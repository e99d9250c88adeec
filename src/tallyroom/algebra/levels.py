"""The least solution: how low each cell can be. Where it fits under all high ends, the figures can all be true.

All ties but those of a partition say that a whole is at least its parts. Such a system has a least point, which is
found by going from parts to wholes; it can hold if and only if that point does. Where parts make up the whole, parts
are raised until they do: a point so found proves that all can be true; where none is found, the solver decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from tallyroom.algebra.ends import added
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.ties import Ties

STEPS = 2_000
"""So many cells are raised for one partition before it is left to the solver."""
WIDE = 10**60
"""Room without end."""


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
        queue = [(self._rank(number), number) for number in set(changed)]
        heapify(queue)
        waiting = {number for _, number in queue}
        done = set()
        while queue:
            _, number = heappop(queue)
            waiting.discard(number)
            done.add(number)
            if self._work_out(number):
                for whole in (*ties.up[number], *ties.summed_in.get(number, ())):
                    if whole not in waiting:
                        waiting.add(whole)
                        heappush(queue, (self._rank(whole), whole))
        return done

    def _rank(self, number: int) -> tuple[int, int]:
        """Parts come before wholes."""
        first, last = self._held.days[number]
        return last - first, len(self._held.places.below[self._held.place[number]])

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

    def unsettled(self, among: Iterable[int]) -> list[int]:
        """Of some cells with full sums that do not reach them, those for which no point was found.

        The point that was found before is gone on from; where that fails, all is begun from the least solution.
        """
        if not self._filling.fill(sorted(self.short.intersection(among))):
            return []
        self._filling = _Filling(self._held, self._ties, self.least)
        return self._filling.fill(sorted(self.short))


class _Filling:
    """Raises parts until they make up their wholes, beginning at the least solution. One point for all cells."""

    def __init__(self, holding: Holding, ties: Ties, least: list[int]) -> None:
        self._held, self._ties, self._least = holding, ties, least
        self._raised: dict[int, int] = {}
        self._undo: dict[int, int] = {}

    def _at(self, number: int) -> int:
        return max(self._raised.get(number, 0), self._least[number])

    def fill(self, short: Iterable[int]) -> list[int]:
        """Raise until all ties around some cells hold; return the cells around which that failed."""
        return [number for number in short if not self._fill(number)]

    def _fill(self, start: int) -> bool:
        queue, steps = [start], 0
        self._undo = {}
        while queue:
            steps += 1
            if steps > STEPS or not self._settle(queue.pop(), queue):
                self._go_back()
                return False
        return True

    def _go_back(self) -> None:
        self._raised.update(self._undo)

    def _settle(self, number: int, queue: list[int]) -> bool:
        """Have the full sums of a cell reach it, once it is as high as all its parts ask."""
        sums = self._ties.sums(number)
        level = max([self._at(number), *(self._at(part) for part in self._ties.down[number])])
        level = max([level, *(self._total(one.parts) for one in sums)])
        if not self._lift(number, level, queue):
            return False
        return all(self._reach(one.parts, number, queue) for one in sums if one.full)

    def _total(self, parts: Iterable[int]) -> int:
        return added([self._at(part) for part in parts])

    def _lift(self, number: int, level: int, queue: list[int]) -> bool:
        """Raise a cell, and with it all that must be as high; False where one of them would be too high."""
        stack = [(number, level)]
        while stack:
            here, level = stack.pop()
            if level <= self._at(here):
                continue
            top = self._held.high[here]
            if top is not None and level > top:
                return False
            self._undo.setdefault(here, self._raised.get(here, 0))
            self._raised[here] = level
            queue.append(here)
            stack += ((whole, level) for whole in self._ties.up[here])
            for whole in self._ties.summed_in.get(here, ()):
                sums = (one for one in self._ties.sums(whole) if here in one.parts)
                stack += ((whole, self._total(one.parts)) for one in sums)
                queue.append(whole)
        return True

    def _reach(self, parts: tuple[int, ...], whole: int, queue: list[int]) -> bool:
        """Raise parts one by one, each as far as it goes, until their sum is the whole."""
        for part in sorted(parts, key=self._room, reverse=True):
            level = self._at(whole)
            if self._total(parts) >= level:
                break
            others = self._total(one for one in parts if one != part)
            wanted = 2 * ((level >> 1) - (others >> 1)) + (level & 1 & ~(others & 1))
            if not self._lift(part, min(wanted, self._at(part) + self._room(part)), queue):
                return False
        return self._total(parts) == self._at(whole)

    def _room(self, number: int, depth: int = 6) -> int:
        """By how much a cell can be raised before it, or what contains it, is too high, as far as is looked up."""
        at, top = self._at(number), self._held.high[number]
        room = WIDE if top is None else top - at
        if depth and room > 0:
            for whole in self._ties.up[number]:
                room = min(room, self._at(whole) - at + self._room(whole, depth - 1))
            for whole in self._ties.summed_in.get(number, ()):
                for one in self._ties.sums(whole):
                    if number in one.parts:
                        slack = self._at(whole) - self._total(one.parts)
                        room = min(room, slack + self._room(whole, depth - 1))
        return max(room, 0)

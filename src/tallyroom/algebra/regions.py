"""Systems cut from the record: cells that hang together, with their claims and ties as rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from tallyroom.algebra.ends import range_of
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.levels import Levels
from tallyroom.algebra.system import Range, Row, System
from tallyroom.algebra.ties import Ties

Rule = Literal["part", "disjoint_parts", "partition", "growth", "share", "change"]
AT_LEAST_NOTHING = Range(low=0)
NOTHING_BETWEEN = Range(low=0, high=0)


class Link(msgspec.Struct, frozen=True):
    """One tie of a region: a whole and its parts by cell, in the dimension where they differ."""

    rule: Rule
    whole: int
    parts: tuple[int, ...]
    dimension: str = ""
    entry: int = 0
    """The figure that a share or a change is."""


class Region(msgspec.Struct, frozen=True):
    """A system, and what its rows are: `claims[n]` is the claim of row n, `links` those of the rows after the claims.

    Variable n is the cell `cells[n]`. `whole` is False where more hangs together than was taken.
    """

    cells: tuple[int, ...]
    claims: tuple[int, ...]
    links: tuple[Link, ...]
    system: System
    whole: bool = True


class Regions:
    """Cuts regions from a holding."""

    def __init__(self, holding: Holding, ties: Ties, levels: Levels) -> None:
        self._held, self._ties, self._levels = holding, ties, levels

    def around(self, seeds: Iterable[int], most: int) -> tuple[list[int], bool]:
        """Cells that hang together with some, nearest first, and whether that is all of them."""
        seen = dict.fromkeys(seeds)
        queue = deque(seen)
        while queue:
            for near in self._ties.beside(queue.popleft()):
                if near not in seen:
                    if len(seen) >= most:
                        return list(seen), False
                    seen[near] = None
                    queue.append(near)
        return list(seen), True

    def below(self, number: int, most: int) -> tuple[list[int], bool]:
        """The cells that make up the level of one, then others inside it that are more than nothing, nearest first."""
        seen = {cell: None for cell, _ in self._levels.made_of(number)}
        queue = deque(seen)
        while queue:
            here = queue.popleft()
            inside = [*self._ties.down[here], *(part for one in self._ties.sums(here) for part in one.parts)]
            for part in sorted(set(inside), key=lambda one: (-self._levels.least[one], one)):
                if part not in seen and self._levels.least[part] > 0:
                    if len(seen) >= most:
                        return list(seen), False
                    seen[part] = None
                    queue.append(part)
        return list(seen), True

    def region(self, cells: Sequence[int], *, whole: bool, order: Sequence[int] = ()) -> Region:
        """The system of some cells: their claims that count, and all ties among them.

        Variables are numbered as in `order`, which has the same cells, or else as the cells are.
        """
        numbers = tuple(order or sorted(set(cells)))
        variable = {cell: n for n, cell in enumerate(numbers)}
        claims = [claim for cell in numbers for claim in self._held.counting(cell)]
        claims.sort(
            key=self._held.entry.__getitem__
        )  # whatever came first: of figures that say the same the oldest counts
        links = [link for cell in numbers for link in self._links(cell, variable)]
        rows = [self._claim_row(claim, variable) for claim in claims]
        rows += [link_row(link, variable) for link in links]
        return Region(numbers, tuple(claims), tuple(links), System(len(numbers), tuple(rows)), whole)

    def _claim_row(self, claim: int, variable: Mapping[int, int]) -> Row:
        low, high = self._held.ends[claim]
        return Row(((variable[self._held.cell[claim]], 1),), range_of(low, high))

    def _links(self, whole: int, variable: Mapping[int, int]) -> Iterable[Link]:
        for part in sorted(self._ties.down[whole]):
            if part in variable:
                yield Link("part", whole, (part,))
        for one in self._ties.sums(whole):
            present = tuple(part for part in one.parts if part in variable)
            if one.full and len(present) == len(one.parts):
                yield Link("partition", whole, present, one.dimension)
            elif present:
                yield Link("disjoint_parts" if len(present) > 1 else "part", whole, present, one.dimension)


def link_row(link: Link, variable: Mapping[int, int]) -> Row:
    """The row of a tie: the whole less its parts is at least nothing, or nothing."""
    terms = ((variable[link.whole], 1), *((variable[part], -1) for part in link.parts))
    return Row(terms, NOTHING_BETWEEN if link.rule == "partition" else AT_LEAST_NOTHING)

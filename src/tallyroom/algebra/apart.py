"""Families of disjoint parts under one whole: which of them deserve a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Part = TypeVar("Part")


def families(
    parts: Sequence[Part], disjoint: Callable[[Part, Part], bool], contains: Callable[[Part, Part], bool]
) -> list[tuple[Part, ...]]:
    """Return families of pairwise disjoint parts such that each largest part is in one.

    Parts inside another one are summed under that one, so where codes form a tree one family of the largest parts
    says all there is to say. Sets of places may overlap: then each largest part gets a family, which is filled up
    with whatever lies beside it, the largest first.

    Args:
        parts: The parts of one whole, those that contain others before these.
        disjoint: Whether nothing is counted in both.
        contains: Whether the first contains the second.

    Returns:
        Families of at least two parts; [] for none.
    """
    largest = [one for one in parts if not any(one is not other and contains(other, one) for other in parts)]
    waiting = list(largest)
    found: list[tuple[Part, ...]] = []
    while waiting:
        family = [waiting.pop(0)]
        for one in (*waiting, *parts):
            if all(one is not other and disjoint(one, other) for other in family):
                family.append(one)
        waiting = [one for one in waiting if one not in family]
        if len(family) > 1:
            found.append(tuple(family))
    return found

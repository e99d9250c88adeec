"""Minimal hitting sets: the smallest ways to take one member out of each of several sets.

Source:
    C. Berge, Hypergraphs, 1989, chapter 2 (sequential multiplication); R. Reiter, A theory of diagnosis from first
    principles, 1987 (every set of conflicts is found by looking where none of those known is left).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def hitting_sets(sets: Iterable[frozenset[int]], most: int) -> tuple[list[frozenset[int]], bool]:
    """Minimal hitting sets, smaller ones first, and whether these are all.

    Where there are more than `most` at some stage, the first ones alone are followed: what comes of them still hits
    all sets.
    """
    found: list[frozenset[int]] = [frozenset()]
    complete = True
    for members in sets:
        hit = [known for known in found if known & members]
        grown = {known | {member} for known in found if not known & members for member in members}
        found = _ordered(hit + [new for new in grown if not any(known <= new for known in hit)])
        complete = complete and len(found) <= most
        del found[most:]
    return found, complete


def _ordered(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    return sorted(sets, key=lambda members: (len(members), sorted(members)))


def clusters(sets: Sequence[frozenset[int]]) -> list[list[frozenset[int]]]:
    """The sets in groups that share members, in the order of their first ones."""
    groups: list[tuple[set[int], list[frozenset[int]]]] = []
    for members in sets:
        near = [group for group in groups if group[0] & members]
        merged = (
            set(members).union(*(group[0] for group in near)),
            [s for g in near for s in g[1]] + [members],
        )
        first = groups.index(near[0]) if near else len(groups)
        groups = [group for group in groups if group not in near]
        groups.insert(first, merged)
    return [group[1] for group in groups]

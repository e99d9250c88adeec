"""All minimal sets of figures that cannot hold together, or as many as the budget allows.

The hitting sets of the minimal sets known so far say where another one may hide: take one out, and what is left either
can hold or has a new minimal set in it. When every hitting set leaves what can hold, no other minimal set exists: its
complement would be a hitting set that leaves it whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection

from tallyroom.algebra.linear.components import Part, split
from tallyroom.algebra.linear.deciding import Decider
from tallyroom.algebra.linear.hitting import clusters, hitting_sets
from tallyroom.algebra.linear.minimal import minimal_set
from tallyroom.algebra.linear.results import (
    Budget,
    Contradictions,
    MinimalSet,
    Refutation,
    Step,
    Unsolved,
    Witness,
)
from tallyroom.algebra.system import System

FEWEST = 60
"""Decisions that even a component has which is large for its budget."""


def contradictions(
    system: System, budget: Budget | None = None, claims: Collection[int] | None = None
) -> Contradictions:
    """Find the minimal sets of claims that cannot hold together with the ties of a system.

    Args:
        system: Any rows; components that do not touch each other are looked at one by one.
        budget: Counted for each component.
        claims: The rows that are figures and can be wrong; all rows of one term, where none are given. The others
            are ties, which are taken for true; only where ties alone cannot hold are they told as sets.

    Returns:
        Each set proved; every component that cannot hold has at least one, or is named in `unsolved`.
    """
    budget = budget or Budget()
    whole = Decider(system, budget)
    if isinstance(whole.decide_quickly(), Witness):
        return Contradictions(())
    marked = frozenset(claims) if claims is not None else _single(system)
    parts = [_of_part(part, marked, budget) for part in split(system)]
    sets = sorted((found for part in parts for found in part.sets), key=_size)
    unsolved = tuple(left for part in parts for left in part.unsolved)
    return Contradictions(tuple(sets), all(part.complete for part in parts), unsolved)


def _single(system: System) -> frozenset[int]:
    return frozenset(number for number, row in enumerate(system.rows) if len(row.terms) == 1)


def _size(found: MinimalSet) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    return len(found.claims), len(found.ties), found.claims, found.ties


def _of_part(part: Part, marked: Collection[int], budget: Budget) -> Contradictions:
    claims = frozenset(number for number, row in enumerate(part.rows) if row in marked)
    search = Search(part.system, claims, budget)
    search.run()
    sets = tuple(_renumbered(found, part) for found in search.found)
    return Contradictions(sets, search.complete, tuple(search.unsolved))


class Search:
    """The search for minimal sets in one component."""

    def __init__(self, system: System, claims: frozenset[int], budget: Budget) -> None:
        self.system, self.budget = system, budget
        self.decider = Decider(system, budget)
        self.ties = frozenset(range(len(system.rows))) - claims
        self.alike = _alike(system, claims)
        self.claims = frozenset(self.alike)
        self.found: list[MinimalSet] = []
        self.complete = True
        self.unsolved: list[Unsolved] = []
        self.search = max(budget.search, FEWEST * self.decider.cost)
        self._sound: list[frozenset[int]] = []

    def run(self) -> None:
        """Find the sets, as far as the budget goes."""
        if not self._ties_can_hold():
            return
        self._find_apart()
        self.complete = not self.unsolved
        while self._find_within_clusters(1) or self._find_within_clusters(2) or self._find_across():
            pass

    def _ties_can_hold(self) -> bool:
        """Whether claims matter: ties that cannot hold by themselves are a set of their own."""
        decision = self.decider.decide(self.ties)
        if isinstance(decision, Unsolved):
            self._leave(decision)
        if isinstance(decision, Refutation):
            self.claims, self.ties = self.ties, frozenset()
            self._find_apart()
            self.complete = False
        return isinstance(decision, Witness)

    def _find_apart(self) -> None:
        """Sets that share no claim, until what is left can hold."""
        removed: frozenset[int] = frozenset()
        while not self.unsolved and (new := self._look(removed, apart=True)) is not None:
            removed |= frozenset(new.claims)

    def _find_within_clusters(self, together: int) -> bool:
        """Look beside the sets of every few clusters, with all other clusters out of the way."""
        groups = clusters([frozenset(found.claims) for found in self.found])
        for chosen in itertools.combinations(groups, min(together, len(groups))):
            others = frozenset(
                row for group in groups if group not in chosen for members in group for row in members
            )
            sets, complete = hitting_sets(
                (members for group in chosen for members in group), self.budget.branches
            )
            self.complete = self.complete and complete
            if any(self._look(hitting | others) is not None for hitting in sets):
                return True
        return False

    def _find_across(self) -> bool:
        """Look beside all sets at once, where the budget allows to do so wholly: then there are no others."""
        sets, complete = hitting_sets((frozenset(found.claims) for found in self.found), self.budget.branches)
        self.complete = self.complete and complete
        return complete and any(self._look(hitting) is not None for hitting in sets)

    def _look(self, removed: frozenset[int], apart: bool = False) -> MinimalSet | None:
        """A new minimal set without the claims that are removed; None where there is none, or no budget."""
        if any(sound <= removed for sound in self._sound):
            return None
        if len(self.found) >= self.budget.sets or (
            removed and not apart and self.decider.spent > self.search
        ):
            self.complete = False
            return None
        decision = self.decider.decide((self.claims - removed) | self.ties)
        if isinstance(decision, Refutation):
            return self._keep(decision)
        if isinstance(decision, Unsolved):
            self._leave(decision)
        else:
            self._sound.append(removed)
        return None

    def _keep(self, refutation: Refutation) -> MinimalSet | None:
        new = minimal_set(self.decider, refutation, self.claims, self.ties)
        if isinstance(new, Unsolved):
            self._leave(new)
            return None
        alike = tuple((claim, other) for claim in new.claims for other in self.alike.get(claim, ()))
        self.found.append(MinimalSet(new.claims, new.ties, new.refutation, new.escapes, alike))
        return new

    def _leave(self, unsolved: Unsolved) -> None:
        self.complete = False
        self.unsolved.append(Unsolved(unsolved.what, len(self.system.rows), self.system.variables))


def _alike(system: System, claims: Collection[int]) -> dict[int, tuple[int, ...]]:
    """For the first of all claims that say the same, the others."""
    groups: dict[object, list[int]] = {}
    for row in sorted(claims):
        groups.setdefault((system.rows[row].terms, system.rows[row].within), []).append(row)
    return {rows[0]: tuple(rows[1:]) for rows in groups.values()}


def _renumbered(found: MinimalSet, part: Part) -> MinimalSet:
    rows, variables = part.rows, part.variables
    steps = tuple(Step(rows[step.row], step.side, step.times) for step in found.refutation.steps)
    return MinimalSet(
        tuple(rows[row] for row in found.claims),
        tuple(rows[row] for row in found.ties),
        Refutation(steps),
        tuple({variables[variable]: value for variable, value in escape.items()} for escape in found.escapes),
        tuple((rows[claim], rows[other]) for claim, other in found.alike),
    )

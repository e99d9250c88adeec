"""Whether chosen rows of a system can all hold: a verified point, a verified refutation, or unsolved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from tallyroom.algebra.linear.certificates import holds_at
from tallyroom.algebra.linear.points import point_in
from tallyroom.algebra.linear.propagation import Propagation
from tallyroom.algebra.linear.results import Budget, Decision, Refutation, Unsolved, Witness, plain
from tallyroom.algebra.linear.scaled import Scaled
from tallyroom.algebra.linear.screen import decide_by_screen
from tallyroom.algebra.linear.solving import size, solve_exactly
from tallyroom.algebra.system import Number, System

VISITS = 12
"""How often propagation looks at a half-row, on average, before the rest is left to the simplex."""


class Decider:
    """Decides over subsets of the rows of one system, which is prepared once."""

    def __init__(self, system: System, budget: Budget) -> None:
        self.system, self.budget = system, budget
        self.scaled = Scaled(system)
        self.spent = 0
        """Terms that all decisions so far looked at."""
        self.cost = sum(len(row.terms) for row in system.rows)
        self.all_rows = frozenset(range(len(system.rows)))

    def decide(self, rows: Collection[int] | None = None) -> Decision:
        """Decide whether `rows` (all, where none are given) can hold together."""
        rows = self.all_rows if rows is None else rows
        system = self.system
        self.spent += self.cost
        if len(rows) > self.budget.rows or system.variables > self.budget.variables:
            return self._unsolved(rows, "the component is larger than its budget")
        box = self.scaled.box(rows)
        if box.crossed >= 0:
            return self._refute(rows, {box.low_by[box.crossed], box.high_by[box.crossed]} - {-1})
        state = Propagation(self.scaled, box, self.scaled.on(rows), self._visits())
        if not state.run(range(len(self.scaled.halves))):
            return self._refute(rows, state.culprits())
        return self._seek(rows, state)

    def decide_quickly(self) -> Witness | None:
        """A point where all rows hold, if propagation comes to one; None says nothing."""
        box = self.scaled.box(self.all_rows)
        if box.crossed >= 0:
            return None
        state = Propagation(self.scaled, box, [True] * len(self.scaled.halves), self._visits())
        if not state.run(range(len(self.scaled.halves))):
            return None
        return self._point(self.all_rows, state)

    def _visits(self) -> int:
        return VISITS * len(self.scaled.halves) + 1000

    def _point(self, rows: Collection[int], state: Propagation) -> Witness | None:
        found = point_in(state, self.budget)
        if found is None:
            return None
        values = tuple(_true_values(found, self.scaled.unit))
        return Witness(values) if holds_at(self.system, rows, values) else None

    def _seek(self, rows: Collection[int], state: Propagation) -> Decision:
        return self._point(rows, state) or self._solve(rows)

    def _refute(self, rows: Collection[int], culprits: Collection[int]) -> Decision:
        """Refute `rows` by a few of them, if those cannot hold; drawn-in ends may have misled."""
        decision = solve_exactly(self.system, sorted(culprits), self.budget)
        return decision if isinstance(decision, Refutation) else self._solve(rows)

    def _solve(self, rows: Collection[int]) -> Decision:
        if size(self.system, rows) > self.budget.exact_terms:
            decision = decide_by_screen(self.system, sorted(rows), self.budget)
            if decision is not None:
                return decision
        return solve_exactly(self.system, sorted(rows), self.budget)

    def _unsolved(self, rows: Collection[int], what: str) -> Unsolved:
        return Unsolved(what, len(rows), self.system.variables)


def _true_values(found: Sequence[Number], unit: int) -> Sequence[Number]:
    if unit == 1:
        return found
    return [plain(Fraction(value) / unit) for value in found]


def consistent(system: System, budget: Budget | None = None) -> Decision:
    """Decide whether all rows of a system can hold.

    Returns:
        A `Witness` where they can, a `Refutation` where they cannot, both verified; `Unsolved` where the budget did not
        suffice.
    """
    return Decider(system, budget or Budget()).decide()

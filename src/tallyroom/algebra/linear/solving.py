"""Chosen rows decided by the exact simplex alone, and what it says verified."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tallyroom.algebra.linear.certificates import holds_at, holds_near, refutes, settle
from tallyroom.algebra.linear.exact import Exact
from tallyroom.algebra.linear.results import Budget, Decision, Refutation, Step, Unsolved, Witness
from tallyroom.algebra.linear.simplex import OutOfWork
from tallyroom.algebra.system import System


def size(system: System, rows: Collection[int]) -> int:
    """How many terms the rows of several terms have."""
    return sum(len(terms) for row in rows if len(terms := system.rows[row].terms) > 1)


def solve_exactly(system: System, rows: Sequence[int], budget: Budget) -> Decision:
    """Decide by the exact simplex alone."""
    try:
        exact = Exact(system, rows, budget.work)
        steps = exact.feasible()
    except OutOfWork:
        return Unsolved("the exact simplex ran out of work", len(rows), system.variables)
    return verified_refutation(system, steps) if steps is not None else verified_witness(system, rows, exact)


def verified_refutation(system: System, steps: tuple[Step, ...]) -> Decision:
    """The refutation, if it is one."""
    if refutes(system, steps):
        return Refutation(steps)
    return Unsolved("a sum of rows did not prove what it should", len(steps), system.variables)


def verified_witness(system: System, rows: Sequence[int], exact: Exact) -> Decision:
    """The point that the tableau stands at, if it fulfils all `rows`."""
    germ = exact.germ()
    if holds_near(system, rows, germ):
        values = settle(system, rows, germ)
        if holds_at(system, rows, values):
            return Witness(values)
    return Unsolved("a point did not fulfil what it should", len(rows), system.variables)

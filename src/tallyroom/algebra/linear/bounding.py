"""The least and greatest value of a linear form that a system allows, and the rows that force them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from tallyroom.algebra.linear.certificates import forces, holds_near
from tallyroom.algebra.linear.components import Part, part_of, reach
from tallyroom.algebra.linear.deciding import Decider, consistent
from tallyroom.algebra.linear.exact import Exact
from tallyroom.algebra.linear.results import Budget, LinearBounds, Refutation, Step, Unsolved, Witness
from tallyroom.algebra.linear.screen import ask
from tallyroom.algebra.linear.simplex import Level, OutOfWork
from tallyroom.algebra.linear.solving import size
from tallyroom.algebra.system import Number, Range, Row, System

Form = Mapping[int, Number]


class End(msgspec.Struct, frozen=True):
    """The least value of a form: None where nothing holds it. `rows` force it. `best` is False if it may lie higher."""

    value: Number | None
    is_open: bool = False
    rows: tuple[int, ...] = ()
    best: bool = True


def bounds(system: System, terms: Sequence[tuple[int, int]], budget: Budget | None = None) -> LinearBounds:
    """Find the exact ends of a linear form over all points that fulfil a system.

    Args:
        system: Any rows; only those that hang together with the form are looked at.
        terms: Variables and their coefficients, as in a row.
        budget: How much may be done.

    Returns:
        The ends, each with the rows that force it. `refutation` where the rows that hang together with the form
        cannot hold; `unsolved` where the ends hold but better ones were not excluded.
    """
    budget = budget or Budget()
    part = part_of(system, reach(system, [variable for variable, _ in terms]), [v for v, _ in terms])
    place = {variable: number for number, variable in enumerate(part.variables)}
    found = _of_part(part.system, {place[variable]: times for variable, times in terms}, budget)
    return _renumbered(found, part)


def _of_part(system: System, form: Form, budget: Budget) -> LinearBounds:
    decision = Decider(system, budget).decide()
    if isinstance(decision, Refutation):
        return LinearBounds(refutation=decision)
    unsolved = decision if isinstance(decision, Unsolved) else None
    low = least(system, form, budget)
    high = least(system, {variable: -times for variable, times in form.items()}, budget)
    if unsolved is None and not (low.best and high.best):
        unsolved = Unsolved("an end that is the best was not proved", len(system.rows), system.variables)
    return LinearBounds(
        low.value, None if high.value is None else -high.value, low.is_open, high.is_open, low.rows, high.rows,
        unsolved=unsolved,
    )  # fmt: skip


def least(system: System, form: Form, budget: Budget) -> End:
    """The least value of `form` over a system that can hold."""
    rows = range(len(system.rows))
    if size(system, rows) <= budget.exact_terms:
        end = least_exactly(system, form, rows, budget)
        if end is not None:
            return end
    return least_by_screen(system, form, budget)


def least_exactly(system: System, form: Form, rows: Collection[int], budget: Budget) -> End | None:
    """The least value over `rows`, verified from both sides; None where the budget did not suffice."""
    solved = optimum(system, form, rows, budget)
    if solved is None:
        return None
    level, steps = solved
    if level is None:
        return End(None)
    value, is_open = level[0], level[1] > 0
    if not forces(system, form, value, is_open, steps):
        return None
    return End(value, is_open, fewest_rows(system, form, level, steps, budget))


def optimum(
    system: System, form: Form, rows: Collection[int], budget: Budget
) -> tuple[Level | None, tuple[Step, ...]] | None:
    """The least level of `form` over `rows` and the steps that hold it there; a level of None is without end.

    Returns:
        None where the budget did not suffice, or the rows cannot hold.
    """
    try:
        exact = Exact(
            system, sorted(rows), budget.work, {variable: -times for variable, times in form.items()}
        )
        if exact.feasible() is not None:
            return None
        greatest = exact.greatest()
    except OutOfWork:
        return None
    if not holds_near(system, rows, exact.germ()):
        return None
    if greatest is None:
        return None, ()
    (value, drift), steps = greatest
    return (-value, -drift), steps


def fewest_rows(
    system: System, form: Form, level: Level, steps: Sequence[Step], budget: Budget
) -> tuple[int, ...]:
    """The rows that force a level, each of them needed for it."""
    rows = sorted({step.row for step in steps})
    needed: set[int] = set()
    while rest := [row for row in rows if row not in needed]:
        tried = _least_telling(system, rest)
        others = [row for row in rows if row != tried]
        solved = optimum(system, form, others, budget)
        if solved is not None and solved[0] is not None and _as_tight(solved[0], level):
            rows = sorted({step.row for step in solved[1]})
        else:
            needed.add(tried)
    return tuple(rows)


def _least_telling(system: System, rows: Sequence[int]) -> int:
    """The row to leave out first: the last tie, or the last claim."""
    return next((row for row in reversed(rows) if len(system.rows[row].terms) > 1), rows[-1])


def _as_tight(found: Level, level: Level) -> bool:
    return found[0] > level[0] or (found[0] == level[0] and (found[1] > 0 or level[1] <= 0))


def _renumbered(found: LinearBounds, part: Part) -> LinearBounds:
    refutation = found.refutation
    if refutation is not None:
        steps = (Step(part.rows[step.row], step.side, step.times) for step in refutation.steps)
        refutation = Refutation(tuple(steps))
    return msgspec.structs.replace(
        found,
        low_rows=tuple(part.rows[row] for row in found.low_rows),
        high_rows=tuple(part.rows[row] for row in found.high_rows),
        refutation=refutation,
    )


def smallest_change(
    system: System, row: int, among: Collection[int] | None = None, budget: Budget | None = None
) -> Range | None:
    """Where the measure of one row would have to lie for the others to stand.

    Args:
        system: The rows.
        row: The one that may change.
        among: The rows that shall stand, as those of a minimal set; all, where none are given.
        budget: How much may be done.

    Returns:
        The range of the row's sum of terms; None where the others cannot hold without it either.
    """
    others = [number for number in sorted(among or range(len(system.rows))) if number != row]
    part = part_of(system, others, [variable for variable, _ in system.rows[row].terms])
    place = {variable: number for number, variable in enumerate(part.variables)}
    found = bounds(part.system, [(place[v], times) for v, times in system.rows[row].terms], budget)
    return None if found.refutation is not None else found.range


def least_by_screen(system: System, form: Form, budget: Budget) -> End:
    """The least value of `form` from the rows that a solver points at; that it is the best is then proved apart.

    A point of the closed system at that value proves that no greater one holds: with a point of the open system it
    makes points of the open one, as near to that value as one likes.
    """
    hint = ask(system, range(len(system.rows)), form, draw_in=False)
    end = None if hint is None else least_exactly(system, form, hint.rows, budget)
    if end is None or end.value is None:
        return End(0 if all(times >= 0 for times in form.values()) else None, best=False)
    at_end = Row(tuple((v, int(times)) for v, times in form.items()), Range(end.value, end.value))
    closed = System(system.variables, (*(_closed(row) for row in system.rows), at_end))
    best = isinstance(consistent(closed, budget), Witness)
    if end.is_open or not best:
        return msgspec.structs.replace(end, best=best)
    return _reached(System(system.variables, (*system.rows, at_end)), end, budget)


def _reached(at_end: System, end: End, budget: Budget) -> End:
    """The end as closed or open, by whether the system reaches it."""
    decision = consistent(at_end, budget)
    if isinstance(decision, Refutation):
        rows = {*end.rows, *decision.rows} - {len(at_end.rows) - 1}
        return End(end.value, True, tuple(sorted(rows)))
    return msgspec.structs.replace(end, best=isinstance(decision, Witness))


def _closed(row: Row) -> Row:
    return Row(row.terms, Range(row.within.low, row.within.high))

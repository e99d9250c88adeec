"""From a refutation to a minimal set: every row tried by leaving it out, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tallyroom.algebra.linear.deciding import Decider
from tallyroom.algebra.linear.results import MinimalSet, Refutation, Unsolved, Witness
from tallyroom.algebra.linear.solving import solve_exactly
from tallyroom.algebra.system import Number, System


def minimal_set(
    decider: Decider, refutation: Refutation, claims: Collection[int], ties: Collection[int]
) -> MinimalSet | Unsolved:
    """Make a refutation minimal: first in its claims, against all `ties`, then in the ties it needs.

    So without any one of the claims, the others can hold together with all ties there are, and not only with those of
    the set.
    """
    found = _fewest_claims(decider, refutation, claims, ties)
    if isinstance(found, Unsolved):
        return found
    kept = {row for row in found.rows if row in claims}
    smallest = _fewest_rows(decider, found, kept)
    if isinstance(smallest, Unsolved):
        return smallest
    refutation, escapes = smallest
    rows = refutation.rows
    return MinimalSet(
        claims=tuple(row for row in rows if row in claims),
        ties=tuple(row for row in rows if row not in claims),
        refutation=refutation,
        escapes=tuple(_of_rows(decider.system, rows, escapes[row]) for row in rows),
    )


def _fewest_claims(
    decider: Decider, refutation: Refutation, claims: Collection[int], ties: Collection[int]
) -> Refutation | Unsolved:
    needed: set[int] = set()
    while rest := [row for row in refutation.rows if row in claims and row not in needed]:
        tried = rest[-1]
        others = {row for row in refutation.rows if row in claims and row != tried}
        decision = decider.decide(others.union(ties))
        if isinstance(decision, Unsolved):
            return decision
        if isinstance(decision, Refutation):
            refutation = decision
        else:
            needed.add(tried)
    return _shortest(decider, refutation, needed, ties)


def _shortest(
    decider: Decider, refutation: Refutation, claims: Collection[int], ties: Collection[int]
) -> Refutation | Unsolved:
    """A way over fewer ties, if leaving out one of those taken leads to it."""
    for tried in [row for row in refutation.rows if row not in claims]:
        decision = decider.decide(set(ties).union(claims) - {tried})
        if isinstance(decision, Unsolved):
            return decision
        if isinstance(decision, Refutation) and len(decision.rows) < len(refutation.rows):
            return _shortest(decider, decision, claims, ties)
    return refutation


def _fewest_rows(
    decider: Decider, refutation: Refutation, claims: Collection[int]
) -> tuple[Refutation, dict[int, Witness]] | Unsolved:
    """Leave out ties that are not needed; for each row that stays, a point where all others hold."""
    escapes: dict[int, Witness] = {}
    while rest := [row for row in refutation.rows if row not in escapes]:
        tried = next((row for row in reversed(rest) if row not in claims), rest[-1])
        others = [row for row in refutation.rows if row != tried]
        decision = solve_exactly(decider.system, others, decider.budget)
        if isinstance(decision, Unsolved):
            return decision
        if isinstance(decision, Refutation):
            refutation, escapes = decision, {}
        else:
            escapes[tried] = decision
    return refutation, escapes


def _of_rows(system: System, rows: Iterable[int], witness: Witness) -> dict[int, Number]:
    """What a point says of the variables of `rows`."""
    used = sorted({variable for row in rows for variable, _ in system.rows[row].terms})
    return {variable: witness.values[variable] for variable in used}

"""Small linear systems drawn at random, and another way to solve them: Fourier and Motzkin's elimination."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from itertools import combinations

import msgspec
from hypothesis import strategies as st

from tallyroom.algebra.system import Range, Row, System


class Inequality(msgspec.Struct, frozen=True):
    """The sum of terms is at most `limit`, or below it."""

    terms: tuple[tuple[int, Fraction], ...]
    limit: Fraction
    strict: bool


def inequalities(system: System, rows: Collection[int]) -> set[Inequality]:
    """All ends of `rows`, and that no variable is negative."""
    found = {
        Inequality(((variable, Fraction(-1)),), Fraction(0), False) for variable in range(system.variables)
    }
    for number in rows:
        terms, within = system.rows[number].terms, system.rows[number].within
        if within.low is not None:
            turned = tuple((variable, Fraction(-times)) for variable, times in terms)
            found.add(Inequality(turned, Fraction(-within.low), within.low_open))
        if within.high is not None:
            found.add(
                Inequality(tuple((v, Fraction(t)) for v, t in terms), Fraction(within.high), within.high_open)
            )
    return found


def eliminate(known: set[Inequality], variable: int) -> set[Inequality]:
    """What the inequalities say of the other variables."""
    above = [(one, dict(one.terms)[variable]) for one in known if dict(one.terms).get(variable, 0) > 0]
    below = [(one, dict(one.terms)[variable]) for one in known if dict(one.terms).get(variable, 0) < 0]
    rest = {one for one in known if not dict(one.terms).get(variable)}
    return tightest(rest | {_joined(up, 1 / t, down, -1 / s) for up, t in above for down, s in below})


def tightest(known: set[Inequality]) -> set[Inequality]:
    best: dict[tuple[tuple[int, Fraction], ...], tuple[Fraction, bool]] = {}
    for one in known:
        size = abs(one.terms[0][1]) if one.terms else Fraction(1)
        terms = tuple((variable, times / size) for variable, times in one.terms)
        limit = (one.limit / size, not one.strict)
        best[terms] = min(best.get(terms, limit), limit)
    return {Inequality(terms, limit, not closed) for terms, (limit, closed) in best.items()}


def _joined(up: Inequality, by: Fraction, down: Inequality, times: Fraction) -> Inequality:
    total: dict[int, Fraction] = {}
    for one, factor in ((up, by), (down, times)):
        for variable, coefficient in one.terms:
            total[variable] = total.get(variable, Fraction(0)) + factor * coefficient
    terms = tuple(sorted((variable, coefficient) for variable, coefficient in total.items() if coefficient))
    return Inequality(terms, up.limit * by + down.limit * times, up.strict or down.strict)


def can_hold(system: System, rows: Collection[int] | None = None) -> bool:
    """Whether some point of at least 0 fulfils `rows`, or all rows."""
    known = inequalities(system, range(len(system.rows)) if rows is None else rows)
    for variable in range(system.variables):
        known = eliminate(known, variable)
    return not any(one.limit < 0 or (one.limit == 0 and one.strict) for one in known)


def exact_range(system: System, terms: Collection[tuple[int, int]]) -> Range:
    """The ends of a form over a system that can hold."""
    form = tuple((variable, Fraction(times)) for variable, times in terms)
    value = system.variables
    known = inequalities(system, range(len(system.rows)))
    known.add(Inequality((*form, (value, Fraction(-1))), Fraction(0), False))
    known.add(Inequality((*((v, -t) for v, t in form), (value, Fraction(1))), Fraction(0), False))
    for variable in range(system.variables):
        known = eliminate(known, variable)
    lows = [(-one.limit, one.strict) for one in known if dict(one.terms).get(value, 0) < 0]
    highs = [(one.limit, not one.strict) for one in known if dict(one.terms).get(value, 0) > 0]
    low, high = max(lows, default=None), min(highs, default=None)
    return Range(
        low[0] if low else None, high[0] if high else None, bool(low and low[1]), bool(high and not high[1])
    )


def minimal_sets(system: System) -> list[tuple[int, ...]]:
    """The minimal sets of claims that cannot hold with all ties, by trying all subsets of different claims."""
    first = {(row.terms, row.within): number for number, row in reversed(list(enumerate(system.rows)))}
    claims = sorted(number for (terms, _), number in first.items() if len(terms) == 1)
    ties = [number for number, row in enumerate(system.rows) if len(row.terms) > 1]
    found: list[tuple[int, ...]] = []
    for size in range(1, len(claims) + 1):
        for subset in combinations(claims, size):
            if not any(set(known) <= set(subset) for known in found) and not can_hold(
                system, [*subset, *ties]
            ):
                found.append(subset)
    return found


def ties(variables: int) -> st.SearchStrategy[Row]:
    """Ties as the algebra makes them: part of a whole, parts that are or do not exceed a whole."""
    chosen = st.lists(st.integers(0, variables - 1), min_size=2, max_size=4, unique=True)
    ranges = st.sampled_from([Range(0, None), Range(0, 0)])
    return st.builds(
        lambda members, within: Row(((members[0], 1), *((member, -1) for member in members[1:])), within),
        chosen,
        ranges,
    )


def odd_ties(variables: int) -> st.SearchStrategy[Row]:
    """Any row of several terms."""
    times = st.sampled_from([-3, -2, -1, 1, 2, 3])
    terms = st.dictionaries(st.integers(0, variables - 1), times, min_size=2, max_size=3)
    return st.builds(lambda terms, within: Row(tuple(terms.items()), within), terms, ranges(-6))


@st.composite
def ranges(draw: st.DrawFn, lowest: int = 0) -> Range:
    """A range of small halves, each end open or closed, some without one end."""
    low = Fraction(draw(st.integers(2 * lowest, 20)), 2)
    high = low + Fraction(draw(st.integers(0, 6)), 2)
    no_low, no_high = draw(st.sampled_from([(False, False), (False, False), (True, False), (False, True)]))
    is_open = draw(st.booleans()), draw(st.booleans())
    return Range(
        None if no_low else low,
        None if no_high else high,
        is_open[0] and not no_low,
        is_open[1] and not no_high,
    )


@st.composite
def systems(draw: st.DrawFn, odd: bool = False) -> System:
    """A system of few variables; `odd` ones have rows that no cells would make."""
    variables = draw(st.integers(2, 4))
    shapes = st.one_of(ties(variables), odd_ties(variables)) if odd else ties(variables)
    times = st.sampled_from([1, 1, 1, 2, -1]) if odd else st.just(1)
    claim = st.builds(
        lambda v, t, within: Row(((v, t),), within), st.integers(0, variables - 1), times, ranges()
    )
    rows = draw(st.lists(shapes, max_size=3)) + draw(st.lists(claim, max_size=6))
    return System(variables, tuple(draw(st.permutations(rows))))

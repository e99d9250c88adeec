"""Whether a certificate proves what it says: exact arithmetic over the rows as given, and nothing else.

Whatever made a point or a sum of rows, a solver in floating point or an exact one, it counts only when it passes here.

Source:
    Farkas' lemma with strict inequalities (Motzkin's transposition theorem): A. Schrijver, Theory of Linear and
    Integer Programming, 1986, section 7.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tallyroom.algebra.linear.results import Step, plain, ratio
from tallyroom.algebra.system import Number, Range, System

Germ = tuple[Sequence[Number], Sequence[Number]]
"""A point and a direction: all points `p + d * q` for every small enough d above 0."""


def holds_at(system: System, rows: Iterable[int], values: Sequence[Number]) -> bool:
    """Whether `values` (one for each variable) are at least 0 and fulfil each of `rows`."""
    if len(values) != system.variables or any(value < 0 for value in values):
        return False
    return all(_fulfils(system, row, values) for row in rows)


def _fulfils(system: System, row: int, values: Sequence[Number]) -> bool:
    terms = system.rows[row].terms
    return inside(sum(values[variable] * times for variable, times in terms), system.rows[row].within)


def inside(value: Number, within: Range) -> bool:
    """Whether a number lies in a range, open ends left out."""
    if within.low is not None and (value < within.low or (within.low_open and value == within.low)):
        return False
    high = within.high
    return high is None or value < high or (value == high and not within.high_open)


def holds_near(system: System, rows: Iterable[int], germ: Germ) -> bool:
    """Whether all points `p + d * q` fulfil `rows` for small enough d above 0."""
    point, drift = germ
    if any((at, by) < (0, 0) for at, by in zip(point, drift, strict=True)):
        return False
    return all(_fulfils_near(system, row, germ) for row in rows)


def _fulfils_near(system: System, row: int, germ: Germ) -> bool:
    terms, within = system.rows[row].terms, system.rows[row].within
    level = tuple(sum(part[variable] * times for variable, times in terms) for part in germ)
    if within.low is not None and not level >= (within.low, 0):
        return False
    if within.high is not None and not level <= (within.high, 0):
        return False
    return not (
        (within.low_open and level == (within.low, 0)) or (within.high_open and level == (within.high, 0))
    )


def settle(system: System, rows: Iterable[int], germ: Germ) -> tuple[Number, ...]:
    """One point of a germ that `holds_near`: half as far as the rows allow, and at most a half."""
    point, drift = germ
    far = [ratio(-at, by) for at, by in zip(point, drift, strict=True) if by < 0]
    for row in rows:
        terms, within = system.rows[row].terms, system.rows[row].within
        at, by = (sum(part[variable] * times for variable, times in terms) for part in germ)
        end = within.low if by < 0 else within.high
        if by != 0 and end is not None:
            far.append(ratio(end - at, by))
    half = ratio(min([1, *far]), 2)
    return tuple(plain(at + half * by) for at, by in zip(point, drift, strict=True))


def add_up(system: System, steps: Iterable[Step]) -> tuple[dict[int, Number], Number, bool] | None:
    """The sum of ends of rows: `sum of terms >= constant`, and whether `>` holds.

    Returns:
        None where a step is no end of a row, or is taken 0 times or fewer: then the sum proves nothing.
    """
    terms: dict[int, Number] = {}
    constant: Number = 0
    strict = False
    for step in steps:
        row = system.rows[step.row]
        end, is_open = (
            (row.within.low, row.within.low_open)
            if step.side == "low"
            else (row.within.high, row.within.high_open)
        )
        if end is None or step.times <= 0:
            return None
        sign = step.times if step.side == "low" else -step.times
        constant, strict = constant + sign * end, strict or is_open
        for variable, times in row.terms:
            terms[variable] = terms.get(variable, 0) + sign * times
    return terms, constant, strict


def refutes(system: System, steps: Iterable[Step]) -> bool:
    """Whether the sum says `g >= c` of a form g without positive terms (so g <= 0) with c above 0, or strictly 0."""
    total = add_up(system, steps)
    if total is None or any(times > 0 for times in total[0].values()):
        return False
    return total[1] > 0 or (total[1] == 0 and total[2])


def forces(
    system: System, form: Mapping[int, Number], end: Number, is_open: bool, steps: Sequence[Step]
) -> bool:
    """Whether the sum proves that `form` is at least `end` (above it, where `is_open`)."""
    total = add_up(system, steps)
    if total is None or any(times > form.get(variable, 0) for variable, times in total[0].items()):
        return False
    if any(times < 0 and variable not in total[0] for variable, times in form.items()):
        return False
    return total[1] > end or (total[1] == end and (total[2] or not is_open))

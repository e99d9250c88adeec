"""What hangs together in a system: rows that share variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tallyroom.algebra.system import Row, System


class Part(NamedTuple):
    """A component as a system of its own, and which rows and variables of the whole are its own."""

    system: System
    rows: Sequence[int]
    variables: Sequence[int]


def split(system: System) -> Iterator[Part]:
    """The connected components. Rows without terms stand alone; variables without rows are left out."""
    leaders = _leaders(system)
    groups: dict[int, list[int]] = {}
    for number, row in enumerate(system.rows):
        key = leaders[row.terms[0][0]] if row.terms else -1 - number
        groups.setdefault(key, []).append(number)
    if len(groups) == 1 and all(leader == leaders[0] for leader in leaders):
        yield Part(system, range(len(system.rows)), range(system.variables))
        return
    for rows in groups.values():
        yield part_of(system, rows)


def _leaders(system: System) -> list[int]:
    leaders = list(range(system.variables))

    def find(variable: int) -> int:
        while leaders[variable] != variable:
            leaders[variable] = variable = leaders[leaders[variable]]
        return variable

    for row in system.rows:
        for variable, _ in row.terms[1:]:
            leaders[find(variable)] = find(row.terms[0][0])
    return [find(variable) for variable in range(system.variables)]


def reach(system: System, variables: Iterable[int]) -> list[int]:
    """The rows that hang together with `variables`."""
    rows_of: dict[int, list[int]] = {}
    for number, row in enumerate(system.rows):
        for variable, _ in row.terms:
            rows_of.setdefault(variable, []).append(number)
    pending = list(variables)
    met, rows = set(pending), set[int]()
    while pending:
        for number in rows_of.get(pending.pop(), ()):
            if number not in rows:
                rows.add(number)
                new = [variable for variable, _ in system.rows[number].terms if variable not in met]
                met.update(new)
                pending += new
    return sorted(rows)


def part_of(system: System, rows: Sequence[int], variables: Iterable[int] = ()) -> Part:
    """Some rows as a system of their own, which has `variables` even where no row does."""
    used = sorted({variable for row in rows for variable, _ in system.rows[row].terms}.union(variables))
    place = {variable: number for number, variable in enumerate(used)}
    renumbered = (
        Row(
            tuple((place[variable], times) for variable, times in system.rows[row].terms),
            system.rows[row].within,
        )
        for row in rows
    )
    return Part(System(len(used), tuple(renumbered)), rows, used)

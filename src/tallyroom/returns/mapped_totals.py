"""Totals of a mapped table: its rows added up by some of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from tallyroom.codebook.mappings import TableMapping
from tallyroom.model import Fact, Figure, Observation
from tallyroom.model.returns import KeyTotal
from tallyroom.returns.numbers import add
from tallyroom.returns.remarks import refuse


def totals_by(
    mapping: TableMapping,
    figures: Iterable[Figure],
    by: tuple[str, ...],
    where: Mapping[str, str] | None = None,
) -> tuple[KeyTotal, ...]:
    """Add the figures of one mapped table up.

    Args:
        by: Keys of the mapping; figures that agree in all of them, and in what they measure, are added.
        where: Keys and the value that is wanted of each; nothing takes all rows.

    Returns:
        Totals in the order of their keys; () where no row is wanted. Each total's period runs from the first
        day of its parts to the last.

    Raises:
        ReturnRefused: RT137 where a key is none of the mapping.
    """
    where = where or {}
    unknown = [key for key in (*by, *where) if key not in mapping.keys]
    if unknown:
        raise refuse(
            "RT137",
            "the mapping has no such key.",
            found=", ".join(unknown),
            expected=", ".join(mapping.keys),
        )
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        keys = figure.more["keys"]
        if all(keys[key] == value for key, value in where.items()):
            groups.setdefault((figure.more["figure"], *(keys[key] for key in by)), []).append(figure)
    return tuple(_total(by, key, group) for key, group in sorted(groups.items()))


def _total(by: tuple[str, ...], key: tuple[str, ...], group: list[Figure]) -> KeyTotal:
    code, *values = key
    keys = dict(zip(by, values, strict=True))
    observation = _sum(keys, [figure.observation for figure in group])
    fact = Fact(observation, tuple(figure.entry for figure in group), "sum")
    return KeyTotal(code, keys, fact)


def _sum(keys: dict[str, str], parts: list[Observation]) -> Observation:
    first = parts[0]
    periods = [part.period for part in parts if part.period]
    days = [period.split("/") for period in periods]
    substances = {part.substance for part in parts}
    areas = {part.area for part in parts}
    return msgspec.structs.replace(
        first, source="", start=0, end=0, text="",
        value=add(part.value for part in parts), low=add(part.low for part in parts),
        high=add(part.high for part in parts), high_open=any(part.high_open for part in parts),
        period=f"{min(day[0] for day in days)}/{max(day[1] for day in days)}" if days else None,
        substance=first.substance if len(substances) == 1 else "drugs",
        area=first.area if len(areas) == 1 else (),
        breakdown={"scope": "; ".join(f"{key} {value.lower()}" for key, value in keys.items())} if keys else {},
        rule=f"sum/{first.rule}",
    )  # fmt: skip

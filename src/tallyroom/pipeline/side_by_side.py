"""Two sources or two releases side by side: the same cells, and whether their figures agree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Figure, Interval, Observation
from tallyroom.model.audit import Pair, SideBySide, Verdict
from tallyroom.model.campaign import Words as Texts
from tallyroom.model.intervals import interval_of, meet, meet_all, minus
from tallyroom.model.record import AsOf
from tallyroom.pipeline.quoting import Quoter
from tallyroom.pipeline.sides import Sides

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook

Cell = tuple[Hashable, ...]
Group = list[Figure]
_NAMED = ("group", "site", "operation", "item")
"""Units whose counting words tell what was counted; those of others name the unit."""
_FIELDS = ("indicator", "statistic", "unit", "period", "operation_id", "offence", "substance")


def side_by_side(
    ledger: SqliteLedger, codebook: Codebook, first: str, second: str, as_of: AsOf = None
) -> SideBySide:
    """Compare the figures of two sides cell by cell.

    Cells are the same where indicator, statistic, unit, area, period, operation, offence, substance and breakdown are.
    The agency parts cells only where a side has figures of several: two agencies may tell of one thing, and then the
    pair says so. Cumulative figures of one operation that run to other days are told as such, with their growth.

    Raises:
        SideUnknown: One of the sides is nothing that the record has.
    """
    sides = Sides(ledger, codebook, as_of)
    (one, left), (other, right) = sides.of(first), sides.of(second)
    head = ledger.head(as_of)
    pairs = tuple(_pairs(left, right, Quoter(ledger)))
    return SideBySide(one, other, pairs, commit=head.number if head else 0, hash=head.hash if head else "")


def _pairs(left: Sequence[Figure], right: Sequence[Figure], quoter: Quoter) -> Iterator[Pair]:
    """Match by the whole cell, then without the agency, then without the day to which a campaign's figures run."""
    ones, others = _grouped(left), _grouped(right)
    matched: dict[Cell, tuple[Cell, bool]] = {}
    for key_of, later in ((_whole, False), (_without_agency, False), (_without_end, True)):
        _match(ones, others, matched, key_of, later)
    taken = {there for there, _ in matched.values()}
    for key, group in ones.items():
        if key in matched:
            there, later = matched[key]
            yield _both(group, others[there], later, quoter)
        else:
            yield Pair(cell_of(group[0].observation), "first", _said(group, quoter))
    for key, group in others.items():
        if key not in taken:
            yield Pair(cell_of(group[0].observation), "second", (), _said(group, quoter))


def _match(
    ones: dict[Cell, Group],
    others: dict[Cell, Group],
    matched: dict[Cell, tuple[Cell, bool]],
    key_of: Callable[[Observation], Cell | None],
    later: bool,
) -> None:
    """Pair the groups that have no partner yet and whose key is that of one group of each side alone."""
    taken = {there for there, _ in matched.values()}
    left = _by_key((key for key in ones if key not in matched), ones, key_of)
    right = _by_key((key for key in others if key not in taken), others, key_of)
    for short, keys in left.items():
        there = right.get(short, [])
        if len(keys) == len(there) == 1:
            matched[keys[0]] = there[0], later


def _by_key(
    keys: Iterable[Cell], groups: dict[Cell, Group], key_of: Callable[[Observation], Cell | None]
) -> dict[Cell, list[Cell]]:
    found: dict[Cell, list[Cell]] = {}
    for key in keys:
        short = key_of(groups[key][0].observation)
        if short is not None:
            found.setdefault(short, []).append(key)
    return found


def _grouped(figures: Sequence[Figure]) -> dict[Cell, Group]:
    groups: dict[Cell, Group] = {}
    for figure in figures:
        groups.setdefault(_whole(figure.observation), []).append(figure)
    return groups


def _without_agency(row: Observation) -> Cell:
    content = tuple(getattr(row, name) for name in _FIELDS)
    return (*content, tuple(sorted(row.area)), tuple(sorted(row.breakdown.items())))


def _whole(row: Observation) -> Cell:
    return (row.agency, *_without_agency(row))


def _without_end(row: Observation) -> Cell | None:
    if row.operation_id is None or row.period is None:
        return None
    short = list(_without_agency(row))
    short[_FIELDS.index("period")] = row.period.partition("/")[0]
    return (row.agency, *short)


def cell_of(row: Observation) -> dict[str, Any]:
    """Return the fields that name a cell."""
    fields = {name: getattr(row, name) for name in (*_FIELDS, "agency")}
    return {**fields, "area": list(row.area), "breakdown": dict(sorted(row.breakdown.items()))}


def _both(first: Group, second: Group, later: bool, quoter: Quoter) -> Pair:
    said = _said(first, quoter), _said(second, quoter)
    verdict: Verdict = "later" if later else _verdict(first, second)
    difference = minus(_tight(second), _tight(first))
    remarks = tuple(_remarks(first[0].observation, second[0].observation))
    return Pair(cell_of(first[0].observation), verdict, *said, difference, remarks)


def _verdict(first: Group, second: Group) -> Verdict:
    pairs = [(one.observation, other.observation) for one in first for other in second]
    if any(meet(interval_of(one), interval_of(other)) is None for one, other in pairs):
        return "differ"
    return "exact" if any(map(_is_exact, pairs)) else "rounding"


def _is_exact(pair: tuple[Observation, Observation]) -> bool:
    one, other = pair
    return one.value == other.value and interval_of(one) == interval_of(other)


def _tight(group: Group) -> Interval:
    """Where the measure lies by all that a side says; by the first where its figures have nothing in common."""
    intervals = [interval_of(figure.observation) for figure in group]
    return meet_all(intervals) or intervals[0]


def _said(group: Group, quoter: Quoter) -> tuple[Any, ...]:
    return tuple(map(quoter.of, group))


def _remarks(one: Observation, other: Observation) -> Iterator[Texts]:
    if one.agency and other.agency and one.agency != other.agency:
        told = f"{one.agency} / {other.agency}"
        yield {
            "en": f"another agency, so perhaps another scope: {told}",
            "zh": f"机关不同，口径可能不同：{told}",
        }
    if _counts_another(one, other):
        told = f"{one.counted} / {other.counted}"
        yield {"en": f"counted as {told}", "zh": f"计数单位：{told}"}
    if one.period != other.period:
        told = f"{_end(one)} / {_end(other)}"
        yield {"en": f"to {told}", "zh": f"截至 {told}"}


def _end(row: Observation) -> str:
    return (row.period or "").partition("/")[2]


def _counts_another(one: Observation, other: Observation) -> bool:
    """Whether the words tell that other things were counted, as gangs and networks are.

    Those of two languages cannot be compared, and a Chinese counter (个, 起) tells nothing.
    """
    words = one.counted.casefold(), other.counted.casefold()
    if one.unit not in _NAMED or words[0] == words[1] or words[0].isascii() != words[1].isascii():
        return False
    return all(len(word) > 1 for word in words)

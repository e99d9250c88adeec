"""From minimal sets of rows to findings: figures, ties, the proof line by line, and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from tallyroom.algebra.holding import Holding
from tallyroom.algebra.linear.bounding import bounds
from tallyroom.algebra.linear.contradictions import contradictions
from tallyroom.algebra.linear.deciding import Decider
from tallyroom.algebra.linear.results import Budget, LinearBounds, MinimalSet, Witness
from tallyroom.algebra.linear.results import Step as Taken
from tallyroom.algebra.mends import mend_of
from tallyroom.algebra.regions import Region
from tallyroom.algebra.system import Number, System
from tallyroom.algebra.telling import Teller, decimal_of, number_told
from tallyroom.model.campaign import Words
from tallyroom.model.finding import Finding, Mend, Step, Tie
from tallyroom.model.observation import Observation
from tallyroom.model.quantity import Interval
from tallyroom.model.record import Figure

SAME_CELL, PART, PARTS, PARTITION, SEVERAL = "F101", "F102", "F103", "F104", "F105"
_SAYS: dict[str, Words] = {
    SAME_CELL: {
        "en": "cannot all be true of one measure: {figures}",
        "zh": "同一指标的数字不能同时成立：{figures}",
    },
    PART: {"en": "a part is larger than its whole: {figures}", "zh": "部分大于整体：{figures}"},
    PARTS: {
        "en": "parts that lie apart exceed their whole: {figures}",
        "zh": "互不重叠的部分之和超过整体：{figures}",
    },
    PARTITION: {"en": "parts do not make up their whole: {figures}", "zh": "各部分之和与整体不符：{figures}"},
    SEVERAL: {"en": "cannot all be true together: {figures}", "zh": "以下数字不能同时成立：{figures}"},
}
_MEND_BUDGET = Budget(sets=1)
_SIGNS = {"low": (">", "≥"), "high": ("<", "≤")}
"""Of an end that is open, and of one that is reached."""
_OPEN = frozenset(open_sign for open_sign, _ in _SIGNS.values())


class Told(msgspec.Struct, frozen=True):
    """A contradiction before its figures are quoted: their entries in order, and all else."""

    code: str
    entries: tuple[int, ...]
    alike: tuple[tuple[int, int], ...]
    """Other figures that say the same: the entry that they could stand for, and their own."""
    ties: tuple[Tie, ...]
    proof: tuple[str, ...]
    steps: tuple[Step, ...]
    reach: tuple[Interval | None, ...]
    """For each entry, where its measure lies by all others."""

    def finding(self, figures: Mapping[int, Figure]) -> Finding:
        """The finding with its figures, and the changes that would mend it: the likeliest slip first."""
        stated = [figures[entry].observation for entry in self.entries]
        carried = [self._carriers(entry, figures) for entry in self.entries]
        says = {
            lang: words.format(figures=_listed(stated, carried, lang))
            for lang, words in _SAYS[self.code].items()
        }
        mends = [
            mend_of(entry, one, reach)
            for entry, one, reach in zip(self.entries, stated, self.reach, strict=True)
            if reach is not None
        ]
        known = {
            entry: (self._told_times(figures[entry]), one.value)
            for entry, one in zip(self.entries, stated, strict=True)
        }
        ordered = sorted((mend for mend in mends if mend is not None), key=lambda mend: _size(mend, known))
        return Finding(
            code=self.code, severity="hard", says=says, figures=tuple(figures[entry] for entry in self.entries),
            ties=self.ties, proof=self.proof, steps=self.steps, alike=self.alike,
            falls=self.proof[-1] if self.proof else "", mends=tuple(ordered),
        )  # fmt: skip

    def quoted(self) -> tuple[int, ...]:
        """Entries of all figures that it names."""
        return (*self.entries, *(other for _, other in self.alike))

    def _told_times(self, figure: Figure) -> int:
        """How many figures and carriers say what one figure says."""
        return 1 + len(figure.carriers) + sum(one == figure.entry for one, _ in self.alike)

    def _carriers(self, entry: int, figures: Mapping[int, Figure]) -> list[str]:
        """The documents that say what one of the figures says, its own first."""
        same = (entry, *(other for one, other in self.alike if one == entry))
        return list(dict.fromkeys(figures[one].observation.source for one in same))


def _listed(stated: Sequence[Observation], carried: Sequence[list[str]], lang: str) -> str:
    comma, semicolon = (", ", "; ") if lang == "en" else ("、", "；")
    return semicolon.join(f"{one.text} ({comma.join(by)})" for one, by in zip(stated, carried, strict=True))


def _size(mend: Mend, known: Mapping[int, tuple[int, Decimal]]) -> tuple[bool, int, Decimal, int]:
    """A slip before any other change, in what is said fewer times, and the smaller change."""
    times, before = known[mend.entry]
    return mend.slip is None, times, abs(mend.value - before) / (before or 1), mend.entry


def findings_of(
    holding: Holding, region: Region, budget: Budget | None = None
) -> tuple[list[Told], list[str]]:
    """Find the contradictions of a region.

    Returns:
        One for each minimal set of figures, in the solver's order, and what was left out where the budget did not
        suffice.
    """
    found = contradictions(region.system, budget, range(len(region.claims)))
    teller = Teller(holding.knowledge)
    told = [_told(holding, region, one, teller) for one in found.sets if one.claims]
    return told, [left.what for left in found.unsolved]


def can_hold(region: Region) -> bool:
    """Whether a point was found at which all rows of a region hold."""
    return isinstance(Decider(region.system, Budget()).decide_quickly(), Witness)


def against_themselves(holding: Holding, region: Region) -> list[int]:
    """Claims of a region that contradict others of their own documents."""
    by_document: dict[int, list[int]] = {}
    for row, claim in enumerate(region.claims):
        by_document.setdefault(holding.document[claim], []).append(row)
    ties = range(len(region.claims), len(region.system.rows))
    found: list[int] = []
    for _, own in sorted(by_document.items()):
        if len(own) > 1:
            rows = tuple(region.system.rows[row] for row in (*own, *ties))
            sets = contradictions(System(region.system.variables, rows), claims=range(len(own))).sets
            found += sorted({region.claims[own[row]] for one in sets for row in one.claims})
    return found


def _told(holding: Holding, region: Region, found: MinimalSet, teller: Teller) -> Told:
    rows = sorted(found.claims, key=lambda row: holding.entry[region.claims[row]])
    links = [region.links[row - len(region.claims)] for row in found.ties]
    cells = {number: holding.cell_at(number) for number in region.cells}
    entries = tuple(holding.entry[region.claims[row]] for row in rows)
    return Told(
        code=_code([link.rule for link in links]),
        entries=entries,
        alike=tuple(
            (holding.entry[region.claims[one]], holding.entry[region.claims[other]])
            for one, other in found.alike
        ),
        ties=tuple(teller.tie(link, cells) for link in links),
        proof=tuple(_proof(holding, region, found, teller)),
        steps=tuple(_steps(holding, region, found, entries)),
        reach=tuple(_reach(region, row, found) for row in rows),
    )


def _code(rules: Sequence[str]) -> str:
    kinds = set(rules)
    if not kinds:
        return SAME_CELL
    if kinds == {"part"}:
        return PART
    if kinds <= {"part", "disjoint_parts"}:
        return PARTS
    return PARTITION if kinds <= {"part", "partition"} else SEVERAL


def _reach(region: Region, row: int, found: MinimalSet) -> Interval | None:
    """Where a figure's measure lies by all other rows; by those of the set alone, where the others fall out too."""
    variable = region.system.rows[row].terms[0][0]
    for kept in (range(len(region.system.rows)), found.rows):
        rows = tuple(region.system.rows[one] for one in kept if one != row)
        ends = bounds(System(region.system.variables, rows), [(variable, 1)], _MEND_BUDGET)
        if ends.refutation is None:
            return interval_of(ends)
    return None


def interval_of(ends: LinearBounds) -> Interval:
    """The ends of a form as an interval of decimals."""
    low = None if ends.low is None else decimal_of(ends.low)
    high = None if ends.high is None else decimal_of(ends.high)
    return Interval(low, high, ends.low_open, ends.high_open)


def _end_of(region: Region, step: Taken) -> tuple[str, Number]:
    """The sign and the number of the end of a row that a refutation takes."""
    within = region.system.rows[step.row].within
    low = step.side == "low"
    end, is_open = (within.low, within.low_open) if low else (within.high, within.high_open)
    assert end is not None
    return _SIGNS[step.side][not is_open], end


def _proof(holding: Holding, region: Region, found: MinimalSet, teller: Teller) -> list[str]:
    """Each row of the refutation with its multiplier, and what they add up to."""
    lines: list[str] = []
    total: Number = 0
    is_open = False
    for step in found.refutation.steps:
        sign, end = _end_of(region, step)
        total += step.times * end * (1 if step.side == "low" else -1)
        is_open = is_open or sign in _OPEN
        told = f"{_row_told(holding, region, step.row, teller)} {sign} {number_told(end)}"
        lines.append(f"{number_told(step.times)} × ({told})")
    return [*lines, f"0 {'>' if is_open else '≥'} {number_told(total)}"]


def _steps(holding: Holding, region: Region, found: MinimalSet, entries: Sequence[int]) -> list[Step]:
    """The same in parts: which end of which figure or tie is taken how often."""
    ties = list(found.ties)
    steps = []
    for one in found.refutation.steps:
        sign, end = _end_of(region, one)
        is_tie = one.row >= len(region.claims)
        of = ties.index(one.row) if is_tie else entries.index(holding.entry[region.claims[one.row]])
        steps.append(Step(number_told(one.times), of, is_tie, sign, number_told(end)))
    return steps


def _row_told(holding: Holding, region: Region, row: int, teller: Teller) -> str:
    def name(cell: int) -> str:
        return "[" + teller.cell(holding.cell_at(cell), "en") + "]"

    if row < len(region.claims):
        claim = region.claims[row]
        return f"entry {holding.entry[claim]}: {name(holding.cell[claim])}"
    link = region.links[row - len(region.claims)]
    return f"{link.rule}: " + " − ".join(name(cell) for cell in (link.whole, *link.parts))

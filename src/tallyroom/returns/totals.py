"""Totals of a round: each line's sum over what was filed, with its parts and its coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from tallyroom.model import Coverage, Fact, Figure, Observation
from tallyroom.model.campaign import Campaign, Line, Round
from tallyroom.model.returns import Total, WaveTotal
from tallyroom.returns.filed import Filed, Key
from tallyroom.returns.numbers import add

Status = Literal["", "p", "r", "e", "x"]


Adjusted = Mapping[int, tuple[tuple[int, Decimal], ...]]
"""By the entry of a figure: entries that adjust it, and by how much."""


class _Filings:
    """The figures of a round's returns, by line, and by unit or joint."""

    def __init__(self, figures: Iterable[Figure], returns: Mapping[Key, Filed]) -> None:
        self.returns = returns
        self._own: dict[tuple[str, str, str], list[Figure]] = {}
        self._details: dict[tuple[str, str, str], list[Figure]] = {}
        for figure in figures:
            more = figure.more
            kept = self._details if more.get("detail") else self._own
            key = more["line"], more.get("joint", ""), more["reporting_unit"]
            kept.setdefault(key, []).append(figure)

    def parts(self, line: Line) -> list[Figure]:
        """What adds up to the line's total: own figures of units, or their details, and each joint result once."""
        chosen: dict[tuple[str, str], list[Figure]] = {}
        for code, joint, unit in dict.fromkeys([*self._own, *self._details]):
            if code == line.code:
                figures = self._own.get((code, joint, unit)) or self._details[code, joint, unit]
                # several units file a joint result: it is one, and the checks see that they agree
                chosen.setdefault((joint, "" if joint else unit), figures)
        return sorted((part for parts in chosen.values() for part in parts), key=_entry)

    def told(self, line: Line) -> set[str]:
        """Joints and units that a figure of the line is about, or was filed by."""
        return {
            told
            for kept in (self._own, self._details)
            for code, joint, unit in kept
            if code == line.code
            for told in (joint, unit)
        }


def _entry(figure: Figure) -> int:
    return figure.entry


def totals(
    campaign: Campaign, on: Round, figures: Iterable[Figure], returns: Mapping[Key, Filed],
    adjusted: Adjusted | None = None,
) -> tuple[Total, ...]:  # fmt: skip
    """Return the total of each line of a campaign in one round, in the order of the lines.

    Args:
        figures: Those of the round's returns that count.
        returns: The last version of each return of the campaign.
        adjusted: By the entry of a figure, what levels above added to it: entries and changes.

    Returns:
        For each line a fact whose `parts` are the entries that were added up. A line of which nothing is
        filed has the status `x` and the value 0; one whose returns are missing or not yet accepted has `p`,
        one of which a return was corrected, so that its figure moved, `r`.
    """
    filings = _Filings(figures, returns)
    made = (Total(line.code, _total(campaign, on, line, filings)) for line in campaign.lines)
    return tuple(_adjusted(total, adjusted or {}) for total in made)


def _adjusted(total: Total, adjusted: Adjusted) -> Total:
    """Add the changes to the sum, and their entries to its parts."""
    found = [change for part in total.fact.parts for change in adjusted.get(part, ())]
    if not found:
        return total
    row, by = total.fact.observation, sum((change for _, change in found), Decimal(0))
    moved = msgspec.structs.replace(
        row, value=row.value + by, low=None if row.low is None else row.low + by,
        high=None if row.high is None else row.high + by,
    )  # fmt: skip
    parts = (*total.fact.parts, *(entry for entry, _ in found))
    return Total(total.line, msgspec.structs.replace(total.fact, observation=moved, parts=parts))


def wave_totals(
    campaign: Campaign, on: Round, figures: Iterable[Figure], returns: Mapping[Key, Filed],
    adjusted: Adjusted | None = None,
) -> tuple[WaveTotal, ...]:  # fmt: skip
    """Return what the targeted cases of each wave add up to, wave by wave in the order of the lines.

    Args:
        figures: Those of the round's returns that count.
        returns: The last version of each return of the campaign.
        adjusted: As for `totals`.

    Returns:
        For each wave that has begun, each line of its targeted cases; coverage counts the cases of the wave.
        () where no wave has begun.
    """
    told = list(figures)
    found = []
    for wave in (wave for wave in campaign.waves if wave.since <= on.end):
        narrowed = msgspec.structs.replace(
            campaign,
            waves=(wave,),
            joints=tuple(joint for joint in campaign.joints if joint.wave == wave.code),
        )
        filings = _Filings((figure for figure in told if figure.more.get("joint") in wave.cases), returns)
        area = dict.fromkeys(place for unit in wave.units for place in campaign.unit(unit).area)
        for line in campaign.lines:
            if line.joint and line.operation == wave.operation:
                own = msgspec.structs.replace(line, filed_by=wave.units, total_area=tuple(area))
                total = _adjusted(Total(line.code, _total(narrowed, on, own, filings)), adjusted or {})
                found.append(WaveTotal(wave.code, line.code, total.fact))
    return tuple(found)


def _total(campaign: Campaign, on: Round, line: Line, filings: _Filings) -> Fact:
    parts = filings.parts(line)
    changed = any(part.status in ("corrected", "amended") for part in parts)
    coverage = _coverage(campaign, on, line, filings)
    observation = _sum(campaign, on, line, [part.observation for part in parts])
    return Fact(
        observation=observation,
        parts=tuple(part.entry for part in parts),
        arithmetic="sum",
        coverage=coverage,
        status=_status(campaign, on, line, filings, coverage, changed),
    )


def _coverage(campaign: Campaign, on: Round, line: Line, filings: _Filings) -> Coverage:
    """Units that reported out of those expected; of targeted cases, the cases. A nil return reports all its lines."""
    told = filings.told(line)
    if line.joint:
        joints = campaign.joints_of(line, on)
        expected = [joint.code for joint in joints]
        told |= {
            joint.code
            for joint in joints
            if all(_is_nil(campaign, on, line, filings, unit) for unit in joint.units)
        }
    else:
        standing = {unit.code for unit in campaign.expected(campaign.form_of(line.code), on)}
        expected = [unit for unit in line.filed_by if unit in standing]
        told |= {unit for unit in expected if _is_nil(campaign, on, line, filings, unit)}
    missing = tuple(code for code in expected if code not in told)
    return Coverage(len(expected) - len(missing), len(expected), missing)


def _counting(campaign: Campaign, on: Round, line: Line, filings: _Filings, unit: str) -> Filed | None:
    filed = filings.returns.get((campaign.form_of(line.code).code, on.code, unit))
    return filed if filed is not None and filed.counts else None


def _is_nil(campaign: Campaign, on: Round, line: Line, filings: _Filings, unit: str) -> bool:
    filed = _counting(campaign, on, line, filings, unit)
    return filed is not None and filed.nil


def _status(
    campaign: Campaign, on: Round, line: Line, filings: _Filings, coverage: Coverage, changed: bool
) -> Status:
    filed = [one for unit in line.filed_by if (one := _counting(campaign, on, line, filings, unit))]
    if not filed or not coverage.reported:
        return "x"
    if not coverage.complete or any(one.state != "accepted" for one in filed):
        return "p"
    return "r" if changed or any(line.code in one.body.get("moved", ()) for one in filed) else ""


def _sum(campaign: Campaign, on: Round, line: Line, parts: Sequence[Observation]) -> Observation:
    """The total as an observation: sums of values and of the ends of their intervals; no source of its own."""
    return Observation(
        source="", start=0, end=0, text="", indicator=line.indicator, statistic=line.statistic,
        value=add(part.value for part in parts), upper=None, unit=line.unit, qualifier="exact",
        area=line.total_area, period=on.period, operation=campaign.operation(line.operation).label["en"],
        offence=line.offence, substance=line.substance, breakdown=dict(line.breakdown),
        low=add(part.low for part in parts), high=add(part.high for part in parts), low_open=False,
        high_open=any(part.high_open for part in parts), counted=line.counted.get("en", line.unit),
        agency=line.agency, operation_id=line.operation, period_from="text", rule=f"sum/{line.code}",
        confidence=1.0,
    )  # fmt: skip

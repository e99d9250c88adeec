"""Campaigns at random: fewer units and lines, other waves, sets and days than the one they are drawn from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from tallyroom.generate.dice import Dice
from tallyroom.model.campaign import Breakdown, Campaign, Form, Joint, Line, ReportingUnit, Round, Wave

_ALWAYS = frozenset({"cases_solved", "persons_arrested", "quantity_seized"})
"""Of these indicators the first line stays: without them there is nothing to tell."""
_CASES, _PARTNERS, _SET = (1, 12), (2, 6), (2, 3)


def a_campaign(base: Campaign, dice: Dice) -> Campaign:
    """Return a campaign like `base`, with its operations and kinds of lines, and otherwise at random.

    Which provinces and lines there are, which of them join how many targeted cases, who shares results, and the
    days: all of it is drawn. What hangs together in `base` still does.
    """
    provinces = [unit.code for unit in base.units if unit.kind == "province"]
    kept = dice.some(provinces, dice.between(6, len(provinces)))
    units = tuple(unit for unit in base.units if unit.kind != "province" or unit.code in kept)
    wave, cases = _wave(base.waves[0], kept, dice.child("wave"))
    shared = tuple(
        msgspec.structs.replace(joint, units=tuple(dice.some(kept, dice.between(*_SET))))
        for joint in base.joints
        if joint.wave is None
    )
    lines = tuple(_line(line, units, wave, shared) for line in _lines(base.lines, dice.child("lines")))
    return msgspec.structs.replace(
        base, units=units, lines=lines, joints=(*cases, *shared), releases=(),
        breakdowns=_breakdowns(base.breakdowns, lines), forms=_forms(base.forms, lines),
        **_days(base.rounds, wave, dice.child("days")),
    )  # fmt: skip


def _lines(lines: Sequence[Line], dice: Dice) -> list[Line]:
    first = {line.indicator: line.code for line in reversed(lines) if line.indicator in _ALWAYS}
    return [line for line in lines if line.code in first.values() or line.joint or dice.chance(70)]


def _wave(base: Wave, provinces: Sequence[str], dice: Dice) -> tuple[Wave, tuple[Joint, ...]]:
    partners = tuple(dice.some(provinces, dice.between(*_PARTNERS)))
    codes = tuple(f"{base.code}-{number}" for number in range(1, dice.between(*_CASES) + 1))
    cases = tuple(
        Joint(
            code,
            {"zh": f"{number}号目标案件", "en": f"Targeted case {number}"},
            partners if number == 1 else tuple(dice.some(partners, dice.between(2, len(partners)))),
            base.operation,
            base.code,
        )
        for number, code in enumerate(codes, 1)
    )
    return msgspec.structs.replace(base, cases=codes, units=partners), cases


def _line(line: Line, units: Sequence[ReportingUnit], wave: Wave, shared: Sequence[Joint]) -> Line:
    """The line with those who file it now, and what its total is about."""
    if line.joint:
        return msgspec.structs.replace(line, filed_by=wave.units, total_area=wave.units)
    own = next((joint for joint in shared if joint.operation == line.operation), None)
    if own is not None:
        return msgspec.structs.replace(line, filed_by=own.units, total_area=own.units)
    standing = {unit.code for unit in units}
    return msgspec.structs.replace(line, filed_by=tuple(code for code in line.filed_by if code in standing))


def _breakdowns(breakdowns: Sequence[Breakdown], lines: Sequence[Line]) -> tuple[Breakdown, ...]:
    codes = {line.code for line in lines}
    kept = []
    for one in breakdowns:
        parts = tuple(part for part in one.parts if part in codes)
        if one.whole in codes and parts:
            kept.append(msgspec.structs.replace(one, parts=parts))
    return tuple(kept)


def _forms(forms: Sequence[Form], lines: Sequence[Line]) -> tuple[Form, ...]:
    filers = {line.code: line.filed_by for line in lines}
    kept = []
    for form in forms:
        own = tuple(code for code in form.lines if code in filers)
        units = tuple(dict.fromkeys(unit for code in own for unit in filers[code]))
        if own:
            kept.append(msgspec.structs.replace(form, lines=own, filed_by=units))
    return tuple(kept)


def _days(rounds: Sequence[Round], wave: Wave, dice: Dice) -> dict[str, object]:
    """The campaign's first day, and rounds that each go on from the one before."""
    start = datetime.date(dice.between(2015, 2024), dice.between(1, 8), dice.between(1, 28))
    made, end = [], start
    for one in rounds:
        end += datetime.timedelta(dice.between(20, 60))
        due = end + datetime.timedelta(dice.between(1, 9))
        made.append(Round(one.code, start, end, due))
    begun = msgspec.structs.replace(wave, since=start)
    return {"start": start, "planned_end": None, "rounds": tuple(made), "waves": (begun,)}

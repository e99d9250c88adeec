"""Campaigns drawn from all that a campaign may report: operations, kinds of lines, joint results, places and days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from tallyroom.generate.dice import Dice
from tallyroom.model.campaign import (
    Breakdown,
    Campaign,
    Form,
    Joint,
    Line,
    Operation,
    ReportingUnit,
    Round,
    Wave,
)

_ABROAD = ("KH", "MM", "LA", "TH", "VN", "PH", "MY", "US", "AU", "DE")
_ALWAYS = (("cases_solved", "case", "drugs"), ("persons_arrested", "person", "drugs"))
"""A bulletin on drugs says at least how many cases and how many suspects there were."""
_APART = {("cases_targeted", "case"), ("deaths", "person")}
"""Drawn apart: targeted cases are filed case by case; deaths beside other crimes are read as accidents."""
_LINES, _LONG = (2, 5), (8, 12)
_CASES = (1, 5)


def a_varied_campaign(
    base: Campaign, kinds: Sequence[Line], operations: Sequence[Operation], dice: Dice
) -> Campaign:
    """Return a campaign with units of `base` and with operations and lines at random.

    Args:
        base: Gives the code, the agency, the country and the units to choose from.
        kinds: What lines may be about; each is drawn by its indicator first, so that all are as likely.
        operations: Which operations there are beside the campaign itself.

    Returns:
        A campaign with some of these: several waves of targeted cases, sets of units that share results, lines
        of a few provinces, lines that are parts of others, results in other countries.
    """
    units = _units(base, dice.child("units"))
    provinces = [unit.code for unit in units if unit.kind == "province"]
    chosen = [Operation(base.code, base.label), *dice.some(operations, dice.between(0, 3))]
    days = _days(dice.child("days"))
    waves, joints = _shared(chosen, provinces, days["start"], dice.child("shared"))
    lines = tuple(_numbered(_lines(base, chosen, units, waves, kinds, dice.child("lines"))))
    return msgspec.structs.replace(
        base, units=units, operations=tuple(chosen),
        lines=lines, waves=waves, joints=joints, releases=(),
        planned_end=None, breakdowns=_parts(lines),
        forms=tuple(_forms(lines, {unit.code: unit for unit in units})), **days,
    )  # fmt: skip


def _units(base: Campaign, dice: Dice) -> tuple[ReportingUnit, ...]:
    """A few provinces, seldom all, and some bodies of other kinds."""
    provinces = [unit.code for unit in base.units if unit.kind == "province"]
    kept = set(dice.some(provinces, dice.magnitude(3, 12) if dice.chance(95) else len(provinces)))
    kept |= {unit.code for unit in base.units if unit.kind == "channel" and dice.chance(20)}
    return tuple(unit for unit in base.units if unit.kind not in ("province", "channel") or unit.code in kept)


def _days(dice: Dice) -> dict[str, object]:
    start = datetime.date(dice.between(2012, 2024), dice.between(1, 12), dice.between(1, 28))
    first = start + datetime.timedelta(dice.between(6, 120))
    second = first + datetime.timedelta(dice.between(6, 60))
    due = [end + datetime.timedelta(dice.between(1, 9)) for end in (first, second)]
    return {
        "start": start,
        "rounds": (Round("first", start, first, due[0]), Round("second", start, second, due[1])),
    }


def _shared(
    operations: Sequence[Operation], provinces: Sequence[str], start: object, dice: Dice
) -> tuple[tuple[Wave, ...], tuple[Joint, ...]]:
    """Waves of targeted cases in one operation, and a set of provinces that share results in another."""
    assert isinstance(start, datetime.date)
    waves: list[Wave] = []
    joints: list[Joint] = []
    if dice.chance(50):
        operation = operations[-1].code
        for number in range(1, dice.between(1, 3) + 1):
            wave, cases = _wave(f"wave-{number}", operation, provinces, start, dice.child(number))
            waves.append(wave)
            joints += cases
    if len(operations) > 1 and dice.chance(50):
        label = {"zh": "共同", "en": "Together"}
        units = tuple(dice.some(provinces, dice.between(2, 3)))
        joints.append(Joint("together", label, units, operations[0].code))
    return tuple(waves), tuple(joints)


def _wave(
    code: str, operation: str, provinces: Sequence[str], start: datetime.date, dice: Dice
) -> tuple[Wave, list[Joint]]:
    partners = dice.some(provinces, dice.between(2, 6))
    cases = [
        Joint(f"{code}-{at}", {"zh": f"{at}号目标案件", "en": f"Targeted case {at}"},
              tuple(dice.some(partners, dice.between(2, len(partners)))), operation, code)
        for at in range(1, dice.between(*_CASES) + 1)
    ]  # fmt: skip
    joining = tuple(unit for unit in provinces if any(unit in case.units for case in cases))
    label = {"zh": f"{code}", "en": code}
    return Wave(code, label, operation, start, tuple(case.code for case in cases), joining), cases


def _lines(
    base: Campaign, operations: Sequence[Operation], units: Sequence[ReportingUnit], waves: Sequence[Wave],
    kinds: Sequence[Line], dice: Dice,
) -> Iterator[Line]:  # fmt: skip
    provinces = [unit.code for unit in units if unit.kind == "province"]
    everyone = tuple(unit.code for unit in units if unit.kind in ("province", "channel"))
    for kind in kinds:
        if (kind.indicator, kind.unit, kind.offence) in _ALWAYS and not kind.substance and not kind.breakdown:
            yield _placed(kind, operations[0], everyone, base.area, base.agency)
    for operation in operations:
        own = dice.child(operation.code)
        count = own.between(*_LONG) if own.chance(8) else own.between(*_LINES)
        for kind in _some_kinds(kinds, count, own):
            few = tuple(own.some(provinces, own.between(2, 3))) if own.chance(15) else ()
            areas = few or base.area
            yield _placed(kind, operation, few or everyone, areas, base.agency)
    if waves:
        filers = tuple(unit for unit in provinces if any(unit in wave.units for wave in waves))
        for kind in _joint_kinds(kinds, dice):
            yield _placed(kind, operations[-1], filers, filers, base.agency, joint=True)
    if dice.chance(40):
        yield from _abroad(base, operations[0], units, kinds, dice.child("abroad"))


def _placed(
    kind: Line,
    operation: Operation,
    filers: tuple[str, ...],
    area: tuple[str, ...],
    agency: str,
    joint: bool = False,
) -> Line:
    return msgspec.structs.replace(
        kind, operation=operation.code, filed_by=filers, total_area=area, agency=agency, joint=joint
    )


def _some_kinds(kinds: Sequence[Line], count: int, dice: Dice) -> list[Line]:
    """Kinds of different cells."""
    indicators = sorted({(kind.indicator, kind.unit) for kind in kinds} - _APART)
    found: dict[object, Line] = {}
    while len(found) < count:
        indicator = dice.pick(indicators)
        kind = dice.pick([kind for kind in kinds if (kind.indicator, kind.unit) == indicator])
        if (kind.indicator, kind.unit, kind.offence) not in _ALWAYS:
            found.setdefault(_cell(kind), kind)
    return list(found.values())


def _joint_kinds(kinds: Sequence[Line], dice: Dice) -> list[Line]:
    cases = [kind for kind in kinds if kind.indicator == "cases_targeted"]
    persons = [kind for kind in kinds if kind.indicator == "persons_arrested" and kind.unit == "person"]
    return [dice.pick(cases), dice.pick(persons)]


def _abroad(
    base: Campaign, operation: Operation, units: Sequence[ReportingUnit], kinds: Sequence[Line], dice: Dice
) -> Iterator[Line]:
    """What the police of another country seized there; it enters no domestic sum."""
    filers = tuple(unit.code for unit in units if unit.kind == "liaison")
    seized = [
        kind
        for kind in kinds
        if kind.indicator == "quantity_seized" and kind.unit == "kg" and not kind.breakdown
    ]
    country = dice.pick(_ABROAD)
    for kind in dice.some(seized, dice.between(1, 2)):
        yield msgspec.structs.replace(
            kind, operation=operation.code, filed_by=filers, total_area=(country,), area=(country,), abroad=True,
            breakdown={"partner": country},
        )  # fmt: skip


def _numbered(lines: Iterator[Line]) -> Iterator[Line]:
    for at, line in enumerate(lines, 1):
        yield msgspec.structs.replace(line, code=f"line_{at}")


def _cell(kind: Line) -> object:
    return (
        kind.indicator,
        kind.unit,
        kind.offence,
        kind.substance,
        tuple(sorted(kind.breakdown.items())),
        *kind.counted.values(),
    )


def _parts(lines: Sequence[Line]) -> tuple[Breakdown, ...]:
    """Lines of one operation and filers of which one narrows the other: parts of it, which may overlap."""
    found = []
    for whole in lines:
        parts = tuple(part.code for part in lines if _narrows(part, whole))
        if parts and not whole.joint:
            found.append(Breakdown(whole.code, parts, "overlapping"))
    return tuple(found)


def _narrows(part: Line, whole: Line) -> bool:
    same = all(
        getattr(part, name) == getattr(whole, name)
        for name in (
            "operation",
            "indicator",
            "unit",
            "offence",
            "substance",
            "filed_by",
            "joint",
            "abroad",
            "counted",
        )
    )
    return same and part.breakdown != whole.breakdown and whole.breakdown.items() <= part.breakdown.items()


def _forms(lines: Sequence[Line], units: dict[str, ReportingUnit]) -> Iterator[Form]:
    """One form for what units report of themselves, one for targeted cases, one for results abroad."""
    for code, own in (
        ("results", [line for line in lines if not line.joint and not line.abroad]),
        ("cases", [line for line in lines if line.joint]),
        ("abroad", [line for line in lines if line.abroad]),
    ):
        if own:
            filers = {unit for line in own for unit in line.filed_by}
            label = {"zh": "战果统计表", "en": f"Form of {code}"}
            yield Form(
                code, label, tuple(line.code for line in own), tuple(unit for unit in units if unit in filers)
            )

"""What the units of a campaign report so that it adds up to given totals: the content of their returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from tallyroom.generate.dice import Dice
from tallyroom.generate.spreading import Amounts, DoesNotFit, spread, spread_above
from tallyroom.model.campaign import Breakdown, Campaign, Form, Joint, Line, ReportingUnit, Round

Totals = Mapping[str, Decimal]
"""Value by line; a line that is not named has none."""
Place = tuple[str, str, str]
"""Line, reporting unit, and joint or nothing."""
_JOINT_SHARE = (5, 20)
"""How much of a hundred several units did together, where a line may have a joint result."""
_SIZES = {"site": (3, 60), "group": (30, 900), "kg": (200, 90_000)}
_SIZE = (400, 60_000)
"""How large a total is at random, by its unit of measure."""
_NIL = 40
"""Of a hundred bodies that are no province, how many have nothing to report."""


class Filing(msgspec.Struct, frozen=True):
    """One return to be: who files which form for which round, and its figures by line and joint."""

    unit: ReportingUnit
    form: Form
    round: Round
    values: dict[tuple[str, str], Decimal]

    @property
    def nil(self) -> bool:
        """Whether there is nothing to report."""
        return not any(self.values.values())


def file_round(
    campaign: Campaign, on: Round, totals: Totals, dice: Dice, before: Totals | None = None
) -> list[Filing]:
    """Return the returns of a round: their figures add up to the totals, and fit one another.

    Args:
        totals: What the round's returns shall add up to, in the lines' units.
        dice: Chance. Use the same for all rounds of one campaign: later figures then go on from earlier ones.
        before: Totals of the round before: each unit then reports what it had, and its share of what came.

    Raises:
        DoesNotFit: The totals contradict one another, or fall.
    """
    weights = _weights(campaign, dice.child("weights"))
    figures = _figures(campaign, on, before or totals, weights, dice.child("first"))
    if before is not None:
        grown = {line: totals.get(line, Decimal(0)) - before.get(line, Decimal(0)) for line in totals}
        more = _figures(campaign, on, grown, weights, dice.child("then", on.code))
        figures = {place: figures.get(place, 0) + more.get(place, 0) for place in figures | more}
    figures |= _cases(campaign, on, totals, dice.child("cases"))
    return list(_filings(campaign, on, figures))


def _filings(campaign: Campaign, on: Round, figures: Mapping[Place, int]) -> Iterator[Filing]:
    for form in campaign.forms:
        for unit in campaign.expected(form, on):
            values = {
                (line, joint): Decimal(amount).scaleb(-campaign.line(line).decimals)
                for (line, code, joint), amount in figures.items()
                if code == unit.code and line in form.lines
            }
            yield Filing(unit, form, on, dict(sorted(values.items(), key=lambda item: _order(form, item[0]))))


def _order(form: Form, place: tuple[str, str]) -> tuple[int, str]:
    return form.lines.index(place[0]), place[1]


def _figures(campaign: Campaign, on: Round, totals: Totals, weights: Amounts, dice: Dice) -> dict[Place, int]:
    """Amounts of all lines but those of targeted cases, in the smallest step of each line."""
    found: dict[str, Amounts] = {}
    places: dict[Place, int] = {}
    for line in _parts_first(campaign):
        total = steps(line, totals.get(line.code, Decimal(0)))
        filers = {unit: weights[unit] for unit in line.filed_by if campaign.unit(unit).stands_on(on.end)}
        joint = next(iter(campaign.joints_of(line, on)), None)
        together = 0
        if joint is not None and total:
            together = total * dice.between(*_JOINT_SHARE) // 100
            places[line.code, _filer(joint), joint.code] = together
        own = _spread_line(campaign, line, total - together, filers, found, dice.child(line.code))
        places |= {(line.code, unit, ""): amount for unit, amount in own.items()}
        found[line.code] = _with_joint(own, joint, together)
    return places


def _with_joint(own: Amounts, joint: Joint | None, together: int) -> Amounts:
    """What each unit has a hand in: the whole that a joint result is part of must hold it too."""
    if joint is None or not together:
        return own
    filer = _filer(joint)
    return {**own, filer: own.get(filer, 0) + together}


def _spread_line(
    campaign: Campaign, line: Line, total: int, filers: Amounts, found: Mapping[str, Amounts], dice: Dice
) -> Amounts:
    parts = [breakdown for breakdown in campaign.breakdowns if breakdown.whole == line.code]
    bound = [(breakdown, [found[part] for part in breakdown.parts if part in found]) for breakdown in parts]
    bound = [(breakdown, amounts) for breakdown, amounts in bound if breakdown.kind != "unknown" and amounts]
    if not bound:
        return spread(total, filers, dice)
    needs = [_needs(breakdown, amounts, filers) for breakdown, amounts in bound]
    exact = any(breakdown.kind == "partition" for breakdown, _ in bound)
    return spread_above(total, filers, needs, add_up=False, exact=exact, dice=dice)


def _needs(breakdown: Breakdown, parts: list[Amounts], filers: Amounts) -> Amounts:
    together = max if breakdown.kind == "overlapping" else sum
    return {unit: together([part.get(unit, 0) for part in parts]) for unit in filers}


def _parts_first(campaign: Campaign) -> list[Line]:
    """Lines in an order in which every part stands before its whole."""
    depth = {line.code: 0 for line in campaign.lines if not line.joint}
    for _ in depth:
        for breakdown in campaign.breakdowns:
            if breakdown.whole in depth and breakdown.kind != "unknown":
                below = [depth[part] + 1 for part in breakdown.parts if part in depth]
                depth[breakdown.whole] = max([depth[breakdown.whole], *below])
    return sorted((campaign.line(code) for code in depth), key=lambda line: depth[line.code])


def _weights(campaign: Campaign, dice: Dice) -> dict[str, int]:
    """How much each unit has to report; some bodies along a channel have nothing."""
    weights = {}
    for unit in campaign.units:
        if unit.kind == "province":
            weights[unit.code] = dice.magnitude(6, 60)
        else:
            weights[unit.code] = 0 if unit.kind == "channel" and dice.chance(_NIL) else dice.between(1, 4)
    return weights


def _cases(campaign: Campaign, on: Round, totals: Totals, dice: Dice) -> dict[Place, int]:
    """Results of targeted cases: each filed once, by one of the units that join it."""
    places: dict[Place, int] = {}
    for line in (line for line in campaign.lines if line.joint):
        joints = campaign.joints_of(line, on)
        total = steps(line, totals.get(line.code, Decimal(0)))
        alike = {joint.code: 1 for joint in joints}
        amounts = _ones(total, alike) if line.unit == "case" else spread(total, alike, dice.child(line.code))
        for joint in joints:
            places[line.code, _filer(joint), joint.code] = amounts[joint.code]
    return places


def _ones(total: int, codes: Amounts) -> Amounts:
    """Which cases were taken up: the first ones."""
    return {code: int(at < total) for at, code in enumerate(codes)}


def _filer(joint: Joint) -> str:
    """Who files a joint result: the same unit in every round."""
    return Dice("filer", joint.code).pick(joint.units)


def steps(line: Line, value: Decimal) -> int:
    """Return a value in the smallest step that the line takes: grams where it has three decimals of a kilogram.

    Raises:
        DoesNotFit: It has more decimals.
    """
    scaled = value.scaleb(line.decimals)
    if scaled != scaled.to_integral_value():
        raise DoesNotFit(f"{line.code} takes {line.decimals} decimals, not {value}")
    return int(scaled)


def some_totals(campaign: Campaign, on: Round, dice: Dice) -> dict[str, Decimal]:
    """Return totals at random that agree with one another: parts are smaller than what they are parts of."""
    totals: dict[str, Decimal] = {}
    for line in reversed(_parts_first(campaign)):
        most = min(
            (totals[breakdown.whole] / 3 for breakdown in campaign.breakdowns
             if line.code in breakdown.parts and breakdown.whole in totals and breakdown.kind != "unknown"),
            default=None,
        )  # fmt: skip
        amount = dice.magnitude(*_SIZES.get(line.unit, _SIZE))
        whole = Decimal(amount if most is None else min(amount, int(most)))
        totals[line.code] = whole + Decimal(dice.between(0, 10**line.decimals - 1)).scaleb(-line.decimals)
    for line in campaign.lines:
        if line.joint:
            cases = len(campaign.joints_of(line, on))
            totals[line.code] = Decimal(cases if line.unit == "case" else dice.between(40, 3000))
    return totals

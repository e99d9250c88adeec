"""Checks of a return that was understood: how its figures fit each other, what was filed before, and the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from tallyroom.model.campaign import Breakdown, Campaign
from tallyroom.model.returns import SWITCHABLE, Force, Remark
from tallyroom.returns.reported import Received, ReportedCell, Return

TENFOLD = 10
"""A figure of at least `FROM` that grew by more than this factor asks for an explanation."""
FROM = 10
Figures = Mapping[tuple[str, str], Decimal]
"""Values by line and joint."""


class Known(msgspec.Struct, frozen=True):
    """What the record knows beside a return: the unit's figures of the round before, and joint results of others."""

    before: Figures = {}
    joints: Mapping[tuple[str, str], tuple[str, Decimal]] = {}
    """Line and joint to the unit that filed it and what it filed."""


def check(filed: Return, campaign: Campaign, known: Known, received: Received) -> list[Remark]:
    """Return all remarks of the checks that are on; explanations of the rows are with the soft ones."""
    found = [
        *_breakdowns(filed, campaign),
        *_details(filed),
        *_joints(filed, known),
        *_history(filed, known),
        *_late(filed, received.on),
    ]
    off = campaign.checks_off.keys() & SWITCHABLE.keys()
    on = [remark for remark in found if remark.code not in off]
    return [_explained(remark, filed, received) for remark in on]


def _explained(remark: Remark, filed: Return, received: Received) -> Remark:
    if remark.force == "hard":
        return remark
    rows = {cell.row + filed.grid.first_row: cell.explanation for cell in filed.cells if cell.explanation}
    told = rows.get(remark.row) or received.explanation
    return msgspec.structs.replace(remark, explanation=told) if told else remark


def _breakdowns(filed: Return, campaign: Campaign) -> Iterator[Remark]:
    """Parts of the unit's own figures. Joint results are no parts of what one unit did."""
    figures = {line: value for (line, joint), value in filed.figures().items() if not joint}
    for breakdown in campaign.breakdowns:
        whole, parts = figures.get(breakdown.whole), [part for part in breakdown.parts if part in figures]
        if whole is None or not parts or breakdown.kind == "unknown":
            continue
        for part in parts:
            if figures[part] > whole:
                says = f"{part} is a part of {breakdown.whole} and larger than it."
                yield _on_line(filed, "RT140", "hard", part, says, f"at most {whole}", str(figures[part]))
        yield from _sums(filed, breakdown, whole, sum((figures[part] for part in parts), Decimal(0)))


def _sums(filed: Return, breakdown: Breakdown, whole: Decimal, total: Decimal) -> Iterator[Remark]:
    too_much = breakdown.kind == "subset" and len(breakdown.parts) > 1 and total > whole
    if too_much or (breakdown.kind == "partition" and total != whole):
        says = f"{' + '.join(breakdown.parts)} do not fit into {breakdown.whole}."
        expected = f"{'at most' if breakdown.kind == 'subset' else 'a sum of'} {whole}"
        yield _on_line(filed, "RT141", "hard", breakdown.whole, says, expected, f"a sum of {total}")


def _details(filed: Return) -> Iterator[Remark]:
    own = {(cell.line.code, cell.joint): cell for cell in filed.cells if not cell.is_detail}
    details: dict[tuple[str, str], Decimal] = {}
    for cell in filed.cells:
        if cell.is_detail:
            key = cell.line.code, cell.joint
            details[key] = details.get(key, Decimal(0)) + cell.value
    for key, total in details.items():
        if key in own and total > own[key].value:
            says = f"the details of {key[0]} add up to more than the unit's own figure."
            yield _at(filed, own[key], "RT142", "hard", says, f"at least {total}", own[key].text)


def _joints(filed: Return, known: Known) -> Iterator[Remark]:
    """One result of several units is one figure, whoever files it."""
    for cell in filed.cells:
        other = known.joints.get((cell.line.code, cell.joint)) if cell.joint else None
        if other is not None and other[1] != cell.value and not cell.is_detail:
            says = f"{cell.joint} is a joint result, and {other[0]} filed another figure for it."
            yield _at(filed, cell, "RT127", "hard", says, str(other[1]), cell.text,
                "agree on the figure; whichever return is wrong is sent back first")  # fmt: skip


def _history(filed: Return, known: Known) -> Iterator[Remark]:
    for key, value in filed.figures().items():
        before = known.before.get(key)
        if before is None:
            continue
        told = {"expected": f"{before} or more", "found": str(value)}
        if value < before and value == 0:
            yield _on_line(
                filed, "RT152", "soft", key[0], "the figure fell to nothing since the last round.", **told
            )
        elif value < before:
            says = "the figure is cumulative and fell since the last round."
            yield _on_line(filed, "RT150", "soft", key[0], says, **told)
        elif before >= FROM and value > before * TENFOLD:
            says = f"the figure grew more than {TENFOLD} times since the last round."
            expected = f"{before} to {before * TENFOLD}"
            yield _on_line(filed, "RT151", "soft", key[0], says, expected, str(value))


def _late(filed: Return, on: datetime.date | None) -> Iterator[Remark]:
    if on is not None and on > filed.round.due:
        days = (on - filed.round.due).days
        found = f"{on}, {days} {'day' if days == 1 else 'days'} late"
        yield Remark("RT153", "soft", "the return is late.", expected=f"by {filed.round.due}", found=found,
            next_step="say why, with --explain")  # fmt: skip


def _on_line(
    filed: Return, code: str, force: Force, line: str, says: str, expected: str, found: str
) -> Remark:
    cell = next((cell for cell in filed.cells if cell.line.code == line), None)
    if cell is None:
        return Remark(code, force, says, expected=expected, found=found)
    return _at(filed, cell, code, force, says, expected, found)


def _at(
    filed: Return, cell: ReportedCell, code: str, force: Force, says: str, expected: str, found: str,
    next_step: str = "",
) -> Remark:  # fmt: skip
    step = (
        "correct it, or say why in the row's explanation (说明)" if force == "soft" else "correct the figure"
    )
    grid = filed.grid
    return Remark(
        code, force, says, row=cell.row + grid.first_row, cell=grid.cell(cell.row, cell.column),
        expected=expected, found=found, next_step=next_step or step,
    )  # fmt: skip

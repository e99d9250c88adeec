"""Adjustments: a level above adds to or takes from what a unit reported, with a reason; the unit's figure stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from tallyroom.model import Draft, Figure, Ledger, NewEntry
from tallyroom.model.campaign import Campaign, ReportingUnit
from tallyroom.model.observation import plain
from tallyroom.model.record import AsOf

Adjustments = dict[int, tuple[tuple[int, Decimal], ...]]
"""By the entry of a figure: the entries that adjust it, and by how much."""


def adjust_figure(
    ledger: Ledger, campaign: Campaign, form: str, round: str, unit: str, line: str, *, change: Decimal, by: str,
    reason: str, joint: str = "",
) -> int:  # fmt: skip
    """Adjust what a unit reported in one line; return the entry of the adjustment.

    It holds for the figure as it stands: where the unit corrects its return, the level above decides anew.

    Args:
        change: What is added, or taken away where it is negative, in the line's unit.
        by: Code of a unit that the reporting unit stands under, or of the agency of the campaign.
        joint: Code of a joint result, where the figure is of one.

    Raises:
        ReturnRefused: RT132 where there is no such figure, RT124 where it is not a level above that adjusts,
            RT144 where the change is nothing, has no reason, or would take more than was reported.
    """
    from tallyroom.returns.lookup import required_unit
    from tallyroom.returns.remarks import refuse

    owner = required_unit(campaign, unit)
    above = [one.code for one in _levels_above(campaign, owner)] + [campaign.agency]
    if by not in above:
        raise refuse("RT124", "a figure is adjusted by a level above its unit.", found=by,
            expected=", ".join(dict.fromkeys(above)))  # fmt: skip
    with ledger.writing():
        figure = _figure(ledger, campaign, (form, round, owner.code), line, joint)
        known = adjustments_of(ledger, [figure.entry]).get(figure.entry, ())
        left = figure.observation.value + change + sum(one for _, one in known)
        if not change or not reason.strip() or left < 0:
            raise refuse("RT144", "an adjustment has a reason, moves the figure, and leaves no negative one.",
                found=f"{plain(change)} to {plain(left - change)}, reason {reason!r}",
                next_step="give the change and --reason TEXT")  # fmt: skip
        body = {"decision": "adjusted", "by": by, "reason": reason, "change": plain(change),
                "unit": figure.observation.unit, "line": line}  # fmt: skip
        entry = NewEntry("decision", body, (figure.entry,))
        return ledger.append(
            Draft(by, f"adjusted: {line} of {owner.code} for {round}: {reason}", (entry,))
        ).entries[0]


def _levels_above(campaign: Campaign, unit: ReportingUnit) -> Iterator[ReportingUnit]:
    while unit.parent is not None:
        unit = campaign.unit(unit.parent)
        yield unit


def _figure(ledger: Ledger, campaign: Campaign, key: tuple[str, str, str], line: str, joint: str) -> Figure:
    """The unit's own figure of a line; its details are not adjusted one by one."""
    from tallyroom.returns.filed import figures_of, filed_returns
    from tallyroom.returns.remarks import refuse

    form, round, unit = key
    filed = filed_returns(ledger, campaign).get((form, round, unit))
    for figure in figures_of(ledger, campaign, [filed] if filed and filed.counts else []):
        more = figure.more
        if (more["line"], more.get("joint", "")) == (line, joint) and not more.get("detail"):
            return figure
    raise refuse("RT132", "there is no such figure in the record.", found=f"{line} of {form} of {unit} for {round}",
        next_step="tallyroom returns status shows what is there")  # fmt: skip


def adjustments_of(ledger: Ledger, figures: Iterable[int], as_of: AsOf = None) -> Adjustments:
    """Return the adjustments of these figures, by their entries, as the record knew them."""
    found: Adjustments = {}
    about = list(figures)
    for entry in ledger.entries("decision", about=about, as_of=as_of) if about else ():
        if entry.body.get("decision") == "adjusted":
            figure = entry.about[0]
            found[figure] = (*found.get(figure, ()), (entry.id, Decimal(entry.body["change"])))
    return found

"""What the record knows of a campaign's returns: which were filed, accepted or sent back, and what they say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Literal

import msgspec

from tallyroom.model import Entry, Figure, Ledger, Query
from tallyroom.model.campaign import Campaign
from tallyroom.model.record import AsOf
from tallyroom.returns.checks import Figures, Known
from tallyroom.returns.reported import Return

State = Literal["submitted", "accepted", "sent back"]


class Filed(msgspec.Struct, frozen=True):
    """The last version of one return in the record."""

    entry: int
    document: int
    unit: str
    form: str
    round: str
    state: State
    received: datetime.date
    """The day on which this version came; `first_received` is that of the first version."""
    first_received: datetime.date
    versions: int
    body: dict[str, Any]
    """The body of its entry: checks with their explanations, checks that were off, digest."""
    queries: tuple[dict[str, Any], ...] = ()
    """What whoever sent it back asks."""

    @property
    def nil(self) -> bool:
        """Whether it states that there is nothing to report."""
        return bool(self.body.get("nil"))

    @property
    def counts(self) -> bool:
        """Whether its figures enter totals: it was filed, and was not sent back since."""
        return self.state != "sent back"


Key = tuple[str, str, str]
"""Form, round, unit."""


def filed_returns(ledger: Ledger, campaign: Campaign, as_of: AsOf = None) -> dict[Key, Filed]:
    """Return the last version of each return of a campaign, by form, round and unit."""
    found: dict[Key, Filed] = {}
    for entry in ledger.entries("return", as_of=as_of):
        if entry.body.get("campaign") == campaign.code:
            key = entry.body["form"], entry.body["round"], entry.body["reporting_unit"]
            found[key] = _filed(entry, found.get(key))
    decided = _last_decisions(ledger, [filed.entry for filed in found.values()], as_of)
    return {key: _decided(filed, decided.get(filed.entry)) for key, filed in found.items()}


def _filed(entry: Entry, before: Filed | None) -> Filed:
    body = entry.body
    received = datetime.date.fromisoformat(body["received"])
    return Filed(
        entry=entry.id,
        document=entry.about[0],
        unit=body["reporting_unit"],
        form=body["form"],
        round=body["round"],
        state="submitted",
        received=received,
        first_received=before.first_received if before else received,
        versions=before.versions + 1 if before else 1,
        body=body,
    )


def _last_decisions(ledger: Ledger, returns: list[int], as_of: AsOf) -> dict[int, Entry]:
    if not returns:
        return {}
    return {entry.about[0]: entry for entry in ledger.entries("decision", about=returns, as_of=as_of)}


def _decided(filed: Filed, decision: Entry | None) -> Filed:
    if decision is None:
        return filed
    state: State = "accepted" if decision.body["decision"] == "accepted" else "sent back"
    return msgspec.structs.replace(filed, state=state, queries=tuple(decision.body.get("queries", ())))


def figures_of(
    ledger: Ledger, campaign: Campaign, returns: Iterable[Filed], as_of: AsOf = None
) -> Iterator[Figure]:
    """Return the figures of these returns as they stand, in the order of the record."""
    sources = tuple(f"{campaign.code}/{one.form}/{one.unit}/{one.round}" for one in returns if not one.nil)
    if sources:
        yield from ledger.figures(Query({"source": sources}), as_of)


def known_beside(ledger: Ledger, campaign: Campaign, filed: Return) -> Known:
    """Return what the record knows beside a return that is about to be filed."""
    returns = filed_returns(ledger, campaign)
    return Known(_before(ledger, campaign, filed, returns), _joints(ledger, campaign, filed, returns))


def _before(ledger: Ledger, campaign: Campaign, filed: Return, returns: dict[Key, Filed]) -> Figures:
    """The unit's figures of the last round before this one that it filed."""
    earlier = [
        one
        for round in campaign.rounds
        if round.end < filed.round.end
        for one in (returns.get((filed.form.code, round.code, filed.unit.code)),)
        if one is not None and one.counts
    ]
    return own_figures(figures_of(ledger, campaign, earlier[-1:]))


def _joints(
    ledger: Ledger, campaign: Campaign, filed: Return, returns: dict[Key, Filed]
) -> dict[tuple[str, str], tuple[str, Decimal]]:
    others = [
        one
        for (form, round, unit), one in returns.items()
        if form == filed.form.code and round == filed.round.code and unit != filed.unit.code and one.counts
    ]
    if not any(cell.joint for cell in filed.cells):
        return {}
    figures = (figure for figure in figures_of(ledger, campaign, others) if "joint" in figure.more)
    return {
        (figure.more["line"], figure.more["joint"]): (figure.more["reporting_unit"], figure.observation.value)
        for figure in figures
    }


def own_figures(figures: Iterable[Figure]) -> Figures:
    """Return one unit's value for each line and joint: its own figure, or else the sum of its details."""
    own: dict[tuple[str, str], Decimal] = {}
    details: dict[tuple[str, str], Decimal] = {}
    for figure in figures:
        chosen = details if figure.more.get("detail") else own
        key = figure.more["line"], figure.more.get("joint", "")
        chosen[key] = chosen.get(key, Decimal(0)) + figure.observation.value
    return {**details, **own}

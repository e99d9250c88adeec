"""Which facts a release has: totals of a round, figures by place, and what sources state, each with its mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from tallyroom.model import Entry, Fact, Query
from tallyroom.pipeline.collecting import return_totals
from tallyroom.release.selecting import cell_of, fits
from tallyroom.release.spec import Spec

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.ledger import SqliteLedger
    from tallyroom.model.campaign import Campaign


def facts_of(
    ledger: SqliteLedger, spec: Spec, campaign: Campaign | None, codebook: Codebook, as_of: int,
    earlier: Entry | None = None,
) -> list[Fact]:  # fmt: skip
    """Return the facts that a release asks for, as the record knew them at a commit.

    Args:
        earlier: The release that this one revises: what moved since then is marked as revised, and nothing else.
    """
    known = {figure["cell"]: figure["value"] for figure in earlier.body["figures"]} if earlier else {}
    found = [*_totals(ledger, spec, campaign, as_of), *_places(ledger, spec, campaign, as_of)]
    found += _stated(ledger, spec, codebook, as_of)
    return [_marked(fact, spec, known) for fact in found]


def _totals(ledger: SqliteLedger, spec: Spec, campaign: Campaign | None, as_of: int) -> Iterator[Fact]:
    if campaign is None or not spec.wanted.totals or not spec.round:
        return
    for total in return_totals(ledger, campaign, spec.round, as_of=as_of):
        if spec.wanted.empty or (total.fact.status != "x" and total.fact.observation.value):
            yield total.fact


def _places(ledger: SqliteLedger, spec: Spec, campaign: Campaign | None, as_of: int) -> Iterator[Fact]:
    """What each unit of a place reports about it, in the order of the units."""
    if campaign is None or not spec.wanted.places or not spec.round:
        return
    on = campaign.round(spec.round)
    units = [unit.code for unit in campaign.units]
    rows = []
    for figure in ledger.figures(Query({}, (on.start, on.end)), as_of):
        row, more = figure.observation, figure.more
        own = (
            more.get("reporting_unit") == ",".join(row.area)
            and not more.get("joint")
            and not more.get("detail")
        )
        if own and row.period == on.period and more.get("line") in spec.wanted.places:
            rows.append((units.index(more["reporting_unit"]), spec.wanted.places.index(more["line"]), figure))
    for _, _, figure in sorted(rows, key=lambda row: (row[1], row[0], row[2].entry)):
        yield Fact(figure.observation, (figure.entry,))


def _stated(ledger: SqliteLedger, spec: Spec, codebook: Codebook, as_of: int) -> Iterator[Fact]:
    """What sources state; several that state one cell alike are one fact with all their entries."""
    from tallyroom.pipeline.queries import query_of

    if spec.wanted.stated is None:
        return
    asked = {name: ",".join(values) for name, values in spec.wanted.stated.items()}
    cells: dict[tuple[object, ...], Fact] = {}
    for figure in ledger.figures(query_of(asked, codebook, ledger.holds), as_of):
        row = figure.observation
        key = (*cell_of(row)[:-1], row.value, row.upper)  # languages count by words of their own
        parts = (*cells[key].parts, figure.entry) if key in cells else (figure.entry,)
        cells[key] = Fact(cells[key].observation if key in cells else row, parts)
    yield from cells.values()


def _marked(fact: Fact, spec: Spec, known: dict[str, str]) -> Fact:
    """Give a fact its mark: the release's own word first, then what moved since the release before."""
    row = fact.observation
    for marked in spec.marks:
        if fits(row, marked.where):
            return msgspec.structs.replace(fact, status=marked.mark)
    before = known.get(msgspec.json.encode(cell_of(row)).decode())
    moved = before is not None and before != msgspec.to_builtins(row.row()["value"])
    kept = fact.status if fact.status in ("p", "e", "x") else ""
    return msgspec.structs.replace(fact, status="r" if moved else kept)

"""The founding bulletin: from what stands in the record to both languages, and read back."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.model import Fact, Ledger, Observation, Query
from tallyroom.model.campaign import Round
from tallyroom.pipeline.collecting import return_totals
from tallyroom.pipeline.founding import founding_campaign
from tallyroom.release import (
    Imprint,
    Release,
    compose,
    find_template,
    html_edition,
    load_template,
    text_edition,
)

TEMPLATE = "campaign-bulletin"
_BY_PLACE = ("cases", "suspects", "drugs")
_TITLE = {"zh": "夏季治安打击整治“百日行动”禁毒战果", "en": "Anti-drug results of the Hundred Days Action"}
_PUBLISHER = {"zh": "演示", "en": "Demonstration"}
_PLACE = {"zh": "北京", "en": "Beijing"}
Cell = tuple[object, ...]


def founding_release(
    ledger: Ledger, round: str, published: datetime.date, codebook: Codebook, before: Release | None = None
) -> Release:
    """Write the bulletin of a round in both languages.

    Args:
        published: Its day.
        before: The release that this one revises: what moved since then is marked as revised.
    """
    campaign = founding_campaign()
    on = campaign.round(round)
    known = {_cell(fact.observation): fact.observation.value for fact in before.facts} if before else {}
    facts = [_marked(fact, known) for fact in _facts(ledger, on)]
    imprint = Imprint(
        id=f"{campaign.code}-{published}{'-r' if before else ''}", title=_TITLE, publisher=_PUBLISHER,
        place=_PLACE, date=published, period=on.period, campaign=campaign.code, demonstration=True,
    )  # fmt: skip
    data, name = find_template(TEMPLATE)
    return compose(imprint, facts, load_template(data, name, codebook), codebook)


def _facts(ledger: Ledger, on: Round) -> Iterable[Fact]:
    campaign = founding_campaign()
    for total in return_totals(ledger, campaign, on.code):
        if total.fact.status != "x" and total.fact.observation.value:
            yield total.fact
    provinces = {unit.code for unit in campaign.units if unit.kind == "province"}
    for figure in ledger.figures(Query({}, (on.start, on.end))):
        more, row = figure.more, figure.observation
        if row.period == on.period and more.get("reporting_unit") in provinces and more["line"] in _BY_PLACE:
            yield Fact(row, (figure.entry,))


def _marked(fact: Fact, known: Mapping[Cell, object]) -> Fact:
    """Mark as revised what the release before said otherwise, and nothing else."""
    before = known.get(_cell(fact.observation))
    moved = before is not None and before != fact.observation.value
    return msgspec.structs.replace(fact, status="r" if moved else "p" if fact.status == "p" else "")


def _cell(row: Observation) -> Cell:
    narrowed = tuple(sorted(row.breakdown.items()))
    return (
        row.indicator,
        row.statistic,
        row.unit,
        row.area,
        row.period,
        row.operation_id,
        row.substance,
        narrowed,
    )


def write_editions(release: Release, folder: Path) -> list[Path]:
    """Write a release as page and as text in its languages; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for lang, edition in release.editions.items():
        for ending, content in (("html", html_edition(release, lang)), ("txt", text_edition(edition))):
            paths.append(folder / f"{release.id}.{lang}.{ending}")
            paths[-1].write_text(content, encoding="utf-8")
    return paths


def cells(rows: Iterable[Observation]) -> Counter[Cell]:
    """Return rows by what they are about and their values: what two readings of one release have in common."""
    return Counter(
        (row.indicator, row.statistic, row.value, row.upper, row.unit, frozenset(row.area), row.substance, row.period)
        for row in rows
    )  # fmt: skip

"""One random campaign through the whole chain: returns, record, totals, release, text and page, and back."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from tallyroom.codebook import Codebook, load_campaign, load_codebook
from tallyroom.documents import open_document
from tallyroom.generate.dice import Dice
from tallyroom.generate.filings import some_totals
from tallyroom.generate.varied import a_varied_campaign
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model import Observation
from tallyroom.model.campaign import Campaign, Line, Operation
from tallyroom.pipeline.collecting import accept_return, submit_return
from tallyroom.pipeline.filing import FiledReturn, generated_returns
from tallyroom.pipeline.line_kinds import line_kinds
from tallyroom.pipeline.release_facts import facts_of
from tallyroom.reading import Reader
from tallyroom.release import (
    Imprint,
    Release,
    compose,
    find_template,
    html_edition,
    load_template,
    text_edition,
)
from tallyroom.release.spec import Marked, Spec, Wanted

ROUND = "first"
Cell = tuple[object, ...]


class Known(msgspec.Struct, frozen=True):
    """What every campaign needs, loaded once."""

    codebook: Codebook
    reader: Reader
    base: Campaign
    kinds: tuple[Line, ...]
    operations: tuple[Operation, ...]


@functools.cache
def known() -> Known:
    codebook = load_codebook()
    operations = tuple(
        Operation(code, one.label)
        for code, one in codebook.operations.items()
        if one.parent == "hundred-days-2022"
    )
    return Known(
        codebook, Reader(codebook), load_campaign("hundred-days-2022"), line_kinds(codebook), operations
    )


def campaign_of(seed: int) -> Campaign:
    know = known()
    return a_varied_campaign(know.base, know.kinds, know.operations, Dice("varied", seed))


def totals_of(campaign: Campaign, seed: int) -> dict[str, Decimal]:
    """Totals at random; some lines have nothing to report, if no part of them does."""
    dice = Dice("varied totals", seed)
    totals = some_totals(campaign, campaign.round(ROUND), dice)
    wholes = {breakdown.whole for breakdown in campaign.breakdowns}
    return {
        line: Decimal(0) if line not in wholes and dice.chance(5) else value for line, value in totals.items()
    }


def release_of(seed: int) -> Release:
    """The release of a campaign whose returns are in, but for some, and accepted, but for some, or corrected."""
    know, campaign, dice = known(), campaign_of(seed), Dice("varied chain", seed)
    with open_ledger(":memory:") as ledger:
        for made in generated_returns(
            campaign, ROUND, totals_of(campaign, seed), seed=seed, kind="csv", codebook=know.codebook
        ):
            if not dice.chance(3):
                file_return(ledger, campaign, made, dice)
        head = ledger.head()
        assert head is not None
        facts = facts_of(ledger, a_spec(campaign, dice), campaign, know.codebook, head.number)
    template, name = find_template("campaign-bulletin")
    return compose(imprint(campaign), facts, load_template(template, name, know.codebook), know.codebook)


def file_return(ledger: SqliteLedger, campaign: Campaign, made: FiledReturn, dice: Dice) -> None:
    unit, form = made.filing.unit.code, made.filing.form.code
    outcome = submit_return(ledger, campaign, made.data, by=unit, received=campaign.round(ROUND).due)
    assert outcome.stored, outcome.remarks
    if dice.chance(70):
        accept_return(ledger, campaign, form, ROUND, unit, by=campaign.agency)


def a_spec(campaign: Campaign, dice: Dice) -> Spec:
    """Totals, with or without those that are nothing, some lines by place, and a mark on one operation's figures."""
    by_place = [
        line.code for line in campaign.lines if not line.joint and not line.abroad and has_column(line)
    ]
    wanted = Wanted(totals=True, places=tuple(dice.some(by_place, dice.between(0, 3))), empty=dice.chance(20))
    marked = Marked("e", {"operation": dice.pick(campaign.operations).code})
    on = campaign.round(ROUND)
    return Spec(
        id="random", title={}, publisher={}, date=on.due, wanted=wanted, template="campaign-bulletin", place={},
        embargo="", campaign=campaign.code, round=ROUND, period=None, area=campaign.area, as_of=None,
        editions=("zh", "en"), marks=(marked,) if dice.chance(20) else (), notes=(), demonstration=True, revises="",
        file="", data=b"",
    )  # fmt: skip


NO_COLUMN = ("operations_conducted", "deaths", "other", "case_value", "plant", "parcel", "tablet")
"""Indicators and units whose short heads are misread where a column has nothing else to say what it is about."""


def has_column(line: Line) -> bool:
    """Lines that a table by place may show: those of drug crime; others beside them are taken for another subject."""
    is_drugs = (line.offence or "").startswith("drug") or line.substance is not None
    return is_drugs and line.indicator not in NO_COLUMN and line.unit not in NO_COLUMN


def imprint(campaign: Campaign) -> Imprint:
    on = campaign.round(ROUND)
    return Imprint(
        id="random", title={"zh": "“百日行动”禁毒战果", "en": "Anti-drug results of the Hundred Days Action"},
        publisher={"zh": "演示", "en": "Demonstration"}, place={"zh": "北京", "en": "Beijing"}, date=on.due,
        period=on.period, campaign=campaign.code, demonstration=True,
    )  # fmt: skip


def cells(rows: Iterable[Observation]) -> Counter[Cell]:
    """Rows by what the scorer compares up to level `cell`."""
    return Counter(
        (row.indicator, row.statistic, row.value, row.upper, row.unit, frozenset(row.area), row.substance, row.period)
        for row in rows
    )  # fmt: skip


def read_back(release: Release, campaign: Campaign, lang: Any) -> Iterator[tuple[str, Counter[Cell]]]:
    due = campaign.round(ROUND).due
    for form, data in (("txt", text_edition(release.editions[lang])), ("html", html_edition(release, lang))):
        document = open_document(data.encode(), id="release", name=f"release.{form}", published=due)
        yield form, cells(known().reader.read(document).observations)


def differences(seed: int) -> list[tuple[object, ...]]:
    """Cells that were printed and not read, or read and not printed, in either language and form."""
    campaign, release = campaign_of(seed), release_of(seed)
    wrong: list[tuple[object, ...]] = []
    for lang, edition in release.editions.items():
        printed = cells(number.observation for number in edition.printed if number.text)
        for form, read in read_back(release, campaign, lang):
            wrong += [(lang, form, "missed", cell) for cell in (printed - read).elements()]
            wrong += [(lang, form, "false", cell) for cell in (read - printed).elements()]
    return wrong

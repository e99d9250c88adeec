"""Random campaigns to returns to totals to bulletins, and back: in both languages, as text, page, Word file and PDF."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tallyroom.codebook import Codebook, load_campaign, load_codebook
from tallyroom.documents import open_document
from tallyroom.generate.campaigns import a_campaign
from tallyroom.generate.dice import Dice
from tallyroom.generate.filings import some_totals
from tallyroom.generate.templates import read_data
from tallyroom.ledger import open_ledger
from tallyroom.model import Observation
from tallyroom.model.campaign import Campaign
from tallyroom.pipeline.collecting import accept_return, submit_return
from tallyroom.pipeline.filing import generated_returns
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
from tallyroom.release.docx import docx_edition
from tallyroom.release.pdf import pdf_edition
from tallyroom.release.spec import Spec, load_spec

CAMPAIGN = load_campaign("hundred-days-2022")
ROUND = "2022-07"
RELEASE = Path(__file__).parent.parent.parent / "examples/releases/founding.yaml"
TEMPLATES = ("campaign-bulletin", "founding-briefing")
FOUNDING = -1
Cells = Counter[tuple[object, ...]]


@functools.cache
def knowledge() -> tuple[Codebook, Reader]:
    codebook = load_codebook()
    return codebook, Reader(codebook)


@functools.cache
def campaign_of(seed: int) -> Campaign:
    """The founding campaign, and by turns one at random."""
    return CAMPAIGN if seed % 2 else a_campaign(CAMPAIGN, Dice("campaign", seed))


def totals_of(seed: int) -> dict[str, Decimal]:
    if seed == FOUNDING:
        told = read_data("founding")["rounds"][ROUND]["totals"]
        return {line: Decimal(value) for line, value in told.items()}
    campaign = campaign_of(seed)
    return some_totals(campaign, campaign.round(ROUND), Dice("totals", seed))


@functools.cache
def release_of(seed: int) -> Release:
    """A release of a campaign whose returns add up to the totals of this seed; every third is all accepted."""
    (codebook, _), campaign = knowledge(), campaign_of(seed)
    due = campaign.round(ROUND).due
    with open_ledger(":memory:") as ledger:
        for made in generated_returns(campaign, ROUND, totals_of(seed), seed=seed, kind="csv"):
            unit, form = made.filing.unit.code, made.filing.form.code
            assert submit_return(ledger, campaign, made.data, by=unit, received=due).stored
            if seed % 3 == 0:
                accept_return(ledger, campaign, form, ROUND, unit, by=campaign.agency)
        head = ledger.head()
        assert head is not None
        facts = facts_of(ledger, declared(), campaign, codebook, head.number)
    data, name = find_template(template_of(seed))
    return compose(imprint(campaign), facts, load_template(data, name, codebook), codebook)


def template_of(seed: int) -> str:
    """The founding campaign has its own; it tells users in hundreds, which fewer than a thousand are too few for."""
    return TEMPLATES[1] if seed % 2 and totals_of(seed)["users"] >= 1000 else TEMPLATES[0]


def declared() -> Spec:
    """What the shipped release asks for: totals, and three lines by province."""
    codebook, _ = knowledge()
    return load_spec(RELEASE.read_bytes(), RELEASE.name, codebook)


def imprint(campaign: Campaign) -> Imprint:
    return Imprint(
        id="random", title={"zh": "“百日行动”禁毒战果", "en": "Anti-drug results of the Hundred Days Action"},
        publisher={"zh": "演示", "en": "Demonstration"}, place={"zh": "北京", "en": "Beijing"},
        date=campaign.round(ROUND).due, period=campaign.round(ROUND).period, campaign=campaign.code, demonstration=True,
    )  # fmt: skip


def cells(rows: Iterable[Observation]) -> Cells:
    """Rows by what the scorer compares up to level `cell`."""
    return Counter(
        (row.indicator, row.statistic, row.value, row.upper, row.unit, frozenset(row.area), row.substance, row.period)
        for row in rows
    )  # fmt: skip


@functools.cache
def read_back(seed: int, lang: Any, form: str) -> Cells:
    release, (_, reader), due = release_of(seed), knowledge(), campaign_of(seed).round(ROUND).due
    data = {
        "txt": lambda: text_edition(release.editions[lang]).encode(),
        "html": lambda: html_edition(release, lang).encode(),
        "docx": lambda: docx_edition(release, lang, due),
        "pdf": lambda: pdf_edition(release, lang, due),
    }[form]()
    document = open_document(data, id="release", name=f"release.{form}", published=due)
    return cells(reader.read(document).observations)


@pytest.mark.parametrize("seed", range(FOUNDING, 24))
@pytest.mark.xdist_group("releases")
def test_the_release_of_a_random_campaign_reads_back_as_what_it_printed(seed: int) -> None:
    for lang, edition in release_of(seed).editions.items():
        printed = cells(number.observation for number in edition.printed)
        assert len(printed) > 20
        assert read_back(seed, lang, "txt") == printed
        assert read_back(seed, lang, "html") == printed


@pytest.mark.parametrize("seed", range(FOUNDING, 24))
@pytest.mark.xdist_group("releases")
def test_both_editions_read_back_as_the_same_observations(seed: int) -> None:
    assert read_back(seed, "zh", "html") == read_back(seed, "en", "html")


@pytest.mark.parametrize("seed", range(FOUNDING, 29))
@pytest.mark.xdist_group("releases")
def test_the_files_of_a_release_read_back_as_what_it_printed(seed: int) -> None:
    """Each campaign as a Word file in one language and as PDF in the other, by turns.

    The bars of a chart are a picture in a Word file; in a PDF they have numbers, which repeat those of a table.
    """
    for form, lang in zip(("docx", "pdf"), ("zh", "en") if seed % 2 else ("en", "zh"), strict=True):
        edition = release_of(seed).editions[lang]
        read = read_back(seed, lang, form)
        printed = cells(number.observation for number in edition.printed)
        again = read - printed

        assert printed <= read
        assert again <= cells(number.observation for number in edition.charted)
        assert form == "pdf" or not again


@pytest.mark.xdist_group("releases")
def test_the_founding_figures_stand_in_the_release() -> None:
    found = {(indicator, value) for indicator, _, value, *_ in read_back(FOUNDING, "zh", "txt")}

    assert {("cases_solved", Decimal(2589)), ("quantity_seized", Decimal(1310))} <= found
    assert {("persons_arrested", Decimal(1013)), ("users_treated", Decimal(3647))} <= found

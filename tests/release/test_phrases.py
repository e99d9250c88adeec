"""Every phrase of the wording reads back: the sentence and the table row that it makes state the cell that it says.

Two figures of drug enforcement stand beside: a document with one figure may be about anything.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from release.facts import a_fact, an_imprint
from tallyroom.codebook import Codebook
from tallyroom.model import Fact
from tallyroom.pipeline.line_kinds import fillings_of
from tallyroom.pipeline.reading import Record, reader_of_records
from tallyroom.release import compose, find_template, load_template, text_edition
from tallyroom.release.names import Names
from tallyroom.release.phrases import must_say, say
from tallyroom.release.problems import WordingMissing
from tallyroom.release.wording import Phrase, wording_of

UNITS = {
    "persons": ("person",), "users": ("person",), "deaths": ("person",), "groups": ("group",), "sites": ("site",),
    "items": ("item",), "quantity": ("kg", "L", "tablet", "plant", "parcel"), "assets": ("CNY", "USD"),
    "losses": ("CNY", "USD"), "case_value": ("CNY", "USD"), "crops": ("plant", "ha"),
}  # fmt: skip
"""What a phrase that names no unit is tried in, by indicator or its first word; cases for the others."""
NOT_SAID = {
    ("operations_conducted", "person"): "readers of English take people checked for person-times",
    **dict.fromkeys((("other", unit) for unit in ("kg", "L", "tablet", "plant", "parcel")),
                    "goods of no other indicator are told in words of their own"),
}  # fmt: skip
"""What a campaign cannot publish, and why: a release that asks for it ends with an error that names the unit."""
SAID_ALIKE = (
    "offence", "suspects", "groups", "role", "site", "item", "channel", "origin", "disposition", "scope",
)  # fmt: skip
STOCKS = dict.fromkeys(("users_registered", "users_recovered"), "2022-07-31/2022-07-31")


def facts_of(phrase: Phrase) -> Iterator[Fact]:
    """A fact for each way to fill the slots of a phrase, at most one optional slot filled; further units once."""
    fillings = list(fillings_of(phrase))
    first, *others = units_of(phrase)
    yield from (fact_of(phrase, filling, first) for filling in fillings)
    yield from (fact_of(phrase, fillings[0], unit) for unit in others)


def units_of(phrase: Phrase) -> tuple[str, ...]:
    by_name = UNITS.get(phrase.indicator) or UNITS.get(phrase.indicator.partition("_")[0])
    return phrase.units or by_name or ("case",)


def fact_of(phrase: Phrase, chosen: dict[str, str], unit: str) -> Fact:
    offence = next((chosen[name] for name in ("offence", "suspects", "groups") if name in chosen), None)
    narrowed = {**phrase.when, **{name: value for name, value in chosen.items() if value}}
    return a_fact(
        phrase.indicator, "123.5" if unit == "kg" else 312, unit,
        offence=offence or narrowed.get("offence"), substance=narrowed.get("substance"),
        counted=next(iter(phrase.counted), "cases"),
        period=STOCKS.get(phrase.indicator, "2022-06-25/2022-07-31"),
        breakdown={name: value for name, value in narrowed.items()
                   if name not in ("offence", "substance", "suspects", "groups")},
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_phrase_reads_back_from_its_sentence_and_its_table(codebook: Codebook, lang: str) -> None:
    read = reader_of_records(codebook)
    data, name = find_template("campaign-bulletin")
    template = load_template(data, name, codebook)
    others = [
        a_fact("persons_arrested", 3341, "person"),
        a_fact("quantity_seized", 2071, "kg", substance="drugs"),
    ]
    wrong, tried = [], 0
    for phrase in wording_of(lang).phrases:
        for fact in facts_of(phrase):
            release = compose(an_imprint(), [*others, fact], template, codebook, (lang,))
            text = text_edition(release.editions[lang])
            found = [
                (row.indicator, row.value, row.unit, row.area, row.substance, row.period)
                for row in read(Record("release", text, datetime.date(2022, 8, 5), lang)).observations
            ]
            row, tried = fact.observation, tried + 1
            expected = (row.indicator, row.value, row.unit, row.area, row.substance, row.period)
            if [one for one in found if one[1] == row.value] != [expected] * 2 or len(found) != 6:
                wrong.append((expected, found))

    assert wrong == []
    assert tried > 100


def test_both_languages_say_the_same_cells() -> None:
    said = {
        lang: {(phrase.indicator, *sorted(phrase.when.items())) for phrase in wording_of(lang).phrases}
        for lang in ("zh", "en")
    }

    assert said["zh"] == said["en"]
    assert {name: set(words) for name, words in wording_of("zh").nouns.items() if name in SAID_ALIKE} == {
        name: set(words) for name, words in wording_of("en").nouns.items() if name in SAID_ALIKE
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unit_of_every_indicator_has_a_phrase(codebook: Codebook, lang: str) -> None:
    """Each of these phrases is read back above."""
    declared = {
        (indicator.code, unit)
        for indicator in codebook.indicators.values()
        for unit in (("CNY", "USD") if "money" in indicator.units else indicator.units)
    }
    said = {
        (fact.observation.indicator, fact.observation.unit)
        for phrase in wording_of(lang).phrases
        for fact in facts_of(phrase)
        if say(fact.observation, Names(codebook, wording_of(lang)), wording_of(lang)) is not None
    }

    assert declared - said == set(NOT_SAID)


def test_a_figure_that_no_phrase_says_is_refused_by_its_indicator_and_unit(codebook: Codebook) -> None:
    fact = a_fact("operations_conducted", 312, "person")

    with pytest.raises(WordingMissing, match="a phrase for operations_conducted") as refused:
        must_say(fact.observation, Names(codebook, wording_of("en")), wording_of("en"))
    assert "unit=person" in str(refused.value)

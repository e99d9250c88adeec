"""A bulletin that was written is read back: the same observations, in text and page, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import tallyroom
from release.facts import a_fact, an_imprint, founding_facts
from tallyroom.codebook import Codebook
from tallyroom.model import Observation
from tallyroom.release import Release, compose, find_template, html_edition, load_template, text_edition


def cells(rows: Iterable[Observation]) -> Counter[tuple[object, ...]]:
    """The rows by what the scorer compares up to level `cell`."""
    return Counter(
        (row.indicator, row.statistic, row.value, row.upper, row.unit, frozenset(row.area), row.substance, row.period)
        for row in rows
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_what_is_printed_reads_back_as_the_same_cells(
    release: Release, codebook: Codebook, tmp_path: Path, lang: str, ending: str
) -> None:
    edition = release.editions[lang]
    page = tmp_path / f"release.{ending}"
    page.write_text(
        text_edition(edition) if ending == "txt" else html_edition(release, lang), encoding="utf-8"
    )

    reading = tallyroom.read(page, published="2022-08-05", codebook=codebook)

    assert cells(reading.observations) == cells(number.observation for number in edition.printed)
    assert reading.leftovers == ()


def test_both_editions_print_the_same_facts(release: Release) -> None:
    printed = {
        lang: Counter(number.fact for number in edition.printed) for lang, edition in release.editions.items()
    }

    assert printed["zh"] == printed["en"]
    assert set(printed["zh"]) == set(range(len(release.facts)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_founding_template_says_all_seventeen_figures(codebook: Codebook, lang: str) -> None:
    data, name = find_template("founding-briefing")
    facts = [
        a_fact(**{**about(fact.observation), "counted": "gangs"})
        if fact.observation.indicator == "groups_dismantled"
        else fact
        for fact in founding_facts()
    ]
    release = compose(an_imprint(), facts, load_template(data, name, codebook), codebook)

    reading = tallyroom.read(
        text=text_edition(release.editions[lang]), published="2022-08-05", codebook=codebook
    )

    assert len(founding_facts()) == 17
    assert {number.fact for number in release.editions[lang].printed} == set(range(17))
    assert cells(reading.observations) == cells(
        number.observation for number in release.editions[lang].printed
    )


def about(row: Observation) -> dict[str, Any]:
    return {"indicator": row.indicator, "value": int(row.value), "unit": row.unit}

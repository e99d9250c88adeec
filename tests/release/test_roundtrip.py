"""A bulletin that was written is read back: the same observations, in text and page, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

import tallyroom
from release.facts import an_imprint, founding_facts, places_facts
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.model import Observation
from tallyroom.release import Release, compose, find_template, html_edition, load_template, text_edition


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="module")
def release(codebook: Codebook) -> Release:
    data, name = find_template("campaign-bulletin")
    facts = [*founding_facts(), *places_facts()]
    return compose(an_imprint(), facts, load_template(data, name, codebook), codebook)


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

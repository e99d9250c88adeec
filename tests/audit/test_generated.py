"""Generated briefings that tell one scene in two languages, each rounded in its own way, contradict nothing."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator

import pytest

from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.codebook import load_codebook, load_relations
from tallyroom.generate.briefings import a_briefing
from tallyroom.generate.pages import as_text
from tallyroom.model import Figure
from tallyroom.pipeline.reading import Record, reader_of_records

KNOWN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@functools.cache
def _knowledge() -> Knowledge:
    return Knowledge(load_codebook(), load_relations())


def figures(number: int) -> Iterator[Figure]:
    """What is read of one scene in Chinese and in English."""
    codebook = _knowledge().codebook
    read, entry = reader_of_records(codebook), 1
    for document, lang in ((1001, "zh"), (1002, "en")):
        briefing = a_briefing(1, number, lang, codebook)
        record = Record(briefing.id, as_text(briefing), briefing.published, lang)
        for row in read(record).observations:
            yield Figure(entry, row, document, KNOWN)
            entry += 1


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_two_languages_that_tell_one_scene_never_contradict(first: int) -> None:
    for number in range(first, first + 20):
        algebra = Algebra(_knowledge())
        algebra.add_figures(figures(number))

        assert [finding.says["en"] for finding in algebra.check()] == [], f"scene {number}"

"""What is generated is read back: the standing property of reading and of generating."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from tallyroom.codebook import Codebook, load_codebook
from tallyroom.evaluation.scoring import pair_rows
from tallyroom.model import Document, Reading
from tallyroom.pipeline.generating import Sample, samples
from tallyroom.reading import Reader

SEED = 20220805
CHUNK = 25
CELL = 3
"""The level of a pair that agrees in figure, indicator and cell."""


@functools.cache
def knowledge() -> tuple[Codebook, Callable[[Document], Reading]]:
    codebook = load_codebook()
    return codebook, Reader(codebook).read


@pytest.mark.parametrize("chunk", range(10))
@pytest.mark.parametrize("lang", ["zh", "en", "zh-Hant"])
@pytest.mark.parametrize("form", ["text", "html"])
def test_a_generated_briefing_reads_back_as_the_observations_that_it_was_written_from(
    chunk: int, lang: Any, form: Any
) -> None:
    codebook, read = knowledge()
    chosen = samples(SEED, range(chunk * CHUNK, chunk * CHUNK + CHUNK), codebook, (lang,), (form,))

    assert [wrong for sample in chosen for wrong in differences(sample, read)] == []


def differences(sample: Sample, read: Callable[[Document], Reading]) -> list[tuple[object, ...]]:
    """Figures that were missed, read where there are none, or not of the right cell."""
    document, gold = sample.document(), sample.gold()
    rows = [observation.row() for observation in read(document).observations]
    pairs = pair_rows(gold, rows)
    found, told = {pair.gold for pair in pairs}, {pair.read for pair in pairs}
    wrong: list[tuple[object, ...]] = [
        (sample.name, gold[pair.gold]["text"], [name for name, ok in pair.ok.items() if not ok])
        for pair in pairs
        if pair.level < CELL
    ]
    wrong += [(sample.name, row["text"], "missed") for at, row in enumerate(gold) if at not in found]
    return wrong + [(sample.name, row["text"], "false") for at, row in enumerate(rows) if at not in told]


def test_a_row_that_was_not_told_is_seen() -> None:
    codebook, read = knowledge()
    sample = next(samples(SEED, range(1), codebook))
    gold = sample.gold()[1:]

    class Poorer(Sample):
        def gold(self) -> list[dict[str, Any]]:
            return gold

    assert differences(Poorer(sample.briefing, sample.name, sample.data), read) != []

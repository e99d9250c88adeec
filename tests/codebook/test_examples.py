"""What the shipped codebooks say of themselves: every example of every file is read as it says."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from itertools import groupby

import pytest

from tallyroom.codebook import Codebook, examples, run_examples
from tallyroom.model import Reading
from tallyroom.pipeline.reading import Record, reader_of_records

ALL = list(examples())
BY_FILE = {file: list(found) for file, found in groupby(ALL, key=lambda example: example.file)}
CASES = {example.name: example for example in ALL if example.kind == "case"}
Read = Callable[[str, str, datetime.date | None], Reading]


@pytest.fixture(scope="module")
def read(shipped: Codebook) -> Read:
    """The reader of the pipeline."""
    reading_of = reader_of_records(shipped)
    return lambda text, lang, published: reading_of(Record("example", text, published, lang))


@pytest.mark.parametrize("file", BY_FILE)
def test_a_file_is_read_as_its_examples_say(file: str, read: Read) -> None:
    here = BY_FILE[file]
    elsewhere = [CASES[one.same_as] for one in here if one.same_as and CASES[one.same_as] not in here]

    wrong = [problem for problem in run_examples([*here, *elsewhere], read) if problem.file == file]

    assert not wrong, f"{len(wrong)} of {len(here)}\n" + "\n".join(map(str, wrong))

"""Values that cross from one process to another are the same on the other side."""

from __future__ import annotations

import pickle
from decimal import Decimal

from helpers import a_document, a_reading, an_observation
from tallyroom import api
from tallyroom.codebook import load_codebook
from tallyroom.model import Reading


def test_a_reading_arrives_as_it_was() -> None:
    reading = a_reading("Police solved 41 of 2,589 cases in 2022.", "41", "2,589", aside="2022")

    assert pickle.loads(pickle.dumps(reading)) == reading


def test_each_digit_of_a_decimal_arrives() -> None:
    values = [Decimal("1.310E+3"), Decimal("0.750"), Decimal("-0.0"), Decimal("9" * 10_000)]
    rows = tuple(an_observation(value=value) for value in values)

    arrived = pickle.loads(pickle.dumps(Reading(a_document("2,589"), rows, ())))

    assert [row.value.as_tuple() for row in arrived.observations] == [value.as_tuple() for value in values]


def test_half_a_surrogate_pair_arrives() -> None:
    reading = a_reading("41 \ud800 cases", "41")

    assert pickle.loads(pickle.dumps(reading)) == reading


def test_a_reading_of_the_api_stays_one() -> None:
    plain = a_reading("41 cases", "41")
    reading = api.Reading(plain.document, plain.observations, plain.numerals)

    assert type(pickle.loads(pickle.dumps(reading))) is api.Reading


def test_a_codebook_arrives_as_it_was() -> None:
    codebook = load_codebook(["core"])

    assert pickle.loads(pickle.dumps(codebook)) == codebook

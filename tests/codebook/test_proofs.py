"""Examples of a codebook are found with their lines, and run against any reader."""

from __future__ import annotations

import datetime
from typing import Any

from tests.codebook.conftest import Writer
from tests.helpers import a_document, an_observation

from tallyroom.codebook import examples, run_examples
from tallyroom.codebook.proofs import Example, Reader
from tallyroom.model import Numeral, Observation, Reading

WORDING = """\
- words: [缴获甲]
  action: seize
  reads:
  - 缴获甲12件。
  - { text: 缴获甲13件。, published: 2025-01-02, gives: { value: 13 } }
  leaves:
  - { text: 缴获甲等。, because: no number }
"""


def reader_of(*observations: Observation, leftovers: tuple[str, ...] = ()) -> Reader:
    numerals = tuple(Numeral(0, len(text), text, "left over", "") for text in leftovers)

    def read(text: str, lang: str, published: datetime.date | None) -> Reading:
        return Reading(a_document(text), observations, numerals)

    return read


def an_example(kind: str = "reads", **changes: Any) -> Example:
    fields: dict[str, Any] = {
        "file": "f.yaml",
        "line": 7,
        "lang": "zh",
        "kind": kind,
        "text": "破获2,589起，抓获1人。",
    }
    return Example(**{**fields, **changes})


def codes(example: Example, reader: Reader) -> list[str]:
    return [problem.code for problem in run_examples([example], reader)]


def test_examples_are_found_with_their_lines(book: Writer) -> None:
    folder = book({"wording/zh/a.yaml": WORDING})

    mine = [example for example in examples([folder]) if example.file.startswith(folder)]

    assert [(example.kind, example.line, example.text) for example in mine] == [
        ("reads", 4, "缴获甲12件。"),
        ("reads", 5, "缴获甲13件。"),
        ("leaves", 7, "缴获甲等。"),
    ]
    assert mine[1].gives == ({"value": 13},)
    assert mine[1].published == datetime.date(2025, 1, 2)
    assert mine[2].because == "no number"


def test_a_sentence_that_gives_nothing_is_a_problem_at_its_line() -> None:
    (problem,) = run_examples([an_example()], reader_of())

    assert (problem.code, problem.where) == ("CB104", "f.yaml:7")


def test_a_sentence_that_gives_anything_is_read() -> None:
    assert codes(an_example(), reader_of(an_observation())) == []


def test_named_fields_must_agree_with_one_observation() -> None:
    reader = reader_of(an_observation(), an_observation(indicator="deaths"))

    assert codes(an_example(gives=({"indicator": "deaths", "value": 2589, "area": "CN"},)), reader) == []
    assert codes(an_example(gives=({"indicator": "deaths", "unit": "kg"},)), reader) == ["CB104"]


def test_the_problem_names_only_the_fields_that_differ() -> None:
    example = an_example(gives=({"indicator": "cases_solved", "value": 2590},))

    (problem,) = run_examples([example], reader_of(an_observation()))

    assert problem.expected == "value 2590"
    assert problem.found == "'2,589': value 2589"


def test_a_dimension_of_the_breakdown_may_be_named_like_a_field() -> None:
    reader = reader_of(an_observation(breakdown={"role": "user"}))

    assert codes(an_example(gives=({"role": "user"},)), reader) == []
    assert codes(an_example(gives=({"role": "minor"},)), reader) == ["CB104"]


def test_null_is_expected_where_null_is_told() -> None:
    example = an_example(gives=({"substance": None, "upper": None},))

    assert codes(example, reader_of(an_observation())) == []


def test_text_that_must_be_left_is_a_problem_where_it_is_read() -> None:
    assert codes(an_example("leaves"), reader_of()) == []
    assert codes(an_example("leaves"), reader_of(an_observation())) == ["CB116"]


def test_text_may_have_to_be_left_by_one_indicator_only() -> None:
    reader = reader_of(an_observation())

    assert codes(an_example("leaves", gives_no="deaths"), reader) == []
    assert codes(an_example("leaves", gives_no="cases_solved"), reader) == ["CB116"]


def a_case(**changes: object) -> Example:
    gives = ({"quote": "2,589起", "value": 2589, "indicator": "cases_solved"},)
    return an_example("case", **{"name": "c", "gives": gives, **changes})


def seen(**changes: object) -> Observation:
    return an_observation("2,589起", 2, **changes)


def test_a_case_holds_where_its_quotes_are_read_as_told() -> None:
    assert codes(a_case(), reader_of(seen())) == []


def test_a_case_fails_where_a_quote_is_not_read_or_read_otherwise() -> None:
    elsewhere = an_observation("1人", 12)

    assert codes(a_case(), reader_of()) == ["CB117"]
    assert codes(a_case(), reader_of(seen(indicator="deaths"))) == ["CB117"]
    assert codes(a_case(), reader_of(elsewhere)) == ["CB117", "CB117"]


def test_a_case_fails_where_more_is_read_than_it_tells() -> None:
    assert codes(a_case(), reader_of(seen(), an_observation("1", 12))) == ["CB117"]


def test_a_case_compares_leftovers_only_where_it_tells_them() -> None:
    reader = reader_of(seen(), leftovers=("1",))

    assert codes(a_case(), reader) == []
    assert codes(a_case(leftovers=("1",)), reader) == []
    assert codes(a_case(leftovers=()), reader) == ["CB117"]


def test_cases_that_must_agree_are_compared_field_by_field() -> None:
    def read(text: str, lang: str, published: datetime.date | None) -> Reading:
        return Reading(a_document(text), (seen(unit="item" if text == "odd" else "case"),), ())

    first, same = a_case(), a_case(name="d", same_as="c")
    odd = a_case(name="e", same_as="c", text="odd", gives=())
    lost = a_case(name="f", same_as="nobody")

    assert run_examples([first, same], read) == []
    assert [problem.code for problem in run_examples([first, odd, lost], read)] == ["CB117"] * 3

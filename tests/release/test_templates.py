"""Templates ask for figures and contain none; each mistake is told with its line and code."""

from __future__ import annotations

from typing import Any

import pytest

from release.facts import a_fact, an_imprint, founding_facts, places_facts
from tallyroom.codebook import Codebook
from tallyroom.errors import TallyroomError
from tallyroom.model import Coverage
from tallyroom.release import Release, compose, load_template, text_edition

HEAD = "template: tried\nbody:\n"


def made(codebook: Codebook, body: str, facts: list[Any] | None = None) -> Release:
    template = load_template((HEAD + body).encode(), "tried.yaml", codebook)
    return compose(an_imprint(), founding_facts() if facts is None else facts, template, codebook)


def said(codebook: Codebook, english: str, facts: list[Any] | None = None) -> str:
    release = made(codebook, f"  - paragraph: {{ zh: 无, en: '{english}' }}\n", facts)
    return text_edition(release.editions["en"]).split("\n\n")[2]


@pytest.mark.parametrize(
    ("lang", "text", "typed"),
    [
        ("en", "Police solved 2,589 cases.", "2,589"),
        ("en", "In five provinces police seized drugs.", "five"),
        ("en", "Some two thousand people were arrested.", "two thousand"),
        ("zh", "全国共破获案件２５８９起。", "２５８９起"),
        ("zh", "抓获三百名犯罪嫌疑人。", "三百名"),
        ("zh", "八月五日，公安部通报情况。", "八月"),
    ],
)
def test_a_number_in_a_template_fails_with_its_line(
    codebook: Codebook, lang: str, text: str, typed: str
) -> None:
    other = "zh" if lang == "en" else "en"
    body = f"  - title: {{ zh: 通报, en: A bulletin }}\n  - paragraph:\n      {other}: none\n      {lang}: {text}\n"

    with pytest.raises(TallyroomError) as refused:
        made(codebook, body.replace("none", "无" if other == "zh" else "None"))

    assert refused.value.code == "RL103"
    assert refused.value.where == "tried.yaml:6"
    assert repr(typed) in refused.value.found


def test_words_that_look_like_numbers_are_none(codebook: Codebook) -> None:
    release = made(
        codebook,
        "  - paragraph: { zh: 全国公安机关统一行动，打击了一批犯罪分子。, en: Police acted together. }\n",
    )

    assert "一批" in text_edition(release.editions["zh"])


@pytest.mark.parametrize(
    ("asked", "code", "tells"),
    [
        ('figure("cases_filed")', "RL104", "none of this indicator"),
        ('figure("cases_solved", area="CN-YN")', "RL104", "area=CN"),
        ('figure("users_treated")', "RL105", "3 for"),
        ('figure("cases_solvd")', "RL106", "did you mean 'cases_solved'?"),
        ('figure("cases_solved", area="CN-XX")', "RL106", "CN-XX"),
        ('figure("cases_solved", operation="clean-bordr-2022")', "RL106", "clean-border-2022"),
        ('figure("cases_solved", show="t")', "RL108", "not shown as t"),
        ('figure("cases_solved") + figure("cases_filed")', "RL102", "never compute"),
        ("figures", "RL102", "did you mean 'figure'?"),
        ("area()", "RL102", "not asked like this"),
        ('area("CN-XX")', "RL106", "tried.yaml:3"),
        ("operation(year=2022)", "RL102", "not asked like this"),
        ('figure("cases_solved", offence="drugs", opration="x")', "RL102", "did you mean 'operation'?"),
        ('figure("cases_solved", offence="drugs", decimals="two")', "RL102", "decimals"),
        ('figure("cases_solved", offence="drugs", scale="dozen")', "RL108", "no scale dozen"),
        ("open", "RL102", "templates know no"),
    ],
)
def test_a_mistake_is_told_with_its_code(codebook: Codebook, asked: str, code: str, tells: str) -> None:
    with pytest.raises(TallyroomError) as refused:
        said(codebook, "{{ " + asked + " }} cases.")

    assert refused.value.code == code
    assert tells in str(refused.value)


@pytest.mark.parametrize(
    ("body", "where", "tells"),
    [
        ("  - paragraf: { en: Words }\n", "tried.yaml:3", "did you mean 'paragraph'?"),
        ("  - paragraph: { fr: Des mots }\n", "tried.yaml:3", "fr"),
        ("  - title: { en: Words }\n    heading: { en: Words }\n", "tried.yaml:3", "one of"),
        ("  - [words]\n", "tried.yaml:3", "a mapping"),
    ],
)
def test_a_template_of_another_form_is_refused(codebook: Codebook, body: str, where: str, tells: str) -> None:
    with pytest.raises(TallyroomError) as refused:
        made(codebook, body)

    assert (refused.value.code, refused.value.where) == ("RL102", where)
    assert tells in str(refused.value)


def test_a_figure_is_asked_for_by_name_and_the_whole_goes_before_its_places(codebook: Codebook) -> None:
    facts = [*places_facts(), *founding_facts()]

    assert said(codebook, 'Solved: {{ figure("cases_solved", offence="drugs") }}.', facts) == "Solved: 2,589."
    assert said(codebook, 'Solved: {{ figure("cases_solved", area="CN-YN") }}.', facts) == "Solved: 309."


def test_an_optional_block_is_left_out_where_its_figure_is_missing(codebook: Codebook) -> None:
    body = (
        "  - paragraph: { zh: '{{ figure(\"cases_filed\") }}', en: '{{ figure(\"cases_filed\") }} filed' }\n"
    )

    assert "filed" not in text_edition(made(codebook, body + "    optional: true\n").editions["en"])


def test_a_total_that_lacks_units_is_refused_where_all_are_asked_for(codebook: Codebook) -> None:
    facts = [a_fact("cases_solved", 41, coverage=Coverage(30, 31, ("CN-YN",)))]
    body = "  - results: { where: whole }\n"

    assert "41" in text_edition(made(codebook, body, facts).editions["en"])
    with pytest.raises(TallyroomError) as refused:
        made(codebook, f"{body}    complete: true\n", facts)

    assert refused.value.code == "RL107"
    assert "CN-YN" in refused.value.found


def test_coverage_and_missing_units_are_told_in_the_notes(codebook: Codebook) -> None:
    facts = [a_fact("cases_solved", 41, coverage=Coverage(30, 31, ("CN-YN",)), status="p")]

    text = text_edition(made(codebook, "  - results: { where: whole }\n", facts).editions["en"])

    assert "30 reporting units in, 31 reporting units expected" in text
    assert "Yunnan" in text
    assert "41[p]" in text
    assert "[p] provisional" in text


def test_a_figure_that_no_phrase_says_is_refused_with_its_dimensions(codebook: Codebook) -> None:
    facts = [a_fact("cases_solved", 41, offence="drugs", breakdown={"size": "major"})]

    with pytest.raises(TallyroomError) as refused:
        made(codebook, "  - results: { where: whole }\n", facts)

    assert refused.value.code == "RL108"
    assert "size=major" in refused.value.found

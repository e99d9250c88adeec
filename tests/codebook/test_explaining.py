"""Each code tells what it is, how it is said and where it stands."""

from __future__ import annotations

import pytest

from tallyroom.codebook import Codebook, CodebookError, explain, kinds, list_codes


@pytest.mark.parametrize(
    ("code", "kind", "file"),
    [
        ("cases_solved", "indicators", "core/indicators/"),
        ("heroin", "substances", "narcotics/substances"),
        ("telecom_fraud", "offences", "core/lists/offences.yaml:"),
        ("CN-YN", "areas", "core/areas/china.yaml:"),
        ("kg", "units", "core/units.yaml:"),
        ("seize", "actions", "core/lists/actions.yaml:"),
        ("of_which", "cues", "core/lists/cues.yaml:"),
        ("postal_logistics", "channels", "core/lists/channels.yaml:"),
    ],
)
def test_a_code_tells_its_kind_its_place_and_its_names(
    shipped: Codebook, code: str, kind: str, file: str
) -> None:
    told = explain(shipped, code)

    assert (told.kind, told.code) == (kind, code)
    assert told.where.startswith(file)
    assert told.label["en"]
    assert told.label["zh"]


def test_the_wording_of_both_languages_is_told(shipped: Codebook) -> None:
    told = explain(shipped, "heroin")

    assert "heroin" in told.wording["en"]
    assert "海洛因" in told.wording["zh"]


def test_an_indicator_tells_its_definition_and_its_patterns(shipped: Codebook) -> None:
    told = explain(shipped, "quantity_seized")

    assert told.definition["en"]
    assert "seize" in told.facts["pattern 1"] or "drug" in told.facts["pattern 1"]
    assert "缴毒" in told.wording["zh"]


def test_a_subdivision_names_its_country(shipped: Codebook) -> None:
    assert explain(shipped, "CN-YN").parent == "CN"


def test_a_code_of_several_kinds_names_the_others(shipped: Codebook) -> None:
    told = explain(shipped, "drugs")

    assert told.kind == "substances"
    assert "offences/drugs" in told.also
    assert explain(shipped, "offences/drugs").kind == "offences"


def test_a_word_of_a_text_is_explained_by_its_meanings(shipped: Codebook) -> None:
    told = explain(shipped, "繳獲")

    assert (told.kind, told.code) == ("words", "缴获")
    assert any("action seize" in meaning for meaning in told.facts.values())


def test_an_unknown_code_is_answered_with_the_nearest(shipped: Codebook) -> None:
    with pytest.raises(CodebookError) as caught:
        explain(shipped, "herion")

    assert caught.value.code == "CB118"
    assert caught.value.next_step == "did you mean 'heroin'?"


def test_every_code_of_every_kind_can_be_explained(shipped: Codebook) -> None:
    for kind in kinds(shipped):
        for code in list_codes(shipped, kind)[:40]:
            told = explain(shipped, f"{kind}/{code.code}")
            assert (told.kind, told.code) == (kind, code.code)
            assert told.where


def test_an_unknown_kind_is_answered_with_what_there_is(shipped: Codebook) -> None:
    with pytest.raises(CodebookError) as caught:
        list_codes(shipped, "substance")

    assert caught.value.next_step == "did you mean 'substances'?"

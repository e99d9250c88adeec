"""English numbers: what is read, with which unit, form and bound, and what is left alone."""

from __future__ import annotations

import pytest

from numbering import reader, reads, told

CASES = {
    "digits": [
        ("2,589 drug-related crimes", "2,589 = 2589 -"),
        ("1.31 tons of drugs", "1.31 tons = 1310 kg"),
        ("3,191kg was seized", "3,191kg = 3191 kg"),
        ("a 5.8-tonne haul", "5.8-tonne = 5800 kg"),
        ("38,000 person-times", "38,000 person-times = 38000 person_time"),
        ("1.234.567 pills", "1.234.567 = 1234567 -"),
        ("12,34,567 tablets", "12,34,567 = 1234567 -"),
        ("40 000 pills", "40 000 = 40000 -"),
        ("1,5 tonnes of hashish", "1,5 tonnes = 1500 kg"),
        ("6 lb 4 oz of heroin", "6 lb 4 oz = 2.8349523125 kg"),
        (".5 kg of heroin", ".5 kg = 0.5 kg"),
        ("200 t-shirts", "200 = 200 -"),
        ("2x firearms", "2 = 2 -"),
        ("5g of heroin", "5g = 0.005 kg"),
    ],
    "words": [
        ("fifty-four defendants", "fifty-four = 54 -"),
        ("one hundred and twenty kilos", "one hundred and twenty kilos = 120 kg"),
        ("two hundred and fifty thousand pills", "two hundred and fifty thousand = 250000 -"),
        ("half a million tablets", "half a million = 500000 -"),
        ("a quarter of a million doses", "a quarter of a million = 250000 -"),
        ("one and a half million doses", "one and a half million = 1500000 -"),
        ("two and a half tons", "two and a half tons = 2500 kg"),
        ("half a kilo", "half a kilo = 0.5 kg"),
        ("a dozen guns", "a dozen = 12 -"),
        ("twelve hundred rounds", "twelve hundred = 1200 -"),
        ("2½ kg", "2½ kg = 2.5 kg"),
        ("fifteen (15) suspects", "fifteen (15) = 15 -"),
        ("two (2) kilograms of heroin", "two (2) kilograms = 2 kg"),
    ],
    "scales": [
        ("1.5 million fentanyl pills", "1.5 million = 1500000 -"),
        ("1.5m pills", "1.5m = 1500000 -"),
        ("40k pills", "40k = 40000 -"),
        ("2 lakh crore", "2 lakh crore = 2000000000000 -"),
        ("2.5 mln packs", "2.5 mln = 2500000 -"),
    ],
    "money": [
        ("$7.3 million in meth", "$7.3 million = 7300000 USD"),
        ("us$18m", "us$18m = 18000000 USD"),
        ("s$20.5 million", "s$20.5 million = 20500000 SGD"),
        ("rm71 million", "rm71 million = 71000000 MYR"),
        ("p62.22 billion", "p62.22 billion = 62220000000 PHP"),
        ("£312,649 in cash", "£312,649 = 312649 GBP"),
        ("usd 5.7 billion", "usd 5.7 billion = 5700000000 USD"),
        ("rs 5 crore", "rs 5 crore = 50000000 INR"),
        ("r500 000 in cash", "r500 000 = 500000 ZAR"),
        ("15 million yuan", "15 million yuan = 15000000 CNY"),
        ("20 million hong kong dollars", "20 million hong kong dollars = 20000000 HKD"),
        ("drugs worth 3 million pounds", "3 million pounds = 3000000 GBP"),
        ("300 pounds of meth", "300 pounds = 136.077711 kg"),
    ],
    "qualifiers": [
        ("nearly 165 pounds", "165 pounds = 74.84274105 kg nearly"),
        ("an estimated $408 million", "$408 million = 408000000 USD about"),
        ("some 305,000 rounds", "305,000 = 305000 - about"),
        ("upwards of 77 million pills", "77 million = 77000000 - over"),
        ("arrests top 11,000", "11,000 = 11000 - over"),
        ("at least 12 people", "12 = 12 - least"),
        ("five or more members", "five = 5 - least"),
        ("1,000-plus officers", "1,000 = 1000 - least"),
        ("500+ arrests", "500 = 500 - least"),
        ("30-odd raids", "30 = 30 - odd"),
        ("under 200 kg", "200 kg = 200 kg under"),
        ("up to 50 officers", "50 = 50 - most"),
        ("handed over 15 suspects", "15 = 15 -"),
        ("no fewer than 8 labs", "8 = 8 - least"),
    ],
    "ranges": [
        ("between 500 and 600 arrests", "500 and 600 = 500..600 -"),
        ("500 to 600 kg", "500 to 600 kg = 500..600 kg"),
        ("10-15% of them", "10-15% = 10..15 percent"),
        ("$5-6 million", "$5-6 million = 5000000..6000000 USD"),
        ("up 10 to 15 percent", "10 to 15 percent = 10..15 percent"),
        ("20 or 30 men", "20 or 30 = 20..30 -"),
        ("5kg-10kg of ice", "5kg-10kg = 5..10 kg"),
    ],
    "shares and multiples": [
        ("14 per cent", "14 per cent = 14 percent"),
        ("twenty percent", "twenty percent = 20 percent"),
        ("sixty-five percent (65%)", "sixty-five percent (65%) = 65 percent"),
        ("3.5 percentage points", "3.5 percentage points = 3.5 percentage_point"),
        ("two-thirds of them", "two-thirds = 66.666667 percent fraction"),
        ("nearly a third of them", "a third = 33.333333 percent fraction nearly"),
        ("more than half", "half = 50 percent fraction over"),
        ("one in five users", "one in five = 20 percent fraction"),
        ("nine out of ten", "nine out of ten = 90 percent fraction"),
        ("three times as many", "three times = 3 - multiple"),
        ("rose 1.7 times", "1.7 times = 1.7 - multiple"),
        ("a 10-fold increase", "10-fold = 10 - multiple"),
        ("doubled", "doubled = 2 - multiple"),
        ("down -3.2%", "-3.2% = -3.2 percent"),
    ],
    "ordinals": [
        ("the 21st raid", "21st = 21 - ordinal"),
        ("the twenty-first raid", "twenty-first = 21 - ordinal"),
        ("a third suspect", "third = 3 - ordinal"),
    ],
}  # fmt: skip
NOTHING = [
    "no one was hurt", "someone", "one of the men", "the one we know", "dozens of raids",
    "hundreds of officers", "tens of thousands", "several hundred", "a few hundred thousand", "covid-19",
    "the a33", "a ford f350", "mh370", "24-hour watch", "a 52-year-old", "9mm rounds", "the 1990s",
    "a five-year plan", "zero tolerance", "a .38 revolver", "the second-hand", "double-digit growth",
    "3,4-methylenedioxy", "the last quarter", "half-brother", "a 10m wall",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case for cases in CASES.values() for case in cases])
def test_an_english_figure_is_read_as_it_is_meant(text: str, expected: str) -> None:
    assert reads("en", text) == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_words_and_names_that_state_no_number_are_left_alone(text: str) -> None:
    assert [said for said in reads("en", text) if "ordinal" not in said] == []


def test_a_second_unit_in_brackets_is_a_figure_of_its_own() -> None:
    expected = ["367.24 pounds = 166.5772619588 kg", "166.6 kg = 166.6 kg"]
    assert reads("en", "367.24 pounds (166.6 kg)") == expected


def test_from_one_figure_to_another_is_no_range() -> None:
    assert reads("en", "rose by 31%, from 142 to 186") == ["31% = 31 percent", "142 = 142 -", "186 = 186 -"]


def test_a_comparison_does_not_bound_the_figure_behind_it() -> None:
    assert reads("en", "14% fewer than 2,000") == ["14% = 14 percent", "2,000 = 2000 -"]


def test_a_qualifier_of_the_next_figure_is_not_taken_for_this_one() -> None:
    assert reads("en", "500 kg and over 20 suspects") == ["500 kg = 500 kg", "20 = 20 - over"]


def test_tons_are_short_where_the_agency_writes_short_tons() -> None:
    assert reads("en", "nearly 15 tons", short_tons=True) == ["15 tons = 13607.7711 kg nearly"]
    assert reads("en", "15 metric tons", short_tons=True) == ["15 metric tons = 15000 kg"]


def test_a_bare_dollar_takes_the_currency_of_the_country() -> None:
    assert reads("en", "$5m and us$3m", dollar="CAD") == ["$5m = 5000000 CAD", "us$3m = 3000000 USD"]


def test_a_point_that_ends_a_sentence_is_no_decimal_point() -> None:
    assert reads("en", "they seized 12. 30 fled.") == ["12 = 12 -", "30 = 30 -"]


def test_bare_numbers_are_read_on_demand_only() -> None:
    text = "minus five point five"
    assert told(text, reader("en", bare=True).find(text)) == ["minus five point five = -5.5 -"]

"""English as agencies of Asia, Africa, Oceania and Latin America write it: money, measures, places, parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

import tallyroom
from tallyroom.model.observation import Observation


def read(text: str, published: str = "2024-08-05") -> dict[str, Observation]:
    return {row.text: row for row in tallyroom.read(text=text, published=published).observations}


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("The Anti-Narcotics Force in Lahore seized heroin worth Rs 84.6 million.", "Rs 84.6 million", "PKR"),
        ("The Sri Lanka Navy seized heroin worth Rs. 1,625 million.", "Rs. 1,625 million", "LKR"),
        ("Police in Mumbai seized heroin worth Rs 92 crore.", "Rs 92 crore", "INR"),
        ("Police in Vientiane seized cash of LAK 6.4 billion.", "LAK 6.4 billion", "LAK"),
        ("Police froze HK$4.2 million, and $9 million more was seized.", "$9 million", "HKD"),
        ("Customs in Jakarta seized cigarettes worth Rp 19,2 billion.", "Rp 19,2 billion", "IDR"),
        ("Customs in Jakarta seized cigarettes worth Rp19.275.000.000.", "Rp19.275.000.000", "IDR"),
        ("Philippine police seized P1.3-M shabu.", "P1.3-M", "PHP"),
    ],
)
def test_money_is_that_of_the_country(text: str, figure: str, unit: str) -> None:
    assert read(text)[figure].unit == unit


def test_land_is_told_in_the_measures_of_a_country() -> None:
    rows = read(
        "Soldiers destroyed 125 rai of opium poppy in Chiang Mai and 41 ropanis of cannabis in Nepal."
    )

    assert {(row.value, row.unit) for row in rows.values()} == {(20, "ha"), (Decimal("2.0858217"), "ha")}


def test_the_province_of_chiang_rai_is_no_measure() -> None:
    text = "Thai police seizures\n\n| Province | Yaba (tablets) |\n| --- | --- |\n| Chiang Rai | 201 |\n"

    assert read(text)["201"].value == 201


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "In 2023 a total of 97,241 cases were filed and 1,20,287 people were arrested in Dhaka.",
            ["cases_filed", "persons_arrested"],
        ),
        (
            "The directorate booked 133 smuggling cases and arrested 236 people.",
            ["cases_filed", "persons_arrested"],
        ),
        ("In July 142 drug cases/151 suspects were arrested.", ["cases_solved", "persons_arrested"]),
        ("Police searched 903 locations and sent 2,214 suspects to court.", ["persons_prosecuted"]),
        ("The agency conducted searches at 19 premises and arrested 3 people.", ["persons_arrested"]),
        ("Day 210: 359 raids, 78 drug smugglers held", ["operations_conducted", "persons_arrested"]),
        ("Region 4 narcotics police arrested four men.", ["persons_arrested"]),
        ("Police seized 5 kg of heroin, which could be used by 20,000 addicts.", ["quantity_seized"]),
        ("Police seized 5 kg of heroin of 14 types in 587 drug cases.", ["quantity_seized", "cases_solved"]),
        (
            "The bureau opened 14,802 cases and concluded 14,217 cases. Gambling cases numbered 1,139.",
            ["cases_filed", "cases_concluded", "cases_filed"],
        ),
    ],
)
def test_what_a_figure_counts(text: str, indicators: list[str]) -> None:
    assert [row.indicator for row in read(text).values()] == indicators


def test_a_bare_part_is_of_what_was_counted() -> None:
    text = "Police detained 128,640 people for various drug offences, including 14,812 for drug distribution."

    assert read(text)["14,812"].indicator == "persons_arrested"


def test_people_in_brackets_are_of_the_people_before_them() -> None:
    rows = read("Drug cases were exposed and 5,417 suspects (4,502 men and 915 women) were arrested.")

    assert {row.indicator for row in rows.values()} == {"persons_arrested"}


def test_an_address_is_told_by_its_first_name() -> None:
    text = "Agents arrested four suspects in Barangay Uno, San Fernando City, Pampanga and seized 15 sachets of shabu."

    assert {row.area for row in read(text).values()} == {("Barangay Uno",)}


def test_a_border_and_initials_are_no_places() -> None:
    rows = read(
        "Indian customs seized 52 kg of gold along the Myanmar and Bangladesh borders and arrested AS, RH, MD and YN. "
        "They seized 14 kg of heroin."
    )

    assert {row.area for row in rows.values()} == {("IN",)}


def test_gold_is_smuggled_and_not_trafficked() -> None:
    rows = read("Customs seized smuggled gold worth $3 million and 4 kg of heroin.")

    assert rows["$3 million"].offence == "smuggling"


def test_packets_of_cigarettes_are_items_and_those_of_drugs_parcels() -> None:
    rows = read(
        "Customs seized 4,130 cartons and 20 packets of duty-unpaid cigarettes and 7 packets of heroin."
    )

    assert [(row.indicator, row.unit) for row in rows.values()] == [
        ("items_seized", "item"), ("items_seized", "item"), ("quantity_seized", "parcel"),
    ]  # fmt: skip


def test_up_to_now_without_a_beginning_has_no_period() -> None:
    assert read("So far, police have arrested 9 people in the drug case.")["9"].period is None


def test_person_times_sent_out_need_no_noun() -> None:
    row = read("The police sent out 8.63 million person-times and cracked 40 fraud cases.")[
        "8.63 million person-times"
    ]

    assert (row.indicator, row.unit) == ("operations_conducted", "person_time")


def test_goods_that_no_list_holds_have_their_own_name() -> None:
    rows = read("Border officers seized 480 kg of trepang, 12 litres of jungle syrup and 4 kg of heroin.")

    assert [row.substance for row in rows.values()] == ["trepang", "jungle_syrup", "heroin"]


def test_how_strong_a_tablet_is_counts_nothing() -> None:
    assert list(read("Officers seized 1,284,000 pills of tramadol 225mg in Lagos.")) == ["1,284,000"]


def test_a_noun_that_no_list_holds_counts_no_people_told_before() -> None:
    rows = read("Soldiers detained two customs agents and destroyed 312 widgets.")

    assert "312" not in rows


@pytest.mark.parametrize(
    "text",
    [
        "Near the reef 14 spear divers were apprehended.",
        "In July, three suspects aged 31 to 47 were arrested.",
        "The police stopped two drug boats and captured seven Colombian and two Ecuadorian nationals.",
    ],
)
def test_who_is_arrested_is_a_person(text: str) -> None:
    assert {row.indicator for row in read(text).values() if row.unit == "person"} == {"persons_arrested"}
    assert "operations_conducted" not in {row.indicator for row in read(text).values()}


def test_names_go_on_from_one_that_a_preposition_tells() -> None:
    rows = read("Officers arrested six men in Manukau, Papakura and Otara.")

    assert rows["six"].area == ("Manukau", "Papakura", "Otara")


def test_a_place_of_a_ranking_holds_for_no_later_figure() -> None:
    text = (
        "South African police arrested 14 628 suspects. Most were made in KwaZulu-Natal with 3 012, followed by "
        "Gauteng with 2 844. Police arrested 148 suspects for murder."
    )

    assert read(text)["148"].area == ("ZA",)


def test_what_is_told_of_a_year_or_an_operation_later_does_not_reach_back() -> None:
    text = (
        "Customs officers in Auckland seized 90.5 kilograms of methamphetamine. In the year to June 2024, it seized "
        "3.6 tonnes of drugs. In Operation Cobalt, 14 people were arrested."
    )
    rows = read(text)

    assert rows["90.5 kilograms"].period is None
    assert rows["90.5 kilograms"].operation is None
    assert rows["14"].operation == "Operation Cobalt"


def test_the_offence_behind_people_is_theirs() -> None:
    rows = read(
        "Police arrested 148 suspects for murder, 282 for dealing in drugs and 31 for fraud and theft."
    )

    assert [row.offence for row in rows.values()] == ["other", "drug_trafficking", "other"]


def test_people_checked_are_checked_whatever_they_comprise() -> None:
    rows = read(
        "Officers arrested 12 men; 512 individuals, comprising 431 foreigners and 81 locals, were checked."
    )

    assert rows["512"].indicator == "operations_conducted"
    assert "role" not in rows["81"].breakdown


def test_shares_go_on_through_a_list() -> None:
    rows = read("Police arrested 1,050 migrants; 62% were Ethiopian, 36% Yemeni and 2% were of other origin.")

    assert [row.statistic for row in rows.values()] == ["level", "share_pct", "share_pct", "share_pct"]


def test_who_handed_over_holds_for_no_later_figure() -> None:
    text = (
        "Chinese police took custody of 1,109 fraud suspects handed over by Myanmar's police. "
        "Among them were 10 key criminal suspects."
    )

    assert read(text)["10"].area == ("CN",)


def test_the_name_of_an_operation_stands_without_quotation_marks() -> None:
    row = read('In Operation "Red Kite" police arrested 216 drug dealers.')["216"]

    assert row.operation == "Red Kite"


def test_drugs_that_somebody_tried_to_smuggle_are_trafficked() -> None:
    row = read("Customs in Jeddah foiled an attempt to smuggle 2,417,000 amphetamine pills.")["2,417,000"]

    assert row.offence == "drug_trafficking"


def test_fines_by_the_piece_are_penalties() -> None:
    assert (
        read("Police arrested 28 thieves and issued 3,790 fines to pedestrians.")["3,790"].indicator
        == "other"
    )

"""Numerals in English text that are no figure, marked as `⟦rule|characters⟧`; all others are left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tallyroom.quantities.asides import find_asides

MARKED = (
    "sold for ⟦rate|$120 per gram⟧, the 36 kg were worth $4.3 million",
    "⟦telephone|dial 1908⟧ or ⟦web|tips@x.gov⟧; 12 people were held",
    "⟦law|article 36⟧ of the ⟦law|1961 single convention⟧, ⟦law|regulation (eu) 2019/1148⟧: 23 kinds",
    "since ⟦name|9/11⟧ the ⟦name|g7⟧ has met; the ⟦ordinal|1,000th⟧ case of 1,200",
    "the world drug ⟦date|report 2023⟧ says 296 million people used drugs",
    "open ⟦time|24x7⟧, the ⟦class_count|5-star⟧ hotel held 30 inmates; ⟦identifier|passport no. a1234567⟧",
    "the defendant was ⟦prison_term|jailed for 12 years⟧ at leeds crown court; his brother got "
    "⟦prison_term|three years and four months in prison⟧",
    "he ⟦prison_term|faces 5 to 40 years⟧ in federal prison and a fine of up to $5 million",
    "convicted under ⟦law|section 39b⟧ of the dangerous drugs ⟦law|act 1952⟧, which carries the "
    "death penalty or ⟦prison_term|life imprisonment with 15 strokes⟧ of the cane",
    "charged with violating ⟦law|sections 5 and 11, article ii of republic act no. 9165⟧ after 50 "
    "grams of shabu worth p340,000 were seized",
    "⟦law|title 21, u.s.c., section 841⟧ applies; ⟦law|21 u.s.c. § 846⟧",
    "call ⟦telephone|0800 555 111⟧ or ⟦telephone|101⟧; in the us dial ⟦telephone|1-800-973-7867⟧ "
    "or ⟦telephone|911⟧",
    "anyone with information is asked to call police on ⟦telephone|(02) 9281 0000⟧ or crime "
    "stoppers on ⟦telephone|1800 333 000⟧",
    "report to the cnb hotline ⟦telephone|1800-325 6666⟧",
    "at ⟦time|4.15am⟧ officers stopped a van on the ⟦address|m6⟧ and found 30kg of cocaine",
    "the raid began at ⟦time|0630 hrs⟧ and ended by ⟦time|11:45 p.m.⟧ with 12 arrests",
    "the suspects, ⟦age|aged between 19 and 54⟧, include 8 women; the youngest is ⟦age|19 years old⟧",
    "the driver, ⟦age|40⟧, was arrested; john smith, ⟦age|34⟧, of leeds pleaded guilty to 12 counts",
    "a ⟦age|27-year-old⟧ man and two women in ⟦age|their 30s⟧ were held with 4.5 kg of heroin",
    "new abusers ⟦age|under 20⟧ fell by 6% to 153",
    "offenders ⟦age|aged 60 and above⟧ made up 12%",
    "after a ⟦duration|six-month⟧ investigation, ⟦duration|over 48 hours⟧, police made 120 arrests "
    "in ⟦duration|three weeks⟧",
    "the ⟦duration|100-day⟧ campaign led to 1,300 arrests",
    "during the ⟦duration|two-week⟧ operation, 36 firearms and 10 vehicles were seized",
    "the ⟦edition|78th session⟧ of the commission; the ⟦edition|25th anniversary⟧; the ⟦ordinal|3rd⟧ raid",
    "no. ⟦ordinal|3⟧ on the list is not ⟦rank|no. 1⟧",
    "⟦ordinal|1.⟧ 2,300 kg of cannabis were destroyed",
    "⟦ordinal|(2)⟧ 45 cases were filed",
    "a ⟦name|boeing 737⟧ carried 26 tonnes; a ⟦name|2019 toyota⟧ carried 40 kg; a ⟦name|glock 19⟧ "
    "and 200 rounds of ⟦name|9mm⟧ ammunition",
    "three ⟦name|ak-47⟧ rifles and 12 ⟦name|ar-15⟧ rifles were among 92 guns; the ⟦name|ms-13⟧ "
    "gang lost 14 members",
    "⟦name|covid-19⟧ cut arrests by 20 per cent",
    "the ⟦name|g20⟧ summit; flight ⟦name|ek202⟧ had 3 couriers",
    "a boat ⟦length|20 nautical miles⟧ off the coast carried 1.5 tonnes",
    "the tunnel was ⟦length|60 metres long⟧ and ⟦length|20 feet⟧ deep; 500 metres of detonating "
    "cord were seized",
    "two ⟦length|40-foot⟧ containers held 9,000 cartons",
    "the rate was ⟦rate|12.3 per 100,000 population⟧",
    "temperatures of ⟦temperature|40 degrees⟧",
    "police in ⟦participants|19 countries⟧ arrested 1,200 people; ⟦participants|42 police forces⟧ took part",
    "⟦participants|seven african countries⟧ seized 3 tonnes",
    "⟦class_count|five types of⟧ drugs weighing 12 kg; a ⟦class_count|three-pronged⟧ strategy",
    "one of the ⟦rank|top 10⟧ fugitives",
    "the ship, ⟦identifier|imo 9123456⟧, carried 4 tonnes; container ⟦identifier|tclu1234567⟧ held 600 kg",
    "see ⟦web|https://www.example.org/2023/05/12/a1⟧ or write to ⟦web|press2023@example.org⟧",
    "in ⟦address|room 12⟧ of ⟦address|100 main street⟧, officers found 3 kg",
    "seized on ⟦date|12 may 2023⟧, ⟦date|in 2022-23⟧, ⟦date|q3 2023⟧, ⟦date|fy 2023⟧ and ⟦date|the 1990s⟧",
    "they were sentenced to a total of ⟦prison_term|120 years⟧ for 3 tonnes",
    "the court ⟦prison_term|sentenced him to seven years' imprisonment⟧ for 2 kg",
    "a ⟦prison_term|15-year prison sentence⟧ for 7 kg",
    "⟦name|operation 1027⟧ netted 45 people; ⟦name|operation serengeti 2.0⟧ led to 1,209 arrests",
    "⟦identifier|case no. 123/2023⟧; ⟦identifier|fir no. 45⟧",
    "a ⟦prison_term|mandatory minimum of 10 years⟧ for 500 grams",
)
FIGURES = (
    "police arrested 36 people and seized 10 vehicles, 5 houses, 3 boats and 2 planes worth $4 million",
    "officers made 2,300 arrests, seized 1.2 tonnes of heroin, 300 litres of acid, 45,000 tablets "
    "and 312 plants",
    "customs intercepted 3,200 parcels in 12 containers, 5 per cent more than last year",
    "a total of 120 people were charged with 360 offences, 45 of them minors",
    "troops destroyed 12 labs, 3 tonnes of ephedrine, 20 acres of poppy and 15 hectares of coca",
    "the 36 suspects include 12 foreigners, 7 women, and 3 officers",
    "arrests: 45; cases: 30; seized: 12 kg",
    "the agency handled 3,450 cases, an increase of 12 per cent or 370 cases",
    "they recovered 18 pistols, 4 rifles, 52 magazines, 1,000 rounds of ammunition and 3 grenades",
    "rs 5 crore in cash, rm71 million, s$20.5 million, p62.22 billion, n500,000, ksh 3 million, "
    "r2.5 million and us$18 million were frozen",
    "10,234 operations, 15,679 arrests, 24 high value targets, 3 police officers",
    "police officers conducted 1,203 raids on 45 premises and 20 hotels",
    "over 40 arrests, under 10 cases, above 300 kg; more than 50 were held",
    "about 200 officers from 12 units took part in 30 raids",
    "up from 234 to 312, or 33 per cent; from 20 to 50 kg",
    "seizures of cocaine rose 12 percent to 300 tons; heroin: 40 tons (down 5%); meth: 12",
    "36 men, 4 women and 2 children were rescued in 10 raids at 20 sites",
    "seized 12 mobile phones, 4 laptops, 30 sim cards, 5 cars",
    "the court convicted 36 people in 12 cases; 20 were acquitted",
    "room for 300 inmates; line up 40 buses",
)


@pytest.mark.parametrize("marked", MARKED)
def test_each_marked_numeral_is_set_aside_by_its_rule(
    marked: str, faults: Callable[[str, str], list[str]]
) -> None:
    assert faults(marked, "en") == []


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_is_never_set_aside(text: str) -> None:
    assert find_asides(text, "en") == []

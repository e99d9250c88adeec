"""Lists of places, labels of tables, actors abroad: what generated briefings taught."""

from __future__ import annotations

import pytest

import tallyroom


def rows(text: str, publisher_day: str = "2024-08-05") -> list[tuple[str, str, tuple[str, ...], str | None]]:
    reading = tallyroom.read(text=text, published=publisher_day)
    return [(row.text, row.indicator, row.area, row.substance) for row in reading.observations]


@pytest.mark.parametrize(
    "text",
    [
        "今年上半年，江苏、山东、贵州分别缴获毒品1.13吨、656千克、721千克。",
        "今年上半年，江苏、山东、贵州缴毒量分别为1.13吨、656千克和721千克。",
        "Police in Jiangsu, Shandong and Guizhou seized 1.13 tonnes, 656 kg and 721 kg of drugs respectively.",
    ],
)
def test_places_and_figures_of_one_thing_pair_by_order(text: str) -> None:
    assert [row[2] for row in rows(text)] == [("CN-JS",), ("CN-SD",), ("CN-GZ",)]


def test_figures_of_several_things_are_of_all_the_places_together() -> None:
    found = rows("云南、广西两省区分别抓获犯罪嫌疑人25名、缴获毒品3吨。")

    assert {row[2] for row in found} == {("CN-YN", "CN-GX")}


def test_each_body_in_a_row_of_clauses_has_its_own_figure() -> None:
    text = (
        "Police in Jiangsu seized 3 tonnes of drugs, police in Shandong seized 650 kilos of drugs "
        "and police in Guizhou seized 2.9 tons of drugs."
    )

    assert [row[2] for row in rows(text)] == [("CN-JS",), ("CN-SD",), ("CN-GZ",)]


def test_the_police_of_another_country_act_there() -> None:
    text = "Police in Hainan solved 30 drug cases.\n\nVietnamese police dismantled 7 drug laboratories."

    assert [row[2] for row in rows(text)] == [("CN-HI",), ("VN",)]


def test_who_gave_information_is_not_who_acted() -> None:
    text = "Acting on information from Chinese police, Myanmar police arrested 200 drug suspects."

    assert [row[2] for row in rows(text)] == [("MM",)]


def test_the_name_of_an_operation_is_no_harbour() -> None:
    text = "Police in Hunan arrested 30 people under Operation Clear Harbour. Seizures included 2.38 tonnes of heroin."

    assert {row[2] for row in rows(text)} == {("CN-HN",)}


def test_the_label_of_a_row_tells_the_drug() -> None:
    text = "Results\n\nItem | This year\nHeroin seized (kg) | 2,316.8\nPrecursor chemicals seized (kg) | 57.1"

    assert [row[3] for row in rows(text)] == ["heroin", "precursors"]


def test_the_drugs_of_a_list_are_not_drugs_in_general() -> None:
    assert [row[3] for row in rows("缴获的毒品包括海洛因大约6吨、冰毒3吨。")] == ["heroin", "methamphetamine"]


def test_what_is_weighed_is_the_drug_and_not_the_seizure() -> None:
    text = "Heroin, ketamine and opium seizures were 90 kilos, 46 kilograms and 81,069 g respectively."

    assert [row[3] for row in rows(text)] == ["heroin", "ketamine", "opium"]


def test_over_a_round_number_of_people_is_no_age() -> None:
    assert [row[0] for row in rows("Police arrested over 46,000 people on drug charges.")] == ["46,000"]


def test_four_cases_are_counted() -> None:
    assert [row[0] for row in rows("警方共侦破制毒案件四起。")] == ["四起"]


def test_a_predicate_tells_what_is_counted() -> None:
    text = "In all 5,799 drug users were found. Of these, 2,314 were ordered into compulsory isolation treatment."

    assert [row[1] for row in rows(text)] == ["users_identified", "users_treated"]


@pytest.mark.parametrize("mark", ["[p]", "[r]", "[e]"])
def test_a_mark_behind_a_figure_says_nothing_of_what_it_counts(mark: str) -> None:
    text = f"A total of 3,594{mark} drug cases were solved and 225{mark} drug gangs were dismantled."

    assert [(row[0], row[1]) for row in rows(text)] == [
        ("3,594", "cases_solved"),
        ("225", "groups_dismantled"),
    ]


def test_the_unit_of_a_heading_reaches_a_cell_with_a_mark_behind_its_figure() -> None:
    text = "Province\tDrug cases solved\tSeized drugs (kg)\nHunan\t446[r]\t212.923[r]\nHubei\t12\t14.5\n"

    assert [(row[0], row[1]) for row in rows(text)] == [
        ("446", "cases_solved"),
        ("212.923", "quantity_seized"),
        ("12", "cases_solved"),
        ("14.5", "quantity_seized"),
    ]


@pytest.mark.parametrize("word", ["Under", "During", "In"])
def test_a_preposition_is_no_part_of_an_operations_name(word: str) -> None:
    (row,) = tallyroom.read(text=f"{word} Operation Quiet Harbour, police arrested 57 people.").observations

    assert row.operation == "Operation Quiet Harbour"


def test_what_includes_a_drug_is_not_of_that_drug_alone() -> None:
    text = "Drug seizures totalled 48.3 tons, including 4,100 kg of heroin and 5 kg of opium."

    assert [row[3] for row in rows(text)] == ["drugs", "heroin", "opium"]


def test_more_than_so_many_suspects_are_no_class_of_cases() -> None:
    assert [row[:2] for row in rows("行动期间，超600名犯罪嫌疑人落网。")] == [("600名", "persons_arrested")]


def test_the_closure_of_a_laboratory_is_counted() -> None:
    text = "The checks have led to the closure of nine drug laboratories and 1,258 arrests."

    assert [row[1] for row in rows(text)] == ["sites_dismantled", "persons_arrested"]


def test_money_recovered_for_victims_is_no_haul() -> None:
    text = "In all, 666 scam centres were dismantled and 34 million yuan was recovered for victims."

    assert [row[1] for row in rows(text)] == ["sites_dismantled", "losses_recovered"]


def test_a_marked_cell_has_the_unit_of_its_column() -> None:
    text = "分地区数据\n\n地区\t破获毒品案件（起）\t缴获毒品（公斤）\n云南\t309\t820.25\n湖南\t446[修订]\t212.923[修订]"

    assert [row[0] for row in rows(text)] == ["309", "820.25", "446", "212.923"]


def test_a_part_is_of_what_was_counted_with_its_word() -> None:
    """其中海上走私19件 after 贩毒集团96团 is of the cases, which alone were counted in 件."""
    text = "今年1月至6月,全县查获毒品案件1286件。\n\n破获贩毒集团96团。其中海上走私19件,查获毒品726公斤。"
    assert ("19件", "cases_solved") in [row[:2] for row in rows(text)]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("该支队在打洛、勐满、关累等方向连续破获毒品案件3起。", ("打洛", "勐满", "关累")),
        ("在太原、运城联手侦办的案件中,缴获麻黄碱3公斤。", ("太原", "运城")),
        ("昆明警方在云南西双版纳、贵州贵阳等地抓获犯罪嫌疑人3名。", ("西双版纳", "贵阳")),
        ("在教育系统、海南等地抓获犯罪嫌疑人3名。", ("CN-HI",)),
        ("3月8日,勐满边境派出所查获毒品3公斤。", ("勐满",)),
        ("西安市公安局在长安区子午街道一民房内抓获犯罪嫌疑人3名。", ("子午街道",)),
        ("高雄查緝隊於東沙島西南方攔檢漁船,查獲毒品3公斤。", ("東沙島",)),
        ("广州警方在荔湾、花都、天河等区抓获犯罪嫌疑人3名。", ("广州",)),
        ("火车站派出所抓获犯罪嫌疑人3名。", ("CN",)),
    ],
)
def test_places_of_a_list_and_below_the_county_are_as_written(text: str, area: tuple[str, ...]) -> None:
    assert [row[2] for row in rows(text)] == [area]


def test_a_bridge_or_an_airport_is_narrower_than_the_town_behind_it() -> None:
    found = rows("Officers at the Blue Water Bridge in Sarnia seized 3 kg of heroin.")
    assert [row[2] for row in found] == [("Blue Water Bridge",)]


def test_a_place_told_behind_show_that_is_still_the_documents_own() -> None:
    text = "New figures show that 361 arrests were made in England and Wales in 2024.\n\nPolice seized 12 firearms."
    assert {row[2] for row in rows(text)} == {("GB-ENG", "GB-WLS")}


def test_where_news_of_many_countries_was_filed_is_no_place_of_results() -> None:
    text = (
        "Animals seized\n\nLYON, France – A worldwide operation led to the seizure of 16,941 live animals.\n\n"
        "Over the four weeks authorities recorded 1,874 seizures."
    )
    assert [row[2] for row in rows(text)] == [(), ()]


def test_goods_that_were_to_be_shipped_abroad_were_seized_at_home() -> None:
    found = rows("Canadian police intercepted 2,277 stolen vehicles before they could be shipped abroad.")
    assert [row[2] for row in found] == [("CA",)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("该局开展“亮剑2025”海洋伏季休渔专项执法行动,查获案件287起。", "亮剑2025"),
        ("某市公安局召开夏季治安打击整治行动会,抓获犯罪嫌疑人5名。", "夏季治安打击整治行动"),
        ("各地开展4次夜查宣防集中统一行动,查处醉驾39起。", "夜查宣防集中统一行动"),
    ],
)
def test_a_chinese_operation_has_the_name_that_its_campaign_gave_it(text: str, name: str) -> None:
    assert tallyroom.read(text=text, published="2024-08-05").observations[-1].operation == name

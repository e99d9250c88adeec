"""Chinese numbers: what is read, with which unit, form and bound, and what is left alone."""

from __future__ import annotations

import pytest

from numbering import one, reader, reads, told

CASES = {
    "digits": [
        ("破获案件8657起", "8657起 = 8657 case"),
        ("查处吸毒人员3.8万人次", "3.8万人次 = 38000 person_time"),
        ("重1,313.2公斤", "1,313.2公斤 = 1313.2 kg"),
        ("罚没 154.44 亿元", "154.44 亿元 = 15444000000 CNY"),
        ("1万3,811公斤", "1万3,811公斤 = 13811 kg"),
        ("1万2千起", "1万2千起 = 12000 case"),
        ("2亿3000万元", "2亿3000万元 = 230000000 CNY"),
        ("1 234 567元", "1 234 567元 = 1234567 CNY"),
        ("3000千克", "3000千克 = 3000 kg"),
        ("20万千瓦", "20万千瓦 = 200000 -"),
    ],
    "characters": [
        ("两千三百一十三名", "两千三百一十三名 = 2313 person"),
        ("缴毒四点二吨", "四点二吨 = 4200 kg"),
        ("二百零七点五万粒", "二百零七点五万粒 = 2075000 tablet"),
        ("一百二十三万四千元", "一百二十三万四千元 = 1234000 CNY"),
        ("三百零五人", "三百零五人 = 305 person"),
        ("伍佰万元", "伍佰万元 = 5000000 CNY"),
        ("卅二名", "卅二名 = 32 person"),
        ("二〇二三年", "二〇二三年 = 2023 -"),
        ("两千克", "两千克 = 2 kg"),
        ("一万三千亿元", "一万三千亿元 = 1300000000000 CNY"),
    ],
    "approximations": [
        ("1200余万条", "1200余万条 = 12000000 count odd"),
        ("3750余吨", "3750余吨 = 3750000 kg odd"),
        ("2万多人", "2万多人 = 20000 person odd"),
        ("27万余起", "27万余起 = 270000 case odd"),
        ("十几人", "十几人 = 10 person odd"),
        ("20来名", "20来名 = 20 person odd"),
        ("百余名", "百余名 = 100 person odd"),
        ("5公斤多毒品", "5公斤 = 5 kg odd"),
        ("近千名", "千名 = 1000 person nearly"),
        ("超千人", "千人 = 1000 person over"),
        ("上百起案件", "百起 = 100 case least"),
        ("三四百人", "三四百人 = 300..400 person"),
        ("十五六吨", "十五六吨 = 15000..16000 kg"),
    ],
    "qualifiers": [
        ("约492公斤", "492公斤 = 492 kg about"),
        ("近2000起", "2000起 = 2000 case nearly"),
        ("超过7吨", "7吨 = 7000 kg over"),
        ("逾13吨", "13吨 = 13000 kg over"),
        ("不足600公斤", "600公斤 = 600 kg under"),
        ("不超过5起", "5起 = 5 case most"),
        ("至少12人", "12人 = 12 person least"),
        ("3名以上", "3名 = 3 person least"),
        ("3吨左右", "3吨 = 3000 kg about"),
        ("附近3名群众", "3名 = 3 person"),
        ("节约3万元", "3万元 = 30000 CNY"),
        ("10人以下简称小组", "10人 = 10 person"),
        ("3起多发案件", "3起 = 3 case"),
    ],
    "ranges": [
        ("560至570公斤", "560至570公斤 = 560..570 kg"),
        ("5~6万起", "5~6万起 = 50000..60000 case"),
        ("三至五名", "三至五名 = 3..5 person"),
        ("3万至5万元", "3万至5万元 = 30000..50000 CNY"),
        ("10%至15%", "10%至15% = 10..15 percent"),
        ("百分之十到二十", "百分之十到二十 = 10..20 percent"),
        ("500-600名", "500-600名 = 500..600 person"),
        ("两到三倍", "两到三倍 = 2..3 - multiple"),
    ],
    "shares and multiples": [
        ("同比下降39.7%", "39.7% = 39.7 percent"),
        ("百分之三十八点五", "百分之三十八点五 = 38.5 percent"),
        ("千分之三", "千分之三 = 0.3 percent"),
        ("0.16‰", "0.16‰ = 0.016 percent"),
        ("占三成半以上", "三成半 = 35 percent tenths least"),
        ("增四成六", "四成六 = 46 percent tenths"),
        ("近三成", "三成 = 30 percent tenths nearly"),
        ("占3成4", "3成4 = 34 percent tenths"),
        ("不到1/3", "1/3 = 33.333333 percent fraction under"),
        ("超三分之一", "三分之一 = 33.333333 percent fraction over"),
        ("一半以上", "一半 = 50 percent fraction least"),
        ("下降4.76个百分点", "4.76个百分点 = 4.76 percentage_point"),
        ("增加1.7倍", "1.7倍 = 1.7 - multiple"),
        ("5倍多", "5倍 = 5 - multiple odd"),
        ("一倍半", "一倍半 = 1.5 - multiple"),
        ("翻一番", "翻一番 = 2 - multiple"),
        ("翻了两番", "翻了两番 = 4 - multiple"),
        ("同比-12.5%", "-12.5% = -12.5 percent"),
        ("负3.9%", "负3.9% = -3.9 percent"),
    ],
    "money": [
        ("105.7亿港元", "105.7亿港元 = 10570000000 HKD"),
        ("新台币3亿元", "新台币3亿元 = 300000000 TWD"),
        ("¥5万", "¥5万 = 50000 CNY"),
        ("1.5亿多元", "1.5亿多元 = 150000000 CNY odd"),
        ("150余万美元", "150余万美元 = 1500000 USD odd"),
        ("近百亿元", "百亿元 = 10000000000 CNY nearly"),
    ],
    "measures and counters": [
        ("500g", "500g = 0.5 kg"),
        ("3斤2两", "3斤2两 = 1.6 kg"),
        ("一吨半", "一吨半 = 1500 kg"),
        ("半吨", "半吨 = 500 kg"),
        ("46.5亩", "46.5亩 = 3.1 ha"),
        ("46.87万亩", "46.87万亩 = 31246.6666667 ha"),
        ("30余起（件）", "30余起（件） = 30 case odd"),
        ("5人（次）", "5人（次） = 5 person_time"),
        ("审结37282件", "37282件 = 37282 count"),
        ("八类毒品", "八类 = 8 -"),
        ("第三百四十七条", "三百四十七 = 347 - ordinal"),
    ],
}
NOTHING = [
    "数十人", "几十起", "数百万元", "成百上千", "统一行动", "进一步", "一些", "一批", "一直", "万一",
    "十分重要", "千方百计", "百日行动", "四川", "三亚", "五台山", "三轮车", "二手车", "一带一路",
    "covid-19", "mh370航班", "a33公路", "5g网络", "2,3-二甲基", "一处处", "半年", "半夜", "十四五期间",
    "四位一体", "陆地", "登陆", "零包",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case for cases in CASES.values() for case in cases])
def test_a_chinese_figure_is_read_as_it_is_meant(text: str, expected: str) -> None:
    assert reads("zh", text) == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_a_word_that_states_no_number_is_left_alone(text: str) -> None:
    assert reads("zh", text) == []


def test_a_locant_is_no_number_and_the_mass_behind_it_is() -> None:
    assert reads("zh", "缴获1-苯基-1-丙酮10.52吨") == ["10.52吨 = 10520 kg"]


def test_figures_after_from_are_two_and_no_range() -> None:
    assert reads("zh", "从16万至3.5万起") == ["16万 = 160000 -", "3.5万起 = 35000 case"]


def test_the_same_counter_may_follow_several_digits_of_a_list() -> None:
    expected = ["三名 = 3 person", "一处 = 1 site", "一辆 = 1 item", "一支 = 1 item"]
    assert reads("zh", "抓获三名，捣毁窝点一处，查获车辆一辆、手枪一支") == expected


def test_a_bare_yuan_takes_the_currency_of_the_country() -> None:
    assert reads("zh", "市值4亿元以上", yuan="TWD") == ["4亿元 = 400000000 TWD least"]


def test_the_span_leaves_qualifiers_out_and_the_outer_span_takes_them_in() -> None:
    text = "缴毒约5.2吨以上"
    quantity = one(text)
    assert text[quantity.start : quantity.end] == "5.2吨"
    assert text[quantity.outer_start : quantity.outer_end] == "约5.2吨以上"


def test_the_last_written_digit_is_worth_what_its_unit_says() -> None:
    quantity = one("缴毒1.31吨")
    assert (quantity.value, quantity.step, quantity.pointed) == (1310, 10, True)


def test_a_general_counter_names_all_units_that_it_may_stand_for() -> None:
    unit = one("审结37282件").unit
    assert unit is not None
    assert set(unit.codes) == {"case", "item"}


def test_bare_numbers_are_read_on_demand_only() -> None:
    text = "答案是四不是五"
    assert reader("zh").find(text) == []
    assert told(text, reader("zh", bare=True).find(text)) == ["四 = 4 -", "五 = 5 -"]

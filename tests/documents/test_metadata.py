"""Title, publisher, place, day and language: who is believed, and how lines tell it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from documents.samples import SIMPLIFIED, TRADITIONAL, text_document
from tallyroom.documents import open_document
from tallyroom.documents.datelines import read_dateline
from tallyroom.documents.dates import find_days, read_day
from tallyroom.documents.errors import AboutUnreadable
from tallyroom.documents.furniture import furniture_of
from tallyroom.documents.imprint import read_imprint
from tallyroom.documents.language import find_language
from tallyroom.documents.metadata import language_of
from tallyroom.model import Document

DAY = datetime.date(2022, 8, 5)


@pytest.mark.parametrize(
    "words",
    [
        "2022年8月5日", "2022年08月05号", "二〇二二年八月五日", "二○二二年八月五日", "民國111年8月5日",
        "2022-08-05", "2022/8/5", "2022.08.05", "5 August 2022", "5th of August, 2022", "Aug. 5, 2022",
        "August 5th 2022", "05-Aug-2022",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(words: str) -> None:
    assert [day.date for day in find_days(f"x {words} y")] == [DAY]


@pytest.mark.parametrize(
    "words",
    [
        "2022年13月1日",
        "2022-02-30",
        "05/06/2022",
        "8月5日",
        "August 5",
        "12345-08-05",
        "1.2022.08.05",
        "二〇二二年",
    ],
)
def test_what_is_no_complete_day_is_not_guessed(words: str) -> None:
    assert list(find_days(words)) == []


@pytest.mark.parametrize("words", ["25/12/2022", "12/25/2022"])
def test_a_day_above_twelve_tells_the_order(words: str) -> None:
    assert [day.date for day in find_days(words)] == [datetime.date(2022, 12, 25)]


@pytest.mark.parametrize(
    "words",
    [
        "2022-08-05T10:12:00+08:00",
        "20220805",
        "20220805101200",
        "Fri, 05 Aug 2022 10:00:00 GMT",
        "2022-08-05 10:12",
    ],
)
def test_machine_written_days_are_read(words: str) -> None:
    assert read_day(words) == DAY


@pytest.mark.parametrize(
    ("line", "told", "source"),
    [
        ("2022年08月05日 10:12 来源：公安局网站", "dated", "公安局网站"),
        ("发布时间：2022-08-05", "published", None),
        (
            "发布时间：2022-08-05 09:30来源：某省公安厅浏览次数：3561 字号：[大 中 小]",
            "published",
            "某省公安厅",
        ),
        ("2022-08-05 10:12:33 | 来源: 某某网 | 编辑：某某", "dated", "某某网"),
        ("Published 5 August 2022", "published", None),
        ("FOR IMMEDIATE RELEASE: Friday, August 5, 2022", "dated", None),
        ("Last updated 5 August 2022 at 10:30 am", "updated", None),
        ("（2022年8月5日）", "day", None),
        ("2022年8月5日 星期五", "day", None),
    ],
)
def test_a_line_about_the_publication_is_read(line: str, told: str, source: str | None) -> None:
    imprint = read_imprint(line)

    assert imprint is not None
    assert (imprint.told, imprint.date, imprint.source) == (told, DAY, source)


@pytest.mark.parametrize(
    "line",
    [
        "统计时段：2022年6月25日至7月31日",
        "截至2022年7月31日",
        "2022年8月5日，公安局通报",
        "By ship:",
        "指标 数量",
        "Seizures 2 May 2020",
        "一、人员",
        "来源不明的货物12吨",
        SIMPLIFIED[0],
    ],
)
def test_a_line_that_says_anything_else_is_no_imprint(line: str) -> None:
    assert read_imprint(line) is None


@pytest.mark.parametrize(
    ("line", "place", "agency", "month", "day"),
    [
        ("新华社北京8月5日电（记者）公安部通报", "北京", "新华社", 8, 5),
        ("中新网8月5日电 海关通报", None, "中新网", 8, 5),
        ("本报北京8月5日讯 海关通报", "北京", None, 8, 5),
        ("（中央社記者王某某台北17日電）警方表示", "台北", "中央社", None, 17),
        ("央视网消息（新闻联播）：海关通报", None, "央视网", None, None),
        ("SEAVIEW, Ore. - Police said", "SEAVIEW, Ore.", None, None, None),
        ("SEAVIEW, Ore., August 5, 2022 — Police said", "SEAVIEW, Ore.", None, 8, 5),
        ("KUALA LUMPUR, Aug 5 (Bernama) -- Police said", "KUALA LUMPUR", "Bernama", 8, 5),
        (
            "Some News Service, Beijing, August 5th (Reporter) Police said",
            "Beijing",
            "Some News Service",
            8,
            5,
        ),
        ("Kunming, August 5 (Reporter) Police said", "Kunming", None, 8, 5),
    ],
)
def test_a_dateline_is_read(
    line: str, place: str | None, agency: str | None, month: int | None, day: int | None
) -> None:
    found = read_dateline(line)

    assert found is not None
    assert (found.place, found.agency, found.month, found.day) == (place, agency, month, day)


@pytest.mark.parametrize(
    "line",
    [
        "公安部8月5日通报，破案12起。",
        "Alaska. Fifty-four people are charged.",
        "The northern division - which covers two states - took 12 kg.",
        "Ivory (kg) 12",
        "Officers arrested 12 people - a record.",
        "",
    ],
)
def test_a_sentence_is_no_dateline(line: str) -> None:
    assert read_dateline(line) is None


def opened(text: str, **given: Any) -> Document:
    return open_document(text.encode(), id="note", name="note.txt", **given)


_URL = "https://example.org/2022/08/05/note.html"
_TEXTS = {
    "option": (f"2020-01-01\n{SIMPLIFIED[0]}", {"published": DAY, "about": {"published": "2021-01-01"}}),
    "docs.jsonl": (
        f"发布时间：2020-01-01\n{SIMPLIFIED[0]}",
        {"about": {"published": "2022-08-05", "url": _URL}},
    ),
    "text": (f"标题十个字的一个题目\n发布时间：2022-08-05\n某社北京2020年1月1日电 {SIMPLIFIED[0]}", {}),
    "dateline": (f"某社北京2022年8月5日电 {SIMPLIFIED[0]}\n结尾。\n2023年1月1日", {}),
    "url": (f"某社北京8月5日电 {SIMPLIFIED[0]}", {"about": {"url": _URL, "published": None}}),
}


@pytest.mark.parametrize("teller", _TEXTS)
def test_the_day_is_taken_from_whoever_knows_best(teller: str) -> None:
    text, given = _TEXTS[teller]

    document = opened(text, **given)

    assert (document.published, document.published_from) == (DAY, teller)


def test_a_dateline_without_a_year_takes_it_from_the_same_day_in_the_text() -> None:
    document = opened("某社北京8月5日电 海关2022年8月5日通报，查获香烟。\n")

    assert (document.published, document.published_from) == (DAY, "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "某社北京8月5日电 海关通报，2021年查获香烟20箱。\n",
        "SEAVIEW, Ore. - Officers stopped a car on Thursday, March 25, 2021. It was empty.\n",
        "大事记\n2021年3月5日\n海关查获香烟。\n2021年4月6日\n海关查获象牙。\n2021年5月7日\n海关查获木材。\n",
        SIMPLIFIED[0],
    ],
)
def test_a_day_that_nobody_tells_stays_unknown(text: str) -> None:
    assert opened(text).published is None


def test_the_day_below_a_text_is_its_day() -> None:
    document = opened(f"关于检查情况的通报\n{SIMPLIFIED[0]}\n{SIMPLIFIED[1]}\n某某局\n2022年8月5日\n")

    assert (document.published, document.published_from) == (DAY, "text")


def test_a_date_in_docs_jsonl_that_is_none_is_told() -> None:
    with pytest.raises(AboutUnreadable) as error:
        opened(SIMPLIFIED[0], about={"published": "2022-13-45"})

    assert error.value.code == "DC107"
    assert "2022-13-45" in error.value.found


def test_the_publisher_is_the_one_listed_then_the_source_then_the_carrier() -> None:
    text = f"来源：某某局\n某某社北京8月5日电 {SIMPLIFIED[0]}"

    assert opened(text, about={"publisher": "Listed"}).publisher == "Listed"
    assert opened(text).publisher == "某某局"
    assert opened(text.split("\n")[1]).publisher == "某某社"
    assert opened(text).place == "北京"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        *((text, "zh") for text in SIMPLIFIED),
        *((text, "zh-Hant") for text in TRADITIONAL),
        ("Police solved 12 cases in the north of the country, and arrested 40 people.", "en"),
        ("Drug seizures 2,589", "en"),
        (
            "El martes la policía detuvo a doce personas y decomisó tres toneladas de madera según "
            "informó el ministro",
            "und",
        ),
        ("警察庁によると、去年の検挙件数は一万二千件で、検挙人員は一万三千人だった。", "und"),
        ("경찰은 지난해 마약 사범 1만 8천 명을 검거했다고 밝혔다.", "und"),
        ("12 345", "und"),
        (
            "The Customs Office (海关总署) said in its yearly report that the number of cases rose by "
            "a third.",
            "en",
        ),
        (
            "海关总署（General Administration of Customs）通报，查获香烟二十箱，抓获嫌疑人四十名，"
            "案值八百万元。",
            "zh",
        ),
    ],
)
def test_the_language_is_told_from_the_characters(text: str, lang: str) -> None:
    assert find_language(text) == lang


@pytest.mark.parametrize(
    ("tag", "lang"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("en-GB", "en"),
        ("fr", None),
        ("", None),
    ],
)
def test_language_tags_are_taken_in_all_their_forms(tag: str, lang: str | None) -> None:
    assert language_of(tag) == lang


@pytest.mark.parametrize(
    "line", ["责任编辑：某某", "上一篇：某地查获香烟12箱", "版权所有 某某局", "某ICP备12345678号",
    "首页 > 新闻 > 要闻", "Share this", "SKIP TO CONTENT", "© 2022 Harbor Police", "Home > News > Crime",
    "We use cookies to improve this site", "分享到：", "* * *", "-----", "打印本页"],
)  # fmt: skip
def test_lines_of_the_site_are_furniture(line: str) -> None:
    assert furniture_of(line) == "line"


@pytest.mark.parametrize(
    "line", ["Copyright cases rose by 12%", "Home Office figures for 2021", "主办单位负责人说查获12吨",
    "Back to school operation nets 12", "By using this method smugglers moved 12 tons", "相关案件12起",
    "未经授权生产案件12起", "2,589 > 1,200", "案值>5万元"],
)  # fmt: skip
def test_lines_of_the_report_are_not(line: str) -> None:
    assert furniture_of(line) is None


def test_headlines_below_related_are_furniture_and_prose_ends_them() -> None:
    document = text_document(
        f"某市通报上半年情况\n{SIMPLIFIED[0]}\n相关阅读：\n去年查获香烟3.5万箱\n某地缴获枪支12支\n"
        f"{SIMPLIFIED[1]}\n某地缴获枪支13支\n完。\n"
    )

    furniture = [
        document.text[block.start : block.end] for block in document.blocks if block.kind == "furniture"
    ]
    assert furniture == ["相关阅读：", "去年查获香烟3.5万箱", "某地缴获枪支12支"]

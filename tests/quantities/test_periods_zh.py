"""Periods in Chinese text, read by the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from tallyroom.quantities.periods import Clock, find_periods

PUBLISHED = date(2023, 9, 26)


def read(text: str, *, published: date | None = PUBLISHED, year: int | None = None) -> list[str]:
    """Each mention as `kind first/last`, with a dash for what is not settled."""
    mentions = find_periods(text, "zh", Clock(published=published, year=year))
    return [f"{m.kind} {m.first or '-'}/{m.last or '-'}" for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年6月25日至7月31日,全省破案", "range 2022-06-25/2022-07-31"),
        ("2022 年 6 月 25 日至 7 月 31 日", "range 2022-06-25/2022-07-31"),
        ("1至8月,全国毒品案件", "range 2023-01-01/2023-08-31"),
        ("今年1—5月,立案数下降", "range 2023-01-01/2023-05-31"),
        ("7月1日至6日连续六天", "range 2023-07-01/2023-07-06"),
        ("8月5日到7日,全省夜查", "range 2023-08-05/2023-08-07"),
        ("9月13日20时至15日6时,集中行动", "range 2023-09-13/2023-09-15"),
        ("2022年1月至今年5月,海关查获", "range 2022-01-01/2023-05-31"),
        ("去年12月至今年3月", "range 2022-12-01/2023-03-31"),
        ("2013年7月至2014年6月的专项行动", "range 2013-07-01/2014-06-30"),
        ("2021年至2023年", "range 2021-01-01/2023-12-31"),
        ("2019-2022年,共破获", "range 2019-01-01/2022-12-31"),
        ("2015年1月以来的十七个月里", "range 2015-01-01/2016-05-31"),
        ("年初至9月18日", "range 2023-01-01/2023-09-18"),
        ("今年截至八月底", "range 2023-01-01/2023-08-31"),
        ("昨天至今天,全城清查", "range 2023-09-25/2023-09-26"),
        ("2022.03.05-2022.04.10", "range 2022-03-05/2022-04-10"),
        ("自111年1月1日起至同年8月31日止", "range 2022-01-01/2022-08-31"),
        ("今(112)年截至8月底", "range 2023-01-01/2023-08-31"),
        ("8月下旬至9月初", "range 2023-08-21/2023-09-01"),
    ],
)
def test_a_stated_stretch_runs_from_its_first_day_to_its_last(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前8个月破案", "range 2023-01-01/2023-08-31"),
        ("前 5 个月", "range 2023-01-01/2023-05-31"),
        ("前五个月", "range 2023-01-01/2023-05-31"),
        ("今年前两个月", "range 2023-01-01/2023-02-28"),
        ("上半年缴获", "range 2023-01-01/2023-06-30"),
        ("2022年下半年", "range 2022-07-01/2022-12-31"),
        ("一季度", "range 2023-01-01/2023-03-31"),
        ("2022年前三季度", "range 2022-01-01/2022-09-30"),
        ("去年第四季度", "range 2022-10-01/2022-12-31"),
        ("今年首8个月", "range 2023-01-01/2023-08-31"),
        ("去年首三季", "range 2022-01-01/2022-09-30"),
        ("2023年首季", "range 2023-01-01/2023-03-31"),
        ("2021-22财政年度", "range 2021-04-01/2022-03-31"),
        ("6月上旬", "range 2023-06-01/2023-06-10"),
        ("6月中旬", "range 2023-06-11/2023-06-20"),
        ("2024年2月下旬", "range 2024-02-21/2024-02-29"),
        ("八月份,全省破案", "range 2023-08-01/2023-08-31"),
        ("今年五六月份", "range 2023-05-01/2023-06-30"),
        ("2022年全年", "range 2022-01-01/2022-12-31"),
        ("二〇二二年", "range 2022-01-01/2022-12-31"),
        ("民国112年1至8月", "range 2023-01-01/2023-08-31"),
        ("111年前10个月查获", "range 2022-01-01/2022-10-31"),
        ("去年", "range 2022-01-01/2022-12-31"),
        ("上月", "range 2023-08-01/2023-08-31"),
        ("上周", "range 2023-09-18/2023-09-24"),
        ("上季度", "range 2023-04-01/2023-06-30"),
        ("“十三五”期间", "range 2016-01-01/2020-12-31"),
        ("过去三天", "range 2023-09-24/2023-09-26"),
    ],
)
def test_a_named_part_of_a_year_has_its_ends(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年查处吸毒人员", "range 2023-01-01/2023-09-26"),
        ("本月抓获", "range 2023-09-01/2023-09-26"),
        ("2023年,全国破案", "range 2023-01-01/2023-09-26"),
        ('"十四五"期间', "range 2021-01-01/2023-09-26"),
        ("9月,全省", "range 2023-09-01/2023-09-26"),
    ],
)
def test_a_stretch_that_is_not_over_ends_with_the_statement(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("专项行动6月25日启动以来,各地破案", "since 2023-06-25/2023-09-26"),
        ("自从2月20日三国联合开展遣返押解工作以来,共有", "since 2023-02-20/2023-09-26"),
        ("公安部今年组织开展专项工作以来,破案", "since 2023-01-01/2023-09-26"),
        ("2020年以来", "since 2020-01-01/2023-09-26"),
        ("今年以来", "since 2023-01-01/2023-09-26"),
        ("去年10月以来", "since 2022-10-01/2023-09-26"),
        ("2021年至今", "since 2021-01-01/2023-09-26"),
        ("2021年6月到目前", "since 2021-06-01/2023-09-26"),
        ("民国112年至今查获", "since 2023-01-01/2023-09-26"),
        ("自6月1日起,全市开展", "since 2023-06-01/2023-09-26"),
        ("“十四五”以来", "since 2021-01-01/2023-09-26"),
        ("年初以来", "since 2023-01-01/2023-09-26"),
    ],
)
def test_what_runs_since_a_day_ends_with_the_statement(text: str, expected: str) -> None:
    assert read(text) == [expected]


def test_the_statement_may_be_older_than_its_publication() -> None:
    said = read("总统府12日发布报告说,自该国9日进入紧急状态以来,已逮捕859人", published=date(2024, 1, 13))

    assert said == ["day 2024-01-12/2024-01-12", "since 2024-01-09/2024-01-12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至2019年末,现有吸毒人员", "stock 2019-12-31/2019-12-31"),
        ("到2022年底,现有", "stock 2022-12-31/2022-12-31"),
        ("截至去年底", "stock 2022-12-31/2022-12-31"),
        ("2018年年底", "stock 2018-12-31/2018-12-31"),
        ("截至8月底", "until -/2023-08-31"),
        ("截至十一月底", "until -/2022-11-30"),
        ("截至今年6月", "until -/2023-06-30"),
        ("截至9月14日24时", "until -/2023-09-14"),
        ("截至目前", "until -/2023-09-26"),
        ("行动打响至今,全国", "until -/2023-09-26"),
    ],
)
def test_an_end_is_a_stock_at_the_end_of_a_year_and_else_open(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月14日上午", "day 2023-09-14/2023-09-14"),
        ("公安部21日发布", "day 2023-09-21/2023-09-21"),
        ("29日凌晨", "day 2023-08-29/2023-08-29"),
        ("2007年十二月二十五日", "day 2007-12-25/2007-12-25"),
        ("昨天通报", "day 2023-09-25/2023-09-25"),
        ("今天(9月26日)", "day 2023-09-26/2023-09-26"),
        ("星期四,警方通报", "day 2023-09-21/2023-09-21"),
        ("上周五", "day 2023-09-22/2023-09-22"),
        ("本月6日", "day 2023-09-06/2023-09-06"),
        ("昨(25)日清晨", "day 2023-09-25/2023-09-25"),
        ("2月29日", "day 2020-02-29/2020-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_latest_one(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("比去年同期上升10%", "same_period_last_year -/-"),
        ("为上年同期的5.2倍", "same_period_last_year -/-"),
        ("较2019年同期下降", "same_period_last_year 2019-01-01/2019-12-31"),
        ("比上年减少", "previous_year -/-"),
        ("比前一年多46%", "previous_year -/-"),
        ("当年缴毒", "same_year -/-"),
        ("近年来", "undated -/-"),
        ("五年来,出动舰艇", "undated -/-"),
        ("一年多来", "undated -/-"),
        ("今年入夏以来", "undated -/-"),
        ("今年春节期间", "undated -/-"),
        ("较111年同期增加", "same_period_last_year 2022-01-01/2022-12-31"),
    ],
)
def test_what_depends_on_another_figure_is_named_and_not_settled(text: str, expected: str) -> None:
    assert read(text) == [expected]


def test_a_year_that_the_block_named_holds_for_the_dates_after_it() -> None:
    assert read("2019年:年初至10月18日,缴毒")[-1] == "range 2019-01-01/2019-10-18"
    assert read("2021年还缴获;当年行动")[-1] == "same_year 2021-01-01/2021-12-31"


def test_a_year_of_comparison_holds_for_nothing_after_it() -> None:
    assert read("较2021年下降39.7%,8月5日") == ["range 2021-01-01/2021-12-31", "day 2023-08-05/2023-08-05"]


def test_the_year_of_the_context_settles_a_month() -> None:
    assert read("1至8月", year=2021) == ["range 2021-01-01/2021-08-31"]
    assert read("全年查处", year=2021) == ["same_year 2021-01-01/2021-12-31"]


def test_without_a_day_of_publication_only_what_names_its_year_or_follows_one_is_settled() -> None:
    text = "2022年6月25日至7月31日。8月5日。今年1至5月。截至目前。昨天。2020年以来。21日"

    assert read(text, published=None) == [
        "range 2022-06-25/2022-07-31",
        "day 2022-08-05/2022-08-05",
        "range 2022-01-01/2022-05-31",
        "until -/-",
        "day -/-",
        "since 2020-01-01/-",
        "day 2022-08-21/2022-08-21",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "当地将在2025年前建成5个戒毒服务站",
        "案件将于11月2日开庭",
        "力争今年11月前完成",
        "上诉期限为28日",
        "行政拘留10日以内",
        "10日内提交",
        "附近16人",
        "两个月后",
        "3月龄",
        "第3号令",
        "目前年均破案",
        "临近年终",
        "五月花号",
        "全市破获案件36起",
        "",
    ],
)
def test_terms_plans_and_look_alikes_are_no_periods(text: str) -> None:
    assert [found for found in read(text) if not found.startswith("day")] == []


def test_a_date_keeps_its_span() -> None:
    text = "通报说,2022年1月至今年5月,全国海关查获毒品"
    (found,) = find_periods(text, "zh", Clock(published=PUBLISHED))

    assert text[found.start : found.end] == "2022年1月至今年5月"
    assert found.source == "published"


def test_a_date_that_names_its_year_needs_no_publication() -> None:
    (found,) = find_periods("2022年1月至5月", "zh", Clock(published=PUBLISHED))

    assert found.source == "text"

"""Periods in English text, read by the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from tallyroom.quantities.periods import Clock, find_periods

PUBLISHED = date(2024, 3, 14)
"""A Thursday."""


def read(
    text: str, *, published: date | None = PUBLISHED, year: int | None = None, fiscal_year: str | None = None
) -> list[str]:
    """Each mention as `kind first/last`, with a dash for what is not settled."""
    mentions = find_periods(text, "en", Clock(published, year, fiscal_year))
    return [f"{m.kind} {m.first or '-'}/{m.last or '-'}" for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("january to september 2022", "range 2022-01-01/2022-09-30"),
        ("from july 2016 to july 2021", "range 2016-07-01/2021-07-31"),
        ("between january 23 and january 25, 2024", "range 2024-01-23/2024-01-25"),
        ("between january 23 and 25, 2024", "range 2024-01-23/2024-01-25"),
        ("12 march to 2 april 2023", "range 2023-03-12/2023-04-02"),
        ("from 17 to 23 may", "range 2023-05-17/2023-05-23"),
        ("for four days from march 10 to yesterday (march 13)", "range 2024-03-10/2024-03-13"),
        ("from march 8 (friday) to march 10 (sunday)", "range 2024-03-08/2024-03-10"),
        ("between monday 4th and friday 8th march", "range 2024-03-04/2024-03-08"),
        ("(13-20 may)", "range 2023-05-13/2023-05-20"),
        ("oct. 1, 2022 - sept. 30, 2023", "range 2022-10-01/2023-09-30"),
        ("october 2022 through september 2023", "range 2022-10-01/2023-09-30"),
        ("from december 20 to january 5, 2024", "range 2023-12-20/2024-01-05"),
        ("between april 2022 and march 2023", "range 2022-04-01/2023-03-31"),
        ("between the months of january and march 2023", "range 2023-01-01/2023-03-31"),
        ("from monday, 4 march to sunday, 10 march 2024", "range 2024-03-04/2024-03-10"),
        ("from january 1 to march 13 this year", "range 2024-01-01/2024-03-13"),
        ("from the night of 27 may 2023 to the morning of 31 may 2023", "range 2023-05-27/2023-05-31"),
        ("an operation that began on january 6 and ended on sunday", "range 2024-01-06/2024-03-10"),
        ("in july and august", "range 2023-07-01/2023-08-31"),
        ("in february and march 2023", "range 2023-02-01/2023-03-31"),
        ("in the 24 hours to 5 am on wednesday", "range 2024-03-12/2024-03-13"),
        ("the 24-hour period ending 12.30 a.m. today", "range 2024-03-13/2024-03-14"),
        ("in the financial year 2021 to 2022", "range 2021-04-01/2022-03-31"),
        ("in january to february this year", "range 2024-01-01/2024-02-29"),
        ("jan-sep 2023", "range 2023-01-01/2023-09-30"),
        ("in 2016-2021", "range 2016-01-01/2021-12-31"),
        ("between 2016 and 2021", "range 2016-01-01/2021-12-31"),
        ("on or about may 5, 2021, through on or about june 3, 2022", "range 2021-05-05/2022-06-03"),
        ("from monday to wednesday", "range 2024-03-11/2024-03-13"),
        ("2023-05-12 to 2023-06-01", "range 2023-05-12/2023-06-01"),
        ("this year to end-february", "range 2024-01-01/2024-02-29"),
        ("the april-to-december period", "range 2023-04-01/2023-12-31"),
        ("from the 4th to the 10th of march", "range 2024-03-04/2024-03-10"),
        ("on the night of 5/6 march", "range 2024-03-05/2024-03-06"),
        ("between 9am on 4 march and 6pm on 10 march", "range 2024-03-04/2024-03-10"),
        ("between 2019 and the end of 2023", "range 2019-01-01/2023-12-31"),
        ("in each of 2021, 2022 and 2023", "range 2023-01-01/2023-12-31"),
        ("during november and december... between november and january", "range 2023-11-01/2024-01-31"),
    ],
)
def test_a_stated_stretch_runs_from_its_first_day_to_its_last(text: str, expected: str) -> None:
    assert read(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the year to march 2022", "range 2021-04-01/2022-03-31"),
        ("the year ending 31 march 2022", "range 2021-04-01/2022-03-31"),
        ("the 12 months that ended in june 2023", "range 2022-07-01/2023-06-30"),
        ("over the 12-month period ending 30 september 2023", "range 2022-10-01/2023-09-30"),
        ("in the three months to december", "range 2023-10-01/2023-12-31"),
        ("the half-year to september 2023", "range 2023-04-01/2023-09-30"),
        ("in the first three quarters of 2023", "range 2023-01-01/2023-09-30"),
        ("in the third and fourth quarters of 2023", "range 2023-07-01/2023-12-31"),
        ("q1 2023/24", "range 2023-04-01/2023-06-30"),
        ("the 2022 total of 3,400", "range 2022-01-01/2022-12-31"),
        ("the quarter ended 31 december 2023", "range 2023-10-01/2023-12-31"),
        ("the week ending 10 march", "range 2024-03-04/2024-03-10"),
        ("in the week of 4 march", "range 2024-03-04/2024-03-10"),
        ("first half of 2023", "range 2023-01-01/2023-06-30"),
        ("the second half of last year", "range 2023-07-01/2023-12-31"),
        ("in the first quarter of 2023", "range 2023-01-01/2023-03-31"),
        ("q1 2023", "range 2023-01-01/2023-03-31"),
        ("h2 2023", "range 2023-07-01/2023-12-31"),
        ("the first nine months of 2023", "range 2023-01-01/2023-09-30"),
        ("the last three months of 2023", "range 2023-10-01/2023-12-31"),
        ("in the first two months of this year", "range 2024-01-01/2024-02-29"),
        ("during february", "range 2024-02-01/2024-02-29"),
        ("in may", "range 2023-05-01/2023-05-31"),
        ("in sept", "range 2023-09-01/2023-09-30"),
        ("in 11/2023", "range 2023-11-01/2023-11-30"),
        ("in 2023-11", "range 2023-11-01/2023-11-30"),
        ("in march 2023", "range 2023-03-01/2023-03-31"),
        ("in 2013, against", "range 2013-01-01/2013-12-31"),
        ("closed the 2023 calendar year", "range 2023-01-01/2023-12-31"),
        ("2022's total", "range 2022-01-01/2022-12-31"),
        ("last year", "range 2023-01-01/2023-12-31"),
        ("last month", "range 2024-02-01/2024-02-29"),
        ("last week", "range 2024-03-04/2024-03-10"),
        ("in the past week", "range 2024-03-08/2024-03-14"),
        ("over the weekend", "range 2024-03-09/2024-03-10"),
        ("in early march 2023", "range 2023-03-01/2023-03-10"),
    ],
)
def test_a_named_stretch_has_its_ends(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "starts", "expected"),
    [
        ("fy2022", "10-01", "2021-10-01/2022-09-30"),
        ("fiscal year 2023", "10-01", "2022-10-01/2023-09-30"),
        ("fy 23", "10-01", "2022-10-01/2023-09-30"),
        ("fy 2023", "01-01", "2023-01-01/2023-12-31"),
        ("in 2022-23", "07-01", "2022-07-01/2023-06-30"),
        ("2022/23", None, "2022-04-01/2023-03-31"),
        ("the 2022–23 financial year", "07-01", "2022-07-01/2023-06-30"),
        ("financial year 2022/2023", None, "2022-04-01/2023-03-31"),
        ("fiscal year 2023", None, "2022-10-01/2023-09-30"),
        ("q1 fy2023", "10-01", "2022-10-01/2022-12-31"),
        ("the first five months of fiscal year 2023", "10-01", "2022-10-01/2023-02-28"),
        ("last fiscal year", "10-01", "2022-10-01/2023-09-30"),
        ("july-february fy23", "07-01", "2022-07-01/2023-02-28"),
        ("the third quarter of the 2022/2023 financial year", "04-01", "2022-10-01/2022-12-31"),
        ("fy 2019–2022", "10-01", "2018-10-01/2022-09-30"),
        ("between fy19 and fy22", "10-01", "2018-10-01/2022-09-30"),
        ("in the current financial year (till january)", "04-01", "2023-04-01/2024-01-31"),
    ],
)
def test_a_fiscal_year_is_that_of_the_publisher(text: str, starts: str | None, expected: str) -> None:
    assert read(text, fiscal_year=starts) == [f"range {expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("this year", "range 2024-01-01/2024-03-14"),
        ("in 2024", "range 2024-01-01/2024-03-14"),
        ("this month", "range 2024-03-01/2024-03-14"),
        ("in march", "range 2024-03-01/2024-03-14"),
        ("so far this year", "since 2024-01-01/2024-03-14"),
        ("year to date", "since 2024-01-01/2024-03-14"),
        ("so far in 2024", "since 2024-01-01/2024-03-14"),
        ("since the start of the year", "since 2024-01-01/2024-03-14"),
        ("since june 25", "since 2023-06-25/2024-03-14"),
        ("since july 2016", "since 2016-07-01/2024-03-14"),
        ("since its launch in june 2022", "since 2022-06-01/2024-03-14"),
        ("since the operation began on 4 march", "since 2024-03-04/2024-03-14"),
        ('from june 25 when the "hundred days action" was started till now', "since 2023-06-25/2024-03-14"),
        ("from 2014 till date", "since 2014-01-01/2024-03-14"),
        ("from 1 january 2023 onwards", "since 2023-01-01/2024-03-14"),
        ("in a drive beginning 1 march,", "since 2024-03-01/2024-03-14"),
    ],
)
def test_what_is_not_over_ends_with_the_statement(text: str, expected: str) -> None:
    assert read(text) == [expected]


def test_the_statement_may_be_older_than_its_publication() -> None:
    said = read("the minister said on tuesday that 300 people had been held since march 1")

    assert said == ["day 2024-03-12/2024-03-12", "since 2024-03-01/2024-03-12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as of the end of 2023", "stock 2023-12-31/2023-12-31"),
        ("at the end of last year", "stock 2023-12-31/2023-12-31"),
        ("by the end of december", "until -/2023-12-31"),
        ("as at 31 december 2023", "until -/2023-12-31"),
        ("as of march 1, 2024, 13 million", "until -/2024-03-01"),
        ("as of 6pm on march 13", "until -/2024-03-13"),
        ("through february", "until -/2024-02-29"),
        ("to date", "until -/2024-03-14"),
    ],
)
def test_an_end_is_a_stock_at_the_end_of_a_year_and_else_open(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on march 25, 2021.", "day 2021-03-25/2021-03-25"),
        ("on thursday, march 25, 2021.", "day 2021-03-25/2021-03-25"),
        ("on may 13 police", "day 2023-05-13/2023-05-13"),
        ("on the 5th to inform", "day 2024-03-05/2024-03-05"),
        ("on the 26th:", "day 2024-02-26/2024-02-26"),
        ("the 12th of march", "day 2024-03-12/2024-03-12"),
        ("on tuesday landed", "day 2024-03-12/2024-03-12"),
        ("reported thursday", "day 2024-03-14/2024-03-14"),
        ("last thursday", "day 2024-03-07/2024-03-07"),
        ("yesterday", "day 2024-03-13/2024-03-13"),
        ("on january 30 this year", "day 2024-01-30/2024-01-30"),
        ("(mon 4 march)", "day 2024-03-04/2024-03-04"),
        ("on 25/12/2022", "day 2022-12-25/2022-12-25"),
        ("2022-12-25", "day 2022-12-25/2022-12-25"),
        ("on february 29, 2024", "day 2024-02-29/2024-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_latest_one(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more than in the same months a year earlier", "same_period_last_year -/-"),
        ("compared to the same period last year", "same_period_last_year -/-"),
        ("the corresponding period of the previous year", "same_period_last_year -/-"),
        ("the same quarter of 2022", "same_period_last_year 2022-01-01/2022-12-31"),
        ("a year earlier", "same_period_last_year -/-"),
        ("of the year before", "previous_year -/-"),
        ("on the previous year", "previous_year -/-"),
        ("that year", "same_year -/-"),
        ("in recent years", "undated -/-"),
        ("over the past decade", "undated -/-"),
        ("in the last five years", "undated -/-"),
        ("in late 2022", "undated -/-"),
    ],
)
def test_what_depends_on_another_figure_is_named_and_not_settled(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "more than 80 grammes can mean life; it may be a record",
        "thousands march to the capital",
        "some 2000 people and 1985 kg, 2019 pills, more than 2020 rounds, a total of 2021 arrests",
        "in the same week the agency found 500kg of cocaine",
        "2,014 people were held",
        "over 12/05/2023 nobody agrees",
        "flats 12-14 and 3-5 were searched",
        "operation 1027",
        "",
    ],
)
def test_counts_verbs_and_look_alikes_are_no_periods(text: str) -> None:
    assert read(text) == []


def test_a_year_that_the_block_named_holds_for_the_dates_after_it() -> None:
    assert read("the may 2019 week (13-20 may)")[-1] == "range 2019-05-13/2019-05-20"


def test_a_year_since_which_something_is_told_holds_for_nothing_after_it() -> None:
    text = "since 2020 it has met; from 15 january to 15 february it saw"

    assert read(text)[-1] == "range 2024-01-15/2024-02-15"


def test_a_stretch_explained_in_brackets_is_what_the_brackets_say() -> None:
    assert read("during the first eight months (july-feb)") == ["range 2023-07-01/2024-02-29"]


def test_without_a_day_of_publication_only_what_names_its_year_is_settled() -> None:
    text = "in may. january to june 2022. since 2020. last year. yesterday. as of march. on the 5th."

    assert read(text, published=None) == [
        "range -/-",
        "range 2022-01-01/2022-06-30",
        "since 2020-01-01/-",
        "range -/-",
        "day -/-",
        "until -/2022-03-31",
        "day -/-",
    ]


def test_a_mention_tells_where_it_stands_and_what_settled_it() -> None:
    text = "police held 30 people between 4 and 10 march, the force said"
    (found,) = find_periods(text, "en", Clock(published=PUBLISHED))

    assert text[found.start : found.end] == "4 and 10 march"
    assert found.source == "published"


def test_another_language_has_no_periods() -> None:
    assert find_periods("en mars 2023", "fr", Clock(published=PUBLISHED)) == []


def test_two_dates_do_not_share_the_words_that_open_one() -> None:
    assert read("since january february") == ["since 2024-01-01/2024-03-14", "range 2024-02-01/2024-02-29"]

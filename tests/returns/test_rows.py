"""Columns and rows of a return: what does not fit is told by row and cell, and stops the return."""

from __future__ import annotations

import pytest
from tests.returns.samples import (
    FIGURES,
    a_table,
    border,
    cluster,
    codes,
    nil,
    results,
    results_workbook,
    submit,
)

HEADER = ("reporting_unit", "round", "line", "value", "explanation")


def told(data: bytes, code: str) -> tuple[int, str]:
    """Row and cell of the one remark of this code."""
    (remark,) = [remark for remark in submit(None, data).remarks if remark.code == code]
    assert remark.stops
    return remark.row, remark.cell


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("value", "RT110"), ("数值", "RT110"),
        ("colour", "RT111"), ("valeu", "RT111"),
        ("name", "RT113"), ("姓名", "RT113"), ("犯罪嫌疑人姓名", "RT113"), ("ID Card Number", "RT113"),
        ("身份证号码", "RT113"), ("date_of_birth", "RT113"), ("出生日期", "RT113"), ("填表人", "RT113"),
        ("Passport No.", "RT113"), ("姓名 / Name", "RT113"),
    ],
)  # fmt: skip
def test_columns_that_do_not_belong_are_refused(column: str, code: str) -> None:
    rows = [("CN-YN", "2022-07", line, value, "", "x") for line, value in FIGURES.items()]

    outcome = submit(None, a_table(rows, (*HEADER, column)))

    assert (codes(outcome), outcome.remarks[0].cell) == ([code], "F1")


def test_the_nearest_column_is_named() -> None:
    rows = [("CN-YN", "2022-07", "cases", "1", "", "x")]

    (remark,) = submit(None, a_table(rows, (*HEADER, "explnation"))).remarks

    assert "explanation" in remark.next_step


def test_a_field_about_a_person_is_refused_on_any_sheet() -> None:
    outcome = submit(None, results_workbook(second=["姓名", "张三"]))

    assert [(remark.code, remark.cell) for remark in outcome.remarks] == [("RT113", "Other!A1")]


def test_a_column_without_a_name_that_holds_something_is_refused() -> None:
    rows = [("CN-YN", "2022-07", line, value, "", "7") for line, value in FIGURES.items()]

    assert codes(submit(None, a_table(rows, (*HEADER, "")))) == ["RT111"]


@pytest.mark.parametrize("number", ["11010519491231002X", "13800138000"])
def test_a_number_that_identifies_a_person_is_refused_and_not_repeated(number: str) -> None:
    data = results().replace(b"gangs,9,", f"gangs,9,see {number}".encode())

    (remark,) = submit(None, data).remarks

    assert (remark.code, remark.row) == ("RT130", 6)
    assert number not in str(remark)


def test_a_long_figure_is_no_identity_number() -> None:
    assert codes(submit(None, results(drugs="110105194912310"))) == []
    assert codes(submit(None, results(drugs="13800138000"))) == []


@pytest.mark.parametrize("number", ["11010519491231002X", "110105194912310016", "110105491231002"])
def test_an_identity_number_is_refused_in_the_place_of_a_figure_too(number: str) -> None:
    outcome = submit(None, results(gangs=number))

    assert codes(outcome) == ["RT130"]
    assert number not in str(outcome)


def test_a_name_in_a_field_is_not_repeated() -> None:
    outcome = submit(
        None,
        b"filled in by: Zhang San\nline,value\n".replace(
            b"filled in by: Zhang San", "填表人：张三,".encode()
        ),
    )

    assert codes(outcome) == ["RT113"]
    assert "张三" not in str(outcome)


@pytest.mark.parametrize(
    ("unit", "area", "expected"),
    [
        ("CN-YN", "CN-GX", ["RT143"]),
        ("CN-YN", "广西壮族自治区", ["RT143"]),
        ("CN-YN", "瑞丽市", []),
        ("CN-YN", "CN-YN", []),
    ],
)
def test_a_place_below_a_unit_is_none_of_another_unit(unit: str, area: str, expected: list[str]) -> None:
    rows = [(unit, "2022-07", "drugs_imported", "5", area)]

    assert codes(submit(None, a_table(rows, (*HEADER[:4], "area")))) == expected


def test_a_unit_files_only_its_own_forms_nil_returns_too() -> None:
    assert codes(submit(None, nil("CN-BJ", "border"))) == ["RT116"]


def test_a_unit_that_did_not_stand_yet_files_nothing() -> None:
    import datetime

    import msgspec
    from tests.returns.samples import IN_TIME, border, hundred_days

    from tallyroom.pipeline.collecting import submit_return

    campaign = hundred_days()
    units = tuple(
        msgspec.structs.replace(unit, since=datetime.date(2023, 1, 1)) if unit.code == "CN-YN" else unit
        for unit in campaign.units
    )

    later = msgspec.structs.replace(campaign, units=units)

    assert codes(submit_return(None, later, border("CN-YN", "5"), received=IN_TIME)) == ["RT116"]


def test_sums_that_a_workbook_shows_as_short_are_taken_as_shown() -> None:
    from tests.returns.samples import a_workbook

    head = [["填报单位", "CN-YN"], ["报告期", "2022-07"], ["代码", "数值"]]

    assert codes(submit(None, a_workbook([*head, ["drugs_imported", 0.1 + 0.2]]))) == []


def test_columns_that_are_needed_are_named() -> None:
    (remark,) = submit(None, a_table([("CN-YN", "5")], ("reporting_unit", "value"))).remarks

    assert remark.code == "RT112"


@pytest.mark.parametrize(
    ("unit", "hint"),
    [("CN-YM", "CN-YN"), ("云南省厅", ""), ("Yunan", "CN-YN"), ("", "fill in")],
)
def test_an_unknown_unit_is_refused_with_the_nearest_one(unit: str, hint: str) -> None:
    (remark,) = submit(None, results(unit)).remarks

    assert remark.code == "RT114"
    assert hint in remark.next_step


@pytest.mark.parametrize(
    "unit", ["CN-YN", "云南", "yunnan", "云南省公安厅禁毒总队", "530000", "Yunnan narcotics police"]
)
def test_a_unit_is_known_by_codes_and_names(unit: str) -> None:
    assert submit(None, results(unit)).unit == "CN-YN"


@pytest.mark.parametrize(
    ("line", "value", "code"),
    [
        ("gangs", "-9", "RT119"), ("gangs", "9.5", "RT120"), ("drugs", "1.2345", "RT120"), ("gangs", "nine", "RT118"),
        ("gangs", "1.2万", "RT118"), ("gangs", "约9", "RT118"), ("gangs", "1,2", "RT118"), ("gangs", "1E3", "RT118"),
        ("gangs", "NaN", "RT118"), ("gangs", "", "RT125"),
    ],
)  # fmt: skip
def test_what_is_no_figure_of_the_line_is_told_by_its_cell(line: str, value: str, code: str) -> None:
    row = 2 + list(FIGURES).index(line)

    assert told(results(**{line: value}), code) == (row, f"D{row}")


@pytest.mark.parametrize("value", ["1,200", "１２００", "1200", " 1200 "])
def test_a_figure_may_be_written_in_several_ways(value: str) -> None:
    rows = [
        ("CN-YN", "2022-07", line, value if line == "cases" else one, "") for line, one in FIGURES.items()
    ]

    assert codes(submit(None, a_table(rows, HEADER))) == []


def test_an_unknown_line_is_told_with_the_nearest_one() -> None:
    outcome = submit(None, results(gnags="1"))

    assert [(remark.code, remark.next_step) for remark in outcome.remarks] == [
        ("RT115", "did you mean 'gangs'?")
    ]


def test_a_line_of_another_form_is_refused() -> None:
    data = (
        results().replace(b"reporting_unit", b"form,reporting_unit").replace(b"\nCN-YN", b"\nresults,CN-YN")
    )

    assert told(data + b"results,CN-YN,2022-07,drugs_imported,5,\n", "RT116")[0] == 16


def test_lines_of_two_forms_do_not_say_which_form_it_is() -> None:
    assert codes(submit(None, results() + b"CN-YN,2022-07,drugs_imported,5,\n")) == ["RT131"]


def test_a_line_that_is_missing_is_named() -> None:
    data = results().replace(b"CN-YN,2022-07,labs,0,\n", b"")

    (remark,) = submit(None, data).remarks

    assert (remark.code, "labs" in remark.says) == ("RT125", True)


def test_the_same_figure_twice_is_refused() -> None:
    assert told(results() + b"CN-YN,2022-07,gangs,9,\n", "RT122") == (16, "D16")


def test_two_units_or_two_rounds_in_one_return_are_refused() -> None:
    two = results().replace(b"CN-YN,2022-07,gangs", b"CN-GX,2022-07,gangs")
    rounds = results().replace(b"CN-YN,2022-07,gangs", b"CN-YN,2022-09,gangs")

    assert told(two, "RT129") == (6, "A6")
    assert told(rounds, "RT129") == (6, "B6")


@pytest.mark.parametrize(("name", "fits"), [("hundred-days-2022", True), ("Hundred Days 2021", False)])
def test_a_return_that_names_its_campaign_names_the_right_one(name: str, fits: bool) -> None:
    rows = [(name, "CN-YN", "2022-07", "drugs_imported", "5")]

    outcome = submit(None, a_table(rows, ("campaign", *HEADER[:4])))

    assert codes(outcome) == ([] if fits else ["RT139"])


def test_a_round_that_is_none_is_refused() -> None:
    assert codes(submit(None, results(round="2022-08"))) == ["RT117"]


@pytest.mark.parametrize(
    ("unit", "fits"),
    [("kg", True), ("千克", True), ("公斤 / kg", True), ("克", False), ("吨", False), ("case", False)],
)
def test_a_unit_of_measure_must_be_that_of_the_line(unit: str, fits: bool) -> None:
    data = a_table([("CN-YN", "2022-07", "drugs_imported", "5", unit)], (*HEADER[:4], "unit"))

    assert codes(submit(None, data)) == ([] if fits else ["RT121"])


def test_targeted_cases_are_those_that_the_unit_joins() -> None:
    assert codes(submit(None, cluster("CN-JS", {"cluster-1-1": 120}))) == []
    assert codes(submit(None, cluster("CN-JS", {"cluster-9-1": 120}))) == ["RT126", "RT126"]
    assert "RT126" in codes(
        submit(None, border("CN-YN", "5", "7").replace(b"yunnan-guangxi", b"cluster-1-1"))
    )


def test_a_nil_return_is_stated_and_reports_nothing() -> None:
    stated = submit(None, nil("CN-GX"))
    contradicted = nil("CN-GX") + b"CN-GX,border,2022-07,drugs_imported,5\n"

    assert (stated.remarks, stated.nil, stated.figures) == ((), True, 0)
    assert codes(submit(None, contradicted)) == ["RT128"]


def test_the_form_itself_is_a_nil_return_once_yes_is_chosen() -> None:
    import io

    import openpyxl
    from tests.returns.samples import hundred_days

    from tallyroom.pipeline.forms import return_template

    _, form = return_template(hundred_days(), "border", "CN-GX", "2022-07")
    book = openpyxl.load_workbook(io.BytesIO(form))
    book["Form"]["C8"] = "是 / Yes"
    out = io.BytesIO()
    book.save(out)

    outcome = submit(None, out.getvalue())

    assert (outcome.remarks, outcome.nil) == ((), True)


def test_the_form_saved_as_csv_is_read_as_the_form() -> None:
    import csv
    import io

    import openpyxl
    from tests.returns.samples import hundred_days

    from tallyroom.pipeline.forms import return_template

    _, form = return_template(hundred_days(), "results", "CN-YN", "2022-07")
    sheet = openpyxl.load_workbook(io.BytesIO(form))["Form"]
    for row in range(11, 11 + len(FIGURES)):
        sheet.cell(row, 5).value = FIGURES[sheet.cell(row, 2).value]
    out = io.StringIO()
    csv.writer(out).writerows([[cell.value or "" for cell in row] for row in sheet.iter_rows()])

    outcome = submit(None, out.getvalue().encode())

    assert (outcome.remarks, outcome.figures, outcome.unit) == ((), len(FIGURES), "CN-YN")


def test_a_table_that_is_wrong_throughout_is_not_read_to_its_end() -> None:
    rows = [("CN-YN", "2022-07", f"line {number}", "1") for number in range(20_000)]
    rows.append(("CN-YN", "2022-07", "drugs_imported", "1"))

    outcome = submit(None, a_table(rows, HEADER[:4]), form="border")

    assert len(outcome.remarks) == 1001
    assert (outcome.remarks[-1].code, outcome.remarks[-1].row) == ("RT100", 1002)

"""Files that come as returns: what can be read is read, and all else is refused with its code and place."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.returns.samples import (
    FIGURES,
    a_table,
    codes,
    results,
    results_workbook,
    submit,
    with_part,
)

from tallyroom.model.returns import Remark


def refused(data: bytes) -> Remark:
    (remark,) = submit(None, data).remarks
    return remark


def test_a_csv_a_workbook_and_parquet_say_the_same() -> None:
    import polars

    frame = polars.read_csv(io.BytesIO(results()), infer_schema_length=0)
    out = io.BytesIO()
    frame.write_parquet(out)

    outcomes = [submit(None, data) for data in (results(), results_workbook(), out.getvalue())]

    assert [outcome.remarks for outcome in outcomes] == [(), (), ()]
    assert [outcome.figures for outcome in outcomes] == [len(FIGURES)] * 3
    assert {(outcome.unit, outcome.form, outcome.round) for outcome in outcomes} == {
        ("CN-YN", "results", "2022-07")
    }


@pytest.mark.parametrize("data", [b"", b"  \n\r\n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused(data).code == "RT101"


def test_an_empty_workbook_is_refused() -> None:
    from tests.returns.samples import a_workbook

    assert refused(a_workbook([])).code == "RT101"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 not really",
        b"PAR1 not really",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        results_workbook()[:900],
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    assert refused(data).code == "RT102"


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "dear all")

    assert refused(out.getvalue()).code == "RT102"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0", "RT103"),
        ("xl/macrosheets/sheet1.xml", b"<macrosheet/>", "RT103"),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>", "RT105"),
        ("xl/connections.xml", b"<connections/>", "RT105"),
        ("xl/embeddings/thing.docx", b"PK", "RT105"),
        ("xl/worksheets/_rels/sheet1.xml.rels",
         b'<Relationships><Relationship Type="http://x/ole" Target="file:///a" TargetMode="External"/></Relationships>',
         "RT105"),
    ],
)  # fmt: skip
def test_macros_and_links_in_a_workbook_are_refused(name: str, content: bytes, code: str) -> None:
    assert refused(with_part(results_workbook(), name, content)).code == code


def test_a_workbook_that_calls_itself_one_with_macros_is_refused() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"

    assert refused(with_part(results_workbook(), "[Content_Types].xml", macro, replace=kind)).code == "RT103"


def test_a_formula_is_refused_with_its_cell() -> None:
    remark = refused(results_workbook(formula=(6, 1, "=1+1")))

    assert (remark.code, remark.cell, remark.row) == ("RT104", "B7", 7)


@pytest.mark.parametrize("options", [{"second": ["x"], "hide_sheet": True}, {"hide_row": 6}])
def test_what_is_hidden_in_a_workbook_is_refused(options: dict[str, object]) -> None:
    assert refused(results_workbook(**options)).code == "RT106"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(results_workbook(), "xl/media/big.xml", b"<a>" + b" " * 250_000_000)

    remark = refused(bomb)

    assert len(bomb) < 1_000_000
    assert remark.code == "RT107"


def test_two_cells_far_apart_are_a_bomb_too() -> None:
    far = with_part(results_workbook(), "xl/worksheets/sheet1.xml",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', replace=b"</sheetData>")  # fmt: skip

    assert refused(far).code == "RT107"


def test_a_sheet_in_another_encoding_hides_no_formula() -> None:
    plain = zipfile.ZipFile(io.BytesIO(results_workbook())).read("xl/worksheets/sheet1.xml")
    odd = with_part(
        results_workbook(), "xl/worksheets/sheet1.xml", plain.decode().encode("utf-16"), replace=plain
    )

    assert refused(odd).code == "RT102"


def test_one_long_text_in_many_cells_is_a_bomb_too() -> None:
    book = results_workbook(second=["gone"])
    long = with_part(book, "xl/sharedStrings.xml", b"<si><t>" + b"a" * 1_000_000 + b"</t></si>",
        replace=b"<si><t>gone</t></si>")  # fmt: skip
    texts = zipfile.ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml").count(b"<si>")
    cells = b"".join(b'<row><c t="s"><v>%d</v></c></row>' % (texts - 1) for _ in range(1000))
    bomb = with_part(long, "xl/worksheets/sheet2.xml", cells + b"</sheetData>", replace=b"</sheetData>")

    assert len(bomb) < 20_000
    assert refused(bomb).code == "RT107"


def test_one_long_text_in_many_rows_of_parquet_is_a_bomb_too() -> None:
    import pyarrow
    import pyarrow.parquet

    texts = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 1000, pyarrow.int32()), ["a" * 1_000_000])
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"line": texts, "value": [1] * 1000}), out)

    assert len(out.getvalue()) < 100_000
    assert refused(out.getvalue()).code == "RT107"


def test_a_csv_of_nothing_but_commas_is_refused_before_it_is_split() -> None:
    assert refused(b"line,value\n" + b"," * 6_000_000).code == "RT107"


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "replace", "code"),
    [
        (b'<row a="&gt;>" hidden="1"', b"<row", "RT106"),
        (b"<row hidden='&#49;'", b"<row", "RT106"),
        (b"<row a='<' hidden='1'", b"<row", "RT102"),
        (b"<row " * 100_000, b"<row", "RT102"),
        (b"<!-- " + b" " * 9000 + b"--><worksheet", b"<worksheet", None),
        (b'<!DOCTYPE worksheet [<!ENTITY a "a">]><worksheet', b"<worksheet", "RT102"),
    ],
)
def test_no_way_of_writing_a_tag_hides_what_is_hidden(
    content: bytes, replace: bytes, code: str | None
) -> None:
    outcome = submit(None, with_part(results_workbook(), SHEET, content, replace=replace))

    assert codes(outcome)[:1] == ([code] if code else [])


def test_a_formula_behind_a_long_comment_is_found() -> None:
    comment = b"<!-- " + b" " * 9000 + b"--><worksheet"

    assert (
        refused(
            with_part(results_workbook(formula=(6, 1, "=1+1")), SHEET, comment, replace=b"<worksheet")
        ).code
        == "RT104"
    )


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = with_part(results_workbook(), SHEET, b"<worksheet/>")

    assert refused(twice).code == "RT102"


def test_a_stray_quote_swallows_no_row() -> None:
    data = results().replace(b"CN-YN,2022-07,gangs,9,", b'CN-YN,2022-07,gangs,9,"seen')

    remark = refused(data)

    assert (remark.code, remark.row) == ("RT109", 6)
    assert "gangs" in remark.found


@pytest.mark.parametrize("line", [b"CN-YN,2022-07,gangs,9", b"CN-YN,2022-07,gangs,1,900,"])
def test_a_row_with_other_fields_than_the_header_is_refused(line: bytes) -> None:
    remark = refused(results().replace(b"CN-YN,2022-07,gangs,9,", line))

    assert (remark.code, remark.row) == ("RT109", 6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_columns_are_read_in_the_encodings_of_office_programs(encoding: str) -> None:
    rows = [("云南省", "2022-07", line, value) for line, value in FIGURES.items()]
    data = a_table(rows, ("填报单位", "报告期", "代码", "数值")).decode().encode(encoding)

    outcome = submit(None, data)

    assert (outcome.remarks, outcome.unit) == ((), "CN-YN")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_another_encoding_is_refused_with_its_line(encoding: str) -> None:
    data = results(gangs="9").replace(b"gangs,9,", "gangs,9,café ñ".encode(encoding))

    remark = refused(data)

    assert (remark.code, remark.row) == ("RT108", 6)


def test_tabs_and_semicolons_separate_too() -> None:
    for delimiter in (b"\t", b";"):
        assert codes(submit(None, results().replace(b",", delimiter))) == []


@given(some.binary(max_size=400))
def test_no_file_breaks_the_reading_of_returns(data: bytes) -> None:
    outcome = submit(None, data)

    assert not outcome.taken
    assert all(remark.code.startswith("RT1") for remark in outcome.remarks)


@given(some.integers(0, 5000), some.integers(0, 255))
def test_no_flipped_byte_breaks_the_reading_of_a_workbook(at: int, byte: int) -> None:
    data = bytearray(results_workbook())
    data[at % len(data)] = byte

    outcome = submit(None, bytes(data))

    assert all(remark.code.startswith("RT1") for remark in outcome.remarks)

"""CSV and Parquet: complete, exact, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal

import polars
import pytest

from helpers import a_document, a_reading, an_observation
from tallyroom.model import Observation, Reading
from tallyroom.show.tabular import ValueUnfit, frame_of, write_csv, write_parquet


def csv_rows(*rows: Observation) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv([Reading(a_document("x"), rows, ())], out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))


def test_csv_has_every_field_in_its_order() -> None:
    (row,) = csv_rows(an_observation(breakdown={"site": "lab"}, area=("CN-YN", "CN-GX")))

    assert list(row) == list(Observation.__struct_fields__)
    assert (row["value"], row["upper"], row["area"]) == ("2589", "", "CN-YN;CN-GX")
    assert (row["breakdown"], row["low_open"]) == ('{"site": "lab"}', "false")


@pytest.mark.parametrize("text", ["=1+1", "+8.2%", "-8.2%", "@here", "\t41", "＝1", "\r41"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert csv_rows(an_observation(text))[0]["text"] == f"'{text}"


def test_negative_values_stay_numbers() -> None:
    (row,) = csv_rows(an_observation(value=Decimal("-8.2"), low=Decimal("-8.25"), statistic="change_pct"))

    assert (row["value"], row["low"]) == ("-8.2", "-8.25")


def test_line_breaks_and_quotes_in_a_source_stay_inside_their_cell() -> None:
    assert csv_rows(an_observation('4\n1,"x"'))[0]["text"] == '4\n1,"x"'


def test_parquet_reads_back_exactly() -> None:
    out = io.BytesIO()
    rows = [
        an_observation(value=Decimal("166.5772619588"), upper=Decimal(10) ** 19),
        an_observation(period=None),
    ]
    write_parquet([Reading(a_document("x"), tuple(rows), ())], out)

    frame = polars.read_parquet(io.BytesIO(out.getvalue()))

    assert frame["value"].to_list() == [Decimal("166.5772619588"), Decimal(2589)]
    assert frame["upper"].to_list() == [Decimal(10) ** 19, None]
    assert frame["period_start"].to_list() == [datetime.date(2022, 6, 25), None]
    assert frame["area"].to_list() == [["CN"], ["CN"]]


@pytest.mark.parametrize("value", [Decimal(10) ** 20, Decimal("1e-19"), Decimal("0." + "1" * 30)])
def test_a_value_that_parquet_cannot_hold_exactly_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueUnfit, match="doc:0"):
        frame_of([an_observation(value=value)])


def test_a_frame_without_rows_has_the_same_columns() -> None:
    assert frame_of([]).schema == frame_of([an_observation()]).schema


def test_a_reading_without_observations_gives_the_header_alone() -> None:
    out = io.BytesIO()
    write_csv([a_reading("Nothing.")], out)

    assert out.getvalue().decode().count("\n") == 1

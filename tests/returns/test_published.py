"""Tables that others publish: loaded by their mappings, exact, and equal to sums made by another program."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tallyroom.codebook import load_mapping
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model import Query
from tallyroom.pipeline.tables import Loaded, load_table, table_totals
from tallyroom.returns.remarks import ReturnRefused

POUND = Decimal("0.45359237")
HEADER = "FY,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Drug Type,Count of Event,Sum Qty (lbs)\n"
ROW = "2022,OCT,Office of Field Operations,Northern Border,Land Only,SEATTLE FIELD OFFICE,Lsd,1,6.61E-05\n"
UNODC = "Region,country,ISO Code,Drug Group,Drug,Year,KG Equivalent\n"
CBP = load_mapping("cbp-drug-seizures")
COUNTRIES = load_mapping("unodc-drug-seizures")


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        yield opened


def cbp(*rows: str) -> bytes:
    return (HEADER + "".join(rows)).encode()


def loaded(ledger: SqliteLedger, data: bytes) -> Loaded:
    return load_table(ledger, CBP, data, name="mine")


def test_a_fiscal_year_begins_in_the_year_before(ledger: SqliteLedger) -> None:
    loaded(ledger, cbp(ROW, ROW.replace("OCT", "SEP")))

    periods = {figure.observation.period for figure in ledger.figures(Query())}

    assert periods == {"2021-10-01/2021-10-31", "2022-09-01/2022-09-30"}


def test_pounds_are_converted_exactly_and_kept_as_written(ledger: SqliteLedger) -> None:
    loaded(ledger, cbp(ROW))

    events, pounds = ledger.figures(Query())
    text = ledger.source(ledger.entry(pounds.document).body["text"]).decode()

    assert (events.observation.indicator, events.observation.value) == ("cases_solved", 1)
    assert (pounds.observation.text, pounds.more["cell"]) == ("6.61E-05", "I2")
    assert pounds.observation.value == Decimal("0.0000661") * POUND
    assert text[pounds.observation.start : pounds.observation.end] == "6.61E-05"
    assert pounds.observation.low == Decimal("0.00006605") * POUND


def test_rows_of_one_cell_are_parts_and_all_counted(ledger: SqliteLedger) -> None:
    loaded(ledger, cbp(ROW, ROW, ROW))

    (total,) = [one for one in table_totals(ledger, CBP, "mine", ["year"]) if one.figure == "events"]

    assert (total.fact.observation.value, len(total.fact.parts)) == (3, 3)
    assert {figure.observation.breakdown["scope"][-11:] for figure in ledger.figures(Query())} == {
        "part 1 of 3", "part 2 of 3", "part 3 of 3"
    }  # fmt: skip


def test_what_is_not_stated_is_no_figure_and_no_zero(ledger: SqliteLedger) -> None:
    data = f"{UNODC}Europe,Sweden,SWE,Opioids,Heroin,1971,NULL\nEurope,Sweden,SWE,Opioids,Heroin,1972,0\n".encode()

    outcome = load_table(ledger, COUNTRIES, data, name="mine")

    assert (outcome.rows, outcome.figures, outcome.not_stated) == (2, 1, 1)
    assert ledger.entry(1).body["not_stated"] == 1


@pytest.mark.parametrize(
    ("country", "code", "area"),
    [("Sweden", "SWE", "SE"), ("USSR", "NULL", "SUHH"), ("Serbia and Montenegro", "NULL", "CSXX"),
     ("Czechoslovakia", "CZE", "CSHH"), ("Czechia", "CZE", "CZ"), ("Kosovo under UNSCR 1244", "KKK", "XK"),
     ("German Democratic Republic", "DEU", "DDDE"), ("Germany", "DEU", "DE")],
)  # fmt: skip
def test_countries_that_are_no_more_have_codes_of_their_own(country: str, code: str, area: str) -> None:
    with open_ledger(":memory:") as ledger:
        data = f"{UNODC}X,{country},{code},Opioids,Heroin,1985,5\n".encode()
        load_table(ledger, COUNTRIES, data, name="mine")

        assert [figure.observation.area for figure in ledger.figures(Query())] == [(area,)]


@pytest.mark.parametrize(
    ("wrong", "code", "cell"),
    [
        (ROW.replace("Lsd", "Ls"), "RT136", "G3"), (ROW.replace("OCT", "OKT"), "RT117", "B3"),
        (ROW.replace("2022", "22"), "RT117", "B3"), (ROW.replace("6.61E-05", "lots"), "RT118", "I3"),
        (ROW.replace("6.61E-05", "-1"), "RT119", "I3"), (ROW.replace("Lsd,1", "Lsd"), "RT109", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_row_stops_the_table_by_its_cell(
    ledger: SqliteLedger, wrong: str, code: str, cell: str
) -> None:
    outcome = loaded(ledger, cbp(ROW, wrong))

    assert [(remark.code, remark.row, remark.cell) for remark in outcome.remarks] == [(code, 3, cell)]
    assert ledger.head() is None


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [("Region", "Regoin", "RT112"), ("Region", "Component", "RT110"), ("FY,", "FY,Extra,", "RT111")],
)
def test_columns_must_be_those_of_the_mapping(
    ledger: SqliteLedger, right: str, wrong: str, code: str
) -> None:
    row = ROW.replace("2022,", "2022,,") if code == "RT111" else ROW

    outcome = loaded(ledger, (HEADER.replace(right, wrong) + row).encode())

    assert code in [remark.code for remark in outcome.remarks]
    assert ledger.head() is None


def test_the_same_table_again_adds_nothing_and_another_is_a_new_version(ledger: SqliteLedger) -> None:
    first = loaded(ledger, cbp(ROW))
    again = loaded(ledger, cbp(ROW))
    anew = loaded(ledger, cbp(ROW.replace("Lsd,1", "Lsd,2")))

    assert (again.stored, again.document) == (False, first.document)
    assert anew.stored
    assert [figure.observation.value for figure in ledger.figures(Query({"unit": ("case",)}))] == [2]


def test_totals_go_by_known_keys_and_editions(ledger: SqliteLedger) -> None:
    loaded(ledger, cbp(ROW))
    for edition, by, code in (("mine", "colour", "RT137"), ("yours", "year", "RT138")):
        with pytest.raises(ReturnRefused) as refused:
            table_totals(ledger, CBP, edition, [by])
        assert refused.value.code == code


def independent(path: Path, query: str) -> dict[tuple[Any, ...], Decimal]:
    """The sums that DuckDB makes of the file itself, in exact decimals."""
    import duckdb

    held = duckdb.read_csv(str(path), all_varchar=True)  # noqa: F841 the query names it
    return {tuple(row[:-1]): row[-1] for row in duckdb.sql(query).fetchall()}


@pytest.mark.parametrize("edition", ["nationwide-drugs-fy19-fy22", "nationwide-drugs-fy20-fy23"])
@pytest.mark.parametrize(
    ("name", "columns"),
    [("national", ("FY", "Drug Type")), ("regional", ("FY", "Region", "Drug Type")),
     ("monthly", ("FY", "Month (abbv)", "Drug Type"))],
)  # fmt: skip
def test_totals_of_customs_seizures_equal_an_independent_sum(
    shared: Path, customs: SqliteLedger, edition: str, name: str, columns: tuple[str, ...]
) -> None:
    path = shared / f"data/cbp/{edition}.csv"
    names = ", ".join(f'"{column}"' for column in columns)
    sums = {}
    for figure, column in (("events", "Count of Event"), ("pounds", "Sum Qty (lbs)")):
        query = f'SELECT {names}, sum(CAST("{column}" AS DECIMAL(38, 15))) FROM held GROUP BY {names}'
        found = independent(path, query)
        sums.update(
            {(figure, *key): value * (POUND if figure == "pounds" else 1) for key, value in found.items()}
        )

    totals = table_totals(customs, CBP, edition, [name])

    assert len(totals) > 70
    assert {(one.figure, *one.keys.values()): one.fact.observation.value for one in totals} == sums


@pytest.fixture(scope="module")
def customs(shared: Path) -> Iterator[SqliteLedger]:
    """Both editions of the table of customs, in one record."""
    with open_ledger(":memory:") as opened:
        for path in sorted((shared / "data/cbp").glob("*.csv")):
            outcome = load_table(opened, CBP, path)
            assert (outcome.remarks, outcome.not_stated) == ((), 0)
        yield opened


def test_both_editions_stand_side_by_side(customs: SqliteLedger) -> None:
    (first,) = table_totals(customs, CBP, "nationwide-drugs-fy19-fy22", ["year"], where={"year": "2021"})[:1]
    (second,) = table_totals(customs, CBP, "nationwide-drugs-fy20-fy23", ["year"], where={"year": "2021"})[:1]

    assert first.fact.observation.value == second.fact.observation.value
    assert first.fact.observation.period == "2020-10-01/2021-09-30"
    assert not set(first.fact.parts) & set(second.fact.parts)


def test_a_countrys_series_equals_an_independent_sum(shared: Path, ledger: SqliteLedger) -> None:
    path = shared / "data/unodc/seizures.csv"
    outcome = load_table(ledger, COUNTRIES, path)
    query = """SELECT country, Drug, Year, sum(CAST("KG Equivalent" AS DECIMAL(38, 15))) FROM held
        WHERE "KG Equivalent" <> 'NULL' GROUP BY country, Drug, Year"""
    sums = independent(path, query)

    totals = table_totals(ledger, COUNTRIES, "seizures", ["country"])
    series = table_totals(
        ledger, COUNTRIES, "seizures", ["year"], where={"country": "Thailand", "drug": "Heroin"}
    )

    assert (outcome.rows, outcome.figures, outcome.not_stated) == (51201, 50694, 507)
    assert {tuple(one.keys.values()): one.fact.observation.value for one in totals} == sums
    assert {one.keys["year"]: one.fact.observation.value for one in series} == {
        year: value
        for (country, drug, year), value in sums.items()
        if (country, drug) == ("Thailand", "Heroin")
    }

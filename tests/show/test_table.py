"""The table for the terminal: it fits, cuts nothing off, and obeys no escape code of a source."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from helpers import a_document, a_reading, an_observation
from tallyroom.model import Reading
from tallyroom.show.table import write_table
from tallyroom.show.widths import pad, printable, width_of, wrap

TEXT = "全国共破获毒品案件2,589起，缴毒1.31吨，同比上升12.5个百分点，查处吸毒人员3.8万余人次。"


def the_reading() -> Reading:
    rows = (
        an_observation("2,589起", 9, counted="起", offence="drugs"),
        an_observation(
            "1.31吨",
            17,
            indicator="quantity_seized",
            value=Decimal(1310),
            unit="kg",
            substance="methamphetamine",
            area=("CN-YN", "CN-GX"),
            breakdown={"origin": "imported", "channel": "postal_logistics"},
            operation="净边",
            operation_id="clean-border-2022",
        ),
        an_observation(
            "12.5个百分点", 26, statistic="change", unit="percentage_point", value=Decimal("12.5"),
            operation=None, operation_id=None,
        ),
        an_observation("3.8万余人次", 41, value=Decimal(38000), qualifier="at_least", unit="person_time"),
    )  # fmt: skip
    return Reading(a_document(TEXT, id="z01", title="公安机关通报夏季行动首月战果", lang="zh"), rows, ())


def table(reading: Reading, width: int, colour: bool = False) -> list[str]:
    out = io.BytesIO()
    write_table([reading], out, width, colour)
    return out.getvalue().decode().splitlines()


@pytest.mark.parametrize("width", [*range(40, 130, 3), 160, 200, 400])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(width_of, table(the_reading(), width))) <= width


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_nothing_is_cut_off_at_any_width(width: int) -> None:
    shown = "".join("\n".join(table(the_reading(), width)).split())

    for content in (
        "2,589起", "1.31吨", "1,310", "+12.5", "≥38,000", "person_time", "quantity_seized", "CN-YN,CN-GX",
        "2022-06-25/2022-07-31", "methamphetamine", "channel:postal_logistics,origin:imported", "净边",
        "hundred-days-2022", "公安机关通报夏季行动首月战果", "pointschange",
    ):  # fmt: skip
        assert content in shown


def test_columns_line_up_where_characters_take_two_columns() -> None:
    lines = table(the_reading(), 200)
    head = next(line for line in lines if "as written" in line)
    column = head.index("indicator")

    for figure in ("2,589起", "1.31吨"):
        line = next(line for line in lines if figure in line)
        place = next(at for at in range(len(line)) if width_of(line[:at]) == column)
        assert line[place:].startswith(("cases_solved", "quantity_seized"))


def test_rule_and_confidence_are_shown_where_there_is_room() -> None:
    assert "en/actions/solve" in "\n".join(table(the_reading(), 200))
    assert "en/actions/solve" not in "\n".join(table(the_reading(), 100))


def test_rows_stand_under_their_operation() -> None:
    lines = [line.strip() for line in table(the_reading(), 200)]
    operations = [line for line in lines if line.startswith(("Hundred", "净边", "no operation"))]

    assert operations == [
        "Hundred Days Action  hundred-days-2022",
        "净边  clean-border-2022",
        "no operation named",
    ]
    assert lines.index(operations[0]) < next(at for at, line in enumerate(lines) if "3.8万" in line)
    assert next(at for at, line in enumerate(lines) if "3.8万" in line) < lines.index(operations[1])


def test_colour_is_for_those_who_ask() -> None:
    assert "\x1b[" in "\n".join(table(the_reading(), 80, colour=True))
    assert "\x1b" not in "\n".join(table(the_reading(), 80))


def test_escape_codes_of_a_source_are_shown_and_not_obeyed() -> None:
    reading = a_reading("\x1b[2J 41 \u202e cases", "\x1b[2J 41 \u202e", operation="a\x07b")

    shown = "\n".join(table(reading, 100))

    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "\\x1b[2J 41" in shown


def test_a_document_without_observations_says_so() -> None:
    assert any("no observations" in line for line in table(a_reading("Nothing counted."), 80))


def test_half_a_surrogate_pair_breaks_no_table() -> None:
    assert table(a_reading("41\ud800", "41\ud800"), 80)


def test_widths_pads_and_breaks() -> None:
    assert (width_of("缴毒1.31吨"), width_of("ｋｇ"), width_of("n\u0303"), width_of("")) == (10, 4, 1, 0)
    assert (pad("吨", 4), pad("吨", 4, right=True), pad("toolong", 3)) == ("吨  ", "  吨", "toolong")
    assert wrap("a" * 10, 4) == ["aaaa", "aaaa", "aa"]
    assert wrap("", 4) == [""]
    assert printable("tab\tline\nnul\x00") == "tab line nul\\x00"


def test_a_column_without_any_content_takes_no_room() -> None:
    with_substance = an_observation(substance="heroin")
    heads = [
        next(line for line in table(Reading(a_document("2,589"), rows, ()), 200) if "as written" in line)
        for rows in ((an_observation(),), (an_observation(), with_substance))
    ]

    assert ["substance" in head for head in heads] == [False, True]

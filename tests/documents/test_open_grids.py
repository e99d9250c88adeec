"""Tables of a PDF whose rows are ruled off by level lines alone."""

from __future__ import annotations

import datetime

import pytest

from tallyroom.documents import open_document
from tallyroom.release.typesetting import set_pdf

DAY = datetime.date(2024, 1, 1)
LEVEL = "stroke: (x, y) => (bottom: 0.4pt, top: if y == 0 { 1pt } else { none }), columns: (1fr, auto, auto)"


def rows_of(body: str) -> list[list[str]]:
    """Set a page and return the rows of its tables, and its other lines in lists of one."""
    source = f'#set page(width: 160mm, height: 160mm)\n#set text(9pt, font: "Tallyroom Sans")\n{body}'
    document = open_document(set_pdf(source, "1.7", DAY), id="page", name="page.pdf")
    return [
        document.text[block.start : block.end].split("\t") if block.kind == "row" else [block.kind]
        for block in document.blocks
    ]


def test_a_label_of_two_lines_stays_with_its_figure() -> None:
    rows = rows_of(
        f"#table({LEVEL}, align: horizon, [Area], [Cases], [Seized (kg)], [Northern districts of the whole coast and"
        " the islands before it and all that belongs to them], [412], [3.5], [South], [377], [1,024])"
    )

    assert rows == [
        ["Area", "Cases", "Seized (kg)"],
        [
            "Northern districts of the whole coast and the islands before it and all that belongs to them",
            "412",
            "3.5",
        ],
        ["South", "377", "1,024"],
    ]


def test_a_caption_between_two_tables_is_no_row() -> None:
    table = f"#table({LEVEL}, [Area], [Cases], [Arrests], [North], [412], [55], [South], [377], [66])"
    rows = rows_of(f"{table}\n#v(1em)\n*Figures of the second half year*\n#v(1em)\n{table}")

    assert [len(row) for row in rows] == [3, 3, 3, 1, 3, 3, 3]


def test_heads_that_nearly_touch_are_cells_of_their_own() -> None:
    rows = rows_of(
        f"#table({LEVEL}, inset: 3pt, align: right, [地区], [破案（起）], [抓获（人）],"
        " [北岭], [412], [566], [南浦], [377], [498])"
    )

    assert rows[0] == ["地区", "破案（起）", "抓获（人）"]


@pytest.mark.parametrize("columns", [2, 3])
def test_text_in_columns_between_two_lines_is_no_table(columns: int) -> None:
    words = (
        "Officers of the harbour police arrested twelve people in the north on Monday and seized goods. " * 4
    )
    text = f"#line(length: 100%)\n#columns({columns})[{words * 3}]\n"
    rows = rows_of(text + "#line(length: 100%)\n" + text + "#line(length: 100%)")

    assert all(row in (["paragraph"], ["heading"]) for row in rows)

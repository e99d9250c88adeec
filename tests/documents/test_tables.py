"""Tables in plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.samples import SIMPLIFIED, assert_is_whole, grid_of, text_document
from tallyroom.documents import open_document
from tallyroom.documents.cells import is_figure, is_year


def heads_of(text: str) -> list[list[str]]:
    document = text_document(text)
    grid = grid_of(document)
    rows = {cell.row for cell in document.tables[0].cells if cell.header}
    return [grid[row] for row in sorted(rows)]


def test_a_flattened_table_of_two_columns_is_read() -> None:
    document = text_document(
        "专项行动主要数据\n\n指标 数量\n破获走私案件 1286起\n抓获犯罪嫌疑人 2,341名\n查扣香烟 72.1吨\n"
        "\n各地动态\n"
    )

    assert grid_of(document) == [
        ["指标", "数量"],
        ["破获走私案件", "1286起"],
        ["抓获犯罪嫌疑人", "2,341名"],
        ["查扣香烟", "72.1吨"],
    ]
    assert [block.kind for block in document.blocks] == ["title", *["row"] * 4, "paragraph"]
    assert_is_whole(document)


def test_a_flattened_table_with_units_in_its_head_is_read() -> None:
    document = text_document(
        "附表 主要指标\n年份 破案（起） 抓获（人） 查扣（吨）\n2021 4900余 5600余 28\n2023 3136 3234 "
        "13.46\n\n说明文字。\n"
    )

    assert grid_of(document)[0] == ["年份", "破案（起）", "抓获（人）", "查扣（吨）"]
    assert [cell.header for cell in document.tables[0].cells] == [True] * 4 + [False] * 8
    assert document.blocks[0].kind == "title"


def test_heads_of_several_words_are_parted_where_their_years_end() -> None:
    text = "Goods Year to March 2021 Year to March 2022\nIvory 11,141 18,767\nLive reptiles 187 1,837\n"

    assert heads_of(text) == [["Goods", "Year to March 2021", "Year to March 2022"]]


def test_a_table_drawn_with_pipes_is_read() -> None:
    document = text_document(
        "Goods | Year to March 2021 | Year to March 2022\nIvory | 11,141 | 18,767\nReptiles | 187 | -\n"
    )

    assert grid_of(document)[2] == ["Reptiles", "187", "-"]
    assert document.tables[0].cells[0].header


def test_lines_that_draw_a_table_are_no_rows() -> None:
    document = text_document(
        "+--------+----+\n| Goods  | kg |\n|:-------|---:|\n| Ivory  | 12.5 |\n| Timber | 1,200 |\n"
        "+--------+----+\nEnd.\n"
    )

    assert grid_of(document) == [["Goods", "kg"], ["Ivory", "12.5"], ["Timber", "1,200"]]
    assert [cell.header for cell in document.tables[0].cells] == [True, True, False, False, False, False]


def test_a_table_with_tabs_keeps_the_column_of_an_empty_cell() -> None:
    document = text_document("\t2021年\t2022年\n甲市\t12起\t\n乙市\t\t30起\n")

    assert [(cell.row, cell.column) for cell in document.tables[0].cells] == [
        (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "               Jan      Feb     Mar\nIvory (kg)     12.5     13.1    n/a\nTimber (kg)    "
        "100      250     90\n",
        "省份　案件数　人数\n甲省　1,556起　1,634名\n乙省　300起　412名\n",
        "指标    2021年    2022年    同比\n破案（万起）  5.4   3.5   -35.2%\n抓获（万人）  7.7   "
        "5.3   -31.2%\n",
    ],
)
def test_a_table_parted_by_wide_spaces_is_read_with_its_head(text: str) -> None:
    assert len(heads_of(text)) == 1
    assert len(grid_of(text_document(text))) == 3


def test_a_rank_is_a_column_of_its_own_and_a_total_has_none() -> None:
    document = text_document("序号 地区 破案 抓获\n1 甲省 1556 1634\n2 乙省 300 412\n合计 1856 2046\n")

    below = [cell for cell in document.tables[0].cells if cell.row > 1]
    assert [(cell.column, document.text[cell.start : cell.end]) for cell in below] == [
        (0, "2"), (1, "乙省"), (2, "300"), (3, "412"), (1, "合计"), (2, "1856"), (3, "2046"),
    ]  # fmt: skip


def test_units_that_stand_apart_belong_to_their_figures() -> None:
    document = text_document("Ivory 11,141 kg 3 cases\nTimber 17,155 kg 12 cases\n")

    assert grid_of(document)[0] == ["Ivory", "11,141 kg", "3 cases"]


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED[0] + "\n" + SIMPLIFIED[1],
        "三晚夜查 全市破获案件254宗\n市公安局 今天通报\n",
        "Published 20 April 2023\nUpdated 21 April 2023\nReleased May 2021\n",
        "Home | News | Contact\nAbout | Jobs | Press\n",
        "We arrested 1,100\npeople and seized 45\nin all of the 12\n",
        "Police arrested 12 people in 2021. The year after it was 15.\nThey arrested 20 in 2023, "
        "and 30 in 2024.\n",
        "1. 查获香烟 20箱\n",
        "- Cutter James 4\n- Cutter Mohawk 1\n- Cutter Confidence 1\n",
        "Operation Anchor 2021\nOperation Harbour 2022\nOperation Tide 2023\n",
        "发布时间：2022-08-05 10:12\n浏览次数 1024\n",
        "12 May 2021\n13 May 2022\n14 June 2023\n",
        "Chapter 3\n",
    ],
)
def test_prose_and_lists_are_no_tables(text: str) -> None:
    assert text_document(f"A headline\n\n{text}\nA last line.\n").tables == ()


_LABELS = st.sampled_from(
    ["甲市", "乙县（区）", "查获香烟", "其中：海上", "Ivory", "Live reptiles", "18至35岁"]
)
_FIGURES = st.one_of(
    st.integers(0, 10**7).map("{:,}".format),
    st.decimals(0, 10**5, places=2).map(str),
    st.sampled_from(["4900余", "约3.2万", "12起", "30.5吨", "-", "12.5%", "£4,500", "1.2亿元", "三百二十"]),
)


@given(st.data(), st.integers(2, 5), st.integers(2, 6), st.sampled_from([" ", "  ", "\t", " | ", "　"]))
def test_rows_of_any_labels_and_figures_are_found_cell_by_cell(
    data: st.DataObject, figures: int, rows: int, separator: str
) -> None:
    table = [[data.draw(_LABELS), *(data.draw(_FIGURES) for _ in range(figures))] for _ in range(rows)]
    text = "\n".join(separator.join(row) for row in table)

    document = text_document(f"Title of it\n\n{text}\n\n{SIMPLIFIED[0]}")

    assert grid_of(document) == table
    assert_is_whole(document)


@pytest.mark.parametrize(
    "words", ["2589起", "1,313.2公斤", "4900余", "约1.2万人次", "-35.2%", "£312,649", "US$18", "3.5万",
    "12-15", "5.4(1)", "近百万元", "n/a", "—", "..", "4.76个百分点", "１２３", "三千一百三十六起",
    "1.2 million", "500kg"],
)  # fmt: skip
def test_a_cell_with_one_number_is_a_figure(words: str) -> None:
    assert is_figure(words)


@pytest.mark.parametrize(
    "words",
    [
        "2022年8月",
        "8月",
        "12个月",
        "18岁",
        "3号",
        "第12条",
        "10:12",
        "2022-08-05",
        "0207",
        "毒品",
        "12起案件和3人",
        "",
    ],
)
def test_a_cell_with_a_date_or_anything_else_is_no_figure(words: str) -> None:
    assert not is_figure(words)


@pytest.mark.parametrize("words", ["2021", "2021年", "2021年度", "2021/22", "FY2021", "2021年上半年"])
def test_a_year_names_a_row_or_a_column(words: str) -> None:
    assert is_year(words)


def grid_in_columns(text: str) -> list[list[tuple[int, str]]]:
    document = text_document(text)
    assert_is_whole(document)
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in document.tables[0].cells:
        rows.setdefault(cell.row, []).append((cell.column, document.text[cell.start : cell.end]))
    return list(rows.values())


def test_cells_one_below_the_other_are_told_by_their_rhythm() -> None:
    text = (
        "某市公安局主要数据\n\n指标\n数量\n破获走私案件\n2589起\n抓获犯罪嫌疑人\n3341名\n"
        "查扣香烟\n72.1万条\n各地动态\n"
    )

    assert grid_of(text_document(text)) == [
        ["指标", "数量"], ["破获走私案件", "2589起"], ["抓获犯罪嫌疑人", "3341名"],
        ["查扣香烟", "72.1万条"],
    ]  # fmt: skip
    assert text_document(text).title == "某市公安局主要数据"


def test_stacked_rows_of_several_figures_keep_their_columns() -> None:
    assert grid_in_columns("破案\n抓获\n甲市\n1556\n1634\n乙市\n300\n412\n") == [
        [(1, "破案"), (2, "抓获")], [(0, "甲市"), (1, "1556"), (2, "1634")],
        [(0, "乙市"), (1, "300"), (2, "412")],
    ]  # fmt: skip


def test_stacked_rows_that_begin_with_a_year_are_parted_below_their_heads() -> None:
    text = "年份\n破案（起）\n抓获（人）\n2021\n4900余\n5600余\n2023\n3136\n3234\n以上为全部数据。\n"

    assert grid_of(text_document(text)) == [
        ["年份", "破案（起）", "抓获（人）"], ["2021", "4900余", "5600余"], ["2023", "3136", "3234"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Key figures of the year\n\n2,589\nCases solved\n\n3,341\nSuspects arrested\n\n72\nVessels\n",
        "One sentence comes first.\n2,589\nCases solved\n3,341\nSuspects arrested\n72\nVessels\n",
    ],
)
def test_a_figure_above_its_label_is_read_with_it(text: str) -> None:
    assert grid_in_columns(text) == [
        [(0, "Cases solved"), (1, "2,589")], [(0, "Suspects arrested"), (1, "3,341")],
        [(0, "Vessels"), (1, "72")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Key figures\n2,589\nCases solved\n3,341\nSuspects arrested\n72\nVessels\n",
        "Published\n2021\nUpdated\n2022\nReviewed\n2023\n",
        "案件12起。\n12\n案件13起。\n13\n案件14起。\n14\n",
        "1. 案件\n12\n2. 人员\n13\n3. 车辆\n14\n",
        "1\n2\n3\n4\n",
    ],
)
def test_stacked_lines_that_could_mean_anything_are_no_table(text: str) -> None:
    assert text_document(f"{SIMPLIFIED[0]}\n\n{text}{SIMPLIFIED[1]}").tables == ()


def test_cells_whose_figures_open_their_notes_are_no_menu() -> None:
    rows = "".join(
        f'<tr><th scope="row">区{n}</th><td><a href="#n{n}">6{n}</a></td><td><a href="#m{n}">1{n}.5</a></td></tr>'
        for n in range(8)
    )
    page = (
        "<html><body><p>全国公安机关共破获毒品犯罪案件二千余起，缴获各类毒品一吨以上，各地情况如下表。</p>"
        f"<div><table><tr><th>地区</th><th>案件</th><th>毒品</th></tr>{rows}</table></div></body></html>"
    )
    document = open_document(page.encode(), id="doc", name="doc.html")

    assert len(document.tables) == 1
    assert len(document.tables[0].cells) == 27
    assert not [block for block in document.blocks if block.kind == "furniture"]


def test_a_headed_table_may_have_long_labels() -> None:
    label = (
        "Jiangsu, Zhejiang, Jiangxi, Hunan and Shaanxi: targeted drug trafficking cases that were selected"
    )
    page = (
        "<html><body><p>Police told of the results of their campaign in five provinces of the country.</p>"
        "<table><tr><th>Indicator</th><th>Figure</th></tr>"
        f"<tr><td>{label}</td><td>8</td></tr><tr><td>{label} again</td><td>9</td></tr></table></body></html>"
    )

    assert len(open_document(page.encode(), id="doc", name="doc.html").tables) == 1

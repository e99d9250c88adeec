"""Paragraphs broken into lines, and tables whose first column only ranks."""

from __future__ import annotations

from tallyroom import read

BROKEN = """据省公安厅介绍，今年以来，全省各级公安机关深入推进禁毒人民
战争，持续开展打击整治专项行动，共破获毒品刑事案件一千九百
余起，抓获犯罪嫌疑人二千三百余名，缴获各类毒品一千二百三十
公斤，查处吸毒人员三万四千余人次，有力维护了全省社会治安大
局持续稳定。
"""
RANKED = """2023年打击毒品犯罪情况统计表
排名\t地区\t破案（起）\t抓获（名）
1\t昆明\t312\t405
2\t大理\t192\t245
"""


def test_a_number_reads_on_over_the_end_of_a_line() -> None:
    rows = {row.text: (row.value, row.unit) for row in read(text=BROKEN).observations}
    assert rows["一千九百\n余起"] == (1900, "case")
    assert rows["一千二百三十\n公斤"] == (1230, "kg")


def test_behind_a_column_of_ranks_the_second_cell_tells_the_place() -> None:
    rows = [(row.area, row.value) for row in read(text=RANKED).observations]
    assert rows == [(("昆明",), 312), (("昆明",), 405), (("大理",), 192), (("大理",), 245)]

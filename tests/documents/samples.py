"""What the tests of documents share: sentences in both ways of writing Chinese, the promise of places."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from tallyroom.documents import DocumentError, open_document
from tallyroom.model import Document

PAGES = Path(__file__).parent / "pages"

SIMPLIFIED = (
    "省公安厅昨日通报，今年上半年各地共侦破走私案件一百二十六起，查获假冒商品价值三千余万元，抓获嫌疑人二百余名。",
    "海关总署表示，下一步将与有关部门一道，继续打击跨境违法活动，保护群众的合法权益，维护正常的市场秩序。",
    "两年来，全市设立了四十个检查站，出动民警一万余人次，检查车辆三十二万辆，没有发生重大安全事故，成效明显。",
)
TRADITIONAL = (
    "警政署昨日公布，今年上半年各縣市共偵破走私案件一百二十六件，查獲仿冒商品價值三千餘萬元，逮捕嫌犯二百餘名。",
    "海關表示，下一步將與有關部門一道，繼續打擊跨境違法活動，保護民眾的合法權益，維護正常的市場秩序，請各界放心。",
    "兩年來，全市設立了四十個檢查站，出動員警一萬餘人次，檢查車輛三十二萬輛，沒有發生重大安全事故，成效十分明顯。",
)


def text_document(text: str) -> Document:
    """Open a text as the bytes of a UTF-8 file."""
    return open_document(text.encode(), id="text", name="text.txt")


def page_document(markup: str) -> Document:
    """Open markup as the bytes of a UTF-8 page."""
    return open_document(markup.encode(), id="page", name="page.html")


def lines_of(document: Document, *kinds: str) -> list[str]:
    """The text of the blocks of some kinds, or of all."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if not kinds or block.kind in kinds
    ]


def grid_of(document: Document, number: int = 0) -> list[list[str]]:
    """The cells of a table, row by row."""
    rows: dict[int, list[str]] = {}
    for cell in document.tables[number].cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return [rows[row] for row in sorted(rows)]


def assert_places_read_back(document: Document, data: bytes) -> None:
    """Each place's bytes, decoded, are its text; in a page, with the references decoded."""
    for place in document.places:
        source = data[place.first : place.last].decode(document.encoding)
        said = html.unescape(source) if document.media_type == "text/html" else source
        assert said == document.text[place.start : place.end]


def assert_is_whole(document: Document) -> None:
    """Blocks and cells stand in order, inside the text, without overlap; rows belong to tables that exist."""
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        assert (block.table is not None) == (block.kind == "row")
        at = block.end
    for table in document.tables:
        assert all(table.start <= cell.start < cell.end <= table.end for cell in table.cells)
        assert len({(cell.row, cell.column) for cell in table.cells}) == len(table.cells)
    assert {block.table for block in document.blocks if block.kind == "row"} == set(
        range(len(document.tables))
    )


def page_sample(name: str) -> tuple[Document, bytes]:
    """Open one of the pages beside the tests; gives the document and its bytes."""
    data = (PAGES / name).read_bytes()
    return open_document(data, id=name, name=name), data


def refusal(data: bytes, name: str) -> str:
    """The code of the error that a file of this name ends with; it must say what to do next."""
    with pytest.raises(DocumentError) as caught:
        open_document(data, id="a", name=name)
    assert caught.value.next_step
    return caught.value.code

"""Pages as pictures: every figure in a box that leads to its row, and nothing that loads."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib
from pathlib import Path

import pytest

import tallyroom
from documents.prints import campaign, set_paragraphs
from tallyroom.model import Reading
from tallyroom.model.spots import boxes_of
from tallyroom.pipeline.picturing import Pictures
from tallyroom.show.html import write_html


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("printed") / "bulletin.pdf"
    path.write_bytes(set_paragraphs(campaign("en", 24), "en", 2))
    return path


@pytest.fixture(scope="module")
def reading(printed: Path) -> Reading:
    return tallyroom.read(printed, published="2024-07-01", keep=True)


def page_of(reading: Reading, pictures: Pictures) -> str:
    out = io.BytesIO()
    write_html([reading], out, pictures=pictures.of)
    return out.getvalue().decode()


def test_each_page_with_figures_is_a_picture_of_its_size(reading: Reading) -> None:
    pictures = Pictures().of(reading)

    pages = {
        page for row in reading.observations for page, _ in boxes_of(reading.document, row.start, row.end)
    }
    assert [picture.page for picture in pictures] == sorted(pages)
    for picture in pictures:
        assert (picture.width, picture.height) == (59528, 84189)
        across, down = struct.unpack(">II", picture.png[16:24])
        assert abs(across / down - picture.width / picture.height) < 0.01
        assert len(set(zlib.decompress(picture.png[41:-16]))) > 10


def test_every_figure_has_a_box_that_leads_to_its_row(reading: Reading) -> None:
    page = page_of(reading, Pictures())
    boxes = re.findall(
        r'<a(?: id="([^"]+)")? class="figure" href="#([^"]+)" aria-label="([^"]+)"><title>', page
    )
    ids = set(re.findall(r' id="([^"]+)"', page))

    assert len(boxes) >= len({(row.start, row.end) for row in reading.observations})
    assert {target for _, target, _ in boxes} <= ids
    assert all(re.match(r"\d", name) for _, _, name in boxes)
    assert re.search(r'aria-label="Page 1: \d+ figures marked"', page)


def test_pictures_stand_in_the_page_and_nothing_else_may_load(reading: Reading) -> None:
    page = page_of(reading, Pictures())

    assert "default-src 'none'" in page
    for data in re.findall(r'href="data:image/png;base64,([^"]+)"', page):
        assert base64.b64decode(data).startswith(b"\x89PNG")
    assert not re.findall(r'(?:src|href)="(?!#|data:image/png)', page)


def test_pictures_end_where_there_is_no_room_left(reading: Reading) -> None:
    whole = Pictures().of(reading)
    first = len(whole[0].png)

    assert Pictures(first).of(reading) == whole[:1]
    assert Pictures(0).of(reading) == ()
    assert "<svg" not in page_of(reading, Pictures(0))


def test_a_text_has_no_pages() -> None:
    assert Pictures().of(tallyroom.read(text="Police solved 41 cases.", keep=True)) == ()


def test_a_trace_tells_page_and_box(reading: Reading) -> None:
    with tallyroom.open_ledger(":memory:") as ledger:
        recorded = ledger.record(reading, author="office")
        row = reading.observations[0]
        told = ledger.trace(recorded.document + 1)

    assert [(spot.page, spot.box) for spot in told.seen] == boxes_of(reading.document, row.start, row.end)

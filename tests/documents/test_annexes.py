"""The annex of a release is furniture: its numbers were all printed before."""

from __future__ import annotations

import pytest

from tallyroom.documents import open_document

PAGE = (
    "<h1>Results of the year</h1><p>Officers solved 412 cases in 2024, the office said on Monday.</p>"
    "<table><tr><th>Area<th>Cases<tr><td>North<td>212<tr><td>South<td>200</table>"
    "<h2>{head}</h2><table><tr><th>Printed<th>Entries<tr><td>412 cases<td>3, 5<tr><td>212<td>3</table><p>Foot.</p>"
)


@pytest.mark.parametrize("head", ["Where each number comes from", "WHERE EACH NUMBER COMES FROM", "数字溯源"])
def test_all_from_its_head_on_is_furniture(head: str) -> None:
    document = open_document(PAGE.format(head=head).encode(), id="release", name="release.html")
    kinds = [(document.text[block.start : block.end], block.kind) for block in document.blocks]

    assert [kind for _, kind in kinds[:5]] == ["title", "paragraph", "row", "row", "row"]
    assert {kind for _, kind in kinds[5:]} == {"furniture"}
    assert kinds[5][0] == head
    assert len(document.tables) == 1


def test_another_head_is_none() -> None:
    document = open_document(
        PAGE.format(head="Where figures rose").encode(), id="release", name="release.html"
    )

    assert len(document.tables) == 2
    assert [block.kind for block in document.blocks].count("furniture") == 0

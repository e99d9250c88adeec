"""PDFs made to harm: bounded in time and memory, told with a code, and the next one is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from documents.rawpdf import FONT, a_pdf, pages_of, show, stream
from tallyroom.documents import DocumentError, open_document
from tallyroom.documents.errors import NoTextLayer, SourceTooLarge
from tallyroom.documents.guard import Limits, guarded
from tallyroom.documents.pdf.pictures import draw_pages
from tallyroom.documents.request import Request
from tallyroom.model import Document

SMALL = Limits(memory=1024**3, seconds=4, patience=60)
ONE = stream(show(b"Police solved 41 cases."))


def with_forms(forms: list[bytes]) -> bytes:
    """A page that draws the first of these forms, from object 6 on."""
    page = b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
    pages = b"<</Type/Pages/Count 1/Kids[4 0 R]/MediaBox[0 0 600 800]>>"
    return a_pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, FONT, page, stream(b"/X Do"), *forms])


def a_form(times: int, drawn: int) -> bytes:
    """A form that draws a word, and another form so many times."""
    more = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>/Font<</F 3 0 R>>>>"
        % drawn
    )
    return stream(b"/X Do " * times + show(b"41 cases"), more)


def opened(data: bytes) -> Document:
    """Open with less memory and time than documents have otherwise."""
    request = Request(data, "x", "x.pdf")
    return guarded(
        "tallyroom.documents.pdf.page:open_pdf", request, gives=Document, where="x.pdf", limits=SMALL
    )


HARMFUL: dict[str, Callable[[], bytes]] = {
    "forms that double thirty times": lambda: with_forms(
        [*(a_form(2, 7 + at) for at in range(30)), a_form(0, 6)]
    ),
    "a form that draws itself": lambda: with_forms([a_form(3, 6)]),
    "a line after the other, ten million characters": lambda: pages_of(
        [stream(b"BT /F 1 Tf 5 700 Td " + b"(Police solved 41 cases in it.) Tj 0 -1 Td " * 340_000 + b" ET")]
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_would_never_end_is_ended_and_the_next_document_is_read(name: str) -> None:
    with pytest.raises(DocumentError) as error:
        opened(HARMFUL[name]())

    assert error.value.code in ("DC104", "DC113", "DC114", "DC115")
    assert error.value.next_step
    assert opened(pages_of([ONE])).text == "Police solved 41 cases."


def test_more_pages_than_a_document_has_are_refused_at_once() -> None:
    with pytest.raises(SourceTooLarge, match="20001"):
        opened(pages_of([ONE] * 20_001))


def test_a_tree_of_pages_that_holds_itself_is_refused() -> None:
    data = a_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 100000/Kids[2 0 R 2 0 R]>>"])

    with pytest.raises(DocumentError):
        opened(data)


def test_a_stream_that_unpacks_to_much_is_bounded() -> None:
    with pytest.raises((NoTextLayer, DocumentError)):
        opened(pages_of([stream(b" " * 300_000_000)]))


def test_a_page_of_very_many_lines_and_characters_is_read_in_time() -> None:
    lines = b"".join(
        b"10 %d m 590 %d l S %d 10 m %d 790 l S\n" % (at * 2, at * 2, at * 1.5, at * 1.5) for at in range(390)
    )
    digits = b"".join(show(b"4", 10 + at % 100 * 5, 10 + at // 100 * 7, 4) for at in range(8000))

    assert opened(pages_of([stream(lines + digits)])).text.count("4") == 8000


def test_thousands_of_pages_are_read() -> None:
    pages = [stream(show(b"Police solved %d cases." % number)) for number in range(3000)]

    document = open_document(pages_of(pages), id="x", name="x.pdf")

    assert len(document.blocks) == 3000
    assert document.spots[-1].page == 3000


def test_a_page_as_large_as_a_country_is_drawn_small() -> None:
    data = pages_of([ONE], box=b"0 0 1000000 1000000")

    (picture,) = draw_pages(data, "x.pdf", [1], 10_000_000)

    assert len(picture.png) < 1_000_000


def test_a_program_in_a_pdf_does_not_run_and_its_attachments_are_left_alone() -> None:
    data = pages_of([ONE]).replace(
        b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Type/Catalog"
    )

    assert opened(data).text == "Police solved 41 cases."

"""PDFs whose numbers are those of no sheet of paper: found by changing files at random."""

from __future__ import annotations

import pytest

from documents.prints import pdf_document
from documents.rawpdf import pages_of, show, stream
from tallyroom.documents.errors import DocumentError

FAR = b"900000000"


def test_words_that_stand_beyond_any_paper_are_left_out() -> None:
    far = b"1 0 0 1 %s %s cm\n" % (FAR, FAR) + show(b"99 cases")
    document = pdf_document(pages_of([stream(show(b"Police solved 41 cases.") + far)]))

    assert document.text == "Police solved 41 cases."


@pytest.mark.parametrize("box", [b"0 0 %s %s" % (FAR, FAR), b"-%s 0 600 800" % FAR])
def test_a_page_larger_than_any_paper_is_read_or_refused(box: bytes) -> None:
    try:
        document = pdf_document(pages_of([stream(show(b"Police solved 41 cases."))], box=box))
    except DocumentError:
        return
    assert document.text == "Police solved 41 cases."

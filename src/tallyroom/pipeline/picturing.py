"""The pages of a document that hold figures, as pictures."""

from __future__ import annotations

from tallyroom.model import Reading
from tallyroom.model.spots import PagePicture, boxes_of
from tallyroom.pipeline.reading import Sourced

_MOST_BYTES = 24 * 1024 * 1024
"""Of the pictures of one output."""
_MOST_PAGES = 60
"""Of one document."""


class Pictures:
    """Draws the pages of readings, one reading after the other, as long as the output stays of a size to open."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._left = most_bytes

    def of(self, reading: Reading) -> tuple[PagePicture, ...]:
        """Return the pages on which a figure, or a numeral that was left over, stands.

        Nothing for a document without pages, for one whose bytes are not at hand, and when there is no room.
        """
        from tallyroom.documents.guard import guarded

        document = reading.document
        data = reading.data if isinstance(reading, Sourced) else None
        pages = _pages_of(reading)
        if not pages or data is None or document.media_type != "application/pdf":
            return ()
        drawn = guarded(
            "tallyroom.documents.pdf.pictures:draw_pages", data, document.id, pages[:_MOST_PAGES], self._left,
            gives=tuple[PagePicture, ...], where=document.id,
        )  # fmt: skip
        self._left -= sum(len(picture.png) for picture in drawn)
        return drawn


def _pages_of(reading: Reading) -> list[int]:
    document = reading.document
    spans = [(row.start, row.end) for row in reading.observations]
    spans += [(numeral.start, numeral.end) for numeral in reading.leftovers]
    return sorted({page for span in spans for page, _ in boxes_of(document, *span)})

"""The text of a PDF: paragraphs one below the other, each character with the page and box that it came from."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from tallyroom.documents.errors import SourceTooLarge
from tallyroom.documents.pdf.hyphens import joint
from tallyroom.documents.pdf.lines import PdfLine
from tallyroom.documents.pdf.paragraphs import Paragraph
from tallyroom.model import Spot

MOST_CHARACTERS = 8_000_000


class Written(msgspec.Struct):
    """A paragraph in the text."""

    start: int
    end: int
    paragraph: Paragraph
    furniture: bool


class Writer:
    """Takes paragraphs in the order in which they are read."""

    def __init__(self, where: str, known: Collection[str]) -> None:
        self.spots: list[Spot] = []
        self.written: list[Written] = []
        self.size = 0
        self._parts: list[str] = []
        self._where, self._known = where, set(known)

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def write(self, paragraph: Paragraph, furniture: bool = False) -> None:
        """Write a paragraph as one line of the text.

        Raises:
            SourceTooLarge: The text becomes longer than a document's.
        """
        if self.size:
            self._put("\n")
        start = self.size
        for line, following in zip(paragraph.lines, [*paragraph.lines[1:], None], strict=True):
            self._line(line, following)
        self.written.append(Written(start, self.size, paragraph, furniture))
        if self.size > MOST_CHARACTERS:
            raise SourceTooLarge(
                "the text is too long.", where=self._where, expected=f"at most {MOST_CHARACTERS} characters",
                found="more than that", next_step="split it into documents",
            )  # fmt: skip

    def _line(self, line: PdfLine, following: PdfLine | None) -> None:
        words, between = line.words, ""
        if following is not None:
            words, between = joint(line.words, following.words, self._known)
        self._spots(line, words)
        self._put(words + between)

    def _spots(self, line: PdfLine, words: str) -> None:
        at, length = self.size, len(words)
        for piece in line.pieces:
            end = min(piece.end, length)
            if end > piece.start:
                box = (
                    piece.box
                    if end == piece.end
                    else _shortened(piece.box, piece.end - piece.start, end - piece.start)
                )
                self.spots.append(Spot(at + piece.start, at + end, piece.page, box))

    def _put(self, words: str) -> None:
        self._parts.append(words)
        self.size += len(words)


def _shortened(box: tuple[int, int, int, int], had: int, has: int) -> tuple[int, int, int, int]:
    """The box of the first characters of a piece; pages whose text runs across are shortened at their right."""
    left, top, right, bottom = box
    return left, top, left + (right - left) * has // had, bottom

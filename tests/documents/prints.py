"""PDFs that the tests print, and an eye of their own: what the library finds in a box of a page."""

from __future__ import annotations

import ctypes
import datetime
import functools
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import tallyroom.release
from tallyroom.documents import open_document
from tallyroom.model import Document
from tallyroom.model.spots import Box, boxes_of

FIGURE = re.compile(r"\d(?:[\d,.]*\d)?")

SENTENCES = {
    "zh": (
        "云南省公安机关破获毒品刑事案件{a}起，抓获嫌疑人{b}名，缴获各类毒品{c}公斤，同比上升{d}%。",
        "广西集中查缉期间查处吸毒人员{b}人次，责令强制隔离戒毒{a}人，出动警力{e}余人次。",
        "截至目前，全国共打掉制贩毒团伙{a}个，捣毁窝点{d}处，缴获易制毒化学品{c}吨。",
    ),
    "en": (
        "Police in the northern provinces solved {a} drug-related cases and arrested {b} suspects, up {d} percent.",
        "Officers confiscated {c} kilograms of methamphetamine in {e} operations coordinated internationally.",
        "Investigations into trafficking organizations led to {b} convictions, of which {a} concerned foreigners.",
    ),
}


def campaign(lang: str, paragraphs: int) -> list[str]:
    """Paragraphs full of figures, each one different."""
    numbers = (f"{number:,}" if lang == "en" else str(number) for number in itertools.count(1017, 37))
    decimals = (f"{number}.{number % 9 + 1}" for number in itertools.count(11))
    made = []
    for _ in range(paragraphs):
        sentences = (
            sentence.format(
                a=next(numbers), b=next(numbers), c=next(decimals), d=next(decimals), e=next(numbers)
            )
            for sentence in SENTENCES[lang]
        )
        made.append((" " if lang == "en" else "").join(sentences))
    return made


def set_pages(source: str, lang: str = "en") -> bytes:
    """Set a source in the language of typst with the fonts that ship with the program."""
    import typst

    head = f'#set text(font: "Tallyroom Sans", size: 10pt, lang: "{lang}")\n'
    moment = datetime.datetime(2024, 7, 1, tzinfo=datetime.UTC)
    made = typst.compile(
        cast(Any, (head + source).encode()), font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
        timestamp=moment,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def set_paragraphs(paragraphs: list[str], lang: str, columns: int = 1, more: str = "") -> bytes:
    """Set paragraphs, justified and hyphenated, in columns of A4 pages with a running head and numbers."""
    head = (
        f'#set page(paper: "a4", columns: {columns}, header: [Bulletin], numbering: "1", margin: 18mm)\n'
        f"#set par(justify: true, first-line-indent: (amount: 2em, all: true))\n#set text(hyphenate: true)\n{more}\n"
    )
    return set_pages(head + "\n\n".join(f"#{quoted(paragraph)}" for paragraph in paragraphs), lang)


def quoted(words: str) -> str:
    """A string of typst."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


@functools.cache
def _fonts() -> Any:
    import typst

    shipped = Path(tallyroom.release.__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(shipped)])


def turned(data: bytes, degrees: int) -> bytes:
    """The same pages, shown turned."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for at in range(len(document)):
        document[at].set_rotation(degrees)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_document(data: bytes) -> Document:
    """Open a PDF."""
    return open_document(data, id="print", name="print.pdf")


def figures_of(document: Document) -> list[tuple[int, int]]:
    """The spans of the figures in a text."""
    return [found.span() for found in FIGURE.finditer(document.text)]


class Eye:
    """Reads back what stands in a box, by the library's own search for characters in a rectangle."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._document = pypdfium2.PdfDocument(data)
        self._pages: dict[int, list[tuple[str, int, int]]] = {}

    def words(self, page: int, box: Box) -> str:
        """The characters whose middle is in a box of a page as shown, without spaces."""
        inside = (
            char for char, x, y in self._characters(page) if box[0] <= x < box[2] and box[1] <= y < box[3]
        )
        return "".join(inside).replace(" ", "")

    def _characters(self, page: int) -> list[tuple[str, int, int]]:
        """The characters of a page and their middles."""
        import pypdfium2.raw as raw

        if page not in self._pages:
            shown = self._document[page - 1]
            text = shown.get_textpage()
            found = []
            for index in range(text.count_chars()):
                place = raw.FS_RECTF()
                raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(place))
                middle = self._shown(shown, (place.left + place.right) / 2, (place.top + place.bottom) / 2)
                found.append((chr(raw.FPDFText_GetUnicode(text, index)), *middle))
            self._pages[page] = found
        return self._pages[page]

    def _shown(self, page: Any, x: float, y: float) -> tuple[int, int]:
        """A point of the page as stored in hundredths of a point of the page as shown."""
        import pypdfium2.raw as raw

        width, height = page.get_size()
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            page,
            0,
            0,
            round(width * 100),
            round(height * 100),
            0,
            x,
            y,
            ctypes.byref(across),
            ctypes.byref(down),
        )
        return across.value, down.value

    def ink(self, page: int, box: Box) -> int:
        """How many dots of a box are dark when its page is drawn, at two dots to the point."""
        bitmap = self._document[page - 1].render(scale=2, grayscale=True)
        shown = bitmap.to_numpy()
        left, top, right, bottom = (value // 50 for value in box)
        return int((shown[top : bottom + 1, left : right + 1] < 128).sum())


def seen(document: Document, eye: Eye, span: tuple[int, int]) -> str:
    """What stands in the boxes of a span, one after the other."""
    return "".join(eye.words(page, box) for page, box in boxes_of(document, *span))


def texts_of(document: Document, *kinds: str) -> Iterator[str]:
    """The text of the blocks of some kinds."""
    for block in document.blocks:
        if block.kind in kinds:
            yield document.text[block.start : block.end]

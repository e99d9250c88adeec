"""The pages of a document as pictures, each figure in a box that leads to its row."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence

from tallyroom.model import Reading
from tallyroom.model.spots import Box, PagePicture, boxes_of
from tallyroom.show.labels import Labels, word
from tallyroom.show.marks import Mark
from tallyroom.show.text import clean
from tallyroom.show.words import unit_of, value_of

_ROOM = 150
"""Hundredths of a point that a box leaves around its characters."""


def pages_html(
    reading: Reading, pictures: Sequence[PagePicture], marks: Sequence[Mark], prefix: str, labels: Labels
) -> str:
    """Return the pages; "" where there are none. `prefix` begins the ids of this document.

    The picture of a page is an SVG: its boxes are links with a name, and grow and shrink with it.
    """
    lang = reading.document.lang
    boxes = list(_boxes(reading, marks, prefix, labels))
    sheets = "".join(
        _sheet(picture, [html for page, html in boxes if page == picture.page], lang) for picture in pictures
    )
    return f'<div class="pages" tabindex="0">\n{sheets}</div>\n' if sheets else ""


def _sheet(picture: PagePicture, boxes: Sequence[str], lang: str) -> str:
    name = word("page", lang).format(picture.page)
    size = f'width="{picture.width / 100:g}" height="{picture.height / 100:g}"'
    data = base64.b64encode(picture.png).decode()
    return (
        f'<figure class="page"><svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{name}: '
        f'{len(boxes)} {word("marked", lang)}" viewBox="0 0 {picture.width / 100:g} {picture.height / 100:g}">'
        f'<image {size} aria-hidden="true" href="data:image/png;base64,{data}"/>{"".join(boxes)}</svg>'
        f"<figcaption>{name}</figcaption></figure>\n"
    )


def _boxes(reading: Reading, marks: Iterable[Mark], prefix: str, labels: Labels) -> Iterator[tuple[int, str]]:
    for mark in marks:
        if mark.numeral is not None and mark.numeral.fate != "left over":
            continue
        kind = "left" if mark.numeral else "figure"
        target = f"{prefix}m{mark.start}" if mark.numeral else f"{prefix}r{mark.rows[0]}"
        name = clean(_name(reading, mark, labels))
        for at, (page, box) in enumerate(boxes_of(reading.document, mark.start, mark.end)):
            own = f' id="{prefix}b{mark.start}"' if not at else ""
            yield (
                page,
                (
                    f'<a{own} class="{kind}" href="#{target}" aria-label="{name}"><title>{name}</title>{_rect(box)}</a>'
                ),
            )


def _rect(box: Box) -> str:
    left, top, right, bottom = box[0] - _ROOM, box[1] - _ROOM, box[2] + _ROOM, box[3] + _ROOM
    return (
        f'<rect x="{left / 100:g}" y="{top / 100:g}" width="{(right - left) / 100:g}" '
        f'height="{(bottom - top) / 100:g}" rx="1.5"/>'
    )


def _name(reading: Reading, mark: Mark, labels: Labels) -> str:
    """What a box says of itself: the characters, and what they count."""
    lang, document = reading.document.lang, reading.document
    words = document.text[mark.start : mark.end]
    if mark.numeral is not None:
        return f"{words}: {word(mark.numeral.fate, lang)}"
    told = (reading.observations[at] for at in mark.rows)
    says = (
        f"{value_of(row)} {unit_of(row)} {labels.indicator(row.indicator, lang) or row.indicator}"
        for row in told
    )
    return f"{words}: {'; '.join(says)}"

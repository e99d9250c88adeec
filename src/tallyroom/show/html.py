"""Readings as one HTML page that stands alone: every figure marked, its fields on hover and focus.

The page loads nothing and sends nothing; what scripts add (filtering, keeping a card open) is comfort.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import BinaryIO

import msgspec

from tallyroom.model import Document, Observation, Reading
from tallyroom.model.spots import PagePicture, seen_of
from tallyroom.show.cards import aside_card, observation_card
from tallyroom.show.labels import Labels, word
from tallyroom.show.marks import Mark, marks_of
from tallyroom.show.page import asset, page_foot, page_head
from tallyroom.show.pages import pages_html
from tallyroom.show.rows import rows_html
from tallyroom.show.text import clean, text_html

UNSURE = 0.6
"""Below this confidence a figure is shown as one to be reviewed."""
_FATES = ("bound", "set aside", "left over")


class _Section(msgspec.Struct, frozen=True):
    """One document's part of the page, and its line in the summary."""

    html: str
    summary: str
    lang: str


def write_html(
    readings: Iterable[Reading],
    out: BinaryIO,
    labels: Labels | None = None,
    made_by: str = "tallyroom",
    pictures: Callable[[Reading], Sequence[PagePicture]] = lambda _: (),
) -> None:
    """Write one page for all readings: a summary, then for each document its text and its observations.

    Args:
        readings: What was read.
        out: Gets UTF-8.
        labels: Names for the codes; without them codes are shown alone.
        made_by: A line for the foot of the page: what made it, with which codebook.
        pictures: Gives the pages of a document that are shown as pictures beside its text.
    """
    names = labels or Labels()
    sections = [_section(reading, at, names, pictures(reading)) for at, reading in enumerate(readings, 1)]
    for part in _page(sections, made_by):
        out.write(part.encode(errors="xmlcharrefreplace"))


def page_of(reading: Reading, labels: Labels | None = None) -> str:
    """Return the page of one reading."""
    return "".join(_page([_section(reading, 1, labels or Labels())], "tallyroom"))


def _section(reading: Reading, at: int, labels: Labels, pictures: Sequence[PagePicture] = ()) -> _Section:
    document, fates = reading.document, Counter[str](numeral.fate for numeral in reading.numerals)
    prefix, name = f"d{at}", document.title or document.id
    heading = document.id if any(block.kind == "title" for block in document.blocks) else name
    marks = marks_of(reading)
    painted = text_html(document, marks, lambda mark, inner: _mark(mark, inner, reading, prefix, labels))
    lang = f' lang="{escape(document.lang)}"' if document.lang != "und" else ""
    pages = pages_html(reading, pictures, marks, prefix, labels)
    paged = ('<div class="paged">\n', "</div>\n") if pages else ("", "")
    html = (
        f'<section class="document" id="{prefix}"{lang}>\n'
        f"<h2>{clean(heading)}</h2>\n{_about(document, heading)}\n"
        f'{paged[0]}<div class="text">\n{painted}</div>\n{pages}{paged[1]}'
        f"{rows_html(reading, prefix, marks, labels)}</section>\n"
    )
    cells = [len(reading.observations), *(fates[fate] for fate in _FATES)]
    numbers = "".join(f'<td class="number">{count:,}</td>' for count in cells)
    summary = (
        f'<tr{lang}><th scope="row"><a href="#{prefix}">{clean(name)}</a></th>'
        f"<td>{clean(document.publisher or '')}</td><td>{document.published or ''}</td>{numbers}</tr>\n"
    )
    return _Section(html, summary, document.lang)


def _about(document: Document, heading: str) -> str:
    parts = [
        clean(document.id) if heading != document.id else "",
        clean(document.publisher or ""),
        f"<time>{document.published}</time>" if document.published else "",
        clean(document.url or ""),
        f'<span class="digest">SHA-256 {document.sha256[:16]}…</span>',
    ]
    return f'<p class="about">{" · ".join(part for part in parts if part)}</p>'


def _mark(mark: Mark, inner: str, reading: Reading, prefix: str, labels: Labels) -> str:
    name, lang = f"{prefix}m{mark.start}", reading.document.lang
    if mark.numeral is not None:
        kind = "left" if mark.numeral.fate == "left over" else "aside"
        card = aside_card(mark.numeral, lang)
        target = f'<span class="{kind}" id="{name}" tabindex="0" aria-describedby="{name}c">{inner}</span>'
    else:
        rows = [reading.observations[at] for at in mark.rows]
        kind = "figure unsure" if min(row.confidence for row in rows) < UNSURE else "figure"
        card = "".join(
            observation_card(row, lang, labels, _seen(reading.document, row, lang)) for row in rows
        )
        row_name = f"{prefix}r{mark.rows[0]}"
        target = f'<a class="{kind}" id="{name}" href="#{row_name}" aria-describedby="{name}c">{inner}</a>'
    return f'{target}<div class="card" role="tooltip" id="{name}c">{card}</div>'


def _seen(document: Document, row: Observation, lang: str) -> str:
    """Where a figure is seen: its page, or the name of its place."""
    spots = seen_of(document, row.start, row.end)
    pages = dict.fromkeys(spot.page for spot in spots if spot.page)
    names = dict.fromkeys(spot.name for spot in spots if spot.name)
    return ", ".join([*(word("page", lang).format(page) for page in pages), *names])


def _page(sections: list[_Section], made_by: str) -> Iterable[str]:
    lang = _language(sections)
    script = asset("page.js")
    yield page_head(f"{word('observations', lang)} · Tallyroom", lang, asset("page.css"), script)
    yield _header(sections, lang)
    yield from (section.html for section in sections)
    yield page_foot(made_by, script)


def _header(sections: list[_Section], lang: str) -> str:
    names = ("documents", "publisher", "published", "observations", *_FATES)
    heads = "".join(
        f'<th scope="col"{"" if at < 3 else " class=number"}>{word(name, lang)}</th>'
        for at, name in enumerate(names)
    )
    rows = "".join(section.summary for section in sections)
    return (
        f'<header data-filter="{word("filter", lang)}">\n<h1>{word("observations", lang)}</h1>\n{_legend(lang)}'
        f'<div class="wide" tabindex="0"><table class="summary"><thead><tr>{heads}</tr></thead>'
        f"<tbody>\n{rows}</tbody></table></div>\n</header>\n"
    )


def _legend(lang: str) -> str:
    kinds = (("figure", "bound"), ("figure unsure", "unsure"), ("left", "left over"), ("aside", "set aside"))
    items = "".join(f'<li><span class="{kind}">123</span> {word(name, lang)}</li>' for kind, name in kinds)
    return f'<ul class="legend">{items}</ul>\n'


def _language(sections: list[_Section]) -> str:
    """The language of the documents where they have one in common, else English."""
    langs = {section.lang for section in sections}
    only = langs.pop() if len(langs) == 1 else "en"
    return only if only in ("zh", "zh-Hant") else "en"

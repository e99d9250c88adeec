"""Bounds as one HTML page that stands alone: the cell on an axis, and beside it the figures that force each end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from tallyroom.model import Figure, Tie
from tallyroom.model.audit import Answer
from tallyroom.model.intervals import interval_of
from tallyroom.show.audit_words import cell_words, in_language, letter, told
from tallyroom.show.axis import Bar, axis_svg
from tallyroom.show.bounds_text import answer_words, end_words, ends_of
from tallyroom.show.findings_html import claim_html
from tallyroom.show.labels import Labels
from tallyroom.show.page import asset, page_foot, page_head
from tallyroom.show.quotes import figure_words
from tallyroom.show.text import clean


def write_answer_html(
    answer: Answer, out: BinaryIO, labels: Labels, lang: str = "en", made_by: str = "tallyroom"
) -> None:
    """Write the page, in UTF-8."""
    for part in _page(answer, labels, lang, made_by):
        out.write(part.encode(errors="xmlcharrefreplace"))


def _page(answer: Answer, labels: Labels, lang: str, made_by: str) -> Iterator[str]:
    name = labels.indicator(str(answer.cell["indicator"]), lang) or str(answer.cell["indicator"])
    title = f"{told('bounds', lang)}: {name}"
    yield page_head(title, lang, asset("page.css") + asset("audit.css"))
    yield f'<header>\n<h1>{clean(title)}</h1>\n<p class="answer">{clean(answer_words(answer, lang))}</p>\n'
    yield "".join(_facts(answer, lang)) + "</header>\n<main>\n"
    yield f"<figure>{axis_svg(_bars(answer, lang), told('drawn', lang))}<figcaption>"
    yield f'{clean(answer.bounds.unit)}</figcaption></figure>\n<div class="ends">\n'
    for side, figures, ties in ends_of(answer):
        yield _end(answer, side, figures, ties, labels, lang)
    yield f"</div>\n</main>\n{page_foot(made_by)}"


def _facts(answer: Answer, lang: str) -> Iterator[str]:
    yield f"<p>{told('cell', lang)}: <code>{clean(cell_words(answer.cell))}</code></p>\n"
    for cell in answer.without:
        yield f"<p>{told('without', lang)}: <code>{clean(cell_words(cell))}</code></p>\n"
    if answer.taken:
        taken = ", ".join(f"{name}={value}" for name, value in answer.taken.items())
        yield f"<p>{told('taken', lang)}: <code>{clean(taken)}</code></p>\n"
    if answer.bounds.unsolved:
        yield f"<p>{told('unsolved', lang)}: {clean(answer.bounds.unsolved)}</p>\n"


def _bars(answer: Answer, lang: str) -> list[Bar]:
    """The bounds, and beneath them the figures of the same unit that force them or were published."""
    found = answer.bounds
    bars = [Bar(told("bounds", lang), found.reach, "forced")]
    figures = {one.entry: one for one in (*found.published, *found.low_by, *found.high_by)}
    for figure in figures.values():
        row = figure.observation
        if row.unit == found.unit and row.statistic == "level":
            label = f"{figure_words(answer.said[figure.entry])} ({row.source})"
            bars.append(Bar(label, interval_of(row)))
    return bars


def _end(
    answer: Answer, side: str, figures: Sequence[Figure], ties: Sequence[Tie], labels: Labels, lang: str
) -> str:
    claims = "".join(
        claim_html(letter(at), answer.said[figure.entry], labels, lang) for at, figure in enumerate(figures)
    )
    items = "".join(f"<li>{clean(in_language(tie.says, lang))}</li>" for tie in ties)
    why = f'<h3>{told("ties", lang)}</h3><ul class="ties">{items}</ul>' if items else ""
    return (
        f"<section>\n<h2>{clean(end_words(answer, side, lang))}</h2>\n"
        f'<ol class="claims">{claims}</ol>{why}\n</section>\n'
    )

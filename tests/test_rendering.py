"""The test tool that renders briefings: what it makes holds every figure, and it is found again there."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from rendering import FORMS, align, flow_of, render, tabled
from rendering.flow import Grid
from tallyroom.codebook import load_codebook
from tallyroom.documents import open_document
from tallyroom.documents.formats import known_suffixes
from tallyroom.generate.briefings import a_briefing
from tallyroom.generate.pages import as_text
from tallyroom.reading import Reader

CHINESE = """港湾市禁毒工作通报

今年1至6月，全市公安机关破获毒品案件412起，抓获嫌疑人538名，缴获毒品1.31吨。

其中：
• 海洛因——12.5千克；
• 冰毒——1,204.8千克。
"""
ENGLISH = """Harbour police publish half-year figures

From January to June officers solved 412 drug cases, arrested 538 suspects and seized 1.31 tons of drugs.

Also taken: 23 pistols; 49 rifles; 1,183 rounds of ammunition.
"""
OPENED = [name for name, form in FORMS.items() if form.suffix in known_suffixes()]
PLAIN = {"zh": CHINESE, "en": ENGLISH}


@functools.cache
def reader() -> Reader:
    return Reader(load_codebook())


@pytest.mark.parametrize("form", OPENED)
@pytest.mark.parametrize("lang", PLAIN)
def test_every_figure_of_a_briefing_is_found_in_every_form(lang: str, form: str) -> None:
    text = PLAIN[lang]
    figures = rows_of(open_document(text.encode(), id="plain"))
    flow, data = render(text, form, "harbour")
    extracted = open_document(data, id="harbour", name="harbour" + FORMS[form].suffix).text
    alignment = align(flow, extracted)

    assert len(figures) >= 5
    for row in figures:
        span = alignment.span(row.start, row.end)
        assert span is not None
        assert extracted[slice(*span)].replace(" ", "") == row.text.replace(" ", "")


@pytest.mark.parametrize("form", FORMS)
def test_a_rendering_is_the_same_each_time(form: str) -> None:
    assert render(CHINESE, form, "harbour")[1] == render(CHINESE, form, "harbour")[1]


@pytest.mark.parametrize("lang", PLAIN)
def test_a_list_becomes_rows_of_a_label_and_a_figure(lang: str) -> None:
    grids = [part for part in tabled(flow_of(PLAIN[lang])).parts if isinstance(part, Grid)]
    rows = [[cell.text for cell in row] for grid in grids for row in grid.rows]

    wanted = {"zh": ["破获毒品案件", "412起"], "en": ["rounds of ammunition", "1,183"]}
    assert wanted[lang] in rows


def test_pieces_are_characters_of_the_plain_text() -> None:
    for text in PLAIN.values():
        for piece in tabled(flow_of(text)).pieces():
            if piece.start is not None:
                assert text[piece.start : piece.start + len(piece.text)] == piece.text


def test_figures_around_an_article_are_none_of_its_own() -> None:
    for number in range(8):
        _, data = render(ENGLISH, "html", f"page-{number}")
        document = open_document(data, id="page", name="page.html")

        assert "410 kg" in document.text
        assert [row.text for row in rows_of(document)] == [
            row.text for row in rows_of(open_document(ENGLISH.encode(), id="plain"))
        ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_generated_briefings_read_the_same_as_pages_of_any_site(lang: Any) -> None:
    for number in range(4):
        briefing = a_briefing(5, number, lang, load_codebook())
        text = as_text(briefing)
        _, data = render(text, "html", briefing.id, briefing.published)
        plain = open_document(text.encode(), id="plain", published=briefing.published)
        page = open_document(data, id="page", name="page.html", published=briefing.published)

        assert [(row.text, row.value) for row in rows_of(page)] == [
            (row.text, row.value) for row in rows_of(plain)
        ]


def rows_of(document: Any) -> Any:
    return reader().read(document).observations

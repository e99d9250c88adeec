"""Figures with the words that state them, as HTML: the characters marked, the document named."""

from __future__ import annotations

import re

from tallyroom.model.audit import CONTEXT, Quote, Said
from tallyroom.model.intervals import interval_of
from tallyroom.show.audit_words import told
from tallyroom.show.labels import Labels
from tallyroom.show.text import clean
from tallyroom.show.words import breakdown_of, unit_of, value_of, written_interval

_HALF = re.compile(r"[A-Za-z0-9]")
"""What may be a piece of a word at the edge of a quote: Chinese can be cut anywhere."""


def quote_html(said: Said) -> str:
    """Return the characters of a figure, marked, with those around them; nothing where its source has no text."""
    if said.quote is None:
        return ""
    lang = said.document.get("lang") or ""
    attribute = f' lang="{clean(lang)}"' if lang and lang != "und" else ""
    before, after = around(said.quote)
    text = f"{clean(before)}<mark>{clean(said.quote.text)}</mark>{clean(after)}"
    return f"<blockquote{attribute}><p>{text}</p></blockquote>"


def around(quote: Quote) -> tuple[str, str]:
    """Return what stands before and after a quote, with no half of a word at the edges; `…` where text goes on."""
    before, after = quote.before, quote.after
    if len(before) == CONTEXT:
        cut = before.partition(" ")[2] if _HALF.match(before) else before
        before = f"…{(cut or before).lstrip()}"
    if len(after) == CONTEXT:
        cut = after.rpartition(" ")[0] if _HALF.match(after[::-1]) else after
        after = f"{(cut or after).rstrip()}…"
    return before, after


def source_words(said: Said, lang: str) -> str:
    """Return where a figure stands: title, document, publisher, day, cell of a form, entry."""
    document, more = said.document, said.figure.more
    title, id = document.get("title"), document.get("id") or said.figure.observation.source
    named = [title, id if id != title else None, document.get("publisher"), document.get("published")]
    place = [str(more[name]) for name in ("reporting_unit", "cell") if more.get(name)]
    parts = [*(part for part in named if part), *place, f"{told('entry', lang)} {said.figure.entry}"]
    return " · ".join(dict.fromkeys(map(str, parts)))


def figure_words(said: Said) -> str:
    """Return a figure as it is written where it is, else its value: `8,657起`, `≥ 38,000 person`."""
    row = said.figure.observation
    return row.text or f"{value_of(row)} {unit_of(row)}"


def about_words(said: Said, labels: Labels, lang: str) -> str:
    """Return what a figure is about, on one line, with the names of codes."""
    row = said.figure.observation
    parts = (
        labels.indicator(row.indicator, lang) or row.indicator,
        ", ".join(labels.code("areas", code, lang) or code for code in row.area),
        row.period,
        row.operation_id or row.operation,
        row.agency,
        _named("offences", row.offence, labels, lang),
        _named("substances", row.substance, labels, lang),
        breakdown_of(row),
    )
    return " · ".join(part for part in parts if part)


def interval_words(said: Said, labels: Labels, lang: str) -> str:
    """Return the unit of a figure, and before it the interval that it states; that of an exact one is itself."""
    row, interval = said.figure.observation, interval_of(said.figure.observation)
    exact = interval.low is not None and interval.low == interval.high
    unit = unit_words(unit_of(row), labels, lang)
    return unit if exact else f"{written_interval(interval)} {unit}"


def unit_words(unit: str, labels: Labels, lang: str) -> str:
    """Return a unit in Chinese by its name; in English its code is read more easily (kg)."""
    return (labels.code("units", unit, lang) or unit) if lang.startswith("zh") else unit


def _named(list_name: str, code: str | None, labels: Labels, lang: str) -> str | None:
    return (labels.code(list_name, code, lang) or code) if code else None

"""The observations of one document as an HTML table by operation, each row linked to its characters."""

from __future__ import annotations

from collections.abc import Sequence

from tallyroom.model import Observation, Reading
from tallyroom.show.cards import interval_of
from tallyroom.show.labels import Labels, word
from tallyroom.show.marks import Mark
from tallyroom.show.text import clean
from tallyroom.show.words import breakdown_of, by_operation, unit_of, value_of

_COLUMNS = (
    "as written", "value", "indicator", "area", "period", "substance", "offence", "breakdown", "interval",
    "confidence", "rule",
)  # fmt: skip


def rows_html(reading: Reading, prefix: str, marks: Sequence[Mark], labels: Labels) -> str:
    """Return the table; a sentence where there is no row. `prefix` begins the ids of this document."""
    lang = reading.document.lang
    if not reading.observations:
        return f'<p class="nothing">{word("nothing", lang)}</p>\n'
    at_of = {id(row): at for at, row in enumerate(reading.observations)}
    mark_of = {at: mark.start for mark in marks for at in mark.rows}
    groups = "".join(
        _group(rows, [at_of[id(row)] for row in rows], mark_of, prefix, lang, labels)
        for rows in by_operation(reading.observations)
    )
    heads = "".join(f'<th scope="col">{word(name, lang)}</th>' for name in _COLUMNS)
    return f'<div class="wide"><table class="rows"><thead><tr>{heads}</tr></thead>\n{groups}</table></div>\n'


def _group(
    rows: Sequence[Observation],
    places: Sequence[int],
    mark_of: dict[int, int],
    prefix: str,
    lang: str,
    labels: Labels,
) -> str:
    first = rows[0]
    name = clean(first.operation) if first.operation else word("no operation", lang)
    code = f" <code>{clean(first.operation_id)}</code>" if first.operation_id else ""
    head = f'<tr class="operation"><th colspan="{len(_COLUMNS)}" scope="rowgroup">{name}{code}</th></tr>\n'
    body = "".join(
        f'<tr id="{prefix}r{at}">{_cells(row, f"{prefix}m{mark_of[at]}", lang, labels)}</tr>\n'
        for row, at in zip(rows, places, strict=True)
    )
    return f"<tbody>{head}{body}</tbody>\n"


def _cells(row: Observation, mark: str, lang: str, labels: Labels) -> str:
    indicator = labels.indicator(row.indicator, lang)
    contents = (
        f'<a href="#{mark}">{clean(row.text)}</a>',
        f'{clean(value_of(row))} <span class="unit">{clean(unit_of(row))}</span>',
        f"{clean(indicator)} <code>{clean(row.indicator)}</code>" if indicator else clean(row.indicator),
        ", ".join(f"<span>{clean(code)}</span>" for code in row.area),
        "/<wbr>".join(f"<span>{clean(day)}</span>" for day in row.period.split("/")) if row.period else "",
        clean(labels.code("substances", row.substance or "", lang) or row.substance or ""),
        clean(labels.code("offences", row.offence or "", lang) or row.offence or ""),
        clean(breakdown_of(row)),
        clean(interval_of(row)),
        f"{row.confidence:.2f}",
        f"<code>{clean(row.rule)}</code>",
    )
    return "".join(_cell(name, content, lang) for name, content in zip(_COLUMNS, contents, strict=True))


def _cell(name: str, content: str, lang: str) -> str:
    inner = f"<div>{content}</div>" if content else ""
    return f'<td data-name="{word(name, lang)}" class="{name.replace(" ", "-")}">{inner}</td>'

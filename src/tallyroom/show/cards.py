"""The card that hover and focus bring up: all fields of a figure, or why a numeral has none."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.model import Numeral, Observation
from tallyroom.model.observation import plain
from tallyroom.show.labels import Labels, word
from tallyroom.show.text import clean
from tallyroom.show.words import breakdown_of, unit_of, value_of


def observation_card(row: Observation, lang: str, labels: Labels, seen: str = "") -> str:
    """Return the fields of an observation as HTML; fields without content are left out.

    `seen` tells where it stands in a source with pages, sheets or parts.
    """
    fields = "".join(
        f"<dt>{word(name, lang)}</dt><dd>{clean(content)}</dd>"
        for name, content in (*_fields(row, lang, labels), *(("seen", seen),) * bool(seen))
    )
    name = clean(labels.indicator(row.indicator, lang) or row.indicator)
    figure = f"<b>{clean(value_of(row))} {clean(unit_of(row))}</b>"
    return f'<div class="fields"><p>{figure} {name}</p><dl>{fields}</dl></div>'


def aside_card(numeral: Numeral, lang: str) -> str:
    """Return what became of a numeral that states no observation, and by which rule."""
    rule = f": <code>{clean(numeral.rule)}</code>" if numeral.rule else ""
    return f'<div class="fields"><p>{word(numeral.fate, lang)}{rule}</p></div>'


def interval_of(row: Observation) -> str:
    """Return the interval that a figure states, as mathematics writes it: `[1305, 1315)`.

    An end that is not known is infinite and open.
    """
    low = "(−∞" if row.low is None else f"{'(' if row.low_open else '['}{plain(row.low)}"
    high = "∞)" if row.high is None else f"{plain(row.high)}{')' if row.high_open else ']'}"
    return f"{low}, {high}"


def _fields(row: Observation, lang: str, labels: Labels) -> Iterator[tuple[str, str]]:
    contents = {
        "indicator": row.indicator,
        "interval": interval_of(row),
        "area": ", ".join(row.area),
        "period": f"{row.period} ({row.period_from})" if row.period_from and row.period else row.period,
        "operation": f"{row.operation} ({row.operation_id})" if row.operation_id else row.operation,
        "offence": _coded("offences", row.offence, lang, labels),
        "substance": _coded("substances", row.substance, lang, labels),
        "breakdown": breakdown_of(row),
        "counted": row.counted,
        "agency": row.agency,
        "rule": row.rule,
        "confidence": f"{row.confidence:.2f}",
        "span": f"{row.start}-{row.end}",
    }
    yield from ((name, content) for name, content in contents.items() if content)


def _coded(list_name: str, code: str | None, lang: str, labels: Labels) -> str | None:
    name = labels.code(list_name, code, lang) if code else None
    return f"{name} ({code})" if name and name != code else code

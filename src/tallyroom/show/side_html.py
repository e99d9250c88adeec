"""Two sides as one HTML page that stands alone: how many cells agree, and each cell on an axis of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from tallyroom.model.audit import VERDICTS, Pair, Said, Side, SideBySide, Verdict
from tallyroom.model.intervals import interval_of
from tallyroom.show.audit_words import cell_words, in_language, told
from tallyroom.show.axis import Bar, Kind, axis_svg
from tallyroom.show.labels import Labels
from tallyroom.show.page import asset, page_foot, page_head
from tallyroom.show.quotes import figure_words, interval_words, quote_html, source_words
from tallyroom.show.side_table import difference_of, side_words, summary
from tallyroom.show.text import clean
from tallyroom.show.words import unit_of

_WIDE, _HIGH = 460, 22


def write_comparison_html(
    compared: SideBySide, out: BinaryIO, labels: Labels, lang: str = "en", made_by: str = "tallyroom"
) -> None:
    """Write the page, in UTF-8."""
    for part in _page(compared, labels, lang, made_by):
        out.write(part.encode(errors="xmlcharrefreplace"))


def _page(compared: SideBySide, labels: Labels, lang: str, made_by: str) -> Iterator[str]:
    title = f"{compared.first.name} · {compared.second.name}"
    yield page_head(f"{told('compare', lang)}: {title}", lang, asset("page.css") + asset("audit.css"))
    yield f'<header>\n<h1>{told("compare", lang)}</h1>\n<ul class="sides">\n'
    yield _side(compared.first, "first", lang) + _side(compared.second, "second", lang)
    yield f"</ul>\n{_counts(compared, lang)}</header>\n<main>\n"
    for verdict in VERDICTS:
        pairs = [pair for pair in compared.pairs if pair.verdict == verdict]
        if pairs:
            yield f'<section id="{verdict}">\n<h2>{told(verdict, lang)} <small>{len(pairs):,}</small></h2>\n'
            yield from _section(pairs, verdict, labels, lang)
            yield "</section>\n"
    yield "</main>\n" + page_foot(made_by)


def _side(side: Side, kind: str, lang: str) -> str:
    name = told(f"{kind} side", lang)
    return f'<li class="{kind}"><b>{name}</b> {clean(side_words(side, lang))}</li>\n'


def _counts(compared: SideBySide, lang: str) -> str:
    """A bar whose parts are the verdicts, and the same as a list of links."""
    counts, total = compared.counts(), max(len(compared.pairs), 1)
    at, parts = 0, []
    for verdict in VERDICTS:
        wide = counts[verdict] * _WIDE // total  # whole units: the last part takes what is left over
        if counts[verdict]:
            wide = max(wide, 2)
            parts.append(f'<rect class="{verdict}" x="{at}" y="0" width="{wide}" height="{_HIGH}"/>')
            at += wide
    items = "".join(
        f'<li><a href="#{verdict}"><span class="swatch {verdict}"></span>{told(verdict, lang)}</a> '
        f"<b>{counts[verdict]:,}</b></li>"
        for verdict in VERDICTS
        if counts[verdict]
    )
    return (
        f'<svg class="shares" viewBox="0 0 {max(at, 1)} {_HIGH}" preserveAspectRatio="none" role="img" '
        f'xmlns="http://www.w3.org/2000/svg" aria-label="{clean(summary(compared, lang))}">{"".join(parts)}</svg>\n'
        f'<ul class="counts">{items}</ul>\n'
    )


def _section(pairs: Sequence[Pair], verdict: Verdict, labels: Labels, lang: str) -> Iterator[str]:
    if verdict in ("first", "second"):
        yield '<ul class="alone">\n'
        for pair in pairs:
            said = pair.first or pair.second
            yield f"<li>{_about(pair, labels, lang)}{_values(said, verdict, labels, lang)}</li>\n"
        yield "</ul>\n"
        return
    for pair in pairs:
        yield f'<article class="pair">\n<h3>{_about(pair, labels, lang)}</h3>\n<div class="beside">\n'
        yield f"<figure>{_drawing(pair, lang)}{_remarks(pair, lang)}</figure>\n"
        first, second = (_values(getattr(pair, side), side, labels, lang) for side in ("first", "second"))
        yield f'<div class="claims">{first}{second}</div>\n'
        yield "</div>\n</article>\n"


def _about(pair: Pair, labels: Labels, lang: str) -> str:
    name = labels.indicator(pair.cell["indicator"], lang)
    cell = clean(cell_words(pair.cell))
    return f"{clean(name)} <code>{cell}</code>" if name else f"<code>{cell}</code>"


def _drawing(pair: Pair, lang: str) -> str:
    bars = [
        *_bars(pair.first, "first", told("first side", lang)), *_bars(pair.second, "second", told("second side", lang))
    ]  # fmt: skip
    return axis_svg(bars, told("drawn", lang))


def _bars(said: Sequence[Said], kind: Kind, name: str) -> list[Bar]:
    return [Bar(f"{name}  {figure_words(one)}", interval_of(one.figure.observation), kind) for one in said]


def _remarks(pair: Pair, lang: str) -> str:
    gap = difference_of(pair)
    unit = unit_of((pair.first or pair.second)[0].figure.observation)
    parts = [f"{told('difference', lang)}: {gap} {unit}"] if gap else []
    parts += [in_language(remark, lang) for remark in pair.remarks]
    return "".join(f'<p class="remark">{clean(part)}</p>' for part in parts)


def _values(said: Sequence[Said], kind: str, labels: Labels, lang: str) -> str:
    return "".join(
        f'<div class="claim {kind}"><p><b>{clean(figure_words(one))}</b> '
        f'<span class="interval">{clean(interval_words(one, labels, lang))}</span></p>{quote_html(one)}'
        f'<p class="where">{clean(source_words(one, lang))}</p></div>'
        for one in said
    )

"""An audit as one HTML page that stands alone: each contradiction drawn on one axis, its quoted sources beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO

from tallyroom.model import Finding
from tallyroom.model.audit import SEVERITIES, Audit, Said
from tallyroom.model.intervals import interval_of
from tallyroom.show.audit_words import in_language, letter, told
from tallyroom.show.axis import Bar, axis_svg, close_up
from tallyroom.show.findings_text import mend_words, off_words, proof_lines, says_words, summary
from tallyroom.show.labels import Labels
from tallyroom.show.page import asset, page_foot, page_head
from tallyroom.show.quotes import (
    about_words,
    figure_words,
    interval_words,
    quote_html,
    source_words,
    unit_words,
)
from tallyroom.show.text import clean
from tallyroom.show.words import unit_of

_PAIR = 2
_LISTED = 2
"""From so many findings on there is a list of them at the head."""


def write_audit_html(
    audit: Audit, out: BinaryIO, labels: Labels | None = None, lang: str = "en", made_by: str = "tallyroom"
) -> None:
    """Write the page, in UTF-8."""
    for part in _page(audit, labels or Labels(), lang, made_by):
        out.write(part.encode(errors="xmlcharrefreplace"))


def _page(audit: Audit, labels: Labels, lang: str, made_by: str) -> Iterator[str]:
    yield page_head(f"{told('audit', lang)} · Tallyroom", lang, asset("page.css") + asset("audit.css"))
    if audit.findings:
        yield f'<a class="skip" href="#f1">{told("skip", lang)}</a>\n'
    yield f"<header>\n<h1>{told('audit', lang)}</h1>\n<p>{clean(summary(audit, lang))}</p>\n"
    if audit.query:
        yield f"<p>{told('question', lang)}: <code>{clean(audit.query)}</code></p>\n"
    yield f"{_notices(audit, lang)}{_contents(audit.findings, lang)}</header>\n<main>\n"
    for severity in SEVERITIES:
        findings = [(at, one) for at, one in enumerate(audit.findings, 1) if one.severity == severity]
        if findings:
            count = f"<small>{len(findings):,}</small>"
            yield f'<section class="{severity}">\n<h2>{told(f"{severity}s", lang)} {count}</h2>\n'
            yield f'<p class="about">{told(f"{severity} about", lang)}</p>\n'
            yield from (_finding(at, one, audit.said, labels, lang) for at, one in findings)
            yield "</section>\n"
    if not audit.findings:
        yield f'<p class="nothing">{told("nothing", lang)}</p>\n'
    yield f"</main>\n{page_foot(made_by)}"


def _notices(audit: Audit, lang: str) -> str:
    """What is switched off and what was left out: it stands before all findings."""
    off = [off_words(rule, lang) for rule in audit.off]
    left = [in_language(note, lang) for note in audit.unsolved]
    return _list(off, "off", told("off", lang)) + _list(left, "unsolved", told("unsolved", lang))


def _list(items: Sequence[str], kind: str, heading: str) -> str:
    if not items:
        return ""
    inner = "".join(f"<li>{clean(item)}</li>" for item in items)
    return f'<h2 class="notice">{heading}</h2>\n<ul class="{kind}">{inner}</ul>\n'


def _contents(findings: Sequence[Finding], lang: str) -> str:
    if len(findings) < _LISTED:
        return ""
    items = "".join(
        f'<li><a href="#f{at}">{one.code}</a> {clean(says_words(one, lang))}</li>'
        for at, one in enumerate(findings, 1)
    )
    return f'<nav aria-label="{told("contents", lang)}"><ol class="contents">{items}</ol></nav>\n'


def _finding(at: int, finding: Finding, said: dict[int, Said], labels: Labels, lang: str) -> str:
    shown = [said[figure.entry] for figure in finding.figures]
    claims = "".join(claim_html(letter(place), one, labels, lang) for place, one in enumerate(shown))
    drawn = f"{_drawings(finding, said, labels, lang)}{_mends(finding, said, labels, lang)}"
    return (
        f'<article class="finding {finding.severity}" id="f{at}">\n<h3><span class="badge">{finding.code}</span> '
        f"<span>{clean(says_words(finding, lang))}</span></h3>\n"
        f'<div class="beside">\n<div>{drawn}</div>\n'
        f'<div><ol class="claims">{claims}</ol>\n{_why(finding, lang)}</div>\n</div>\n</article>\n'
    )


def _drawings(finding: Finding, said: dict[int, Said], labels: Labels, lang: str) -> str:
    """One axis for each unit; the gap once more by itself where it is too small to be seen."""
    parts = []
    for unit, bars in _bars(finding, said, lang).items():
        name = clean(unit_words(unit, labels, lang))
        if drawing := axis_svg(bars, told("drawn", lang)):
            parts.append(f"<figure>{drawing}<figcaption>{name}</figcaption></figure>")
        if enlarged := _enlarged(bars, lang):
            parts.append(f"<figure>{enlarged}<figcaption>{told('close', lang)}, {name}</figcaption></figure>")
    return "".join(parts)


def _enlarged(bars: Sequence[Bar], lang: str) -> str:
    """The first two neighbours with a gap that cannot be seen: what is said and what others force, or two figures."""
    for one, other in pairwise(bars):
        window = close_up(bars, one, other) if other.kind == "forced" or len(bars) == _PAIR else None
        if window:
            return axis_svg([one, other], told("close", lang), window)
    return ""


def _bars(finding: Finding, said: dict[int, Said], lang: str) -> dict[str, list[Bar]]:
    """For each figure what it states, then where the others force it to lie; by unit."""
    forced = {mend.entry: mend.reach for mend in finding.mends}
    stated = [interval_of(figure.observation) for figure in finding.figures]
    bars: dict[str, list[Bar]] = {}
    for at, figure in enumerate(finding.figures):
        group = bars.setdefault(unit_of(figure.observation), [])
        group.append(Bar(f"{letter(at)}  {figure_words(said[figure.entry])}", stated[at]))
        reach = forced.get(figure.entry)
        if reach and reach not in stated:
            group.append(Bar(f"{letter(at)}  {told('and others', lang)}", reach, "forced"))
    return bars


def claim_html(name: str, said: Said, labels: Labels, lang: str) -> str:
    """Return a figure as an item of a list: its letter, what it states, the quote, and where it stands."""
    return (
        f'<li class="claim"><p><b>{name}  {clean(figure_words(said))}</b> '
        f'<span class="interval">{clean(interval_words(said, labels, lang))}</span></p>{quote_html(said)}'
        f'<p class="where">{clean(source_words(said, lang))}</p>'
        f'<p class="about">{clean(about_words(said, labels, lang))}</p></li>'
    )


def _why(finding: Finding, lang: str) -> str:
    parts = []
    if finding.ties:
        items = "".join(f"<li>{clean(in_language(tie.says, lang))}</li>" for tie in finding.ties)
        parts.append(f'<h4>{told("ties", lang)}</h4><ul class="ties">{items}</ul>')
    if steps := proof_lines(finding, lang):
        items = "".join(f"<li>{clean(step)}</li>" for step in steps)
        parts.append(
            f'<details class="proof"><summary>{told("proof", lang)}</summary><ol>{items}</ol></details>'
        )
    return "\n".join(parts)


def _mends(finding: Finding, said: dict[int, Said], labels: Labels, lang: str) -> str:
    items = []
    for mend in finding.mends:
        unit = unit_words(unit_of(said[mend.entry].figure.observation), labels, lang)
        items.append(f"<p>{clean(mend_words(mend, finding, said, lang, unit))}</p>")
    return f'<div class="mend"><h4>{told("mend", lang)}</h4>{"".join(items)}</div>' if items else ""

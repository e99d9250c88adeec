"""The trace of a fact as part of a page: value, interval, arithmetic, coverage, and each entry with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from tallyroom.model import Fact, Observation
from tallyroom.model.observation import plain
from tallyroom.release.edition import Printed, marked
from tallyroom.release.traces import Explain, Explained, Step
from tallyroom.release.wording import Wording


def trace_html(at: int, fact: Fact, numbers: Sequence[Printed], explain: Explain, wording: Wording) -> str:
    """Return the trace of one fact: hidden, and shown by the page's style when a number links to it.

    `hidden` also tells whoever reads the page again that it is no part of the text.
    """
    texts, first = wording.texts, numbers[0]
    facts = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(says)}</dd></div>"
        for term, says in _facts(fact, first, wording)
    )
    entries = "".join(_entry(explain(entry), wording) for entry in fact.parts)
    back = f'<a class="close" href="#n{first.number}">{escape(texts["back"])}</a>'
    return (
        f'<section class="trace" id="t{at + 1}" role="dialog" aria-labelledby="h{at + 1}" tabindex="-1" hidden>\n'
        f'<h2 id="h{at + 1}">{escape(first.text + marked(first))}</h2>\n{back}\n<dl>{facts}</dl>\n'
        f"<ol>{entries}</ol>\n</section>\n"
    )


def _facts(fact: Fact, number: Printed, wording: Wording) -> Iterator[tuple[str, str]]:
    texts, row = wording.texts, fact.observation
    yield texts["record_value"], f"{plain(row.value)} {row.unit}"
    yield texts["interval"], interval_text(number.observation)
    yield texts["arithmetic"], texts[fact.arithmetic]
    if fact.coverage is not None:
        coverage = fact.coverage
        says = texts["coverage_all" if coverage.complete else "coverage_part"]
        yield texts["coverage"], f"{coverage.reported}/{coverage.expected} · {says}"


def interval_text(row: Observation) -> str:
    """Return the interval of a figure: `[1305, 1315) kg`."""
    if row.low is not None and row.low == row.high:
        return f"{plain(row.low)} {row.unit}"
    low = "(" if row.low_open or row.low is None else "["
    high = ")" if row.high_open or row.high is None else "]"
    ends = [plain(end) if end is not None else "∞" for end in (row.low, row.high)]
    return f"{low}{ends[0]}, {ends[1]}{high} {row.unit}"


def _entry(one: Explained, wording: Wording) -> str:
    texts = wording.texts
    head = " · ".join(
        part for part in (f"{texts['entry']} {one.entry}", one.source, one.cell, one.reporter) if part
    )
    quote = ""
    if one.text:
        quote = f"<blockquote>{escape(one.before)}<mark>{escape(one.text)}</mark>{escape(one.behind)}</blockquote>"
    value = f" <b>{escape(one.value)} {escape(one.unit)}</b>" if one.value else ""
    known = " · ".join(part for part in (one.rule, one.known, one.author, one.reason) if part)
    steps = "".join(f"<li>{escape(_step(step, wording))}</li>" for step in one.steps)
    return (
        f"<li><span>{escape(head)}</span>{value}{quote}"
        + (f"<small>{escape(known)}</small>" if known else "")
        + (f"<ul>{steps}</ul>" if steps else "")
        + "</li>\n"
    )


def _step(step: Step, wording: Wording) -> str:
    named = f"{wording.texts.get(step.kind, step.kind)} {step.entry}"
    return " · ".join(part for part in (named, step.was, step.reason, step.time) if part)

"""Findings as text that fits the terminal: the figures with their words, why they cannot be, what would mend them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tallyroom.model import Finding, Mend, Step
from tallyroom.model.audit import SEVERITIES, Audit, RuleOff, Said
from tallyroom.model.intervals import interval_of
from tallyroom.show.audit_words import in_language, letter, told
from tallyroom.show.layout import LEAST_WIDTH, Style
from tallyroom.show.quotes import around, figure_words, source_words
from tallyroom.show.widths import pad, printable, width_of, wrap
from tallyroom.show.words import grouped, unit_of, written_interval

_INDENT, _LEAST = 4, 20
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def audit_lines(audit: Audit, width: int, style: Style, lang: str = "en") -> Iterator[str]:
    """Give the lines of an audit, none wider than `width` columns: the gravest findings first."""
    width = max(width, LEAST_WIDTH)
    for severity in SEVERITIES:
        findings = [finding for finding in audit.findings if finding.severity == severity]
        if findings:
            yield style.name(f"{told(f'{severity}s', lang)} ({len(findings):,})")
            yield from (style.dim(line) for line in wrap(told(f"{severity} about", lang), width))
            yield ""
        for finding in findings:
            yield from finding_lines(finding, audit.said, width, style, lang)
            yield ""
    if not audit.findings:
        yield told("nothing", lang)
    for note in audit.unsolved:
        yield from named_lines(told("unsolved", lang), in_language(note, lang), width, style)
    for rule in audit.off:
        yield from named_lines(told("off", lang), off_words(rule, lang), width, style)
    yield from wrap(summary(audit, lang), width)


def finding_lines(
    finding: Finding, said: dict[int, Said], width: int, style: Style, lang: str
) -> Iterator[str]:
    """Give the lines of one finding."""
    for line in wrap(printable(f"{finding.code}  {says_words(finding, lang)}"), width):
        yield style.bold(line)
    for at, figure in enumerate(finding.figures):
        yield from figure_lines(letter(at), said[figure.entry], width, style, lang)
    for tie in finding.ties:
        yield from named_lines(told("because", lang), in_language(tie.says, lang), width, style)
    for at, step in enumerate(proof_lines(finding, lang)):
        name = told("proof", lang).lower()
        yield from named_lines(" " * width_of(name) if at else name, step, width, style)
    for at, mend in enumerate(finding.mends):
        yield from named_lines(
            told("or" if at else "change", lang), mend_words(mend, finding, said, lang), width, style
        )


def proof_lines(finding: Finding, lang: str) -> Sequence[str]:
    """Return the steps of the proof, with the letters of the figures and the words of the ties."""
    if not finding.steps:
        return finding.proof
    lines = [_step(step, finding, lang) for step in finding.steps]
    return [*lines, f"{told('added up', lang)} {finding.falls}{told('cannot be', lang)}"]


def _step(step: Step, finding: Finding, lang: str) -> str:
    end = f"{step.sign} {grouped(Decimal(step.end)) if _DECIMAL.fullmatch(step.end) else step.end}"
    line = f"{letter(step.of)} {end}"
    if step.is_tie:
        words = in_language(finding.ties[step.of].says, lang) if step.of < len(finding.ties) else ""
        line = f"{told('whole less parts', lang)} {end}: {words}"
    return line if step.times == "1" else f"{step.times} × ({line})"


def mend_words(
    mend: Mend, finding: Finding, said: dict[int, Said], lang: str, unit: str | None = None
) -> str:
    """Return what would have to be otherwise: the figure, where it would have to lie, and whether a slip makes it."""
    entries = [figure.entry for figure in finding.figures]
    name = letter(entries.index(mend.entry)) if mend.entry in entries else ""
    row = said[mend.entry].figure.observation
    change = f"{name}: {grouped(row.value)} → {grouped(mend.value)} {unit or unit_of(row)}"
    slip = f" ({told('slip', lang)}: {in_language(mend.slip, lang)})" if mend.slip else ""
    return f"{change}{slip}; {told('instead', lang)} {written_interval(mend.reach)}"


def off_words(rule: RuleOff, lang: str) -> str:
    """Return which rule is switched off, by whom, when, why, and how many findings that hides."""
    who = f"{rule.author}, {rule.time:%Y-%m-%d}, {told('entry', lang)} {rule.entry}"
    return f"{rule.code}: {rule.reason} ({who}); {rule.hidden:,} {told('hidden', lang)}"


def summary(audit: Audit, lang: str) -> str:
    """Return on one line how many findings there are of each severity, and what was looked at."""
    counts = [_many(sum(one.severity == of for one in audit.findings), of, lang) for of in SEVERITIES]
    comma, semicolon = ("，", "；") if lang.startswith("zh") else (", ", "; ")
    looked = f"{audit.figures:,} {told('looked at', lang)}"
    commit = f"{semicolon}{told('commit', lang)} {audit.commit} {audit.hash[:16]}" if audit.commit else ""
    return f"{comma.join(counts)}{semicolon}{looked}{commit}"


def _many(count: int, severity: str, lang: str) -> str:
    if lang.startswith("zh"):
        return f"{told(severity, lang)} {count:,} 项"
    return f"{count:,} {told(severity if count == 1 else f'{severity}s', lang).lower()}"


def says_words(finding: Finding, lang: str) -> str:
    """Return what a finding says, as a sentence begins."""
    says = in_language(finding.says, lang)
    return says[:1].upper() + says[1:]


def figure_lines(name: str, said: Said, width: int, style: Style, lang: str) -> Iterator[str]:
    """Give the lines of a figure: its letter, what it states, the words around it, and where they stand."""
    row = said.figure.observation
    head = f"{figure_words(said)} = {written_interval(interval_of(row))} {unit_of(row)}"
    room = width - _INDENT
    first, *rest = wrap(printable(head), room)
    yield f"{style.name(pad(name, _INDENT))}{first}"
    yield from (" " * _INDENT + line for line in rest)
    if said.quote:
        before, after = around(said.quote)
        quote = printable(f"{before}【{said.quote.text}】{after}")
        yield from (" " * _INDENT + line for line in wrap(quote, room))
    yield from (style.dim(" " * _INDENT + line) for line in wrap(printable(source_words(said, lang)), room))


def named_lines(name: str, text: str, width: int, style: Style) -> Iterator[str]:
    """Give a text with a name before it; what follows stands beneath the text."""
    indent = width_of(name) + 2
    first, *rest = wrap(printable(text), max(width - indent, _LEAST))
    yield f"{style.dim(name)}  {first}"
    yield from (" " * indent + line for line in rest)

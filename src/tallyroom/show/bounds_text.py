"""Bounds as text that fits the terminal: how low, how high, and the figures that force each end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tallyroom.model import Figure, Tie
from tallyroom.model.audit import Answer
from tallyroom.show.audit_words import cell_words, in_language, letter, told
from tallyroom.show.findings_text import figure_lines, named_lines
from tallyroom.show.layout import LEAST_WIDTH, Style
from tallyroom.show.widths import printable, wrap
from tallyroom.show.words import grouped, written_interval


def answer_lines(answer: Answer, width: int, style: Style, lang: str = "en") -> Iterator[str]:
    """Give the lines of an answer, none wider than `width` columns."""
    width = max(width, LEAST_WIDTH)
    found = answer.bounds
    for line in wrap(answer_words(answer, lang), width):
        yield style.bold(line)
    yield from named_lines(told("cell", lang), cell_words(answer.cell), width, style)
    for cell in answer.without:
        yield from named_lines(told("without", lang), cell_words(cell), width, style)
    if answer.taken:
        taken = ", ".join(f"{name}={value}" for name, value in answer.taken.items())
        yield from named_lines(told("taken", lang), taken, width, style)
    if not answer.without:
        yield from named_lines(told("published", lang), _published(answer, lang), width, style)
    for side, figures, ties in ends_of(answer):
        yield ""
        yield from _end(answer, side, figures, ties, width, style, lang)
    if found.unsolved:
        yield from named_lines(told("unsolved", lang), found.unsolved, width, style)


def answer_words(answer: Answer, lang: str) -> str:
    """Return both ends in one line: `220 to 240 kg`."""
    reach, unit = answer.bounds.reach, answer.bounds.unit
    if reach.low is not None and reach.low == reach.high:
        return f"{grouped(reach.low)} {unit}"
    if reach.low is None and reach.high is None:
        return told("nothing forces", lang)
    if reach.low is None or reach.high is None:
        side, value = ("highest", reach.high) if reach.low is None else ("lowest", reach.low)
        return f"{told(side, lang)} {grouped(value or Decimal(0))} {unit}"
    return f"{grouped(reach.low)} {told('to', lang)} {grouped(reach.high)} {unit}  {written_interval(reach)}"


def ends_of(answer: Answer) -> Iterator[tuple[str, Sequence[Figure], Sequence[Tie]]]:
    """Give each end with the figures and ties that force it; both at once where these are the same."""
    found = answer.bounds
    if (found.low_by, found.low_ties) == (found.high_by, found.high_ties) and found.low_by:
        yield "both", found.low_by, found.low_ties
        return
    yield "lowest", found.low_by, found.low_ties
    yield "highest", found.high_by, found.high_ties


def end_words(answer: Answer, side: str, lang: str) -> str:
    """Return one end: `at least 220 kg`, `less than 240 kg`."""
    reach = answer.bounds.reach
    if side == "both":
        return told("both", lang)
    value, is_open = (reach.low, reach.low_open) if side == "lowest" else (reach.high, reach.high_open)
    if value is None:
        return f"{told(side, lang)}: {told('nothing forces', lang)}"
    return f"{told(f'{side} open' if is_open else side, lang)} {grouped(value)} {answer.bounds.unit}"


def _end(
    answer: Answer,
    side: str,
    figures: Sequence[Figure],
    ties: Sequence[Tie],
    width: int,
    style: Style,
    lang: str,
) -> Iterator[str]:
    for line in wrap(end_words(answer, side, lang), width):
        yield style.name(line)
    for at, figure in enumerate(figures):
        yield from figure_lines(letter(at), answer.said[figure.entry], width, style, lang)
    for tie in ties:
        yield from named_lines(told("because", lang), in_language(tie.says, lang), width, style)


def _published(answer: Answer, lang: str) -> str:
    figures = answer.bounds.published
    if not figures:
        return told("unpublished", lang)
    rows = [one.observation for one in figures]
    return printable(
        ", ".join(dict.fromkeys(f"{row.text or grouped(row.value)} ({row.source})" for row in rows))
    )

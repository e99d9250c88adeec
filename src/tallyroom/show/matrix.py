"""Completeness and timeliness of a round as a matrix for the terminal: units down, forms across."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.model.campaign import Words
from tallyroom.model.returns import Rates, Status, StatusCell
from tallyroom.show.widths import pad, width_of

MARKS = {"accepted": "✓", "submitted": "+", "sent back": "↩", "overdue": "✗", "missing": "-", "none": ""}
LATE, NIL = "*", "0"
LEGEND = {
    "en": "✓ accepted  + submitted  ↩ sent back  ✗ overdue  - not in yet  * late  0 nil return  2v second version",
    "zh": "✓ 已验收  + 已上报  ↩ 已退回  ✗ 逾期未报  - 未报  * 迟报  0 零报告  2v 第二版",
}
RATES = {
    "en": ("reported", "on time", "accepted"),
    "zh": ("报送率", "及时率", "验收率"),
}
GAP = 3


def matrix_lines(status: Status, lang: str | None = None) -> Iterator[str]:
    """Give the matrix line by line; `lang` is `en` or `zh`, None both side by side."""
    names = [said(row.unit.label, lang) for row in status.rows]
    heads = [form.code for form in status.forms]
    rates = [_rate_name(at, lang) for at in range(3)]
    first = max(map(width_of, [*names, *rates]), default=0)
    widths = [max(width_of(head), 9) for head in heads]
    period = f"{status.round.start} / {status.round.end}"
    yield f"{said(status.campaign.label, lang)}"
    yield f"{status.round.code}   {period}   {_word('due', '报送期限', lang)} {status.round.due}"
    yield ""
    yield from (f"{pad(form.code, max(widths))} {said(form.label, lang)}" for form in status.forms)
    yield ""
    yield _line("", heads, first, widths)
    yield _line("", ["-" * width for width in widths], first, widths)
    for name, row in zip(names, status.rows, strict=True):
        yield _line(name, [_mark(cell) for cell in row.cells], first, widths)
    yield _line("", ["-" * width for width in widths], first, widths)
    for at, name in enumerate(rates):
        yield _line(name, [_rate(rate, at) for rate in status.rates], first, widths)
    yield ""
    yield from (LEGEND[one] for one in ([lang] if lang else ["zh", "en"]))


def said(label: Words, lang: str | None) -> str:
    """Return a label in one language, or in both."""
    if lang:
        return label.get(lang, "")
    both = (label.get("zh", ""), label.get("en", ""))
    return both[0] if both[0] == both[1] else " ".join(part for part in both if part)


def _word(en: str, zh: str, lang: str | None) -> str:
    return said({"en": en, "zh": zh}, lang)


def _line(name: str, cells: list[str], first: int, widths: list[int]) -> str:
    padded = (pad(cell, width) for cell, width in zip(cells, widths, strict=True))
    return (pad(name, first) + " " * GAP + (" " * GAP).join(padded)).rstrip()


def _mark(cell: StatusCell) -> str:
    versions = f" {cell.versions}v" if cell.versions > 1 else ""
    return f"{MARKS[cell.mark]}{NIL if cell.nil else ''}{LATE if cell.late else ''}{versions}"


def _rate_name(at: int, lang: str | None) -> str:
    return _word(RATES["en"][at], RATES["zh"][at], lang)


def _rate(rate: Rates, at: int) -> str:
    return f"{(rate.reported, rate.timely, rate.accepted)[at]}/{rate.expected}"

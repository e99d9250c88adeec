"""Charts as PNG for documents that hold no drawings of ours, set with the shipped fonts."""

from __future__ import annotations

from tallyroom.release.edition import Chart
from tallyroom.release.pdf import chart_source, style_source
from tallyroom.release.typesetting import set_png

_PAGE = (
    '#set page(width: 150mm, height: auto, margin: 3mm)\n#set text(font: "Tallyroom Sans", size: 10pt, '
    "fallback: false)\n"
)
_DOTS = 192.0
"""Twice those of a screen."""


def chart_png(chart: Chart) -> bytes:
    """Return the chart as a picture, without its caption."""
    return set_png(f"{style_source()}\n{_PAGE}{chart_source(chart, captioned=False)}", _DOTS)

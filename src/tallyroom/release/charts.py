"""Charts as SVG: horizontal bars, the label above each, the number at its end. Nothing but figures is printed."""

from __future__ import annotations

from html import escape

from tallyroom.release.edition import Chart, marked

WIDTH, BAR, STEP, LABEL = 400, 12, 40, 14
_ROOM = 110
"""What the longest bar leaves for its number."""


def chart_svg(chart: Chart, *, links: bool = True) -> str:
    """Return the chart as an SVG element, as wide as its box; colours come from the page's style.

    Args:
        chart: Bars of one unit; a bar's length is its value's share of the largest.
        links: Whether numbers link to their traces, as in a page.
    """
    most = max((abs(bar.value.observation.value) for bar in chart.bars), default=0)
    parts = []
    for at, bar in enumerate(chart.bars):
        top = at * STEP
        size = abs(bar.value.observation.value)
        wide = round(float(size / most) * (WIDTH - _ROOM), 1) if most else 0.0
        number = f'<text x="{wide + 6}" y="{top + LABEL + BAR + 5}" class="value">{_value(chart, at)}</text>'
        if links:
            number = f'<a href="#t{bar.value.fact + 1}">{number}</a>'
        parts.append(
            f'<text x="0" y="{top + LABEL}" class="label">{escape(bar.label)}</text>'
            f'<rect x="0" y="{top + LABEL + 5}" width="{max(wide, 1)}" height="{BAR}" class="bar"/>{number}\n'
        )
    return (
        f'<svg viewBox="0 0 {WIDTH} {STEP * len(chart.bars)}" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'aria-label="{escape(chart.caption)}">\n{"".join(parts)}</svg>\n'
    )


def _value(chart: Chart, at: int) -> str:
    number = chart.bars[at].value
    return escape(number.text + marked(number))

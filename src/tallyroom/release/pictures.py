"""Charts as PNG for documents that hold no drawings of ours, set by typst with the shipped fonts."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from tallyroom.release.edition import Chart
from tallyroom.release.pdf import chart_source, style_source

_PAGE = (
    '#set page(width: 150mm, height: auto, margin: 3mm)\n#set text(font: "Tallyroom Sans", size: 10pt, '
    "fallback: false)\n"
)


def chart_png(chart: Chart, lang: str) -> bytes:
    """Return the chart as a PNG at twice the resolution of a screen."""
    import typst

    source = f"{style_source()}\n{_PAGE}{chart_source(chart, captioned=False)}"
    with as_file(files("tallyroom.release") / "fonts") as fonts:
        made = typst.compile(
            source.encode(), format="png", ppi=192.0, font_paths=[Path(fonts)], ignore_system_fonts=True
        )
    assert isinstance(made, bytes)
    return made

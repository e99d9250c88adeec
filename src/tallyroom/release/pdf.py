"""An edition as PDF, set by typst with the fonts that ship with the program and no others."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from tallyroom.release.annex import annex_heads, annex_rows
from tallyroom.release.edition import (
    Block,
    Chart,
    Edition,
    Grid,
    Heading,
    Printed,
    Release,
    Runs,
    Title,
    marked,
)
from tallyroom.release.typesetting import set_pdf
from tallyroom.release.wording import wording_of

STANDARD = "a-2a"
"""PDF/A-2 with structure, for archives and for readers that speak."""


def pdf_edition(release: Release, lang: str, date: datetime.date) -> bytes:
    """Return the PDF of an edition, the same bytes on every machine.

    Every number is a link to its row in the annex, which names the entries that it was made from.

    Args:
        date: What the file says of its making: the day of publication.
    """
    return set_pdf(typst_source(release, lang), STANDARD, date)


def typst_source(release: Release, lang: str) -> str:
    """Return the edition in the language of typst."""
    edition = release.editions[lang]
    parts = [style_source(), *_opening(edition)]
    parts += [part for block in edition.body for part in _block(block, edition)]
    notes = "".join(f"({quoted(note.term)}, {_content(note.runs)})," for note in edition.notes)
    parts.append(f"#notes(({notes}))")
    parts += _annex(release, edition)
    return "\n".join([*parts, "]"])


@cache
def style_source() -> str:
    """Return the look of a bulletin: the functions that its source calls."""
    return (files("tallyroom.release") / "assets" / "release.typ").read_text(encoding="utf-8")


def _opening(edition: Edition) -> Iterator[str]:
    given = {"lang": edition.lang, "title": edition.title, "publisher": edition.publisher, "date": edition.date,
             "mark": edition.demonstration}  # fmt: skip
    yield "#bulletin(" + ", ".join(f"{name}: {quoted(value)}" for name, value in given.items()) + ")["


def _block(block: Block, edition: Edition) -> Iterator[str]:
    if isinstance(block, Title):
        yield f"#heading(level: 1, {_content(block.runs)})"
        yield f"#byline({quoted(f'{edition.publisher} · {edition.date}')})"
    elif isinstance(block, Heading):
        yield f"#heading(level: 2, {_content(block.runs)})"
    elif isinstance(block, Grid):
        yield _grid(block)
    elif isinstance(block, Chart):
        yield chart_source(block)
    else:
        yield f"#paragraph({quoted(edition.lang)}, {_content(block.runs)})"


def _grid(grid: Grid) -> str:
    heads = "".join(f"{quoted(head)}," for head in (grid.stub, *grid.heads))
    cells = "".join(
        f"{quoted(row.label)}, {''.join(f'{_content(c)},' for c in row.cells)}\n" for row in grid.rows
    )
    return f"#figures({quoted(grid.caption)}, {len(grid.heads) + 1}, ({heads}), ({cells}))"


def chart_source(chart: Chart, *, captioned: bool = True) -> str:
    """Return a chart in the language of typst; without its caption, its numbers are no links either."""
    function = "number" if captioned else "unlinked"
    most = max((abs(bar.value.observation.value) for bar in chart.bars), default=0)
    rows = []
    for bar in chart.bars:
        share = abs(bar.value.observation.value) / most if most else 0
        rows.append(f"({quoted(bar.label)}, {share:.4f}, {_number(bar.value, function)}),")
    caption = quoted(chart.caption) if captioned else "none"
    return f"#bars({caption}, ({''.join(rows)}))"


def _content(runs: Runs) -> str:
    parts = "".join(
        f"#{quoted(run)}" if isinstance(run, str) else f"#{_number(run)}" for run in runs if run != ""
    )
    return f"[{parts}]"


def _number(number: Printed, function: str = "number") -> str:
    return f"{function}({quoted(f't{number.fact + 1}')}, {quoted(number.text)}, {quoted(marked(number))})"


def _annex(release: Release, edition: Edition) -> Iterator[str]:
    wording = wording_of(edition.lang)
    heads = "".join(f"{quoted(head)}," for head in annex_heads(wording))
    cells = []
    for row in annex_rows(release, edition, wording):
        first, *rest = row.cells
        cells.append(f"[#{quoted(first)} #label({quoted(f't{row.fact + 1}')})],")
        cells.append("".join(f"{quoted(cell)}," for cell in rest) + "\n")
    yield f"#annex({quoted(wording.texts['traces'])}, ({heads}), ({''.join(cells)}))"


def quoted(text: str) -> str:
    """Return a string of typst that holds `text`: nothing in it is markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'

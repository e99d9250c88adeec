"""An edition as one HTML page that stands alone: every number is a link to its trace, without a script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from tallyroom.model import Fact
from tallyroom.release.charts import chart_svg
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
    all_numbers,
)
from tallyroom.release.tracehtml import trace_html
from tallyroom.release.traces import Explain, unexplained
from tallyroom.release.wording import Wording, wording_of

_LANGS = {"zh": "zh-Hans", "en": "en"}
_OTHER = {"zh": "中文", "en": "English"}


def html_edition(
    release: Release, lang: str, explain: Explain = unexplained, links: tuple[str, ...] = ()
) -> str:
    """Return the page of one edition.

    Args:
        release: All editions; the page links to those in other languages by their file names.
        lang: Which edition.
        explain: Tells about an entry of the record; what it says stands in the traces, hidden until asked for.
        links: Names of further files of the release, to be offered for download.
    """
    return "".join(_Page(release, release.editions[lang], explain, links).parts())


class _Page:
    def __init__(self, release: Release, edition: Edition, explain: Explain, links: tuple[str, ...]) -> None:
        self._release, self._edition, self._explain, self._links = release, edition, explain, links
        self._wording: Wording = wording_of(edition.lang)

    def parts(self) -> Iterator[str]:
        edition, script = self._edition, _asset("release.js")
        style = _asset("release.css") + _printed_mark(edition)
        policy = (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        yield (
            f'<!DOCTYPE html>\n<html lang="{_LANGS[edition.lang]}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{escape(edition.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        )
        yield from self._header()
        yield "<main>\n"
        for block in edition.body:
            yield self._block(block)
        yield "</main>\n"
        yield from self._footer()
        yield from self._traces()
        yield f"<script>{script}</script>\n</body>\n</html>\n"

    def _header(self) -> Iterator[str]:
        edition = self._edition
        yield '<header class="top">\n'
        if edition.demonstration:
            yield f'<p class="demonstration">{escape(edition.demonstration)}</p>\n'
        others = [lang for lang in self._release.editions if lang != edition.lang]
        links = "".join(
            f'<a href="{escape(self._release.id)}.{lang}.html" hreflang="{_LANGS[lang]}" lang="{_LANGS[lang]}">'
            f"{_OTHER[lang]}</a>"
            for lang in others
        )
        yield f'<nav class="languages">{links}</nav>\n</header>\n'

    def _block(self, block: Block) -> str:
        if isinstance(block, Title):
            byline = " · ".join(part for part in (self._edition.publisher, self._edition.date) if part)
            return f'<h1>{self._runs(block.runs)}</h1>\n<p class="byline">{escape(byline)}</p>\n'
        if isinstance(block, Heading):
            return f"<h2>{self._runs(block.runs)}</h2>\n"
        if isinstance(block, Grid):
            return self._grid(block)
        if isinstance(block, Chart):
            caption = escape(block.caption)
            return f"<figure>\n<figcaption>{caption}</figcaption>\n{chart_svg(block)}</figure>\n"
        return f"<p>{self._runs(block.runs)}</p>\n"

    def _grid(self, grid: Grid) -> str:
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (grid.stub, *grid.heads))
        rows = "".join(
            f'<tr><th scope="row">{escape(row.label)}</th>'
            + "".join(f"<td>{self._runs(cell)}</td>" for cell in row.cells)
            + "</tr>\n"
            for row in grid.rows
        )
        return (
            f'<div class="wide" tabindex="0" role="region" aria-label="{escape(grid.caption)}"><table>'
            f"<caption>{escape(grid.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}"
            "</tbody></table></div>\n"
        )

    def _runs(self, runs: Runs) -> str:
        return "".join(escape(run) if isinstance(run, str) else self._number(run) for run in runs).strip()

    def _number(self, number: Printed) -> str:
        mark = ""
        if number.mark:
            status = self._release.facts[number.fact].status
            meaning = self._wording.mark_meanings[status]
            mark = f'<abbr class="mark" title="{escape(meaning)}">[{escape(number.mark)}]</abbr>'
        link = f'<a class="n" id="n{number.number}" href="#t{number.fact + 1}">{escape(number.text)}</a>'
        return (link if number.text else "") + mark

    def _footer(self) -> Iterator[str]:
        yield '<footer>\n<dl class="notes">\n'
        for note in self._edition.notes:
            yield f"<div><dt>{escape(note.term)}</dt><dd>{self._runs(note.runs)}</dd></div>\n"
        yield "</dl>\n"
        if self._links:
            items = "".join(
                f'<li><a href="{escape(name)}" download>{escape(name)}</a></li>' for name in self._links
            )
            yield f'<ul class="files">{items}</ul>\n'
        if self._edition.demonstration:
            yield f'<p class="demonstration">{escape(self._edition.demonstration)}</p>\n'
        yield "</footer>\n"

    def _traces(self) -> Iterator[str]:
        facts: dict[int, list[Printed]] = {}
        for number in all_numbers(self._edition):
            facts.setdefault(number.fact, []).append(number)
        for at, numbers in sorted(facts.items()):
            fact: Fact = self._release.facts[at]
            yield trace_html(at, fact, numbers, self._explain, self._wording)


def _printed_mark(edition: Edition) -> str:
    """The style that puts the mark of generated data at the head of every page on paper."""
    if not edition.demonstration:
        return ""
    look = "color: #8a3b00; font: bold 9pt sans-serif"
    return f'@page {{ @top-center {{ content: "{edition.demonstration}"; {look} }} }}\n'


def _asset(name: str) -> str:
    return (files("tallyroom.release") / "assets" / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

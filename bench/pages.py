"""Measure how fast large web pages are opened and read in full.

    python bench/pages.py                 pages of 10 MB
    python bench/pages.py --size 2        of so many MB
    python bench/pages.py --kind cards    one kind of page

Seconds of CPU of one process. Wanted is a page of 10 MB under 2 s; what a page is made of decides whether that is
reached, so each kind is told by itself, with the part that only opens it. Pages full of figures are a tenth as large.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import cycle
from statistics import median

from common import Figure, broadcast, dev_texts, options, tell
from tallyroom.codebook import load_codebook
from tallyroom.documents import open_document
from tallyroom.reading import Reader

_PROSE = (
    "The river runs past the old mill, and in the evening people sit on its banks and talk of the harvest, of their"
    " children and of the weather, which has been mild for the season."
)
_SCRIPT = '<script>window.state = {{"page": {at}, "items": "{fill}"}};</script>'
_CARD = (
    '<div class="col-4 item-{at} card" id="c{at}" style="margin:0"><a class="link" href="/list/{at}.html">'
    '<img src="/img/{at}.jpg" alt="" width="100"></a><h3 class="title">'
    '<a href="/news/{at}">A headline of some day</a></h3>'
    '<span class="meta"><i class="icon"></i>views</span></div>\n'
)
_ROW = "<tr><td>District {at}</td><td>{at}</td><td>{more}</td></tr>\n"
_HEAD = "<table><tr><th>District</th><th>Cases solved</th><th>Persons arrested</th></tr>\n"
Parts = Callable[[], Iterator[str]]


def _numbered(pattern: str, size: int = 0) -> Iterator[str]:
    at = 0
    while True:
        at += 1
        yield pattern.format(at=at, more=at * 7 % 997, fill="x" * size)


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    lines = [f"<p>{escape(line)}</p>\n" for text in texts for line in text.splitlines() if line.strip()]
    return cycle(lines)


KINDS: dict[str, tuple[str, str, Parts]] = {
    "prose": ("English prose without figures", "", lambda: _paragraphs([_PROSE])),
    "news": (
        "a news programme (data/broadcast)",
        "",
        lambda: _paragraphs([day.text for day in broadcast(60)]),
    ),
    "scripts": (
        "data in scripts, little text",
        "",
        lambda: _numbered(_SCRIPT + "<p>A line of text.</p>", 4000),
    ),
    "cards": ("lists of links, mostly markup", "", lambda: _numbered(_CARD)),
    "dense": ("briefings (dev/texts)", "", lambda: _paragraphs([record.text for record in dev_texts()])),
    "table": ("one table, each cell an observation", _HEAD, lambda: _numbered(_ROW)),
}
"""What a kind of page is, how its body begins, and the parts that fill it."""
_FULL_OF_FIGURES = frozenset({"dense", "table"})


def main() -> int:
    """Print the seconds of each kind of page."""
    parser = options(__doc__)
    parser.add_argument("--size", type=float, default=10, metavar="MB", help="size of the pages (10)")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind; may be given again")
    parser.add_argument(
        "--runs", type=int, default=1, metavar="N", help="runs of which the median counts (1)"
    )
    chosen = parser.parse_args()
    reader = Reader(load_codebook())
    open_and_read("<p>警方抓获12人。</p><p>Police arrested 12.</p>".encode(), reader)
    figures = []
    for kind in chosen.kind or KINDS:
        size = chosen.size / 10 if kind in _FULL_OF_FIGURES else chosen.size
        data = page(kind, int(size * 1_000_000))
        taken = [open_and_read(data, reader) for _ in range(chosen.runs)]
        opened, both = (median(seconds) for seconds in zip(*taken, strict=True))
        wanted = f"{size / 5:.1f} s"
        figures.append(
            Figure(
                f"a page of {size:g} MB: {KINDS[kind][0]}",
                f"{both:.1f} s",
                wanted,
                f"{opened:.1f} s to open",
            )
        )
    tell(figures, chosen.json)
    return 0


def page(kind: str, size: int) -> bytes:
    """Return a page of at least `size` bytes."""
    _, begins, parts = KINDS[kind]
    body, length = [begins], 0
    for part in parts():
        body.append(part)
        length += len(part.encode())
        if length >= size:
            break
    return f"<!DOCTYPE html><meta charset=utf-8><title>A page</title><body>{''.join(body)}</body>".encode()


def open_and_read(data: bytes, reader: Reader) -> tuple[float, float]:
    """Return the seconds to open a page, and to open and read it."""
    begun = time.process_time()
    document = open_document(data, id="page", name="page.html")
    opened = time.process_time() - begun
    reader.read(document)
    return opened, time.process_time() - begun


if __name__ == "__main__":
    raise SystemExit(main())

"""Measure how long a PDF of 200 pages takes to open and to read, in both languages.

    python bench/pdf.py                 200 pages of the annotated briefings, again and again
    python bench/pdf.py --pages 20      a shorter one

Seconds of CPU. A PDF is opened in a process of its own: what that costs once is told beside it.
"""

from __future__ import annotations

import resource
import sys
import time

from checkout import ROOT
from common import Figure, dev_texts, options, tell

sys.path.insert(0, str(ROOT / "tests"))

import typst

from rendering.paper import _FONTS, _fonts
from tallyroom.codebook import load_codebook
from tallyroom.documents import open_document
from tallyroom.documents.guard import Limits, guarded
from tallyroom.documents.pdf.page import open_pdf
from tallyroom.documents.request import Request
from tallyroom.reading import Reader
from tallyroom.release.pdf import quoted

WANTED = 10.0
_FORMS = {"en": ("en", 1, 11), "zh": ("zh", 1, 12), "en, two columns": ("en", 2, 10)}
_FEW = 400
_WIDE = "\u2e80"


def main() -> int:
    """Print the seconds for each form."""
    parser = options(__doc__)
    parser.add_argument("--pages", type=int, metavar="N", default=200, help="pages of each document (200)")
    chosen = parser.parse_args()
    reader = Reader(load_codebook())
    figures = [start()] + [measure(name, *form, chosen.pages, reader) for name, form in _FORMS.items()]
    tell(figures, chosen.json)
    return 0


def start() -> Figure:
    """Return what the first PDF costs more than those after it: the start of the process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    guarded("os:getpid", gives=int, where="")
    waited = time.perf_counter() - began
    try:
        guarded("time:sleep", 9, gives=None, where="", limits=Limits(patience=0.0))
    except Exception:  # so that it has ended, and its time is known
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figure(
        "start of the process that opens PDFs, once", f"{spent:.2f} s", "", f"{waited:.2f} s of the clock"
    )


def measure(name: str, lang: str, columns: int, size: int, pages: int, reader: Reader) -> Figure:
    """Return the seconds to open and to read a document of so many pages."""
    data = printed(lang, columns, size, pages)
    request = Request(data, "long", "long.pdf")
    began = time.process_time()
    document = open_pdf(request)
    opened = time.process_time()
    reading = reader.read(document)
    read = time.process_time()
    assert document == open_document(data, id="long", name="long.pdf")
    last = max(spot.page or 0 for spot in document.spots)
    return Figure(
        f"{last} pages of PDF, {name}, {len(document.text):,} characters", f"{read - began:.1f} s",
        f"{WANTED:.0f} s", f"opened in {opened - began:.1f} s, then read: {len(reading.observations):,} figures",
    )  # fmt: skip


def printed(lang: str, columns: int, size: int, pages: int) -> bytes:
    """Set the briefings of a language again and again until they fill the pages."""
    texts = [record.text for record in dev_texts() if is_wide(record.text) == (lang == "zh")]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    fonts = ", ".join(map(quoted, _FONTS[lang]))
    head = (
        f'#set page(paper: "a4", columns: {columns}, numbering: "1", header: [Bulletin])\n'
        f'#set text({size}pt, lang: "{lang}", font: ({fonts}))\n#set par(justify: true)\n'
    )
    once = "\n\n".join(f"#{quoted(line)}" for line in lines) + "\n\n"
    filled = page_count(head + once * 4) / 4
    return compiled(head + once * (int(pages / filled) + 1))


def page_count(source: str) -> int:
    """Return how many pages a source fills."""
    return compiled(source).count(b"/Type/Page\n") or compiled(source).count(b"/Type/Page/")


def compiled(source: str) -> bytes:
    """Set a source."""
    made = typst.compile(source.encode(), font_paths=_fonts(), format="pdf")
    assert isinstance(made, bytes)
    return made


def is_wide(text: str) -> bool:
    """Tell whether a text is Chinese, by its first characters."""
    return sum(letter >= _WIDE for letter in text[:_FEW]) * 5 > min(len(text), _FEW)


if __name__ == "__main__":
    raise SystemExit(main())

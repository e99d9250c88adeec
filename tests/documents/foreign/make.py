"""Make the files of this folder anew: three bulletins of our own words, set by programs that are not ours.

    make.py [NAME...]      all files, or those of these names

It needs LibreOffice, Chromium, and TeX Live with xelatex, pdflatex and the Chinese packages:

    apt-get install libreoffice-writer chromium texlive-xetex texlive-lang-chinese fonts-noto-cjk

The sources that these programs are given are written by this file from `bulletin.LANG.txt`; what they make of
them is kept, since no two versions of a program set a page alike.
"""

from __future__ import annotations

import contextlib
import functools
import html
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
for folder in ("src", "tests"):
    sys.path.insert(0, str(HERE.parents[2] / folder))

from rendering.flow import Flow, Grid, Part, flow_of  # noqa: E402


class Made(NamedTuple):
    """A file: its name, the bulletin that it shows, and what makes it."""

    name: str
    lang: str
    make: Callable[[Flow, Path], None]


def chromium(css: str) -> Callable[[Flow, Path], None]:
    """Print a page with this style as PDF."""

    def make(flow: Flow, target: Path) -> None:
        body = "\n".join(map(_html, flow.parts))
        page = (
            f'<!DOCTYPE html><html lang="{flow.lang}"><meta charset="utf-8"><title>{html.escape(flow.title)}</title>'
            f"<style>body {{ font-family: 'Noto Serif CJK SC', 'Liberation Serif', serif }} td, th {{ border: 1px solid"
            f" #777; padding: 2px 6px }} table {{ border-collapse: collapse }} {css}</style>{body}</html>"
        )
        source = target.with_suffix(".html")
        source.write_text(page, "utf-8")
        with _served(target.parent) as address:
            _print(f"{address}/{source.name}", target)

    return make


def _print(address: str, target: Path) -> None:
    _run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         f"--print-to-pdf={target}", address)  # fmt: skip


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine: a browser prints the address at the foot of each page."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 8931), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield "http://127.0.0.1:8931"
        server.shutdown()


def _html(part: Part | Grid) -> str:
    if isinstance(part, Grid):
        rows = [
            "".join(f"<{'th' if at < part.heads else 'td'}>{html.escape(cell.text)}" for cell in row)
            for at, row in enumerate(part.rows)
        ]
        return f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>"
    tag = {"title": "h1", "heading": "h2", "bullet": "li"}.get(part.kind, "p")
    return f"<{tag}>{html.escape(part.piece.text)}</{tag}>"


def office(
    columns: int, page: tuple[str, str], kind: str = "pdf", ruled: bool = True
) -> Callable[[Flow, Path], None]:
    """Set a text document in LibreOffice and save it as `kind`; the title stands over all columns."""

    def make(flow: Flow, target: Path) -> None:
        source = target.with_suffix(".fodt")
        source.write_text(_fodt(flow, columns, page, ruled), "utf-8")
        _run("soffice", "--headless", "--convert-to", kind, "--outdir", str(target.parent), str(source))

    return make


def _fodt(flow: Flow, columns: int, page: tuple[str, str], ruled: bool) -> str:
    """A flat text document: page and section styles, a running head and a page number."""
    title, *parts = flow.parts
    border = "0.5pt solid #000000" if ruled else "none"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
        "<office:styles>"
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="10pt"'
        ' style:font-size-asian="10pt" style:font-name-asian="Noto Serif CJK SC" fo:font-family="Liberation Serif"'
        f' fo:hyphenate="{str(flow.lang == "en").lower()}" fo:language="{"en" if flow.lang == "en" else "none"}"'
        ' fo:country="GB"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties'
        ' fo:text-align="justify" fo:margin-bottom="2mm"/></style:style>'
        '<style:style style:name="Heading" style:family="paragraph"><style:text-properties fo:font-weight="bold"'
        ' fo:font-size="12pt" style:font-size-asian="12pt" style:font-weight-asian="bold"/></style:style>'
        "</office:styles><office:automatic-styles>"
        '<style:style style:name="S" style:family="section"><style:section-properties><style:columns'
        f' fo:column-count="{columns}" fo:column-gap="6mm"/></style:section-properties></style:style>'
        f'<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="{border}"'
        ' fo:padding="1mm"/></style:style>'
        f'<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{page[0]}"'
        f' fo:page-height="{page[1]}" fo:margin="18mm"/><style:header-style/><style:footer-style/></style:page-layout>'
        "</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="P"><style:header><text:p>'
        f"{'临江内参 第12期' if flow.lang != 'en' else 'Northmarch Gazette, issue 12'}</text:p></style:header>"
        '<style:footer><text:p>- <text:page-number/> -</text:p></style:footer></style:master-page>'
        '</office:master-styles><office:body><office:text>'
    )  # fmt: skip
    body = "".join(map(_odf, parts))
    return f'{head}{_odf(title)}<text:section text:style-name="S" text:name="S">{body}</text:section>' \
        "</office:text></office:body></office:document>"  # fmt: skip


def _odf(part: Part | Grid) -> str:
    if isinstance(part, Grid):
        rows = "".join(
            "<table:table-row>" + "".join(
                f'<table:table-cell table:style-name="C" office:value-type="string"><text:p>{html.escape(cell.text)}'
                "</text:p></table:table-cell>" for cell in row
            ) + "</table:table-row>"
            for row in part.rows
        )  # fmt: skip
        columns = f'<table:table-column table:number-columns-repeated="{len(part.rows[0])}"/>'
        return f'<table:table table:name="T">{columns}{rows}</table:table>'
    words = html.escape(part.piece.text)
    if part.kind in ("title", "heading"):
        level = 1 if part.kind == "title" else 2
        return f'<text:h text:style-name="Heading" text:outline-level="{level}">{words}</text:h>'
    return f'<text:p text:style-name="Standard">{words}</text:p>'


def latex(preamble: str, *, engine: str = "xelatex", columns: int = 1) -> Callable[[Flow, Path], None]:
    """Set an article in LaTeX, its text in so many columns below the title."""

    def make(flow: Flow, target: Path) -> None:
        title, *parts = flow.parts
        assert isinstance(title, Part)
        body = "\n\n".join(map(_tex, parts))
        if columns > 1:
            body = rf"\begin{{multicols}}{{{columns}}}{body}\end{{multicols}}"
        source = target.with_suffix(".tex")
        source.write_text(
            rf"{preamble}\usepackage{{multicol,booktabs}}\pagestyle{{headings}}\date{{}}\author{{}}"
            rf"\title{{{_escaped(title.piece.text)}}}\begin{{document}}\maketitle {body}\end{{document}}",
            "utf-8",
        )
        for _ in range(2):
            _run(engine, "-interaction=batchmode", "-halt-on-error", source.name, folder=target.parent)

    return make


def _tex(part: Part | Grid) -> str:
    if isinstance(part, Grid):
        rows = [" & ".join(_escaped(cell.text) for cell in row) + r" \\" for row in part.rows]
        lines = [r"\toprule", *rows[: part.heads], r"\midrule", *rows[part.heads :], r"\bottomrule"]
        shape = "l" + "r" * (len(part.rows[0]) - 1)
        body = "\n".join(lines)
        return rf"\noindent{{\footnotesize\begin{{tabular}}{{{shape}}}{body}\end{{tabular}}}}"
    words = _escaped(part.piece.text)
    return rf"\section*{{{words}}}" if part.kind == "heading" else words


def _escaped(words: str) -> str:
    return "".join(f"\\{sign}" if sign in "%&$#_" else sign for sign in words)


def _run(*command: str, folder: Path | None = None) -> None:
    subprocess.run(
        command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180
    )


A4, A5 = ("210mm", "297mm"), ("148mm", "210mm")
_CTEX = r"\documentclass[UTF8,a4paper,fontset=none]{ctexart}\setCJKmainfont{Noto Serif CJK SC}"
_TALL = "@page { size: A5; margin: 14mm } body { font-size: 9.5pt; text-align: justify }"
FILES = (
    Made("libreoffice-one-column.zh.pdf", "zh", office(1, A4)),
    Made("libreoffice-two-columns.zh.pdf", "zh", office(2, A5)),
    Made("libreoffice-two-columns.en.pdf", "en", office(2, A4)),
    Made("libreoffice-three-columns.en.pdf", "en", office(3, ("297mm", "210mm"), ruled=False)),
    Made("libreoffice-saved.zh.docx", "zh", office(1, A4, "docx")),
    Made("libreoffice-saved.en.docx", "en", office(2, A4, "docx")),
    Made("libreoffice-one-column.zh-Hant.pdf", "zh-Hant", office(1, A5)),
    Made("chromium-one-column.en.pdf", "en", chromium("")),
    Made("chromium-two-columns.zh.pdf", "zh", chromium(_TALL + " body { columns: 2 } h1 { column-span: all }")),
    Made("chromium-two-columns.en.pdf", "en",
         chromium(_TALL + " body { columns: 2; hyphens: auto } table { font-size: 7pt } h1 { column-span: all }")),
    Made("chromium-three-columns.zh.pdf", "zh",
         chromium("@page { size: A4 landscape } body { columns: 3; font-size: 10pt } td, th { padding: 1px }")),
    Made("chromium-one-column.zh-Hant.pdf", "zh-Hant", chromium("p { text-indent: 2em; line-height: 1.8 }")),
    Made("latex-one-column.zh.pdf", "zh", latex(_CTEX)),
    Made("latex-two-columns.zh.pdf", "zh", latex(_CTEX + r"\usepackage[margin=2cm]{geometry}", columns=2)),
    Made("latex-two-columns.en.pdf", "en",
         latex(r"\documentclass[10pt,twocolumn,a4paper]{article}", engine="pdflatex")),
    Made("latex-three-columns.en.pdf", "en",
         latex(r"\documentclass[9pt,a4paper,landscape]{extarticle}\usepackage[margin=2cm]{geometry}",
               columns=3)),
)  # fmt: skip


def main(names: list[str]) -> int:
    """Make the files in a folder of their own and keep what came out."""
    for made in FILES:
        if names and made.name not in names:
            continue
        flow = flow_of((HERE / f"bulletin.{made.lang}.txt").read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / made.name
            made.make(flow, target)
            shutil.copy(target, HERE / made.name)
        print(made.name, (HERE / made.name).stat().st_size)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

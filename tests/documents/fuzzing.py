"""Mutated valid files for every parser: what they are made from, how they are changed, what must hold of them.

The tests draw the changes with hypothesis; `bench/fuzz.py` draws many more, and lets atheris choose them by the
lines of code that they reach.
"""

from __future__ import annotations

import functools
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from documents.packages import paragraph, run, word_file, zipped
from documents.samples import PAGES, SIMPLIFIED, TRADITIONAL, assert_is_whole
from tallyroom.documents import DocumentError, open_document
from tallyroom.documents.containers.expanding import container_of, documents_in

FOREIGN = Path(__file__).parent / "foreign"
PATIENCE = 60
"""Seconds after which a file of some kilobytes counts as one that never ends."""
LONGEST = 200_000

Edit = tuple[str, float, int]
"""What is done, where (a share of the length), and with what: a number that each kind takes its own way."""
KINDS = ("cut", "drop", "flip", "repeat", "move", "put", "zero", "grow")
_SIGNS = (
    rb"""< > & &#x110000; ]]> <!-- <!DOCTYPE%a> <?xml%encoding='x'?> 999999999999999999999999 -1 1e999 ' " , ; \ ../"""
    rb""" --b =?utf-8?q? w:p </w:p> <w:tc> <w:tbl> <w:vMerge/> <w:del/> </td> <table> rowspan='9999' A1:ZZ9999999"""
    rb""" ZZZ1 endobj stream endstream /Length%99999999 /Kids trailer charset=" base64"""
)
_PIECES = (
    *(sign.replace(b"%", b" ") for sign in _SIGNS.split()), b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n",
    b"\t", b"\xe5", b"\x81\x30", b"PK\x03\x04", b"PK\x05\x06", b"Content-Type: multipart/mixed; boundary=b\n\n",
    "缴获海洛因12.5千克".encode(), "表1".encode("gb18030"),
)  # fmt: skip


class Target(NamedTuple):
    """A parser: the name that its files have, and the valid files to begin with."""

    name: str
    seeds: Callable[[], Sequence[bytes]]


class Hangs(Exception):
    """A file kept its parser busy without end."""


def mutated(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return the bytes changed; in a ZIP file every other change is made inside one of its parts."""
    for number, edit in enumerate(edits):
        inside = data.startswith(b"PK\x03\x04") and edit[2] % 4
        data = (_inside(data, edit) if inside else _edited(data, edit))[:LONGEST] if number < 40 else data
    return data


def _edited(data: bytes, edit: Edit) -> bytes:
    kind, share, number = edit
    at = int(share * len(data))
    size = number % 97 + 1
    piece = _PIECES[number % len(_PIECES)]
    return {
        "cut": lambda: data[:at],
        "drop": lambda: data[:at] + data[at + size :],
        "flip": lambda: (
            data[:at] + bytes(byte ^ (number & 0xFF or 1) for byte in data[at : at + 1]) + data[at + 1 :]
        ),
        "repeat": lambda: data[:at] + data[at : at + size] * (number % 7 + 2) + data[at + size :],
        "move": lambda: data[:at] + data[at + size :] + data[at : at + size],
        "put": lambda: data[:at] + piece + data[at:],
        "zero": lambda: data[:at] + b"\0" * size + data[at + size :],
        "grow": lambda: data[:at] + piece * (number % 500 + 1) + data[at:],
    }[kind]()


def packed(seed: bytes, which: int, content: bytes) -> bytes:
    """Return a ZIP file with other content in one of its parts, by number in the order of their names."""
    with zipfile.ZipFile(BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in sorted(archive.namelist())}
    return zipped({**parts, list(parts)[which % len(parts)]: content})


def _inside(data: bytes, edit: Edit) -> bytes:
    """Change one part of a ZIP file and pack it anew, so that the change reaches the parser behind."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # damaged by an edit before
        return _edited(data, edit)
    if not parts:
        return data
    name = sorted(parts)[edit[2] // 4 % len(parts)]
    return zipped({**parts, name: _edited(parts[name], edit)})


def check(data: bytes, name: str, patience: int = PATIENCE) -> None:
    """Open a file, and all that it holds: the project's own errors alone may come out, and whole documents.

    It is interrupted after `patience` seconds; never where that is 0.
    """
    with _patient(patience), _refusals():
        for each, inner in _documents_of(data, name):
            with _refusals():
                document = open_document(each, id="x", name=inner)
                assert_is_whole(document)
                size = len(document.text)
                assert all(0 <= spot.start < spot.end <= size for spot in document.spots)


def _documents_of(data: bytes, name: str) -> Iterator[tuple[bytes, str]]:
    container = container_of(data, name) if name.endswith((".zip", ".eml")) else None
    if container is None:
        yield data, name
        return
    for found in documents_in(container, name, lambda path: path.endswith((".txt", ".docx", ".html"))):
        if not found.member:
            yield data, name
        elif len(found.member) == 1 and found.problem is None:
            with _refusals():
                yield container.read(found.member[0]), found.member[0]


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except DocumentError as error:
        if not (error.next_step and str(error)):
            raise AssertionError(f"{error.code} does not tell what to do") from error


@contextmanager
def _patient(patience: int) -> Iterator[None]:
    """Interrupt what never ends, where the system can."""
    if sys.platform == "win32" or not patience:
        yield
        return

    def stop(*told: Any) -> None:
        raise Hangs(f"no end after {patience} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@functools.cache
def texts() -> Sequence[bytes]:
    """Texts in several encodings, with lists, tables and wrapped lines."""
    table = "指标 数量 同比\n破获案件 1286起 3.5%\n抓获嫌疑人 2341名 -2%\n"
    english = "Police solved 41 cases.\n\n| Drug | kg |\n|---|---|\n| Heroin | 12.5 |\n"
    simple = "\n".join((*SIMPLIFIED, table))
    return [
        simple.encode(), simple.encode("gb18030"), "\n".join(TRADITIONAL).encode("big5hkscs"), english.encode(),
        simple.encode("utf-16"), english.encode("utf-32-le"),
    ]  # fmt: skip


@functools.cache
def pages() -> Sequence[bytes]:
    """Web pages as sites make them."""
    return [path.read_bytes()[:LONGEST] for path in sorted(PAGES.glob("*.html"))]


@functools.cache
def word_files() -> Sequence[bytes]:
    """Word files of two programs, and one with what only Word writes."""
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>"
        for a, b in (("昆明", "120"), ("大理", "56"))
    )
    box = f"<w:r><w:txbxContent>{paragraph('Boxed: 12 cases.')}</w:txbxContent></w:r>"
    body = (
        f"<w:p><w:del>{run('1')}</w:del><w:ins>{run('41 cases')}</w:ins>{box}"
        f"<w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p><w:tbl>{rows}</w:tbl>"
    )
    by_hand = word_file(body, footnotes=f"<w:footnote w:id='2'>{paragraph('As of 5 June.')}</w:footnote>")
    return [by_hand, *(path.read_bytes() for path in sorted(FOREIGN.glob("*.docx")))]


@functools.cache
def workbooks() -> Sequence[bytes]:
    """Workbooks with merged and hidden cells, formats and formulas."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("附表 1")
        sheet.merge_range("A1:D1", "统计表", book.add_format())
        sheet.write_row("A2", ["地市", "破获", "同比"])
        sheet.write_row("A3", ["昆明", 1234.5, 0.035], book.add_format({"num_format": '#,##0.0;[Red]-0"起"'}))
        sheet.write_row("A4", ["day", 44778], book.add_format({"num_format": 'yyyy"年"m"月"'}))
        sheet.write_formula("B5", "=B3", None, 3)
        sheet.set_row(5, None, None, {"hidden": True})
        book.add_worksheet("b").write(0, 0, "41 cases")
    return [out.getvalue()]


@functools.cache
def tables() -> Sequence[bytes]:
    """Separated values."""
    rows = '表1,,\n地市,破获,同比\n昆明,"1,234",3.5%\n大理,"56\n起","a ""b"""\n'
    return [rows.encode(), rows.encode("gb18030"), rows.replace(",", ";").encode("utf-16"), b"a\tb\nc\t1\n"]


@functools.cache
def mails() -> Sequence[bytes]:
    """Mails with several bodies, attachments and a mail in them."""
    made = EmailMessage()
    made["Subject"], made["From"] = "全省禁毒通报", "省公安厅新闻办 <press@agency.example>"
    made["Date"] = "Wed, 02 Jul 2025 23:00:00 +0800"
    made.set_content(SIMPLIFIED[0], charset="gb18030")
    made.add_alternative(f"<p>{SIMPLIFIED[1]}</p>", subtype="html", charset="utf-8")
    made.add_attachment(word_files()[0], maintype="a", subtype="b", filename="附件.docx")
    around = EmailMessage()
    around.set_content("Police solved 41 cases.")
    around.add_attachment(made)
    return [made.as_bytes(), around.as_bytes(), b"Subject: a\n\nPolice solved 41 cases.\n"]


@functools.cache
def archives() -> Sequence[bytes]:
    """Archives with texts, Word files, mails and archives in them."""
    inner = zipped({"x.txt": "41 cases."})
    return [
        zipped({"dir/a.txt": SIMPLIFIED[0], "b.docx": word_files()[0], "c.zip": inner, "m.eml": mails()[2]})
    ]


@functools.cache
def prints() -> Sequence[bytes]:
    """PDFs of three programs, the smaller ones."""
    return sorted((path.read_bytes() for path in FOREIGN.glob("*.pdf")), key=len)[:3]


TARGETS = {
    "text": Target("a.txt", texts),
    "html": Target("a.html", pages),
    "docx": Target("a.docx", word_files),
    "xlsx": Target("a.xlsx", workbooks),
    "csv": Target("a.csv", tables),
    "eml": Target("a.eml", mails),
    "zip": Target("a.zip", archives),
    "pdf": Target("a.pdf", prints),
}

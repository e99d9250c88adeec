"""A briefing as a Word file: styles, lists, tables, footnotes, and a running line at head and foot."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

from rendering.flow import Flow, Grid, Part
from rendering.surroundings import surroundings_of
from tallyroom.release.archives import pinned_zip

_STYLES = {
    "title": "Title",
    "heading": "Heading 1",
    "bullet": "List Bullet",
    "paragraph": "Normal",
    "note": "Normal",
}
_MARK = re.compile(r"[〔\[（(](?:注|\d)[〕\]）)]")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def as_docx(flow: Flow, name: str, published: datetime.date | None) -> bytes:
    """Return the briefing as a Word file; notes whose mark stands in the text become footnotes."""
    document = Document()
    around = surroundings_of(flow.lang)
    section = document.sections[0]
    section.header.paragraphs[0].text = around.running
    section.footer.paragraphs[0].text = around.rights
    notes = _notes(flow)
    for part in flow.parts:
        if isinstance(part, Grid):
            _add_table(document, part)
        elif _mark_of(part) not in notes:
            _add_part(document, part, notes)
    if notes:
        _add_footnotes(document, list(notes.values()))
    out = io.BytesIO()
    document.save(out)
    return pinned_zip(out.getvalue())


def _mark_of(part: Part) -> str:
    found = _MARK.match(part.piece.text) if part.kind == "note" else None
    return found[0] if found else ""


def _notes(flow: Flow) -> dict[str, str]:
    """The words of notes by their marks, where the mark stands once before."""
    notes = {_mark_of(part): part for part in flow.parts if isinstance(part, Part) and _mark_of(part)}
    return {
        mark: part.piece.text[len(mark) :].strip()
        for mark, part in notes.items()
        if flow.text.count(mark) == 2
    }


def _add_part(document: Any, part: Part, notes: dict[str, str]) -> None:
    paragraph = document.add_paragraph(style=_STYLES[part.kind])
    at = 0
    for found in _MARK.finditer(part.piece.text):
        if found[0] in notes:
            paragraph.add_run(part.piece.text[at : found.start()])
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(list(notes).index(found[0]) + 1))
            run._r.append(reference)
            at = found.end()
    paragraph.add_run(part.piece.text[at:])


def _add_table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=len(grid.rows[0]))
    table.style = "Table Grid"
    for at, (row, cells) in enumerate(zip(table.rows, grid.rows, strict=True)):
        for cell, piece in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run(piece.text).bold = at < grid.heads
        if at < grid.heads:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _add_footnotes(document: Any, notes: list[str]) -> None:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for at, kind, mark in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    words = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for at, note in enumerate(notes, 1)
    )
    blob = f"<w:footnotes {nsdecls('w')}>{separators}{words}</w:footnotes>".encode()
    part = PackagePart(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

"""An edition as a Word document: real styles, headed tables, fonts for both scripts, numbers linked to the annex."""

from __future__ import annotations

import datetime
import io
from types import SimpleNamespace
from typing import Any

from tallyroom.release.annex import annex_heads, annex_rows
from tallyroom.release.archives import pinned_zip
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
from tallyroom.release.pictures import chart_png
from tallyroom.release.wording import Wording, wording_of

_LATIN, _HAN, _HAN_HEADS = "Arial", "SimSun", "Microsoft YaHei"
_BRAND, _SOFT, _WARN, _TINT, _LINE = "12406F", "55606E", "8A3B00", "F3F6F9", "C9D0D8"
_TAGS = {"zh": "zh-CN", "en": "en-GB"}
_LATIN_TAG = "en-GB"
"""Latin letters and digits: taken for Chinese, a number would be broken between its digits."""


def docx_edition(release: Release, lang: str, date: datetime.date) -> bytes:
    """Return the document of an edition, the same bytes on every machine.

    Args:
        date: What the file says of its making: the day of publication.
    """
    out = io.BytesIO()
    _Writer(release, release.editions[lang], date).document.save(out)
    return pinned_zip(out.getvalue())


class _Writer:
    def __init__(self, release: Release, edition: Edition, date: datetime.date) -> None:
        self.kit = _kit()
        self.release, self.edition = release, edition
        self.wording: Wording = wording_of(edition.lang)
        self.document = self.kit.Document()
        self._bookmarks = 0
        self._properties(date)
        self._styles()
        self._page()
        for block in edition.body:
            self._block(block)
        self._notes()
        self._annex()

    def _properties(self, date: datetime.date) -> None:
        about, edition = self.document.core_properties, self.edition
        about.title, about.author, about.last_modified_by = (
            edition.title,
            edition.publisher,
            edition.publisher,
        )
        about.language, about.comments, about.revision = _TAGS[edition.lang], edition.demonstration, 1
        about.created = about.modified = datetime.datetime(date.year, date.month, date.day)

    def _styles(self) -> None:
        styles = self.document.styles
        base = styles["Normal"]
        base.font.size = self.kit.Pt(11)
        base.paragraph_format.space_after = self.kit.Pt(8)
        base.paragraph_format.line_spacing = 1.5 if self.edition.lang == "zh" else 1.25
        _fonts(base, _HAN)
        sizes = {"Title": 22, "Heading 1": 15, "Caption": 10.5, "Subtitle": 10.5, "Header": 9, "Footer": 9}
        for name, size in sizes.items():
            style = styles[name]
            style.font.size, style.font.italic = self.kit.Pt(size), False
            style.font.color.rgb = self.kit.RGBColor.from_string(
                _SOFT if name in ("Subtitle", "Footer") else _BRAND
            )
            style.font.bold = name in ("Title", "Heading 1", "Caption")
            _fonts(style, _HAN_HEADS if style.font.bold else _HAN)
        styles["Caption"].font.color.rgb = self.kit.RGBColor(0x1B, 0x24, 0x30)
        styles["Caption"].paragraph_format.keep_with_next = True

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = self.kit.Mm(210), self.kit.Mm(297)
        section.left_margin = section.right_margin = self.kit.Mm(25)
        section.top_margin = section.bottom_margin = self.kit.Mm(25)
        if self.edition.demonstration:
            head = section.header.paragraphs[0]
            head.alignment = self.kit.Align.CENTER
            run = head.add_run(self.edition.demonstration)
            run.bold, run.font.color.rgb = True, self.kit.RGBColor.from_string(_WARN)
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{self.edition.publisher} · {self.edition.date}    ")
        _page_number(foot)

    def _block(self, block: Block) -> None:
        add = self.document.add_paragraph
        if isinstance(block, Title):
            self._fill(add(style="Title"), block.runs)
            add(f"{self.edition.publisher} · {self.edition.date}", style="Subtitle")
        elif isinstance(block, Heading):
            self._fill(add(style="Heading 1"), block.runs)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Chart):
            self._chart(block)
        else:
            paragraph = add()
            if self.edition.lang == "zh":
                _indent_two_characters(paragraph)
            self._fill(paragraph, block.runs)

    def _fill(self, paragraph: Any, runs: Runs) -> None:
        for run in runs:
            if isinstance(run, str):
                paragraph.add_run(run)
            else:
                self._number(paragraph, run)

    def _number(self, paragraph: Any, number: Printed) -> None:
        _link(paragraph, f"t{number.fact + 1}", number.text)
        if number.mark:
            mark = paragraph.add_run(marked(number))
            mark.font.superscript = True

    def _grid(self, grid: Grid) -> None:
        self.document.add_paragraph(grid.caption, style="Caption")
        table = self._table((grid.stub, *grid.heads), grid.caption)
        for row in grid.rows:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(row.label)
            for cell, runs in zip(cells[1:], row.cells, strict=True):
                self._fill(cell.paragraphs[0], runs)
        _finish(table, right=True)
        self.document.add_paragraph()

    def _table(self, heads: tuple[str, ...], says: str) -> Any:
        table = self.document.add_table(rows=1, cols=len(heads))
        table.autofit = True
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
        _describe(table, says)
        return table

    def _chart(self, chart: Chart) -> None:
        self.document.add_paragraph(chart.caption, style="Caption")
        picture = self.document.add_picture(io.BytesIO(chart_png(chart)), width=self.kit.Mm(150))
        says = "; ".join(f"{bar.label} {bar.value.text}" for bar in chart.bars)
        picture._inline.docPr.set("descr", f"{chart.caption}: {says}")

    def _notes(self) -> None:
        self.document.add_paragraph(self.wording.texts["about"], style="Heading 1")
        for note in self.edition.notes:
            paragraph = self.document.add_paragraph()
            paragraph.add_run(f"{note.term}{self.wording.words['colon']}").bold = True
            self._fill(paragraph, note.runs)

    def _annex(self) -> None:
        self.document.add_page_break()
        self.document.add_paragraph(self.wording.texts["traces"], style="Heading 1")
        table = self._table(annex_heads(self.wording), self.wording.texts["traces"])
        for row in annex_rows(self.release, self.edition, self.wording):
            cells = table.add_row().cells
            for at, (cell, words) in enumerate(zip(cells, row.cells, strict=True)):
                cell.paragraphs[0].add_run(words)
                if not at:
                    self._bookmarks += 1
                    _bookmark(cell.paragraphs[0], f"t{row.fact + 1}", self._bookmarks)
        _finish(table, right=False, size=8)


def _kit() -> Any:
    """What the package for Word offers, imported when a document is written."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    return SimpleNamespace(Document=Document, Align=WD_ALIGN_PARAGRAPH, Mm=Mm, Pt=Pt, RGBColor=RGBColor)


def _element(tag: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _fonts(style: Any, han: str) -> None:
    from docx.oxml.ns import qn

    style.font.name = _LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith(("Theme", "theme")):
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _LATIN)
    fonts.set(qn("w:eastAsia"), han)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", val=_LATIN_TAG, eastAsia="zh-CN"))


def _indent_two_characters(paragraph: Any) -> None:
    paragraph._p.get_or_add_pPr().append(_element("w:ind", firstLineChars="200", firstLine="440"))


def _link(paragraph: Any, anchor: str, text: str) -> None:
    from docx.oxml.ns import qn
    from docx.text.run import Run

    link = _element("w:hyperlink", anchor=anchor, history="1")
    element = _element("w:r")
    link.append(element)
    paragraph._p.append(link)
    Run(element, paragraph).text = text
    assert link.tag == qn("w:hyperlink")


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    paragraph._p.insert(0, _element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))


def _page_number(paragraph: Any) -> None:
    field = _element("w:fldSimple", instr="PAGE")
    field.append(_element("w:r"))
    paragraph._p.append(field)


def _describe(table: Any, says: str) -> None:
    properties = table._tbl.tblPr
    properties.append(_element("w:tblCaption", val=says))
    rows = table.rows[0]._tr.get_or_add_trPr()
    rows.append(_element("w:tblHeader", val="true"))


def _finish(table: Any, *, right: bool, size: float = 10) -> None:
    """Rule the table as printed statistics are: lines above, below, and between rows, none at the sides."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    borders = _element("w:tblBorders")
    for side, weight, color in (("top", "12", _BRAND), ("bottom", "12", _BRAND), ("insideH", "4", _LINE)):
        borders.append(_element(f"w:{side}", val="single", sz=weight, color=color, space="0"))
    table._tbl.tblPr.append(borders)
    for at, row in enumerate(table.rows):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
        for column, cell in enumerate(row.cells):
            if not at:
                cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", fill=_TINT))
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.space_before = Pt(2)
            paragraph.paragraph_format.line_spacing = 1.0
            if right and column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in [*paragraph.runs, *(run for link in paragraph.hyperlinks for run in link.runs)]:
                run.font.size = Pt(size)

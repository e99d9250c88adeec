"""A part of a Word file that holds text (body, notes, headers), tag by tag, to markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tallyroom.documents.docx.flow import Flow, Paragraph, Run
from tallyroom.documents.docx.styles import Styles, is_on
from tallyroom.documents.docx.tables import DocxRow, DocxTable
from tallyroom.documents.office.markup import Piece, shown
from tallyroom.documents.office.xml import Attributes
from tallyroom.model.columns import column_name

_DROPPED = {
    "w:del": "deletions of tracked changes left out", "w:moveFrom": "moved passages left out where they stood",
    "w:instrText": "", "w:delText": "", "w:delInstrText": "", "w:rt": "", "w:sectPr": "", "w:tblGrid": "",
    "w:pPrChange": "", "w:rPrChange": "", "w:tblPrChange": "", "w:trPrChange": "", "w:tcPrChange": "",
    "w:sectPrChange": "", "w:numberingChange": "", "w:tblPrExChange": "", "w:sdtPr": "", "w:fldData": "",
}  # fmt: skip
"""Elements whose text is not the document's as it is read now, and what to tell of them."""
_TEXTS = frozenset({"w:t", "m:t"})
_MARKS = {"w:br": "<br>", "w:cr": "<br>", "w:noBreakHyphen": "-", "m:sup": " ", "m:sub": " ", "m:den": " "}
"""What stands for an element; the parts of a formula are kept apart, since 10³ is not 103."""
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTES = {"w:footnote", "w:endnote"}
MOST_COLUMNS = 1_000


class Body:
    """Takes a part; `flow.pieces` is then what it shows. Counts what it leaves out in `told`."""

    def __init__(self, part: str, styles: Styles, told: Counter[str], first_table: int = 1) -> None:
        self.part, self.styles, self.told = part, styles, told
        self.flow = Flow()
        self.next_table = first_table
        self._flows = [self.flow]
        self._paragraphs = 0
        self._dropping = 0
        self._properties = 0
        self._taking = False
        self._note = ""
        self._fields: list[str] = []
        self._choices: list[bool] = []
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "w:p": self._begin_paragraph, "w:r": self._begin_run, "w:tbl": self._begin_table,
            "w:tr": self._begin_row, "w:tc": self._begin_cell, "w:txbxContent": self._begin_box,
            "w:pPr": self._begin_properties, "w:rPr": self._begin_properties, "w:trPr": self._begin_properties,
            "w:tcPr": self._begin_properties, "w:pStyle": self._style, "w:outlineLvl": self._level,
            "w:numId": self._listed, "w:vanish": self._vanish, "w:strike": self._strike,
            "w:dstrike": self._strike, "w:vertAlign": self._raise, "w:rStyle": self._run_style,
            "w:gridSpan": self._span, "w:vMerge": self._merge, "w:tblHeader": self._head_row,
            "w:hidden": self._hide_row, "w:gridBefore": self._skip_columns, "w:fldChar": self._field,
            "mc:AlternateContent": self._begin_choice, "w:tab": self._tab, "w:ptab": self._tab,
            "w:ins": self._inserted, "w:moveTo": self._inserted, "w:altChunk": self._unread,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "w:p": self._end_paragraph, "w:r": self._end_run, "w:tbl": self._end_table,
            "w:tc": self._end_cell, "w:txbxContent": self._end_box, "w:pPr": self._end_properties,
            "w:rPr": self._end_properties, "w:trPr": self._end_properties, "w:tcPr": self._end_properties,
            "mc:AlternateContent": self._end_choice,
        }  # fmt: skip

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a tag."""
        if self._dropping or self._is_dropped(name, attributes):
            self._dropping += 1
            return
        handler = self._starts.get(name)
        if handler is not None:
            handler(attributes)
        elif name in _TEXTS:
            self._taking = True
        elif name in _MARKS:
            self._add(_MARKS[name])
        elif name in _NOTES:
            self._note = attributes.get("w:id", "")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._dropping:
            self._dropping -= 1
            return
        self._taking = False
        handler = self._ends.get(name)
        if handler is not None:
            handler()

    def text(self, words: str) -> None:
        """Take characters."""
        if self._taking and not self._dropping:
            self._add(shown(words), verbatim="  " in words)

    def _is_dropped(self, name: str, attributes: Attributes) -> bool:
        if name in _DROPPED:
            if self._properties:
                self._mark_deleted(name)
            elif _DROPPED[name]:
                self.told[_DROPPED[name]] += 1
            return True
        if name == "mc:Choice" and self._choices:
            seen, self._choices[-1] = self._choices[-1], True
            return seen
        if name == "mc:Fallback":
            return bool(self._choices and self._choices[-1])
        return name in _NOTES and attributes.get("w:type") in _SEPARATORS

    def _mark_deleted(self, name: str) -> None:
        """The end of a paragraph, or a row, can be deleted too."""
        flow = self._flows[-1]
        if name == "w:del" and flow.paragraph is not None:
            flow.paragraph.is_joined = flow.run is None
        elif name == "w:del" and flow.row is not None:
            flow.row.is_shown = False
            self.told["rows of tables left out"] += 1

    def _add(self, markup: str, verbatim: bool = False) -> None:
        flow = self._flows[-1]
        if "begin" in self._fields or flow.paragraph is None:
            return
        flow.paragraph.is_verbatim = flow.paragraph.is_verbatim or verbatim
        (flow.run.parts if flow.run else flow.paragraph.parts).append(markup)

    # Paragraphs

    def _begin_paragraph(self, attributes: Attributes) -> None:
        self._paragraphs += 1
        flow = self._flows[-1]
        if flow.paragraph is not None:  # only a damaged file has one in another
            self._end_paragraph()
        name = f"{self.part}#{self._note}" if self._note else f"{self.part}¶{self._paragraphs}"
        flow.paragraph = Paragraph(flow.cell or name, parts=flow.carried)
        flow.carried = []

    def _end_paragraph(self) -> None:
        flow = self._flows[-1]
        paragraph, flow.paragraph, flow.run = flow.paragraph, None, None
        if paragraph is None:
            return
        if paragraph.is_joined:
            flow.carried = paragraph.parts
        else:
            flow.pieces += self._written(paragraph)
        flow.pieces += paragraph.boxes

    def _written(self, paragraph: Paragraph) -> list[Piece]:
        words = "".join(paragraph.parts)
        if not words.strip():
            return []
        tag = self._tag(paragraph)
        return [Piece(f"<{tag}>"), Piece(words, paragraph.name), Piece(f"</{tag}>")]

    def _tag(self, paragraph: Paragraph) -> str:
        level = paragraph.level if paragraph.level is not None else self.styles.heading(paragraph.style)
        if level is not None and level < 9:
            # A heading of the first rank is the title only where it is the first line.
            is_title = level < 0 or (level == 0 and self._flows[-1] is self.flow and not self.flow.pieces)
            return "h1" if is_title else f"h{min(level + 2, 6)}"
        if self.styles.is_contents(paragraph.style):
            return "nav"
        listed = paragraph.is_listed
        if self.styles.is_listed(paragraph.style) if listed is None else listed:
            return "li"
        return "pre" if paragraph.is_verbatim else "p"

    def _begin_run(self, attributes: Attributes) -> None:
        self._flows[-1].run = Run()

    def _end_run(self) -> None:
        flow = self._flows[-1]
        run, flow.run = flow.run, None
        if run is None or flow.paragraph is None:
            return
        words = "".join(run.parts)
        if run.is_hidden or run.is_struck:
            if words.strip():
                kind = "hidden" if run.is_hidden else "struck-out"
                self.told[f"{kind} stretches of text left out"] += 1
            return
        flow.paragraph.parts.append(f"<sup>{words}</sup>" if run.is_raised and words else words)

    # Properties

    def _begin_properties(self, attributes: Attributes) -> None:
        self._properties += 1

    def _end_properties(self) -> None:
        self._properties -= 1

    def _style(self, attributes: Attributes) -> None:
        if paragraph := self._flows[-1].paragraph:
            paragraph.style = attributes.get("w:val", "")

    def _level(self, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        if (paragraph := self._flows[-1].paragraph) and value.isdecimal():
            paragraph.level = min(int(value[:2]), 9)

    def _listed(self, attributes: Attributes) -> None:
        if paragraph := self._flows[-1].paragraph:
            paragraph.is_listed = attributes.get("w:val") != "0"

    def _vanish(self, attributes: Attributes) -> None:
        if run := self._flows[-1].run:
            run.is_hidden = is_on(attributes)

    def _strike(self, attributes: Attributes) -> None:
        if run := self._flows[-1].run:
            run.is_struck = is_on(attributes)

    def _raise(self, attributes: Attributes) -> None:
        if run := self._flows[-1].run:
            run.is_raised = attributes.get("w:val") == "superscript"

    def _run_style(self, attributes: Attributes) -> None:
        if run := self._flows[-1].run:
            run.is_hidden = run.is_hidden or self.styles.is_hidden(attributes.get("w:val", ""))

    def _tab(self, attributes: Attributes) -> None:
        if not self._properties:  # in properties it is a stop of the ruler
            self._add("\t ", verbatim=True)

    def _inserted(self, attributes: Attributes) -> None:
        if not self._properties:
            self.told["insertions of tracked changes read as text"] += 1

    def _unread(self, attributes: Attributes) -> None:
        self.told["embedded documents left out"] += 1

    def _field(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(kind)
        elif kind == "separate" and self._fields:
            self._fields[-1] = kind
        elif kind == "end" and self._fields:
            self._fields.pop()

    # Tables, boxes, choices

    def _begin_table(self, attributes: Attributes) -> None:
        self._flows[-1].tables.append(DocxTable(self.next_table))
        self.next_table += 1

    def _end_table(self) -> None:
        flow = self._flows[-1]
        if flow.tables:
            flow.pieces += flow.tables.pop().pieces()

    def _begin_row(self, attributes: Attributes) -> None:
        if tables := self._flows[-1].tables:
            tables[-1].rows.append(DocxRow())

    def _begin_cell(self, attributes: Attributes) -> None:
        flow = self._flows[-1]
        cell, place = flow.row.add() if flow.row else None, ""
        if cell:
            place = f"table {flow.tables[-1].number} {column_name(cell.column)}{len(flow.tables[-1].rows)}"
        self._flows.append(Flow(pieces=cell.pieces if cell else [], cell=place))

    def _end_cell(self) -> None:
        if len(self._flows) > 1:
            self._flows.pop()

    def _span(self, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        if (row := self._row()) and row.cells and value.isdecimal():
            row.cells[-1].colspan = min(max(int(value[:6]), 1), MOST_COLUMNS)

    def _merge(self, attributes: Attributes) -> None:
        if (row := self._row()) and row.cells:
            row.cells[-1].continues = attributes.get("w:val", "continue") == "continue"

    def _head_row(self, attributes: Attributes) -> None:
        if row := self._flows[-1].row:
            row.is_head = is_on(attributes)

    def _hide_row(self, attributes: Attributes) -> None:
        if self._properties and (row := self._flows[-1].row):
            row.is_shown = not is_on(attributes)

    def _skip_columns(self, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        if (row := self._flows[-1].row) and value.isdecimal():
            row.skipped = min(int(value[:6]), MOST_COLUMNS)

    def _row(self) -> DocxRow | None:
        """The row of the cell that is open."""
        return self._flows[-2].row if len(self._flows) > 1 else None

    def _begin_box(self, attributes: Attributes) -> None:
        self._flows.append(Flow())

    def _end_box(self) -> None:
        if len(self._flows) < 2:
            return
        box, around = self._flows.pop(), self._flows[-1]
        (around.paragraph.boxes if around.paragraph else around.pieces).extend(box.pieces)

    def _begin_choice(self, attributes: Attributes) -> None:
        self._choices.append(False)

    def _end_choice(self) -> None:
        if self._choices:
            self._choices.pop()

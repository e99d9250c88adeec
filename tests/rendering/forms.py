"""The forms that a briefing can be rendered to."""

from __future__ import annotations

import dataclasses
import datetime
import importlib
from collections.abc import Callable

from rendering.flow import Flow, flow_of
from rendering.tabling import tabled


@dataclasses.dataclass(frozen=True)
class Form:
    """A form: the ending of its files, who writes it (`module:function`), and whether lists become tables."""

    name: str
    suffix: str
    writer: str
    tables: bool = False


FORMS = {
    form.name: form
    for form in (
        Form("html", ".html", "rendering.pages:as_page"),
        Form("html, tables", ".html", "rendering.pages:as_page", tables=True),
        Form("docx", ".docx", "rendering.word:as_docx"),
        Form("docx, tables", ".docx", "rendering.word:as_docx", tables=True),
        Form("pdf", ".pdf", "rendering.paper:as_pdf"),
        Form("pdf, tables", ".pdf", "rendering.paper:as_pdf", tables=True),
    )
}


def render(text: str, form: str, name: str, published: datetime.date | None = None) -> tuple[Flow, bytes]:
    """Return a briefing's flow and its bytes in one of `FORMS`; `name` chooses what surrounds it.

    The same text, form and name give the same bytes.
    """
    chosen = FORMS[form]
    flow = tabled(flow_of(text)) if chosen.tables else flow_of(text)
    module, _, function = chosen.writer.partition(":")
    write: Callable[[Flow, str, datetime.date | None], bytes] = getattr(
        importlib.import_module(module), function
    )
    return flow, write(flow, name, published)

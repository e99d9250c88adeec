"""Briefings of plain text as people meet them: web pages, Word files, PDFs, and with their lists as tables.

A test tool, shared by tests and bench: what it makes looks as publishers' documents do and not as the program
would like them. Every character of the briefing is followed into the rendering and from there into what the
program extracts, so that annotations of the plain text can be scored on any form of it.
"""

from rendering.aligning import Alignment, align
from rendering.flow import Flow, flow_of
from rendering.forms import FORMS, Form, render
from rendering.tabling import tabled

__all__ = ["FORMS", "Alignment", "Flow", "Form", "align", "flow_of", "render", "tabled"]

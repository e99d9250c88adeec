"""The release: facts and a template to bulletins and tables, with a manifest from which they are rebuilt."""

from tallyroom.release.compose import Imprint, compose
from tallyroom.release.edition import Edition, Printed, Release
from tallyroom.release.html import html_edition
from tallyroom.release.phrases import must_say
from tallyroom.release.problems import ReleaseError
from tallyroom.release.template import Template, find_template, load_template
from tallyroom.release.text import text_edition
from tallyroom.release.traces import Explain, Explained, Step

__all__ = [
    "Edition",
    "Explain",
    "Explained",
    "Imprint",
    "Printed",
    "Release",
    "ReleaseError",
    "Step",
    "Template",
    "compose",
    "find_template",
    "html_edition",
    "load_template",
    "must_say",
    "text_edition",
]

"""What the tests of quantities share."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tallyroom.quantities.asides import find_asides

_MARK = re.compile(r"⟦(\w+)\|([^⟧]*)⟧")
_DIGITS = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")
Check = Callable[[str, str], list[str]]


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without marks, and where the marked spans are in it."""
    text, spans, done = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text, done = text + mark[2], mark.end()
    return text + marked[done:], spans


def _faults(marked: str, lang: str) -> list[str]:
    """What is wrong: a marked span that its rule leaves, or digits outside the marks that any rule takes."""
    text, spans = _unmarked(marked)
    found = find_asides(text, lang)
    faults = []
    for start, end, rule in spans:
        taken = [aside for aside in found if aside.rule == rule and aside.start < end and start < aside.end]
        digits = [(start + run.start(), start + run.end()) for run in _DIGITS.finditer(text[start:end])]
        if not taken or any(not any(a.start <= s and e <= a.end for a in taken) for s, e in digits):
            faults.append(f"{rule} leaves {text[start:end]!r}")
    for run in _DIGITS.finditer(text):
        if not any(start < run.end() and run.start() < end for start, end, _ in spans):
            takers = [a for a in found if a.start < run.end() and run.start() < a.end]
            faults += [f"{a.rule} takes {text[a.start : a.end]!r}" for a in takers]
    return faults


@pytest.fixture
def faults() -> Check:
    """Check a text whose asides are marked as `⟦rule|characters⟧`, in a language."""
    return _faults

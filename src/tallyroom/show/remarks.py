"""Remarks on a return as text: each with its row and cell, what was expected, what to do."""

from __future__ import annotations

from tallyroom.errors import TallyroomError
from tallyroom.model.returns import Remark
from tallyroom.show.widths import printable


def remark_text(remark: Remark, name: str) -> str:
    """Return a remark as the message of an error is written; `name` is the file that it is about."""
    error = TallyroomError(
        f"{printable(remark.says)}{'' if remark.force == 'hard' else ' (asks for an explanation)'}",
        where=", ".join(part for part in (printable(name), remark.where) if part),
        expected=printable(remark.expected),
        found=printable(remark.found),
        next_step="" if remark.explanation else printable(remark.next_step),
    )
    error.code = remark.code
    told = str(error)
    return f"{told}\n  {'explained':<9} {printable(remark.explanation)}" if remark.explanation else told

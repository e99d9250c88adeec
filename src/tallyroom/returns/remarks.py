"""How a return is refused: the error that a remark becomes."""

from __future__ import annotations

from tallyroom.errors import TallyroomError
from tallyroom.model.returns import Remark


class ReturnRefused(TallyroomError):
    """A return cannot be taken at all, or not in this state; `remark` says why and `code` is its code."""

    code = "RT100"

    def __init__(self, remark: Remark, where: str = "") -> None:
        super().__init__(
            remark.says,
            where=": ".join(part for part in (where, remark.where) if part),
            expected=remark.expected,
            found=remark.found,
            next_step=remark.next_step,
        )
        self.remark, self.code = remark, remark.code


def refuse(code: str, says: str, **facts: str) -> ReturnRefused:
    """Return the error that refuses a return as a whole; `facts` are those of a remark."""
    return ReturnRefused(Remark(code, "hard", says, **facts))  # type: ignore[arg-type]  # all others are text


def quoted(text: str, most: int = 60) -> str:
    """Return what was found as messages show it: on one line, not too long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= most else line[: most - 1] + "…")


MOST = 1000
"""A table of the wrong kind is wrong in every row; more remarks than this nobody reads."""


def and_more(row: int) -> Remark:
    """Return the last remark of a table that has too many: rows from `row` on were not looked at."""
    says = f"there are more than {MOST:,} remarks; rows from here on were not looked at."
    return Remark("RT100", "hard", says, row=row, next_step="mend those above first, and submit it again")

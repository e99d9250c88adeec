"""What can be wrong with a codebook, told with its file and line."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

import msgspec

from tallyroom.errors import TallyroomError


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong in a codebook: where it stands, what was expected, what was found."""

    code: str
    """`CB1xx`; each has a page `docs/errors/CB1xx.md`."""
    says: str
    file: str = ""
    line: int = 0
    expected: str = ""
    found: str = ""
    next_step: str = ""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return str(CodebookError(self))


class CodebookError(TallyroomError):
    """A codebook, or an entry of one, cannot be used. `problem` holds the same facts; `code` is its code."""

    code = "CB100"

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            problem.says,
            where=problem.where,
            expected=problem.expected,
            found=problem.found,
            next_step=problem.next_step,
        )
        self.problem, self.code = problem, problem.code


Report = Callable[[Problem], None]


def raise_problem(problem: Problem) -> None:
    """Stop at the first problem: what loading does."""
    raise CodebookError(problem)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean X?" for the known name nearest to `word`, or "" where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""

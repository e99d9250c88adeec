"""What an audit of the record tells: its findings with the words they quote, and two sources side by side."""

from __future__ import annotations

import datetime
from typing import Any, Literal

import msgspec

from tallyroom.model.campaign import Words
from tallyroom.model.finding import Bounds, Finding, Severity
from tallyroom.model.quantity import Interval
from tallyroom.model.record import Figure

CONTEXT = 80
"""Characters that a quote has on either side."""


class Quote(msgspec.Struct, frozen=True):
    """The characters of a figure in the text that states it, and those around them."""

    before: str
    text: str
    after: str


class Said(msgspec.Struct, frozen=True):
    """A figure with the words that state it and the document in which they stand.

    `document` holds `id`, `title`, `publisher`, `published`, `url` and `lang` where they are known; `quote` is None
    where the source has no text, as a form that was filled in.
    """

    figure: Figure
    quote: Quote | None = None
    document: dict[str, Any] = {}


class RuleOff(msgspec.Struct, frozen=True):
    """A rule that somebody switched off: what it finds is counted, and not listed.

    `entry` is that of the record which says so.
    """

    code: str
    entry: int
    author: str
    time: datetime.datetime
    reason: str
    hidden: int = 0


class Audit(msgspec.Struct, frozen=True):
    """What an audit of the record finds, and what it looked at.

    `said` tells of each figure of the findings, by entry. `unsolved` tells what was left out where the budget did not
    suffice. `commit` is the number of the last commit that was looked at, 0 for a record without any.
    """

    findings: tuple[Finding, ...]
    said: dict[int, Said]
    off: tuple[RuleOff, ...] = ()
    figures: int = 0
    commit: int = 0
    hash: str = ""
    query: str = ""
    untied: dict[str, int] = {}
    """Why figures are tied to no other, and how many: a share, no period, a scope in free words."""
    unsolved: tuple[Words, ...] = ()

    def as_grave_as(self, least: Severity) -> Audit:
        """Return the audit without the findings that are less grave."""
        graver = SEVERITIES[: SEVERITIES.index(least) + 1]
        findings = tuple(one for one in self.findings if one.severity in graver)
        return msgspec.structs.replace(self, findings=findings)


SEVERITIES: tuple[Severity, ...] = ("hard", "soft", "note")
"""The gravest first."""


class Answer(msgspec.Struct, frozen=True):
    """The bounds of a cell, or of a cell without others, with the words that force them.

    `cell` and `without` hold the fields of each cell. `taken` are those that the question left open and the record
    settled: every figure of that indicator that it has says the same.
    """

    bounds: Bounds
    cell: dict[str, Any]
    without: tuple[dict[str, Any], ...]
    said: dict[int, Said]
    taken: dict[str, str] = {}
    commit: int = 0
    hash: str = ""


SideKind = Literal["document", "agency", "publisher", "release", "query"]
Verdict = Literal[
    "exact",     # the same value, stated as exactly
    "rounding",  # the intervals meet
    "differ",    # they do not
    "later",     # a cumulative figure that runs to another day: the difference is its growth
    "first",     # only the first side has the cell
    "second",    # only the second side
]  # fmt: skip
VERDICTS: tuple[Verdict, ...] = ("differ", "rounding", "exact", "later", "first", "second")
"""In the order in which they are told: what to look at first."""


class Side(msgspec.Struct, frozen=True):
    """One side of a comparison: what was named, and how many figures it has."""

    name: str
    kind: SideKind
    label: Words
    figures: int = 0


class Pair(msgspec.Struct, frozen=True):
    """One cell on two sides. `difference` is that of the second less the first, where both have it.

    `remarks` tell what else is not the same: the agency, the counting unit, the day to which the figures run.
    """

    cell: dict[str, Any]
    verdict: Verdict
    first: tuple[Said, ...] = ()
    second: tuple[Said, ...] = ()
    difference: Interval | None = None
    remarks: tuple[Words, ...] = ()


class SideBySide(msgspec.Struct, frozen=True):
    """Two sources or two releases, cell by cell in the order of the record."""

    first: Side
    second: Side
    pairs: tuple[Pair, ...]
    commit: int = 0
    hash: str = ""

    def counts(self) -> dict[Verdict, int]:
        """Return how many cells have each verdict, every verdict named."""
        return {verdict: sum(pair.verdict == verdict for pair in self.pairs) for verdict in VERDICTS}

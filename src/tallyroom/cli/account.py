"""The account of a run: what was read, what became of each numeral, what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tallyroom.cli.output import say
from tallyroom.model import Document, Numeral, Reading
from tallyroom.pipeline.reading import Failure

CONTEXT = 24
"""Characters that are shown on either side of a numeral that was left over."""


class Account:
    """Counts what passes through it, and tells failures and leftovers as they come."""

    def __init__(self, leftovers: bool = False) -> None:
        self._tell_leftovers = leftovers
        self._documents = self._observations = self._failures = 0
        self._fates: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()

    def of(self, outcomes: Iterable[Reading | Failure]) -> Iterator[Reading]:
        """Give the readings among `outcomes`; tell each failure on stderr."""
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                self._failures += 1
                say(f"tallyroom: {outcome.message}")
            else:
                self._count(outcome)
                yield outcome

    def close(self) -> int:
        """Tell the counts on stderr and return the exit status."""
        if self._tell_leftovers and self._rules:
            say("set aside by rule: " + ", ".join(f"{rule} {n}" for rule, n in self._rules.most_common()))
        say(self.summary())
        return 1 if self._failures else 0

    def summary(self) -> str:
        """Return the counts in one line."""
        read = f"{_many(self._documents, 'document')}, {_many(self._observations, 'observation')}"
        numerals = ", ".join(f"{self._fates[fate]:,} {fate}" for fate in ("bound", "set aside", "left over"))
        failed = f"; {_many(self._failures, 'source')} not read" if self._failures else ""
        return f"{read}; numerals: {numerals}{failed}"

    def _count(self, reading: Reading) -> None:
        self._documents += 1
        for note in reading.document.notes:
            say(f"note  {reading.document.id}: {note}")
        self._observations += len(reading.observations)
        self._fates.update(numeral.fate for numeral in reading.numerals)
        if self._tell_leftovers:
            self._rules.update(numeral.rule for numeral in reading.numerals if numeral.fate == "set aside")
            for numeral in reading.leftovers:
                say(leftover_line(reading.document, numeral))


def leftover_line(document: Document, numeral: Numeral) -> str:
    """Return where a numeral stands, the rule that let it be, and the text around it, on one line."""
    before = document.text[max(0, numeral.start - CONTEXT) : numeral.start]
    after = document.text[numeral.end : numeral.end + CONTEXT]
    context = " ".join(f"{before}[{numeral.text}]{after}".split())
    rule = f" ({numeral.rule})" if numeral.rule else ""
    return f"left over  {document.id}:{numeral.start}{rule}  {context}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"

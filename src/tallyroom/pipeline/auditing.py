"""The record -> its algebra -> an audit; one auditor goes on from where it was when more was recorded."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Commit, Figure, Finding, Query
from tallyroom.model.audit import SEVERITIES, Answer, Audit
from tallyroom.model.campaign import Words
from tallyroom.model.record import AsOf
from tallyroom.pipeline.audit_errors import CellNotOne, NothingMatches
from tallyroom.pipeline.list_lengths import ListChecker
from tallyroom.pipeline.one_cell import NAMES, CellFinder, Fields
from tallyroom.pipeline.quoting import Quoter
from tallyroom.pipeline.rules import switched_off, without

if TYPE_CHECKING:
    from tallyroom.algebra.algebra import Algebra
    from tallyroom.algebra.cells import LightRow
    from tallyroom.codebook import Codebook
    from tallyroom.codebook.relations import Relations
    from tallyroom.model.campaign import Campaign

Books = Sequence[str | Path]
_LEFT_OUT = {
    "the component is larger than its budget": "该部分规模超出预算",
    "an end that is the best was not proved": "未能证明界限为最优",
}
"""What the solver leaves out, in Chinese."""


class Asked:
    """What of the record an audit is asked about: a finding is told where one of its figures is among these."""

    def __init__(
        self,
        query: Query | None = None,
        words: str = "",
        since: int | None = None,
        document: str | None = None,
    ) -> None:
        self.query, self.words, self.since, self.document = query, words, since, document

    def told(self) -> str:
        """Return it in words, for the head of a report."""
        since = f"since commit {self.since}" if self.since is not None else ""
        document = f"touched by {self.document}" if self.document else ""
        return ", ".join(part for part in (self.words, since, document) if part)


class Auditor:
    """Audits one record.

    Args:
        ledger: The record.
        codebook: What contains what.
        books: Names or folders of the codebooks that it was made of, for the campaigns and relations that they declare.
    """

    def __init__(self, ledger: SqliteLedger, codebook: Codebook, books: Books = ()) -> None:
        self._ledger, self._codebook, self._books = ledger, codebook, list(books)
        self._lists = ListChecker(ledger, codebook)
        self._algebra: Algebra | None = None
        self._at: Commit | None = None
        self._found: list[Finding] | None = None
        """What was found at that commit."""
        self._reached: set[int] = set()
        """Numbers of the cells that were touched since all of the record was taken in."""
        self._taken = 0
        """The first entry that came after that."""
        self._held: dict[int, list[int]] = {}
        """Entries that the algebra holds, by their document."""

    def audit(self, asked: Asked | None = None, as_of: AsOf = None) -> Audit:
        """Return the findings that concern what is asked, the gravest first.

        Args:
            asked: Which figures; by default all.
            as_of: What was known then.

        Raises:
            NothingMatches: The record has no figure that is asked for.
            NoSuchMoment: `as_of` is not over yet, or there is no such commit.
        """
        asked = asked or Asked()
        algebra = self.algebra(as_of)
        wanted = self._wanted(asked, as_of)
        if wanted is None or self._found is not None or min(wanted, default=0) < self._taken:
            findings = self._findings(algebra)
        else:
            findings = self._near(algebra, wanted)
        if wanted is not None:
            findings = [one for one in findings if _concerns(one, wanted)]
        kept, off = without(findings, switched_off(self._ledger, as_of))
        told = sorted(kept, key=_place)
        head = self._at
        return Audit(
            findings=tuple(told),
            said=Quoter(self._ledger).all_of(figure for one in told for figure in one.figures),
            off=off,
            figures=sum(map(len, self._held.values())) if wanted is None else len(wanted),
            commit=self._commit,
            hash=head.hash if head else "",
            query=asked.told(),
            untied=dict(Counter(algebra.unfit.values()).most_common()),
            unsolved=tuple(map(_in_both, dict.fromkeys(algebra.unsolved))),
        )

    def bounds(
        self, pairs: Sequence[str], without: Sequence[Sequence[str]] = (), as_of: AsOf = None
    ) -> Answer:
        """Return the lowest and the highest value that the record allows for one cell, less those of others.

        Args:
            pairs: `name=value` pairs that name one cell, whether it was published or not.
            without: For each cell that is taken off, the pairs in which it differs.
            as_of: What was known then.

        Raises:
            CellNotOne: Pairs name no cell, or several.
        """
        finder = CellFinder(self._ledger, self._codebook, as_of)
        first = finder.find(pairs)
        others = [finder.find(one, first.fields) for one in without]
        algebra = self.algebra(as_of)
        from tallyroom.algebra.cells import Unfit

        try:
            found = algebra.bounds(_stated(first.fields), [_stated(one.fields) for one in others])
        except Unfit as why:
            raise CellNotOne(
                "nothing can be said of this cell", found=f"{' '.join(pairs)}: {why}",
                next_step="name a place, a period, and what narrows it by codes",
            ) from None  # fmt: skip
        figures = (*found.low_by, *found.high_by, *found.published)
        return Answer(
            bounds=found,
            cell=first.fields,
            without=tuple(one.fields for one in others),
            said=Quoter(self._ledger).all_of(figures),
            taken={name: value for one in (first, *others) for name, value in one.taken.items()},
            commit=self._commit,
            hash=self._at.hash if self._at else "",
        )

    def _findings(self, algebra: Algebra) -> list[Finding]:
        """All findings of the record as it is held, worked out once."""
        if self._found is None:
            hard = algebra.check()  # first: it sets aside documents that contradict themselves
            self._found = [*hard, *self._looker.findings(), *self._lists.findings(algebra)]
        return self._found

    def _near(self, algebra: Algebra, wanted: set[int]) -> list[Finding]:
        """The findings that may concern figures which came since the record was taken in: what they touch is enough."""
        found = [*algebra.check_cells(self._reached), *self._looker.findings(self._reached)]
        documents = {self._ledger.entry(entry).about[0] for entry in wanted}
        beside = (entry for document in documents for entry in self._held.get(document, ()))
        return [*found, *self._lists.findings(algebra, beside)]

    def algebra(self, as_of: AsOf = None) -> Algebra:
        """Return the figures of the record as they stood, as cells and ties.

        One that is at hand goes on to a later commit: only the documents that were touched since are taken in anew.
        """
        head = self._ledger.head(as_of)
        if self._algebra is None or (self._at and (head is None or head.number < self._at.number)):
            self._begin(head, as_of)
        elif head and (self._at is None or head.number > self._at.number):
            self._go_on(head, as_of)
        assert self._algebra is not None
        self._at = head
        return self._algebra

    def _begin(self, head: Commit | None, as_of: AsOf) -> None:
        """Take all of the record in."""
        from tallyroom.algebra.soft.looking import Looker

        self._algebra, self._held, self._at, self._found = self._new(), {}, None, None
        self._looker = Looker(self._algebra)
        self._take(self._light(as_of))
        self._algebra.take_touched()
        gc.freeze()  # of what was taken in nothing is a cycle, and looking through millions of cells takes seconds
        self._reached, self._taken = set(), head.entries[1] if head else 1

    def _new(self) -> Algebra:
        from tallyroom.algebra.algebra import Algebra
        from tallyroom.algebra.knowledge import Knowledge

        relations, campaigns = _declared(tuple(map(str, self._books)), self._codebook.digest)
        knowledge = Knowledge(self._codebook, relations, campaigns)
        return Algebra(knowledge, self._quoted)

    @property
    def _commit(self) -> int:
        """The number of the last commit that is held."""
        return self._at.number if self._at else 0

    def _quoted(self, entries: Iterable[int]) -> dict[int, Figure]:
        figures = (self._ledger.figure(entry, self._commit) for entry in entries)
        return {figure.entry: figure for figure in figures if figure is not None}

    def _light(self, as_of: AsOf) -> Iterator[tuple[int, int, LightRow]]:
        return map(_Rows().of, self._ledger.light_figures(as_of))

    def _take(self, rows: Iterable[tuple[int, int, LightRow]]) -> None:
        assert self._algebra is not None
        kept = list(rows)
        for entry, document, _ in kept:
            self._held.setdefault(document, []).append(entry)
        self._algebra.add(kept)

    def _go_on(self, head: Commit, as_of: AsOf) -> None:
        """Take the documents in anew that commits since then have touched, with those that carry the same release."""
        assert self._algebra is not None
        self._found = None
        first = self._at.entries[1] if self._at else 1
        touched = self._touched(first, head.entries[1])
        kin: dict[int, str] = {}
        for document in touched:
            if document not in kin:
                kin |= self._ledger.carried_with(document)
        self._algebra.remove([entry for document in kin for entry in self._held.pop(document, ())])
        names = tuple(sorted(set(kin.values())))
        figures = list(self._ledger.figures(Query({"source": names}), as_of)) if names else []
        for figure in figures:
            self._held.setdefault(figure.document, []).append(figure.entry)
        self._algebra.add((figure.entry, figure.document, figure.observation) for figure in figures)
        self._reached |= self._algebra.take_touched()

    def _touched(self, first: int, after: int) -> set[int]:
        """The documents whose figures the entries from `first` on may have changed, earlier versions too."""
        found: set[int] = set()
        ring = set(range(first, after))
        while ring:
            entries = [self._ledger.entry(id) for id in ring]
            found.update(entry.id for entry in entries if entry.kind == "document")
            about = {target for entry in entries if entry.kind != "release" for target in entry.about}
            ring = {target for target in about if target < first} - found
        return found

    def _wanted(self, asked: Asked, as_of: AsOf) -> set[int] | None:
        """The entries of the figures that are asked for; None for all."""
        queries: list[set[int]] = []
        if asked.query is not None and (asked.query.fields or asked.query.period):
            queries.append({figure.entry for figure in self._ledger.figures(asked.query, as_of)})
        if asked.document is not None:
            queries.append(self._stated_by(asked.document, as_of))
        if asked.since is not None:
            commit = self._ledger.head(asked.since)
            after = commit.entries[1] if commit else 1
            queries.append({one for held in self._held.values() for one in held if one >= after})
        if not queries:
            return None
        wanted = set.intersection(*queries)
        if not wanted and asked.since is None:
            raise NothingMatches(
                "the record has no figure that is asked for", where=self._ledger.where, found=asked.told(),
                next_step="leave a pair out, or ask `tallyroom figures` what there is",
            )  # fmt: skip
        return wanted

    def _stated_by(self, name: str, as_of: AsOf) -> set[int]:
        """The entries of what a document states, those among them that another carrier of its release told first."""
        standing = self._ledger.standing_document(name, as_of)
        if standing is None:
            return set()
        names = tuple(sorted(set(self._ledger.carried_with(standing).values())))
        figures = self._ledger.figures(Query({"source": names}), as_of)
        return {one.entry for one in figures if one.document == standing or name in one.carriers}


def _concerns(finding: Finding, wanted: set[int]) -> bool:
    entries = {figure.entry for figure in finding.figures} | {own for _, own in finding.alike}
    return not wanted.isdisjoint(entries)


def _place(finding: Finding) -> tuple[int, str, tuple[int, ...]]:
    return SEVERITIES.index(finding.severity), finding.code, tuple(one.entry for one in finding.figures)


def _in_both(left_out: str) -> Words:
    return {"en": left_out, "zh": _LEFT_OUT.get(left_out, left_out)}


@lru_cache(maxsize=4)
def _declared(books: tuple[str, ...], digest: str) -> tuple[Relations, tuple[Campaign, ...]]:
    """What the codebooks of a digest declare of containment, and their campaigns: read from their files once."""
    from tallyroom.codebook import declared_campaigns, load_relations

    return load_relations(books), declared_campaigns(books)


def _stated(fields: Fields) -> LightRow:
    """A cell as the algebra takes it: a figure that says nothing."""
    from tallyroom.algebra.cells import LightRow

    known = {name: fields[name] for name in NAMES if name not in ("area", "breakdown", "counted")}
    return LightRow(
        **known, area=tuple(fields["area"] or ()), breakdown=dict(fields["breakdown"] or {}),
        counted=fields["counted"] or "", low=None, high=None,
    )  # fmt: skip


class _Rows:
    """Makes light rows of stored columns; the same few places, numbers and breakdowns come again and again."""

    def __init__(self) -> None:
        from tallyroom.algebra.cells import LightRow

        self._row = LightRow
        self._places = lru_cache(4096)(lambda area: tuple(json.loads(area)))
        self._number = lru_cache(65536)(Decimal)
        self._breakdown = lru_cache(4096)(json.loads)
        self._rules: dict[str, str] = {}

    def of(self, row: tuple[Any, ...]) -> tuple[int, int, LightRow]:
        (entry, document, indicator, unit, area, period, low, high, low_open, high_open, offence, substance,
         breakdown, counted, agency, operation_id, operation, statistic, rule) = row  # fmt: skip
        least = None if low is None else self._number(low)
        most = None if high is None else self._number(high)
        light = self._row(
            indicator, unit, self._places(area), period, least, most, bool(low_open), bool(high_open), offence,
            substance, self._breakdown(breakdown), counted, agency, operation_id, operation,
            statistic, self._rules.setdefault(rule, rule),
        )  # fmt: skip
        return entry, document, light

"""What may be asked of a record with the algebra of figures: audits, bounds, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tallyroom.model import Commit, Query
from tallyroom.model.record import AsOf
from tallyroom.pipeline.loading import Codebooks, Words, books_of, load, pairs_of

if TYPE_CHECKING:
    from tallyroom.ledger import SqliteLedger
    from tallyroom.model.audit import Answer, Audit, SideBySide
    from tallyroom.pipeline.auditing import Auditor


class Audits:
    """The part of an open record that audits it. `ledger` is the record itself."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self.ledger = ledger
        self._auditors: dict[tuple[str, ...], Auditor] = {}

    def query(self, words: Words, codebook: Codebooks = ()) -> Query:
        """Return the query that words ask, with all that its groups, places and period contain.

        Raises:
            QueryUnfit: A field or a code is not known.
        """
        from tallyroom.pipeline.queries import query_of

        pairs = words.split() if isinstance(words, str) else words
        return query_of(pairs, load(codebook), self.ledger.holds) if pairs else Query()

    def check(
        self,
        query: Words = (),
        as_of: AsOf = None,
        *,
        since: int | None = None,
        touched_by: str | None = None,
        codebook: Codebooks = (),
    ) -> Audit:
        """Audit the record: which of its figures cannot all be true, which look wrong, which should be told apart.

        The record's cells and ties are kept at hand: after more was recorded only what that touches is tied anew.

        Args:
            query: Only findings that concern one of these figures; the others still take part.
            as_of: What was known then.
            since: Only findings that concern figures recorded after this commit.
            touched_by: Only findings that concern figures of the document of this name.
            codebook: What contains what; all shipped codebooks by default.

        Raises:
            QueryUnfit: A field or a code is not known.
            NothingMatches: The record has no figure that is asked for.

        Examples:
            >>> import tallyroom
            >>> with tallyroom.open_ledger(":memory:") as ledger:
            ...     for name, words in (("a", "solved 8,657 cases"), ("b", "solved 8,567 cases")):
            ...         text = f"In 2024 police in Hunan {words}."
            ...         _ = ledger.record(tallyroom.read(text=text, name=name, keep=True))
            ...     [finding.code for finding in ledger.check().findings]
            ['F101']
        """
        from tallyroom.pipeline.auditing import Asked

        pairs = pairs_of(query)
        asked = Asked(self.query(pairs, codebook), " ".join(pairs), since, touched_by)
        return self._auditor(codebook).audit(asked, as_of)

    def bounds(
        self,
        cell: Words,
        without: Sequence[Words] = (),
        as_of: AsOf = None,
        *,
        codebook: Codebooks = (),
    ) -> Answer:
        """Return the lowest and the highest value that the record allows for a cell, published or not.

        Args:
            cell: `name=value` pairs that name one cell. What is left open is taken from the record where it leaves no
                choice, and told.
            without: Cells whose measures are taken off, each by the pairs in which it differs from the first.
            as_of: What was known then.
            codebook: What contains what; all shipped codebooks by default.

        Raises:
            CellNotOne: The pairs name no cell, or several.
            QueryUnfit: A field or a code is not known.

        Examples:
            >>> import tallyroom
            >>> with tallyroom.open_ledger(":memory:") as ledger:
            ...     text = "In 2024 police in Hunan solved 41 drug cases, 30 of them in Changsha."
            ...     _ = ledger.record(tallyroom.read(text=text, keep=True))
            ...     found = ledger.bounds("indicator=cases_solved area=CN period=2024 offence=drugs").bounds
            ...     str(found.reach.low), found.reach.high, found.unit
            ('41', None, 'case')
        """
        less = [pairs_of(one) for one in without]
        return self._auditor(codebook).bounds(pairs_of(cell), less, as_of)

    def switch_rule(self, code: str, on: bool, *, author: str, reason: str) -> Commit | None:
        """Switch a rule of the audit off, or on again; return the commit that says so, None where it stood so.

        What a rule that is off finds is counted in every audit, and not listed.

        Args:
            code: `F101`, ...
            on: Whether it shall find something.
            author: The office or role that answers for it; no person.
            reason: Why; it is told with every audit.

        Raises:
            RuleUnknown: There is no such rule, or no reason is given.
        """
        from tallyroom.pipeline.rules import switch

        return switch(self.ledger, code, on, author, reason)

    def _auditor(self, codebook: Codebooks) -> Auditor:
        """The auditor of these codebooks, kept for the next question."""
        from tallyroom.pipeline.auditing import Auditor

        books = books_of(codebook)
        if books not in self._auditors:
            self._auditors[books] = Auditor(self.ledger, load(codebook), books)
        return self._auditors[books]

    def compare(self, first: str, second: str, as_of: AsOf = None, codebook: Codebooks = ()) -> SideBySide:
        """Put two sources or two releases side by side, cell by cell.

        Args:
            first: The name of a release, a document, an agency or a publisher, or a query.
            second: The same.
            as_of: What was known then.
            codebook: Names of agencies; all shipped codebooks by default.

        Raises:
            SideUnknown: One of the sides is nothing that the record has.

        Examples:
            >>> import tallyroom
            >>> with tallyroom.open_ledger(":memory:") as ledger:
            ...     for name, words in (("a", "Police solved 41 drug cases."), ("b", "Police solved 42 drug cases.")):
            ...         _ = ledger.record(tallyroom.read(text=words, name=name, keep=True))
            ...     [pair.verdict for pair in ledger.compare("a", "b").pairs]
            ['differ']
        """
        from tallyroom.pipeline.side_by_side import side_by_side

        return side_by_side(self.ledger, load(codebook), first, second, as_of)

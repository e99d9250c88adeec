"""All that looks wrong in a record, or in what was touched of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.soft.outliers import outliers
from tallyroom.algebra.soft.relatives import broken_relatives
from tallyroom.algebra.soft.scopes import Beside
from tallyroom.algebra.soft.series import falling_series
from tallyroom.algebra.soft.suspicion import Suspicion
from tallyroom.algebra.soft.themselves import slips_within_documents
from tallyroom.model.finding import Finding


class Looker:
    """Looks at the figures of one algebra; what it learnt of places is kept for the next look."""

    def __init__(self, algebra: Algebra) -> None:
        self._algebra = algebra
        self._beside = Beside(algebra.holding)

    def findings(self, touched: Collection[int] | None = None) -> list[Finding]:
        """Soft findings and notes, by their codes and figures.

        Args:
            touched: Numbers of cells; only what concerns their places is looked at. All, by default.
        """
        told = {(one.code, one.entries): one for one in self._suspicions(touched)}
        quoted = self._algebra.quote(sorted({entry for _, entries in told for entry in entries}))
        return [told[key].finding(quoted) for key in sorted(told)]

    def _suspicions(self, touched: Collection[int] | None) -> Iterator[Suspicion]:
        holding = self._algebra.holding
        places = None if touched is None else {holding.place[cell] for cell in touched}
        looked_at = range(len(holding.places.all)) if places is None else sorted(places)
        yield from broken_relatives(holding, None if touched is None else self._relatives(touched))
        yield from falling_series(holding, looked_at)
        yield from outliers(holding, looked_at)
        yield from self._beside.notes(places)
        own = None if touched is None else set(touched)
        yield from slips_within_documents(holding, self._algebra.quote, own)

    def _relatives(self, touched: Collection[int]) -> list[int]:
        """Entries of the shares and changes that speak of cells."""
        holding = self._algebra.holding
        cells = (holding.cell_at(number) for number in touched)
        return sorted({entry for cell in cells for entry in holding.relative_at.get(cell, ())})

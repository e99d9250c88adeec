"""What one campaign collects in one record: the door of Python to forms, returns, status and totals."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tallyroom.model import Ledger
from tallyroom.model.campaign import Campaign
from tallyroom.model.record import AsOf
from tallyroom.model.returns import KeyTotal, Status, Total
from tallyroom.pipeline import collecting, forms, tables
from tallyroom.pipeline.collecting import Submission
from tallyroom.pipeline.tables import Loaded

if TYPE_CHECKING:
    from tallyroom.codebook import TableMapping
    from tallyroom.ledger import SqliteLedger


class Collection:
    """The returns of one campaign in a record that is open; `OpenLedger.collection` gives it.

    Examples:
        >>> import tallyroom
        >>> with tallyroom.open_ledger(":memory:") as ledger:
        ...     returns = ledger.collection("hundred-days-2022")
        ...     table = b"reporting_unit,round,line,value\\nCN-YN,2022-07,drugs_imported,780.25"
        ...     filed = returns.submit(table, received="2022-08-01")
        ...     (total,) = [one for one in returns.totals("2022-07") if one.line == "drugs_imported"]
        >>> filed.stored, str(total.fact.observation.value), total.fact.coverage.missing
        (True, '780.25', ('CN-GX',))
    """

    def __init__(self, ledger: Ledger, campaign: Campaign) -> None:
        self.campaign = campaign
        self._ledger = ledger

    def template(self, form: str, unit: str, round: str, *, kind: str = "xlsx") -> tuple[str, bytes]:
        """Return the empty form of a unit for a round: a name for its file, and its bytes.

        Args:
            kind: `xlsx` or `csv`.

        Raises:
            TallyroomError: RT114, RT116, RT117 or RT131: there is no such form for this unit and round.
        """
        return forms.return_template(self.campaign, form, unit, round, kind=kind)

    def submit(
        self,
        source: str | Path | bytes,
        *,
        by: str | None = None,
        received: datetime.date | str | None = None,
        explanation: str = "",
        reason: str = "",
        dry_run: bool = False,
    ) -> Submission:
        """Check a return, and keep it where nothing stops it; all that is wrong is in its `remarks`.

        Args:
            source: A file (CSV, XLSX, Parquet) or its bytes.
            by: The reporting unit in whose name it is brought; None takes the return's word.
            received: The day on which it came; today by default.
            explanation: Answers soft remarks on rows that have no explanation of their own.
            reason: Why a return that is already there is filed anew with other figures.
            dry_run: Check everything and keep nothing.
        """
        day = datetime.date.fromisoformat(received) if isinstance(received, str) else received
        return collecting.submit_return(
            self._ledger, self.campaign, source, by=by, received=day, explanation=explanation, reason=reason,
            dry_run=dry_run,
        )  # fmt: skip

    def accept(self, form: str, unit: str, round: str, *, by: str, reason: str = "") -> int:
        """Accept a return; return the entry of the decision.

        Raises:
            TallyroomError: RT132 where there is no such return, RT133 where it was decided already, RT124
                where a unit would accept its own.
        """
        return collecting.accept_return(self._ledger, self.campaign, form, round, unit, by=by, reason=reason)

    def send_back(
        self, form: str, unit: str, round: str, *, by: str, queries: Sequence[Mapping[str, str]]
    ) -> int:
        """Send a return back for correction; return the entry of the decision.

        Args:
            queries: What is asked, each with `says` and, where it is about one cell, `cell`.

        Raises:
            TallyroomError: As for `accept`; RT134 where nothing is asked.
        """
        return collecting.send_back_return(
            self._ledger, self.campaign, form, round, unit, by=by, queries=[dict(query) for query in queries]
        )

    def status(self, round: str, *, on: datetime.date | None = None, as_of: AsOf = None) -> Status:
        """Return who has reported in a round, and who in time, by unit and form.

        Args:
            on: The day by which an absent return is overdue or not; today by default.
        """
        return collecting.return_status(self._ledger, self.campaign, round, on=on, as_of=as_of)

    def totals(self, round: str, *, as_of: AsOf = None) -> tuple[Total, ...]:
        """Return the total of each line in a round, with the entries it is made of and its coverage."""
        return collecting.return_totals(self._ledger, self.campaign, round, as_of=as_of)


class PublishedTables:
    """The editions of one published table in a record that is open; `OpenLedger.tables` gives them.

    Examples:
        >>> import tallyroom
        >>> table = b"Region,country,ISO Code,Drug Group,Drug,Year,KG Equivalent\\nX,Chad,TCD,Opioids,Heroin,1999,1.5"
        >>> with tallyroom.open_ledger(":memory:") as ledger:
        ...     tables = ledger.tables("unodc-drug-seizures")
        ...     loaded = tables.load(table, name="mine")
        ...     (total,) = tables.totals("mine", ["country"])
        >>> loaded.figures, total.keys["country"], str(total.fact.observation.value)
        (1, 'Chad', '1.5')
    """

    def __init__(self, ledger: SqliteLedger, mapping: TableMapping) -> None:
        self.mapping = mapping
        self._ledger = ledger

    def load(self, source: str | Path | bytes, *, name: str = "", dry_run: bool = False) -> Loaded:
        """Read an edition, and keep it with its observations; all that is wrong is in its `remarks`.

        Args:
            source: A file (CSV, XLSX, Parquet) or its bytes.
            name: The edition's name in the record; that of the file by default.
            dry_run: Check everything and keep nothing.
        """
        return tables.load_table(self._ledger, self.mapping, source, name=name, dry_run=dry_run)

    def totals(
        self, edition: str, by: Sequence[str], *, where: Mapping[str, str] | None = None, as_of: AsOf = None
    ) -> tuple[KeyTotal, ...]:
        """Add up the rows of an edition by keys of the mapping.

        Args:
            by: Keys, or the name of one of the mapping's totals (`["national"]`).
            where: Keys and the value that is wanted of each.

        Raises:
            TallyroomError: RT137 for an unknown key, RT138 where the record has no such edition.
        """
        return tables.table_totals(self._ledger, self.mapping, edition, by, where=where, as_of=as_of)

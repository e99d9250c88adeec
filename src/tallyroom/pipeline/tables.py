"""Tables that others publish -> observations in the record, and their totals."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tallyroom.model import Draft, NewEntry, Query
from tallyroom.model.record import AsOf
from tallyroom.model.returns import KeyTotal, Remark
from tallyroom.pipeline.collecting import bytes_of, observation_entry, table_document

if TYPE_CHECKING:
    from tallyroom.codebook import TableMapping
    from tallyroom.ledger import SqliteLedger
    from tallyroom.returns.mapped import MappedTable


class Loaded(msgspec.Struct, frozen=True):
    """What became of a table: the remarks that stop it, or its document in the record.

    `not_stated` counts the cells that state nothing (`NULL`): they are no figures, and no zeros.
    """

    name: str
    source: str
    remarks: tuple[Remark, ...]
    document: int | None = None
    stored: bool = False
    rows: int = 0
    figures: int = 0
    not_stated: int = 0


def load_table(
    ledger: SqliteLedger | None,
    mapping: TableMapping,
    source: str | Path | bytes,
    *,
    name: str = "",
    author: str = "",
    dry_run: bool = False,
) -> Loaded:
    """Read a published table by its mapping, and keep it with its observations.

    Args:
        source: A file (CSV, XLSX, Parquet) or its bytes.
        name: The edition's name in the record; that of the file by default.
        author: Who answers for it; the mapping's code by default.

    Returns:
        The document's entry. The same file again adds nothing; another file of that name is a new version.
    """
    from tallyroom.returns.mapped import read_mapped
    from tallyroom.returns.remarks import ReturnRefused

    edition = name or ("table" if isinstance(source, bytes) else Path(source).stem)
    id = f"{mapping.code}/{edition}"
    try:
        data = bytes_of(source)
        table, remarks = read_mapped(data, mapping, id)
    except ReturnRefused as error:
        return Loaded(edition, id, (error.remark,))
    if table is None:
        return Loaded(edition, id, tuple(remarks))
    loaded = Loaded(edition, id, (), None, False, table.rows, len(table.observed), table.not_stated)
    if ledger is None or dry_run:
        return loaded
    with ledger.writing():
        before = ledger.standing_document(id)
        if before is not None and ledger.entry(before).body["sha256"] == hashlib.sha256(data).hexdigest():
            return msgspec.structs.replace(loaded, document=before)
        draft = _draft(mapping, loaded, table, data, before, author)
        return msgspec.structs.replace(loaded, document=ledger.append(draft).entries[0], stored=True)


def _draft(
    mapping: TableMapping, loaded: Loaded, table: MappedTable, data: bytes, before: int | None, author: str
) -> Draft:
    body = {
        **table_document(loaded.source, table.grid, data, table.text),
        "title": f"{mapping.label['en']} ({loaded.name})",
        "publisher": mapping.publisher,
        "mapping": mapping.code,
        "rows": table.rows,
        "not_stated": table.not_stated,
    }
    entries = [
        NewEntry("document", body, (before,) if before else ()),
        *(observation_entry(one, -1) for one in table.observed),
    ]
    sources = (data, table.text.text.encode())
    return Draft(author or mapping.code, f"table {loaded.source}", tuple(entries), sources)


def table_totals(
    ledger: SqliteLedger,
    mapping: TableMapping,
    edition: str,
    by: Sequence[str],
    *,
    where: Mapping[str, str] | None = None,
    as_of: AsOf = None,
) -> tuple[KeyTotal, ...]:
    """Add up the rows of one edition of a table in the record, by keys of its mapping.

    Args:
        by: Keys, or the name of one of the mapping's totals (`national`).

    Raises:
        ReturnRefused: RT137 for a key that the mapping does not have, RT138 where the record has no such
            edition.
    """
    from tallyroom.returns.mapped_totals import totals_by
    from tallyroom.returns.remarks import refuse

    id = f"{mapping.code}/{edition}"
    if ledger.standing_document(id, as_of) is None:
        raise refuse("RT138", "the record has no such edition of the table.", found=id,
            next_step="tallyroom returns load puts it there")  # fmt: skip
    keys = mapping.totals.get(by[0], tuple(by)) if len(by) == 1 else tuple(by)
    return totals_by(mapping, ledger.figures(Query({"source": (id,)}), as_of), keys, where)

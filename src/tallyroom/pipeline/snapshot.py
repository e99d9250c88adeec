"""The record as tables of Arrow, cut at one moment: what `sql` looks at."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Entry, Query
from tallyroom.model.record import AsOf, EntryKind

if TYPE_CHECKING:
    import pyarrow

PRECISION, SCALE = 38, 18
"""Of decimals: the most digits, and how many of them behind the point. What does not fit is null; `text` has it."""
_ROWS = 20_000
_OBSERVATION = {
    "source": "text", "start": "int", "end": "int", "text": "text", "indicator": "text", "statistic": "text",
    "value": "decimal", "upper": "decimal", "unit": "text", "qualifier": "text", "area": "texts",
    "period": "text", "period_start": "date", "period_end": "date", "operation": "text", "offence": "text",
    "substance": "text", "breakdown": "json", "low": "decimal", "high": "decimal", "low_open": "bool",
    "high_open": "bool", "counted": "text", "agency": "text", "operation_id": "text", "period_from": "text",
    "rule": "text", "confidence": "float",
}  # fmt: skip
VIEWS = {
    "figures": {
        "entry": "int", "document": "int", "known": "time", "status": "text", "mentions": "ints",
        "carriers": "texts", **_OBSERVATION, "more": "json",
    },
    "observations": {"entry": "int", "commit": "int", "document": "int", **_OBSERVATION, "more": "json"},
    "documents": {
        "entry": "int", "commit": "int", "id": "text", "title": "text", "publisher": "text", "published": "date",
        "lang": "text", "url": "text", "media_type": "text", "sha256": "text", "program": "text",
        "codebook": "text", "supersedes": "int", "copy_of": "int", "stands": "bool",
    },
    "decisions": {
        "entry": "int", "commit": "int", "kind": "text", "about": "int", "verdict": "text", "given": "json",
    },
    "commits": {
        "number": "int", "hash": "text", "parent": "text", "author": "text", "time": "time", "reason": "text",
        "first": "int", "next": "int",
    },
    "entries": {"id": "int", "commit": "int", "kind": "text", "about": "ints", "body": "json"},
}  # fmt: skip
"""The columns of each view and what they hold. JSON is text; times are UTC."""
ABOUT = {
    "figures": "a claim that stands",
    "observations": "a figure as it was read, whether it stands or not",
    "documents": "a version of a document",
    "decisions": "a correction, a review, or what was decided about a return",
    "commits": "a commit",
    "entries": "an entry of any kind",
}
_KINDS: tuple[EntryKind, ...] = (
    "document",
    "observation",
    "correction",
    "review",
    "return",
    "decision",
    "release",
    "rule",
)


def schema_of(view: str) -> pyarrow.Schema:
    """Return the columns of a view."""
    import pyarrow as pa

    types = {
        "text": pa.string(), "json": pa.string(), "int": pa.int64(), "bool": pa.bool_(), "float": pa.float64(),
        "date": pa.date32(), "time": pa.timestamp("us", "UTC"), "decimal": pa.decimal128(PRECISION, SCALE),
        "texts": pa.list_(pa.string()), "ints": pa.list_(pa.int64()),
    }  # fmt: skip
    return pa.schema([(name, types[kind]) for name, kind in VIEWS[view].items()])


def cut(ledger: SqliteLedger, views: Iterable[str], folder: Path, as_of: AsOf = None) -> None:
    """Write each of `views` as it was known at `as_of` into a file `VIEW.arrow` of `folder`."""
    import pyarrow as pa

    makers: dict[str, Callable[[SqliteLedger, AsOf], Iterator[dict[str, Any]]]] = {
        "figures": _figures, "observations": _observations, "documents": _documents, "decisions": _decisions,
        "commits": _commits, "entries": _entries,
    }  # fmt: skip
    head = ledger.head(as_of)
    at = head.number if head else 0  # so that all views are cut at one commit
    for view in views:
        schema, rows = schema_of(view), makers[view](ledger, at)
        with pa.OSFile(str(folder / f"{view}.arrow"), "wb") as file, pa.ipc.new_stream(file, schema) as out:
            while batch := list(islice(rows, _ROWS)):
                out.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))


def _figures(ledger: SqliteLedger, as_of: AsOf) -> Iterator[dict[str, Any]]:
    for one in ledger.figures(Query(), as_of):
        told = {"entry": one.entry, "document": one.document, "known": one.known, "status": one.status,
            "mentions": one.mentions, "carriers": one.carriers, "more": _json(one.more)}  # fmt: skip
        yield {**told, **_observation(one.observation.row())}


def _observations(ledger: SqliteLedger, as_of: AsOf) -> Iterator[dict[str, Any]]:
    for entry in ledger.entries("observation", as_of=as_of):
        more = {name: content for name, content in entry.body.items() if name not in _OBSERVATION}
        told = {"entry": entry.id, "commit": entry.commit, "document": entry.about[0], "more": _json(more)}
        yield {**told, **_observation(entry.body)}


def _observation(body: dict[str, Any]) -> dict[str, Any]:
    row = {name: body.get(name) for name in _OBSERVATION}
    for name in ("value", "upper", "low", "high"):
        row[name] = _decimal(body[name])
    first, _, last = (body["period"] or "").partition("/")
    row["period_start"], row["period_end"] = _day(first), _day(last)
    row["breakdown"] = _json(body["breakdown"])
    return row


def _documents(ledger: SqliteLedger, as_of: AsOf) -> Iterator[dict[str, Any]]:
    known = [name for name in VIEWS["documents"] if name not in ("entry", "commit", "published")]
    documents = list(ledger.entries("document", as_of=as_of))
    superseded = {target for entry in documents for target in entry.about}
    for entry in documents:
        row = {name: entry.body.get(name) for name in known}
        row["published"] = _day(entry.body.get("published") or "")
        row["supersedes"] = entry.about[0] if entry.about else None
        yield {**row, "entry": entry.id, "commit": entry.commit, "stands": entry.id not in superseded}


def _decisions(ledger: SqliteLedger, as_of: AsOf) -> Iterator[dict[str, Any]]:
    decided: list[Entry] = [
        *ledger.entries("correction", as_of=as_of), *ledger.entries("review", as_of=as_of),
        *ledger.entries("decision", as_of=as_of),
    ]  # fmt: skip
    for entry in sorted(decided, key=lambda entry: entry.id):
        about = entry.about[0] if entry.about else None
        yield {"entry": entry.id, "commit": entry.commit, "kind": entry.kind, "about": about,
            "verdict": entry.body.get("verdict"), "given": _json(entry.body.get("values", {}))}  # fmt: skip


def _commits(ledger: SqliteLedger, as_of: AsOf) -> Iterator[dict[str, Any]]:
    for one in ledger.commits(as_of):
        first, after = one.entries
        yield {"number": one.number, "hash": one.hash, "parent": one.parent, "author": one.author,
            "time": one.time, "reason": one.reason, "first": first, "next": after}  # fmt: skip


def _entries(ledger: SqliteLedger, as_of: AsOf) -> Iterator[dict[str, Any]]:
    for kind in _KINDS:
        for one in ledger.entries(kind, as_of=as_of):
            yield {
                "id": one.id,
                "commit": one.commit,
                "kind": kind,
                "about": one.about,
                "body": _json(one.body),
            }


def _decimal(written: str | None) -> Decimal | None:
    if written is None:
        return None
    whole, _, behind = written.removeprefix("-").partition(".")  # no needless zeros, so digits may be counted
    return Decimal(written) if len(whole) <= PRECISION - SCALE and len(behind) <= SCALE else None


def _day(written: str) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def _json(content: Any) -> str:
    import msgspec

    return msgspec.json.encode(content, order="deterministic").decode()

"""Names of what is compared -> its figures: a release, a document, an agency, a publisher, or a query."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Entry, Figure, Observation, Query
from tallyroom.model.audit import Side, SideKind
from tallyroom.model.campaign import Words as Texts
from tallyroom.model.record import AsOf
from tallyroom.pipeline.audit_errors import SideUnknown
from tallyroom.pipeline.queries import QueryUnfit, Words, query_of
from tallyroom.release.manifest import MANIFEST
from tallyroom.release.selecting import KEY_FIELDS

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook

Found = tuple[Side, list[Figure]]
KINDS: tuple[SideKind, ...] = ("release", "document", "agency", "publisher")
"""In the order in which a bare name is looked for."""


class Sides:
    """Finds what names mean in one record at one moment."""

    def __init__(self, ledger: SqliteLedger, codebook: Codebook, as_of: AsOf) -> None:
        self._ledger, self._codebook, self._as_of = ledger, codebook, as_of
        self._finders: dict[str, Callable[[str], Found | None]] = {
            "release": self._release, "document": self._document, "agency": self._agency,
            "publisher": self._publisher,
        }  # fmt: skip

    def of(self, name: str) -> Found:
        """Return the side that a name means, and its figures.

        Args:
            name: A release, a document, an agency or a publisher; `KIND=NAME` where several have one name; the
                folder of a release; or a query, whose pairs are parted by spaces.

        Raises:
            SideUnknown: There is none, or it has no figure; the message names the nearest.
            QueryUnfit: It is a query that cannot be asked.
        """
        kind, sign, rest = name.partition("=")
        if sign and kind in self._finders and " " not in name.strip():
            found = self._finders[kind](rest)
        elif sign:
            found = self._query(name)
        else:
            found = next((one for kind in KINDS if (one := self._finders[kind](name))), None)
        if found is None:
            raise self._unknown(rest if sign else name)
        return found

    def _release(self, name: str) -> Found | None:
        manifest = Path(name) / MANIFEST
        id = msgspec.json.decode(manifest.read_bytes()).get("release") if manifest.is_file() else name
        entries = [entry for entry in self._releases() if entry.body.get("id") == id]
        if not entries:
            return None
        body = entries[-1].body
        figures = [self._printed(fact, body) for fact in body["figures"]]
        return _found(str(id), "release", dict(body.get("title") or {}), figures)

    def _printed(self, fact: dict[str, Any], body: dict[str, Any]) -> Figure:
        """A figure that a release prints; one that is stated by a single entry keeps the interval of that."""
        cell = dict(zip(KEY_FIELDS, msgspec.json.decode(fact["cell"]), strict=True))
        cell |= {"area": tuple(cell["area"]), "breakdown": dict(cell["breakdown"])}
        value = Decimal(fact["value"])
        parts = [self._ledger.figure(entry, body.get("commit")) for entry in fact["entries"][:2]]
        stated = parts[0] if len(parts) == 1 else None
        if stated and stated.observation.value == value:
            row = msgspec.structs.replace(stated.observation, **cell)
            return msgspec.structs.replace(stated, observation=row)
        first = fact["entries"][0] if fact["entries"] else 0
        known = self._ledger.head(body.get("commit"))
        row = Observation(
            source=body["id"], start=0, end=0, text="", value=value, upper=None, qualifier="exact", operation=None,
            low=value, high=value, low_open=False, high_open=False, period_from=None, rule="", confidence=1.0, **cell,
        )  # fmt: skip
        document = parts[0].document if parts and parts[0] else first
        assert known is not None, "a release is made from a commit"
        return Figure(first, row, document, known.time, more={"parts": len(fact["entries"])})

    def _document(self, name: str) -> Found | None:
        if self._ledger.standing_document(name, self._as_of) is None:
            return None
        return _found(name, "document", {}, self._figures(source=(name,)))

    def _agency(self, name: str) -> Found | None:
        try:
            code = Words(self._codebook, self._ledger.holds).code("agency", name)
        except QueryUnfit:
            return None
        figures = self._figures(agency=(code,))
        known = self._codebook.agencies.get(code)
        return _found(code, "agency", dict(known.label) if known else {}, figures) if figures else None

    def _publisher(self, name: str) -> Found | None:
        folded = name.casefold()
        ids = [
            entry.body["id"]
            for entry in self._ledger.entries("document", as_of=self._as_of)
            if (entry.body.get("publisher") or "").casefold() == folded
        ]
        figures = self._figures(source=tuple(dict.fromkeys(ids))) if ids else []
        return _found(name, "publisher", {}, figures) if ids else None

    def _query(self, words: str) -> Found | None:
        query = query_of(words.split(), self._codebook, self._ledger.holds)
        figures = list(self._ledger.figures(query, self._as_of))
        return _found(words, "query", {}, figures) if figures else None

    def _figures(self, **fields: tuple[str, ...]) -> list[Figure]:
        return list(self._ledger.figures(Query(fields), self._as_of))

    def _releases(self) -> Iterator[Entry]:
        return self._ledger.entries("release", as_of=self._as_of)

    def _unknown(self, name: str) -> SideUnknown:
        known = list(dict.fromkeys(self._names()))
        near = difflib.get_close_matches(name, known, 3, 0.5)
        return SideUnknown(
            f"the record has no figures of {name!r}", where=self._ledger.where,
            expected="a release, a document, an agency or a publisher, or a query (indicator=cases_solved area=CN)",
            found=name,
            next_step=f"did you mean {' or '.join(near)}?" if near else "tallyroom figures tells what the record has",
        )  # fmt: skip

    def _names(self) -> Iterator[str]:
        for release in self._releases():
            yield str(release.body.get("id"))
        for document in self._ledger.entries("document", as_of=self._as_of):
            yield str(document.body["id"])
            yield str(document.body.get("publisher") or document.body["id"])
        for code, agency in self._codebook.agencies.items():
            yield from (code, *agency.label.values())


def _found(name: str, kind: SideKind, label: Texts, figures: list[Figure]) -> Found:
    return Side(name, kind, label or {"en": name, "zh": name}, len(figures)), figures

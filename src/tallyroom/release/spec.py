"""`RELEASE.yaml`: what is published, when, by whom, from which figures, by which template."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.codebook.problems import nearest
from tallyroom.codebook.schema import (
    anything,
    day,
    integer,
    label,
    list_of,
    mapping_of,
    one_of,
    record,
    text,
    texts,
    truth,
)
from tallyroom.codebook.yamlsource import Entry
from tallyroom.release.problems import NameUnknown, SpecWrong
from tallyroom.release.template import checked
from tallyroom.release.wording import LANGUAGES

MARKS = ("p", "r", "e", "x")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
_MARK = record({"mark": text, "where": mapping_of(anything)})
_QUERY = record({}, {"totals": truth, "places": texts, "stated": mapping_of(anything), "empty": truth})
_RELEASE = record(
    {"release": text, "title": label, "publisher": label, "date": day, "query": _QUERY, "template": text},
    {
        "place": label, "embargo": text, "campaign": text, "round": text, "period": text, "area": texts,
        "as_of": one_of(integer, text, expected="the number of a commit, or a time in quotes"),
        "editions": texts, "marks": list_of(_MARK), "notes": list_of(label), "demonstration": truth,
        "revises": text, "note": text,
    },
)  # fmt: skip


class Marked(msgspec.Struct, frozen=True):
    """A status mark, and the figures that get it."""

    mark: Literal["p", "r", "e", "x"]
    where: dict[str, Any]


class Wanted(msgspec.Struct, frozen=True):
    """Which figures: totals of a round, lines of it by place, and what sources state."""

    totals: bool = False
    places: tuple[str, ...] = ()
    stated: dict[str, tuple[str, ...]] | None = None
    empty: bool = False
    """Whether totals that are nothing, or of which nothing is filed, are published too."""


class Spec(msgspec.Struct, frozen=True):
    """A release as declared. `data` are the bytes of its file, kept with what is made from it."""

    id: str
    title: dict[str, str]
    publisher: dict[str, str]
    date: datetime.date
    wanted: Wanted
    template: str
    place: dict[str, str]
    embargo: str
    campaign: str | None
    round: str | None
    period: str | None
    area: tuple[str, ...]
    as_of: int | str | None
    editions: tuple[str, ...]
    marks: tuple[Marked, ...]
    notes: tuple[dict[str, str], ...]
    demonstration: bool
    revises: str | None
    data: bytes
    file: str

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.data).hexdigest()


def load_spec(data: bytes, file: str, codebook: Codebook) -> Spec:
    """Check a release file.

    Raises:
        SpecWrong: A key is unknown or missing, or a value has another form; with file, line and nearest name.
        NameUnknown: It names an area or campaign that the codebook lacks.
    """
    entry = checked(data, file, _RELEASE, SpecWrong)
    _check(entry, file, codebook)
    query = entry["query"]
    stated = query.get("stated")
    wanted = Wanted(
        query.get("totals", False),
        tuple(query.get("places", ())),
        {name: _several(value) for name, value in stated.items()} if stated is not None else None,
        query.get("empty", False),
    )
    return Spec(
        id=entry["release"], title=dict(entry["title"]), publisher=dict(entry["publisher"]), date=entry["date"],
        wanted=wanted, template=entry["template"], place=dict(entry.get("place") or {}),
        embargo=entry.get("embargo", ""), campaign=entry.get("campaign"), round=entry.get("round"),
        period=entry.get("period"), area=tuple(entry.get("area") or ("CN",)), as_of=entry.get("as_of"),
        editions=tuple(entry.get("editions") or LANGUAGES),
        marks=tuple(Marked(one["mark"], dict(one["where"])) for one in entry.get("marks", ())),
        notes=tuple(dict(note) for note in entry.get("notes", ())),
        demonstration=entry.get("demonstration", False), revises=entry.get("revises"), data=data, file=file,
    )  # fmt: skip


def _several(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _check(entry: Entry, file: str, codebook: Codebook) -> None:
    if not _ID.fullmatch(entry["release"]):
        raise _wrong(
            entry, file, "release", "small letters, digits, and . _ - between them", entry["release"]
        )
    editions = entry.get("editions") or LANGUAGES
    for lang in editions:
        if lang not in LANGUAGES:
            raise _wrong(entry, file, "editions", " or ".join(LANGUAGES), lang)
    spoken: Mapping[str, Any] = {
        name: entry[name] for name in ("title", "publisher", "place") if name in entry
    }
    for name, words in [*spoken.items(), *(("notes", note) for note in entry.get("notes", ()))]:
        if lacking := [lang for lang in editions if lang not in words]:
            raise _wrong(
                entry, file, name, "a text in every language of the editions", f"none in {lacking[0]}"
            )
    for one in entry.get("marks", ()):
        if one["mark"] not in MARKS:
            raise _wrong(entry, file, "marks", ", ".join(MARKS), one["mark"])
    for name, fits in (("as_of", _is_moment), ("period", _is_period)):
        if name in entry and not fits(entry[name]):
            forms = {"as_of": "a commit's number, or a time as 2022-08-05T10:00", "period": "FIRST/LAST day"}
            raise _wrong(entry, file, name, forms[name], str(entry[name]))
    if entry["query"].get("totals") and not (entry.get("campaign") and entry.get("round")):
        raise _wrong(
            entry, file, "query", "campaign and round, of which the totals are", "one of them is missing"
        )
    for name, known in (("area", codebook.lists["areas"]), ("campaign", codebook.operations)):
        for code in entry.get(name) or () if name == "area" else filter(None, [entry.get(name)]):
            if code not in known:
                where = f"{file}:{entry.lines[name]}"
                raise NameUnknown(
                    f"the codebook has no {name} {code!r}", where=where, expected=f"a code of its {name} list",
                    found=str(code), next_step=nearest(str(code), known) or "correct the code",
                )  # fmt: skip


def _is_moment(as_of: int | str) -> bool:
    try:
        return isinstance(as_of, int) or bool(datetime.datetime.fromisoformat(as_of))
    except ValueError:
        return False


def _is_period(period: str) -> bool:
    try:
        first, last = map(datetime.date.fromisoformat, period.split("/"))
    except ValueError:
        return False
    return first <= last


def _wrong(entry: Entry, file: str, key: str, expected: str, found: str) -> SpecWrong:
    where = f"{file}:{entry.lines[key]}"
    return SpecWrong(
        f"{key} is not as it must be",
        where=where,
        expected=expected,
        found=found,
        next_step="correct this line",
    )

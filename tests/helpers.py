"""Things that several tests build, and functions that other processes must be able to import."""

from __future__ import annotations

import datetime
import functools
import hashlib
import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from tallyroom.model import Block, Document, Draft, NewEntry, Numeral, Observation, Reading
from tallyroom.workers import CHUNK_WORTH


def an_observation(text: str = "2,589", start: int = 0, **changes: Any) -> Observation:
    """An observation whose fields are plausible; the value is that of `text` unless it is given."""
    fields: dict[str, Any] = {
        "source": "doc", "start": start, "end": start + len(text), "text": text, "indicator": "cases_solved",
        "statistic": "level", "value": Decimal(2589), "upper": None, "unit": "case", "qualifier": "exact",
        "area": ("CN",), "period": "2022-06-25/2022-07-31", "operation": "Hundred Days Action",
        "offence": "drugs", "substance": None, "breakdown": {}, "low": Decimal(2589), "high": Decimal(2589),
        "low_open": False, "high_open": False, "counted": "cases", "agency": None,
        "operation_id": "hundred-days-2022", "period_from": "campaign", "rule": "en/actions/solve",
        "confidence": 0.97,
    }  # fmt: skip
    return Observation(**{**fields, **changes})


def a_document(text: str, **changes: Any) -> Document:
    """A plain document: its lines are its blocks."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), "paragraph"))
        at += len(line) + 1
    fields: dict[str, Any] = {
        "id": "doc", "sha256": hashlib.sha256(text.encode(errors="replace")).hexdigest(), "lang": "en",
        "title": "A briefing", "publisher": "An agency", "published": datetime.date(2022, 8, 5),
        "blocks": tuple(blocks),
    }  # fmt: skip
    return Document(text=text, **{**fields, **changes})


def a_reading(text: str, *figures: str, aside: str = "", left: str = "", **changes: Any) -> Reading:
    """A reading of `text` in which each of `figures` is an observation; `aside` and `left` are numerals."""
    rows = [an_observation(figure, text.index(figure), **changes) for figure in figures]
    numerals = [Numeral(row.start, row.end, row.text, "bound", row.rule) for row in rows]
    if aside:
        numerals.append(_numeral(text, aside, "set aside", "date"))
    if left:
        numerals.append(_numeral(text, left, "left over", ""))
    numerals.sort(key=lambda numeral: numeral.start)
    return Reading(a_document(text), tuple(sorted(rows, key=lambda row: row.start)), tuple(numerals))


def _numeral(text: str, words: str, fate: Any, rule: str) -> Numeral:
    start = text.index(words)
    return Numeral(start, start + len(words), words, fate, rule)


class PlainReader:
    """Stands for the reader where a test is about what surrounds it: numbers are figures, years are not."""

    def read(self, document: Document) -> Reading:
        if "BREAK" in document.text:
            raise RuntimeError("the reader met BREAK")
        if "GREED" in document.text:
            raise MemoryError
        rows, numerals = [], []
        for found in re.finditer(r"\d[\d,]*", document.text):
            value, start = Decimal(found.group().replace(",", "")), found.start()
            fate: Any = "set aside" if 1900 < value < 2100 else "left over" if value == 7 else "bound"
            rule = {"set aside": "year", "bound": "plain"}.get(fate, "")
            numerals.append(Numeral(start, found.end(), found.group(), fate, rule))
            if fate == "bound":
                rows.append(an_observation(found.group(), start, value=value, source=document.id))
        return Reading(document, tuple(rows), tuple(numerals))


def doubling() -> Callable[[int], tuple[int, int]]:
    """Work that tells its process: an item's double. A negative item kills the process."""
    return _double


def _double(item: int) -> tuple[int, int]:
    if item < 0:
        os._exit(9)
    return item * 2, os.getpid()


def dying_once(marker: Path) -> Callable[[int], tuple[int, int]]:
    """Work that kills one process, once: the first that comes to item 7."""
    return functools.partial(_die_once, marker)


def _die_once(marker: Path, item: int) -> tuple[int, int]:
    if item == 7 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), 9)
    return _double(item)


def crashed(item: int) -> tuple[int, int]:
    """What stands for the result of an item that killed its process."""
    return (-1, item)


def heavy(item: int) -> int:
    """A weight that makes each item a task of its own."""
    return CHUNK_WORTH


def len_of_digits(item: int) -> int:
    """A weight that puts many items into one task."""
    return len(str(item)) * CHUNK_WORTH // 100


def dying() -> Callable[[int], int]:
    """Work that no process lives to begin."""
    os._exit(9)


def shouting() -> Callable[[str], str]:
    """Work whose items and results are as long as one likes."""
    return _shout


def _shout(item: str) -> str:
    return item + "!"


def a_briefing(*figures: str, id: str = "doc", about: tuple[int, ...] = (), copy_of: int | None = None,
               **changes: Any) -> Draft:  # fmt: skip
    """A draft of one document that states `figures` of one cell, unless `changes` tell another."""
    body = {"id": id} if copy_of is None else {"id": id, "copy_of": copy_of}
    rows = [
        an_observation(
            text, value=Decimal(text.replace(",", "")), **{"low": None, "source": id, **changes}
        ).row()
        for text in figures
    ]
    entries = [NewEntry("document", body, about), *(NewEntry("observation", row, (-1,)) for row in rows)]
    return Draft("desk", f"read {id}", tuple(entries))


def a_correction(entry: int, **values: Any) -> Draft:
    """A draft that gives other values to an observation."""
    return Draft("desk", "put right", (NewEntry("correction", {"values": values}, (entry,)),))


def a_review(entry: int, verdict: str, **values: Any) -> Draft:
    """A draft of a reviewer's decision about an observation."""
    body = {"verdict": verdict, "values": values} if values else {"verdict": verdict}
    return Draft("reviewer", "looked at", (NewEntry("review", body, (entry,)),))

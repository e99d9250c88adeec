"""Annotations in the format of the corpus: `docs.jsonl`, `gold.jsonl` and `texts/`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from tallyroom.errors import TallyroomError

Row = Mapping[str, Any]
"""One annotation or one observation with the fields of `Observation`, as JSON has them."""
_NEEDED = ("source", "start", "end", "indicator", "value", "unit")


class GoldUnreadable(TallyroomError):
    """The annotations are not there, or not in the format of the corpus."""

    code = "CL130"


class Gold(msgspec.Struct, frozen=True):
    """Annotations: each document's language, its rows in the order of the file, and where the texts are."""

    langs: dict[str, str]
    rows: dict[str, list[Row]]
    texts: Path


def load_gold(
    folder: str | Path, lang: str = "", skip: Collection[str] = (), only: Collection[str] | None = None
) -> Gold:
    """Read the annotations of a folder.

    Args:
        folder: Holds `docs.jsonl`, `gold.jsonl` and `texts/`.
        lang: Only documents whose language begins with this: `zh` takes in `zh-Hant`.
        skip: Ids of documents to leave out.
        only: Ids of the documents to keep; `None` keeps all.

    Returns:
        The documents that were asked for; one without annotations has an empty list of rows.

    Raises:
        GoldUnreadable: A file is missing, a line is no annotation, or no document is left.
    """
    folder = Path(folder)
    langs = {
        str(doc["id"]): str(doc.get("lang") or "und")
        for doc in _lines(folder / "docs.jsonl", ("id",))
        if str(doc.get("lang") or "und").startswith(lang) and doc["id"] not in skip
    }
    if only is not None:
        langs = {name: lang for name, lang in langs.items() if name in only}
    if not langs:
        raise GoldUnreadable(
            "no document is left to score",
            where=str(folder),
            next_step="check --lang, --skip and --only against the ids in docs.jsonl",
        )
    rows: dict[str, list[Row]] = {name: [] for name in langs}
    for row in _lines(folder / "gold.jsonl", _NEEDED):
        if row["source"] in rows:
            rows[row["source"]].append(row)
    return Gold(langs, rows, folder / "texts")


def _lines(path: Path, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise GoldUnreadable(
            "the annotations cannot be read",
            where=str(path),
            expected="a folder with docs.jsonl, gold.jsonl and texts/",
            found=error.strerror or str(error),
        ) from None
    return [_object(path, number, line, needed) for number, line in enumerate(lines, 1) if line.strip()]


def _object(path: Path, number: int, line: bytes, needed: tuple[str, ...]) -> dict[str, Any]:
    try:
        content = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unfit(path, number, str(error)) from None
    missing = [name for name in needed if name not in content]
    if missing:
        raise _unfit(path, number, f"no field {missing[0]!r}")
    if "value" in needed and not _is_row(content):
        raise _unfit(path, number, "start and end are no whole numbers, or value or upper is no decimal")
    return content


def _is_row(content: Row) -> bool:
    try:
        numbers = [
            Decimal(str(content[name])) for name in ("value", "upper") if content.get(name) is not None
        ]
    except InvalidOperation:
        return False
    return all(map(Decimal.is_finite, numbers)) and all(
        type(content[name]) is int for name in ("start", "end")
    )


def _unfit(path: Path, number: int, found: str) -> GoldUnreadable:
    return GoldUnreadable(
        "this line is none of the format",
        where=f"{path}:{number}",
        expected="one JSON object with the fields of an observation",
        found=found,
        next_step="see docs/evaluate",
    )

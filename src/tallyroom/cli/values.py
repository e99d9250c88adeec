"""Values that options take, with the words for those that they do not."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from pathlib import Path

MOST_PROCESSES = 256


def day(text: str) -> datetime.date:
    """Read a date, `2024-06-26`."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2024-06-26") from None


def natural(text: str) -> int:
    """Read a whole number from 0."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def amount(text: str) -> Decimal:
    """Read a number, `-12.5`, exactly."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(text) > 30 or "e" in text.lower():
        raise argparse.ArgumentTypeError(f"{text!r} is no number")
    return number


def seconds(text: str) -> float:
    """Read a number of seconds above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 86400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 to 86400")
    return number


def entry_number(text: str) -> int:
    """Read the number of an entry; those of the record begin with 1."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of an entry")
    return int(text)


def assignment(text: str) -> tuple[str, str]:
    """Read `NAME=VALUE`."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name.strip(), value.strip()


def processes(text: str) -> int:
    """Read a number of processes."""
    if not 1 <= natural(text) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to {MOST_PROCESSES}")
    return int(text)


def moment(text: str) -> datetime.datetime | int:
    """Read a moment of the record: a day (its end), a time with its zone, or the number of a commit.

    Examples:
        >>> str(moment("2026-11-24")), str(moment("2026-11-24T02:30+08:00")), moment("17")
        ('2026-11-24 23:59:59.999999+00:00', '2026-11-24 02:30:00+08:00', 17)
    """
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    try:
        if len(text) == len("2026-11-24"):
            end = datetime.time(23, 59, 59, 999999, datetime.UTC)
            return datetime.datetime.combine(datetime.date.fromisoformat(text), end)
        time = datetime.datetime.fromisoformat(text)
    except ValueError:
        wanted = "a day (2026-11-24), a time (2026-11-24T02:30Z) or the number of a commit"
        raise argparse.ArgumentTypeError(f"{text!r} is no moment; write {wanted}") from None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def format_of(output: Path | None, formats: Collection[str]) -> str:
    """Return the format that the ending of a path asks for; `table` where it asks for none."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    ending = {"htm": "html", "ndjson": "jsonl"}.get(ending, ending)
    return ending if ending in formats else "table"


def key_and_value(text: str) -> tuple[str, str]:
    """Read `name=value`."""
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no KEY=VALUE")
    return key, value

"""Values that options take, with the words for those that they do not."""

from __future__ import annotations

import argparse
import datetime

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


def processes(text: str) -> int:
    """Read a number of processes."""
    if not 1 <= natural(text) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to {MOST_PROCESSES}")
    return int(text)

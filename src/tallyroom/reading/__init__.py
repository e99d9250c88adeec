"""Reading: a document in, observations and the account of its numerals out."""

from tallyroom.reading.reader import Reader

__all__ = ["Reader"]

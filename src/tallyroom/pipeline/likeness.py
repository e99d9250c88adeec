"""How much of one document stands in another: a small sketch of its clauses, kept in the record."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

from tallyroom.model import Document

SIZE = 64
"""Clauses that a sketch holds: those with the least numbers, which is a fair sample of all."""
_SHORTEST = 6
"""Letters and digits that a clause needs to tell one document from another."""
_END = "。"
_LATIN_END = re.compile(r"[,.;:!?](?=\s|$)")
"""A point or comma inside a number ends nothing."""
_NO_WORD = re.compile(r"[^\w。，；！？：、]+|_+")
_ENDS = re.compile(r"[。，；！？：、]+")


def sketch(document: Document) -> tuple[int, ...]:
    """Return the sketch of a document: numbers of at most `SIZE` of its clauses, the least first.

    Blanks, line breaks, punctuation, case and furniture play no part, so a carrier's page and the text that it
    carries have the same clauses.

    Source:
        A. Broder, On the resemblance and containment of documents, 1997: the least numbers are a sample.

    Examples:
        >>> import tallyroom
        >>> text = "Police solved 41 drug cases, and seized 12 kg of heroin."
        >>> one, other = (tallyroom.read(text=t).document for t in (text, text.upper() + " So they said today."))
        >>> overlap(sketch(one), sketch(other))
        1.0
    """
    return tuple(sorted(set(map(_number, _clauses(document))))[:SIZE])


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the share of the shorter document's clauses that stand in the other: 0 where there is none."""
    limit = min((found[-1] for found in (one, other) if len(found) == SIZE), default=2**32)
    here, there = ({number for number in found if number <= limit} for found in (one, other))
    fewer = min(len(here), len(there))
    return len(here & there) / fewer if fewer else 0.0


def written(numbers: Sequence[int]) -> str:
    """Write a sketch as the record keeps it: eight digits of base 16 a clause."""
    return "".join(f"{number:08x}" for number in numbers)


def unwritten(text: str) -> tuple[int, ...]:
    """Read a sketch that `written` wrote."""
    return tuple(int(text[at : at + 8], 16) for at in range(0, len(text), 8))


def _clauses(document: Document) -> Iterator[str]:
    text = _END.join(document.text[one.start : one.end] for one in document.blocks if one.kind != "furniture")
    words = _NO_WORD.sub("", _LATIN_END.sub(_END, text)).casefold()
    return (clause for clause in _ENDS.split(words) if len(clause) >= _SHORTEST)


def _number(clause: str) -> int:
    # the checksum alone keeps likeness of clauses; times an odd number it spreads them
    return zlib.crc32(clause.encode(errors="replace")) * 0x9E3779B1 & 0xFFFFFFFF

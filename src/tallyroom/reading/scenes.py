"""What a sentence's places, times and names are to the rest of the document: passing, elsewhere, a turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.reading.operations import Named
from tallyroom.reading.places import AreaGroup
from tallyroom.reading.sentence import Sentence
from tallyroom.reading.times import Moment

_PART = re.compile(
    r"\b(?:such as|of (?:those|them|these|which|whom)|among (?:those|them|these|the cases|whom|which))\b"
)


def is_passing(group: AreaGroup, sentence: Sentence) -> bool:
    """`Of those, 49 were arrested in the park`, `areas such as Bedok`: what follows is not about that place."""
    if sentence.lang != "en":
        return False
    if group.policed and _BY.search(sentence.text, max(0, group.start - 8), group.start):
        return True  # `handed over by Myanmar's police`
    return _PART.search(sentence.text, sentence.span[0], group.start) is not None or _is_label(sentence)


_BY = re.compile(r"\bby (?:the )?$")


_RANKING = re.compile(r"\bfollowed by (?!a |an |the )[^.;]{3,40}\d")


def _is_label(sentence: Sentence) -> bool:
    """`KwaZulu-Natal had 3,012, followed by Gauteng with 2,844`: places told with their shares of a whole."""
    return _RANKING.search(sentence.text, *sentence.span) is not None


_FRONTED = 18
"""Characters: what stands as near as this to the beginning of a sentence is what the sentence turns to."""
_LONG_DAYS, _MONTH = 180, 27
"""Days of a time that a later paragraph turns to, and that a later sentence of the lead does."""


_UNDER = re.compile(r"\s*(?:meanwhile, |separately, |also, )?(?:in|under|during|as part of) ")


def is_turned(
    sentence: Sentence, moments: Sequence[Moment], named: Sequence[Named], *, in_lead: bool
) -> bool:
    """Tell whether a sentence after the first figures turns to another stretch of time or operation.

    `In the year to June…`, `In Operation Maru, …`: what it tells holds from there on, and not for what was told before.
    """
    if sentence.lang != "en" or sentence.kind in ("title", "heading"):
        return False
    at = sentence.span[0] + _FRONTED
    least = _MONTH if in_lead else _LONG_DAYS
    long = (m for m in moments if m.span is not None and (m.span.last - m.span.first).days >= least)
    fronted = _UNDER.match(sentence.text, *sentence.span) is not None
    return any(m.start < at for m in long) or (fronted and any(one.start < at for one in named))


_DIVISION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def are_elsewhere(places: Sequence[str], country: Sequence[str]) -> bool:
    """Tell whether all places are known and lie in other countries."""
    return bool(places) and all(
        _DIVISION.fullmatch(place) is not None and place[:2] not in country for place in places
    )

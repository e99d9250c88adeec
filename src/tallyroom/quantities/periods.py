"""Periods that a text names: the facade over the grammars of each language."""

from __future__ import annotations

from tallyroom.quantities.moments import Clock, Kind, PeriodMention
from tallyroom.quantities.periods_en import find_periods_en
from tallyroom.quantities.periods_zh import find_periods_zh

__all__ = ["Clock", "Kind", "PeriodMention", "find_periods"]


def find_periods(text: str, lang: str, clock: Clock) -> list[PeriodMention]:
    """Return the periods that one block names, in order and without overlaps.

    Args:
        text: One block, folded: lower case, half width, simplified characters; spans refer to it.
        lang: `zh` (also `zh-Hant`) or `en`; any other language gives an empty list.
        clock: The date of publication, the year that the context last named and the publisher's fiscal
            year; what it does not know, no date is settled by.

    Returns:
        One mention for each period. `first` and `last` are None where neither the text, the context nor
        the date of publication settles them; an `until` has no `first`.

    Examples:
        >>> from datetime import date
        >>> clock = Clock(published=date(2025, 7, 2))
        >>> [(m.kind, str(m.first), str(m.last)) for m in find_periods("今年1至6月,破获案件", "zh", clock)]
        [('range', '2025-01-01', '2025-06-30')]
        >>> [(m.kind, str(m.first), str(m.last)) for m in find_periods("since june 25", "en", clock)]
        [('since', '2025-06-25', '2025-07-02')]
    """
    if lang.startswith("zh"):
        return find_periods_zh(text, clock)
    return find_periods_en(text, clock) if lang.startswith("en") else []

"""From a draft and its surroundings to an observation."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.codebook.model import Operation
from tallyroom.model.document import Document
from tallyroom.model.observation import Observation, Statistic
from tallyroom.model.quantity import QUALIFIER
from tallyroom.quantities import interval_of
from tallyroom.reading.confidence import confidence_of
from tallyroom.reading.context import Context
from tallyroom.reading.drafts import Draft
from tallyroom.reading.kinds import breakdown_of, offence_of, substance_of
from tallyroom.reading.operations import Named
from tallyroom.reading.times import STOCKS, Span
from tallyroom.reading.view import View


def row_of(
    draft: Draft, view: View, lang: str, document: Document, context: Context, codebook: Codebook
) -> Observation | None:
    """Return the observation of a settled draft, or None for one that was not settled."""
    around = context.around.get(id(draft))
    if draft.indicator is None or draft.aside is not None or around is None:
        return None
    start, end = view.place(draft.start, draft.end)
    substances = codebook.lists.get("substances", {})
    operation = context.operation_of(around)
    span = context.period_of(around, operation)
    if span is not None and draft.indicator in STOCKS:
        span = Span(span.last, span.last, span.settled_by)
    known = codebook.operations.get(operation.code) if operation is not None and operation.code else None
    substance = substance_of(draft, context.offence)
    if substance is not None:
        draft.marks["substance"] = substance
    offence = offence_of(
        draft, around.offence, _offence_of_campaign(operation, known, context), context.offence, substances
    )
    value, upper, statistic = _value(draft)
    area = context.area_of(around)
    breakdown = breakdown_of(draft, around.marks, area)
    if around.foreign and len(area) == 1 and len(area[0]) == 2 and area != context.country:
        breakdown["partner"] = area[0]
    quantity = msgspec.structs.replace(draft.quantity, value=value, upper=upper)
    interval = interval_of(quantity, statistic)
    return Observation(
        source=document.id, start=start, end=end, text=document.text[start:end], indicator=draft.indicator,
        statistic=statistic, value=value, upper=upper, unit=draft.unit,
        qualifier=QUALIFIER[draft.quantity.bound], area=area, period=str(span) if span else None,
        operation=operation.name if operation else None, offence=offence, substance=substance,
        breakdown=dict(sorted(breakdown.items())), low=interval.low, high=interval.high,
        low_open=interval.low_open, high_open=interval.high_open, counted=_counted(draft, view),
        agency=around.agency, operation_id=operation.code if operation else None,
        period_from=span.settled_by if span else None, rule=f"{lang}/{draft.indicator}/{draft.shape}",
        confidence=confidence_of(draft),
    )  # fmt: skip


def _offence_of_campaign(operation: Named | None, known: Operation | None, context: Context) -> str | None:
    """What the codebook tells of the campaign, else what its name says: 打击诈欺专案."""
    if operation is None:
        return None
    return known.marks.get("offence") if known is not None else context.offence_in(operation.name)


def _value(draft: Draft) -> tuple[Decimal, Decimal | None, Statistic]:
    quantity = draft.quantity
    sign = -1 if draft.marks.get("sign") == "-1" else 1
    ratio = draft.marks.pop("ratio", None)
    value = sign * (Decimal(ratio) if ratio is not None else quantity.value)
    draft.marks.pop("sign", None)
    upper = sign * quantity.upper if quantity.upper is not None else None
    return value, upper, draft.statistic


def _counted(draft: Draft, view: View) -> str:
    """The counting word or noun as written: 起, `gangs`; 网络 in 网络183个, since 个 counts gangs too."""
    quantity = draft.quantity
    if quantity.unit is not None and quantity.unit.counter and quantity.unit_start >= 0:
        word = view.text[quantity.unit_start : quantity.end]
        if draft.unit != "group" or len(word) > 1 or draft.thing_token is None:
            return word
        return view.text[draft.thing_token.start : draft.thing_token.end]
    if draft.phrase.heads:
        token = draft.phrase.heads[-1][0]
        return view.text[draft.phrase.heads[0][0].start : token.end]
    if draft.thing_token is not None:
        return view.text[draft.thing_token.start : draft.thing_token.end]
    return ""

"""What the codebook knows of a campaign's time: when it began, and to which day each of its releases runs."""

from __future__ import annotations

import datetime
import re

import msgspec

from tallyroom.codebook.model import Codebook, Operation
from tallyroom.reading.times import Moment, Span

_WHEN_TOLD = {
    "zh": re.compile(r"[^，。；]{0,12}?(?:发布|公布|通报|披露|宣布)[^，。；]{0,14}?(?:时|的时候)"),
    "en": re.compile(r"(?!)"),
}


def dated_operation(operation: Operation | None, codebook: Codebook) -> Operation | None:
    """Return the operation or the nearest above it that has a start; None for none."""
    seen: set[str] = set()
    while operation is not None and operation.start is None and operation.code not in seen:
        seen.add(operation.code)
        operation = codebook.operations.get(operation.parent or operation.campaign or "")
    return operation


def campaign_span(
    operation_id: str | None, published: datetime.date | None, codebook: Codebook
) -> Span | None:
    """Return the period that a campaign's release of that day covers, from the codebook; None where it is unknown."""
    operation = dated_operation(codebook.operations.get(operation_id or ""), codebook)
    return None if operation is None or published is None else _span_of(operation, published)


def _span_of(operation: Operation, published: datetime.date) -> Span | None:
    if operation.start is None:
        return None
    untils = (release.until for release in operation.releases if release.published == published)
    until = next(untils, None)
    return None if until is None else Span(operation.start, until, "campaign")


def as_released(span: Span, campaign: Span | None) -> Span:
    """`Since the campaign began` ends where its release does, as the codebook knows, not on the day of the news."""
    told_by_day = span.settled_by == "published" and campaign is not None and span.first == campaign.first
    return campaign if told_by_day and campaign is not None and campaign.last < span.last else span


def as_told(moment: Moment, text: str, lang: str, campaign: Operation | None) -> Moment:
    """8月5日发布首批战果时还只是8起: an earlier release dates the figures that it gave, where the codebook knows it."""
    if campaign is None or not moment.statement or moment.span is None:
        return moment
    span = _span_of(campaign, moment.span.first) if _WHEN_TOLD[lang].match(text, moment.end) else None
    return (
        moment if span is None else msgspec.structs.replace(moment, kind="told", span=span, statement=False)
    )

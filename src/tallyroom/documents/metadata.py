"""Title, publisher, place and day of publication: from whoever knows best."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from itertools import islice
from typing import Literal

import msgspec

from tallyroom.documents.datelines import Dateline, read_dateline
from tallyroom.documents.dates import find_days, read_day
from tallyroom.documents.errors import AboutUnreadable
from tallyroom.documents.imprint import Imprint, read_imprint
from tallyroom.documents.language import find_language
from tallyroom.documents.request import Request
from tallyroom.model import Block

PublishedFrom = Literal["option", "docs.jsonl", "meta", "dateline", "text", "url"]

_LEAD, _TAIL = 12, 4
_PARAGRAPHS = 6
_BODY = 1500
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MARKUP = re.compile(r"^#{1,6}\s+|^\*\*|\*\*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEST_TOLD = ("published", "dated", "dateline", "day", "updated")


class Page(msgspec.Struct, frozen=True):
    """What the machine-readable part of a page says about it; None for what it leaves out."""

    title: str | None = None
    published: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None


class Metadata(msgspec.Struct, frozen=True):
    """The fields of `Document` that tell about the source as a whole; None where nothing settled one."""

    lang: str
    title: str | None = None
    publisher: str | None = None
    place: str | None = None
    published: datetime.date | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None


def find_metadata(request: Request, text: str, blocks: Sequence[Block], page: Page | None = None) -> Metadata:
    """Return what is known about a document from the user, `docs.jsonl`, its head, its lines, its address.

    Raises:
        AboutUnreadable: `docs.jsonl` gives a date that is none.
    """
    about, page = request.about, page or Page()
    lines = [text[block.start : block.end] for block in blocks[:_LEAD]]
    tail = [text[block.start : block.end] for block in blocks[max(_LEAD, len(blocks) - _TAIL) :]]
    imprints = list(filter(None, map(read_imprint, [*lines, *tail])))
    dateline = _dateline(text, blocks)
    url = about.get("url") or page.url
    published, published_from = _published(request, page, _told(text, imprints, dateline), url)
    return Metadata(
        lang=language_of(about.get("lang") or "") or find_language(text),
        title=_title(text, blocks) or page.title,
        publisher=about.get("publisher") or page.publisher or _publisher(imprints, dateline),
        place=dateline.place if dateline else None,
        published=published,
        published_from=published_from,
        url=url,
    )


def language_of(tag: str) -> str | None:
    """Return the project's name for a language tag (`zh-TW` is `zh-Hant`), or None for any other."""
    parts = tag.lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh"
    return parts[0] if parts[0] in ("en", "und") else None


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    found = next((text[block.start : block.end] for block in blocks if block.kind == "title"), None)
    return _MARKUP.sub("", found) if found else None


def _dateline(text: str, blocks: Sequence[Block]) -> Dateline | None:
    paragraphs = (block for block in blocks[: _LEAD + _PARAGRAPHS] if block.kind == "paragraph")
    lines = (text[block.start : block.end] for block in islice(paragraphs, _PARAGRAPHS))
    return next(filter(None, map(read_dateline, lines)), None)


def _publisher(imprints: Sequence[Imprint], dateline: Dateline | None) -> str | None:
    told = (imprint.source for imprint in imprints if imprint.source)
    return next(told, dateline.agency if dateline else None)


def _published(
    request: Request,
    page: Page,
    told: tuple[datetime.date, PublishedFrom] | None,
    url: str | None,
) -> tuple[datetime.date | None, PublishedFrom | None]:
    """The day of publication from the first that tells it, and who that was."""
    if request.published:
        return request.published, "option"
    listed = _listed(request)
    if listed:
        return listed, "docs.jsonl"
    if page.published:
        return page.published, "meta"
    if told:
        return told
    in_url = _day_in_url(url or "")
    return (in_url, "url") if in_url else (None, None)


def _listed(request: Request) -> datetime.date | None:
    """The date in `docs.jsonl`; null and an empty text say nothing."""
    given = request.about.get("published")
    if given is None or given == "":
        return None
    try:
        return datetime.date.fromisoformat(str(given)[:10])
    except ValueError:
        raise AboutUnreadable(
            "the date of publication in docs.jsonl is none.", where=request.name,
            expected='a day of the calendar, "2024-05-01", or null', found=repr(given),
            next_step="correct the field `published` of this document",
        ) from None  # fmt: skip


def _told(
    text: str, imprints: Sequence[Imprint], dateline: Dateline | None
) -> tuple[datetime.date, PublishedFrom] | None:
    """The day that the document's own lines tell, from the plainest way of telling it."""
    days: dict[str, list[datetime.date]] = {}
    for imprint in imprints:
        if imprint.date:
            days.setdefault(imprint.told, []).append(imprint.date)
    if dateline and dateline.date:
        days["dateline"] = [dateline.date]
    if len(set(days.get("day", ()))) > 1:
        # Several lines that are days alone head the parts of a chronicle.
        del days["day"]
    best = next((told for told in _BEST_TOLD if told in days), None)
    if best:
        return days[best][0], "dateline" if best == "dateline" else "text"
    completed = _complete(text, dateline) if dateline else None
    return (completed, "dateline") if completed else None


def _complete(text: str, dateline: Dateline) -> datetime.date | None:
    """The year of a dateline, where the same day stands with its year in the text."""
    windows = (text[max(0, year.start() - 16) : year.end() + 10] for year in _YEAR.finditer(text, 0, _BODY))
    days = (day.date for window in windows for day in find_days(window))
    return next((day for day in days if (day.month, day.day) == (dateline.month, dateline.day)), None)


def _day_in_url(url: str) -> datetime.date | None:
    found = _URL_DAY.search(url)
    return read_day("-".join(found.groups())) if found else None

"""Which period a figure covers: stated in its sentence, announced before, or known of its campaign."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from tallyroom.quantities.date_words_zh import number
from tallyroom.quantities.periods import PeriodMention
from tallyroom.reading.tokens import BREAK, CLAUSE, FIGURE, PERIOD, Token

_STATEMENT_REACH = {"zh": 22, "en": 64}
_COMPARED = {
    "zh": re.compile(r"(?:比|较|与|和|同|为|是|相比|高于|低于|多于|少于|从|由)\s*$"),
    "en": re.compile(
        r"(?:\bthan(?: in| the)?|compared (?:with|to)(?: the)?|\bagainst|\bversus|\bvs\.?|\b(?:up|down|"
        r"rise|fall|drop|increase|decrease|percent|per cent|%)\s+(?:from|on|over)|\bbelow|"
        r"\babove)\s*(?:in |the |that of |those of )*$|"
        r"\b(?:than|above|below|from|against) (?:the )?\d[\d,. ]*(?:cases |people )?(?:in|of|for|during) $"
    ),
}
STOCKS = frozenset({"users_registered", "users_recovered"})


class Span(msgspec.Struct, frozen=True):
    """A period settled: both days included, and what settled it."""

    first: datetime.date
    last: datetime.date
    settled_by: Literal["text", "published", "campaign"] = "text"

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


class Moment(msgspec.Struct, frozen=True):
    """A period mention of a sentence with its part in it."""

    start: int
    end: int
    kind: str
    span: Span | None
    statement: bool
    compared: bool


_ONE_OF = re.compile(
    r"\b(?:biggest|largest|major) (?:[a-z]+ ){0,2}(?:hauls?|seizures?|busts?|catch|catches|consignments?|cases|"
    r"operations) (?:made |seen )?(?:so far )?(?:in )?$"
)
"""`one of the biggest hauls this year` dates no haul."""


def moments(
    tokens: Sequence[Token], text: str, lang: str, begun: datetime.date | None = None
) -> list[Moment]:
    """Return the period mentions of a sentence in order, each with whether it dates the statement or a comparison.

    `begun` is when the campaign began that the document told of last: 截至目前 counts from there, else from January.
    """
    found: list[Moment] = []
    for k, token in enumerate(tokens):
        if token.kind != PERIOD:
            continue
        mention: PeriodMention = token.period
        span = None
        if mention.first is not None and mention.last is not None:
            span = Span(mention.first, mention.last, mention.source)
        elif mention.kind == "until" and mention.last is not None:
            span = Span(_begin(found, text, begun, mention.last), mention.last, mention.source)
        if lang == "en" and span is not None and _is_open(found, text, token, span, begun):
            found.append(Moment(token.start, token.end, "undated", None, False, False))
            continue
        span = _term_of(span, mention, text, token.end)
        kind = _part_of(mention, text[token.start : token.end])
        if (
            kind == "until"
            and found
            and found[-1].kind == "since"
            and found[-1].span is not None
            and span is not None
        ):
            span = Span(found[-1].span.first, span.last, span.settled_by)
        ranged = (
            mention.kind == "range"
            and text.startswith(("从", "由"), max(0, token.start - 1))
            and not text.startswith("的", token.end)
        )
        compared = mention.kind != "since" and not ranged and _is_compared(token, mention, text, lang)
        stamped = _STAMP.search(text, max(0, token.start - 14), token.start) is not None
        statement = mention.kind == "day" and (stamped or _dates_statement(tokens, k, _STATEMENT_REACH[lang]))
        found.append(Moment(token.start, token.end, kind, span, statement, compared))
    return found


def _is_compared(token: Token, mention: PeriodMention, text: str, lang: str) -> bool:
    """较2021年, `than in 2021`; but 最新一案是12月19日 tells of a day, and compares nothing."""
    if lang == "en" and _ONE_OF.search(text, max(0, token.start - 48), token.start):
        return True
    found = _COMPARED[lang].search(text, max(0, token.start - 26), token.start)
    return found is not None and not (mention.kind == "day" and found[0].strip() in ("是", "为"))


_UP_TO_NOW = re.compile(r"(?:so|thus) far|to date|till date|(?:till|until|up to|up till|as of) now")


def _is_open(
    found: Sequence[Moment], text: str, token: Token, span: Span, begun: datetime.date | None
) -> bool:
    """`So far nine people have been arrested in the case`: from when, nothing tells."""
    if token.period.kind != "until" or not _UP_TO_NOW.fullmatch(text, token.start, token.end):
        return False
    return not found and (begun is None or begun != span.first)


_LAUNCH = re.compile(
    r"[^，。；]{0,16}?(?:部署|启动|发起|组织|开展)[^，。；]{0,40}?(?:行动|专案|工作|整治|斗争|战役|会战)"
)
_LONGEST = 800
"""Days: what began longer ago is history, and 截至目前 counts no longer from there."""


def launched(found: Sequence[Moment], text: str) -> datetime.date | None:
    """Return the first day of the campaign whose launch a sentence dates: 11月17日启动专项行动; None for none."""
    for moment in found:
        if moment.span is not None and not moment.compared and _LAUNCH.match(text, moment.end):
            return moment.span.first
    return None


def _begin(
    found: Sequence[Moment], text: str, begun: datetime.date | None, last: datetime.date
) -> datetime.date:
    """今年5月部署的专项行动，到目前: what is counted up to now began with the campaign, not with the year."""
    first = launched(found, text) or begun
    if first is not None and 0 <= (last - first).days < _LONGEST:
        return first
    return datetime.date(last.year, 1, 1)


_MONTH = 31
_TERM = re.compile(r"[,，]?[^,，。；\d]{0,12}为期(?:(半)年|([一二两三四五六七八九十\d]{1,2})个月|(一)年)")


def _term_of(span: Span | None, mention: PeriodMention, text: str, end: int) -> Span | None:
    """2022年4月启动为期半年的专项行动 tells its last month too."""
    if span is None or (span.last - span.first).days > _MONTH:
        return span
    match = _TERM.match(text, end)
    if match is None:
        return span
    months = 6 if match[1] else 12 if match[3] else number(match[2])
    ahead = span.first.year * 12 + span.first.month - 1 + months
    last = datetime.date(ahead // 12, ahead % 12 + 1, 1) - datetime.timedelta(days=1)
    if mention.kind == "day":
        last = min(last + datetime.timedelta(days=span.first.day - 1), last + datetime.timedelta(days=28))
    return Span(span.first, last, span.settled_by)


_RESUMES = re.compile(
    r"^本[周月期季]|间$|[天年月周]来$|^(?:the|that|this) (?:three|two|\d+)[- ](?:day|week|month|year)s?$"
)


def _part_of(mention: PeriodMention, written: str) -> str:
    """三年间, 15天来 after a stated period are that period again: `resume`."""
    if _RESUMES.search(written) and mention.kind in ("undated", "since", "range"):
        return "resume"
    return mention.kind


_STAMP = re.compile(
    r"(?:日期|时间|发布|更新|编辑|来源)[:： ]\s*$|(?:published|updated|posted|date|released?|issued)[:：]?\s*$"
)


def _dates_statement(tokens: Sequence[Token], k: int, reach: int) -> bool:
    """A day beside 通报, `said`, `held a press conference` dates what is said, not what was done."""
    for near in tokens[k + 1 : k + 6]:
        if near.start - tokens[k].end > reach or (near.kind == FIGURE):
            break
        if near.kind == BREAK and near.strength >= CLAUSE:
            break
        if "statement" in near.terms.cues:
            return True
    for near in reversed(tokens[max(0, k - 4) : k]):
        if tokens[k].start - near.end > reach or (near.kind == BREAK and near.strength >= CLAUSE):
            break
        if "statement" in near.terms.cues:
            return True
    return False


def period_of(
    figure: Token,
    phrase_end: int,
    found: Sequence[Moment],
    clause: tuple[int, int],
    sticky: Span | None,
    lang: str,
    text: str,
    *,
    ratio: bool,
) -> tuple[Span | None, bool]:
    """Return the span of a figure and whether the sentence settled it.

    A ratio is about the present period, never about the one that it is compared with.
    """
    clause_start, clause_end = clause
    usable = [m for m in found if not m.statement]
    if lang == "en" and not ratio:
        direct = next((m for m in usable if phrase_end <= m.start <= min(clause_end, phrase_end + 24)), None)
        if direct is not None and not (direct.compared and direct.kind == "since"):
            return _resolved(direct, sticky, before_of(usable, figure.start)), True
    before = [
        m
        for m in usable
        if m.end <= figure.start
        and (not (m.compared or m.kind in RELATIVE) or (not ratio and m.start >= clause_start))
    ]
    if before:
        return _resolved(before[-1], sticky, before_of(before[:-1], before[-1].start)), True
    after = [
        m
        for m in usable
        if figure.start < m.start <= clause_end and not m.compared and m.kind not in RELATIVE
    ]
    if after:
        return _resolved(after[0], sticky, None), True
    if lang == "en" and not ratio and len(usable) == 1 and _dates_all(usable[0], figure, text):
        return usable[0].span, True
    return sticky, False


_PARTED = re.compile(
    r"[;(]|\b(?:above|below|over|same as|while|but|whereas|compared|against|than|from|since|bringing|up|down)\b"
)


def _dates_all(moment: Moment, figure: Token, text: str) -> bool:
    """`arrested 12 people and seized 3 kg in May`: the only time that a sentence names dates all its figures."""
    if moment.start <= figure.end or moment.compared or moment.span is None:
        return False
    if moment.kind == "day":
        return True
    between = text[figure.end : moment.start]
    return moment.kind == "range" and len(between) < _TRAILING and _PARTED.search(between) is None


_TRAILING = 160


RELATIVE = frozenset({"same_period_last_year", "previous_year"})


def before_of(found: Sequence[Moment], start: int) -> Span | None:
    """Return the last settled span before `start`, for `the same period a year earlier` to look back from."""
    for moment in reversed(found):
        if moment.end <= start and moment.span is not None:
            return moment.span
    return None


def _resolved(moment: Moment, sticky: Span | None, base: Span | None) -> Span | None:
    base = base or sticky
    if moment.kind in RELATIVE and moment.span is None:
        if base is None:
            return None
        if moment.kind == "same_period_last_year":
            return year_before(base)
        if _is_year(base):
            return year_before(base)
        year = base.first.year - 1
        return Span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    if moment.kind == "same_period_last_year" and base is not None and moment.span is not None:
        return _in_year(base, moment.span.first.year) or moment.span
    if moment.kind == "same_year" and moment.span is None:
        return base
    if moment.kind == "resume":
        return base or moment.span
    if moment.kind == "day" and moment.span is None and base is not None and base.first == base.last:
        return base
    return moment.span


def _in_year(span: Span, year: int) -> Span | None:
    """Return the same days of an earlier year: `from January to August, against 9.8 t in the same period of 2022`."""
    back = span.first.year - year
    if back < 0 or span.first.year != span.last.year:
        return None
    for _ in range(min(back, _SHORT)):
        span = year_before(span)
    return span


def year_before(span: Span) -> Span:
    """Return the same days a year earlier, for a figure that a present one is compared with."""
    return Span(_year_before(span.first), _year_before(span.last), span.settled_by)


_SHORT = 80
"""Days: what a shorter stretch is compared with may be the week or month before."""


def before_present(span: Span | None) -> Span | None:
    """Return the time of a figure that is only compared with one of `span`, where nothing else tells it."""
    return year_before(span) if span is not None and _SHORT < (span.last - span.first).days <= 366 else span


def _is_year(span: Span) -> bool:
    return 360 <= (span.last - span.first).days <= 366


def _year_before(day: datetime.date) -> datetime.date:
    last_of_february = day.month == 2 and day.day >= 28
    try:
        moved = day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
    if last_of_february and (moved + datetime.timedelta(days=1)).month == 2:
        return moved + datetime.timedelta(days=1)
    return moved

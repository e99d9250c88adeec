"""A trace as text that fits the terminal: from a figure to its characters, and to what was made of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import msgspec

from tallyroom.model import Commit, Entry, Figure, Observation, Spot
from tallyroom.show.cards import interval_of
from tallyroom.show.layout import LEAST_WIDTH, Style
from tallyroom.show.widths import pad, printable, wrap
from tallyroom.show.words import breakdown_of, unit_of, value_of

_NAMES = 12
_LEAST_TEXT = 20
_SETTLED = {
    "text": "(told in the text)",
    "published": "(from the day of publication)",
    "campaign": "(from the campaign)",
}


class Step(Protocol):
    """An entry with the commit that brought it."""

    @property
    def entry(self) -> Entry: ...
    @property
    def commit(self) -> Commit: ...


class Quote(Protocol):
    """The characters of a figure, and those around them."""

    @property
    def before(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def after(self) -> str: ...


class Trace(Protocol):
    """What is told of an entry: `tallyroom.pipeline.tracing.Trace` says what each part is."""

    @property
    def step(self) -> Step: ...
    @property
    def said(self) -> Observation | None: ...
    @property
    def figure(self) -> Figure | None: ...
    @property
    def document(self) -> Step | None: ...
    @property
    def quote(self) -> Quote | None: ...
    @property
    def seen(self) -> Sequence[Spot]: ...
    @property
    def more(self) -> dict[str, Any]: ...
    @property
    def decisions(self) -> Sequence[Step]: ...
    @property
    def versions(self) -> Sequence[Step]: ...
    @property
    def returns(self) -> Sequence[Step]: ...
    @property
    def releases(self) -> Sequence[Step]: ...


def trace_lines(trace: Trace, width: int, style: Style) -> Iterator[str]:
    """Give the lines of a trace, none wider than `width` columns."""
    width = max(width, LEAST_WIDTH)
    for name, text in _sections(trace, style):
        first, *rest = _wrapped(text, width - _NAMES)
        if len(name) >= _NAMES:
            yield style.dim(name)
            name = ""
        yield f"{style.dim(pad(name, _NAMES))}{first}".rstrip()
        yield from (" " * _NAMES + line for line in rest)


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(printable(text), max(width, _LEAST_TEXT))


def _sections(trace: Trace, style: Style) -> Iterator[tuple[str, str]]:
    entry = trace.step.entry
    yield "entry", f"{entry.id}, {entry.kind}"
    if trace.said is None:
        yield from ((name, _plain(content)) for name, content in entry.body.items() if name != "sketch")
    else:
        yield from _figure(trace.said, trace.figure)
        yield from _source(trace, trace.said)
    yield "recorded", _commit(trace.step)
    for name, steps in (
        ("decided", trace.decisions), ("new version", trace.versions), ("return", trace.returns),
        ("released", trace.releases),
    ):  # fmt: skip
        yield from ((name, f"entry {step.entry.id}: {_told(step.entry)}; {_commit(step)}") for step in steps)


def _figure(said: Observation, figure: Figure | None) -> Iterator[tuple[str, str]]:
    row = figure.observation if figure else said
    yield "stands", _stands(said, figure)
    yield "indicator", row.indicator
    told = {
        "area": ", ".join(row.area), "period": f"{row.period or ''} {_from(row)}".strip(),
        "operation": " ".join(filter(None, (row.operation, row.operation_id))), "offence": row.offence,
        "substance": row.substance, "breakdown": breakdown_of(row), "agency": row.agency, "counted": row.counted,
        "interval": interval_of(row),
    }  # fmt: skip
    yield from ((name, text) for name, text in told.items() if text)
    if figure and figure.mentions:
        yield "also at", ", ".join(f"entry {id}" for id in figure.mentions)
    if figure and figure.carriers:
        yield "carried by", ", ".join(figure.carriers)


def _stands(said: Observation, figure: Figure | None) -> str:
    if figure is None:
        return f"no: {value_of(said)} {unit_of(said)} was rejected or sent back, or a later version took its place"
    now, first = (
        f"{value_of(figure.observation)} {unit_of(figure.observation)}",
        f"{value_of(said)} {unit_of(said)}",
    )
    changed = f"; the source says {first}" if now != first else ""
    return f"{now}{f', {figure.status}' if figure.status else ''}{changed}"


def _from(row: Observation) -> str:
    return _SETTLED.get(row.period_from or "", "")


def _source(trace: Trace, said: Observation) -> Iterator[tuple[str, str]]:
    if trace.quote:
        quote = trace.quote
        yield "characters", f"…{quote.before.lstrip()}【{quote.text}】{quote.after.rstrip()}…"
        yield "at", f"{said.start} to {said.end} of the text"
    if trace.seen:
        yield "seen", "; ".join(map(_spot, trace.seen))
    yield "rule", f"{said.rule}, confidence {said.confidence:.2f}"
    yield from ((name, _plain(content)) for name, content in trace.more.items())
    if trace.document is None:
        return
    body = trace.document.entry.body
    named = (body.get("title"), body.get("publisher"), body.get("published"), body.get("url"))
    yield (
        "document",
        " · ".join(str(part) for part in (f"entry {trace.document.entry.id}", body["id"], *named) if part),
    )
    if "sha256" in body:
        yield "sha256", body["sha256"]
    if "member" in body:
        yield "member", f"{body['member']} of the file {body['container']}"
    if "codebook" in body:
        books = " ".join(f"{name} {version}" for name, version in body.get("codebooks", {}).items())
        yield "codebook", f"{books} ({body['codebook'][:16]}), {body.get('program', '')}"


def _spot(spot: Spot) -> str:
    """`page 3, 72.5 to 98.1 pt from the left, 140.0 to 152.2 pt from the top`, or the name of the place."""
    page = f"page {spot.page}" if spot.page else ""
    if spot.box is None:
        return " ".join(filter(None, (page, spot.name)))
    left, top, right, bottom = (f"{value / 100:.1f}" for value in spot.box)
    return f"{page}, {left} to {right} pt from the left, {top} to {bottom} pt from the top"


def _told(entry: Entry) -> str:
    """What a later entry says, in a few words."""
    values = ", ".join(f"{name} {_plain(content)}" for name, content in entry.body.get("values", {}).items())
    verdict = entry.body.get("verdict") or entry.kind
    name = entry.body.get("id") or entry.body.get("name") or ""
    return " ".join(filter(None, (str(verdict), values, str(name))))


def _commit(step: Step) -> str:
    commit = step.commit
    return (
        f"{when(commit.time)} by {commit.author}: {commit.reason} (commit {commit.number} {commit.hash[:16]})"
    )


def when(time: datetime.datetime) -> str:
    """Write a moment to the second, in UTC."""
    return f"{time:%Y-%m-%d %H:%M:%S}Z"


def _plain(content: Any) -> str:
    return content if isinstance(content, str) else msgspec.json.encode(content).decode()

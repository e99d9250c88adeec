"""The shapes of the YAML files: which keys an entry has and what each holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tallyroom.codebook.problems import Problem, Report, nearest
from tallyroom.codebook.yamlsource import Entry, Items

LANGUAGES = ("en", "zh")


class Context:
    """Where a value stands, and whom to tell when it is wrong."""

    def __init__(self, file: str, report: Report) -> None:
        self.file, self._report = file, report

    def wrong(self, line: int, expected: str, found: Any) -> bool:
        says = "an entry has another form than expected."
        self.say("CB105", says, line, expected=expected, found=_shown(found))
        return False

    def say(
        self, code: str, says: str, line: int, *, expected: str = "", found: str = "", next_step: str = ""
    ) -> None:
        self._report(Problem(code, says, self.file, line, expected, found, next_step))


Shape = Callable[[Any, int, Context], bool]
"""Tells whether a value at a line has the shape, and reports what has not."""


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    kind = {Entry: "a mapping", Items: "a list", str: "the text", bool: "the word"}.get(type(value), "")
    return f"{kind} {value!r}".strip()[:120]


def text(value: Any, line: int, context: Context) -> bool:
    return isinstance(value, str) or context.wrong(line, "text (put a number or a date in quotes)", value)


def truth(value: Any, line: int, context: Context) -> bool:
    return isinstance(value, bool) or context.wrong(line, "true or false", value)


def integer(value: Any, line: int, context: Context) -> bool:
    good = isinstance(value, int) and not isinstance(value, bool)
    return good or context.wrong(line, "a whole number", value)


def number(value: Any, line: int, context: Context) -> bool:
    good = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return good or context.wrong(line, "a number", value)


def day(value: Any, line: int, context: Context) -> bool:
    return isinstance(value, datetime.date) or context.wrong(line, "a day as 2026-01-31", value)


def anything(value: Any, line: int, context: Context) -> bool:
    return True


def one_of(*shapes: Shape, expected: str) -> Shape:
    """The value has any of the shapes; the last one, if none fits, is not told apart."""

    def check(value: Any, line: int, context: Context) -> bool:
        silent = Context(context.file, lambda problem: None)
        fits = any(shape(value, line, silent) for shape in shapes)
        return fits or context.wrong(line, expected, value)

    return check


def list_of(shape: Shape) -> Shape:
    def check(value: Any, line: int, context: Context) -> bool:
        if not isinstance(value, Items):
            return context.wrong(line, "a list", value)
        good = [shape(item, at, context) for item, at in zip(value, value.lines, strict=True)]
        return all(good)

    return check


def mapping_of(shape: Shape) -> Shape:
    def check(value: Any, line: int, context: Context) -> bool:
        if not isinstance(value, Entry):
            return context.wrong(line, "a mapping", value)
        good = [shape(item, value.lines[key], context) for key, item in value.items()]
        return all(good)

    return check


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """A mapping with these keys and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, line: int, context: Context) -> bool:
        if not isinstance(value, Entry):
            return context.wrong(line, f"a mapping with {', '.join(known)}", value)
        missing = [key for key in required if key not in value]
        for key in missing:
            context.say("CB106", f"the key {key!r} is missing.", line, expected=f"{key!r} in this entry")
        good = [_field(key, value, known, context) for key in value]
        return not missing and all(good)

    return check


def _field(key: str, entry: Entry, known: Mapping[str, Shape], context: Context) -> bool:
    line = entry.lines[key]
    if key in known:
        return known[key](entry[key], line, context)
    context.say(
        "CB103",
        f"the key {key!r} is not known here.",
        line,
        expected=f"one of {', '.join(known)}",
        found=repr(key),
        next_step=nearest(key, known) or "remove it",
    )
    return False


texts = list_of(text)
marks = mapping_of(text)
by_language = record({}, dict.fromkeys(LANGUAGES, texts))
label = mapping_of(text)
definition = one_of(text, label, expected="text, or a mapping of languages to text")
example = one_of(
    text,
    record(
        {"text": text},
        {"gives": anything, "gives_no": text, "because": text, "published": day, "url": text},
    ),
    expected="a sentence, or a mapping with text and gives, gives_no, because, published, url",
)

MANIFEST = record(
    {"name": text, "version": text},
    {
        "title": label, "languages": texts, "licence": text, "requires": texts,
        "maintainers": texts, "description": one_of(text, label, expected="text"),
    },
)  # fmt: skip
TERM = record(
    {"words": texts},
    {
        "action": text, "thing": text, "marks": marks, "cue": text, "inflect": text, "weight": integer,
        "area": texts, "agency": text, "operation": text, "note": text,
        "reads": list_of(example), "leaves": list_of(example),
    },
)  # fmt: skip
PATTERN = record(
    {"thing": texts},
    {"action": texts, "measure": texts, "marks": marks, "unit": text, "when": marks, "bare": truth},
)
SOURCE = record({"title": text}, {"url": text, "retrieved": day})
INDICATOR = record(
    {"label": label, "definition": text, "units": texts, "behaves": text},
    {
        "adds_up_over": texts, "source": SOURCE, "patterns": list_of(PATTERN), "note": text,
        "reads": by_language, "leaves": by_language,
    },
)  # fmt: skip
CODE = record({"label": label}, {"parent": text, "definition": definition, "note": text})
SUBSTANCE = record(
    {"label": label},
    {
        "group": text, "names": by_language, "aliases": by_language, "context_aliases": by_language,
        "mistranslations": by_language, "definition": definition, "note": text,
    },
)  # fmt: skip
AGENCY = record(
    {"label": label, "names": by_language},
    {
        "area": texts, "marks": marks, "part_of": text, "fiscal_year": text, "short_tons": truth,
        "definition": definition, "note": text,
    },
)  # fmt: skip
AREA = record(
    {"label": label, "names": by_language},
    {
        "adjectives": by_language,
        "context": by_language,
        "short": record({}, {"zh": texts}),
        "parent": text,
        "note": text,
    },
)
PLACES = record({}, {"en": texts, "zh": texts, "context": by_language, "note": text})
UNIT_WORDS = record(
    {}, {"factor": number, "en": texts, "zh": texts, "short_ton": number, "counter": truth, "note": text}
)
UNIT = record(
    {"words": list_of(UNIT_WORDS)},
    {"measure": text, "label": label, "definition": definition, "counter": truth, "note": text},
)
RELEASE = record({"published": day, "until": day}, {"url": text, "note": text})
OPERATION = record(
    {"names": by_language, "label": label},
    {
        "parent": text, "start": day, "planned_end": day, "releases": list_of(RELEASE), "agency": text,
        "marks": marks, "definition": definition, "note": text,
    },
)  # fmt: skip
CAMPAIGN = record(
    {"campaign": text, "names": by_language, "label": label},
    {
        "agency": text, "start": day, "planned_end": day, "releases": list_of(RELEASE), "marks": marks,
        "operations": mapping_of(OPERATION), "definition": definition, "source": SOURCE, "note": text,
    },
)  # fmt: skip
CASE = record(
    {"case": text, "text": text},
    {
        "observations": list_of(mapping_of(anything)), "published": day, "leftovers": list_of(anything),
        "same_as": text, "url": text, "note": text,
        "because": text,
    },
)  # fmt: skip

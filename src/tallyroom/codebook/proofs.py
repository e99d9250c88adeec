"""The examples of a codebook: sentences that must be read or left, and golden cases; and what runs them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import msgspec

from tallyroom.codebook import schema
from tallyroom.codebook.books import File, choose_books, read_files
from tallyroom.codebook.compiling import Page, Shelf
from tallyroom.codebook.problems import Problem, raise_problem
from tallyroom.codebook.yamlsource import Entry, Items, read_yaml
from tallyroom.model.observation import Observation
from tallyroom.model.reading import Reading

Reader = Callable[[str, str, datetime.date | None], Reading]
"""Reads a text of a language (`zh`, `en`), published on a day or on none that is known."""

OBSERVATION_FIELDS = Observation.__struct_fields__
_SAME = (
    "indicator", "statistic", "value", "upper", "unit", "qualifier", "area", "period", "offence", "substance",
    "breakdown",
)  # fmt: skip
_NUMBERS = ("value", "upper", "low", "high")


class Example(msgspec.Struct, frozen=True):
    """A text with what reading it must give."""

    file: str
    line: int
    lang: str
    kind: Literal["reads", "leaves", "case"]
    text: str
    published: datetime.date | None = None
    gives: tuple[dict[str, Any], ...] = ()
    """Fields of an observation each; those of a case also hold `quote`."""
    gives_no: str | None = None
    """The indicator that must not be read; None for nothing at all."""
    because: str = ""
    name: str = ""
    same_as: str | None = None
    leftovers: tuple[str, ...] | None = None


def examples(names_or_paths: Sequence[str | Path] = ()) -> Iterator[Example]:
    """Yield every `reads`, `leaves` and golden case of the chosen codebooks, in the order of their files.

    Raises:
        CodebookError: The first entry that has not the form of an example, with its file and line.
    """
    for file in read_files(choose_books(names_or_paths)):
        page = Page(file, Shelf(raise_problem))
        if page.parts[0] in _FINDERS:
            yield from _FINDERS[page.parts[0]](page, read_yaml(file.data, file.shown))


def _in_wording(page: Page, content: Any) -> Iterator[Example]:
    for entry in content if isinstance(content, Items) else ():
        yield from _of_entry(page.file, page.parts[1], entry, {})


def _in_indicators(page: Page, content: Any) -> Iterator[Example]:
    for code, entry in page.entries(content, schema.INDICATOR) if content else ():
        for key in ("reads", "leaves"):
            for lang, sentences in entry.get(key, {}).items():
                told = Entry({key: sentences})
                yield from _of_entry(page.file, lang, told, {"indicator": code})


def _of_entry(file: File, lang: str, entry: Entry, gives: dict[str, Any]) -> Iterator[Example]:
    kinds: tuple[Literal["reads", "leaves"], ...] = ("reads", "leaves")
    for kind in kinds:
        told: Items = entry.get(kind, Items())
        for one, line in zip(told, getattr(told, "lines", ()), strict=True):
            fields = one if isinstance(one, Entry) else {"text": one}
            yield Example(
                file=file.shown,
                line=line,
                lang=lang,
                kind=kind,
                text=fields["text"],
                published=fields.get("published"),
                gives=_several(fields.get("gives") or gives) if kind == "reads" else (),
                gives_no=fields.get("gives_no") or (gives.get("indicator") if kind == "leaves" else None),
                because=fields.get("because", ""),
            )


def _several(gives: Any) -> tuple[dict[str, Any], ...]:
    if not gives:
        return ()
    return tuple(gives) if isinstance(gives, list) else (gives,)


def _in_cases(page: Page, content: Any) -> Iterator[Example]:
    cases = content if isinstance(content, Items) else Items()
    for case, line in zip(cases, getattr(cases, "lines", ()), strict=True):
        if schema.CASE(case, line, page.context):
            leftovers = case.get("leftovers")
            yield Example(
                page.file.shown, line, page.parts[1], "case", case["text"], case.get("published"),
                tuple(case.get("observations", ())), name=case["case"], same_as=case.get("same_as"),
                leftovers=None if leftovers is None else tuple(map(str, leftovers)),
            )  # fmt: skip


_FINDERS: dict[str, Callable[[Page, Any], Iterator[Example]]] = {
    "wording": _in_wording,
    "indicators": _in_indicators,
    "cases": _in_cases,
}


def run_examples(examples: Iterable[Example], reader: Reader) -> list[Problem]:
    """Return what the reader makes of the examples that it should not: CB104, CB116 or CB117 for each.

    Args:
        examples: What `examples` yields, or some of it.
        reader: Makes a reading of a text; an exception of its own is not caught.
    """
    examples = list(examples)
    readings: dict[str, tuple[Observation, ...]] = {}
    problems: list[Problem] = []
    for example in examples:
        reading = reader(example.text, example.lang, example.published)
        readings[example.name] = reading.observations
        problems.extend(_RUNNERS[example.kind](example, reading))
    problems.extend(_differences(examples, readings))
    return problems


def _run_reads(example: Example, reading: Reading) -> Iterator[Problem]:
    if not reading.observations:
        yield _problem("CB104", "this example is not read.", example, "an observation", "none")
    elif example.gives_no:
        yield from _run_leaves(example, reading)
    for fields in example.gives:
        if reading.observations and not any(not _unlike(seen, fields) for seen in reading.observations):
            closest = min(reading.observations, key=lambda seen: len(_unlike(seen, fields)))
            yield _problem("CB104", "this example is read otherwise.", example, *_facts(closest, fields))


def _run_leaves(example: Example, reading: Reading) -> Iterator[Problem]:
    for seen in reading.observations:
        if example.gives_no in (None, seen.indicator):
            expected = f"no {example.gives_no or 'observation'}: {example.because}".removesuffix(": ")
            yield _problem("CB116", "this example is read.", example, expected, _shown(seen))


def _run_case(example: Example, reading: Reading) -> Iterator[Problem]:
    left = list(reading.observations)
    for fields in example.gives:
        start = example.text.find(str(fields.get("quote", "")))
        end = start + len(str(fields.get("quote", "")))
        here = [seen for seen in left if seen.start < end and start < seen.end]
        if not here:
            yield _case_problem(example, f"an observation at {fields.get('quote')!r}", "none")
            continue
        closest = min(here, key=lambda seen: len(_unlike(seen, fields)))
        left.remove(closest)
        if _unlike(closest, fields):
            yield _case_problem(example, *_facts(closest, fields))
    for seen in left:
        yield _case_problem(example, "no other observation", _shown(seen))
    yield from _run_leftovers(example, reading)


def _run_leftovers(example: Example, reading: Reading) -> Iterator[Problem]:
    found = tuple(numeral.text for numeral in reading.leftovers)
    if example.leftovers is not None and found != example.leftovers:
        yield _case_problem(example, f"left over: {list(example.leftovers)}", f"left over: {list(found)}")


def _differences(
    examples: Iterable[Example], readings: Mapping[str, tuple[Observation, ...]]
) -> Iterator[Problem]:
    """Yield a problem for each case that is not read as the one that it should equal."""
    for example in examples:
        if example.same_as is None:
            continue
        if example.same_as not in readings:
            yield _case_problem(example, f"a case named {example.same_as!r}", "no such case")
            continue
        here, there = ([_cell(seen) for seen in readings[name]] for name in (example.name, example.same_as))
        if here != there:
            yield _case_problem(example, f"as {example.same_as!r}: {there}", str(here))


def _cell(seen: Observation) -> tuple[Any, ...]:
    return tuple(getattr(seen, field) for field in _SAME)


_RUNNERS: dict[str, Callable[[Example, Reading], Iterator[Problem]]] = {
    "reads": _run_reads,
    "leaves": _run_leaves,
    "case": _run_case,
}


def _unlike(seen: Observation, fields: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields in which the observation is not as told."""
    return [name for name, told in fields.items() if name != "quote" and not _agrees(seen, name, told)]


def _agrees(seen: Observation, name: str, told: Any) -> bool:
    if name not in OBSERVATION_FIELDS:  # a dimension of the breakdown
        return bool(seen.breakdown.get(name) == told)
    found = getattr(seen, name)
    if name in _NUMBERS:
        told = _number(told)
    elif name == "area":
        told = (told,) if isinstance(told, str) else tuple(told or ())
    elif name == "breakdown":
        told = dict(told or {})
    return bool(found == told)


def _number(told: Any) -> Decimal | None:
    try:
        return None if told is None else Decimal(str(told))
    except InvalidOperation:
        return Decimal("NaN")  # equals nothing


def _facts(seen: Observation, fields: Mapping[str, Any]) -> tuple[str, str]:
    unlike = _unlike(seen, fields)
    expected = ", ".join(f"{name} {fields[name]}" for name in unlike)
    found = (getattr(seen, name, seen.breakdown.get(name)) for name in unlike)
    told = ", ".join(f"{name} {value}" for name, value in zip(unlike, found, strict=True))
    return expected, f"{seen.text!r}: {told}"


def _shown(seen: Observation) -> str:
    return f"{seen.text!r}: {seen.indicator} {seen.value} {seen.unit}, by rule {seen.rule}"


def _case_problem(example: Example, expected: str, found: str) -> Problem:
    return _problem("CB117", f"the case {example.name!r} does not hold.", example, expected, found)


def _problem(code: str, says: str, example: Example, expected: str, found: str) -> Problem:
    next_step = f"the text is {example.text!r}"
    return Problem(code, says, example.file, example.line, expected, found, next_step)

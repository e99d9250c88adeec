"""Checking a codebook: forms, codes, words, dates; all that is wrong at once, with its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tallyroom.codebook import schema
from tallyroom.codebook.books import File, choose_books, digest_files, read_files
from tallyroom.codebook.compiling import Page, Shelf, compile_files
from tallyroom.codebook.folding import fold_word
from tallyroom.codebook.model import Codebook
from tallyroom.codebook.problems import CodebookError, Problem, Report, nearest
from tallyroom.codebook.proofs import OBSERVATION_FIELDS
from tallyroom.codebook.schema import Context
from tallyroom.codebook.yamlsource import Entry, Items, read_yaml

BEHAVIOURS = ("flow", "stock", "cumulative")
INFLECTIONS = ("noun", "verb")
FREE_DIMENSIONS = ("size", "scope", "partner")
_CURRENCY = re.compile(r"[A-Z]{3}")
_COUNTRY = re.compile(r"[A-Z]{2}(?:,[A-Z]{2})*")
_MONTH_AND_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


def check_codebook(names_or_paths: Sequence[str | Path] = ()) -> list[Problem]:
    """Return everything that is wrong in the chosen codebooks, in the order of their files.

    Args:
        names_or_paths: As for `load_codebook`: nothing means all shipped ones.

    Returns:
        Problems CB101 to CB117, each with file and line; [] where nothing is wrong.

    Raises:
        CodebookError: CB114 or CB119 where a codebook or a file of it cannot be found or read.
    """
    files = read_files(choose_books(names_or_paths))
    problems: list[Problem] = []
    codebook = compile_files(files, digest_files(files), problems.append)
    checker = Checker(codebook, problems.append)
    for file in files:
        checker.check_file(file)
    problems.extend(_ambiguous_words(checker))
    _check_named_cases(checker)
    _check_reporting(files, checker)
    order = {file.shown: at for at, file in enumerate(files)}
    return sorted(dict.fromkeys(problems), key=lambda found: (order.get(found.file, -1), found.line))


def _check_reporting(files: Sequence[File], checker: Checker) -> None:
    from tallyroom.codebook.reporting_checks import check_reporting  # which needs the Checker

    check_reporting(files, checker)


class Checker:
    """Checks the entries of one file after another against all codes of the compiled codebook."""

    def __init__(self, codebook: Codebook, report: Report) -> None:
        self.codebook, self.report = codebook, report
        self.cases: dict[str, str] = {}
        self.named_cases: list[tuple[Context, int, str]] = []
        self.word_places: dict[tuple[str, str], list[tuple[str, int, Entry]]] = {}

    def check_file(self, file: File) -> None:
        page = Page(file, Shelf(_nobody))
        check = _CHECKS.get(page.parts[0])
        try:
            content = read_yaml(file.data, file.shown)
        except CodebookError:
            return  # told while compiling
        if check and content is not None:
            check(self, page, content, Context(file.shown, self.report))

    def code(self, kind: str, code: str, line: int, context: Context, *, also: Collection[str] = ()) -> None:
        """Report a code that the list `kind` does not hold."""
        known = self.codebook.lists.get(kind, {})
        if code not in known and code not in also:
            _unknown(kind, code, [*known, *also], line, context)

    def codes(self, kind: str, entry: Entry, key: str, context: Context) -> None:
        told = entry.get(key, ())
        for code in [told] if isinstance(told, str) else told:
            self.code(kind, code, entry.lines[key], context)

    def marks(self, entry: Entry, context: Context, key: str = "marks") -> None:
        told: Entry = entry.get(key, Entry())
        for dimension, value in told.items():
            line = told.lines[dimension]
            self.code("dimensions", dimension, line, context, also=("unit",))
            if dimension not in FREE_DIMENSIONS:
                self.mark(dimension, value, line, context)

    def mark(self, dimension: str, value: str, line: int, context: Context) -> None:
        kind = list_of_dimension(dimension, self.codebook)
        if kind is None or (dimension == "origin" and _COUNTRY.fullmatch(value)):
            return
        # goods that are no drugs stand in a list of their own
        materials = self.codebook.lists.get("materials", {}) if dimension == "substance" else {}
        self.code(kind, value, line, context, also=materials)

    def areas(self, entry: Entry, context: Context) -> None:
        for code in entry.get("area", ()):
            if code.lstrip("*"):
                self.code("areas", code.lstrip("*"), entry.lines["area"], context)

    def named(self, known: Mapping[str, Any], entry: Entry, key: str, context: Context) -> None:
        if key in entry and entry[key] not in known:
            _unknown(key, entry[key], known, entry.lines[key], context)

    def label(self, entry: Entry, line: int, context: Context) -> None:
        missing = [lang for lang in schema.LANGUAGES if not entry.get("label", {}).get(lang)]
        for lang in missing:
            says = f"the label in {lang!r} is missing."
            context.say("CB110", says, line, expected="a label in each of " + ", ".join(schema.LANGUAGES))


def list_of_dimension(dimension: str, codebook: Codebook) -> str | None:
    """Return the list that holds the values of a dimension: `roles` of `role`; None where they are free."""
    return next((name for name in (f"{dimension}s", dimension) if name in codebook.lists), None)


def _nobody(problem: Problem) -> None:
    """Shapes were reported while compiling."""


def _unknown(kind: str, code: str, known: Iterable[str], line: int, context: Context) -> None:
    known = list(known)
    expected = ", ".join(known) if len(known) <= 12 else f"one of {len(known)} codes of {kind}"
    says = f"the code {code!r} is not among the {kind.replace('_', ' ')}."
    context.say("CB107", says, line, expected=expected, found=code, next_step=nearest(code, known))


def _check_wording(checker: Checker, page: Page, content: Any, context: Context) -> None:
    if not isinstance(content, Items):
        return
    silent = page.context
    for entry, line in zip(content, content.lines, strict=True):
        if schema.TERM(entry, line, silent):
            _check_term(checker, page.parts[1], entry, context)


def _check_term(checker: Checker, lang: str, entry: Entry, context: Context) -> None:
    for key in ("action", "thing", "cue"):
        checker.codes(f"{key}s", entry, key, context)
    checker.marks(entry, context)
    checker.areas(entry, context)
    checker.named(checker.codebook.agencies, entry, "agency", context)
    checker.named(checker.codebook.operations, entry, "operation", context)
    checker.named(dict.fromkeys(INFLECTIONS), entry, "inflect", context)
    _check_meaning(entry, context)
    for word in _check_words(entry, "words", context):
        checker.word_places.setdefault((lang, word), []).append((context.file, entry.line, entry))


def _check_meaning(entry: Entry, context: Context) -> None:
    meanings = ("action", "thing", "marks", "cue", "area", "agency", "operation")
    if not any(entry.get(key) for key in meanings):
        says = "the words of this entry mean nothing."
        context.say("CB106", says, entry.line, expected=f"at least one of {', '.join(meanings)}")


def _check_words(entry: Entry, key: str, context: Context) -> Iterator[str]:
    """Yield the folded words that are fit to be matched, each once; report the others."""
    words: Items = entry[key]
    fit = [word for word, line in zip(words, words.lines, strict=True) if _is_fit(word, line, context)]
    for at, word in enumerate(fit):
        if word in fit[:at]:
            context.say("CB108", f"the word {word!r} stands twice in one entry.", words.line, found=word)
    yield from dict.fromkeys(map(fold_word, fit))


def _is_fit(word: str, line: int, context: Context) -> bool:
    expected = ""
    if not word.strip() or word != word.strip():
        expected = "a word without blanks around it"
    elif len(word) == 1 and word.isascii():
        expected = "more than one Latin letter, digit or sign: this one would be found everywhere"
    elif word.isdigit():
        expected = "a word, not a number"
    if expected:
        context.say("CB109", f"the word {word!r} cannot be matched safely.", line, expected=expected)
    return not expected


def _ambiguous_words(checker: Checker) -> Iterator[Problem]:
    """Yield a problem for each word with two meanings between which nothing chooses."""
    for (_, word), places in checker.word_places.items():
        by_weight: dict[int, tuple[str, int, Entry]] = {}
        for file, line, entry in places:
            before = by_weight.setdefault(entry.get("weight", 0), (file, line, entry))
            if _conflict(before[2], entry):
                yield _ambiguous(word, (file, line), before)


def _conflict(one: Entry, other: Entry) -> bool:
    """Meanings that only add up (an action here, a thing there) are no conflict."""
    if one is other:
        return False
    return any(key in one and key in other and one[key] != other[key] for key in ("action", "thing"))


def _ambiguous(word: str, here: tuple[str, int], before: tuple[str, int, Entry]) -> Problem:
    file, line = here
    return Problem(
        "CB108",
        f"the word {word!r} has two meanings of one weight.",
        file,
        line,
        expected="one meaning, or a weight that tells which comes first",
        found=f"another meaning at {before[0]}:{before[1]}",
        next_step="give the more frequent meaning a higher weight",
    )


def _check_indicators(checker: Checker, page: Page, content: Any, context: Context) -> None:
    for code, entry in page.entries(content, schema.INDICATOR):
        checker.label(entry, content.lines[code], context)
        for unit in entry["units"]:
            check_unit_code(checker, unit, entry.lines["units"], context)
        for dimension in entry.get("adds_up_over", ()):
            line = entry.lines["adds_up_over"]
            checker.code("dimensions", dimension, line, context, also=("area", "period", "operation"))
        checker.named(dict.fromkeys(BEHAVIOURS), entry, "behaves", context)
        for pattern in entry.get("patterns", ()):
            _check_pattern(checker, pattern, context)


def check_unit_code(checker: Checker, unit: str, line: int, context: Context) -> None:
    if not _CURRENCY.fullmatch(unit):
        checker.code("units", unit, line, context, also=("money",))


def _check_pattern(checker: Checker, pattern: Entry, context: Context) -> None:
    for key, kind in (("thing", "things"), ("action", "actions"), ("measure", "measures")):
        checker.codes(kind, pattern, key, context)
    if pattern.get("unit"):
        check_unit_code(checker, pattern["unit"], pattern.lines["unit"], context)
    checker.marks(pattern, context)
    checker.marks(pattern, context, "when")


def _check_lists(checker: Checker, page: Page, content: Any, context: Context) -> None:
    for code, entry in page.entries(content, schema.CODE):
        checker.label(entry, content.lines[code], context)
        checker.codes(page.stem, entry, "parent", context)


def _check_substances(checker: Checker, page: Page, content: Any, context: Context) -> None:
    for code, entry in page.entries(content, schema.SUBSTANCE):
        checker.label(entry, content.lines[code], context)
        checker.codes("substances", entry, "group", context)
        for key in ("names", "aliases", "context_aliases", "mistranslations"):
            _check_names(entry.get(key), context)


def _check_names(names: Entry | None, context: Context) -> None:
    if names is not None:
        for lang in names:
            list(_check_words(names, lang, context))


def _check_units(checker: Checker, page: Page, content: Any, context: Context) -> None:
    for code, entry in page.entries(content, schema.UNIT):
        if not entry.get("measure"):
            says = f"the unit {code!r} has no measure."
            context.say("CB112", says, content.lines[code], expected="measure: mass, volume, money, ...")
        checker.codes("measures", entry, "measure", context)


def _check_agencies(checker: Checker, page: Page, content: Any, context: Context) -> None:
    for code, entry in page.entries(content, schema.AGENCY):
        checker.label(entry, content.lines[code], context)
        checker.areas(entry, context)
        checker.marks(entry, context)
        checker.named(checker.codebook.agencies, entry, "part_of", context)
        _check_names(entry["names"], context)
        if not _MONTH_AND_DAY.fullmatch(entry.get("fiscal_year", "01-01")):
            context.wrong(entry.lines["fiscal_year"], "month and day as 10-01", entry["fiscal_year"])


def _check_campaigns(checker: Checker, page: Page, content: Any, context: Context) -> None:
    if not schema.CAMPAIGN(content, 1, page.context):
        return
    for entry in (content, *content.get("operations", {}).values()):
        checker.label(entry, entry.line, context)
        checker.marks(entry, context)
        checker.named(checker.codebook.agencies, entry, "agency", context)
        checker.named(checker.codebook.operations, entry, "parent", context)
        _check_names(entry["names"], context)
        _check_dates(entry, content, context)


def _check_dates(entry: Entry, campaign: Entry, context: Context) -> None:
    start = entry.get("start", campaign.get("start"))
    end = entry.get("planned_end")
    if start and end and end < start:
        _wrong_dates(context, entry.lines["planned_end"], f"an end on or after {start}", str(end))
    for release in entry.get("releases", ()):
        if release["published"] < release["until"] or (start and release["until"] < start):
            expected = "start <= until <= published"
            _wrong_dates(context, release.line, expected, f"until {release['until']}, start {start}")


def _wrong_dates(context: Context, line: int, expected: str, found: str) -> None:
    says = "the dates of this campaign cannot be."
    context.say("CB111", says, line, expected=expected, found=found, next_step="correct the dates")


def _check_areas(checker: Checker, page: Page, content: Any, context: Context) -> None:
    for code, entry in content.items() if isinstance(content, Entry) else ():
        shape = schema.PLACES if code.startswith("*") else schema.AREA
        if shape(entry, content.lines[code], page.context):
            _check_area(checker, code, entry, content.lines[code], context)


def _check_area(checker: Checker, code: str, entry: Entry, line: int, context: Context) -> None:
    if code.startswith("*"):
        if code != "*":
            checker.code("areas", code[1:], line, context)
        _check_names(_only(entry, schema.LANGUAGES), context)
    else:
        checker.label(entry, line, context)
        checker.codes("areas", entry, "parent", context)
        checker.code("areas", code.split("-")[0], line, context)
        _check_names(entry["names"], context)
    for key in ("adjectives", "context"):
        _check_names(entry.get(key), context)


def _only(entry: Entry, keys: Iterable[str]) -> Entry:
    chosen = Entry({key: entry[key] for key in keys if key in entry})
    chosen.line, chosen.lines = entry.line, entry.lines
    return chosen


def _check_cases(checker: Checker, page: Page, content: Any, context: Context) -> None:
    if not isinstance(content, Items):
        context.wrong(1, "a list of cases", content)
        return
    for case, line in zip(content, content.lines, strict=True):
        if schema.CASE(case, line, context):
            _check_case_name(checker, case, context)
            for expected in case.get("observations", ()):
                _check_expected(checker, case["text"], expected, context)


def _check_case_name(checker: Checker, case: Entry, context: Context) -> None:
    name, here = case["case"], f"{context.file}:{case.line}"
    if name in checker.cases:
        says, found = f"the case {name!r} stands twice.", f"another at {checker.cases[name]}"
        context.say("CB113", says, case.line, expected="each name once", found=found)
    checker.cases[name] = here
    if "same_as" in case:
        checker.named_cases.append((context, case.lines["same_as"], case["same_as"]))


def _check_named_cases(checker: Checker) -> None:
    for context, line, name in checker.named_cases:
        if name not in checker.cases:
            _unknown("cases", name, checker.cases, line, context)


def _check_expected(checker: Checker, text: str, expected: Entry, context: Context) -> None:
    known = ("quote", *OBSERVATION_FIELDS, *checker.codebook.lists.get("dimensions", {}))
    for field in expected:
        if field not in known:
            says, line = f"an observation has no field {field!r}.", expected.lines[field]
            context.say("CB103", says, line, found=field, next_step=nearest(field, known))
    found = text.count(str(expected.get("quote", "")))
    if "quote" not in expected or found != 1:
        quote = expected.get("quote")
        says = "the quote of an observation must stand exactly once in the text."
        context.say("CB117", says, expected.line, expected="once", found=f"{quote!r}: {found} times")


_CHECKS: dict[str, Callable[[Checker, Page, Any, Context], None]] = {
    "wording": _check_wording,
    "indicators": _check_indicators,
    "lists": _check_lists,
    "substances": _check_substances,
    "units": _check_units,
    "agencies": _check_agencies,
    "campaigns": _check_campaigns,
    "areas": _check_areas,
    "cases": _check_cases,
}

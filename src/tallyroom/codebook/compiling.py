"""From the files of the chosen books to one `Codebook`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from tallyroom.codebook import schema
from tallyroom.codebook.books import MANIFEST, Book, File
from tallyroom.codebook.folding import fold_word
from tallyroom.codebook.inflect import inflect
from tallyroom.codebook.model import (
    Agency,
    AsOf,
    Code,
    Codebook,
    Indicator,
    Operation,
    Pattern,
    Term,
    UnitEntry,
)
from tallyroom.codebook.problems import CodebookError, Report, nearest
from tallyroom.codebook.schema import Context, Shape
from tallyroom.codebook.yamlsource import Entry, Items, read_yaml

ByLanguage = dict[str, list[str]]
QUOTE_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("", ""))


class Shelf:
    """What has been compiled so far; a later overlay replaces, a later shipped book adds."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.names: dict[str, None] = {}
        self.terms: dict[tuple[str, str], list[Term]] = {}
        self.word_owners: dict[tuple[str, str], Book] = {}
        self.code_owners: dict[str, Book] = {}
        self.units: dict[str, list[UnitEntry]] = {}
        self.indicators: dict[str, Indicator] = {}
        self.operations: dict[str, Operation] = {}
        self.agencies: dict[str, Agency] = {}
        self.lists: dict[str, dict[str, Code]] = {}
        self.short_areas: dict[str, tuple[str, ...]] = {}
        self.where: dict[str, str] = {}
        self.versions: dict[str, str] = {}

    def codebook(self, digest: str) -> Codebook:
        return Codebook(
            names=tuple(self.names),
            digest=digest,
            terms=tuple(term for terms in self.terms.values() for term in terms),
            units=tuple(unit for units in self.units.values() for unit in units),
            indicators=self.indicators,
            operations=self.operations,
            agencies=self.agencies,
            lists=self.lists,
            short_areas=self.short_areas,
            where=self.where,
            versions=self.versions,
        )


class Page:
    """One file being compiled: its place, and the shelf that its entries go to."""

    def __init__(self, file: File, shelf: Shelf) -> None:
        self.file, self.shelf = file, shelf
        self.context = Context(file.shown, shelf.report)
        self.parts = file.path.removesuffix(".yaml").removesuffix(".yml").split("/")
        self.stem = "/".join(self.parts[1:]) or self.parts[0]

    def entries(self, content: Any, shape: Shape) -> Iterator[tuple[str, Entry]]:
        """Yield code and entry of a mapping, leaving out those that have not the shape."""
        if not isinstance(content, Entry):
            self.context.wrong(1, "a mapping of codes to entries", content)
            return
        for code, entry in content.items():
            if shape(entry, content.lines[code], self.context):
                yield code, entry

    def claim(self, kind: str, code: str, line: int) -> None:
        """Note where a code is defined; twice is a problem unless an overlay replaces what is not its own."""
        key, here, book = f"{kind}/{code}", f"{self.file.shown}:{line}", self.file.book
        before = self.shelf.where.get(key)
        if before and (not book.overlay or self.shelf.code_owners[key] == book):
            says = f"the code {code!r} is defined twice."
            self.context.say("CB113", says, line, expected="each code once", found=f"another at {before}")
        self.shelf.where[key] = here
        self.shelf.code_owners[key] = book

    def list_code(self, kind: str, code: str, entry: Entry, parent: str | None = None) -> None:
        self.claim(kind, code, entry.line)
        listed = Code(code, dict(entry.get("label", {})), parent, by_language(entry.get("definition", "")))
        self.shelf.lists.setdefault(kind, {})[code] = listed

    def add_term(self, term: Term) -> None:
        key = (term.lang, term.word)
        if self.shelf.word_owners.get(key) != self.file.book:
            if self.file.book.overlay:
                self.shelf.terms.pop(key, None)
            self.shelf.word_owners[key] = self.file.book
        meanings = self.shelf.terms.setdefault(key, [])
        if all(_meaning(term) != _meaning(known) for known in meanings):
            meanings.append(term)

    def add_names(self, rule: str, names: ByLanguage, **meaning: Any) -> None:
        for lang, words in names.items():
            for word in words:
                self.add_term(Term(fold_word(word), lang, rule, **meaning))


def compile_files(files: Iterable[File], digest: str, report: Report) -> Codebook:
    """Return the codebook that the files make; whatever is wrong in them goes to `report` and is left out.

    Files of overlays must come after the others.
    """
    shelf = Shelf(report)
    for file in files:
        shelf.names[file.book.name] = None
        _compile_file(file, shelf)
    return shelf.codebook(digest)


def _compile_file(file: File, shelf: Shelf) -> None:
    page = Page(file, shelf)
    compiler = _COMPILERS.get(page.parts[0])
    if compiler is None:
        says = "no part of a codebook has this name."
        known = nearest(page.parts[0], _COMPILERS)
        page.context.say("CB103", says, 0, expected=f"one of {', '.join(_COMPILERS)}", next_step=known)
        return
    try:
        content = read_yaml(file.data, file.shown)
    except CodebookError as error:
        shelf.report(error.problem)
        return
    if content is not None:
        compiler(page, content)


def by_language(told: Any) -> dict[str, str]:
    """Return a text by language; one that names no language is English."""
    words = told if isinstance(told, Entry) else {"en": told}
    return {lang: said.strip() for lang, said in words.items() if said}


def _meaning(term: Term) -> tuple[Any, ...]:
    marks = tuple(sorted(term.marks.items()))
    return term.action, term.thing, marks, term.cue, term.area, term.agency, term.operation


def _manifest(page: Page, content: Any) -> None:
    if schema.MANIFEST(content, 1, page.context):
        page.shelf.versions[page.file.book.name] = content["version"]
        for needed in content.get("requires", ()):
            if needed not in page.shelf.names:
                _not_there(page, needed, content.lines["requires"])


def _not_there(page: Page, needed: str, line: int) -> None:
    page.context.say(
        "CB115",
        "this codebook requires one that was not chosen.",
        line,
        expected=f"the codebook {needed!r} before it",
        found=", ".join(page.shelf.names),
        next_step=f"choose {needed!r} too",
    )


def _indicators(page: Page, content: Any) -> None:
    for code, entry in page.entries(content, schema.INDICATOR):
        page.claim("indicators", code, content.lines[code])
        page.shelf.indicators[code] = Indicator(
            code=code,
            label=dict(entry["label"]),
            definition=entry["definition"].strip(),
            units=tuple(entry["units"]),
            behaves=entry["behaves"],
            adds_up_over=tuple(entry.get("adds_up_over", ())),
            patterns=tuple(_pattern(pattern) for pattern in entry.get("patterns", ())),
            source={key: str(value) for key, value in entry.get("source", {}).items()},
        )


def _pattern(entry: Entry) -> Pattern:
    return Pattern(
        thing=tuple(entry["thing"]),
        action=tuple(entry.get("action", ())),
        measure=tuple(entry.get("measure", ())),
        marks=dict(entry.get("marks", {})),
        unit=entry.get("unit"),
        when=dict(entry.get("when", {})),
        bare=entry.get("bare", True),
    )


def _lists(page: Page, content: Any) -> None:
    for code, entry in page.entries(content, schema.CODE):
        page.list_code(page.stem, code, entry, entry.get("parent"))


def _substances(page: Page, content: Any) -> None:
    for code, entry in page.entries(content, schema.SUBSTANCE):
        page.list_code("substances", code, entry, entry.get("group"))
        rule, marks = f"substances/{code}", {"substance": code}
        for key in ("names", "aliases", "mistranslations"):
            page.add_names(rule, entry.get(key, {}), thing="drug", marks=marks)
        context = entry.get("context_aliases", {})
        page.add_names(rule, context, thing="drug", marks=marks, cue="context_only")


def _units(page: Page, content: Any) -> None:
    for code, entry in page.entries(content, schema.UNIT):
        page.list_code("units", code, entry)
        page.shelf.units[code] = [_unit(code, entry, forms) for forms in entry["words"]]


def _unit(code: str, entry: Entry, forms: Entry) -> UnitEntry:
    words = {lang: tuple(map(fold_word, forms[lang])) for lang in schema.LANGUAGES if lang in forms}
    counter = forms.get("counter", entry.get("counter", True))
    measure, short_ton = entry.get("measure", ""), forms.get("short_ton")
    factor = Decimal(forms.get("factor", 1))
    return UnitEntry(code, measure, factor, words, counter, None if short_ton is None else Decimal(short_ton))


def _agencies(page: Page, content: Any) -> None:
    for code, entry in page.entries(content, schema.AGENCY):
        page.claim("agencies", code, content.lines[code])
        page.shelf.agencies[code] = Agency(
            code=code,
            label=dict(entry["label"]),
            names=_folded(entry["names"]),
            area=tuple(entry.get("area", ())),
            marks=dict(entry.get("marks", {})),
            part_of=entry.get("part_of"),
            fiscal_year=entry.get("fiscal_year"),
            short_tons=entry.get("short_tons", False),
        )
        page.add_names(f"agencies/{code}", entry["names"], agency=code)


def _folded(names: ByLanguage) -> tuple[str, ...]:
    return tuple(fold_word(word) for words in names.values() for word in words)


def _campaigns(page: Page, content: Any) -> None:
    if not schema.CAMPAIGN(content, 1, page.context):
        return
    campaign = content["campaign"]
    _operation(page, campaign, content, content, None)
    for code, entry in content.get("operations", {}).items():
        _operation(page, code, entry, content, entry.get("parent", campaign))


def _operation(page: Page, code: str, entry: Entry, campaign: Entry, parent: str | None) -> None:
    """An operation that tells no dates or agency of its own has those of its campaign."""
    page.claim("operations", code, entry.line)
    names = {lang: list(_quoted_forms(words)) for lang, words in entry["names"].items()}
    page.shelf.operations[code] = Operation(
        code=code,
        label=dict(entry["label"]),
        names=_folded(names),
        parent=parent,
        campaign=campaign["campaign"],
        start=entry.get("start", campaign.get("start")),
        planned_end=entry.get("planned_end", campaign.get("planned_end")),
        releases=tuple(_release(one) for one in entry.get("releases", campaign.get("releases", ()))),
        agency=entry.get("agency", campaign.get("agency")),
        marks={**campaign.get("marks", {}), **entry.get("marks", {})},
    )
    page.add_names(f"campaigns/{campaign['campaign']}/{code}", names, operation=code)


def _quoted_forms(words: list[str]) -> Iterator[str]:
    """Yield each name as it is, then with other quotation marks, and none, where it has them."""
    for word in words:
        yield word
        left, quote, rest = word.partition('"')
        inner, closing, right = rest.partition('"')
        if quote and closing:
            yield from (left + opened + inner + closed + right for opened, closed in QUOTE_PAIRS)


def _release(entry: Entry) -> AsOf:
    published: datetime.date = entry["published"]
    return AsOf(published, entry["until"])


def _areas(page: Page, content: Any) -> None:
    if not isinstance(content, Entry):
        page.context.wrong(1, "a mapping of codes to areas", content)
        return
    for code, entry in content.items():
        listed = not code.startswith("*")
        shape = schema.AREA if listed else schema.PLACES
        if shape(entry, content.lines[code], page.context):
            (_listed_area if listed else _places)(page, code, entry)


def _listed_area(page: Page, code: str, entry: Entry) -> None:
    country, _, subdivision = code.partition("-")
    page.list_code("areas", code, entry, entry.get("parent", country if subdivision else None))
    _area_terms(page, code, entry["names"], entry)
    page.add_names(f"areas/{code}", entry.get("adjectives", {}), area=(code,), cue="demonym")
    for short in entry.get("short", {}).get("zh", ()):
        known = page.shelf.short_areas.get(short, ())
        page.shelf.short_areas[short] = known if code in known else (*known, code)


def _places(page: Page, code: str, entry: Entry) -> None:
    _area_terms(page, code, {lang: entry[lang] for lang in schema.LANGUAGES if lang in entry}, entry)


def _area_terms(page: Page, code: str, names: ByLanguage, entry: Entry) -> None:
    rule = f"areas/{code}"
    page.add_names(rule, names, area=(code,))
    page.add_names(rule, entry.get("context", {}), area=(code,), cue="context_only")


def _wording(page: Page, content: Any) -> None:
    """Lists are terms. A mapping is a word list that numbers or documents read by themselves."""
    if isinstance(content, Entry):
        return
    lang = page.parts[1] if len(page.parts) > 2 else ""
    if lang not in schema.LANGUAGES or not isinstance(content, Items):
        page.context.wrong(1, "a list of terms, in wording/en or wording/zh", content)
        return
    for entry, line in zip(content, content.lines, strict=True):
        if schema.TERM(entry, line, page.context):
            _term(page, lang, entry)


def _term(page: Page, lang: str, entry: Entry) -> None:
    for word in _forms(entry):
        page.add_term(
            Term(
                word=word,
                lang=lang,
                rule=f"{page.stem}/{_rule_name(entry)}",
                action=entry.get("action"),
                thing=entry.get("thing"),
                marks=dict(entry.get("marks", {})),
                cue=entry.get("cue"),
                area=tuple(entry.get("area", ())),
                agency=entry.get("agency"),
                operation=entry.get("operation"),
                weight=entry.get("weight", 0),
            )
        )


def _forms(entry: Entry) -> Iterator[str]:
    for word in map(fold_word, entry["words"]):
        yield from inflect(word, entry["inflect"]) if "inflect" in entry else (word,)


def _rule_name(entry: Entry) -> str:
    told = [entry[key] for key in ("action", "thing", "cue") if key in entry]
    return "-".join(told or entry.get("marks", {}).values() or ["word"])


def _left_alone(page: Page, content: Any) -> None:
    """What teaches the reader nothing: cases, and what campaigns, tables and the algebra need. Others read it."""


_COMPILERS: dict[str, Callable[[Page, Any], None]] = {
    MANIFEST.removesuffix(".yaml"): _manifest,
    "indicators": _indicators,
    "lists": _lists,
    "substances": _substances,
    "units": _units,
    "agencies": _agencies,
    "campaigns": _campaigns,
    "areas": _areas,
    "wording": _wording,
    "cases": _left_alone,
    "reporting": _left_alone,
    "reporting-units": _left_alone,
    "mappings": _left_alone,
    "relations": _left_alone,
}

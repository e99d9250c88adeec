"""Telling what a code of the codebook is, how each language says it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tallyroom.codebook.folding import fold_word
from tallyroom.codebook.model import Code, Codebook, Indicator, Operation, Term
from tallyroom.codebook.problems import CodebookError, Problem, nearest

_USUAL = (
    "indicators", "operations", "agencies", "substances", "offences", "units", "areas", "things", "actions",
)  # fmt: skip
_FIELDS = {
    "actions": "action",
    "things": "thing",
    "cues": "cue",
    "agencies": "agency",
    "operations": "operation",
}
_DIMENSIONS = {"offences": "offence", "substances": "substance"}


class Explanation(msgspec.Struct, frozen=True):
    """What one code is. `where` is file and line; `also` names other kinds that have it, as `kind/code`."""

    kind: str
    code: str
    label: dict[str, str]
    where: str
    definition: dict[str, str] = {}
    parent: str | None = None
    wording: dict[str, tuple[str, ...]] = {}
    """The words that say it, by language."""
    facts: dict[str, str] = {}
    """What else is told of it: units, patterns, dates, factors."""
    also: tuple[str, ...] = ()


def kinds(codebook: Codebook) -> tuple[str, ...]:
    """Return the kinds of code that a codebook has: `indicators`, `operations`, `agencies` and its lists."""
    return (*_USUAL, *sorted(codebook.lists.keys() - set(_USUAL)))


def list_codes(codebook: Codebook, kind: str) -> list[Code]:
    """Return the codes of one kind in the order of the files, with their labels.

    Raises:
        CodebookError: CB118 where the codebook has no such kind.
    """
    if kind == "indicators":
        return [_indicator_code(one) for one in codebook.indicators.values()]
    if kind == "operations":
        return [Code(one.code, one.label, one.parent) for one in codebook.operations.values()]
    if kind == "agencies":
        return [Code(one.code, one.label) for one in codebook.agencies.values()]
    if kind in codebook.lists or kind in kinds(codebook):
        return list(codebook.lists.get(kind, {}).values())
    raise _unknown(f"there is no kind {kind!r} of code.", kind, kinds(codebook))


def _indicator_code(one: Indicator) -> Code:
    return Code(one.code, one.label, None, {"en": one.definition})


def explain(codebook: Codebook, code: str) -> Explanation:
    """Return what a code is.

    Args:
        codebook: Where to look.
        code: A code (`quantity_seized`, `heroin`, `CN-YN`), one of a kind (`offences/drugs`), or a word
            of a text (缴获).

    Raises:
        CodebookError: CB118 where nothing has this code; it names the nearest one.
    """
    kind, _, name = code.rpartition("/")
    found = [
        (other, entry)
        for other in ([kind] if kind else kinds(codebook))
        for entry in list_codes(codebook, other)
        if entry.code == name
    ]
    if found:
        return _explanation(codebook, *found[0], also=tuple(f"{other}/{name}" for other, _ in found[1:]))
    terms = [term for term in codebook.terms if term.word == fold_word(code)]
    if terms:
        return _word(codebook, terms)
    raise _unknown(f"nothing has the code {code!r}.", code, _all_codes(codebook))


def _explanation(codebook: Codebook, kind: str, entry: Code, also: tuple[str, ...]) -> Explanation:
    return Explanation(
        kind=kind,
        code=entry.code,
        label=entry.label,
        where=codebook.where.get(f"{kind}/{entry.code}", ""),
        definition=entry.definition,
        parent=entry.parent,
        wording=_wording(_terms_of(codebook, kind, entry.code)) or _unit_words(codebook, kind, entry.code),
        facts=dict(_facts(codebook, kind, entry.code)),
        also=also,
    )


def _terms_of(codebook: Codebook, kind: str, code: str) -> Iterator[Term]:
    if kind == "indicators":
        return _terms_of_indicator(codebook, codebook.indicators[code])
    if kind == "areas":
        return (term for term in codebook.terms if code in term.area)
    if kind in _FIELDS:
        return (term for term in codebook.terms if getattr(term, _FIELDS[kind]) == code)
    dimension = _DIMENSIONS.get(kind, kind.removesuffix("s"))
    return (term for term in codebook.terms if term.marks.get(dimension) == code)


def _terms_of_indicator(codebook: Codebook, indicator: Indicator) -> Iterator[Term]:
    """Yield the terms that alone fit one of its patterns, then verbs that may."""
    actions = {action for pattern in indicator.patterns for action in pattern.action}
    things = {thing for pattern in indicator.patterns for thing in pattern.thing}
    both = (term for term in codebook.terms if term.action in actions and term.thing in things)
    yield from both
    yield from (term for term in codebook.terms if term.action in actions and term.thing is None)


def _wording(terms: Iterator[Term]) -> dict[str, tuple[str, ...]]:
    words: dict[str, dict[str, None]] = {}
    for term in terms:
        words.setdefault(term.lang, {})[term.word] = None
    return {lang: tuple(found) for lang, found in sorted(words.items())}


def _unit_words(codebook: Codebook, kind: str, code: str) -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for unit in codebook.units if kind == "units" else ():
        if unit.code == code:
            for lang, forms in unit.words.items():
                words.setdefault(lang, []).extend(forms)
    return {lang: tuple(forms) for lang, forms in words.items()}


def _facts(codebook: Codebook, kind: str, code: str) -> Iterator[tuple[str, str]]:
    if kind == "indicators":
        return _indicator_facts(codebook.indicators[code])
    if kind == "operations":
        return _operation_facts(codebook.operations[code])
    if kind == "agencies":
        return _agency_facts(codebook, code)
    return _unit_facts(codebook, code) if kind == "units" else iter(())


def _indicator_facts(one: Indicator) -> Iterator[tuple[str, str]]:
    yield "units", ", ".join(one.units)
    yield "behaves", one.behaves
    yield "adds up over", ", ".join(one.adds_up_over)
    for at, pattern in enumerate(one.patterns, 1):
        done = f"{'/'.join(pattern.action)} " if pattern.action else ""
        marks = "".join(f" {name}={value}" for name, value in {**pattern.when, **pattern.marks}.items())
        measured = f" in {'/'.join(pattern.measure)}" if pattern.measure else ""
        yield f"pattern {at}", f"{done}{'/'.join(pattern.thing)}{measured}{marks}"
    yield from one.source.items()


def _operation_facts(one: Operation) -> Iterator[tuple[str, str]]:
    told = {
        "names": ", ".join(one.names), "campaign": one.campaign, "agency": one.agency, "start": one.start,
        "planned end": one.planned_end, "marks": ", ".join(f"{k}={v}" for k, v in one.marks.items()),
    }  # fmt: skip
    yield from ((name, str(value)) for name, value in told.items() if value)
    for release in one.releases:
        yield f"published {release.published}", f"to {release.until}"


def _agency_facts(codebook: Codebook, code: str) -> Iterator[tuple[str, str]]:
    one = codebook.agencies[code]
    yield "area", ", ".join(one.area)
    yield "part of", one.part_of or ""
    yield "fiscal year", one.fiscal_year or "01-01"
    yield from one.marks.items()


def _unit_facts(codebook: Codebook, code: str) -> Iterator[tuple[str, str]]:
    for unit in codebook.units:
        if unit.code == code:
            yield "measure", unit.measure
            forms = next(iter(unit.words.values()), ())
            yield f"factor of {forms[0] if forms else code}", str(unit.factor)


def _word(codebook: Codebook, terms: list[Term]) -> Explanation:
    meanings = {f"{at} {term.rule}": _meaning(term) for at, term in enumerate(terms, 1)}
    word = terms[0].word
    languages = tuple(dict.fromkeys(term.lang for term in terms))
    return Explanation("words", word, dict.fromkeys(languages, word), terms[0].rule, facts=meanings)


def _meaning(term: Term) -> str:
    told = {
        "action": term.action, "thing": term.thing, **term.marks, "cue": term.cue, "agency": term.agency,
        "area": ", ".join(term.area), "operation": term.operation,
    }  # fmt: skip
    return ", ".join(f"{name} {value}" for name, value in told.items() if value)


def _all_codes(codebook: Codebook) -> list[str]:
    return [entry.code for kind in kinds(codebook) for entry in list_codes(codebook, kind)]


def _unknown(says: str, found: str, known: tuple[str, ...] | list[str]) -> CodebookError:
    near = nearest(found, known)
    expected = ", ".join(known) if len(known) <= 30 else f"one of {len(known)} codes"
    next_step = near or "see what there is: tallyroom codebook list"
    return CodebookError(Problem("CB118", says, expected=expected, found=found, next_step=next_step))

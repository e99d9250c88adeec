"""Offence, substance and breakdown: what narrows a figure, from its own phrase, its sentence, its document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from tallyroom.codebook.model import Code, Term
from tallyroom.reading.drafts import Draft
from tallyroom.reading.tokens import BREAK, CLAUSE, COLON, FIGURE, TERM, Token
from tallyroom.reading.told import DRUG_OFFENCES, SENTENCE_WIDE, better, reason_of

_OWN = (
    "role",
    "novelty",
    "disposition",
    "site",
    "item",
    "size",
    "scope",
    "substance",
    "offence",
    "channel",
    "origin",
    "unit",
)
_WITH_SUBSTANCE = frozenset({"quantity_seized", "crops_eradicated", "case_value"})
_PRECURSOR_GROUPS = frozenset({"precursors", "production_materials", "unscheduled_chemicals"})
_DIMENSIONS = {
    "persons_arrested": {"role", "novelty", "scope", "disposition", "channel", "origin"},
    "sites_dismantled": {"site", "size", "scope", "channel"},
    "items_seized": {"item", "scope", "channel", "origin"},
    "users_treated": {"disposition", "scope", "novelty", "role"},
    "users_identified": {"novelty", "role", "scope"},
    "quantity_seized": {"channel", "origin", "scope", "size"},
    "case_value": {"channel", "origin", "scope"},
    "assets_seized": {"channel", "scope"},
}


ANY_OFFENCE = "any_offence"
"""The cue of what counts all offences."""


def counts_any_offence(draft: Draft) -> bool:
    """Tell whether a figure counts `criminal cases`: a document that does is not of drugs alone."""
    return draft.is_level and draft.thing is not None and draft.thing.cue == ANY_OFFENCE


def offence_of_document(weights: Mapping[str, int], least: int) -> str | None:
    """Return the one offence that a document is about; None for several, and where it counts all offences.

    Args:
        weights: How often each offence was told; what counts all of them under `ANY_OFFENCE`.
        least: What an offence must weigh.
    """
    told = {code: weight for code, weight in weights.items() if code != ANY_OFFENCE}
    general = weights.get(ANY_OFFENCE, 0) * 5 >= sum(weights.values())
    if not told or general or max(told.values()) < least or not _is_of_one_kind(told):
        return None
    return max(told.items(), key=lambda item: (item[1], item[0] != "drugs", item[0]))[0]


def _is_of_one_kind(offences: Mapping[str, int]) -> bool:
    """Tell whether a document is about one kind of offence, so that an untold offence may be taken from it."""
    drugs = sum(
        weight for code, weight in offences.items() if code.startswith("drug") or code == "precursors"
    )
    others = [weight for code, weight in offences.items() if not code.startswith("drug")]
    return max([drugs, *others]) * 10 >= sum(offences.values()) * 6


def told_offence(term: Term) -> str | None:
    """Return the offence that a word tells: its own, `drugs` for a drug, else None."""
    return term.marks.get("offence") or ("drugs" if term.thing == "drug" else None)


def own_marks(draft: Draft, tokens: Sequence[Token], text: str) -> None:
    """Give the draft the marks of its own phrase: its thing and verb first, then what stands beside them."""
    terms = _own_terms(draft, tokens)
    if _several_offences(draft, terms):
        draft.marks["offence"] = "other"
        draft.own.add("offence")
    reason = reason_of(draft, tokens, text)
    if reason is not None:
        draft.marks["offence"] = reason
        draft.own.add("offence")
    fixed = _listed_substance(draft, tokens, text)
    if fixed is not None:
        draft.marks["substance"] = fixed
        draft.own.add("substance")
    for term in terms:
        for key, value in term.marks.items():
            if key == "substance" and fixed is not None:
                continue
            if key in _OWN and better(draft.marks.get(key), value, key):
                draft.marks[key] = value
                draft.own.add(key)


_COORDINATE = re.compile(
    r"\s*(?:、|和|及|与|以及|或|/|等|等各类|,|,? ?and|,? ?or)?\s*(?:(?:other|various|some|the) )*"
)


def _coordinated(at: Token, tokens: Sequence[Token], text: str) -> list[Token]:
    """Return the drugs that stand in one list with `at`: 冰毒、海洛因等毒品, `cocaine and other drugs`."""
    drugs = [token for token in tokens if token.terms.drug is not None]
    k = drugs.index(at)
    first = last = k
    while first > 0 and _COORDINATE.fullmatch(text, drugs[first - 1].end, drugs[first].start):
        first -= 1
    while last + 1 < len(drugs) and _COORDINATE.fullmatch(text, drugs[last].end, drugs[last + 1].start):
        last += 1
    return drugs[first : last + 1]


def _specific(run: list[Token]) -> list[Token]:
    """毒品冰毒, 三级毒品愷他命: the word for drugs right before a drug's name only says what that is."""
    pairs = itertools.pairwise(run)
    general = [first for first, second in pairs if first.end == second.start and first.terms.drug == "drugs"]
    return [token for token in run if token not in general]


_SUCH_AS = re.compile(r",?\s*(?:such as|including|like|namely|among them|如|包括)\s*")
_ITEM_BY_ITEM = "包括"
"""毒品包括海洛因6吨、冰毒3吨: before one drug with its own figure it opens a list of hauls."""


def _group_before(first: Token, tokens: Sequence[Token], text: str, *, alone: bool) -> str | None:
    """`precursors such as ephedrine` are precursors."""
    if alone and text.endswith(_ITEM_BY_ITEM, 0, first.start):
        return None
    for token in tokens:
        if (
            token.terms.drug is not None
            and token.end <= first.start
            and _SUCH_AS.fullmatch(text, token.end, first.start)
        ):
            return token.terms.drug
    return None


def _listed_substance(draft: Draft, tokens: Sequence[Token], text: str) -> str | None:
    """Return the substance of the head; of a list of three or more, or one closed by 等毒品, it is `drugs`."""
    thing, at = draft.thing, draft.thing_token
    if (
        thing is None
        or at is None
        or thing.thing != "drug"
        or "substance" not in thing.marks
        or at.terms.drug is None
    ):
        return None
    run = _specific(_coordinated(at, tokens, text))
    group = _group_before(run[0], tokens, text, alone=len(run) == 1)
    if group is not None:
        return group
    named = [
        next(t.marks["substance"] for t in token.terms if t.thing == "drug" and "substance" in t.marks)
        for token in run
    ]
    if len(set(named)) == 1 or len(run) == 1:
        return thing.marks["substance"]
    if "drugs" in named or len(set(named)) > 2:
        return "drugs"
    return named[0]


def _several_offences(draft: Draft, terms: Sequence[Term]) -> bool:
    """食品药品、环境资源和知识产权领域犯罪案件: cases of several offences in one figure are `other`."""
    if draft.thing is not None and "offence" in draft.thing.marks:
        return False
    told = {term.marks["offence"] for term in terms if "offence" in term.marks} - DRUG_OFFENCES - {"other"}
    return len(told) > 1


def _own_terms(draft: Draft, tokens: Sequence[Token]) -> list[Term]:
    terms = [term for term in (draft.thing, draft.action) if term is not None]
    for _, term in reversed(draft.phrase.heads):
        if term is not draft.thing and _qualifies(term, draft):
            terms.append(term)
    terms.extend(draft.phrase.modifiers)
    terms.extend(_beside_thing(draft, tokens))
    terms.extend(_behind(draft, tokens))
    if draft.pattern is not None:
        terms.append(Term(word="", lang="", rule="", marks=draft.pattern.marks))
    return terms


def _qualifies(term: Term, draft: Draft) -> bool:
    """A noun before the head narrows it (`drug den`, 毒品犯罪案件) unless it bears another substance itself."""
    return bool(term.marks) and (
        draft.thing is None or draft.thing.thing != "money" or "substance" not in term.marks
    )


def _beside_thing(draft: Draft, tokens: Sequence[Token]) -> list[Term]:
    """Terms between the last break or figure and this figure: 跨区域大案326起, 新发现的22.3万名, `imported drugs`."""
    terms: list[Term] = []
    for k in range(draft.index - 1, -1, -1):
        token = tokens[k]
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            people = draft.thing is not None and draft.thing.thing == "person" and draft.thing.lang == "en"
            if people and token.kind == FIGURE and _is_list(tokens[k : draft.index]):
                return [term for term in terms if term.thing is None]  # its people, not these
            break
        if token.kind == TERM:
            terms.extend(term for term in token.terms if term.marks and not _is_other_thing(term, draft))
    return terms


def _is_list(tokens: Sequence[Token]) -> bool:
    return all(token.strength != COLON for token in tokens if token.kind == BREAK)


def _behind(draft: Draft, tokens: Sequence[Token]) -> list[Term]:
    """`5,942 drug addicts were newly discovered`: what is said of the figure behind it."""
    terms: list[Term] = []
    for token in tokens[draft.phrase.next :]:
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            break
        terms.extend(
            term
            for term in token.terms
            if term.marks.keys() & {"novelty", "disposition"} and term.thing is None
        )
    return terms


def _is_other_thing(term: Term, draft: Draft) -> bool:
    """A thing that is not the one counted passes on its offence only through the sentence."""
    if term.thing == "drug" and draft.indicator is not None and draft.indicator.startswith("users"):
        return False  # 滥用海洛因4.9万名
    return term.thing is not None and draft.thing is not None and term.thing != draft.thing.thing


def substance_of(draft: Draft, document: str | None) -> str | None:
    """Return the substance of a figure; a haul that names none has its paragraph's last, else `drugs`."""
    own = draft.marks.get("substance")
    if draft.indicator == "quantity_seized":
        if (
            draft.thing is not None
            and draft.thing.rule == "measure"
            and document not in (*DRUG_OFFENCES, "precursors", None)
        ):
            return None if own == "drugs" else own
        return own or ("drugs" if draft.thing is not None and draft.thing.thing == "drug" else None)
    if draft.indicator == "case_value" and draft.thing is not None and draft.thing.rule == "measure":
        return own or ("drugs" if document in DRUG_OFFENCES else None)
    if draft.indicator in _WITH_SUBSTANCE:
        return own
    return None if own in (None, "drugs") else own


def offence_of(
    draft: Draft,
    sentence: str | None,
    campaign: str | None,
    document: str | None,
    substances: Mapping[str, Code],
) -> str | None:
    """Return the narrowest offence told: of the phrase, its case in the sentence, the campaign, the document."""
    own = draft.marks.get("offence")
    substance = draft.marks.get("substance")
    if draft.indicator in {"users_identified", "users_treated", "users_registered", "users_recovered"}:
        return "drug_use"
    if is_precursor(substance, substances):
        return (
            "precursors"
            if sentence in (None, "drugs", "drug_trafficking") or own == "precursors"
            else sentence
        )
    if (
        own == "firearms"
        and draft.indicator == "items_seized"
        and (sentence or campaign or document) in DRUG_OFFENCES
    ):
        return sentence or campaign or document
    if (
        own == "smuggling"
        and not is_goods(draft)
        and (document in DRUG_OFFENCES or _is_drug(substance, substances))
    ):
        return "drug_trafficking"
    if own is not None and own != "drugs":
        return own
    told = sentence
    if (
        told == "smuggling"
        and (own == "drugs" or document in DRUG_OFFENCES or _is_drug(substance, substances))
        and not is_goods(draft)
    ):
        told = "drug_trafficking"
    if own == "drugs" and "offence" in draft.own and draft.indicator != "quantity_seized":
        return "drugs"
    goods = draft.thing is not None and draft.thing.rule == "goods"
    if own == "drugs" or (draft.indicator == "quantity_seized" and substance is not None and not goods):
        return told if told in DRUG_OFFENCES else "drugs"
    return told or campaign or document


def is_goods(draft: Draft) -> bool:
    """Tell whether a figure counts goods other than drugs."""
    return draft.thing is not None and draft.thing.thing in ("item", "material", "animal")


def _is_drug(substance: str | None, substances: Mapping[str, Code]) -> bool:
    """Tell whether a substance is a drug or a precursor: gold and timber have codes too."""
    return _belongs(
        substance, _PRECURSOR_GROUPS | {"drugs", "opium_poppy", "coca", "cannabis_plant"}, substances
    )


def is_precursor(substance: str | None, substances: Mapping[str, Code]) -> bool:
    """Tell whether a substance belongs to the precursors or production materials."""
    return _belongs(substance, _PRECURSOR_GROUPS, substances)


def _belongs(substance: str | None, groups: frozenset[str], substances: Mapping[str, Code]) -> bool:
    seen: set[str] = set()
    while substance is not None and substance not in seen:
        if substance in groups:
            return True
        seen.add(substance)
        code = substances.get(substance)
        substance = code.parent if code is not None else None
    return False


_AT_SEA = re.compile(r"\b(?:ocean|sea|seas|strait|gulf)\b|海$|海域|海峡|洋$", re.I)
_MONEY = frozenset({"case_value", "assets_seized", "losses_recovered"})
_NOT_OF_PEOPLE = frozenset({"origin"})


def breakdown_of(draft: Draft, sentence_marks: Mapping[str, str], area: Sequence[str]) -> dict[str, str]:
    """Return the dimensions that narrow a figure: its own, then the channel and origin of its sentence."""
    allowed = _DIMENSIONS.get(draft.indicator or "")
    marks = {
        key: value
        for key, value in draft.marks.items()
        if key not in ("substance", "offence", "unit", "voice")
    }
    people = draft.indicator is not None and draft.indicator.startswith(("persons", "users"))
    if draft.indicator in _MONEY:  # `the illicit market`, `goods and services tax`: no kind of place or thing
        marks = {key: value for key, value in marks.items() if key not in ("item", "site")}
    for key in SENTENCE_WIDE:
        if key in sentence_marks and key not in marks and not (people and key in _NOT_OF_PEOPLE):
            marks[key] = sentence_marks[key]
    if area and all(_AT_SEA.search(place) for place in area):
        marks.setdefault("channel", "maritime")
    return {
        key: marks[key]
        for key in sorted(marks)
        if allowed is None or key in allowed or key in draft.own or key == "partner"
    }

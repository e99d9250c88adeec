"""What a haul consists of where its own phrase does not tell: the drug named beside it, before it, or of its case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.codebook.model import Term
from tallyroom.reading.drafts import Draft
from tallyroom.reading.sentence import Memory, Sentence
from tallyroom.reading.tokens import BREAK, CLAUSE, TERM

_HAULS = frozenset({"quantity_seized", "case_value"})


def fill_substances(sentence: Sentence, memory: Memory) -> None:
    """`48 packages holding 367 pounds of methamphetamine`: a haul that names no drug is of the one named beside it."""
    for draft in sentence.drafts:
        _take_cartridges(draft, sentence, memory)
        _name_unlisted(draft, sentence)
    hauls = [draft for draft in sentence.drafts if draft.indicator in _HAULS and draft.aside is None]
    for k, draft in enumerate(hauls):
        if draft.shape == "bracketed-worth" and draft.marks.get("substance"):
            continue
        if (
            draft.indicator == "case_value"
            and (draft.thing is None or draft.thing.cue != "of_case")
            and len({d.marks["substance"] for d in hauls[:k] if d.marks.get("substance")}) > 1
            and not any(d.thing is _GOODS for d in hauls[:k])
        ):
            draft.marks["substance"] = "drugs"
        if draft.marks.get("substance") in (None, "drugs") and _THE_DRUG.match(
            sentence.text, draft.token.end
        ):
            draft.marks["substance"] = memory.substance or memory.only or "drugs"
        if draft.marks.get("substance") or (
            draft.thing is not None
            and (draft.thing.thing not in ("drug", "value") or draft.thing.cue == "of_case")
        ):
            continue
        after = next(
            (
                d.marks["substance"]
                for d in hauls[k + 1 : k + 2]
                if d.marks.get("substance") and _is_vague(draft) and not _is_part(draft, d, sentence)
            ),
            None,
        )
        found = _precursor_case(draft, sentence) or after or _same_haul(draft, hauls[:k], memory, sentence)
        if found is None and draft.unit == "plant":
            found = "cannabis_plant"
        if found:
            draft.marks["substance"] = found
    _name_crops(sentence, memory)
    for draft in hauls:
        if draft.indicator == "quantity_seized" and draft.marks.get("substance"):
            memory.substance = draft.marks["substance"]
            memory.named.add(draft.marks["substance"])


_OF_GOODS = re.compile(r"\s+of\s+((?:[a-z'’-]{3,}\s+){0,1}[a-z'’-]{3,})")
_NO_GOODS = re.compile(
    r"(?:the|this|that|these|those|which|such|other|various|different|mixed|assorted|about|more|over|some|each|all|both|"
    r"for|worth|valued|it|its|them|products?|goods|items?|materials?|substances?|contraband|content|evidence|seized|"
    r"suspected|illegal|illicit|smuggled|weight|powder|liquid|stuff)"
)
_GOODS_END = re.compile(
    r"\s+(?:in|at|on|from|and|or|was|were|which|worth|valued|with|to|by|hidden|concealed|seized|found|that)$"
)


_GOODS = Term(word="", lang="en", rule="goods", thing="material")


def _name_unlisted(draft: Draft, sentence: Sentence) -> None:
    """`480 kg of trepang`: goods that no list holds are told by their own name."""
    if draft.thing is None or draft.thing.rule != "measure" or draft.indicator != "quantity_seized":
        return
    match = _OF_GOODS.match(sentence.text, draft.quantity.outer_end)
    if sentence.lang != "en" or match is None or draft.measure not in ("mass", "volume"):
        return
    words = [word for word in _GOODS_END.sub("", match[1]).split() if word not in _AND]
    known = any(
        match.start(1) <= token.start < match.end(1) for token in sentence.tokens if token.kind == TERM
    )
    if not known and words and not any(_NO_GOODS.fullmatch(word) for word in words):
        draft.marks["substance"] = "_".join(words)
        draft.thing = _GOODS


_AND = frozenset({"and", "in", "at", "on", "from", "or", "was", "were"})


def _take_cartridges(draft: Draft, sentence: Sentence, memory: Memory) -> None:
    """依托咪酯烟油3.8公斤、烟弹4700余颗: cartridges told beside the drug that they hold are that drug, in items."""
    if draft.thing is None or draft.thing.marks.get("scope") != "e-cigarettes" or draft.aside is not None:
        return
    if draft.indicator not in ("items_seized", "quantity_seized"):
        return
    drugs = [token.terms.drug for token in sentence.tokens[: draft.index] if token.terms.drug is not None]
    named = [drug for drug in drugs if drug not in _GROUPS] or (
        [memory.substance] if memory.substance else []
    )
    if not named or named[-1] in _GROUPS:
        return
    draft.indicator, draft.unit = "quantity_seized", "item"
    draft.marks = {key: value for key, value in draft.marks.items() if key not in ("item", "scope")}
    draft.marks["substance"] = named[-1]


_GROUPS = frozenset({"drugs", "main_drugs", "synthetic_drugs", "new_psychoactive"})


def _name_crops(sentence: Sentence, memory: Memory) -> None:
    """`775 hectares were destroyed nationwide`: crops without a name are those named in the sentence, or last."""
    for draft in sentence.drafts:
        if draft.indicator != "crops_eradicated" or sentence.lang != "en":
            continue
        told = draft.marks.get("substance") or _crop_named(draft, sentence) or memory.crop
        if told:
            draft.marks["substance"] = memory.crop = told


def _crop_named(draft: Draft, sentence: Sentence) -> str | None:
    for token in reversed(sentence.tokens[: draft.index]):
        for term in token.terms:
            if term.thing == "crop" and "substance" in term.marks:
                return term.marks["substance"]
    return None


_THE_DRUG = re.compile(
    r"\s*(?:[a-z]+ )?of (?:the|this|that) (?:same |said |[a-z]+ ){0,3}(?:drug|narcotic|substance)\b"
)


_HOLDS = re.compile(r"\b(?:weigh|hold|contain|total|with)|[(（]|\bin $")
"""Between a haul and the same haul in another measure."""


def _same_haul(draft: Draft, before: Sequence[Draft], memory: Memory, sentence: Sentence) -> str | None:
    """20 bricks of cocaine `weighing 48 pounds` are cocaine; a new mass of unnamed drugs is of drugs in general."""
    named = [d.marks["substance"] for d in before if d.marks.get("substance")]
    if draft.indicator == "case_value":
        if len(set(named)) > 1:
            return "drugs"
        return named[-1] if named else _drug_in_clause(draft, sentence) or memory.substance
    if draft.thing is not None and draft.thing.rule == "measure":
        near = _drug_in_clause(draft, sentence)
        other = [d for d in before if d.marks.get("substance") and d.measure != draft.measure]
        only = memory.only if sentence.lang == "en" else None
        return near or (other[-1].marks["substance"] if other else only or "drugs")
    if sentence.lang == "en" and before and not _HOLDS.search(sentence.text, before[-1].end, draft.start):
        return memory.only
    return named[-1] if named else memory.substance or memory.only


def _drug_in_clause(draft: Draft, sentence: Sentence) -> str | None:
    """`methamphetamine seizures fell 12 percent to 14,300 pounds`: the drug named earlier in the clause.

    In a table's row it may be the label, with the head of the column between.
    """
    for token in reversed(sentence.tokens[: draft.index]):
        if token.kind == BREAK and token.strength >= CLAUSE and sentence.kind != "row":
            return None
        for term in token.terms:
            if term.thing == "drug" and "substance" in term.marks:
                return term.marks["substance"]
    return None


def _precursor_case(draft: Draft, sentence: Sentence) -> str | None:
    """走私易制毒化学品案件8起，缴获32.89吨: the case says of what kind the haul is."""
    for token in reversed(sentence.tokens[: draft.index]):
        for term in token.terms:
            if term.marks.get("offence") == "precursors" and draft.indicator == "quantity_seized":
                return "precursors"
            if "offence" in term.marks:
                return None
    return None


_PARTS = re.compile(r"\b(?:includ(?:ing|ed|es)|of which|among (?:them|which))\b|其中|包括")


def _is_part(whole: Draft, part: Draft, sentence: Sentence) -> bool:
    """`48 tons, including 4 tons of heroin`: the whole is of more than the part."""
    return _PARTS.search(sentence.text, whole.end, part.start) is not None


def _is_vague(draft: Draft) -> bool:
    return draft.indicator == "quantity_seized" and draft.thing is not None


def name_haul(first: Draft, second: Draft) -> None:
    """`367 pounds (166.6 kg) of methamphetamine`: the substance after the brackets is that of both."""
    for _, term in second.phrase.heads:
        if (
            term.thing == "drug"
            and first.marks.get("substance") in (None, "drugs")
            and term.marks.get("substance")
        ):
            first.marks["substance"] = term.marks["substance"]

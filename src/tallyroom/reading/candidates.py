"""The terms around a figure that may name what it counts and what was done to it, with the cost of each.

A cost is a distance: it grows with every figure, verb and break that stands between, and with a side of the figure on
which the language seldom puts such a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallyroom.codebook.model import Term
from tallyroom.model.quantity import Quantity
from tallyroom.reading.drafts import Candidate, Draft
from tallyroom.reading.grammar import Grammar
from tallyroom.reading.phrases import phrase_after
from tallyroom.reading.tokens import BREAK, CLAUSE, COLON, FIGURE, LIST, SEMICOLON, TERM, Token

_FAR = 9.0
"""Beyond this cost a term says nothing about a figure."""


def things_for(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> list[Candidate]:
    """Return what the figure may count, on either side, nearest meaning first."""
    found = list(_heads_right(draft, grammar))
    if not found or all(_is_container(one.term) for one in found):
        found = list(_heads_shared(draft, tokens, text, grammar)) or found
    unknown = not found and _counts_unknown(draft, tokens, text, grammar)
    left = _heads_left(draft, tokens, text, grammar)
    found.extend(one for one in left if not unknown or one.term.thing not in _NOT_OF_UNKNOWN)
    found.sort(key=lambda candidate: candidate.cost)
    return found


_NOUN = re.compile(r" ((?:[a-z-]+ )?[a-z-]{3,}s)\b(?! of\b)")


def _is_container(term: Term) -> bool:
    """`4,130 cartons and 20 packets of cigarettes`: a container alone holds what its neighbour holds."""
    return term.marks.get("unit") == "parcel" and "substance" not in term.marks


_NOT_OF_UNKNOWN = frozenset({"person", "user", "victim", "officer", "operation"})
_NO_NOUN = re.compile(
    r"(?:others|was|is|has|cases|times|th[iu]s|minus|plus|less|across|versus|besides|towards|its|his|hers|perhaps|always|"
    r"suspects|persons)"
)


def _counts_unknown(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> bool:
    """`people were held and 312 widgets destroyed`: a noun that no list holds counts nothing told before the figure."""
    if grammar.lang != "en" or draft.measure != "count" or draft.quantity.unit is not None:
        return False
    match = _NOUN.match(text, draft.quantity.outer_end)
    if match is None or any(
        _NO_NOUN.fullmatch(word) or grammar.phrase_stop.fullmatch(word) for word in match[1].split()
    ):
        return False
    following = tokens[draft.index + 1] if draft.index + 1 < len(tokens) else None
    return following is None or following.start >= match.end()


def _heads_right(draft: Draft, grammar: Grammar) -> Iterator[Candidate]:
    for back, (token, _) in enumerate(reversed(draft.phrase.heads)):
        for meaning in token.terms:
            if meaning.thing:
                yield Candidate(
                    meaning, token, grammar.right_head + 0.8 * back - 0.01 * meaning.weight, "right"
                )


_AND = re.compile(r"\s*(?:[a-z]{3,14}\s*)?(?:,|、|和|及|与|或|and|or|,? and)\s*(?:[a-z]{2,8} )?")


def _heads_shared(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> Iterator[Candidate]:
    """`312 and 96 cases`, `EUR 2 million and GBP 41,000 in cash`: a noun behind the last figure is of each."""
    k, at = draft.index, draft.quantity.outer_end
    while k + 1 < len(tokens) and (
        (tokens[k + 1].kind == BREAK and tokens[k + 1].strength <= CLAUSE)
        or any(term.cue == "demonym" or _is_container(term) for term in tokens[k + 1].terms)
    ):
        k += 1  # `seven Colombian and two Ecuadorian nationals`
    if k + 1 >= len(tokens) or tokens[k + 1].kind != FIGURE:
        return
    shared = tokens[k + 1]
    quantity = shared.quantity
    if (
        quantity is None
        or not _AND.fullmatch(text, at, quantity.outer_start)
        or not _alike(_unit_of(quantity), _unit_of(draft.quantity))
    ):
        return
    for token, _ in reversed(phrase_after(tokens, k + 1, text, grammar).heads):
        for meaning in token.terms:
            if meaning.thing:
                yield Candidate(meaning, token, grammar.right_head + 0.5, "right")


def _alike(one: str, other: str) -> bool:
    """`2,900 litres and 1,150 kilograms of chemicals`: so much of one thing in two measures."""
    return one == other or {one, other} == {"mass", "volume"}


def _unit_of(quantity: Quantity) -> str:
    return quantity.unit.measure if quantity.unit is not None else "count"


def _heads_left(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> Iterator[Candidate]:
    cost, at = grammar.left_head, draft.quantity.outer_start
    seen_action = crossed = headed = False
    for k in range(draft.index - 1, -1, -1):
        token = tokens[k]
        if token.kind == FIGURE:
            cost += 2.5
            crossed = True
        elif token.kind == BREAK:
            cost += _break_cost(token)
        elif token.kind == TERM:
            if token.terms.things:
                taken = 2.0 if k and _is_taken(tokens[k - 1], token, text) else 0.0
                near = headed and not text[token.end : at].strip()
                parted = (seen_action and not near) or crossed
                yield from _left_meanings(token, cost + taken, at, text, grammar, parted)
            if token.terms.acts:
                headed = _HEADED.fullmatch(text, token.end, draft.quantity.outer_start) is not None
                seen_action = True
                cost += 0.5
            elif token.terms.things:
                cost += 1.0
        if cost > _FAR:
            return
        at = min(at, token.start)


_HEADED = re.compile(r"\s*:\s*")
"""`Drug abusers arrested: 371`: in a heading the object stands right before its verb."""

_DOUBT = frozenset({"怀疑", "疑似", "涉嫌", "可疑", "的", "的怀疑", "的疑似"})


def _is_taken(before: Token, token: Token, text: str) -> bool:
    """约11.6公斤怀疑氯胺酮、约8.3公斤怀疑大麻花: what stands right behind another figure is that figure's."""
    if before.kind != FIGURE:
        return False
    return token.start - before.end <= 1 or text[before.end : token.start] in _DOUBT


def _left_meanings(
    token: Token, cost: float, at: int, text: str, grammar: Grammar, parted: bool
) -> Iterator[Candidate]:
    gap = text[token.end : at] if token.end < at else ""
    light = not parted and grammar.light.fullmatch(gap) is not None
    if grammar.lang == "en" and _OBLIQUE.search(text, max(0, token.start - 14), token.start):
        cost += 2.5
    extra = 0.0 if light else grammar.left_far
    if light and grammar.lang == "en":
        extra = -2.5
    for meaning in token.terms.things:
        yield Candidate(meaning, token, cost + extra - 0.01 * meaning.weight, "left")


_OBLIQUE = re.compile(
    r"\b(?:during|in|from|after|by|with|through|under|at|for|against|of|to)\s+(?:the |these |those |an? |its )?$"
)
"""`who died during the operations: 6,181` counts no operations."""
_BREAK_COST = {LIST: 0.6, COLON: 0.4, CLAUSE: 1.5, SEMICOLON: 5.0}


def _break_cost(token: Token) -> float:
    return _BREAK_COST[token.strength]


def actions_for(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> list[Candidate]:
    """Return the verbs that may govern the figure, on either side, nearest first."""
    found = []
    if draft.phrase.participle is not None:
        token, term = draft.phrase.participle
        found.append(Candidate(term, token, 0.2, "right"))
    behind = list(_verbs_right(draft, tokens, text, grammar))
    taken = grammar.lang == "en" and any(_is_predicate(draft.phrase.end, c.token, text) for c in behind[:1])
    found.extend(
        Candidate(c.term, c.token, c.cost + _ANOTHERS, c.side) if taken and _is_passive(c.token, text) else c
        for c in _verbs_left(draft, tokens)
    )
    found.extend(behind)
    found.sort(key=lambda candidate: candidate.cost)
    return found


_ANOTHERS = 2.0
_PREDICATE = re.compile(r"\s*(?:(?:was|were|been|have|has|had|also|all) ){1,3}$")
_PASSIVE = re.compile(r"\b(?:was|were|been) (?:[a-z]+ly |also |all )?$")


def _is_passive(verb: Token, text: str) -> bool:
    return _PASSIVE.search(text, max(0, verb.start - 18), verb.start) is not None


def _is_predicate(end: int, verb: Token, text: str) -> bool:
    """`312 cases were filed and 120 people were arrested`: a figure with its own predicate takes none before it."""
    end = max(end, _bracket_end(end, text))
    return 0 <= verb.start - end < 24 and _PREDICATE.match(text, end, verb.start) is not None


def _verbs_left(draft: Draft, tokens: Sequence[Token]) -> Iterator[Candidate]:
    cost = 0.0
    for k in range(draft.index - 1, -1, -1):
        token = tokens[k]
        if token.kind == BREAK:
            cost += _break_cost(token)
        elif token.kind == FIGURE:
            cost += 0.5
        elif token.kind == TERM:
            verbs = token.terms.verbs
            compound = 1.5 if verbs and _is_compound(tokens, k) else 0.0
            for term in verbs:
                nominal = compound + (0.4 if term.thing else 0.5 if term.action == "target" else 0.0)
                yield Candidate(term, token, cost + nominal, "left")
            cost += 0.8 if verbs else 0.0
        if cost > _FAR:
            return


def _is_compound(tokens: Sequence[Token], k: int) -> bool:
    """提前介入重大案件侦查3000件: a verb right behind its noun, with another one before, is a noun itself."""
    noun = tokens[k - 1] if k else None
    if noun is None or noun.end != tokens[k].start or all(term.thing != "case" for term in noun.terms):
        return False
    for token in reversed(tokens[: k - 1]):
        if token.kind in (BREAK, FIGURE):
            return False
        if token.terms.acts and not token.terms.things:
            return True
    return False


def _verbs_right(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> Iterator[Candidate]:
    cost, at = 0.0, draft.phrase.end
    direct = True
    fronted = 4.5 if _is_fronted(draft, tokens, text, grammar) else 0.0
    bracket = _bracket_end(at, text) if grammar.lang == "en" else -1
    for k in range(draft.phrase.next, len(tokens)):
        token = tokens[k]
        if token.end <= bracket:
            at = bracket
            continue
        if token.kind == FIGURE and text[at : token.start].strip() == "/":
            at = max(at, token.end)
            continue  # `142 cases/151 suspects were arrested`
        if token.kind == BREAK:
            cost += _break_cost(token) if token.strength != LIST else 0.3
            direct = direct and token.strength == LIST
        elif token.kind == FIGURE:
            cost += 0.9
            direct = False
        elif token.kind == TERM:
            verbs = token.terms.verbs
            gap = text[at : token.start] if verbs and token.start > at else ""
            for term in verbs:
                right = _right_verb_cost(gap, direct, grammar, term)
                yield Candidate(term, token, max(0.2, cost + right - fronted), "right")
            if verbs:
                cost += 1.0
                direct = False
        if cost > _FAR:
            return
        at = max(at, token.end)


_IN_BRACKETS = re.compile(
    r", (?:comprising|including|consisting of|made up of|among them) [^.;:()]{5,80}?,(?= (?:were|was|have|had) )|"
    r"\s*\([^()\n]{1,60}\)|,? (?:both |all )?aged (?:between )?"
    r"\d{1,2}(?:(?:, \d{1,2})*,? (?:and|to) \d{1,2}| ?[-–] ?\d{1,2})?,?"
)


def _bracket_end(at: int, text: str) -> int:
    """`5,417 suspects (4,502 men and 915 women) were arrested`: brackets part no verb from its figure."""
    if text[at : at + 2].lstrip()[:1] not in ("(", ",", "a", "b"):
        return -1
    match = _IN_BRACKETS.match(text, at)
    return match.end() if match is not None else -1


_REASON = re.compile(r"(?:因|以|涉嫌|由于)")
"""其中302人因暴力骚乱受到指控: a reason between people and the verb that they undergo."""
_SIGHT = 400
"""How far back an object that stands before its verb is looked for."""
_WEAK = frozenset({"conduct", "deploy", "inspect", "identify", "report", "value"})


def _is_fronted(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> bool:
    """对18起案件逐案督办, 将1178名嫌疑人押解回国: the object stands before its verb."""
    if grammar.lang == "en":
        return False
    near = max(0, draft.start - _SIGHT)
    start = max(near, *(text.rfind(mark, near, draft.start) + 1 for mark in "。！？；;\n"))
    at = -1
    for match in grammar.fronting.finditer(text, start, draft.quantity.outer_start):
        at = match.start()
    if at < 0:
        return False
    return not any(
        token.kind == FIGURE
        or any(term.action and not term.thing and term.action not in _WEAK for term in token.terms)
        for token in tokens[: draft.index]
        if token.start >= at
    )


def _right_verb_cost(gap: str, direct: bool, grammar: Grammar, term: Term) -> float:
    if grammar.lang == "en":
        return 0.3 if direct and grammar.passive.fullmatch(gap) else grammar.right_verb
    if (
        "被" in gap
        or "遭" in gap
        or (
            direct
            and _REASON.match(gap)
            and term.action in ("arrest", "approve_arrest", "prosecute", "convict")
        )
        or (direct and grammar.passive.fullmatch(gap))
    ):
        return 0.4
    return grammar.right_verb - (1.0 if direct and len(gap) <= 3 else 0.0)

"""Attachment: what a figure counts and what was done to it, by distance, direction and type.

Types are hard limits: a pair of thing and action counts only where an indicator has a pattern for it in the figure's
measure. Among the pairs that are left the nearest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallyroom.codebook.model import Term
from tallyroom.model.quantity import Quantity
from tallyroom.reading.drafts import Candidate, Draft, Phrase
from tallyroom.reading.grammar import Grammar
from tallyroom.reading.patterns import Patterns
from tallyroom.reading.tokens import BREAK, CLAUSE, COLON, FIGURE, LIST, PERIOD, SEMICOLON, TERM, Token

_FAR = 9.0
"""Beyond this cost a term says nothing about a figure."""
_NO_ACTION = 3.5
"""What it costs to read a figure without any verb: a verb farther away than this is not its verb."""
_NO_THING = 2.0


def phrase_after(tokens: Sequence[Token], index: int, text: str, grammar: Grammar) -> Phrase:
    """Return the noun phrase that begins where the figure `tokens[index]` ends."""
    figure = tokens[index]
    at, of_passed, k = figure.end, False, index + 1
    if _is_bracketed(tokens, k, figure, text):
        at, k = tokens[k].end, k + 1
    worth = _worth_of(tokens, k, text, figure)
    if worth is not None:
        phrase_action = worth
        at, k = tokens[k].end, k + 1
    else:
        phrase_action = None
    phrase = Phrase(end=figure.end, next=k, participle=phrase_action)
    while k < len(tokens):
        token = tokens[k]
        gap = text[at : token.start] if token.start > at else ""
        if token.kind != TERM or (gap and grammar.phrase_stop.search(gap) and not _money_in(figure, gap)):
            break
        if gap and grammar.of.search(gap):
            of_passed = True
        if not _takes(phrase, tokens, k, text, of_passed, figure, grammar):
            break
        at = max(at, token.end)
        k += 1
    phrase.end, phrase.next = at, k
    return phrase


def _is_bracketed(tokens: Sequence[Token], k: int, figure: Token, text: str) -> bool:
    """`367 pounds (166.6 kg) of methamphetamine`: what a figure in brackets counts may stand behind them."""
    if k >= len(tokens) or k < 2 or tokens[k].kind != BREAK or tokens[k].start != figure.end:
        return False
    opened = tokens[k - 2]
    return (
        opened.kind == BREAK
        and figure.start - opened.end <= 10
        and text[opened.start] in "(（"
        and text[tokens[k].start] in ")）"
    )


def _worth_of(tokens: Sequence[Token], k: int, text: str, figure: Token) -> tuple[Token, Term] | None:
    """`P129 million worth of drugs`: the word between money and goods is the verb."""
    if k >= len(tokens) or not _is_measured(figure) or tokens[k].start - figure.end > 1:
        return None
    value = next((term for term in tokens[k].terms if term.action == "value"), None)
    return (
        (tokens[k], value)
        if value is not None and text[tokens[k].end : tokens[k].end + 4].strip().startswith("of")
        else None
    )


def _takes(
    phrase: Phrase,
    tokens: Sequence[Token],
    k: int,
    text: str,
    of_passed: bool,
    figure: Token,
    grammar: Grammar,
) -> bool:
    """Add the term at `k` to the phrase; False where the phrase ends before it."""
    token = tokens[k]
    thing = next((term for term in token.terms if term.thing), None)
    if thing is not None:
        if of_passed and phrase.heads and not _is_measured(figure):
            phrase.modifiers.append(thing)
        else:
            phrase.heads.append((token, thing))
        return True
    action = next((term for term in token.terms if term.action), None)
    if action is not None:
        if not _premodifies(tokens, k, text, grammar):
            return False
        phrase.participle = (token, action)
        return True
    phrase.modifiers.extend(term for term in token.terms if term.marks)
    return _CLOSING.isdisjoint(token.terms.cues)


_IN = re.compile(r"\s*(?:\(?[a-z]{3}\)?\s*)?(?:worth\s+)?(?:in|of)\s+(?:[a-z]+\s+){0,2}")


def _money_in(figure: Token, gap: str) -> bool:
    """`$214,500 in currency`: what the money is stands behind `in`."""
    unit = figure.quantity.unit if figure.quantity else None
    return unit is not None and unit.measure == "money" and _IN.fullmatch(gap) is not None


_CLOSING = frozenset(
    {"of_which", "rise", "fall", "respectively", "same_period", "previous", "share", "from", "statement"}
)


def _is_measured(figure: Token) -> bool:
    unit = figure.quantity.unit if figure.quantity else None
    return unit is not None and unit.measure in {"mass", "volume", "money"}


def _premodifies(tokens: Sequence[Token], k: int, text: str, grammar: Grammar) -> bool:
    """Tell whether the verb at `k` qualifies the noun after it: `12 seized vehicles`, 1.2吨查获的毒品."""
    if k + 1 >= len(tokens):
        return False
    following = tokens[k + 1]
    if following.kind != TERM or not following.terms.things:
        return False
    between = text[tokens[k].end : following.start].strip()
    return between in ({"", "的"} if grammar.lang == "zh" else {""}) and (
        grammar.lang == "en" or between == "的"
    )


def things_for(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> list[Candidate]:
    """Return what the figure may count, on either side, nearest meaning first."""
    found = list(_heads_right(draft, grammar)) or list(_heads_shared(draft, tokens, text, grammar))
    found.extend(_heads_left(draft, tokens, text, grammar))
    found.sort(key=lambda candidate: candidate.cost)
    return found


def _heads_right(draft: Draft, grammar: Grammar) -> Iterator[Candidate]:
    heads = draft.phrase.heads
    for back, (token, term) in enumerate(reversed(heads)):
        for meaning in token.terms:
            if meaning.thing:
                yield Candidate(
                    meaning, token, grammar.right_head + 0.8 * back - 0.01 * meaning.weight, "right"
                )
        del term


_AND = re.compile(r"\s*(?:[a-z]{3,14}\s*)?(?:,|、|和|及|与|或|and|or|,? and)\s*(?:[a-z]{2,8} )?")


def _heads_shared(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> Iterator[Candidate]:
    """`312 and 96 cases`, `EUR 2 million and GBP 41,000 in cash`: a noun behind the last figure is of each."""
    k, at = draft.index, draft.quantity.outer_end
    while k + 1 < len(tokens) and tokens[k + 1].kind == BREAK and tokens[k + 1].strength <= CLAUSE:
        k += 1
    if k + 1 >= len(tokens) or tokens[k + 1].kind != FIGURE:
        return
    shared = tokens[k + 1]
    quantity = shared.quantity
    if (
        quantity is None
        or not _AND.fullmatch(text, at, quantity.outer_start)
        or _unit_of(quantity) != _unit_of(draft.quantity)
    ):
        return
    for token, _ in reversed(phrase_after(tokens, k + 1, text, grammar).heads):
        for meaning in token.terms:
            if meaning.thing:
                yield Candidate(meaning, token, grammar.right_head + 0.5, "right")


def _unit_of(quantity: Quantity) -> str:
    return quantity.unit.measure if quantity.unit is not None else "count"


def _heads_left(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> Iterator[Candidate]:
    cost, at = grammar.left_head, draft.token.start
    seen_action = crossed = False
    for k in range(draft.index - 1, -1, -1):
        token = tokens[k]
        if token.kind == FIGURE:
            cost += 2.5
            crossed = True
        elif token.kind == BREAK:
            cost += _break_cost(token)
        elif token.kind == TERM:
            taken = (
                2.0 if k and tokens[k - 1].kind == FIGURE and token.start - tokens[k - 1].end <= 1 else 0.0
            )
            yield from _left_meanings(token, cost + taken, at, text, grammar, seen_action or crossed)
            if token.terms.acts:
                seen_action = True
                cost += 0.5
            elif token.terms.things:
                cost += 1.0
        if cost > _FAR:
            return
        at = min(at, token.start)


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
    for meaning in token.terms:
        if meaning.thing:
            yield Candidate(meaning, token, cost + extra - 0.01 * meaning.weight, "left")


_OBLIQUE = re.compile(
    r"\b(?:during|in|from|after|by|with|through|under|at|for|against|of|to)\s+(?:the |these |those |an? |its )?$"
)
"""`who died during the operations: 6,181` counts no operations."""


def _break_cost(token: Token) -> float:
    return {LIST: 0.6, COLON: 0.4, CLAUSE: 1.5, SEMICOLON: 5.0}[token.strength]


def actions_for(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> list[Candidate]:
    """Return the verbs that may govern the figure, on either side, nearest first."""
    found = []
    if draft.phrase.participle is not None:
        token, term = draft.phrase.participle
        found.append(Candidate(term, token, 0.2, "right"))
    found.extend(_verbs_left(draft, tokens))
    found.extend(_verbs_right(draft, tokens, text, grammar))
    found.sort(key=lambda candidate: candidate.cost)
    return found


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
            for term in verbs:
                nominal = 0.4 if term.thing else 0.5 if term.action == "target" else 0.0
                yield Candidate(term, token, cost + nominal, "left")
            cost += 0.8 if verbs else 0.0
        if cost > _FAR:
            return


def _verbs_right(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> Iterator[Candidate]:
    cost, at = 0.0, draft.phrase.end
    direct = True
    fronted = 4.5 if _is_fronted(draft, tokens, text, grammar) else 0.0
    for k in range(draft.phrase.next, len(tokens)):
        token = tokens[k]
        if token.kind == BREAK:
            cost += _break_cost(token) if token.strength != LIST else 0.3
            direct = direct and token.strength == LIST
        elif token.kind == FIGURE:
            cost += 0.9
            direct = False
        elif token.kind == TERM:
            verbs = token.terms.verbs
            gap = text[at : token.start] if token.start > at else ""
            for term in verbs:
                right = _right_verb_cost(gap, direct, grammar, term)
                yield Candidate(term, token, max(0.2, cost + right - fronted), "right")
            if verbs:
                cost += 1.0
                direct = False
        if cost > _FAR:
            return
        at = max(at, token.end)


_REASON = re.compile(r"(?:因|以|涉嫌|由于)")
"""其中302人因暴力骚乱受到指控: a reason between people and the verb that they undergo."""
_SIGHT = 400
"""How far back an object that stands before its verb is looked for."""
_WEAK = frozenset({"conduct", "deploy", "inspect", "identify", "report", "value"})


def _is_fronted(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> bool:
    """对18起案件逐案督办, 将1178名嫌疑人押解回国: the object stands before its verb."""
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
        or (direct and _REASON.match(gap) and term.action in ("arrest", "prosecute", "convict"))
        or (direct and grammar.passive.fullmatch(gap))
    ):
        return 0.4
    return grammar.right_verb - (1.0 if direct and len(gap) <= 3 else 0.0)


_FROM_LEAD = 2.2
"""What it costs to take the verb from the line that leads in a list: `Agents seized:`."""


def attach(
    draft: Draft,
    tokens: Sequence[Token],
    text: str,
    grammar: Grammar,
    patterns: Patterns,
    lead: Sequence[Term] = (),
) -> None:
    """Settle the draft's thing, action and indicator from its sentence; leave it unsettled where no pair fits."""
    things = things_for(draft, tokens, text, grammar)
    actions = actions_for(draft, tokens, text, grammar)
    actions.extend(Candidate(term, draft.token, _FROM_LEAD, "lead") for term in lead)
    best = 99.0
    for thing in things:
        if thing.cost >= best:
            break
        for cost, action in _verbs_with(thing, actions):
            total = thing.cost + cost + _value_needs_word(draft, thing, action)
            if total >= best:
                continue
            match = patterns.match(thing.term, action.term if action else None, draft)
            if match is not None:
                best = total
                _settle(draft, match, thing, action, total)
    if _counts_cases(draft, text):
        before = tokens[draft.index - 1] if draft.index else None
        near = (
            before.terms
            if before is not None and before.kind == TERM and draft.start - before.end <= 2
            else ()
        )
        best = _attach_implied(draft, _IMPLIED_CASE, near, actions, patterns, best)
    if draft.measure in _HAUL_MEASURES:
        best = _attach_implied(draft, _IMPLIED_DRUG, (), actions, patterns, best)
    if draft.measure == "money":
        best = _attach_implied(draft, _IMPLIED_MONEY, (), actions, patterns, best)
        worth = [action for action in actions if action.term.action == "value" and action.cost < 1.6]
        best = _attach_implied(draft, _IMPLIED_VALUE, (), worth, patterns, best)
    if best > _NO_THING and _may_stand_bare(draft, tokens, text, grammar):
        _attach_without_thing(draft, actions, patterns, best)


def _value_needs_word(draft: Draft, thing: Candidate, action: Candidate | None) -> float:
    """`80 rounds and £45,000`: goods before money are its worth only where a word says so."""
    if draft.measure != "money" or thing.side != "left" or thing.term.thing in ("money", "value", "loss"):
        return 0.0
    return 0.0 if action is not None and action.term.action == "value" else 3.0


_HAUL_MEASURES = frozenset({"mass", "volume", "tablet"})
_CASE_COUNTERS = re.compile(r"[起宗案]$|件$")
_OPEN_END = re.compile(r"\s*(?:$|[.,;:)，。；、）])")


def _counts_cases(draft: Draft, text: str) -> bool:
    unit = draft.quantity.unit
    return (
        unit is not None and unit.counter and _CASE_COUNTERS.search(text, draft.start, draft.end) is not None
    )


def _may_stand_bare(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> bool:
    """`charge nearly 200`, 处分58.9万人: a number whose noun is not named, and that no unknown noun follows."""
    if draft.measure == "person":
        return True
    if draft.measure != "count" or draft.quantity.unit is not None:
        return False
    if _OPEN_END.match(text, draft.quantity.outer_end):
        return True
    after = text[draft.quantity.outer_end : draft.quantity.outer_end + 14]
    if grammar.lang == "en" and re.match(r"\s+(?:of (?:them|whom|these|those|the)\b)", after):
        return True
    word = re.match(r"\s+([a-z]+)", after) if grammar.lang == "en" else None
    if word is not None and grammar.phrase_stop.fullmatch(word[1]):
        return True
    following = tokens[draft.index + 1] if draft.index + 1 < len(tokens) else None
    return (
        grammar.lang == "en"
        and following is not None
        and following.start - draft.quantity.outer_end <= 1
        and following.terms.acts
    )


_IMPLIED_CASE = Term(word="", lang="", rule="counter", thing="case")
_IMPLIED_VALUE = Term(word="", lang="", rule="measure", thing="value")
_IMPLIED_MONEY = Term(word="", lang="", rule="measure", thing="money")
_IMPLIED_DRUG = Term(word="", lang="", rule="measure", thing="drug")


def _attach_implied(
    draft: Draft,
    implied: Term,
    near: Sequence[Term],
    actions: Sequence[Candidate],
    patterns: Patterns,
    best: float,
) -> float:
    """7案, 立案64.2万件: the counter says by itself what is counted."""
    implied_cost = _NO_THING + {"case": 0.5, "drug": 2.0, "value": 0.0}.get(implied.thing or "", 4.0)
    told = [(_NO_ACTION, None)] if any("offence" in term.marks for term in near) else []
    for cost, action in [*((a.cost, a) for a in actions), *told]:
        total = cost + implied_cost
        if total >= best:
            continue
        match = patterns.match(implied, action.term if action else None, draft)
        if match is not None:
            _settle(draft, match, Candidate(implied, draft.token, total, "implied"), action, total)
            best = total
    return best


def _verbs_with(thing: Candidate, actions: Sequence[Candidate]) -> Iterator[tuple[float, Candidate | None]]:
    if thing.term.action:
        yield 0.0, Candidate(thing.term, thing.token, 0.0, thing.side)
    for action in actions:
        if action.token is not thing.token:
            yield action.cost, action
    yield _NO_ACTION, None


def _attach_without_thing(
    draft: Draft, actions: Sequence[Candidate], patterns: Patterns, best: float
) -> None:
    """`charge nearly 200`: a verb that takes people needs no noun."""
    for action in actions:
        if action.cost + _NO_THING >= best:
            break
        match = patterns.match_bare(action.term, draft)
        if match is not None:
            _settle(draft, match, None, action, action.cost + _NO_THING)
            return


def _settle(
    draft: Draft, match: tuple[str, object], thing: Candidate | None, action: Candidate | None, cost: float
) -> None:
    draft.indicator, draft.pattern = match  # type: ignore[assignment]
    draft.thing = thing.term if thing else None
    draft.thing_token = thing.token if thing else None
    draft.action = action.term if action else None
    draft.cost = cost
    side = f"{thing.side}-thing" if thing else "no-thing"
    verb = f"{action.side}-verb" if action else "no-verb"
    draft.shape = f"{side}/{verb}"


__all__ = ["PERIOD", "actions_for", "attach", "phrase_after", "things_for"]

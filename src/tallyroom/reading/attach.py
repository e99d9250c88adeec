"""Attachment: what a figure counts and what was done to it, by distance, direction and type.

Types are hard limits: a pair of thing and action counts only where an indicator has a pattern for it in the figure's
measure. Among the pairs that are left the nearest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallyroom.codebook.model import Pattern, Term
from tallyroom.reading.candidates import actions_for, things_for
from tallyroom.reading.drafts import Candidate, Draft
from tallyroom.reading.grammar import Grammar
from tallyroom.reading.patterns import PEOPLE_VERBS, Patterns
from tallyroom.reading.tokens import TERM, Token

_NO_ACTION = 3.5
"""What it costs to read a figure without any verb: a verb farther away than this is not its verb."""
_NO_THING = 2.0
_BESIDE = 0.5
"""What the predicate right behind its figure costs at most."""
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
    things.extend(_told_by_predicate(draft, actions))
    things.sort(key=lambda candidate: candidate.cost)
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
    if draft.measure in _IMPLIED:
        best = _attach_implied(draft, _IMPLIED[draft.measure], (), actions, patterns, best)
    if draft.measure == "money":
        worth = [action for action in actions if action.term.action == "value" and action.cost < 1.6]
        best = _attach_implied(draft, _IMPLIED_VALUE, (), worth, patterns, best)
    if best > _NO_THING and _may_stand_bare(draft, tokens, text, grammar):
        _attach_without_thing(draft, actions, patterns, best)
    if grammar.lang == "en" and draft.thing is not None and draft.action is None and not actions:
        _take_as_occurred(draft, tokens, patterns)


def _told_by_predicate(draft: Draft, actions: Sequence[Candidate]) -> Iterator[Candidate]:
    """`34 million yuan was recovered for victims`: of money the predicate right behind it says what it is."""
    for action in actions:
        if (
            action.term.thing
            and action.side == "right"
            and action.cost <= _BESIDE
            and draft.measure == "money"
        ):
            yield Candidate(action.term, action.token, _BESIDE, "right")


def _value_needs_word(draft: Draft, thing: Candidate, action: Candidate | None) -> float:
    """`80 rounds and £45,000`: goods before money are its worth only where a word says so."""
    if draft.measure != "money" or thing.side != "left" or thing.term.thing in ("money", "value", "loss"):
        return 0.0
    return 0.0 if action is not None and action.term.action == "value" else 5.0


_TREND = frozenset({"rise", "fall"})
_OCCURRED = Term(word="", lang="", rule="trend", action="occur")


def _take_as_occurred(draft: Draft, tokens: Sequence[Token], patterns: Patterns) -> None:
    """`Knife crime rose by 8% to 14,961 offences`: where nobody did anything, what happened is counted."""
    assert draft.thing is not None
    if not any(not token.terms.cues.isdisjoint(_TREND) for token in tokens):
        return
    match = patterns.match(draft.thing, _OCCURRED, draft)
    if match is not None:
        draft.indicator, draft.pattern = match


_CASE_COUNTERS = re.compile(r"[起宗案]$|件$")
_OPEN_END = re.compile(r"\s*(?:$|[.,;:)，。；、）]|[-–—]+\s)")


def _counts_cases(draft: Draft, text: str) -> bool:
    unit = draft.quantity.unit
    return (
        unit is not None and unit.counter and _CASE_COUNTERS.search(text, draft.start, draft.end) is not None
    )


def _may_stand_bare(draft: Draft, tokens: Sequence[Token], text: str, grammar: Grammar) -> bool:
    """`charge nearly 200`, 处分58.9万人: a number whose noun is not named, and that no unknown noun follows."""
    if draft.measure in ("person", "person_time"):
        return True
    if draft.measure != "count" or draft.quantity.unit is not None:
        return False
    if _OPEN_END.match(text, draft.quantity.outer_end):
        return True
    after = text[draft.quantity.outer_end : draft.quantity.outer_end + 20]
    if grammar.lang == "en" and _OF_THOSE.match(after):
        return True
    word = re.match(r"\s+([a-z]+)", after) if grammar.lang == "en" else None
    if word is not None and grammar.phrase_stop.fullmatch(word[1]):
        return True
    if grammar.lang == "en" and _are_people(draft, tokens, text):
        return True
    following = tokens[draft.index + 1] if draft.index + 1 < len(tokens) else None
    if grammar.lang != "en" or following is None or not following.terms.acts:
        return False
    gap = text[draft.quantity.outer_end : following.start]
    return len(gap) <= 1 or _AUXILIARY.fullmatch(gap) is not None


_UNKNOWN_PEOPLE = re.compile(
    r"\s+(?:[a-z-]+ ){0,4}[a-z-]+(?:s|men|women) (?:(?:were|was|have been|had been|are)(?: also| then)? )?"
)


def _are_people(draft: Draft, tokens: Sequence[Token], text: str) -> bool:
    """`14 spear fishers were apprehended`: who is arrested is a person, whatever he is called."""
    following = tokens[draft.index + 1] if draft.index + 1 < len(tokens) else None
    if following is None or not any(term.action in PEOPLE_VERBS for term in following.terms):
        return False
    return _UNKNOWN_PEOPLE.fullmatch(text, draft.quantity.outer_end, following.start) is not None


_OF_THOSE = re.compile(
    r"\s+(?:of (?:them|whom|these|those|the)\b|(?:more|others?|further) (?:were )?arrested\b)"
)
_AUXILIARY = re.compile(r" (?:were|was|are|is|have been|has been|had been)(?: also| later| then| all)? ")
"""`72 were arrested`."""


_IMPLIED_CASE = Term(word="", lang="", rule="counter", thing="case")
_IMPLIED_VALUE = Term(word="", lang="", rule="measure", thing="value")
_IMPLIED = {
    measure: Term(word="", lang="", rule="measure", thing=thing)
    for measure, thing in (
        ("mass", "drug"), ("volume", "drug"), ("tablet", "drug"), ("land", "crop"), ("money", "money"),
    )
}  # fmt: skip
"""What a measure counts where no noun says it."""


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
        if match is None and action.term.thing and action.side == "right" and action.cost <= _BESIDE:
            match = patterns.match(
                action.term, action.term, draft
            )  # 6,488 `were sent to compulsory isolation`
        if match is not None:
            _settle(draft, match, None, action, action.cost + _NO_THING)
            return


def _settle(
    draft: Draft, match: tuple[str, Pattern], thing: Candidate | None, action: Candidate | None, cost: float
) -> None:
    draft.indicator, draft.pattern = match
    draft.thing = thing.term if thing else None
    draft.thing_token = thing.token if thing else None
    draft.action = action.term if action else None
    draft.cost = cost
    side = f"{thing.side}-thing" if thing else "no-thing"
    verb = f"{action.side}-verb" if action else "no-verb"
    draft.shape = f"{side}/{verb}"

"""The noun phrase behind a figure: what stands between its number and the end of what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.codebook.model import Term
from tallyroom.reading.drafts import Phrase
from tallyroom.reading.grammar import Grammar
from tallyroom.reading.tokens import BREAK, TERM, Token


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
        if " and" in gap or " or " in gap:
            gap = _PAIRED.sub(" ", gap)
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


_PAIRED = re.compile(
    r"^ [a-z-]+(?:ed|en|al|ic|ous|ive|ign|ar) (?:and|or|and/or) (?=[a-z-]+(?:ed|en|al|ic|ous|ive|ign|ar) $)"
)
"""`64 stolen and hijacked vehicles`: two adjectives of one noun."""


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
        if of_passed and phrase.heads and not _is_measured(figure) and not _holds_things(phrase, thing):
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


def _holds_things(phrase: Phrase, thing: Term) -> bool:
    """`20 packets of cigarettes`: what a packet holds is counted where it is no drug."""
    container = phrase.heads[-1][1]
    return thing.thing == "item" and container.thing == "drug" and "substance" not in container.marks


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

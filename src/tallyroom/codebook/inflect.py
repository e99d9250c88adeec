"""Regular forms of English words, for entries that say `inflect: noun` or `inflect: verb`."""

from __future__ import annotations

import re

_SIBILANT = re.compile(r"(?:s|sh|ch|x|z)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_SILENT_E = re.compile(r"[^eoy]e$")
_SHORT_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][bdfgklmnprt]")


def inflect(word: str, kind: str) -> tuple[str, ...]:
    """Return `word` and its regular forms.

    Args:
        word: A word or a phrase in lower case. A noun phrase bends its last word, a verb phrase its first.
        kind: `noun` adds the plural; `verb` adds -s, -ed and -ing.

    Examples:
        >>> inflect("drug factory", "noun")
        ('drug factory', 'drug factories')
        >>> inflect("carry out", "verb")
        ('carry out', 'carries out', 'carried out', 'carrying out')
        >>> inflect("nab", "verb")
        ('nab', 'nabs', 'nabbed', 'nabbing')
    """
    if kind == "noun":
        return word, with_s(word)
    verb, space, rest = word.partition(" ")
    return tuple(form + space + rest for form in (verb, with_s(verb), past(verb), with_ing(verb)))


def with_s(word: str) -> str:
    """Return the plural of a noun, the third person of a verb."""
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) else "s")


def past(verb: str) -> str:
    """Return the form in -ed."""
    if _CONSONANT_Y.search(verb):
        return verb[:-1] + "ied"
    return verb + "d" if verb.endswith("e") else _doubled(verb) + "ed"


def with_ing(verb: str) -> str:
    """Return the form in -ing."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return (verb[:-1] if _SILENT_E.search(verb) else _doubled(verb)) + "ing"


def _doubled(verb: str) -> str:
    # one short syllable doubles its last letter: nab, nabbed; raid and bust do not
    return verb + verb[-1] if _SHORT_SYLLABLE.fullmatch(verb) else verb

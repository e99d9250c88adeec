"""Regular English forms."""

from __future__ import annotations

import pytest

from tallyroom.codebook.inflect import inflect


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("seize", "seizes seized seizing"),
        ("raid", "raids raided raiding"),
        ("nab", "nabs nabbed nabbing"),
        ("bust", "busts busted busting"),
        ("die", "dies died dying"),
        ("free", "frees freed freeing"),
        ("destroy", "destroys destroyed destroying"),
        ("smash", "smashes smashed smashing"),
    ],
)
def test_a_verb_has_its_regular_forms(verb: str, forms: str) -> None:
    assert inflect(verb, "verb") == (verb, *forms.split())


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("case", "cases"),
        ("drug lab", "drug labs"),
        ("factory", "factories"),
        ("boy", "boys"),
        ("box", "boxes"),
    ],
)
def test_a_noun_has_its_plural(noun: str, plural: str) -> None:
    assert inflect(noun, "noun") == (noun, plural)

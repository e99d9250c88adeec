"""Words and texts are folded alike, so that each word can be found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallyroom.codebook import Codebook
from tallyroom.codebook.folding import fold_word


@given(st.text(max_size=30))
def test_folding_keeps_the_length(word: str) -> None:
    assert len(fold_word(word)) == len(word)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(word: str) -> None:
    once = fold_word(word)

    assert fold_word(once) == once


def test_every_shipped_word_is_folded(shipped: Codebook) -> None:
    assert [term.word for term in shipped.terms if fold_word(term.word) != term.word] == []

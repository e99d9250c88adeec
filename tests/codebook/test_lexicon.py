"""Words are found as a slow and plain search would find them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.codebook import Codebook, Lexicon, Term

LATIN = re.compile("[0-9a-zß-öø-ɏ]")


def a_codebook(*words: str | tuple[str, str]) -> Codebook:
    """Terms of these words; a pair gives the action too."""
    pairs = [word if isinstance(word, tuple) else (word, "seize") for word in words]
    terms = tuple(
        Term(word, "en" if word.isascii() else "zh", "test", action=action) for word, action in pairs
    )
    return Codebook(("test",), "", terms, (), {}, {}, {}, {})


def found(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end, _ in Lexicon(a_codebook(*words)).find(text)]


def test_of_overlapping_words_the_leftmost_then_the_longest_stays() -> None:
    assert found("制毒物品犯罪案件", "制毒", "制毒物品", "物品犯罪", "案件") == ["制毒物品", "案件"]


@pytest.mark.parametrize("text", ["police", "ices", "nice", "ice9", "icé"])
def test_an_english_word_is_not_found_inside_another(text: str) -> None:
    assert found(text, "ice") == []


@pytest.mark.parametrize("text", ["ice", "ice.", "(ice)", "查获ice12克", "anti-ice", "12kg-ice"])
def test_an_english_word_is_found_between_signs_and_chinese(text: str) -> None:
    expected = [] if "ice12" in text else ["ice"]

    assert found(text, "ice") == expected


def test_where_the_longest_english_word_goes_on_a_shorter_one_is_still_found() -> None:
    assert found("crystal methods", "crystal meth", "crystal") == ["crystal"]


def test_a_word_of_both_scripts_needs_its_boundary_on_the_latin_side_only() -> None:
    assert found("含k粉末", "k粉") == ["k粉"]
    assert found("12k粉", "k粉") == []
    assert found("吸食k粉", "食k粉") == ["食k粉"]


def test_a_word_that_begins_with_a_sign_must_still_end_whole() -> None:
    assert found("laredo, tx, txt", ", tx") == [", tx"]


def test_all_terms_of_one_word_come_together() -> None:
    lexicon = Lexicon(a_codebook(("recovered", "seize"), ("recovered", "recover")))

    ((_, _, terms),) = lexicon.find("police recovered it")

    assert [term.action for term in terms] == ["seize", "recover"]


def test_chosen_terms_alone_are_looked_for() -> None:
    codebook = a_codebook(("缴获", "seize"), ("抓获", "arrest"))
    lexicon = Lexicon(codebook, lambda term: term.action == "arrest")

    assert not lexicon.touches("缴获毒品")
    assert lexicon.touches("当场抓获三人")


def test_a_lexicon_without_words_finds_nothing() -> None:
    lexicon = Lexicon(a_codebook())

    assert lexicon.find("缴获 ice") == []
    assert not lexicon.touches("缴获 ice")


def test_spans_count_code_points_and_not_bytes() -> None:
    assert Lexicon(a_codebook("毒")).find("🚓🚓毒")[0][:2] == (2, 3)


def slow_find(text: str, words: set[str]) -> list[tuple[int, int]]:
    """Try each word at each place, longest first."""

    def whole(start: int, end: int) -> bool:
        before = start and LATIN.match(text[start]) and LATIN.match(text[start - 1])
        after = end < len(text) and LATIN.match(text[end]) and LATIN.match(text[end - 1])
        return not (before or after)

    spans, at = [], 0
    while at < len(text):
        ends = [at + len(word) for word in words if text.startswith(word, at) and whole(at, at + len(word))]
        if ends:
            spans.append((at, max(ends)))
        at = max(ends, default=at + 1)
    return spans


ALPHABET = st.text("ab毒品 -.k1é", min_size=1, max_size=4)


@given(
    st.sets(ALPHABET.filter(lambda word: not word.startswith((" ", "-", "."))), max_size=8),
    st.text("ab毒品 -.k1é", max_size=40),
)
def test_it_finds_what_a_plain_search_finds(words: set[str], text: str) -> None:
    lexicon = Lexicon(a_codebook(*sorted(words)))

    spans = [(start, end) for start, end, _ in lexicon.find(text)]

    # an automaton cannot give a shorter Chinese word back where the longest one ends inside a Latin word
    closed = {word for word in words if LATIN.match(word[0]) or not LATIN.match(word[-1])}
    if closed == words:
        assert spans == slow_find(text, words)
    assert all(text[start:end] in words for start, end in spans)
    assert lexicon.touches(text) >= bool(spans)


def test_shipped_words_are_found_in_the_sentence_of_a_briefing(shipped: Codebook) -> None:
    text = "全省公安机关共破获毒品犯罪案件312起，缴获海洛因12.5千克。"

    actions = {term.action for _, _, terms in Lexicon(shipped).find(text) for term in terms}

    assert {"solve", "seize"} <= actions

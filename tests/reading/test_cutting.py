"""What is too long to be read at once is cut, behind the best mark, without losing a character or a figure."""

from __future__ import annotations

import pytest

import tallyroom
from tallyroom.model.document import Block
from tallyroom.reading.cutting import LONGEST_BLOCK, LONGEST_SENTENCE, parts_of, shorter
from tallyroom.reading.tokens import BREAK, CLAUSE, FIGURE, SEMICOLON, Token


def cut(text: str) -> list[str]:
    return [text[part.start : part.end] for part in parts_of(Block(0, len(text), "paragraph"), text)]


def figures(many: int) -> list[Token]:
    return [Token(at, at + 1, FIGURE) for at in range(many)]


def test_a_block_of_common_length_is_left_whole() -> None:
    block = Block(0, LONGEST_BLOCK, "paragraph")

    assert list(parts_of(block, "5" * LONGEST_BLOCK)) == [block]


@pytest.mark.parametrize("text", ["破获5起，", "破获5起。", "seized 5 kg, ", "5", "a", "\n"])
def test_parts_of_a_block_cover_it_and_none_is_too_long(text: str) -> None:
    long = text * (3 * LONGEST_BLOCK // len(text))

    parts = cut(long)

    assert "".join(parts) == long
    assert max(map(len, parts)) <= LONGEST_BLOCK


def test_a_block_is_cut_behind_the_end_of_a_sentence_before_any_other_mark() -> None:
    text = "破获5起，" * 500 + "抓获3人。" + "缴获2千克，" * 800

    assert cut(text)[0].endswith("抓获3人。")


def test_a_sentence_of_common_length_keeps_its_tokens() -> None:
    tokens = figures(LONGEST_SENTENCE)

    assert list(shorter((0, 900), tokens)) == [((0, 900), tokens)]


def test_a_sentence_with_too_many_tokens_is_cut_behind_its_strongest_break() -> None:
    tokens = figures(2 * LONGEST_SENTENCE)
    for at, strength in ((120, CLAUSE), (130, SEMICOLON), (180, CLAUSE)):
        tokens[at] = Token(at, at + 1, BREAK, strength=strength)

    pieces = list(shorter((0, 900), tokens))

    assert [span for span, _ in pieces] == [(0, 131), (131, 331), (331, 900)]
    assert [token for _, inside in pieces for token in inside] == tokens


def test_every_figure_of_a_text_without_an_end_is_read() -> None:
    reading = tallyroom.read(text="警方破获毒品案件12起，抓获犯罪嫌疑人34名，" * 400)

    assert [row.value for row in reading.observations] == [12, 34] * 400

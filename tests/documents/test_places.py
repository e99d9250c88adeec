"""The way back from characters to bytes."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.samples import SIMPLIFIED, TRADITIONAL, assert_places_read_back, page_document, page_sample
from tallyroom.documents import find_bytes, open_document


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be", "utf-32"])
def test_places_of_a_text_cover_it_and_its_bytes_without_a_gap(encoding: str) -> None:
    text = "标题\r\n\r\n" + "\n".join(SIMPLIFIED) + "\n 12 cases, £5 \u2028end"
    data = text.encode(encoding)

    document = open_document(data, id="x", name="x.txt")

    assert document.places[0].start == document.places[0].first == 0
    assert (document.places[-1].end, document.places[-1].last) == (len(document.text), len(data))
    for one, next_one in zip(document.places, document.places[1:], strict=False):
        assert (one.end, one.last) == (next_one.start, next_one.first)
    assert_places_read_back(document, data)


_TEXT = st.lists(st.sampled_from([*SIMPLIFIED, "12 cases\r\n", "\n", "£5", "𠮷", "a"]), min_size=2).map(
    "".join
)


@given(_TEXT, st.sampled_from(["utf-8", "gb18030", "utf-16"]), st.data())
def test_every_span_of_a_text_is_found_in_its_bytes(text: str, encoding: str, data: st.DataObject) -> None:
    source = text.encode(encoding)
    if not text.strip():
        return
    document = open_document(source, id="x", name="x.txt", encoding=encoding)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))

    found = find_bytes(document, start, end)

    assert found is not None
    assert source[slice(*found)].decode(document.encoding) == document.text[start:end]


@pytest.mark.parametrize(
    "name", ["gov_zh.html", "gov_en.html", "old_tables.html", "press_us.html", "news_tw.html"]
)
def test_every_character_of_a_page_but_those_put_in_is_found_in_its_bytes(name: str) -> None:
    document, source = page_sample(name)

    for at, character in enumerate(document.text):
        found = find_bytes(document, at, at + 1)
        if found is None:
            assert character in "\n\t "
            continue
        assert html.unescape(source[slice(*found)].decode(document.encoding)) == character


def test_a_span_across_markup_takes_the_markup_in() -> None:
    markup = "<p>破<b>获</b>&yen;8,<i>657</i></p><p>y"
    document = page_document(markup)

    def said(start: int, end: int) -> str:
        found = find_bytes(document, start, end)
        assert found is not None
        return markup.encode()[slice(*found)].decode()

    assert document.text == "破获¥8,657\ny"
    assert said(0, 2) == "破<b>获"
    assert said(2, 8) == "&yen;8,<i>657"
    assert said(2, 3) == "&yen;"
    assert said(7, 10) == "7</i></p><p>y"
    assert find_bytes(document, 8, 9) is None


def test_big5_places_are_true_even_where_two_codes_mean_one_character() -> None:
    data = "".join(TRADITIONAL).encode("big5") + b"\xc9\x4a\xa4\x61" + b"\nend"

    document = open_document(data, id="x", name="x.txt")

    assert "兀" in document.text
    assert_places_read_back(document, data)

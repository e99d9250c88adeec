"""Input that nobody would write: anything at all, very deep, very long, very broken."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents.samples import PAGES, assert_is_whole, assert_places_read_back
from tallyroom.documents import open_document
from tallyroom.errors import TallyroomError
from tallyroom.model import Document

NAMES = ("a.txt", "a.html", "", "a.pdf", "README")


def check(data: bytes, name: str) -> Document | None:
    """Open the bytes; nothing but the project's own errors may come out, and what comes out must be whole."""
    try:
        document = open_document(data, id="x", name=name)
    except TallyroomError as error:
        assert_is_clear(error)
        return None
    assert_is_whole(document)
    assert_places_read_back(document, data)
    assert document == open_document(data, id="x", name=name)
    return document


def assert_is_clear(error: TallyroomError) -> None:
    """An error of this stage says what to do next."""
    assert error.code.startswith("DC1")
    assert error.next_step


@given(st.binary(max_size=400), st.sampled_from(NAMES))
@settings(max_examples=400)
@example(b"\xff\xfe\x00\xd8", "a.txt")
@example(b"\x00", "a.html")
def test_any_bytes_are_opened_or_refused(data: bytes, name: str) -> None:
    check(data, name)


@given(st.text(max_size=300), st.sampled_from(NAMES), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@settings(max_examples=300)
def test_any_text_is_opened_or_refused(text: str, name: str, encoding: str) -> None:
    document = check(text.encode(encoding, "replace"), name)

    if (
        document is not None
        and document.media_type == "text/plain"
        and encoding == "utf-8" == document.encoding
    ):
        assert document.text == text


_PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div hidden>", "</div>", "<table>", "<tr>", "<td>", "<td rowspan=3 colspan=2>",
        "<th>", "</td>", "</tr>", "</table>", "<dl>", "<dt>", "<dd>", "</dl>", "<ul>", "<li>", "</ul>",
        "<b>", "</b>", "<a href=x>", "</a>", "<nav>", "</nav>", "<main>", "</main>", "<article>",
        "</article>", "<h1>", "</h1>", "<pre>", "</pre>", "<br>", "<sup>", "</sup>", "<!--", "-->",
        "<script>", "</script>", "<title>", "</title>", "<caption>", "<form>", "<option>", "<button>",
        "&nbsp;", "&amp;", "&#x4e2d;", "&", "<", ">", '"', "'", " ", "\n", "\t", "　", "12",
        "2,589 cases", "破获案件", "12起", "Related", "相关阅读",
        "a sentence that is long enough to be prose here", '<meta name="pubdate" content="2022-08-05">',
        "<p style='display:none'>", "\x00", "2022年8月5日", " | ",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join))
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_any_heap_of_tags_is_opened_or_refused(markup: str) -> None:
    check(markup.encode(), "a.html")


@given(st.data(), st.sampled_from(sorted(path.name for path in PAGES.glob("*.html"))))
@settings(max_examples=150)
def test_a_page_cut_off_or_overwritten_anywhere_is_opened_or_refused(data: st.DataObject, name: str) -> None:
    page = (PAGES / name).read_bytes()
    at = data.draw(st.integers(0, len(page)))
    check(page[:at], name)
    check(page[:at] + data.draw(st.binary(max_size=6)) + page[at + 3 :], name)


_DEEP, _MANY = 100_000, 30_000
_HUGE: dict[str, Callable[[], str]] = {
    "nested elements": lambda: "<div>" * _DEEP + "12 cases",
    "nested inline elements": lambda: "<b>" * _MANY + "12 cases" + "</b>" * _MANY,
    "misplaced ends": lambda: "<div>" * _MANY + "x" + "</p></span></li>" * _MANY,
    "nested tables": lambda: "<table><tr><td>" * (_MANY // 4) + "12 cases",
    "nested lists": lambda: "<ul><li>" * (_MANY // 2) + "12 cases",
    "unclosed paragraphs": lambda: "<p>x" * _MANY,
    "unclosed links": lambda: "<a href=x>x" * _MANY,
    "crossed elements": lambda: "<b><div></b>x" * (_MANY // 2),
    "a huge attribute": lambda: f"<p title='{'x' * 5_000_000}'>12 cases",
    "many attributes": lambda: "<p " + "a=b " * 500_000 + ">12 cases",
    "unclosed quotation marks": lambda: "<a b='\"" * _MANY + "x",
    "quotation marks in tags": lambda: '<a " > "' * _MANY,
    "angle brackets": lambda: "x" + "<" * 500_000,
    "ampersands": lambda: "x" + "&" * 500_000,
    "references": lambda: "&amp;&#65;&x" * _MANY,
    "white space": lambda: "x" + " \n" * 500_000 + "y",
    "white space between elements": lambda: "x" + " <b> </b>\n" * _MANY + "y",
    "comments": lambda: "x" + "<!-- -->" * _MANY + "<!--" * _MANY,
    "unclosed titles": lambda: "x" + "<title>" * _MANY,
    "unclosed scripts": lambda: "x" + "<script>" * _MANY,
    "one long row": lambda: "<table><tr>" + "<td rowspan=1000 colspan=100>1" * 8_000 + "<tr><td>2<td>3",
    "many rows": lambda: "<table>" + "<tr><td rowspan=1000>a<td>1" * 10_000,
    "many terms": lambda: "<dl>" + "<dt>a<dd>1" * 12_000,
    "superscripts": lambda: "x" + "<sup>" * _MANY,
    "links side by side": lambda: "<ul>" + "<li><a>12 cases</a>" * 12_000,
    "many classes": lambda: "<p class='" + "nav-x " * 300_000 + "'>12 cases",
}


@pytest.mark.parametrize("name", _HUGE)
def test_a_page_of_any_shape_is_opened_without_recursion_or_endless_work(name: str) -> None:
    # What is not linear would take hours at these sizes.
    document = check_once(_HUGE[name]().encode())

    assert document is None or document.text


def check_once(data: bytes) -> Document | None:
    try:
        return open_document(data, id="x", name="a.html")
    except TallyroomError:
        return None


_LONG_TEXTS = {
    "one line": "破获案件12起，",
    "short lines": "案件 12起\n",
    "pipes": "a | 1 | 2\n",
    "pipes in one line": "a | 1",
    "spaces": "a 1 2 3 ",
    "tabs": "a\t1\tb\t2\n",
    "bullets": "- 12 cases\n",
    "dates": "2022年8月5日\n",
    "labels": "来源：某某局 编辑：某某\n",
    "trails": "a > b > c\n",
    "related": "相关阅读\n",
    "wrapped": "officers in the northern region seized many kilograms of ivory and\n",
    "blank lines": "\n \n",
    "byte order marks": "\ufeff",
    "full stops": "。",
}


@pytest.mark.parametrize("name", _LONG_TEXTS)
def test_a_text_of_four_hundred_thousand_characters_is_opened(name: str) -> None:
    unit = _LONG_TEXTS[name]
    text = "x" + unit * (400_000 // len(unit))

    document = open_document(text.encode(), id="x", name="a.txt")

    assert len(document.text) == len(text)
    assert_is_whole(document)


def test_the_user_s_day_is_kept_on_any_page() -> None:
    day = datetime.date(2022, 8, 5)

    document = open_document(b"<p>12 cases", id="x", name="a.html", published=day)

    assert (document.published, document.published_from) == (day, "option")

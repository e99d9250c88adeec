"""Plain texts: what their lines are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.samples import SIMPLIFIED, lines_of, text_document
from tallyroom.documents import plain, tables
from tallyroom.documents.errors import NothingToRead, SourceTooLarge
from tallyroom.documents.kinds import kinds_of_lines, width
from tallyroom.documents.lines import split_lines


def kinds(text: str) -> list[str]:
    return list(kinds_of_lines(split_lines(text.splitlines(keepends=True))))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0c"])
def test_the_text_is_exactly_what_was_decoded(end: str) -> None:
    text = f"\ufeff  Title of the note{end}{end}One sentence, 12 cases. {end}\t{end}Another one."

    document = text_document(text)

    assert document.text == text
    assert lines_of(document) == ["Title of the note", "One sentence, 12 cases.", "Another one."]


@given(
    st.lists(
        st.sampled_from([*SIMPLIFIED, "12 cases.", "", " ", "\t", "一、人员", "a | b", "x 12"]), max_size=8
    )
)
def test_every_line_with_words_is_a_block_and_every_block_a_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return

    document = text_document(text)

    assert document.text == text
    assert lines_of(document) == [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\r\n", "\ufeff", "\u3000\n"])
def test_a_text_without_words_is_told_and_not_passed_over(text: str) -> None:
    with pytest.raises(NothingToRead) as error:
        text_document(text)

    assert error.value.code == "DC101"
    assert "text.txt" in str(error.value)


@pytest.mark.parametrize(
    "headline",
    [
        "公安机关上半年缴获枪支1.2万支",
        "“护航”行动收官：破案三千起",
        "Border force seizes record haul of counterfeit goods",
        "What did the campaign bring?",
        "# Weekly note",
    ],
)
def test_the_first_short_line_is_the_title(headline: str) -> None:
    document = text_document(f"{headline}\n\n{SIMPLIFIED[0]}\n")

    assert lines_of(document, "title") == [headline]
    assert document.title == headline.removeprefix("# ")


@pytest.mark.parametrize(
    "first",
    [
        SIMPLIFIED[1],
        "Police said on Monday that 12 people were arrested.",
        "- 12 people arrested",
        "In the week to Sunday officers did the following:",
    ],
)
def test_a_first_line_that_is_no_headline_is_no_title(first: str) -> None:
    assert text_document(f"{first}\n{SIMPLIFIED[0]}\n").title is None


def test_a_text_of_one_line_has_no_title() -> None:
    assert text_document("Police arrested 12").title is None


def test_the_title_is_found_below_what_tells_of_the_publication() -> None:
    document = text_document(
        "FOR IMMEDIATE RELEASE\nMay 3, 2022\n\nHarbor police recover forty boats\n\n"
        "Police recovered 40 boats on Monday, a spokesman said.\n"
    )

    assert document.title == "Harbor police recover forty boats"
    assert lines_of(document, "furniture") == ["FOR IMMEDIATE RELEASE", "May 3, 2022"]


def test_a_short_name_of_a_section_gives_way_to_the_headline_below_it() -> None:
    document = text_document(f"要闻\n法院\n某市法院通报上半年审判工作情况\n{SIMPLIFIED[0]}\n")

    assert document.title == "某市法院通报上半年审判工作情况"


@pytest.mark.parametrize("line", ["- 3 -", "— 12 —", "第3页 共12页", "第 3 頁", "Page 3 of 12"])
def test_the_number_of_a_page_is_furniture(line: str) -> None:
    assert kinds(f"{SIMPLIFIED[0]}\n{line}\n{SIMPLIFIED[1]}\n")[1] == "furniture"


@pytest.mark.parametrize(
    "heading",
    [
        "一、人员",
        "（二）查处情况",
        "各地动态",
        "By ship:",
        "Main points",
        "## 国内联播快讯",
        "主要做法：",
        "2. Arrests",
    ],
)
def test_a_short_open_line_above_others_is_a_heading(heading: str) -> None:
    assert kinds(f"{SIMPLIFIED[0]}\n{heading}\n{SIMPLIFIED[1]}\n")[1] == "heading"


@pytest.mark.parametrize(
    "item",
    [
        "- 12 boats",
        "* arrested 40 people;",
        "• 走私案件12起，抓获40人；",
        "1. 查获香烟20箱。",
        "(1) Records begin in 2006.",
        "①查获香烟20箱",
        "一、查获香烟20箱，抓获40人；",
        "（三）查获汽车12辆。",
        "a) 40 people arrested",
        "—— 查获香烟20箱",
    ],
)
def test_a_line_with_a_sign_or_a_number_and_something_to_say_is_a_bullet(item: str) -> None:
    assert kinds(f"{SIMPLIFIED[0]}\n{item}\n{SIMPLIFIED[1]}\n")[1] == "bullet"


@pytest.mark.parametrize(
    "line",
    [
        "“护航”：破案65起。",
        "1.31 tons of goods were seized.",
        "12.5吨货物被查扣。",
        "2022年，全市破案三千起。",
        "Alaska. Fifty-four people are charged.",
        "第一，加大打击力度。",
        "- ",
    ],
)
def test_a_line_that_only_looks_like_an_item_is_none(line: str) -> None:
    assert kinds(f"{SIMPLIFIED[0]}\n{line}\n{SIMPLIFIED[1]}\n")[1] != "bullet"


@pytest.mark.parametrize("line", ["Customs detained 3,412 parcels", "缴获枪支1200支", "案值1.2亿元"])
def test_a_line_that_counts_something_is_a_statement_and_no_heading(line: str) -> None:
    assert kinds(f"{SIMPLIFIED[0]}\n{line}\n{SIMPLIFIED[1]}\n")[1] == "paragraph"


def test_the_last_line_is_never_a_heading() -> None:
    assert kinds(f"{SIMPLIFIED[0]}\n(Finish)\n{SIMPLIFIED[1]}\n各地动态")[-1] == "paragraph"


def test_short_lines_of_figures_are_not_a_heap_of_headings() -> None:
    assert set(kinds("Key figures\n\n破获案件：120起\n抓获人员：300名\n查扣汽车：12辆\n")[1:]) == {
        "paragraph"
    }


def test_paragraphs_broken_to_a_width_are_put_together() -> None:
    text = (
        "Customs officers in the northern region seized 12.5 kilograms of\n"
        "ivory and arrested 1,100 people during the week, the agency said on\n"
        "Monday. It was the third time this year that such a quantity had been\n"
        "found in one place.\n\n"
        "  - 12 boats, of which four were later returned to their owners by\n"
        "    order of the court\n"
        "  - 3 cars\n"
    )

    document = text_document(text)

    assert document.text == text
    assert [block.kind for block in document.blocks] == ["paragraph", "bullet", "bullet"]
    assert lines_of(document)[0].count("\n") == 3
    assert lines_of(document)[1].endswith("order of the court")


def test_chinese_paragraphs_broken_to_a_width_are_put_together() -> None:
    text = (
        "　　今年上半年，某市公安局共破获各类走私案\n件一百二十六起，抓获犯罪嫌疑人二百零三名，\n"
        "查扣香烟1.2万条，案值八千余万元。与去年同\n期相比，案件数上升百分之十五。\n"
        "　　下半年，该局将继续开展专项行动，对走私\n犯罪保持高压态势。\n"
    )

    assert [line.count("\n") for line in lines_of(text_document(text))] == [3, 1]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(SIMPLIFIED),
        "Ten cases in the north\nNine cases in the south\nSix cases in the east\nOne case in the west\n",
        "Heroin   12.5 kg     3 cases     12 persons\nCocaine  99.5 kg     4 cases     13 persons\n" * 3,
    ],
)
def test_lines_that_were_not_broken_to_a_width_stay_lines(text: str) -> None:
    assert all("\n" not in line for line in lines_of(text_document(text)))


@pytest.mark.parametrize(("words", "columns"), [("", 0), ("abc", 3), ("公安", 4), ("5吨", 3)])
def test_a_chinese_character_is_two_columns_wide(words: str, columns: int) -> None:
    assert width(words) == columns


def test_a_line_without_an_end_is_opened_in_linear_time() -> None:
    text = "破获案件12起，" * 400_000

    document = text_document(text)

    assert [(block.start, block.end) for block in document.blocks] == [(0, len(text))]


@pytest.mark.parametrize(
    "unit", ["12 ", "a | ", "一、", "1.", "(", " \t", "> ", "x\t1\n", "2022-08-05 ", "第1 1\n"]
)
def test_long_runs_of_anything_are_opened(unit: str) -> None:
    text = unit * 50_000

    assert text_document("x" + text).text == "x" + text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr(plain, "MOST_LINES", 100)

    with pytest.raises(SourceTooLarge) as error:
        text_document(f"12 cases{end}" * 201)

    assert error.value.code == "DC104"


def test_no_tables_are_looked_for_in_a_list_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST_LINES", 100)

    assert len(text_document("案件 12起\n" * 100).tables) == 1
    assert text_document("案件 12起\n" * 101).tables == ()

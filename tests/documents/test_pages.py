"""Web pages: their text, their parts, what is left out, and whole pages of several kinds of sites."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.samples import (
    PAGES,
    assert_is_whole,
    assert_places_read_back,
    grid_of,
    lines_of,
    page_document,
    page_sample,
)
from tallyroom.documents import open_document
from tallyroom.documents.errors import PageEmpty, PageTooLarge
from tallyroom.documents.html import tree, writer


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>破<b>获</b>案件8,<span>6</span><i>57</i>起</p>", "破获案件8,657起"),
        ("<p>one   two\n\tthree</p>", "one two three"),
        ("<p>查获\n  香烟</p>", "查获香烟"),
        ("<p>查获 香烟</p>", "查获 香烟"),
        ("<p>one\ntwo", "one two"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one<div>two</div>three</div>", "one\ntwo\nthree"),
        (
            "<p>A &amp; B &lt;5&nbsp;kg &#33; &#x4e2d;&copy; &unknown; AT&T</p>",
            "A & B <5\xa0kg ! 中© &unknown; AT&T",
        ),
        ("<p>&#55357;&#0;x</p>", "\ufffd\ufffdx"),
        ("<p>　　缩进</p><p>&nbsp;</p>", "缩进"),
        ("a <5 kg and 3 < 4 cases", "a <5 kg and 3 < 4 cases"),
        ("<a>one</a><a>two</a>", "one two"),
        ("<pre>a   b\n  c</pre>", "a  b\nc"),
        ("<ruby>毒<rp>(</rp><rt>dú</rt></ruby>品", "毒品"),
        ("<p>2,589<sup>1</sup> cases, 12 km<sup>2</sup>, 405名<sup>①</sup>", "2,589 cases, 12 km2, 405名"),
        ("<p>1<sup>st</sup> of May", "1st of May"),
        ("<p>now <del>2,589</del> <s>3</s>2,598", "now 2,598"),
        ("<p title='>'>x</p><p data-x=\"</p>\">y", "x\ny"),
        ("x<!-- <p>not</p> -->y<![CDATA[z]]>w<?php 1 ?>v", "xywv"),
        ("x<!-- never closed <p>y", "x"),
        ("x<p y", "x"),
        ("<P>one<P>two<LI>three", "one\ntwo\nthree"),
        ("<p>x</p></div></table></b>y", "x\ny"),
        ("<title>T</title>x", "x"),
        ("\ufeff<p>x", "x"),
    ],
)
def test_markup_becomes_the_text_that_a_reader_sees(markup: str, text: str) -> None:
    document = page_document(markup)

    assert document.text == text
    assert_places_read_back(document, markup.encode())


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>12</script>", "<style>12</style>", "<noscript>12</noscript>",
        "<template><p>12</p></template>", "<p hidden>12</p>",
        '<div style="display : none"><p>12</p></div>', '<p aria-hidden="true">12</p>',
        '<div style="color:red;VISIBILITY:hidden">12</div>', "<svg><text>12</text></svg>",
        "<select><option>12</select>", "<textarea>12</textarea>",
        "<script>if (a < b) { '</p>' + 12 }</script>", "<iframe>12</iframe>",
        "<head><title>12</title></head>",
    ],
)  # fmt: skip
def test_what_is_not_shown_is_left_out(hidden: str) -> None:
    assert page_document(f"<p>one</p>{hidden}<p>two</p>").text == "one\ntwo"


@pytest.mark.parametrize(
    "sheet",
    [
        ".x, #y { display : none }",
        "/* a */ p{} .x{visibility:hidden}#y{display:none}",
        "@import 'a';.x,#y{display:none}",
    ],
)
def test_what_the_style_sheet_of_a_page_hides_is_left_out(sheet: str) -> None:
    body = "<p>one and much more than what is hidden</p><p class='a x'>12</p><p id=y>13</p>"

    assert page_document(f"<style>{sheet}</style>{body}").text == "one and much more than what is hidden"


@pytest.mark.parametrize(
    "sheet",
    ["@media print { .x { display: none } }", ".x{display:none} .open .x{display:block}", "p .x{display:none}",
     "/* .x{display:none}", ".x:before{display:none}"],
)  # fmt: skip
def test_a_style_sheet_that_hides_only_sometimes_hides_nothing(sheet: str) -> None:
    assert page_document(f"<style>{sheet}</style><p>one two three</p><p class=x>12</p>").text.endswith("12")


def test_a_page_that_its_style_sheet_empties_until_a_program_runs_is_read() -> None:
    assert page_document(
        "<style>.app{display:none}</style><p>Wait</p><p class=app>one two three"
    ).text.endswith("three")


def test_words_for_those_who_listen_are_left_out() -> None:
    assert page_document("<p>one <span class='sr-only'>12</span>two</p>").text == "one two"


@pytest.mark.parametrize(
    "markup", ["<frameset><frame src='a.html'></frameset>", "<iframe src=a.html></iframe>"]
)
def test_a_page_of_frames_names_the_pages_that_hold_the_text(markup: str) -> None:
    with pytest.raises(PageEmpty, match=r"a\.html"):
        page_document(markup)


def test_wide_space_around_a_line_is_no_part_of_its_block() -> None:
    assert lines_of(page_document("<p>　&nbsp;查获香烟12箱&nbsp;　</p><p>二</p>")) == ["查获香烟12箱", "二"]


def test_a_hidden_line_still_parts_what_stands_around_it() -> None:
    assert page_document("one<div hidden>x</div>two<script>y</script>three").text == "one\ntwothree"


def test_elements_tell_the_kinds_of_blocks() -> None:
    document = page_document(
        "<h1>The headline of it</h1><h2>Part</h2><p>One sentence with 12 cases.</p><ul><li>one<li>two 12</ul>"
        "<h3>2,589 cases</h3><p>Another sentence.</p>"
    )

    assert [block.kind for block in document.blocks] == [
        "title", "heading", "paragraph", "bullet", "bullet", "heading", "paragraph",
    ]  # fmt: skip
    assert document.title == "The headline of it"


def test_cells_are_never_glued_together_and_keep_their_columns() -> None:
    document = page_document(
        "<table><caption>Seizures</caption><tr><th>Place<th>2021<th>2022<tr><td>North<td><p>1,250</p>"
        "<td>&nbsp;"
        "<tr><td>South<td><td><b>9</b>00.5</table>"
    )

    assert document.text == "Seizures\nPlace\t2021\t2022\nNorth\t1,250\nSouth\t\t900.5"
    assert [(cell.row, cell.column, cell.header) for cell in document.tables[0].cells] == [
        (0, 0, True), (0, 1, True), (0, 2, True), (1, 0, False), (1, 1, False), (2, 0, False), (2, 2, False),
    ]  # fmt: skip
    assert_is_whole(document)


def test_cells_that_span_push_the_others_to_their_columns() -> None:
    document = page_document(
        "<table><tr><td rowspan=2>Place<td colspan=2>Firearms<td rowspan=2>Explosives (kg)"
        "<tr><td>seized<td>surrendered<tr><td>North<td>412<td>96<td>1,250<tr><td>South<td>311<td>"
        "8<td>900</table>"
    )

    cells = {document.text[cell.start : cell.end]: cell for cell in document.tables[0].cells}
    assert (cells["Firearms"].column, cells["Firearms"].colspan, cells["Place"].rowspan) == (1, 2, 2)
    assert (cells["seized"].column, cells["surrendered"].column, cells["Explosives (kg)"].column) == (1, 2, 3)
    assert (cells["1,250"].row, cells["1,250"].column) == (2, 3)
    assert [cell.header for cell in document.tables[0].cells] == [True] * 5 + [False] * 8


@pytest.mark.parametrize("span", ["0", "-1", "x", "999999999999", "1e3", ""])
def test_a_span_that_is_none_is_taken_for_one_or_cut(span: str) -> None:
    document = page_document(f"<table><tr><td colspan='{span}'>a<td>1<tr><td rowspan='{span}'>b<td>2</table>")

    assert grid_of(document) == [["a", "1"], ["b", "2"]]


def test_a_table_that_arranges_the_page_is_no_table() -> None:
    document = page_document(
        "<table><tr><td><ul><li>x</ul></td><td><p>One sentence with 12 cases.</p><table><tr><td>"
        "North<td>12<tr><td>South<td>9"
        "</table></td></tr></table>"
    )

    assert len(document.tables) == 1
    assert grid_of(document) == [["North", "12"], ["South", "9"]]
    assert lines_of(document, "paragraph") == ["One sentence with 12 cases."]


def test_a_list_of_terms_with_figures_is_read_row_by_row() -> None:
    document = page_document("<dl><dt>Cases<dd>2,589<dt>Persons<dd>3,341<dd>12 minors</dl>")

    assert grid_of(document) == [["Cases", "2,589"], ["Persons", "3,341", "12 minors"]]


def test_a_table_that_a_page_draws_with_spaces_is_found() -> None:
    document = page_document(
        "<p>Seizures:</p><pre>Goods      Parcels   Items\nToys         700     9,040\nWatches    "
        "1,200        12</pre>"
    )

    assert grid_of(document) == [
        ["Goods", "Parcels", "Items"],
        ["Toys", "700", "9,040"],
        ["Watches", "1,200", "12"],
    ]


@pytest.mark.parametrize(("first", "second"), [("div", "div"), ("h3", "p"), ("dd", "dt")])
def test_a_card_holds_a_figure_and_its_label(first: str, second: str) -> None:
    card = f"<div><{first}>{{}}</{first}><{second}>{{}}</{second}></div>"
    cards = (("2,589", "Cases solved"), ("3,341", "Suspects arrested"), ("72", "Vessels"))
    document = page_document("<h2>Key figures</h2>" + "".join(card.format(*each) for each in cards))

    assert grid_of(document) == [[label, figure] for figure, label in cards]
    assert_is_whole(document)


_ARTICLE = (
    "<h1>The headline of it</h1>"
    "<p>Officers arrested 12 people in the north on Monday, the agency said in a statement.</p>"
)


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><p>99 things</p></nav>", "<footer>99 things</footer>", "<aside><p>99 things</p></aside>",
        '<div role="navigation">99 things</div>', '<div class="site-footer">99 things</div>',
        '<div id="sidebar">99 things</div>', '<div class="relatedArticles"><p>99 things</p></div>',
        '<ul class="breadcrumb"><li>99 things</ul>',
        "<ul><li><a href=1>99 things</a><li><a href=2>98 things</a><li><a href=3>97 things</a></ul>",
        "<header><div>99 things</div></header>", "<button>99 things</button>",
        '<div class="cookie-banner">99 things</div>',
        "<h3>Related articles</h3><p>99 things happened</p>", "<p>Copyright © 99 things</p>",
        "<p><a>99 things</a></p><p><a>98 things</a></p>",
    ],
)  # fmt: skip
def test_the_furniture_of_a_site_is_told_from_its_text(furniture: str) -> None:
    document = page_document(f"<body>{_ARTICLE}{furniture}</body>")

    assert all(
        "things" not in line for line in lines_of(document, "title", "heading", "paragraph", "bullet", "row")
    )
    assert len(lines_of(document, "title", "paragraph")) == 2
    assert_is_whole(document)


def test_what_stands_outside_the_main_part_is_furniture() -> None:
    document = page_document(
        f"<div><p>Another 99 things.</p></div><main>{_ARTICLE}</main><div>98 things</div>"
    )

    assert lines_of(document, "furniture") == ["Another 99 things.", "98 things"]


@pytest.mark.parametrize(
    "markup",
    [
        f'<body class="has-sidebar nav-open"><div class="no-sidebar">{_ARTICLE}</div>',
        f'<div class="widget related">{_ARTICLE}</div>',
        f"<aside>{_ARTICLE}</aside>",
        f"<article class='share'><header>{_ARTICLE}</header></article>",
        f"<main><a href=x>tiny</a></main>{_ARTICLE}",
        f"<form class='menu'>{_ARTICLE}</form>",
        f"{_ARTICLE.removesuffix('</p>')}<hr><a>one other</a><br><a>another one</a><br><a>one more thing</a>",
    ],
)
def test_a_part_that_holds_the_text_is_no_furniture_whatever_it_is_called(markup: str) -> None:
    assert len(lines_of(page_document(markup), "title", "paragraph")) >= 2


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (
            '<meta property="article:published_time" content="2022-08-05T10:12:00+08:00">',
            "published",
            datetime.date(2022, 8, 5),
        ),
        ('<meta name="PubDate" content="2022-08-05 10:12">', "published", datetime.date(2022, 8, 5)),
        ('<meta name="DC.date.issued" content="20220805">', "published", datetime.date(2022, 8, 5)),
        (
            '<script type="application/ld+json">{"datePublished": "2022-08-05"}</script>',
            "published",
            datetime.date(2022, 8, 5),
        ),
        ('<time datetime="2022-08-05T00:00Z">yesterday</time>', "published", datetime.date(2022, 8, 5)),
        (
            '<meta property="og:site_name" content="Harbour &amp; Port Police">',
            "publisher",
            "Harbour & Port Police",
        ),
        (
            '<meta name="ContentSource" content="某省公安厅"><meta property="og:site_name" content="某网">',
            "publisher",
            "某省公安厅",
        ),
        (
            '<script type="application/ld+json">'
            '{"publisher": {"@type": "Organization", "name": "Port"}}</script>',
            "publisher",
            "Port",
        ),
        ('<link rel="canonical" href="https://example.org/a">', "url", "https://example.org/a"),
        ('<meta property="og:url" content="https://example.org/b">', "url", "https://example.org/b"),
    ],
)
def test_the_head_of_a_page_tells_about_it(head: str, field: str, value: object) -> None:
    document = page_document(f"<head>{head}</head><p>Officers arrested 12 people.</p>")

    assert getattr(document, field) == value
    if field == "published":
        assert document.published_from == "meta"


@pytest.mark.parametrize(
    "title",
    [
        "Officers arrest twelve - Harbour Police",
        "Officers arrest twelve | News | Port",
        "Officers arrest twelve",
    ],
)
def test_the_title_of_the_window_names_the_headline(title: str) -> None:
    document = page_document(
        f"<title>{title}</title><div>Menu</div><p>Officers arrest twelve</p><p>They arrested 12.</p>"
    )

    assert document.title == "Officers arrest twelve"
    assert lines_of(document, "title") == ["Officers arrest twelve"]


def test_a_government_page_in_chinese_is_read_whole() -> None:
    document, data = page_sample("gov_zh.html")

    assert document.title == "全省集中销毁非法枪爆物品 收缴各类枪支一千余支"
    assert (document.published, document.publisher, document.lang) == (
        datetime.date(2021, 11, 18),
        "某省公安厅",
        "zh",
    )
    assert lines_of(document, "paragraph")[:2] == [
        "11月17日，全省公安机关举行集中销毁活动，"
        "统一销毁今年以来收缴的各类枪支1,026支、子弹4.2万余发、炸药3.15吨。",
        "据介绍，今年1至10月，全省共破获涉枪涉爆案件312起，抓获犯罪嫌疑人405名，捣毁制贩窝点27个。",
    ]
    assert grid_of(document)[1:3] == [["收缴（支）", "上交（支）"], ["甲市", "412", "96", "1,250"]]
    outside = "".join(lines_of(document, "title", "heading", "paragraph", "bullet", "row"))
    assert not any(
        figure in outside for figure in ("120万", "2300", "12吨", "900起", "3561", "8888", "1234", "88号")
    )
    assert_is_whole(document)
    assert_places_read_back(document, data)


def test_a_statistical_release_in_english_is_read_whole() -> None:
    document, data = page_sample("gov_en.html")

    assert document.title == "Wildlife seizures at the border, year to June 2023"
    assert (document.published, document.published_from) == (datetime.date(2023, 9, 14), "meta")
    assert document.publisher == "Border Statistics Office"
    assert lines_of(document, "bullet")[0] == "ivory: 214\xa0kg in 96 seizures"
    assert grid_of(document, 1)[0] == ["Place", "2021/22", "2022/23"]
    assert [cell.header for cell in document.tables[1].cells] == [True] * 3 + [False] * 9
    outside = " ".join(lines_of(document, "title", "heading", "paragraph", "bullet", "row"))
    assert not any(words in outside for words in ("cookies", "204", "Method note", "0300", "2,5891"))
    assert_is_whole(document)
    assert_places_read_back(document, data)


def test_an_old_page_of_nested_tables_in_gb_2312_is_read_whole() -> None:
    document, data = page_sample("old_tables.html")

    assert (document.encoding, document.encoding_from) == ("gb18030", "declared")
    assert document.title == "海关查获走私香烟1.2万箱"
    assert (document.published, document.published_from) == (datetime.date(2004, 3, 5), "text")
    assert lines_of(document, "paragraph")[0].endswith(
        "查获走私香烟案件26起，案值8600万元，查扣香烟1.2万箱，拘留嫌疑人31名。"
    )
    assert grid_of(document) == [
        ["月份", "案件（起）", "案值（万元）"],
        ["1月", "11", "3200"],
        ["2月", "15", "5400"],
    ]
    assert not any("某地查获汽车50辆" in line for line in lines_of(document, "paragraph", "row", "heading"))
    assert_is_whole(document)
    assert_places_read_back(document, data)


def test_a_press_release_in_windows_1252_is_read_whole() -> None:
    document, data = page_sample("press_us.html")

    assert document.encoding == "cp1252"
    assert (document.title, document.place) == (
        "Operation Still Water: 41 arrested in boat theft ring",
        "SEAVIEW, Ore.",
    )
    assert document.published == datetime.date(2022, 5, 3)
    assert lines_of(document, "paragraph")[0].startswith("SEAVIEW, Ore. — A two-year investigation")
    assert not any("12 years" in line for line in lines_of(document, "paragraph", "bullet"))
    assert_is_whole(document)
    assert_places_read_back(document, data)


def test_a_news_page_in_big5_is_read_whole() -> None:
    document, data = page_sample("news_tw.html")

    assert (document.lang, document.encoding, document.place) == ("zh-Hant", "big5hkscs", "台北")
    assert document.title == "查緝盜版軟體　警方半年破獲233件"
    assert document.published == datetime.date(2019, 7, 10)
    assert not any("500萬" in line or "18人" in line for line in lines_of(document, "paragraph", "bullet"))
    assert_is_whole(document)
    assert_places_read_back(document, data)


def test_a_page_saved_by_a_word_processor_is_read_whole() -> None:
    document, data = page_sample("word_export.html")

    assert document.title == "Counterfeit goods: summary for the first quarter of 2020"
    assert "Customs detained 3,412 parcels" in document.text
    assert ["Clothing", "2,100", "14,800"] in grid_of(document)
    assert_is_whole(document)
    assert_places_read_back(document, data)


@pytest.mark.parametrize(
    "markup", [(PAGES / "app_page.html").read_text(), "<html></html>", "<p>&nbsp;</p>", "<!-- 12 cases -->"]
)
def test_a_page_without_text_of_its_own_is_told(markup: str) -> None:
    with pytest.raises(PageEmpty) as error:
        page_document(markup)

    assert error.value.code == "DC109"


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_ELEMENTS", 100)

    with pytest.raises(PageTooLarge) as error:
        page_document("<b>x</b>" * 101)

    assert error.value.code == "DC112"


def test_a_page_of_too_many_references_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_RUNS", 100)

    with pytest.raises(PageTooLarge):
        page_document("&amp;" * 101)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16", "utf-16-le"])
def test_places_are_true_in_every_encoding(encoding: str) -> None:
    markup = (
        f"<html><meta charset={encoding}><p>查獲<b>香</b>煙12箱&nbsp;，價值&#36;3,000。</p>"
        "<p>第二段 text &amp; more</p></html>"
    )
    data = markup.encode(encoding)

    document = open_document(data, id="page", name="page.html")

    assert document.text == "查獲香煙12箱\xa0，價值$3,000。\n第二段 text & more"
    assert sum(place.end - place.start for place in document.places) == len(document.text) - 1
    assert_places_read_back(document, data)


_SHOWN = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<section>", "</section>", "<ul>", "<li>", "</li>", "</ul>", "<b>",
        "</b>", "<span class=x>", "</span>", "<h2>", "</h2>", "<br>", "<hr>", "<script>if (1 < 2) 3</script>",
        "<!-- 4 -->", "&amp;", "&nbsp;", "&#20013;", "&lt;b&gt;", "5 < 6", "'", '"', " ", "\n", "12",
        "破获", "2,589 cases", "<p title='>'>", '<p title="</p>">', "<style>p{}</style>", "<p hidden>7</p>",
        "<P\nID=x>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "&copy", "&unknown;", "</unknown>",
        "<x-y>", "<i/>",
    ]
)  # fmt: skip


@given(st.lists(_SHOWN, min_size=1, max_size=40).map("".join))
@settings(max_examples=300)
def test_a_page_has_the_characters_that_another_parser_finds_in_the_same_order(markup: str) -> None:
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(markup)
    for element in parser.css("script,style,[hidden]"):
        element.decompose()
    theirs = "".join((parser.body.text() if parser.body else "").split())
    try:
        ours = "".join(page_document(markup).text.split())
    except PageEmpty:
        ours = ""

    assert ours == theirs

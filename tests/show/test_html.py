"""The page: whole, safe, self-contained, every figure and numeral marked."""

from __future__ import annotations

import base64
import hashlib
import io
import re

from helpers import a_document, a_reading, an_observation
from pages import Page
from tallyroom.model import Block, Cell, Numeral, Reading, Table
from tallyroom.show.html import write_html
from tallyroom.show.marks import marks_of

TEXT = "In 2022 police solved 2,589 cases & arrested <b>41</b> people in 7 provinces."


def page(*readings: Reading) -> str:
    out = io.BytesIO()
    write_html(readings, out)
    return out.getvalue().decode()


def test_the_page_is_well_formed_and_each_link_has_its_target() -> None:
    reading = a_reading(TEXT, "2,589", "41", aside="2022", left="7")

    parsed = Page(page(reading, reading))

    assert len(set(parsed.ids)) == len(parsed.ids)
    assert set(parsed.targets) <= set(parsed.ids)


def test_every_figure_is_marked_bound_and_every_other_numeral_by_its_fate() -> None:
    html = page(a_reading(TEXT, "2,589", "41", aside="2022", left="7"))

    assert re.findall(r'<a class="figure"[^>]*>([^<]*)</a>', html) == ["2,589", "41"]
    assert re.findall(r'<span class="aside" id[^>]*>([^<]*)</span>', html) == ["2022"]
    assert re.findall(r'<span class="left" id[^>]*>([^<]*)</span>', html) == ["7"]


def test_the_card_of_a_figure_holds_its_fields() -> None:
    html = page(a_reading(TEXT, "2,589", substance="heroin", breakdown={"site": "lab"}))
    card = html[html.index('role="tooltip"') :].split("</dl>")[0]

    for content in (
        "cases_solved",
        "[2589, 2589]",
        "CN",
        "2022-06-25/2022-07-31",
        "heroin",
        "site: lab",
        "0.97",
    ):
        assert content in card


def test_marks_can_be_reached_by_keyboard_and_are_described() -> None:
    parsed = Page(page(a_reading(TEXT, "2,589", left="7")))

    assert [value for tag, name, value in parsed.attributes if tag == "span" and name == "tabindex"] == ["0"]
    assert (
        len([1 for tag, name, _ in parsed.attributes if tag in "a span" and name == "aria-describedby"]) == 2
    )


def test_markup_of_a_source_is_text_on_the_page() -> None:
    html = page(a_reading("<script>alert(1)</script> \"41\" 'x'", "41", operation="<img src=x onerror=y>"))

    assert "<script>alert" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_loads_nothing_and_runs_only_its_own_script() -> None:
    html = page(a_reading(TEXT, "2,589"))
    parsed = Page(html)
    policy = next(value for tag, name, value in parsed.attributes if value.startswith("default-src"))
    script = html.split("<script>")[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not [
        1 for _, name, value in parsed.attributes if name == "src" or value.startswith(("http", "//"))
    ]
    assert not [1 for _, name, _ in parsed.attributes if name == "style" or name.startswith("on")]


def test_the_whole_text_stands_on_the_page() -> None:
    text = "Before the blocks 1\n\nA block 2\n- a bullet 3\nafter them 4"
    document = a_document(text, blocks=(Block(21, 30, "heading"), Block(31, 43, "bullet")))
    numerals = tuple(
        Numeral(text.index(digit), text.index(digit) + 1, digit, "left over", "") for digit in "1234"
    )

    html = page(Reading(document, (), numerals))
    words = " ".join("".join(Page(html).words).split())

    for part in ("Before the blocks 1", "A block 2", "- a bullet 3", "after them 4"):
        assert part.replace(" ", "") in words.replace(" ", "")
    assert html.count('class="left" id') == 4


def test_a_table_of_the_source_is_a_table_on_the_page() -> None:
    text = "cases\t41\nkg\t3.1"
    cells = (
        Cell(0, 5, 0, 0, header=True),
        Cell(6, 8, 0, 1),
        Cell(9, 11, 1, 0, header=True),
        Cell(12, 15, 1, 1),
    )
    blocks = (Block(0, 8, "row", 0), Block(9, 15, "row", 0))
    document = a_document(text, blocks=blocks, tables=(Table(0, 15, cells),))
    rows = (an_observation("41", 6), an_observation("3.1", 12))

    html = page(Reading(document, rows, ()))

    assert html.count('<table class="source">') == 1
    assert re.findall(r'<a class="figure"[^>]*>([^<]*)</a>', html) == ["41", "3.1"]


def test_furniture_is_folded_away_and_still_there() -> None:
    text = "Home News\nPolice solved 41 cases."
    document = a_document(text, blocks=(Block(0, 9, "furniture"), Block(10, 34, "paragraph")))

    html = page(Reading(document, (an_observation("41", 24),), ()))

    assert '<details class="furniture">' in html
    assert "Home News" in html


def test_figures_whose_spans_overlap_share_one_mark() -> None:
    text = "41 men and women"
    rows = (an_observation("41 men", 0), an_observation("41", 0), an_observation("men", 3))

    (mark,) = marks_of(Reading(a_document(text), rows, (Numeral(0, 2, "41", "bound", "x"),)))

    assert (mark.start, mark.end) == (0, 6)
    assert sorted(mark.rows) == [0, 1, 2]


def test_a_doubtful_figure_is_shown_as_one_to_be_reviewed() -> None:
    assert 'class="figure unsure" id' in page(a_reading(TEXT, "41", confidence=0.3))


def test_a_chinese_document_has_a_chinese_page() -> None:
    text = "破获案件41起"
    document = a_document(text, lang="zh")

    html = page(Reading(document, (an_observation("41起", 4),), ()))

    assert '<html lang="zh">' in html
    assert "观测值" in html
    assert "时期" in html


def test_characters_that_no_page_may_hold_become_replacements() -> None:
    html = page(a_reading("4\x001\ud800 \x1b[1m", "4\x001"))

    assert "\x00" not in html
    assert "\x1b" not in html


def test_a_page_without_documents_is_still_a_page() -> None:
    assert Page(page()).ids == []

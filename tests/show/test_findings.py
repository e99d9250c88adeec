"""An audit as text, as a page and as JSON lines: all of it is there, it fits, and nothing of a source is obeyed."""

from __future__ import annotations

import io
import json
import re

import pytest

from audits import NOTE, SAME, SUM, an_answer, an_audit
from pages import Page
from tallyroom.show.audit_rows import write_answer_jsonl, write_audit_jsonl
from tallyroom.show.bounds_html import write_answer_html
from tallyroom.show.bounds_text import answer_lines
from tallyroom.show.findings_html import write_audit_html
from tallyroom.show.findings_text import audit_lines
from tallyroom.show.labels import Labels
from tallyroom.show.layout import Style
from tallyroom.show.widths import width_of


def text(lang: str = "en", width: int = 80, colour: bool = False) -> str:
    return "\n".join(audit_lines(an_audit(SAME, SUM, NOTE), width, Style(colour), lang))


def page(lang: str = "en") -> str:
    out = io.BytesIO()
    write_audit_html(an_audit(SAME, SUM, NOTE), out, Labels(), lang)
    return out.getvalue().decode()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_audit_fits_the_terminal(width: int, lang: str) -> None:
    assert max(map(width_of, text(lang, width).splitlines())) <= width
    bounds = answer_lines(an_answer(), width, Style(), lang)
    assert max(map(width_of, bounds)) <= width


def test_a_finding_is_told_with_its_figures_their_words_and_what_would_mend_it() -> None:
    told = text(width=200)

    assert "A   26.98万起 = [269,750; 269,850) case" in told
    assert "破获刑事案件【27万余起】，抓获违法犯罪嫌疑人46.6万名" in told
    assert "because  heroin and other drugs together are all drugs" in told
    assert "change  B: 270,000 → 269,800 case (looks like a slip: 8567 for 8657: digits exchanged)" in told
    assert told.index("Contradictions (2)") < told.index("Notes (1)")
    assert "F205: the series is too short (desk 2, 2026-11-24, entry 30); 3 not listed" in told
    assert "Left out  a component of 120,000 figures" in told
    assert (
        "2 contradictions, 0 to be looked at, 1 note; 88 figures looked at; commit 20 abababababababab"
        in told
    )


def test_colours_are_for_those_who_want_them_alone() -> None:
    assert "\x1b[" in text(colour=True)
    assert "\x1b[" not in text()


def test_an_audit_without_findings_says_so() -> None:
    assert "Nothing was found." in "\n".join(audit_lines(an_audit(), 80, Style()))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_whole_and_stands_alone(lang: str) -> None:
    source = page(lang)

    Page(source)
    assert f'<html lang="{lang}">' in source
    assert "<script" not in source
    assert "style=" not in source
    assert "http" not in source.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_the_page_shows_each_contradiction_on_an_axis_with_its_quotes_beside_it() -> None:
    source = page()
    sections = source.split('<article class="finding ')[1:]

    assert [section.split(" ", 1)[0].strip('"') for section in sections] == ["hard", "hard", "note"]
    assert "<mark>27万余起</mark>" in sections[0]
    assert "&lt;b&gt;" in sections[0]
    assert sections[0].count("<svg") == 2
    assert "The gap, enlarged" in sections[0]
    assert '<details class="proof"><summary>Proof</summary>' in sections[0]
    assert len(re.findall('class="forced"', sections[1])) > 0
    assert '<blockquote lang="zh">' in sections[0]


def test_every_drawing_has_its_words() -> None:
    labels = re.findall(r'<svg class="axis"[^>]*aria-label="([^"]*)"', page())

    assert len(labels) == page().count("<svg")
    assert (
        labels[0]
        == "Intervals on one axis: A  26.98万起: [269,750; 269,850); B  27万余起: [270,000; 280,000)"
    )


def test_what_is_switched_off_and_left_out_stands_before_the_findings() -> None:
    source = page("zh")

    assert source.index("已停用的规则") < source.index("一个含12万条数据的分量") < source.index("<article")


def test_an_audit_as_lines_of_json_holds_all_of_it() -> None:
    out = io.BytesIO()
    write_audit_jsonl(an_audit(SAME, NOTE), out)
    head, same, note = map(json.loads, out.getvalue().splitlines())

    assert head["off"][0]["reason"] == "the series is too short"
    assert head["untied"] == {"no period": 4}
    assert same["mends"][0]["reach"] == {
        "low": "269750",
        "high": "269850",
        "low_open": False,
        "high_open": True,
    }
    assert same["figures"][1]["quote"]["text"] == "27万余起"
    assert same["proof"][-1] == "0 > 150"
    assert (note["code"], note["severity"]) == ("F302", "note")


def test_bounds_are_told_with_what_forces_each_end() -> None:
    told = "\n".join(answer_lines(an_answer(), 100, Style()))

    assert told.splitlines()[0] == "220 to 240 kg  (220; 240)"
    assert "more than 220 kg" in told
    assert "because  a lies in b" in told
    assert "taken from the record  unit=kg" in told
    assert "not published" in told


def test_an_end_that_nothing_forces_is_told_as_such() -> None:
    assert "nothing in the record forces it" in "\n".join(answer_lines(an_answer(high=None), 100, Style()))
    assert next(answer_lines(an_answer(None, None), 100, Style())) == "nothing in the record forces it"


def test_bounds_as_a_page_and_as_json_tell_the_same() -> None:
    html, line = io.BytesIO(), io.BytesIO()
    write_answer_html(an_answer(), html, Labels(), "zh")
    write_answer_jsonl(an_answer(), line)
    told = json.loads(line.getvalue())

    Page(html.getvalue().decode())
    assert "大于 220 kg" in html.getvalue().decode()
    assert (told["low"], told["high"], told["low_open"]) == ("220", "240", True)
    assert [one["entry"] for one in told["low_by"]] == [6]
    assert told["cell"]["area"] == ["CN"]

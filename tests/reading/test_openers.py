"""Which parts of a text are worth reading: those with a word of enforcement that is not said of anything else too."""

from __future__ import annotations

import pytest

import tallyroom
from tallyroom.codebook import load_codebook
from tallyroom.reading.openers import Openers
from tallyroom.reading.tools import Tools


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_codebook())


def opens(text: str, tools: Tools) -> bool | None:
    return Openers(text, tools.triggers, tools.weak).within(0, len(text))


@pytest.mark.parametrize(
    "text",
    ["警方抓获嫌疑人34名", "缴获冰毒5.6千克", "公安机关控制并摧毁窝点3个", "police arrested 34 people"],
)
def test_words_of_enforcement_open_a_block(text: str, tools: Tools) -> None:
    assert opens(text, tools) is True


@pytest.mark.parametrize(
    "text",
    [
        "各地抓好春耕生产",
        "全国备案博物馆7046家",
        "病虫害得到有效控制",
        "俄军摧毁4处目标,再次摧毁2处",
        "gdp grew by 5 %",
    ],
)
def test_words_that_all_news_use_open_none_alone(text: str, tools: Tools) -> None:
    assert opens(text, tools) is False


def test_a_part_is_judged_by_its_own_words(tools: Tools) -> None:
    text = "春耕生产进展顺利\n警方抓获嫌疑人34名"
    openers, edge = Openers(text, tools.triggers, tools.weak), text.index("\n")

    assert (openers.within(0, edge), openers.within(edge + 1, len(text))) == (False, True)


def test_a_word_across_the_edge_of_a_part_leaves_the_question_open(tools: Tools) -> None:
    text = "警方抓获嫌疑人34名"

    assert Openers(text, tools.triggers, tools.weak).within(0, text.index("获")) is None


def test_a_dateline_with_the_day_in_brackets_is_no_place_of_results() -> None:
    text = "Fishing vessels caught\n\nJakarta (30/10) – The Ministry of Fisheries has caught 216 fishing vessels."
    (row,) = tallyroom.read(text=text, published="2025-10-30").observations
    assert (row.text, row.area) == ("216", ("ID",))

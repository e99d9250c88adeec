"""Text that was decoded wrongly before it came here is told; sound text never is."""

from __future__ import annotations

import pytest

from documents.samples import SIMPLIFIED, TRADITIONAL
from tallyroom.documents import open_document
from tallyroom.documents.mojibake import mojibake_in

TEXT = (
    "今年1至6月，全省共破获毒品案件1.4万余起，缴获海洛因12.5千克，同比下降8.2%。"
    "抓获犯罪嫌疑人2,589名，其中外籍人员12名。"
)


@pytest.mark.parametrize(
    ("written", "taken_for", "told"),
    [
        ("utf-8", "latin-1", "UTF-8 that was once taken for Windows-1252"),
        ("gb18030", "latin-1", "GB 18030 that was once taken for Windows-1252"),
        ("utf-8", "cp1252", "lost before the text came here"),
        ("utf-8", "gb18030", "lost before the text came here"),
        ("gb18030", "utf-8", "lost before the text came here"),
    ],
)
def test_what_was_taken_for_another_encoding_is_told(written: str, taken_for: str, told: str) -> None:
    text = TEXT.encode(written).decode(taken_for, "replace")

    assert told in str(mojibake_in(text))
    for name in ("a.txt", "a.html", "a.csv", "a.eml"):
        content = text if name != "a.eml" else f"Content-Type: text/plain; charset=utf-8\n\n{text}"
        assert told in open_document(content.encode(), id="a", name=name).notes[0]


def test_utf_8_that_was_taken_for_gb_18030_without_a_loss_is_told() -> None:
    words = ["抓获犯罪嫌疑人员", "外籍人员", "破获毒品", "禁毒工作通报"]
    text = "，".join(word.encode().decode("gb18030") for word in words)

    assert mojibake_in(text) == "the text seems to be UTF-8 that was once taken for GB 18030"


@pytest.mark.parametrize(
    "text",
    [
        *SIMPLIFIED, *TRADITIONAL, TEXT, "Police solved 126 cases.",
        "The minister’s report – “seizures” rose; naïve café, Übergrößen, señor, São Paulo, £5m, €3m…",
        "Ångström, œuvre, «naïveté», Łódź, İstanbul, Việt Nam, Кабул",
    ],
)  # fmt: skip
def test_sound_text_is_never_told(text: str) -> None:
    assert mojibake_in(text) is None

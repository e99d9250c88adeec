"""The words of the page in the languages of its documents; those of codes come from the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tallyroom.model.characters import traditional

_WORDS = {
    # key: English, simplified Chinese, traditional Chinese
    "observations": ("Observations", "观测值", "觀測值"),
    "document": ("Document", "文件", "文件"),
    "documents": ("Documents", "文件", "文件"),
    "title": ("Title", "标题", "標題"),
    "publisher": ("Publisher", "发布机构", "發布機構"),
    "published": ("Published", "发布日期", "發布日期"),
    "bound": ("bound", "已绑定", "已綁定"),
    "set aside": ("set aside", "已排除", "已排除"),
    "left over": ("left over", "未归属", "未歸屬"),
    "unsure": ("bound, to be reviewed", "已绑定，待复核", "已綁定，待覆核"),
    "as written": ("As written", "原文", "原文"),
    "value": ("Value", "数值", "數值"),
    "indicator": ("Indicator", "指标", "指標"),
    "interval": ("Interval", "区间", "區間"),
    "area": ("Area", "地区", "地區"),
    "period": ("Period", "时期", "時期"),
    "operation": ("Operation", "行动", "行動"),
    "no operation": ("No operation named", "未指明行动", "未指明行動"),
    "offence": ("Offence", "违法犯罪类型", "違法犯罪類型"),
    "substance": ("Substance", "物质", "物質"),
    "breakdown": ("Breakdown", "细分", "細分"),
    "counted": ("Counted as", "计数单位", "計數單位"),
    "agency": ("Agency", "机关", "機關"),
    "rule": ("Rule", "规则", "規則"),
    "confidence": ("Confidence", "置信度", "置信度"),
    "span": ("Characters", "字符位置", "字元位置"),
    "furniture": ("Page furniture, not read", "页面导航等内容（未读取）", "頁面導覽等內容（未讀取）"),
    "nothing": ("No observations.", "没有观测值。", "沒有觀測值。"),
    "page": ("Page {}", "第{}页", "第{}頁"),
    "seen": ("Seen at", "位置", "位置"),
    "marked": ("figures marked", "个数字已标出", "個數字已標出"),
    "why": ("Why", "原因", "原因"),
    "filter": ("Filter rows", "筛选", "篩選"),
}
_COLUMNS = {"en": 0, "zh": 1, "zh-Hant": 2}


def word(key: str, lang: str) -> str:
    """Return a word of the page in `lang`; English where the language is not one of the page's."""
    return _WORDS[key][_COLUMNS.get(lang, 0)]


class _Labelled(Protocol):
    @property
    def label(self) -> Mapping[str, str]: ...


class Labels:
    """Names for the codes that a page shows, as a codebook has them."""

    def __init__(
        self,
        indicators: Mapping[str, _Labelled] | None = None,
        lists: Mapping[str, Mapping[str, _Labelled]] | None = None,
    ) -> None:
        self._indicators, self._lists = indicators or {}, lists or {}

    def indicator(self, code: str, lang: str) -> str | None:
        """Return the name of an indicator in `lang`, or None where the codebook has none."""
        return _label(self._indicators.get(code), lang)

    def code(self, list_name: str, code: str, lang: str) -> str | None:
        """Return the name of a code of a list (`substances`, `offences`) in `lang`, or None."""
        return _label(self._lists.get(list_name, {}).get(code), lang)


def _label(entry: _Labelled | None, lang: str) -> str | None:
    if entry is None:
        return None
    name = entry.label.get("zh" if lang.startswith("zh") else "en")
    return traditional(name) if name and lang == "zh-Hant" else name

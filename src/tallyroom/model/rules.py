"""The rules of the audit: stable codes, each with a page in docs/findings."""

from __future__ import annotations

import msgspec

from tallyroom.model.campaign import Words
from tallyroom.model.finding import Severity


class Rule(msgspec.Struct, frozen=True):
    """What a rule finds, in a few words. `severity` is that of its findings."""

    severity: Severity
    says: Words


RULES: dict[str, Rule] = {
    "F101": Rule("hard", {"en": "Figures that cannot all be true of one measure", "zh": "同一指标的数字不能同时成立"}),
    "F102": Rule("hard", {"en": "A part that is larger than its whole", "zh": "部分大于整体"}),
    "F103": Rule("hard", {"en": "Parts that lie apart and exceed their whole", "zh": "互不重叠的部分之和超过整体"}),
    "F104": Rule("hard", {"en": "Parts that do not make up their whole", "zh": "各部分之和与整体不符"}),
    "F105": Rule("hard", {"en": "Figures that several ties together forbid", "zh": "多重关系下不能同时成立的数字"}),
    "F201": Rule("soft", {"en": "A share that does not follow from its levels", "zh": "占比与数值不符"}),
    "F202": Rule("soft", {"en": "A change that does not follow from its levels", "zh": "增减幅度与数值不符"}),
    "F203": Rule("soft", {"en": "A cumulative series that falls", "zh": "累计数下降"}),
    "F204": Rule("soft", {"en": "A list that is not as long as it says", "zh": "列举数目与所称不符"}),
    "F205": Rule("soft", {"en": "A figure far from others of its kind", "zh": "异常值"}),
    "F206": Rule("soft", {"en": "A document that says two things of one measure", "zh": "同一文件对同一指标说法不一"}),
    "F301": Rule("note", {"en": "Figures of one thing in two scopes", "zh": "口径不同的数据"}),
    "F302": Rule("note", {"en": "One value in two counting units", "zh": "计数单位不同的同一数值"}),
}  # fmt: skip
"""By code: F1.. are proved, F2.. should be looked at, F3.. tell apart."""

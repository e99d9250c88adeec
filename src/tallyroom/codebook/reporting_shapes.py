"""The shapes of `reporting/` and `reporting-units/`: how a campaign is reported, and who files returns."""

from __future__ import annotations

import re
from typing import Any

from tallyroom.codebook.schema import (
    SOURCE,
    Context,
    Shape,
    anything,
    by_language,
    day,
    definition,
    integer,
    label,
    list_of,
    mapping_of,
    marks,
    record,
    text,
    texts,
)

BREAKDOWNS = ("partition", "subset", "overlapping", "unknown")
RELEASES = ("press_conference", "bulletin", "report")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def choice(*words: str) -> Shape:
    """One of a few words."""

    def check(value: Any, line: int, context: Context) -> bool:
        return value in words or context.wrong(line, f"one of {', '.join(words)}", value)

    return check


def coded(shape: Shape) -> Shape:
    """A mapping of codes to entries of one shape; a code is one word of Latin letters and digits."""

    def check(value: Any, line: int, context: Context) -> bool:
        if not mapping_of(anything)(value, line, context):
            return False
        odd = [code for code in value if not _CODE.fullmatch(code)]
        for code in odd:
            context.wrong(value.lines[code], "a code of letters, digits, - _ and .", code)
        return not odd and mapping_of(shape)(value, line, context)

    return check


LINE = record(
    {"label": label, "indicator": text, "unit": text},
    {
        "definition": definition, "statistic": text, "decimals": integer, "offence": text, "substance": text,
        "breakdown": marks, "counted": label, "agency": text, "area": texts, "filed_by": texts,
        "per": choice("unit", "joint"), "total": choice("area", "filers"), "note": text,
    },
)  # fmt: skip
BREAKDOWN = record(
    {"whole": text, "parts": texts, "kind": choice(*BREAKDOWNS)}, {"because": definition, "note": text}
)
JOINT = record({"label": label}, {"units": texts, "note": text})
WAVE = record(
    {"label": label, "operation": text, "since": day, "cases": coded(JOINT)},
    {"units": texts, "note": text},
)
SET = record({"label": label, "operation": text, "units": texts}, {"note": text})
FORM = record({"label": label, "lines": texts}, {"notes": list_of(label), "filed_by": texts, "note": text})
ROUND = record({"until": day, "due": day}, {"note": text})
RELEASE = record(
    {"label": label, "kind": choice(*RELEASES), "published": day, "round": text},
    {"publisher": label, "office": label, "place": label, "carriers": list_of(label), "note": text},
)
REPORTING = record(
    {
        "campaign": text, "agency": text, "area": texts, "units": text, "operations": coded(coded(LINE)),
        "forms": coded(FORM), "rounds": coded(ROUND),
    },
    {
        "breakdowns": list_of(BREAKDOWN), "waves": coded(WAVE), "sets": coded(SET), "releases": coded(RELEASE),
        "checks_off": mapping_of(label), "source": SOURCE, "note": text,
    },
)  # fmt: skip
REPORTING_UNIT = record(
    {"label": label, "kind": text, "area": texts},
    {
        "parent": text, "since": day, "until": day, "names": by_language, "ids": mapping_of(text),
        "note": text,
    },
)  # fmt: skip
TREE = record(
    {"tree": text, "label": label, "units": coded(REPORTING_UNIT)}, {"source": SOURCE, "note": text}
)

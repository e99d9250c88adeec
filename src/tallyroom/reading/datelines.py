"""Where and when a report was filed: what stands before its first word is no place and no day of results."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.reading.sentence import Sentence
from tallyroom.reading.tokens import FIGURE, PERIOD, Token

_UPPER = "A-Z\u00c0-\u00de\u0100-\u017f\u1e00-\u1eff"
_WORD = rf"[{_UPPER}][\w.'’-]*"
_NAME = rf"{_WORD}(?:[ /]{_WORD}| (?:de|la|del|do|da|of)(?= )){{0,3}}"
_DAY = r"(?:[A-Z][A-Za-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_HEAD = rf"{_NAME}(?:, ?{_NAME}){{0,2}}"
_AGENCY = rf"(?:,? {_WORD}|\s*\([^()\n]{{1,24}}\))"
_DATELINE_EN = re.compile(
    rf"^{_HEAD}(?:,? ?{_DAY})?{_AGENCY}?\s*[-–—]{{1,2}}\s"
    rf"|^{_HEAD},? ?{_DAY}(?:,? \d{{4}})?{_AGENCY}?[.:)]{{1,2}} "
    rf"|^[A-Z][^;!?\n]{{0,80}}?\((?:Reporter|Xinhua|AP|Reuters|AFP)[^)]*\)"
    rf"|^{_DAY} ?[-–—] (?=[{_UPPER}])"  # March 28, 2024 – Montréal, Quebec
)
"""`LYON, France – `, `Jakarta (ANTARA) - `, `Accra, Sept. 14, GNA – `, `New Delhi, July 5: `, `Madrid, 18 May. `."""
_DATELINE_ZH = re.compile(
    r"^[(（\[【][^()（）\[\]【】]{0,30}[电電讯訊][)）\]】]|"
    r"^.{0,40}?(?:\d日|[记記]者)?[电電](?=[\s　(（])|"
    r"^[^。，]{0,24}(?:消息|[讯訊])[（(：: ]|^[^。，]{2,16}\d+月\d+日[电電讯訊]"
)
_COLON = re.compile(rf"^({_NAME}): (?=[{_UPPER}‘“\"'])")
_SLASHED = re.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)")
"""`Jakarta (30/10) –`: the day and the month."""
_LINE = 70
"""A line of place and day is no longer than this."""
_FULL_DAY = re.compile(r"\d{4}(?:,? \d{1,2}[:.]\d{2} ?(?:[AaPp][Mm])?)?(?: by [\w ]+)?$")


def dateline_end(text: str, tokens: Sequence[Token], lang: str) -> int:
    """Return where the dateline of a block ends, 0 for none. `text` keeps its capitals; `tokens` are of the block."""
    if lang == "zh":
        match = _DATELINE_ZH.match(text)
        return match.end() if match else 0
    if len(text) <= _LINE and _is_line(text.strip(), tokens):
        return len(text)
    match = _DATELINE_EN.match(text)
    if match is not None:
        end = match.end()
        day = _SLASHED.search(text, 0, end)
        counts = (t for t in tokens if t.kind == FIGURE and t.start < end)
        return 0 if any(day is None or not day.start() < t.start < day.end() for t in counts) else end
    colon = _COLON.match(text)
    if colon is not None and (colon[1].isupper() or _is_town(colon[1], tokens)):
        return colon.end()
    return 0


def _is_town(name: str, tokens: Sequence[Token]) -> bool:
    """`Chandigarh: Police…` is a dateline where the codebook knows the whole name as a place."""
    return any(t.start == 0 and t.end == len(name) and t.terms.tells_place for t in tokens)


def _is_line(line: str, tokens: Sequence[Token]) -> bool:
    """Tell whether a whole line is place and day: `ANKARA`, `The Hague, 6 March 2024`."""
    if not line or any(token.kind == FIGURE for token in tokens):
        return False
    dated = any(token.kind == PERIOD for token in tokens)
    if dated:
        return _FULL_DAY.search(line) is not None and line[-1] != "."
    return line.isupper() and re.fullmatch(_HEAD, line) is not None


def is_date_line(sentence: Sentence) -> bool:
    """Tell whether a line holds no more than the day, and perhaps the place, of publication."""
    written = sentence.text[sentence.span[0] : sentence.span[1]]
    if sentence.drafts or len(written) > 60:
        return False
    dates = sum(token.end - token.start for token in sentence.tokens if token.kind == PERIOD)
    return bool(dates) and len(written.strip()) - dates < 26


__all__ = ["dateline_end", "is_date_line"]

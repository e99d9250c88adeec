"""Numbers of a workbook as it shows them: the digits, separators, signs and words of their formats.

Source: ECMA-376, part 1, 18.8.31 (numFmts). Where a format is shown by the rules of each viewer's own
country (built-in 14 and 22), days are written as in ISO 8601.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

import msgspec

from tallyroom.model.observation import plain

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy-mm-dd",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "#,##0.00;-#,##0.00;-",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that a workbook names by number alone."""

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|!(?P<marked>.)|[_*](?P<filled>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>[Gg][Ee][Nn][Ee][Rr][Aa][Ll])|(?P<exponent>[eE][+-]0+)|(?P<digit>[0#?])|(?P<sign>[.,%])|(?P<other>.)",
    re.DOTALL,
)
_USUAL = re.compile(r"(?P<grouped>#,##)?0(?:\.(?P<places>0{1,15}))?(?P<percent>%?)")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,9})?)")
_DATE = re.compile(r"[ymdhsa]", re.IGNORECASE)
_MOST = 100
Token = tuple[str, str]


class Section(msgspec.Struct, frozen=True):
    """One of the parts of a format: its tokens, and what a number must be for it."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None

    @property
    def is_date(self) -> bool:
        """Whether it shows a day or a time."""
        letters = any(kind == "other" and _DATE.match(words) for kind, words in self.tokens)
        return letters and not any(kind == "digit" for kind, _ in self.tokens)


@lru_cache(maxsize=1024)
def sections_of(code: str) -> tuple[Section, ...]:
    """Return the parts of a format, each with its tokens."""
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code[:500]):
        kind, words = str(found.lastgroup), found[str(found.lastgroup)]
        if (kind, words) == ("other", ";"):
            sections.append([])
        elif kind in ("quoted", "escaped", "marked"):
            sections[-1].append(("literal", words))
        elif kind != "filled":
            sections[-1].append((kind, words))
    return tuple(map(_section, sections))


def _section(tokens: list[Token]) -> Section:
    condition = None
    kept: list[Token] = []
    for kind, words in tokens:
        found = _CONDITION.fullmatch(words) if kind == "bracket" else None
        if found:
            condition = (found[1], Decimal(found[2]))
        elif kind == "bracket" and words.startswith("$"):
            kept.append(("literal", words[1:].partition("-")[0]))
        elif kind != "bracket" or words.lower().strip("hms") == "":
            kept.append((kind, words))
    return Section(tuple(kept), condition)


def shown_number(value: str, code: str, is_1904: bool = False) -> str:
    """Return a number as a workbook with this format shows it.

    Args:
        value: As the workbook stores it: `0.1`, `1.5E-3`.
        code: Its format: `#,##0.0`, `0%`, `yyyy"年"m"月"`.
        is_1904: Whether days count from 1904.

    Returns:
        What a person sees; the plain number where the format cannot be followed, and `value` itself where
        it is no number.

    Examples:
        >>> shown_number("1234.5", "#,##0.0"), shown_number("0.082", "0.0%"), shown_number("44778", "yyyy-mm-dd")
        ('1,234.5', '8.2%', '2022-08-05')
    """
    try:
        # 15 digits are what a workbook keeps: 0.1 + 0.2 is 0.3 there
        number = Decimal(f"{float(value):.15g}")
    except (ValueError, InvalidOperation, OverflowError):
        return value
    if not number.is_finite() or abs(number.adjusted()) > _MOST:
        return value
    if code.lower() in ("general", "", "@"):
        return plain(number)
    if found := _USUAL.fullmatch(code):
        return _usual(number, len(found["places"] or ""), bool(found["grouped"]), found["percent"])
    section, signed = _choose(sections_of(code), number)
    if section is None:
        return plain(number)
    if section.is_date:
        from tallyroom.documents.sheets.days import shown_day

        return shown_day(number, section.tokens, is_1904) or plain(number)
    return _shown(number if signed else abs(number), section.tokens) or plain(number)


def _usual(number: Decimal, places: int, grouped: bool, percent: str) -> str:
    """The formats of nearly all cells, without a look at their tokens."""
    rounded = _CONTEXT.quantize(_CONTEXT.scaleb(number, 2 * len(percent)), Decimal(1).scaleb(-places))
    return f"{rounded or abs(rounded):{',' if grouped else ''}f}{percent}"


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The part of a format for a number, and whether it leaves the sign to the number."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        found = next(
            (each for each in numeric if each.condition is None or _meets(number, each.condition)), None
        )
        return found, True
    if len(numeric) == 1:
        return numeric[0], True
    if number < 0:
        return numeric[1], False
    return (numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]), True


def _meets(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _shown(number: Decimal, tokens: tuple[Token, ...]) -> str | None:
    """The number with its signs and words; None for a fraction, which is not followed."""
    kinds = [kind for kind, _ in tokens]
    if "digit" not in kinds:
        return _spelled(tokens, number)
    if "/" in (words for kind, words in tokens if kind == "other"):
        return None
    if "exponent" in kinds:
        places = _decimals(tokens[: kinds.index("exponent")])
        mantissa, _, exponent = f"{number:.{places}E}".partition("E")
        return f"{mantissa}E{exponent[0]}{exponent[1:]:0>2}"
    last = len(kinds) - 1 - kinds[::-1].index("digit")
    number = _CONTEXT.scaleb(number, 2 * sum(words == "%" for _, words in tokens))
    number = _CONTEXT.scaleb(number, -3 * _count_scaling(tokens[last + 1 :]))
    rounded = _CONTEXT.quantize(number, Decimal(1).scaleb(-_decimals(tokens)))
    minus = "-" if rounded < 0 else ""
    return (minus + _filled(abs(rounded), tokens, last)).strip()


def _spelled(tokens: tuple[Token, ...], number: Decimal) -> str:
    """A part of words alone, such as `-` for nothing; `General` among them stands for the number."""
    said = (plain(number) if kind == "general" else words for kind, words in tokens if kind != "bracket")
    return "".join(said).strip()


def _count_scaling(tokens: tuple[Token, ...]) -> int:
    count = 0
    for token in tokens:
        if token != ("sign", ","):
            break
        count += 1
    return count


def _point(tokens: tuple[Token, ...]) -> int:
    """Where the decimal point stands among the tokens, or their number."""
    return next((at for at, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))


def _decimals(tokens: tuple[Token, ...]) -> int:
    return min(sum(kind == "digit" for kind, _ in tokens[_point(tokens) :]), 30)


def _filled(number: Decimal, tokens: tuple[Token, ...], last: int) -> str:
    """The digits in their places between the words of the format."""
    point = _point(tokens)
    whole, _, part = f"{number:f}".partition(".")
    return _whole(whole.lstrip("0"), tokens[:point], last) + _part(part, tokens[point:])


def _whole(digits: str, tokens: tuple[Token, ...], last: int) -> str:
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    grouped = any(token == ("sign", ",") and at < last and places and places[0] < at
                  for at, token in enumerate(tokens))  # fmt: skip
    out: list[str] = []
    left, written = list(digits), 0
    for at in range(len(tokens) - 1, -1, -1):
        kind, words = tokens[at]
        if kind != "digit":
            out.append(words if kind in ("literal", "other") or words == "%" else "")
            continue
        # The first place takes all the digits that are left.
        count = max(len(left), int(words == "0")) if at == places[0] else int(bool(left) or words == "0")
        for _ in range(count):
            if grouped and written and written % 3 == 0:
                out.append(",")
            out.append(left.pop() if left else "0")
            written += 1
    return "".join(reversed(out))


def _part(digits: str, tokens: tuple[Token, ...]) -> str:
    """The decimals; places that need not be filled leave zeros at the end out."""
    places = [words for kind, words in tokens if kind == "digit"]
    needed = max((at + 1 for at, place in enumerate(places) if place == "0"), default=0)
    kept = digits[: max(needed, len(digits.rstrip("0")))]
    out: list[str] = []
    at = 0
    for kind, words in tokens:
        if kind == "digit":
            out.append(kept[at : at + 1])
            at += 1
        elif kind in ("literal", "other") or words == "%":
            out.append(words)
        elif words == ".":
            out.append("." if places else "")
    return "".join(out)

"""Finds what identifies a person in the words of a return: identity numbers and telephone numbers."""

from __future__ import annotations

import datetime
import re

_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{5}((?:19|20)[0-9]{6})[0-9]{3}([0-9Xx])(?![0-9])")
_MOBILE = re.compile(r"(?<![0-9.])1[3-9][0-9]{9}(?![0-9.])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identifies_a_person(text: str) -> bool:
    """Whether a text holds an identity number of China, or a mobile telephone's number.

    Source:
        GB 11643-1999: 17 digits with the birth date in the middle, and a check character (ISO 7064, MOD 11-2).
    """
    if len(text) < 11:
        return False
    return any(map(_is_identity, _IDENTITY.finditer(text))) or _MOBILE.search(text) is not None


def _is_identity(found: re.Match[str]) -> bool:
    try:
        datetime.datetime.strptime(found[1], "%Y%m%d")
    except ValueError:
        return False
    digits = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, found.group(), strict=False))
    return "10X98765432"[digits % 11] == found[2].upper()

"""Finds what identifies a person in the words of a return: identity numbers and telephone numbers."""

from __future__ import annotations

import datetime
import re

_PROVINCES = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_IDENTITY = re.compile(
    rf"(?<![0-9.]){_PROVINCES}[0-9]{{4}}((?:(?:18|19|20)[0-9]{{2}}|[0-9]{{2}})[0-9]{{4}})[0-9]{{3}}[0-9Xx]?(?![0-9])"
)
_MOBILE = re.compile(r"(?<![0-9.])1[3-9][0-9]{9}(?![0-9.])")


def identifies_a_person(text: str, is_figure: bool = False) -> bool:
    """Whether a text holds an identity number of China, or a mobile telephone's number.

    Args:
        is_figure: The text is that of a figure: eleven digits may be money, and are no telephone there.

    Source:
        GB 11643-1999: code of the place, birth date, serial number, check character; 15 digits before 1999. The check
        character is not asked for: a workbook that took the number for a quantity has lost it.
    """
    if len(text) < 11:
        return False
    if not is_figure and _MOBILE.search(text):
        return True
    return any(map(_is_identity, _IDENTITY.finditer(text)))


def _is_identity(found: re.Match[str]) -> bool:
    born, digits = found[1], len(found.group())
    if (len(born), digits) not in ((8, 18), (6, 15)):
        return False
    try:
        datetime.datetime.strptime(born, "%Y%m%d" if len(born) == 8 else "%y%m%d")
    except ValueError:
        return False
    return True

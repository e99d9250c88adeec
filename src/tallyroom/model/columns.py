"""The names of a sheet's columns."""

from __future__ import annotations


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0.

    Examples:
        >>> column_name(0), column_name(25), column_name(26), column_name(702)
        ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the column, counted from 0, that letters name.

    Examples:
        >>> column_number("A"), column_number("AAA")
        (0, 702)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

"""The small language of templates: text with `{{ figure("cases_solved", offence="drugs") }}` in it, and nothing else.

An expression is one name or one call with constant arguments. There are no operators, so a template cannot compute.
"""

from __future__ import annotations

import ast
import re
from typing import Any

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.codebook.folding import fold_word
from tallyroom.quantities import QuantityReader, load_number_words
from tallyroom.release.problems import NumberTyped, TemplateWrong

_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_DIGIT = re.compile(r"\d")


class Call(msgspec.Struct, frozen=True):
    """What an expression asks for: a name, with what is given to it."""

    name: str
    given: tuple[Any, ...] = ()
    named: dict[str, Any] = {}


class Text(msgspec.Struct, frozen=True):
    """A text of a template in one language: characters and calls in their order, and where it stands."""

    parts: tuple[str | Call, ...]
    where: str


class TextReader:
    """Parses the texts of templates in one language, and refuses numbers in them."""

    def __init__(self, lang: str, codebook: Codebook) -> None:
        self._lang = lang
        self._numbers = QuantityReader(load_number_words(lang), codebook.units, bare=True)

    def read(self, text: str, where: str) -> Text:
        """Return the parts of a text.

        Raises:
            NumberTyped: A number stands in it: digits, Chinese numerals, or words for a number.
            TemplateWrong: An expression is no name and no call with constant arguments.
        """
        parts: list[str | Call] = []
        done = 0
        for found in _EXPRESSION.finditer(text):
            parts += [text[done : found.start()], _call(found[1].strip(), where)]
            done = found.end()
        parts.append(text[done:])
        words = "\0".join(part for part in parts if isinstance(part, str))
        self._refuse_numbers(words, where)
        return Text(tuple(part for part in parts if part != ""), where)

    def _refuse_numbers(self, words: str, where: str) -> None:
        folded = fold_word(words)
        spans = [(at.start, at.end) for at in self._numbers.find(folded)]
        spans += [(found.start(), found.end()) for found in _DIGIT.finditer(words)]
        if not spans:
            return
        start, end = min(spans, key=lambda span: (span[0], -span[1]))
        around = words[max(0, start - 12) : end + 12].replace("\0", "…")
        raise NumberTyped(
            "a number is typed in the template",
            where=where,
            expected='words, and numbers from the record: {{ figure("cases_solved") }}, {{ date }}',
            found=f"{words[start:end]!r} in {around!r}",
            next_step="ask for the figure, or say it without a number",
        )


def _call(source: str, where: str) -> Call:
    try:
        node = ast.parse(source, mode="eval").body
    except SyntaxError:
        raise _unfit(source, where) from None
    if isinstance(node, ast.Name):
        return Call(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        try:
            given = tuple(ast.literal_eval(argument) for argument in node.args)
            named = {word.arg or "": ast.literal_eval(word.value) for word in node.keywords}
        except ValueError:
            raise _unfit(source, where) from None
        if "" not in named:
            return Call(node.func.id, given, named)
    raise _unfit(source, where)


def _unfit(source: str, where: str) -> TemplateWrong:
    return TemplateWrong(
        "an expression is not one that a template may hold",
        where=where,
        expected='a name, or a call with constants: {{ figure("cases_solved", area="CN-YN") }}',
        found=source[:80],
        next_step="templates ask for figures and never compute",
    )

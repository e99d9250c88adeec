"""YAML to plain values: safe, exact decimals, no key twice, each entry with its line."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import yaml

from tallyroom.codebook.problems import CodebookError, Problem

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE_TAG = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Entry(dict[str, Any]):
    """A mapping of a file, with the line of each of its keys (from 1)."""

    line: int = 0
    lines: dict[str, int]


class Items(list[Any]):
    """A list of a file, with the line of each of its items (from 1)."""

    line: int = 0
    lines: list[int]


def read_yaml(data: bytes, file: str) -> Any:
    """Return the one document that `data` holds: `Entry`, `Items`, text, int, Decimal, bool, date or None.

    Only `true` and `false` are booleans and only plain digits numbers, so `NO`, `on` and `10-01` stay text.
    Nothing at all gives None.

    Raises:
        CodebookError: CB101 where it is not YAML in UTF-8, CB102 where a key stands twice.
    """
    try:
        node = _LOADER(data.decode("utf-8-sig")).get_single_node()
        return None if node is None else _Reader(file).value(node)
    except UnicodeDecodeError as error:
        raise _not_yaml(file, 0, f"byte {error.start} is not UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _not_yaml(file, line, error.problem or str(error)) from None
    except yaml.YAMLError as error:
        raise _not_yaml(file, 0, str(error).replace("\n", " ")) from None
    except RecursionError:
        raise _not_yaml(file, 0, "it is nested too deeply") from None


class _Reader:
    """Turns the nodes of one file into values; each node once, so that aliases cannot blow up."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.done: dict[int, Any] = {}

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        known = id(node)
        if known not in self.done:
            self.done[known] = _UNFINISHED
            self.done[known] = self.collection(node)
        if self.done[known] is _UNFINISHED:
            raise _not_yaml(self.file, _line(node), "an entry contains itself")
        return self.done[known]

    def collection(self, node: yaml.Node) -> Entry | Items:
        if node.tag == f"{_CORE_TAG}map":
            return self.mapping(node)
        if node.tag == f"{_CORE_TAG}seq":
            return self.sequence(node)
        raise _not_yaml(self.file, _line(node), f"the tag {node.tag} is not allowed")

    def mapping(self, node: yaml.Node) -> Entry:
        entry = Entry()
        entry.line, entry.lines = _line(node), {}
        for key_node, value_node in node.value:
            key = self.key(key_node)
            if key in entry:
                raise self.twice(key, entry.lines[key], _line(key_node))
            entry.lines[key] = _line(key_node)
            entry[key] = self.value(value_node)
        return entry

    def key(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode) and isinstance(node.value, str):
            return node.value
        raise _not_yaml(self.file, _line(node), "a key is not text")

    def sequence(self, node: yaml.Node) -> Items:
        items = Items(self.value(child) for child in node.value)
        items.line, items.lines = _line(node), [_line(child) for child in node.value]
        return items

    def scalar(self, node: yaml.ScalarNode) -> Any:
        if not node.tag.startswith(_CORE_TAG) or node.tag == f"{_CORE_TAG}binary":
            raise _not_yaml(self.file, _line(node), f"the tag {node.tag} is not allowed")
        return node.value if node.style else self.plain(node.value, node)

    def plain(self, text: str, node: yaml.ScalarNode) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in "+-0123456789" or len(text) > 40:
            return text
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        return self.date(text, node) if _DATE.fullmatch(text) else text

    def date(self, text: str, node: yaml.ScalarNode) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise _not_yaml(self.file, _line(node), f"{text} is no day of the calendar") from None

    def twice(self, key: str, first: int, second: int) -> CodebookError:
        problem = Problem(
            "CB102",
            f"the key {key!r} stands twice in one entry.",
            self.file,
            second,
            expected="each key once",
            found=f"{key!r} at line {first} and at line {second}",
            next_step="join the two, or rename one",
        )
        return CodebookError(problem)


_UNFINISHED = object()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _not_yaml(file: str, line: int, found: str) -> CodebookError:
    problem = Problem(
        "CB101",
        "this is not YAML that a codebook may hold.",
        file,
        line,
        expected="YAML in UTF-8: mappings, lists, text, numbers, dates",
        found=found,
        next_step="correct the file at this place",
    )
    return CodebookError(problem)

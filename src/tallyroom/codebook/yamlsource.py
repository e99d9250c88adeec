"""YAML to plain values: safe, exact decimals, no key twice, each entry with its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import yaml

from tallyroom.codebook.problems import CodebookError, Problem

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 50
"""How deep entries may stand in one another; the shipped ones need six."""
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
        return _Reader(_LOADER(data.decode("utf-8-sig")), file).document()
    except UnicodeDecodeError as error:
        raise _not_yaml(file, 0, f"byte {error.start} is not UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _not_yaml(file, line, error.problem or str(error)) from None
    except yaml.YAMLError as error:
        raise _not_yaml(file, 0, str(error).replace("\n", " ")) from None


class _Reader:
    """Builds values from the events of one file.

    From events rather than nodes: composing nodes recurses without a limit in C, and a file of nothing but
    brackets would end the process.
    """

    def __init__(self, events: Any, file: str) -> None:
        self.next: Callable[[], Any] = events.get_event
        self.file = file
        self.anchored: dict[str, Any] = {}
        self.depth = 0

    def document(self) -> Any:
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        value = self.value(self.next())
        self.next()
        end = self.next()
        if not isinstance(end, yaml.StreamEndEvent):
            raise self.refused(end, "it holds more than one document")
        return value

    def value(self, event: Any) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if event.tag is not None:
            raise self.refused(event, f"the tag {event.tag} is not allowed")
        value = self.scalar(event) if isinstance(event, yaml.ScalarEvent) else self.collection(event)
        if event.anchor is not None:
            self.anchored[event.anchor] = value
        return value

    def alias(self, event: Any) -> Any:
        if event.anchor not in self.anchored:
            raise self.refused(event, f"the alias {event.anchor} names nothing that is complete before it")
        return self.anchored[event.anchor]

    def collection(self, event: Any) -> Entry | Items:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refused(event, f"it is nested more than {DEEPEST} deep")
        value = self.mapping(event) if isinstance(event, yaml.MappingStartEvent) else self.sequence(event)
        self.depth -= 1
        return value

    def mapping(self, start: Any) -> Entry:
        entry = Entry()
        entry.line, entry.lines = _line(start), {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.key(event)
            if key in entry:
                raise self.twice(key, entry.lines[key], _line(event))
            entry.lines[key] = _line(event)
            entry[key] = self.value(self.next())
        return entry

    def key(self, event: Any) -> str:
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and event.anchor is None:
            return str(event.value)
        raise self.refused(event, "a key is not text")

    def sequence(self, start: Any) -> Items:
        items = Items()
        items.line, items.lines = _line(start), []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.lines.append(_line(event))
            items.append(self.value(event))
        return items

    def scalar(self, event: Any) -> Any:
        return self.plain(event.value, event) if event.implicit[0] else event.value

    def plain(self, text: str, event: Any) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in "+-0123456789" or len(text) > 40:
            return text
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        return self.date(text, event) if _DATE.fullmatch(text) else text

    def date(self, text: str, event: Any) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise self.refused(event, f"{text} is no day of the calendar") from None

    def refused(self, event: Any, found: str) -> CodebookError:
        return _not_yaml(self.file, _line(event), found)

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


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


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

"""Templates: YAML in, checked blocks out. A template asks for figures and never contains one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tallyroom.codebook import Codebook, CodebookError, Problem
from tallyroom.codebook.schema import (
    Context,
    anything,
    integer,
    label,
    list_of,
    mapping_of,
    record,
    text,
    truth,
)
from tallyroom.codebook.yamlsource import Entry, read_yaml
from tallyroom.release.expressions import Text, TextReader
from tallyroom.release.problems import ReleaseError, TemplateWrong
from tallyroom.release.wording import LANGUAGES, templates_folder

KINDS = ("title", "heading", "paragraph", "results", "table", "chart")
_SELECT = mapping_of(anything)
_BLOCK = record(
    {},
    {
        "title": label, "heading": label, "paragraph": label,
        "results": _SELECT, "table": _SELECT, "chart": _SELECT,
        "name": label, "caption": label, "by": text, "top": integer,
        "optional": truth, "complete": truth, "note": text,
    },
)  # fmt: skip
_TEMPLATE = record(
    {"template": text, "body": list_of(_BLOCK)},
    {"description": label, "complete": truth, "note": text},
)


class Part(msgspec.Struct, frozen=True):
    """One block of a template: its kind, its texts by language, and what it selects.

    `optional` blocks are left out where a figure they ask for is not there; `complete` ones refuse totals that
    lack reporting units.
    """

    kind: str
    where: str
    texts: dict[str, Text] = {}
    names: dict[str, str] = {}
    select: dict[str, Any] = {}
    by: str = "figures"
    top: int = 0
    optional: bool = False
    complete: bool = False


class Template(msgspec.Struct, frozen=True):
    """A template: its name, its blocks in order, its languages, and the SHA-256 of its file."""

    name: str
    parts: tuple[Part, ...]
    languages: tuple[str, ...]
    sha256: str
    data: bytes


def find_template(name: str, beside: Path | None = None) -> tuple[bytes, str]:
    """Return the bytes of a template and the name that messages give it.

    A word is a shipped template; a path ending in `.yaml` is a file, looked for beside the release's own.

    Raises:
        TemplateWrong: There is neither.
    """
    own = (beside or Path()) / name
    path = own if name.endswith((".yaml", ".yml")) else templates_folder() / f"{name}.yaml"
    if path.is_file():
        return path.read_bytes(), path.name
    shipped = sorted(found.stem for found in templates_folder().glob("*.yaml"))
    raise TemplateWrong(
        "there is no such template",
        expected=f"a shipped one ({', '.join(shipped)}) or the path of a file",
        found=name,
        next_step="correct the name",
    )


def load_template(data: bytes, file: str, codebook: Codebook) -> Template:
    """Check a template and parse its texts.

    Raises:
        TemplateWrong: It has another form than a template has.
        NumberTyped: One of its texts contains a number.
    """
    entry = checked(data, file, _TEMPLATE, TemplateWrong)
    readers = {lang: TextReader(lang, codebook) for lang in LANGUAGES}
    parts = tuple(_part(block, file, readers) for block in entry["body"])
    spoken = [set(part.texts) for part in parts if part.texts]
    languages = tuple(lang for lang in LANGUAGES if all(lang in langs for langs in spoken))
    return Template(entry["template"], parts, languages, hashlib.sha256(data).hexdigest(), data)


def checked(data: bytes, file: str, shape: Callable[..., bool], error: type[ReleaseError]) -> Any:
    """Return the entry that a file holds, or raise `error` with the line of the first mistake."""
    problems: list[Problem] = []
    try:
        entry = read_yaml(data, file)
    except CodebookError as broken:
        problems.append(broken.problem)
    else:
        shape(entry, getattr(entry, "line", 1), Context(file, problems.append))
        if not problems:
            return entry
    first = problems[0]
    raise error(
        first.says, where=first.where, expected=first.expected, found=first.found, next_step=first.next_step
    )


def _part(block: Entry, file: str, readers: Mapping[str, TextReader]) -> Part:
    kinds = [kind for kind in KINDS if kind in block]
    where = f"{file}:{block.line}"
    if len(kinds) != 1:
        raise TemplateWrong(
            "a block is of one kind",
            where=where,
            expected=f"one of {', '.join(KINDS)}",
            found=", ".join(kinds) or "none",
            next_step="make it one block each",
        )
    kind = kinds[0]
    spoken: Entry = (
        block[kind] if kind in ("title", "heading", "paragraph") else block.get("caption", Entry())
    )
    texts = {lang: _text(lang, words, spoken, file, readers) for lang, words in spoken.items()}
    return Part(
        kind, where, texts, dict(block.get("name") or {}),
        {} if kind in ("title", "heading", "paragraph") else dict(block[kind]),
        block.get("by", "figures"), block.get("top", 0), block.get("optional", False), block.get("complete", False),
    )  # fmt: skip


def _text(lang: str, words: str, entry: Entry, file: str, readers: Mapping[str, TextReader]) -> Text:
    where = f"{file}:{entry.lines[lang]}"
    if lang not in readers:
        raise TemplateWrong(
            "a template speaks the languages that releases have",
            where=where,
            expected=", ".join(readers),
            found=lang,
            next_step="leave it out",
        )
    return readers[lang].read(words.strip(), where)

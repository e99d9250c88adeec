"""Relations: how the codes of dimensions contain one another, and which counting words mean one unit.

Only the algebra of figures needs them: reading a briefing never comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from tallyroom.codebook.books import File, choose_books, read_files
from tallyroom.codebook.folding import fold_word
from tallyroom.codebook.problems import CodebookError, Report, raise_problem
from tallyroom.codebook.reporting_shapes import choice
from tallyroom.codebook.schema import Context, Shape, by_language, mapping_of, record, text, texts
from tallyroom.codebook.yamlsource import Entry, read_yaml

FOLDER = "relations"
COUNTING = "counting"
DIMENSION = record(
    {},
    {
        "untold": text, "untold_of": mapping_of(choice("whole", "unknown")),
        "beside": choice("subset", "overlapping"), "outside": texts, "overlapping": texts,
        "within": mapping_of(texts),
    },
)  # fmt: skip
UNIT_CONCEPTS = mapping_of(by_language)
Beside = Literal["subset", "overlapping"]


class Relation(msgspec.Struct, frozen=True):
    """How the codes of one dimension contain one another, beyond the parents that its list tells.

    `untold` is what a figure is about that does not tell the dimension: `whole`, `unknown`, or a code.
    """

    untold: str = "unknown"
    untold_of: dict[str, str] = {}
    """By indicator, where it differs."""
    beside: Beside = "overlapping"
    """How codes lie that do not contain one another; `subset` is disjoint."""
    outside: tuple[str, ...] = ()
    """Codes that are no part of the whole."""
    overlapping: tuple[str, ...] = ()
    """Codes that overlap with those beside them where the others are disjoint."""
    within: dict[str, tuple[str, ...]] = {}
    """Containers of a code in place of its parent; none where the parent does not contain it."""


class Relations(msgspec.Struct, frozen=True):
    """All relations of the chosen codebooks.

    `counting` tells for each unit the concepts that are counted in it, each with its folded words.
    """

    dimensions: dict[str, Relation]
    counting: dict[str, dict[str, tuple[str, ...]]]


def load_relations(names_or_paths: Sequence[str | Path] = ()) -> Relations:
    """Return the relations that the chosen codebooks declare; a later book adds to an earlier one.

    Args:
        names_or_paths: As for `load_codebook`.

    Raises:
        CodebookError: The first thing wrong in the files.

    Examples:
        >>> load_relations().dimensions["role"].outside
        ('user', 'user_or_trafficker')
    """
    return _relations(_found(read_files(choose_books(names_or_paths)), raise_problem))


def found_relations(files: Iterable[File], report: Report) -> list[tuple[str, Entry, Context]]:
    """Return the entries of the files, by stem, that have their shape; report those that have not."""
    return list(_found(files, report))


def _found(files: Iterable[File], report: Report) -> Iterable[tuple[str, Entry, Context]]:
    for file in files:
        folder, _, name = file.path.partition("/")
        if folder != FOLDER:
            continue
        stem, context = name.rsplit(".", 1)[0], Context(file.shown, report)
        try:
            content: Any = read_yaml(file.data, file.shown)
        except CodebookError as error:
            report(error.problem)
            continue
        shape: Shape = mapping_of(UNIT_CONCEPTS if stem == COUNTING else DIMENSION)
        if shape(content, 1, context):
            yield stem, content, context


def _relations(found: Iterable[tuple[str, Entry, Context]]) -> Relations:
    dimensions: dict[str, Relation] = {}
    counting: dict[str, dict[str, tuple[str, ...]]] = {}
    for stem, content, _ in found:
        for code, entry in content.items():
            if stem == COUNTING:
                _add_concepts(counting.setdefault(code, {}), entry)
            else:
                dimensions[code] = _added(dimensions.get(code, Relation()), entry)
    return Relations(dimensions, counting)


def _add_concepts(known: dict[str, tuple[str, ...]], entry: Entry) -> None:
    for concept, languages in entry.items():
        words = (fold_word(word) for words in languages.values() for word in words)
        known[concept] = tuple(dict.fromkeys((*known.get(concept, ()), *words)))


def _added(known: Relation, entry: Entry) -> Relation:
    """What a later file tells is added; single values take the place of the earlier ones."""
    return Relation(
        untold=entry.get("untold", known.untold),
        untold_of={**known.untold_of, **entry.get("untold_of", {})},
        beside=entry.get("beside", known.beside),
        outside=tuple(dict.fromkeys((*known.outside, *entry.get("outside", ())))),
        overlapping=tuple(dict.fromkeys((*known.overlapping, *entry.get("overlapping", ())))),
        within={**known.within, **{code: tuple(told) for code, told in entry.get("within", {}).items()}},
    )

"""The codebook: what the reader knows of its domain. YAML in, a compiled `Codebook` out."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from tallyroom.codebook.lexicon import Lexicon
from tallyroom.codebook.loading import load_codebook
from tallyroom.codebook.model import Codebook, Term
from tallyroom.codebook.problems import CodebookError, Problem

if TYPE_CHECKING:
    from tallyroom.codebook.checking import check_codebook
    from tallyroom.codebook.explaining import Explanation, explain, kinds, list_codes
    from tallyroom.codebook.mappings import TableMapping, declared_mappings, load_mapping
    from tallyroom.codebook.proofs import Example, examples, run_examples
    from tallyroom.codebook.relations import Relation, Relations, load_relations
    from tallyroom.codebook.reporting import declared_campaigns, load_campaign

# what `read` does not need is imported when asked for
_LATER = {
    "check_codebook": "checking", "Example": "proofs", "examples": "proofs", "run_examples": "proofs",
    "Explanation": "explaining", "explain": "explaining", "kinds": "explaining", "list_codes": "explaining",
    "TableMapping": "mappings", "declared_mappings": "mappings", "load_mapping": "mappings",
    "declared_campaigns": "reporting", "load_campaign": "reporting",
    "Relation": "relations", "Relations": "relations", "load_relations": "relations",
}  # fmt: skip

__all__ = [
    "Codebook",
    "CodebookError",
    "Example",
    "Explanation",
    "Lexicon",
    "Problem",
    "Relation",
    "Relations",
    "TableMapping",
    "Term",
    "check_codebook",
    "declared_campaigns",
    "declared_mappings",
    "examples",
    "explain",
    "kinds",
    "list_codes",
    "load_campaign",
    "load_codebook",
    "load_mapping",
    "load_relations",
    "run_examples",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(importlib.import_module(f"tallyroom.codebook.{_LATER[name]}"), name)
    raise AttributeError(name)

"""The codebook: what the reader knows of its domain. YAML in, a compiled `Codebook` out."""

from tallyroom.codebook.lexicon import Lexicon
from tallyroom.codebook.loading import load_codebook
from tallyroom.codebook.model import Codebook, Term
from tallyroom.codebook.problems import CodebookError, Problem

__all__ = ["Codebook", "CodebookError", "Lexicon", "Problem", "Term", "load_codebook"]

"""What a reader needs, made once from a codebook."""

from __future__ import annotations

from tallyroom.codebook import Codebook, Lexicon
from tallyroom.codebook.folding import fold_word
from tallyroom.codebook.lexicon import WordFinder
from tallyroom.codebook.model import Term
from tallyroom.quantities import QuantityReader, load_number_words
from tallyroom.quantities.wordlists import word_list
from tallyroom.reading.patterns import Patterns
from tallyroom.reading.subjects import Subjects

_TRIGGER_ACTIONS = frozenset(
    {
        "solve", "handle", "file", "target", "approve_arrest", "prosecute", "conclude", "convict", "arrest", "treat",
        "book", "dismantle", "seize", "freeze", "eradicate", "repatriate", "rescue", "intercept", "abstain",
        "discipline", "remove", "recover", "fine", "inspect", "deploy", "report", "warn", "hand_over", "poach",
    }
)  # fmt: skip
_TRIGGER_THINGS = frozenset({"case", "user", "user_stock", "drug", "tip"})

Money = tuple[tuple[str, str], ...]
"""Currency by the name of a list of bare money words."""


class Tools:
    """The compiled parts of one codebook: its lexicon, trigger words, number grammars and patterns."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.lexicon = Lexicon(codebook)
        openers = word_list("zh", "openers")
        strong = frozenset(openers["strong"])
        self.triggers = WordFinder(
            {
                term.word: None
                for term in codebook.terms
                if term.word and (is_trigger(term) or term.word in strong)
            }
        )
        self.named = WordFinder(
            dict.fromkeys(fold_word(name) for one in codebook.operations.values() for name in one.names)
        )
        """Names of operations: a table below one tells what came of it."""
        self.weak = frozenset(openers["weak"])
        self.subjects = Subjects(codebook)
        self._numbers: dict[tuple[str, Money, bool], QuantityReader] = {}
        self.patterns = Patterns(codebook.indicators.values(), codebook.terms)

    def numbers(self, lang: str, money: Money, short_tons: bool) -> QuantityReader:
        """Return the number grammar of a language where money and tons mean this; each is made once."""
        key = lang, money, short_tons
        if key not in self._numbers:
            words = load_number_words(lang)
            self._numbers[key] = QuantityReader(
                words, self.codebook.units, money=dict(money), short_tons=short_tons
            )
        return self._numbers[key]


def is_trigger(term: Term) -> bool:
    """Tell whether a term shows that a block is about enforcement at all."""
    if term.action == "die":
        # Killed on duty, or by drugs; accidents and quakes are not enforcement.
        return term.marks.get("role") == "staff" or "substance" in term.marks
    return (term.action in _TRIGGER_ACTIONS or term.thing in _TRIGGER_THINGS) and not term.cue

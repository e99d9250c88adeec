"""The meanings of a word, with what is asked of them at every place where it stands."""

from __future__ import annotations

from functools import cached_property

from tallyroom.codebook.model import Term


class Meanings(tuple[Term, ...]):
    """Every term that has one word, with the answers to what is asked of them at each place where it stands."""

    @cached_property
    def names_operation(self) -> bool:
        return any(term.operation for term in self)

    @cached_property
    def tells_place(self) -> bool:
        """Some term names a place or a body that has one."""
        return any(term.area or term.agency or term.cue in ("nation", "foreign") for term in self)

    @cached_property
    def place(self) -> Term | None:
        """The first term that names a place."""
        return next((term for term in self if term.area), None)

    @cached_property
    def acts(self) -> bool:
        """Some term is a verb of enforcement."""
        return any(term.action for term in self)

    @cached_property
    def things(self) -> tuple[Term, ...]:
        """The terms that can be counted."""
        return tuple(term for term in self if term.thing)

    @cached_property
    def verbs(self) -> tuple[Term, ...]:
        return tuple(term for term in self if term.action)

    @cached_property
    def marked(self) -> tuple[Term, ...]:
        """The terms that narrow a figure."""
        return tuple(term for term in self if term.marks)

    @cached_property
    def drug(self) -> str | None:
        """The substance that the word names as a thing."""
        named = (term for term in self if term.thing == "drug" and "substance" in term.marks)
        return next((term.marks["substance"] for term in named), None)

    @cached_property
    def bodies(self) -> tuple[Term, ...]:
        """The terms that name an agency."""
        return tuple(term for term in self if term.agency)

    @cached_property
    def cues(self) -> frozenset[str]:
        return frozenset(term.cue for term in self if term.cue)


NO_MEANINGS = Meanings()

"""A soft finding or a note before its figures are quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tallyroom.model.campaign import Words
from tallyroom.model.finding import Finding, Severity, Tie
from tallyroom.model.record import Figure


class Suspicion(msgspec.Struct, frozen=True):
    """What was noticed of some figures, by their entries in the order in which it speaks of them.

    `says` may hold `{figures}`, which are then quoted with their sources.
    """

    code: str
    entries: tuple[int, ...]
    says: Words
    ties: tuple[Tie, ...] = ()

    def finding(self, figures: Mapping[int, Figure]) -> Finding:
        """The finding with its figures."""
        told = [figures[entry] for entry in self.entries]
        says = {lang: words.replace("{figures}", listed(told, lang)) for lang, words in self.says.items()}
        severity: Severity = "note" if self.code.startswith("F3") else "soft"
        return Finding(self.code, severity, says, tuple(told), self.ties)


def listed(figures: Sequence[Figure], lang: str) -> str:
    """Figures as written, each with its source."""
    return ("; " if lang == "en" else "；").join(
        f"{figure.observation.text} ({figure.observation.source})" for figure in figures
    )

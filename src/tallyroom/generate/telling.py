"""One language's way of telling a scene: words are chosen here, figures written, slots filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from tallyroom.codebook.model import Codebook
from tallyroom.generate.amounts import Style, write_count, write_mass, write_money, write_percent
from tallyroom.generate.dates import day_words, period_words
from tallyroom.generate.dice import Dice
from tallyroom.generate.nouns import Amount, Claim, Language, Passage, Placed, figure, joined
from tallyroom.generate.scenes import Names, Scene, topic_of
from tallyroom.generate.templates import choose, fill, read_data


def capital(passage: Passage) -> Passage:
    """Write the first letter large, in a figure too."""
    text = passage.text[:1].upper() + passage.text[1:]
    first, *rest = passage.figures or (None,)
    if first is None or first.start:
        return Passage(text, passage.figures)
    amount = msgspec.structs.replace(first.amount, text=text[: first.end])
    return Passage(text, (Placed(0, first.end, first.claim, amount), *rest))


class Teller:
    """Tells the facts of one scene in one language."""

    def __init__(self, scene: Scene, lang: Language, codebook: Codebook, dice: Dice) -> None:
        self.scene, self.lang, self.dice = scene, lang, dice
        self.words: Any = read_data(f"wording/{lang}")
        self.names = Names(codebook, lang)
        self.known: dict[str, Passage | str] = dict(self.names.of(scene))
        self.known |= day_words(scene, lang, self.known)
        self.topic = topic_of(scene)
        self.known["region"] = self.plain(self.words["region"][scene.level])
        by = self.topic["by"]
        publisher = self.words["publisher"] if by == "police" else self.words["body_publisher"][by]
        self.known["publisher"] = self.plain(publisher[scene.level])
        self.known["who"] = self.someone("who")
        self.known["when"] = period_words(scene, self.words, lang, dice.child("when"))
        self.known["operation"] = self._operation()
        self.known["dateline"] = self.plain(self.words["dates"]["dateline"])

    def pick(self, options: str | Sequence[str]) -> str:
        """Return one of the templates with its choices settled."""
        return choose(options if isinstance(options, str) else self.dice.pick(options), self.dice)

    def plain(self, options: str | Sequence[str]) -> str:
        """Return one of the templates filled with names and dates alone."""
        return fill(self.pick(options), self.known).text

    def say(self, options: str | Sequence[str], **parts: Passage | str) -> Passage:
        """Return one of the templates filled; a slot with a capital takes its part with one."""
        known = {**self.known, **parts}
        known |= {
            name[0].upper() + name[1:]: capital(part if isinstance(part, Passage) else Passage(part))
            for name, part in known.items()
            if name != "place"
        }
        known["PLACE"] = str(known["place"]).upper()
        return fill(self.pick(options), known)

    def someone(self, kind: str) -> str:
        """Return the actor: in full, or as one calls it later."""
        by, level = self.topic["by"], self.scene.level
        if by == "police":
            return self.plain(self.words[kind][level])
        return self.plain(
            self.words["bodies"][by][level] if kind == "who" else self.words["bodies_later"][by]
        )

    def clause(self, name: str, form: str = "active", **changes: Any) -> Passage:
        """Return a clause about one fact: a predicate, or (`passive`, English only) a clause of its own."""
        words = self.words["claims"][name]
        options = words["clauses"] if self.lang == "zh" else words[form]
        return self.say(options, n=self.told(name, **changes))

    def clauses(self, names: Sequence[str], form: str = "active", **changes: Any) -> Passage:
        """Return clauses joined as in a list."""
        return self.list("clauses", [self.clause(name, form, **changes) for name in names])

    def list(self, kind: str, items: Sequence[Passage]) -> Passage:
        """Join items by the words for this kind of list."""
        words = self.words[kind]
        last = words["last"] if isinstance(words["last"], str) else self.dice.pick(words["last"])
        return joined(items, words["between"], last)

    def told(self, name: str, value: int | None = None, style: Style = "free", **changes: Any) -> Passage:
        """Return the figure of one fact; `changes` are other fields of its claim."""
        claim = self.claim(name, **changes)
        amount = self.amount(name, self.scene.facts[name] if value is None else value, style)
        return figure(claim, amount)

    def claim(self, name: str, **changes: Any) -> Claim:
        """Return what a figure of this name is about, the operation included."""
        if self.scene.operation is not None:
            changes.setdefault("operation", self.scene.operation[self.lang])
        return self.scene.claim(name, **changes)

    def amount(self, name: str, value: int, style: Style = "free") -> Amount:
        """Write a value in the unit of the fact."""
        words, unit = self.words["claims"][name], self.scene.claim(name).unit
        if unit == "kg":
            return write_mass(value, self.lang, self.dice, style)
        if unit == "CNY":
            return write_money(value, self.lang, self.dice, style)
        counter = choose(words["counter"], self.dice) if self.lang == "zh" else ""
        return write_count(value, self.lang, self.dice, counter, style)

    def moved(self, name: str) -> Passage:
        """Return by how much a fact has changed on the year before, without a sign."""
        tenths = self.scene.moves[name]
        claim = self.claim(name, statistic="change_pct", unit="percent")
        return figure(claim, write_percent(tenths, self.lang, self.dice))

    def areas(self, codes: Sequence[str]) -> Passage:
        """Return the names of several places as a list."""
        return joined(
            [Passage(self.names.area(code)) for code in codes],
            "、" if self.lang == "zh" else ", ",
            None if self.lang == "zh" else " and ",
        )

    def _operation(self) -> str:
        if self.scene.operation is None:
            return ""
        named: Mapping[str, str] = {"name": self.scene.operation[self.lang]}
        return fill(self.pick(self.words["operation"]), named).text

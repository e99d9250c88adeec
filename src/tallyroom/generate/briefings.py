"""Briefings at random: a scene, told in one language, with its annotations."""

from __future__ import annotations

from collections.abc import Sequence

from tallyroom.codebook.model import Codebook
from tallyroom.generate.dice import Dice
from tallyroom.generate.grids import table
from tallyroom.generate.nouns import Block, Briefing, Language, Passage
from tallyroom.generate.scenes import a_scene
from tallyroom.generate.sections import (
    ANY_TOPIC,
    ANYWHERE,
    APART,
    OF_THE_NATION,
    Section,
    bullets,
    changes,
    lead,
    noise,
    of_which,
    title,
)
from tallyroom.generate.telling import Teller


def a_briefing(seed: int, number: int, lang: Language, codebook: Codebook) -> Briefing:
    """Return the briefing of this seed and number; the same on every machine.

    Args:
        seed: Names the series.
        number: Which of the series, from 0. Both languages tell the same facts under one number.
        lang: `zh` or `en`.
        codebook: Names the places.
    """
    dice = Dice("briefing", seed, number)
    teller = Teller(a_scene(dice.child("scene")), lang, codebook, dice.child(lang))
    blocks = [Block("title", title(teller))] if teller.dice.chance(85) else []
    blocks += _body(teller)
    return Briefing(
        id=f"g{seed}-{number:06d}-{lang}",
        lang=lang,
        published=teller.scene.published,
        publisher=str(teller.known["publisher"]),
        blocks=tuple(blocks),
    )


def _body(teller: Teller) -> list[Block]:
    first = lead(teller)
    if teller.scene.topic == "drugs" and teller.dice.chance(50):
        first = _together(teller, [first, of_which(teller)])
    blocks = [Block("paragraph", first)]
    sections = _sections(teller)
    while sections:
        now = [sections.pop()]
        if sections and not {now[0], sections[-1]} & APART and teller.dice.chance(50):
            now.append(sections.pop())
        blocks.append(Block("paragraph", _together(teller, [section(teller) for section in now])))
    if teller.dice.chance(25):
        blocks += bullets(teller)
    if teller.dice.chance(30):
        blocks += table(teller)
    if teller.dice.chance(50):
        blocks.append(Block("paragraph", noise(teller)))
    return blocks


def _sections(teller: Teller) -> list[Section]:
    """Choose what else is told; what tells the same facts stands in one paragraph at most."""
    if teller.scene.topic != "drugs":
        return teller.dice.shuffled(ANY_TOPIC + ((changes,) if len(teller.topic["more"]) > 1 else ()))
    offered = ANYWHERE + (OF_THE_NATION if teller.scene.level == "nation" else ())
    chosen = teller.dice.some(offered, teller.dice.between(2, 5))
    return teller.dice.shuffled(chosen)


def _together(teller: Teller, sentences: Sequence[Passage]) -> Passage:
    whole, space = Passage(), "" if teller.lang == "zh" else " "
    for at, sentence in enumerate(sentences):
        whole = whole + (space if at else "") + sentence
    return whole

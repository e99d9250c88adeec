"""Days and periods of a scene in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallyroom.generate.dice import Dice
from tallyroom.generate.nouns import Language, Passage
from tallyroom.generate.scenes import Scene
from tallyroom.generate.templates import choose, fill

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOW, _BEFORE = ("今年", "this year"), ("去年", "last year")


def day_words(scene: Scene, lang: Language, names: Mapping[str, Passage | str]) -> dict[str, Passage | str]:
    """Return what templates call the parts of the day of publication."""
    day = scene.published
    words = {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
    words["PLACE"] = str(names["place"]).upper()
    if lang == "en":
        words |= {"Month": MONTHS[day.month - 1], "weekday": WEEKDAYS[day.weekday()]}
    return dict(words)


def period_words(scene: Scene, words: Any, lang: Language, dice: Dice) -> str:
    """Return the period of the scene as a phrase: `1至6月`, `in the first half of 2024`."""
    fitting = [pattern for pattern in words["dates"][scene.span.kind] if _fits(pattern, scene)]
    return fill(choose(dice.pick(fitting), dice), _parts(scene, words, lang)).text


def _fits(pattern: str, scene: Scene) -> bool:
    """Tell whether a pattern that names no year means the right one on the day of publication."""
    if any(word in pattern for word in _BEFORE):
        return scene.published.year == scene.span.end.year + 1
    same = scene.published.year == scene.span.end.year
    return same if any(word in pattern for word in _NOW) else "{year}" in pattern or same


def _parts(scene: Scene, words: Any, lang: Language) -> dict[str, str]:
    start, end = scene.span.start, scene.span.end
    parts = {"year": str(end.year), "last": str(end.month), "d1": str(start.day), "d2": str(end.day)}
    parts |= {
        "m1": str(start.month),
        "m2": str(end.month),
        "quarter": words["quarters"][(end.month - 1) // 3],
    }
    if lang == "en":
        parts |= {"Last": MONTHS[end.month - 1], "M1": MONTHS[start.month - 1], "M2": MONTHS[end.month - 1]}
        parts["count"] = words["counts"][min(max(0, end.month - 2), 9)]
    return parts

"""What a generated briefing is about: a place, a period, an operation, and figures that agree with one another."""

from __future__ import annotations

import calendar
import datetime
from typing import Any, Literal

import msgspec

from tallyroom.codebook.model import Codebook
from tallyroom.generate.dice import Dice
from tallyroom.generate.nouns import Claim, Language
from tallyroom.generate.templates import read_data

Level = Literal["nation", "province", "country"]
PeriodKind = Literal["months", "half", "quarter", "month", "year", "range", "since"]
_KINDS: tuple[PeriodKind, ...] = ("months", "half", "quarter", "month", "year", "range", "since")
_DRUGS = ("heroin", "methamphetamine", "ketamine", "cocaine", "cannabis", "opium", "etomidate")
_OTHER_TOPICS = 40
"""Of a hundred briefings, how many draw their topic from all."""
_SMALLER = {"nation": 1, "country": 3, "province": 20}
"""By how much the figures of a place are smaller than those of the nation."""


class Span(msgspec.Struct, frozen=True):
    """A period with the way in which it is told."""

    kind: PeriodKind
    start: datetime.date
    end: datetime.date

    @property
    def code(self) -> str:
        """The period as an observation has it."""
        return f"{self.start}/{self.end}"


class Scene(msgspec.Struct, frozen=True):
    """Facts that a briefing may tell. Masses are in grams, moves in tenths of a percent."""

    level: Level
    area: str
    topic: str
    """A key of `topics`: drugs, fraud, ..."""
    span: Span
    published: datetime.date
    operation: dict[str, str] | None
    facts: dict[str, int]
    moves: dict[str, int]
    drugs: tuple[str, ...]
    """Substances of which `facts` has the parts of all drugs."""
    provinces: tuple[tuple[str, int], ...]
    """Drugs by province, in grams: parts of the nation's."""
    joint: tuple[str, ...]
    partner: str

    def claim(self, name: str, **changes: Any) -> Claim:
        """Return what a figure of this name is about here."""
        told = {key: value for key, value in read_data("claims")[name].items() if key != "size"}
        if told["unit"] == "money":
            told["unit"] = "CNY"
        told |= {"area": (self.area,), "period": self.span.code, "breakdown": dict(told.get("breakdown", {}))}
        return Claim(**{**told, **changes})


def a_scene(dice: Dice) -> Scene:
    """Return facts at random that agree with one another: parts add up to what they are parts of."""
    data = read_data("scenes")
    level: Level = dice.pick(("nation", "nation", "province", "province", "country"))
    area = {
        "nation": "CN",
        "province": dice.pick(data["provinces"]),
        "country": dice.pick(sorted(data["countries"])),
    }[level]
    topic = dice.pick(_topics(level)) if dice.chance(_OTHER_TOPICS) else "drugs"
    span = a_span(dice.child("period"))
    published = span.end if span.kind == "since" else span.end + datetime.timedelta(dice.between(3, 24))
    police = data["topics"][topic]["by"] == "police"
    facts = _facts(level, dice.child("facts"))
    drugs = tuple(dice.some(_DRUGS, dice.between(2, 4)))
    facts |= _parts(facts["drugs"] * dice.between(80, 99) // 100, drugs, dice)
    rest = (facts["drugs"] - sum(facts[name] for name in drugs)) // len(_DRUGS)
    facts |= {name: max(1, min(facts[name], rest)) for name in _DRUGS if name not in drugs}
    provinces = dice.some(data["provinces"], dice.between(2, 4))
    weights = [dice.between(1, 9) for _ in provinces]
    return Scene(
        level=level, area=area, topic=topic, span=span, published=published,
        operation=dict(dice.pick(data["operations"])) if police and dice.chance(35) else None,
        facts=facts, moves={name: _move(dice) for name in facts}, drugs=drugs,
        provinces=tuple(zip(provinces, dice.parts(facts["drugs"] // 2, weights), strict=True)),
        joint=tuple(dice.some(data["border"], 2)),
        partner=dice.pick([code for code in sorted(data["countries"]) if code != area]),
    )  # fmt: skip


def _topics(level: Level) -> list[str]:
    """Of other countries only police tell: what `the courts` are in a report from abroad, nobody could say."""
    topics = read_data("scenes")["topics"]
    return [name for name in sorted(topics) if level != "country" or topics[name]["by"] == "police"]


def _facts(level: Level, dice: Dice) -> dict[str, int]:
    facts = {}
    for name, claim in read_data("claims").items():
        low, high = claim["size"]
        facts[name] = max(2, dice.magnitude(low, high) // _SMALLER[level])
    facts["suspects"] = facts["cases"] * dice.between(110, 180) // 100
    for part, share in (("trafficking_cases", 50), ("manufacture_cases", 10), ("mail_cases", 20)):
        facts[part] = max(2, min(facts[part], facts["cases"] * share // 100))
    facts["mail_cases"] = min(facts["mail_cases"], facts["trafficking_cases"])
    facts["traffickers"] = min(facts["traffickers"], facts["suspects"])
    facts["imported_drugs"] = min(facts["imported_drugs"], facts["drugs"] // 2)
    users = ("isolated", "treated", "recovering")
    facts |= dict(zip(users, dice.parts(facts["users"] * 4 // 5, (4, 3, 2)), strict=True))
    facts["new_users"] = max(2, facts["users"] * dice.between(5, 30) // 100)
    return facts


def _parts(total: int, names: tuple[str, ...], dice: Dice) -> dict[str, int]:
    return dict(zip(names, dice.parts(total, [dice.between(1, 9) for _ in names]), strict=True))


def _move(dice: Dice) -> int:
    return dice.between(11, 480) * dice.pick((1, -1))


def a_span(dice: Dice) -> Span:
    """Return a period at random, of one of the kinds that agencies report on."""
    kind, year = dice.pick(_KINDS), dice.between(2016, 2025)
    last = dice.between(3, 11)
    match kind:
        case "half":
            last = 6
        case "quarter":
            last = dice.pick((3, 6, 9))
        case "year":
            last = 12
    first = {"quarter": last - 2, "month": last}.get(kind, 1)
    start, end = datetime.date(year, first, 1), _end_of(year, last)
    if kind in ("range", "since"):
        start = datetime.date(year, dice.between(1, last - 1), dice.between(2, 27))
        end = datetime.date(year, last, dice.between(2, 27))
    return Span(kind, start, end)


def _end_of(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def topic_of(scene: Scene) -> Any:
    """Return what the scene's topic has: `totals`, `more`, and `by` whom."""
    return read_data("scenes")["topics"][scene.topic]


class Names:
    """Names of places and agencies in one language."""

    def __init__(self, codebook: Codebook, lang: Language) -> None:
        self._areas, self._lang = codebook.lists["areas"], lang

    def area(self, code: str) -> str:
        """Return the name of a country or a province."""
        country = read_data("scenes")["countries"].get(code)
        return str(country[self._lang] if country else self._areas[code].label[self._lang])

    def place(self, code: str) -> str:
        """Return the name of the place where the news is written."""
        country = read_data("scenes")["countries"].get(code)
        if country:
            return str(country["place"][self._lang])
        return {"zh": "北京", "en": "Beijing"}[self._lang] if code == "CN" else self.area(code)

    def of(self, scene: Scene) -> dict[str, str]:
        """Return what templates call `area`, `demonym` and `place` in a scene."""
        country = read_data("scenes")["countries"].get(scene.area, {})
        return {
            "area": self.area(scene.area),
            "demonym": str(country.get("demonym", "")),
            "place": self.place(scene.area),
        }

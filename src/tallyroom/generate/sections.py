"""The parts of a briefing: each turns some facts of the scene into sentences. Structure is code, wording is data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tallyroom.generate.amounts import write_percent
from tallyroom.generate.nouns import Block, Passage, figure
from tallyroom.generate.telling import Teller

Section = Callable[[Teller], Passage]


def lead(teller: Teller) -> Passage:
    """The national or provincial totals of the period, with the dateline."""
    totals = teller.topic["totals"]
    names = list(totals) if teller.dice.chance(75) else teller.dice.some(totals, 2)
    words = teller.words
    if teller.scene.operation is not None:
        return teller.say(words["lead_operation"], clauses=teller.clauses(names))
    if teller.lang == "en" and teller.scene.level == "nation" and teller.dice.chance(30):
        return teller.say(words["lead_passive"], clauses=teller.clauses(names, "passive"))
    return teller.say(words["lead"], clauses=teller.clauses(names))


def of_which(teller: Teller) -> Passage:
    """The drugs seized by substance: beside the whole, each with its name, or names and figures that pair by order."""
    drugs, words = teller.scene.drugs, teller.words
    if teller.dice.chance(30):
        return of_which_whole(teller)
    names = [Passage(words["claims"][drug]["name"]) for drug in drugs]
    if teller.dice.chance(35):
        figures = [teller.told(drug, style="plain") for drug in drugs]
        return teller.say(
            words["of_which_pairs"], names=teller.list("items", names), figures=teller.list("items", figures)
        )
    items = [
        teller.say(words["item"], name=name, n=teller.told(drug))
        for name, drug in zip(names, drugs, strict=True)
    ]
    return teller.say(words["of_which"], items=teller.list("items", items))


def of_which_whole(teller: Teller) -> Passage:
    """All drugs, and of them each substance."""
    words = teller.words
    items = [
        teller.say(words["item"], name=words["claims"][drug]["name"], n=teller.told(drug))
        for drug in teller.scene.drugs
    ]
    return teller.say(
        words["of_which_whole"],
        who=teller.someone("later"),
        whole=teller.told("drugs"),
        items=teller.list("items", items),
    )


def falls(teller: Teller) -> Passage:
    """What came of it, with the figure before its noun, or as nouns alone: the arrest of, the seizure of."""
    if teller.lang == "zh":
        return teller.say(teller.words["falls"], n=teller.told("suspects"), cases=teller.told("cases"))
    names = teller.dice.some(sorted(teller.words["nominal"]), teller.dice.between(2, 3))
    told = [teller.say(teller.words["nominal"][name], n=teller.told(name)) for name in names]
    return teller.say(teller.words["falls"], nominals=teller.list("clauses", told))


def _compared(teller: Teller) -> list[str]:
    """What is told with its change: what the lead has not told, or else the totals."""
    return list(teller.topic["more"] or teller.topic["totals"])


def change(teller: Teller) -> Passage:
    """One figure with its change on the year before."""
    name = teller.dice.pick(_compared(teller))
    rises = teller.scene.moves[name] > 0
    kind = "up" if rises else "down"
    options = [option for option in teller.words["change"] if f"{{{kind}}}" in option]
    form = "passive" if teller.lang == "en" else "active"
    return teller.say(
        options, who=teller.someone("later"), clause=teller.clause(name, form), **{kind: teller.moved(name)}
    )


def changes(teller: Teller) -> Passage:
    """Several figures and then one list of their changes, which pair by order."""
    names = teller.dice.some(_compared(teller), 2)
    words = teller.words["move"]
    moves = []
    for name in names:
        move = teller.dice.pick(words["up" if teller.scene.moves[name] > 0 else "down"])
        space = "" if teller.lang == "zh" else " "
        moves.append(Passage(move + space) + teller.moved(name))
    form = "passive" if teller.lang == "en" else "active"
    told = teller.list("clauses", [teller.clause(name, form, style="plain") for name in names])
    return teller.say(
        teller.words["changes"], who=teller.someone("later"), clauses=told, moves=teller.list("moves", moves)
    )


def share(teller: Teller) -> Passage:
    """A part with its share of the whole."""
    name = "trafficking_cases"
    tenths = max(1, 1000 * teller.scene.facts[name] // teller.scene.facts["cases"])
    told = figure(
        teller.claim(name, statistic="share_pct", unit="percent"),
        write_percent(tenths, teller.lang, teller.dice),
    )
    form = "passive" if teller.lang == "en" else "active"
    return teller.say(
        teller.words["share"], who=teller.someone("later"), clause=teller.clause(name, form), n=told
    )


def provinces(teller: Teller) -> Passage:
    """Drugs by province: a list of places and one of figures, or a clause for each."""
    told = teller.scene.provinces
    if teller.dice.chance(50):
        items = [
            teller.say(
                teller.words["province_item"],
                area=teller.names.area(code),
                clause=teller.clause("drugs", value=grams, area=(code,)),
            )
            for code, grams in told
        ]
        return teller.say(teller.words["provinces_each"], items=_sentence_list(teller, items))
    figures = [teller.told("drugs", value=grams, style="plain", area=(code,)) for code, grams in told]
    return teller.say(
        teller.words["provinces_pairs"],
        areas=teller.areas([code for code, _ in told]),
        figures=teller.list("items", figures),
    )


def _sentence_list(teller: Teller, items: Sequence[Passage]) -> Passage:
    return teller.list("clauses", items)


def joint(teller: Teller) -> Passage:
    """What two provinces did together: one figure for both."""
    both: dict[str, Any] = {"area": teller.scene.joint}
    names = ("imported_drugs",) if teller.dice.chance(60) else ("suspects", "imported_drugs")
    value = {"suspects": max(2, teller.scene.facts["suspects"] // 9)}
    told = [teller.clause(name, value=value.get(name), **both) for name in names]
    both_told = teller.list("clauses", told)
    areas = teller.areas(teller.scene.joint)
    return teller.say(teller.words["joint"], areas=areas, clause=both_told, clauses=both_told)


def foreign(teller: Teller) -> Passage:
    """What the police of another country did there: no figure of this country."""
    code = teller.scene.partner
    abroad: dict[str, Any] = {"area": (code,), "breakdown": {"partner": code}}
    names = teller.dice.some(("foreign_labs", "foreign_suspects", "foreign_drugs"), 2)
    country = _country(teller, code)
    told = teller.list(
        "clauses",
        [teller.clause(name, **{**abroad, "breakdown": _narrowed(teller, name, code)}) for name in names],
    )
    return teller.say(teller.words["foreign"], clauses=told, **country)


def _narrowed(teller: Teller, name: str, code: str) -> dict[str, str]:
    return {**teller.scene.claim(name).breakdown, "partner": code}


def _country(teller: Teller, code: str) -> dict[str, Passage | str]:
    from tallyroom.generate.templates import read_data

    return {"area": teller.names.area(code), "demonym": read_data("scenes")["countries"][code]["demonym"]}


def mail(teller: Teller) -> Passage:
    """Cases by post."""
    return _about(teller, "mail", ["mail_cases"])


def sites(teller: Teller) -> Passage:
    """Gangs, laboratories and the like."""
    return _about(teller, "sites", teller.dice.some(("manufacture_cases", "groups", "labs"), 2))


def precursors(teller: Teller) -> Passage:
    """Chemicals."""
    return _about(teller, "precursors", ["precursors"])


def assets(teller: Teller) -> Passage:
    """Arms, vehicles and money."""
    return _about(teller, "assets", teller.dice.some(("firearms", "vehicles", "money"), 2))


def _about(teller: Teller, frame: str, names: Sequence[str]) -> Passage:
    """Fill the frame with an actor and the clauses, in whichever voice it asks for."""
    option = teller.pick(teller.words[frame])
    form = "passive" if "_passive" in option else "active"
    told = teller.clauses(names, form)
    parts = {"clause": told, "clauses": told, "clause_passive": told, "clauses_passive": told}
    return teller.say(option, who=teller.someone("later"), **parts)


def users(teller: Teller) -> Passage:
    """Drug users and what was done with them."""
    some = teller.dice.some(("new_users", "isolated", "treated", "recovering"), teller.dice.between(2, 4))
    parts = teller.list("parts", [teller.clause(name, "passive") for name in some])
    option = teller.pick(teller.words["users"])
    told = teller.clause("users", "passive" if "_passive" in option else "active")
    return teller.say(option, who=teller.someone("later"), clause=told, clause_passive=told, parts=parts)


def noise(teller: Teller) -> Passage:
    """A sentence that states no observation."""
    return teller.say(teller.words["noise"])


def title(teller: Teller) -> Passage:
    """A headline, with a figure of the body now and then."""
    if teller.scene.topic != "drugs":
        return teller.say(teller.words["body_titles"])
    if teller.dice.chance(30):
        return teller.say(teller.words["titles"]["figure"], clause=teller.clause("drugs"))
    return teller.say(teller.words["titles"]["plain"])


def bullets(teller: Teller) -> list[Block]:
    """A line that announces a list, and its points."""
    told_of_drugs = ["trafficking_cases", "traffickers", "groups", "labs", "precursors"]
    names = teller.dice.some(told_of_drugs if teller.scene.topic == "drugs" else _compared(teller), 3)
    head = Block("paragraph", Passage(teller.pick(teller.words["bullets_head"])))
    form = "passive" if teller.lang == "en" else "active"
    points = []
    for name in names:
        told = teller.clause(name, form)
        points.append(Block("bullet", teller.say(teller.words["bullet"], clause=told)))
    return [head, *points]


def more(teller: Teller) -> Passage:
    """What else the topic has to tell."""
    return _about(teller, "sites", teller.dice.some(_compared(teller), 2))


ANY_TOPIC: tuple[Section, ...] = (change, more)
"""What any topic tells."""
OF_THE_NATION: tuple[Section, ...] = (provinces, joint)
"""What only the nation's briefing tells."""
ANYWHERE: tuple[Section, ...] = (
    change, changes, share, foreign, mail, sites, precursors, assets, users, falls,
)  # fmt: skip
APART: frozenset[Section] = frozenset({provinces, joint, foreign})
"""What tells of other places, and so stands in a paragraph of its own."""

"""Tables of a briefing: indicators one below the other, or provinces with a column for each indicator."""

from __future__ import annotations

from decimal import Decimal

from tallyroom.generate.amounts import grouped, rounded
from tallyroom.generate.nouns import Amount, Block, Passage, figure
from tallyroom.generate.telling import Teller

_LISTED = ("cases", "suspects", "groups", "labs", "firearms", "vehicles", "drugs", "precursors", "users")
_COLUMNS = ("cases", "suspects", "groups", "drugs")


def table(teller: Teller) -> list[Block]:
    """Return a line that announces the table, and the table."""
    head = Block("paragraph", Passage(teller.pick(teller.words["table_head"])))
    drugs = teller.scene.topic == "drugs"
    by_province = drugs and teller.scene.level == "nation" and teller.dice.chance(50)
    return [head, _by_province(teller) if by_province else _by_indicator(teller)]


def _by_indicator(teller: Teller) -> Block:
    columns = teller.words["columns"]
    rows = [(Passage(teller.pick(columns["what"])), Passage(teller.pick(columns["now"])))]
    topic = (*teller.topic["totals"], *teller.topic["more"])
    listed = teller.dice.some(_LISTED if teller.scene.topic == "drugs" else topic, teller.dice.between(3, 5))
    listed = [name for name in listed if teller.scene.claim(name).unit != "CNY"]
    rows += [
        (Passage(_label(teller, name)), _cell(teller, name, teller.scene.facts[name])) for name in listed
    ]
    return Block("table", cells=tuple(rows))


def _by_province(teller: Teller) -> Block:
    """Rows of provinces, with the parts of the nation's figures that are theirs."""
    names = teller.dice.some(_COLUMNS, 3)
    codes = [code for code, _ in teller.scene.provinces]
    rows = [tuple(Passage(_label(teller, name)) for name in names)]
    rows += [
        tuple(_cell(teller, name, _part(teller, name, code), area=(code,)) for name in names)
        for code in codes
    ]
    heads = [teller.pick(teller.words["columns"]["area"]), *(teller.names.area(code) for code in codes)]
    return Block("table", cells=tuple((Passage(head), *row) for head, row in zip(heads, rows, strict=True)))


def _part(teller: Teller, name: str, code: str) -> int:
    """What a province has of a fact: the drugs that the scene tells, and as much of all else."""
    grams = dict(teller.scene.provinces)
    if name == "drugs":
        return grams[code]
    return max(1, teller.scene.facts[name] * grams[code] // (2 * sum(grams.values())))


def _label(teller: Teller, name: str) -> str:
    """The heading of a column or row, with its unit in brackets: 缴获毒品（公斤）, Drugs seized (kg)."""
    words, mass = teller.words["claims"][name], teller.scene.claim(name).unit == "kg"
    if teller.lang == "en":
        return f"{words['label']} (kg)" if mass else str(words["label"])
    return f"{words['label']}（{'公斤' if mass else words['unit']}）"


def _cell(teller: Teller, name: str, value: int, **changes: object) -> Passage:
    claim = teller.claim(name, **changes)
    if claim.unit == "kg":
        tenths = max(1, rounded(value, 100) // 100)
        whole, tenth = divmod(tenths, 10)
        return figure(claim, Amount(f"{grouped(whole)}.{tenth}", Decimal(tenths).scaleb(-1)))
    return figure(claim, Amount(grouped(value), Decimal(value)))

"""A declared campaign for the terminal: what each operation reports, who files it, and when."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.model.campaign import Campaign, Line
from tallyroom.show.matrix import said
from tallyroom.show.widths import pad, width_of

_TITLES = {
    "operations": ("operations and what they report", "行动与填报项目"),
    "breakdowns": ("how figures hang together", "数据关系"),
    "waves": ("waves and targeted cases", "波次与目标案件"),
    "sets": ("sets of units that share a value", "共同填报"),
    "forms": ("forms", "报表"),
    "rounds": ("rounds", "报告期"),
    "releases": ("releases", "发布"),
    "units": ("reporting units", "填报单位"),
}


def campaign_lines(campaign: Campaign, lang: str | None = None) -> Iterator[str]:
    """Give all that is declared, line by line; `lang` is `en` or `zh`, None both."""
    end = campaign.planned_end or ""
    yield said(campaign.label, lang)
    yield f"{campaign.code}   {campaign.agency}   {' '.join(campaign.area)}   {campaign.start} / {end}"
    for name, section in (
        ("operations", _operations), ("breakdowns", _breakdowns), ("waves", _waves), ("sets", _sets),
        ("forms", _forms), ("rounds", _rounds), ("releases", _releases), ("units", _units),
    ):  # fmt: skip
        rows = list(section(campaign, lang))
        if rows:
            en, zh = _TITLES[name]
            yield ""
            yield said({"en": en, "zh": zh}, lang)
            yield from _aligned(rows)


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    columns = max(map(len, rows))
    widths = [max(width_of(row[at]) for row in rows if at < len(row)) for at in range(columns)]
    for row in rows:
        yield "  " + "  ".join(pad(cell, widths[at]) for at, cell in enumerate(row)).rstrip()


def _operations(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for operation in campaign.operations:
        lines = [line for line in campaign.lines if line.operation == operation.code]
        if lines:
            yield operation.code, said(operation.label, lang)
            yield from (_line(campaign, line, lang) for line in lines)


def _line(campaign: Campaign, line: Line, lang: str | None) -> tuple[str, ...]:
    narrowed = [line.offence, line.substance, *(f"{key}={value}" for key, value in line.breakdown.items())]
    narrowed += ["joint"] if line.joint else []
    narrowed += ["abroad"] if line.abroad else []
    about = " ".join(part for part in narrowed if part)
    area = " ".join(line.total_area)
    return f"  {line.code}", said(line.label, lang), f"{line.indicator} {line.unit}", about, area


def _breakdowns(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for one in campaign.breakdowns:
        yield one.whole, one.kind, " ".join(one.parts), said(one.because, lang)


def _waves(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for wave in campaign.waves:
        yield wave.code, said(wave.label, lang), " ".join(wave.units)
        for case in map(campaign.joint, wave.cases):
            yield f"  {case.code}", said(case.label, lang), " ".join(case.units)


def _sets(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for joint in campaign.joints:
        if joint.wave is None:
            yield joint.code, said(joint.label, lang), " ".join(joint.units)


def _forms(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for form in campaign.forms:
        yield form.code, said(form.label, lang), f"{len(form.lines)} × {len(form.filed_by)}"


def _rounds(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for one in campaign.rounds:
        yield one.code, one.period, said({"en": f"due {one.due}", "zh": f"报送期限 {one.due}"}, lang)


def _releases(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for one in campaign.releases:
        yield one.code, f"{one.published}", one.round, said(one.label, lang), said(one.publisher, lang)


def _units(campaign: Campaign, lang: str | None) -> Iterator[tuple[str, ...]]:
    for unit in campaign.units:
        since = f"since {unit.since}" if unit.since else ""
        until = f"until {unit.until}" if unit.until else ""
        yield unit.code, said(unit.label, lang), unit.kind, " ".join(part for part in (since, until) if part)

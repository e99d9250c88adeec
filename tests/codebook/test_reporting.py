"""A declared campaign holds together, and what does not is told with its line."""

from __future__ import annotations

import datetime

import pytest
from tests.codebook.conftest import Writer

from tallyroom.codebook import CodebookError, check_codebook, declared_campaigns, load_campaign
from tallyroom.model.campaign import Campaign


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("hundred-days-2022")


def test_thirty_one_provinces_report_the_results(campaign: Campaign) -> None:
    form, on = campaign.form("results"), campaign.round("2022-07")
    provinces = [unit for unit in campaign.expected(form, on) if unit.kind == "province"]

    assert len(provinces) == 31
    assert len({unit.area for unit in provinces}) == 31
    assert on.period == "2022-06-25/2022-07-31"


def test_a_unit_that_does_not_stand_yet_is_not_expected(campaign: Campaign) -> None:
    chongqing = campaign.unit("CN-CQ")

    assert not chongqing.stands_on(datetime.date(1990, 1, 1))
    assert chongqing.stands_on(datetime.date(2022, 7, 31))


def test_two_provinces_share_one_total_and_may_share_a_haul(campaign: Campaign) -> None:
    line, on = campaign.line("drugs_imported"), campaign.round("2022-07")

    assert line.total_area == ("CN-YN", "CN-GX")
    assert [joint.code for joint in campaign.joints_of(line, on)] == ["yunnan-guangxi"]


def test_targeted_cases_are_joint_to_the_provinces_of_their_wave(campaign: Campaign) -> None:
    line, on = campaign.line("cluster_persons"), campaign.round("2022-07")

    assert len(campaign.joints_of(line, on)) == 8
    assert line.total_area == ("CN-JS", "CN-ZJ", "CN-JX", "CN-HN", "CN-SN")
    assert campaign.joints_of(line, on, "CN-YN") == ()


def test_results_abroad_are_marked_and_stand_in_no_breakdown(campaign: Campaign) -> None:
    abroad = {line.code for line in campaign.lines if line.abroad}
    parts = {code for one in campaign.breakdowns for code in (one.whole, *one.parts)}

    assert abroad == {"abroad_hydroxylimine", "abroad_materials"}
    assert not abroad & parts


def test_dispositions_of_users_overlap(campaign: Campaign) -> None:
    kinds = {one.parts: one.kind for one in campaign.breakdowns if one.whole == "users"}

    assert kinds["users_isolated", "users_community", "users_recovery"] == "overlapping"
    assert kinds[("users_new",)] == "subset"


def test_gangs_and_networks_differ_in_what_is_counted(campaign: Campaign) -> None:
    gangs, networks = campaign.line("gangs"), campaign.line("networks")

    assert gangs.indicator == networks.indicator == "groups_dismantled"
    assert gangs.counted["zh"] != networks.counted["zh"]


def test_the_press_conference_tells_the_first_round(campaign: Campaign) -> None:
    event = campaign.release("press-conference-2022-08-05")

    assert campaign.round(event.round).end == datetime.date(2022, 7, 31)
    assert event.kind == "press_conference"


def test_a_campaign_that_is_not_declared_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(CodebookError) as refused:
        load_campaign("hundred-day-2022")

    assert refused.value.code == "CB118"
    assert "hundred-days-2022" in refused.value.next_step


def test_all_declared_campaigns_are_listed() -> None:
    assert "hundred-days-2022" in [campaign.code for campaign in declared_campaigns()]


TREE = """\
tree: xs
label: { en: Xs, zh: 甲 }
units:
  x-1: { label: { en: One, zh: 一 }, kind: x, area: [CN-YN] }
  x-2: { label: { en: Two, zh: 二 }, kind: x, area: [CN-YN], parent: x-1 }
"""
KNOWN = "campaign: x-2025\nnames: {}\nlabel: { en: X, zh: 甲 }\nstart: 2025-09-01\n"
REPORTING = """\
campaign: x-2025
agency: x-police
area: [CN]
units: xs
operations:
  x-2025:
    cases: { label: { en: C, zh: 案 }, indicator: cakes, unit: case, filed_by: [x] }
    cakes: { label: { en: D, zh: 糕 }, indicator: cakes, unit: kg, filed_by: [x-2] }
    few: { label: { en: E, zh: 少 }, indicator: cakes, unit: case, filed_by: [x] }
breakdowns:
- { whole: cases, parts: [few], kind: subset }
forms:
  f: { label: { en: F, zh: 表 }, lines: [cases, cakes, few] }
rounds:
  r: { until: 2025-09-30, due: 2025-10-03 }
releases:
  e: { label: { en: R, zh: 报 }, kind: report, published: 2025-10-05, round: r }
"""
OTHERS = {
    "indicators/x.yaml": "cakes:\n  label: { en: A, zh: 甲 }\n  definition: d\n  units: [case, kg]\n  behaves: flow\n",
    "agencies.yaml": "x-police: { label: { en: A, zh: 甲 }, names: {} }",
}


def told(book: Writer, reporting: str = REPORTING, tree: str = TREE) -> list[tuple[str, int]]:
    files = {"reporting/x.yaml": reporting, "reporting-units/x.yaml": tree, "campaigns/x.yaml": KNOWN}
    folder = book({**files, **OTHERS})
    return [(found.code, found.line) for found in check_codebook([folder]) if found.file.startswith(folder)]


@pytest.mark.usefixtures("small")
def test_a_sound_declaration_is_no_problem(book: Writer) -> None:
    assert told(book) == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("right", "wrong", "code", "line"),
    [
        ("agency: x-police", "agency: y-police", "CB107", 2),
        ("units: xs", "units: ys", "CB107", 4),
        ("  x-2025:\n", "  y-2025:\n", "CB107", 6),
        ("案 }, indicator: cakes", "案 }, indicator: pies", "CB107", 7),
        ("filed_by: [x-2]", "filed_by: [x-3]", "CB107", 8),
        ("unit: kg", "unit: site", "CB107", 8),
        ("{ en: D, zh: 糕 }", "{ en: D }", "CB110", 8),
        ("filed_by: [x] }\nbreakdowns", "filed_by: [x], offence: drgs }\nbreakdowns", "CB107", 9),
        ("parts: [few]", "parts: [cakes]", "CB120", 11),
        ("parts: [few]", "parts: [fw]", "CB107", 11),
        ("kind: subset", "kind: sub", "CB105", 11),
        ("lines: [cases, cakes, few]", "lines: [cases, few]", "CB121", 12),
        ("until: 2025-09-30", "until: 2025-08-30", "CB111", 15),
        ("round: r", "round: s", "CB107", 17),
        ("units: xs\n", "units: xs\nchecks_off: { RT119: { en: no, zh: 否 } }\n", "CB107", 5),
        ("published: 2025-10-05", "published: 2025-09-05", "CB111", 17),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_declaration_is_found(
    book: Writer, right: str, wrong: str, code: str, line: int
) -> None:
    assert right in REPORTING
    assert (code, line) in told(book, REPORTING.replace(right, wrong))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("area: [CN-YN] }", "area: [CN-YY] }", "CB107"),
        ("parent: x-1", "parent: x-9", "CB107"),
        ("parent: x-1", "parent: x-2", "CB111"),
        ("zh: 二 }", "zh: 二 }, since: 2020-01-01, until: 2019-01-01", "CB111"),
    ],
)
def test_what_is_wrong_in_a_tree_of_units_is_found(book: Writer, right: str, wrong: str, code: str) -> None:
    assert code in [found for found, _ in told(book, tree=TREE.replace(right, wrong))]

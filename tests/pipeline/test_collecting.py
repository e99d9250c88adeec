"""Returns in the record: kept whole, corrected by their owner alone, decided about, counted once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from tests.returns.samples import (
    FIGURES,
    border,
    cluster,
    codes,
    hundred_days,
    nil,
    results,
    results_workbook,
    submit,
)

from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model import Fact, Query
from tallyroom.pipeline.adjusting import adjust_figure
from tallyroom.pipeline.collecting import (
    accept_return,
    return_status,
    return_totals,
    return_wave_totals,
    send_back_return,
    submit_return,
)
from tallyroom.pipeline.ledgers import OpenLedger
from tallyroom.pipeline.releasing import explained
from tallyroom.pipeline.tracing import trace
from tallyroom.returns.remarks import ReturnRefused

CAMPAIGN = hundred_days()
BUREAU = "cn-mps-ncb"


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        yield opened


def total(ledger: SqliteLedger, line: str, round: str = "2022-07") -> Fact:
    return {one.line: one.fact for one in return_totals(ledger, CAMPAIGN, round)}[line]


def test_each_figure_reads_back_from_the_text_of_its_return(ledger: SqliteLedger) -> None:
    submit(ledger, results_workbook())

    figures = list(ledger.figures(Query()))
    document = ledger.entry(figures[0].document).body
    text = ledger.source(document["text"]).decode()

    assert ledger.source(document["sha256"]) == results_workbook()
    assert [text[one.observation.start : one.observation.end] for one in figures] == list(FIGURES.values())
    assert figures[3].more["cell"] == "Form!B8"
    assert figures[3].observation.value == Decimal("812.5")


def test_a_return_that_is_stopped_leaves_nothing(ledger: SqliteLedger) -> None:
    assert not submit(ledger, results(gangs="-1")).stored
    assert not submit(ledger, results(), dry_run=True).stored
    assert ledger.head() is None


def test_the_same_return_again_adds_nothing_in_whatever_file(ledger: SqliteLedger) -> None:
    first = submit(ledger, results())
    again = [submit(ledger, results()), submit(ledger, results_workbook())]

    assert [(one.stored, one.entry) for one in again] == [(False, first.entry)] * 2
    assert len(list(ledger.commits())) == 1


def test_other_figures_need_a_reason_and_take_the_place_of_the_first(ledger: SqliteLedger) -> None:
    first = submit(ledger, results())
    refused = submit(ledger, results(gangs="10"))
    corrected = submit(ledger, results(gangs="10"), reason="one gang was counted late")

    assert (codes(refused), refused.stored) == (["RT123"], False)
    assert (corrected.stored, corrected.corrects) == (True, first.entry)
    assert total(ledger, "gangs").observation.value == 10
    assert [
        one.observation.value for one in ledger.figures(Query(), as_of=1) if one.more["line"] == "gangs"
    ] == [9]


def test_only_the_owner_files_and_corrects(ledger: SqliteLedger) -> None:
    submit(ledger, results())
    other = submit(ledger, results(gangs="10"), by="CN-GX", reason="we know better")
    above = submit(ledger, results(gangs="10"), by=BUREAU, reason="we know better")

    assert codes(other) == codes(above) == ["RT124"]
    assert submit(ledger, results(gangs="10"), by="云南", reason="counted late").stored


def test_a_return_that_was_sent_back_is_filed_anew_without_a_reason(ledger: SqliteLedger) -> None:
    submit(ledger, results())
    send_back_return(ledger, CAMPAIGN, "results", "2022-07", "CN-YN", by=BUREAU,
        queries=[{"cell": "D6", "says": "with or without rail?"}])  # fmt: skip

    assert total(ledger, "gangs").status == "x"
    assert submit(ledger, results(gangs="10")).stored
    assert total(ledger, "gangs").observation.value == 10


def test_decisions_are_made_once_and_by_others(ledger: SqliteLedger) -> None:
    submit(ledger, results())
    place = ("results", "2022-07", "CN-YN")
    for by, unit, code in (("CN-YN", "CN-YN", "RT124"), (BUREAU, "CN-GX", "RT132")):
        with pytest.raises(ReturnRefused) as refused:
            accept_return(ledger, CAMPAIGN, "results", "2022-07", unit, by=by)
        assert refused.value.code == code

    accept_return(ledger, CAMPAIGN, *place, by=BUREAU)
    with pytest.raises(ReturnRefused) as again:
        accept_return(ledger, CAMPAIGN, *place, by=BUREAU)
    with pytest.raises(ReturnRefused) as silent:
        send_back_return(ledger, CAMPAIGN, *place, by=BUREAU, queries=[{"says": " "}])

    assert (again.value.code, silent.value.code) == ("RT133", "RT134")


def test_a_soft_check_asks_for_an_explanation_and_keeps_it(ledger: SqliteLedger) -> None:
    submit(ledger, results())
    fallen = results(round="2022-09", gangs="8")

    asked = submit(ledger, fallen)
    explained = submit(ledger, fallen.replace(b"gangs,8,", b"gangs,8,one was no gang"))
    assert explained.entry is not None
    kept = ledger.entry(explained.entry).body["checks"]

    assert [(remark.code, remark.force) for remark in asked.remarks] == [("RT150", "soft")]
    assert not asked.stored
    assert [(one["code"], one["explanation"]) for one in kept] == [("RT150", "one was no gang")]


@pytest.mark.parametrize(
    ("value", "code"), [("119", "RT150"), ("0", "RT152"), ("1201", "RT151"), ("1200", None), ("120", None)]
)
def test_a_cumulative_series_is_compared_with_its_last_round(
    ledger: SqliteLedger, value: str, code: str | None
) -> None:
    submit(ledger, results())

    outcome = submit(ledger, results(round="2022-09", cases=value, cases_delivery="0"))

    assert [found for found in codes(outcome) if found != "RT152" or value == "0"][:1] == (
        [code] if code else []
    )


def test_a_late_return_says_why(ledger: SqliteLedger) -> None:
    late = datetime.date(2022, 8, 10)

    assert codes(submit(ledger, results(), received=late)) == ["RT153"]
    assert submit(ledger, results(), received=late, explanation="the line was down").stored


def test_a_check_that_is_off_is_on_record_as_off(ledger: SqliteLedger) -> None:
    off = msgspec.structs.replace(CAMPAIGN, checks_off={"RT140": {"en": "two systems", "zh": "两套系统"}})
    odd = results(cases_delivery="121")

    assert codes(submit(ledger, odd)) == ["RT140"]
    outcome = submit_return(ledger, off, odd, received=datetime.date(2022, 8, 1))
    assert outcome.entry is not None
    assert ledger.entry(outcome.entry).body["checks_off"]["RT140"]["en"] == "two systems"


def test_dispositions_that_overlap_are_no_finding(ledger: SqliteLedger) -> None:
    odd = results(
        users="700", users_new="300", users_isolated="400", users_community="300", users_recovery="200"
    )

    assert codes(submit(ledger, odd)) == []
    assert codes(submit(ledger, results("CN-GX", users_new="901"))) == ["RT140"]


def test_the_result_of_a_targeted_case_counts_once(ledger: SqliteLedger) -> None:
    submit(ledger, cluster("CN-JS", {"cluster-1-1": 120, "cluster-1-2": 80}))
    submit(ledger, cluster("CN-ZJ", {"cluster-1-2": 80}))

    persons = total(ledger, "cluster_persons")

    assert persons.observation.value == 200
    assert len(persons.parts) == 2
    assert persons.observation.area == ("CN-JS", "CN-ZJ", "CN-JX", "CN-HN", "CN-SN")
    assert persons.coverage is not None
    assert (persons.coverage.reported, persons.coverage.expected) == (2, 8)
    assert total(ledger, "targeted_cases").observation.value == 2


def test_a_level_above_adjusts_a_figure_by_an_entry_of_its_own(ledger: SqliteLedger) -> None:
    submit(ledger, results("CN-YN"))
    before = total(ledger, "cases")

    entry = adjust_figure(
        ledger,
        CAMPAIGN,
        "results",
        "2022-07",
        "CN-YN",
        "cases",
        change=Decimal(-2),
        by=BUREAU,
        reason="led by Guangxi",
    )

    (figure,) = [
        one for one in ledger.figures(Query({"indicator": ("cases_solved",)})) if one.more["line"] == "cases"
    ]
    after, told = total(ledger, "cases"), trace(ledger, figure.entry)
    assert figure.observation.value == before.observation.value == 120
    assert (after.observation.value, after.parts) == (118, (figure.entry, entry))
    assert after.coverage == before.coverage
    assert [step.entry.id for step in told.decisions] == [entry]
    assert explained(trace(ledger, entry)).value == "-2"
    assert explained(told).steps[0].was == "-2"

    submit(ledger, results("CN-YN", cases="121"), reason="counted again")

    assert total(ledger, "cases").observation.value == 121


@pytest.mark.parametrize(
    ("by", "change", "reason", "line", "code"),
    [("CN-YN", "-2", "why", "cases", "RT124"), ("CN-GX", "-2", "why", "cases", "RT124"),
     (BUREAU, "0", "why", "cases", "RT144"), (BUREAU, "-2", " ", "cases", "RT144"),
     (BUREAU, "-121", "why", "cases", "RT144"), (BUREAU, "-2", "why", "nothing", "RT132")],
)  # fmt: skip
def test_unsound_adjustments_are_refused(
    ledger: SqliteLedger, by: str, change: str, reason: str, line: str, code: str
) -> None:
    submit(ledger, results("CN-YN"))

    with pytest.raises(ReturnRefused) as refused:
        adjust_figure(
            ledger,
            CAMPAIGN,
            "results",
            "2022-07",
            "CN-YN",
            line,
            change=Decimal(change),
            by=by,
            reason=reason,
        )
    assert refused.value.code == code
    assert total(ledger, "cases").observation.value == 120


def test_each_wave_has_totals_of_its_own_cases(ledger: SqliteLedger) -> None:
    first, *others = CAMPAIGN.waves
    later = msgspec.structs.replace(first, code="cluster-2", cases=("cluster-2-1",), units=("CN-JS", "CN-ZJ"))
    joint = msgspec.structs.replace(
        CAMPAIGN.joint("cluster-1-1"), code="cluster-2-1", wave="cluster-2", units=("CN-JS", "CN-ZJ")
    )
    campaign = msgspec.structs.replace(
        CAMPAIGN, waves=(first, later, *others), joints=(*CAMPAIGN.joints, joint)
    )
    filed = cluster("CN-JS", {"cluster-1-1": 120, "cluster-1-2": 80, "cluster-2-1": 33})
    assert submit_return(ledger, campaign, filed, by="CN-JS", received=datetime.date(2022, 8, 1)).stored

    told = {(one.wave, one.line): one.fact for one in return_wave_totals(ledger, campaign, "2022-07")}

    assert told["cluster-1", "cluster_persons"].observation.value == 200
    assert told["cluster-2", "cluster_persons"].observation.value == 33
    assert told["cluster-2", "cluster_persons"].observation.area == ("CN-JS", "CN-ZJ")
    assert [fact.coverage and (fact.coverage.reported, fact.coverage.expected) for fact in told.values()] == [
        (2, 8), (2, 8), (1, 1), (1, 1)
    ]  # fmt: skip
    assert len(told["cluster-1", "cluster_persons"].parts) == 2


def test_joint_results_that_contradict_are_refused(ledger: SqliteLedger) -> None:
    submit(ledger, cluster("CN-JS", {"cluster-1-1": 120}))

    outcome = submit(ledger, cluster("CN-ZJ", {"cluster-1-1": 121}))

    assert codes(outcome) == ["RT127"]
    assert "CN-JS" in outcome.remarks[0].says


def test_one_value_for_two_provinces_is_their_own_hauls_and_the_joint_one_once(ledger: SqliteLedger) -> None:
    submit(ledger, border("CN-YN", "700", "80"))
    submit(ledger, border("CN-GX", "300", "80"))

    imported = total(ledger, "drugs_imported")

    assert imported.observation.value == 1080
    assert imported.observation.area == ("CN-YN", "CN-GX")
    assert total(ledger, "drugs").observation.value == 0


def test_results_abroad_stay_out_of_domestic_sums(ledger: SqliteLedger) -> None:
    submit(ledger, results())
    rows = b"reporting_unit,round,line,value\n" + b"".join(
        f"cn-international,2022-07,abroad_{what},1800\n".encode() for what in ("hydroxylimine", "materials")
    )
    submit(ledger, rows)

    abroad = total(ledger, "abroad_hydroxylimine").observation
    assert (abroad.area, abroad.value, abroad.agency) == (("KH",), 1800, "kh-police")
    assert total(ledger, "precursors").observation.value == 100


def test_a_nil_return_is_counted_as_reported_and_a_missing_one_is_not(ledger: SqliteLedger) -> None:
    submit(ledger, nil("CN-GX"))
    before = total(ledger, "drugs_imported")
    submit(ledger, border("CN-YN", "700"))
    after = total(ledger, "drugs_imported")

    assert before.coverage is not None
    assert after.coverage is not None
    assert (before.coverage.reported, before.coverage.missing) == (1, ("CN-YN",))
    assert (after.coverage.complete, after.observation.value, after.status) == (True, 700, "p")


def test_a_total_is_marked_by_what_became_of_its_returns(ledger: SqliteLedger) -> None:
    assert total(ledger, "drugs_imported").status == "x"
    submit(ledger, border("CN-YN", "700"))
    submit(ledger, border("CN-GX", "300"))
    assert total(ledger, "drugs_imported").status == "p"
    for unit in ("CN-YN", "CN-GX"):
        accept_return(ledger, CAMPAIGN, "border", "2022-07", unit, by=BUREAU)
    assert total(ledger, "drugs_imported").status == ""
    submit(ledger, border("CN-GX", "310"), reason="weighed again")
    accept_return(ledger, CAMPAIGN, "border", "2022-07", "CN-GX", by=BUREAU)
    assert total(ledger, "drugs_imported").status == "r"


def test_only_lines_whose_figures_moved_are_marked_as_revised(ledger: SqliteLedger) -> None:
    units = [unit.code for unit in CAMPAIGN.expected(CAMPAIGN.form("results"), CAMPAIGN.round("2022-07"))]
    for unit in units:
        submit(ledger, results(unit))
    submit(ledger, results(gangs="10"), reason="one was counted late")
    submit(ledger, results(gangs="10", labs="1"), reason="and a site")
    for unit in units:
        accept_return(ledger, CAMPAIGN, "results", "2022-07", unit, by=BUREAU)

    revised = {one.line for one in return_totals(ledger, CAMPAIGN, "2022-07") if one.fact.status == "r"}

    assert revised == {"gangs", "labs"}


def test_details_add_up_where_a_unit_gives_no_figure_of_its_own(ledger: SqliteLedger) -> None:
    header = b"reporting_unit,round,line,area,period,value\n"
    details = b"CN-YN,2022-07,drugs_imported,Ruili,2022-07-01,5.5\nCN-YN,2022-07,drugs_imported,Ruili,2022-07-02,4\n"
    submit(ledger, header + details)

    assert total(ledger, "drugs_imported").observation.value == Decimal("9.5")
    assert codes(submit(ledger, header + details + b"CN-YN,2022-07,drugs_imported,,,9\n", reason="x")) == [
        "RT142"
    ]
    assert submit(
        ledger, header + details + b"CN-YN,2022-07,drugs_imported,,,12\n", reason="own figure"
    ).stored
    assert total(ledger, "drugs_imported").observation.value == 12


def test_units_that_share_an_area_never_share_a_cell(ledger: SqliteLedger) -> None:
    for unit in ("CN-XJ", "cn-xpcc", "cn-railway", "cn-border"):
        assert submit(ledger, results(unit)).stored

    cells = [
        (one.observation.area, one.observation.breakdown.get("scope"))
        for one in ledger.figures(Query())
        if one.more["line"] == "cases"
    ]

    assert len(set(cells)) == 4
    assert (("CN-XJ",), None) in cells


def test_totals_of_a_past_moment_stay_what_they_were(ledger: SqliteLedger) -> None:
    submit(ledger, border("CN-YN", "700"))
    then = return_totals(ledger, CAMPAIGN, "2022-07", as_of=1)
    submit(ledger, border("CN-YN", "710"), reason="weighed again")

    assert return_totals(ledger, CAMPAIGN, "2022-07", as_of=1) == then
    assert return_totals(ledger, CAMPAIGN, "2022-07") != then


def test_the_status_tells_who_has_reported_and_who_in_time(ledger: SqliteLedger) -> None:
    submit(ledger, border("CN-YN", "700"))
    accept_return(ledger, CAMPAIGN, "border", "2022-07", "云南", by=BUREAU)
    submit(ledger, nil("CN-GX"), received=datetime.date(2022, 8, 5), explanation="the line was down")

    status = return_status(ledger, CAMPAIGN, "2022-07", on=datetime.date(2022, 8, 6))
    at = [form.code for form in status.forms].index("border")
    cells = {row.unit.code: row.cells[at] for row in status.rows}

    assert (cells["CN-YN"].mark, cells["CN-YN"].late) == ("accepted", False)
    assert (cells["CN-GX"].mark, cells["CN-GX"].late, cells["CN-GX"].nil) == ("submitted", True, True)
    assert cells["CN-BJ"].mark == "none"
    assert status.rates[at] == type(status.rates[at])(reported=2, timely=1, accepted=1, expected=2)
    assert {row.cells[0].mark for row in status.rows} == {"overdue", "none"}


def test_thirty_six_units_add_up_exactly(ledger: SqliteLedger) -> None:
    form, on = CAMPAIGN.form("results"), CAMPAIGN.round("2022-07")
    units = [unit.code for unit in CAMPAIGN.expected(form, on)]
    for number, unit in enumerate(units):
        assert submit(ledger, results(unit, drugs=f"{number}.125")).stored

    drugs = total(ledger, "drugs")

    assert drugs.observation.value == sum(range(36)) + Decimal("0.125") * 36
    assert (drugs.arithmetic, len(drugs.parts)) == ("sum", 36)
    assert drugs.coverage is not None
    assert drugs.coverage.complete
    assert {ledger.entry(part).body["line"] for part in drugs.parts} == {"drugs"}


def test_the_same_return_brought_by_several_at_once_is_kept_once(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def bring(number: int) -> bool:
        with open_ledger(tmp_path / "record.db") as opened:
            return submit(opened, results()).stored

    with ThreadPoolExecutor(4) as pool:
        stored = list(pool.map(bring, range(8)))

    assert sorted(stored) == [False] * 7 + [True]


def test_a_return_with_a_hundred_remarks_tells_them_all_at_once(ledger: SqliteLedger) -> None:
    header = b"reporting_unit,round,line,area,value\n"
    rows = b"".join(
        b"CN-YN,2022-07,drugs_imported,County %d,-%d\n" % (number, number + 1) for number in range(100)
    )

    outcome = submit(ledger, header + rows)

    assert [remark.row for remark in outcome.remarks] == list(range(2, 102))
    assert ledger.head() is None


def test_details_of_one_value_on_several_days_are_all_counted(ledger: SqliteLedger) -> None:
    header = b"reporting_unit,round,line,area,period,value\n"
    rows = b"".join(b"CN-YN,2022-07,drugs_imported,Ruili,2022-07-%02d,5\n" % day for day in range(1, 11))

    submit(ledger, header + rows)

    assert (
        total(ledger, "drugs_imported").observation.value,
        len(total(ledger, "drugs_imported").parts),
    ) == (50, 10)


def test_a_figure_that_its_owner_corrects_marks_the_total_as_revised(ledger: SqliteLedger) -> None:
    door = OpenLedger(ledger)
    for unit, value in (("CN-YN", "700"), ("CN-GX", "300")):
        submit(ledger, border(unit, value))
        accept_return(ledger, CAMPAIGN, "border", "2022-07", unit, by=BUREAU)
    part = total(ledger, "drugs_imported").parts[1]

    door.correct(part, {"value": "310"}, reason="weighed again", author="CN-GX")

    revised = total(ledger, "drugs_imported")
    assert (revised.observation.value, revised.status) == (1010, "r")


def test_a_figure_that_is_rejected_is_missing_from_the_coverage(ledger: SqliteLedger) -> None:
    door = OpenLedger(ledger)
    submit(ledger, border("CN-YN", "700"))
    submit(ledger, border("CN-GX", "300"))

    door.review(total(ledger, "drugs_imported").parts[1], "reject", reason="of another year", author=BUREAU)

    left = total(ledger, "drugs_imported")
    assert left.coverage is not None
    assert (left.observation.value, left.coverage.missing, left.status) == (700, ("CN-GX",), "p")


def test_joint_results_that_contradict_are_put_right_by_sending_one_back(ledger: SqliteLedger) -> None:
    submit(ledger, cluster("CN-JS", {"cluster-1-1": 120}))
    submit(ledger, cluster("CN-ZJ", {"cluster-1-1": 120}))
    for unit in ("CN-JS", "CN-ZJ"):
        send_back_return(
            ledger, CAMPAIGN, "cluster", "2022-07", unit, by=BUREAU, queries=[{"says": "120 or 125?"}]
        )

    assert submit(ledger, cluster("CN-JS", {"cluster-1-1": 125})).stored
    assert submit(ledger, cluster("CN-ZJ", {"cluster-1-1": 125})).stored
    assert total(ledger, "cluster_persons").observation.value == 125

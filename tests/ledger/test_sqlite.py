"""The record: what is appended stays, corrections point to what they correct, the past can be asked."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from helpers import a_briefing, a_correction, a_review, an_observation
from tallyroom.ledger import DraftUnfit, SqliteLedger, open_ledger
from tallyroom.model import Draft, Ledger, NewEntry, Query

ALL = Query()


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        yield opened


def values(ledger: Ledger, query: Query = ALL, as_of: int | None = None) -> list[str]:
    return [str(figure.observation.value) for figure in ledger.figures(query, as_of)]


def test_a_correction_leaves_the_first_entry_in_place(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(a_correction(2, value="2590", low="2590", high="2590"))

    assert ledger.entry(2).body["value"] == "2589"
    (figure,) = ledger.figures(ALL)
    assert (figure.entry, figure.status, figure.observation.value) == (2, "corrected", Decimal(2590))


def test_the_past_is_answered_as_it_was_known(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    before = list(ledger.figures(ALL))
    between = datetime.datetime.now(datetime.UTC)
    ledger.append(a_correction(2, value="2590"))

    assert values(ledger) == ["2590"]
    assert list(ledger.figures(ALL, 1)) == list(ledger.figures(ALL, between)) == before
    assert values(ledger, as_of=0) == []


def test_a_rejected_figure_does_not_stand_until_it_is_accepted(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(a_review(2, "reject"))
    rejected = values(ledger)
    ledger.append(a_review(2, "accept"))

    assert rejected == []
    assert [figure.status for figure in ledger.figures(ALL)] == ["accepted"]


def test_an_amended_figure_is_found_by_what_it_says_now(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(a_review(2, "amend", indicator="cases_filed"))

    assert values(ledger, Query({"indicator": ("cases_filed",)})) == ["2589"]
    assert values(ledger, Query({"indicator": ("cases_solved",)})) == []


def test_figures_of_a_superseded_version_no_longer_stand(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(a_briefing("2,600", about=(1,)))

    assert values(ledger) == ["2600"]
    assert values(ledger, as_of=1) == ["2589"]


def test_mentions_of_one_cell_are_linked_and_equal_ones_are_one_claim(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589", "2,589", "2,600"))

    assert [(f.entry, f.mentions) for f in ledger.figures(ALL)] == [(2, (3, 4)), (4, (2, 3))]


def test_copies_of_one_release_are_one_claim_with_several_carriers(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589", id="ministry"))
    ledger.append(a_briefing("2,589", "77", id="paper", copy_of=1))

    claims = [(str(f.observation.value), f.observation.source, f.carriers) for f in ledger.figures(ALL)]
    assert claims == [("2589", "ministry", ("paper",)), ("77", "paper", ())]
    (of_paper, _) = ledger.figures(Query({"source": ("paper",)}))
    assert (of_paper.observation.source, of_paper.carriers) == ("paper", ("ministry",))


def test_agencies_are_never_merged(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589", id="a", agency="cn-mps"))
    ledger.append(a_briefing("2,589", id="b", agency="cn-mps-ncb", copy_of=1))

    assert [figure.carriers for figure in ledger.figures(ALL)] == [(), ()]


def test_a_figure_of_two_places_is_one_of_neither_alone(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589", area=("CN-YN", "CN-GX")))

    assert values(ledger, Query({"area": ("CN-YN",)})) == []
    assert values(ledger, Query({"area": ("CN-YN", "CN-GX", "CN")})) == ["2589"]


def test_a_period_takes_in_what_it_contains(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    day = datetime.date

    assert values(ledger, Query({}, (day(2022, 6, 25), day(2022, 7, 31)))) == ["2589"]
    assert values(ledger, Query({}, (day(2022, 6, 25), day(2022, 7, 30)))) == []
    assert values(ledger, Query({}, (day(2022, 6, 26), day(2022, 7, 31)))) == []


def test_a_body_comes_back_as_it_went_in(ledger: SqliteLedger) -> None:
    row = an_observation("八百", upper=Decimal("0.750"), breakdown={"role": "user"}, area=()).row()
    body = {**row, "cell": "Form!D12", "joint": ["CN-YN", "CN-GX"], "coverage": {"expected": 31}}
    source = NewEntry("document", {"id": "doc", "sha256": "0" * 64, "lists": [None, True, 3]})
    ledger.append(Draft("desk", "test", (source, NewEntry("observation", body, (-1,)))))

    assert ledger.entry(1).body == source.body
    assert ledger.entry(2).body == body
    assert next(ledger.figures(ALL)).more == {key: body[key] for key in ("cell", "joint", "coverage")}


def test_entries_are_found_by_what_they_concern(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589", "77"))
    ledger.append(Draft("desk", "filed", (NewEntry("return", {"unit": "CN-YN"}, (1,)),)))
    body = an_observation("5").row()
    ledger.append(Draft("desk", "more", (NewEntry("observation", body, (1, 4)),)))

    assert [entry.id for entry in ledger.entries("observation", about=[1])] == [2, 3, 5]
    assert [entry.id for entry in ledger.entries("observation", about=[4])] == [5]
    assert [entry.id for entry in ledger.entries("return", about=[1, 2])] == [4]
    assert [entry.id for entry in ledger.entries("observation", as_of=1)] == [2, 3]


def test_figures_of_a_return_that_was_sent_back_do_not_stand(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    ledger.append(Draft("CN-YN", "filed", (NewEntry("return", {"reporting_unit": "CN-YN"}, (1,)),)))
    for decision in ("sent back", "accepted"):
        ledger.append(Draft("CN", decision, (NewEntry("decision", {"decision": decision}, (3,)),)))

    assert [values(ledger, as_of=commit) for commit in (1, 2, 3, 4)] == [["2589"], ["2589"], [], ["2589"]]
    assert list(ledger.verify()) == []


def test_sources_are_kept_whole_and_once(ledger: SqliteLedger) -> None:
    data = b"\x00 a briefing \xff" * 1000
    entry = NewEntry("document", {"id": "doc"})
    for _ in range(2):
        ledger.append(Draft("desk", "test", (entry,), (data,)))

    kept = ledger._connection.execute("SELECT sha256, length(packed) FROM sources").fetchall()
    assert [sha256 for sha256, _ in kept] == [hashlib.sha256(data).hexdigest()]
    assert ledger.source(kept[0][0]) == data
    assert kept[0][1] < len(data)


def test_each_commit_names_its_parent(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger") as ledger:
        made = [ledger.append(a_briefing("2,589", id=name)) for name in "abc"]
    with open_ledger(tmp_path / "ledger", create=False) as again:
        commits = list(again.commits())

    assert commits == made
    assert [commit.parent for commit in commits] == ["", made[0].hash, made[1].hash]
    assert [commit.entries for commit in commits] == [(1, 3), (3, 5), (5, 7)]
    assert len({commit.hash for commit in commits}) == 3


def test_a_prepared_observation_is_kept_as_its_body_would_be(ledger: SqliteLedger) -> None:
    rows = [
        an_observation("八百", upper=Decimal("0.750"), breakdown={"site": "lab", "role": "user"}, area=()),
        an_observation("2,589", area=("CN-YN", "CN-GX"), low=None, high_open=True, confidence=1),
    ]
    plain = [row.row() for row in rows]
    prepared = ledger.prepared(rows)
    for bodies in (plain, prepared):
        entries = [
            NewEntry("document", {"id": "doc"}),
            *(NewEntry("observation", body, (-1,)) for body in bodies),
        ]
        ledger.append(Draft("desk", "test", tuple(entries)))

    assert prepared == plain
    first, second = ([ledger.entry(id).body for id in ids] for ids in ((2, 3), (5, 6)))
    assert first == second == plain
    columns = "SELECT cell, claim, area, breakdown, value, upper, low FROM observations ORDER BY entry"
    stored = ledger._connection.execute(columns).fetchall()
    assert stored[:2] == stored[2:]
    assert list(ledger.verify()) == []


def test_a_value_that_is_no_number_is_not_kept(ledger: SqliteLedger) -> None:
    with pytest.raises(DraftUnfit, match="no number"):
        ledger.prepared([an_observation(value=Decimal("NaN"))])
    for body in ({"value": "NaN"}, {"value": "1e3"}, {"value": "1.0"}, {"area": "CN"}, {"period": "2022"}):
        entry = NewEntry("observation", {**an_observation().row(), **body}, (-1,))
        with pytest.raises(DraftUnfit):
            ledger.append(Draft("desk", "test", (NewEntry("document", {"id": "doc"}), entry)))
    assert ledger.head() is None


@pytest.mark.parametrize(
    "entry",
    [
        NewEntry("observation", an_observation().row()),
        NewEntry("observation", an_observation().row(), (7,)),
        NewEntry("observation", {"source": "doc"}, (-1,)),
        NewEntry("correction", {"values": {"value": "1"}}, (-1,)),
        NewEntry("correction", {"values": {"valeu": "1"}}, (-2,)),
        NewEntry("correction", {"values": {"value": "one"}}, (-2,)),
        NewEntry("review", {"verdict": "perhaps"}, (-2,)),
        NewEntry("review", {}, (-2,)),
        NewEntry("rumour", {}),
        NewEntry("document", {}),
        NewEntry("document", {"id": "b", "copy_of": 2}),
        NewEntry("document", {"id": "b\ud800"}),
        NewEntry("release", {"name": object()}),
    ],
)
def test_a_draft_that_is_not_fit_is_refused_whole(ledger: SqliteLedger, entry: NewEntry) -> None:
    whole = a_briefing("2,589")

    with pytest.raises(DraftUnfit, match="nothing was stored"):
        ledger.append(Draft("desk", "test", (*whole.entries, entry), (b"source",)))
    assert ledger.head() is None
    assert ledger._connection.execute("SELECT count(*) FROM sources").fetchall() == [(0,)]
    ledger.append(whole)


def test_what_is_done_in_one_go_is_kept_whole_or_not_at_all(ledger: SqliteLedger) -> None:
    def two_and_a_failure() -> None:
        with ledger.writing():
            ledger.append(a_briefing("1", id="a"))
            ledger.append(a_briefing("2", id="b"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        two_and_a_failure()
    assert ledger.head() is None
    ledger.append(a_briefing("1"))
    assert list(ledger.verify()) == []

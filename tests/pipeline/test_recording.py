"""Readings that go into the record: what is known adds nothing, versions and copies are linked."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from helpers import a_correction, a_document, a_review, an_observation
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.ledger import SqliteLedger
from tallyroom.model import Query
from tallyroom.pipeline.reading import Failure, Sourced
from tallyroom.pipeline.recording import AnotherDocument, Recorder, SourceMissing

ALL = Query()
RELEASE = (
    "In July officers solved 41 drug cases; they arrested 55 suspects. The inspector thanked all divisions for "
    "it, the harbour police lent two vessels, the border police their dogs. More was to be said in autumn."
)


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook(["core"])


@pytest.fixture
def recorder(ledger: SqliteLedger, codebook: Codebook) -> Recorder:
    return Recorder(ledger, codebook, "desk", "tallyroom test")


def a_sourced(
    text: str, *figures: str, id: str = "doc", about: dict[str, Any] | None = None, **changes: Any
) -> Sourced:
    """A reading in which each figure is one of an indicator of its own: `41`, `55` are cases, people."""
    kinds = ("cases_solved", "persons_arrested", "groups_dismantled", "deaths")
    rows = tuple(
        an_observation(
            figure, text.index(figure), value=Decimal(figure), indicator=kind, source=id, **changes
        )
        for figure, kind in zip(figures, kinds, strict=False)
    )
    return Sourced(a_document(text, id=id, **(about or {})), rows, (), text.encode())


def values(ledger: SqliteLedger) -> list[str]:
    return [str(figure.observation.value) for figure in ledger.figures(ALL)]


def test_reading_a_document_twice_adds_nothing(ledger: SqliteLedger, recorder: Recorder) -> None:
    first = recorder.one(a_sourced(RELEASE, "41", "55"))
    again = recorder.one(a_sourced(RELEASE, "41", "55"))

    assert (first.outcome, again.outcome, again.commit) == ("new", "unchanged", None)
    assert len(list(ledger.commits())) == 1


def test_the_source_and_its_text_are_kept_whole(ledger: SqliteLedger, recorder: Recorder) -> None:
    recorder.one(a_sourced(RELEASE, "41"))
    body = ledger.entry(1).body

    assert ledger.source(body["sha256"]) == RELEASE.encode()
    row = ledger.entry(2).body
    assert ledger.source(body["text"]).decode()[row["start"] : row["end"]] == row["text"]


def test_a_changed_document_is_a_new_version_with_its_differences(
    ledger: SqliteLedger, recorder: Recorder
) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55"))
    changed = recorder.one(a_sourced(RELEASE.replace("41", "42"), "42", "55"))

    told = [(c.kind, c.before and c.before["value"], c.after and c.after["value"]) for c in changed.changes]
    assert told == [("value", "41", "42")]
    assert values(ledger) == ["42", "55"]
    assert [str(f.observation.value) for f in ledger.figures(ALL, 1)] == ["41", "55"]


def test_decisions_go_on_with_the_figures_that_a_new_version_keeps(
    ledger: SqliteLedger, recorder: Recorder
) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55"))
    ledger.append(a_correction(2, value="40"))
    ledger.append(a_review(3, "reject"))
    changed = recorder.one(a_sourced("Told again. " + RELEASE, "41", "55"))

    assert changed.changes == ()
    assert values(ledger) == ["40"]
    assert [entry.body["carried_from"] for entry in ledger.entries("review", about=[5])] == [5]


def test_all_decisions_about_a_figure_go_on_in_their_order(ledger: SqliteLedger, recorder: Recorder) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55"))
    ledger.append(a_correction(2, value="40"))
    ledger.append(a_review(2, "accept"))
    for words in ("Told again. ", "Told once more. "):
        recorder.one(a_sourced(words + RELEASE, "41", "55"))

    first = next(ledger.figures(ALL))
    assert (first.observation.value, first.status) == (40, "accepted")
    assert list(ledger.verify()) == []


def test_a_decision_about_a_figure_that_is_gone_is_told(ledger: SqliteLedger, recorder: Recorder) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55"))
    ledger.append(a_correction(2, value="40"))

    assert recorder.one(a_sourced(RELEASE.replace("41", "42"), "42", "55")).lost == (4,)


def test_nearly_the_same_text_is_one_release_with_several_carriers(
    ledger: SqliteLedger, recorder: Recorder
) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55", id="ministry"))
    copy = recorder.one(a_sourced("The Daily, Tuesday: " + RELEASE, "41", "55", id="daily"))

    assert copy.copy_of == "ministry"
    assert [(f.observation.source, f.carriers) for f in ledger.figures(ALL)] == [("ministry", ("daily",))] * 2


def test_a_carrier_that_names_its_source_is_a_copy(ledger: SqliteLedger, recorder: Recorder) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55", id="ministry", about={"publisher": "Harbour Office"}))
    text = "41 cases and 55 arrests are what the Harbour Office counted, our reporter learned."
    elsewhere = "41 cases and 55 arrests are what somebody counted, our reporter learned."
    about = {"publisher": "The Daily"}

    assert recorder.one(a_sourced(elsewhere, "41", "55", id="rumour", about=about)).copy_of is None
    assert recorder.one(a_sourced(text, "41", "55", id="daily", about=about)).copy_of == "ministry"


def test_the_same_words_of_another_month_are_no_copy(ledger: SqliteLedger, recorder: Recorder) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55", id="july"))
    later = a_sourced(RELEASE.replace("41", "43").replace("55", "57"), "43", "57", id="august")

    assert recorder.one(later).copy_of is None


def test_another_document_of_the_same_name_is_refused(ledger: SqliteLedger, recorder: Recorder) -> None:
    recorder.one(a_sourced(RELEASE, "41", "55"))
    text = "Nine months later, 77 dealers were found; the court sat for weeks, and 99 came to watch it there."
    other = Sourced(
        a_document(text, title="A court"),
        (an_observation("77", text.index("77"), indicator="deaths"),),
        (),
        text.encode(),
    )

    with pytest.raises(AnotherDocument, match=r"another document of the record has the name 'doc'"):
        recorder.one(other)
    outcomes = list(recorder.all_of([other, a_sourced(RELEASE, "41", id="third")]))
    assert [one.code if isinstance(one, Failure) else one.outcome for one in outcomes] == ["LG112", "new"]
    assert (
        Recorder(ledger, load_codebook(["core"]), "desk", "p", replace=True).one(other).outcome == "changed"
    )


def test_the_next_bulletin_of_a_series_is_another_document(ledger: SqliteLedger, recorder: Recorder) -> None:
    july, august = (
        a_sourced(
            text, "41", "55", id="index", about={"published": published}, period=f"{month}-01/{month}-31"
        )
        for text, published, month in (
            (RELEASE, datetime.date(2025, 8, 5), "2025-07"),
            (RELEASE.replace("July", "August"), datetime.date(2025, 9, 5), "2025-08"),
        )
    )
    recorder.one(july)

    with pytest.raises(AnotherDocument):
        recorder.one(august)


def test_a_reading_without_its_source_is_not_kept(ledger: SqliteLedger, recorder: Recorder) -> None:
    reading = a_sourced(RELEASE, "41")
    bare = Sourced(reading.document, reading.observations, ())

    with pytest.raises(SourceMissing):
        recorder.one(bare)
    assert ledger.head() is None


def test_a_text_that_is_no_unicode_fails_alone(ledger: SqliteLedger, recorder: Recorder) -> None:
    good, bad = a_sourced(RELEASE, "41", id="good"), a_sourced(RELEASE, "41", id="bad")
    row = an_observation("41", counted="\ud800", source="bad")
    bad = Sourced(bad.document, (row,), (), bad.data)

    outcomes = list(recorder.all_of([bad, good]))

    assert [one.code if isinstance(one, Failure) else one.outcome for one in outcomes] == ["LG109", "new"]
    half = Sourced(a_document("41 \ud800"), (), (), b"")
    (failed,) = recorder.all_of([half])
    assert isinstance(failed, Failure)
    assert len(list(ledger._connection.execute("SELECT 1 FROM sources"))) == 1

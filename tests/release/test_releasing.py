"""From a record to a release and back: frozen, verified, rebuilt, revised, compared, traced."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import tallyroom
from tallyroom.cli import main
from tallyroom.errors import TallyroomError
from tallyroom.pipeline.founding import JULY, SEPTEMBER, correct_founding, file_founding
from tallyroom.pipeline.ledgers import OpenLedger

EXAMPLES = Path(__file__).parent.parent.parent / "examples/releases"
pytestmark = pytest.mark.xdist_group("releasing")


class Desk:
    """A record with three releases: July, September, and September revised."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.record = folder, folder / "record.db"
        with tallyroom.open_ledger(self.record) as ledger:
            file_founding(ledger.ledger, JULY, folder / "returns/july")
            self.july = self._build(ledger, "founding")
            file_founding(ledger.ledger, SEPTEMBER, folder / "returns/september")
            self.september = self._build(ledger, "september")
            correct_founding(ledger.ledger, folder / "returns/corrected")
            self.revised = self._build(ledger, "revised")

    def _build(self, ledger: OpenLedger, name: str) -> Path:
        ledger.build_release(EXAMPLES / f"{name}.yaml", self.folder / name, author="desk")
        return self.folder / name


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to / "copy")
    return to / "copy"


def test_releases_are_rebuilt_byte_for_byte_after_the_record_went_on(desk: Desk, tmp_path: Path) -> None:
    for folder in (desk.july, desk.september, desk.revised):
        assert tallyroom.verify_release(copied(folder, tmp_path / folder.name), desk.record) == []


def test_a_manifest_names_what_the_release_was_made_from(desk: Desk) -> None:
    manifest = json.loads((desk.july / "manifest.json").read_text("utf-8"))

    assert manifest["mark"] == "GENERATED DATA"
    assert manifest["ledger"]["commit"] > 0
    assert len(manifest["ledger"]["hash"]) == len(manifest["codebook"]["digest"]) == 64
    assert set(manifest["codebook"]["versions"]) == {"core", "enforcement", "narcotics"}
    assert set(manifest["fonts"]) == {"TallyroomSans-Bold.otf", "TallyroomSans-Regular.otf"}
    assert manifest["program"] == f"tallyroom {tallyroom.__version__}"
    named = {path.relative_to(desk.july).as_posix() for path in desk.july.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == named - {"manifest.json"}


def test_building_a_release_again_gives_the_same_bytes_and_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    with tallyroom.open_ledger(desk.record) as ledger:
        before = ledger.head()
        built = ledger.build_release(EXAMPLES / "founding.yaml", tmp_path / "again")

        assert ledger.head() == before
    assert not built.new
    for path in sorted(found for found in desk.july.rglob("*") if found.is_file()):
        assert (tmp_path / "again" / path.relative_to(desk.july)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "name", ["founding-2022-08-05.en.pdf", "founding-2022-08-05.csv", "source/release.yaml"]
)
def test_an_edited_file_is_named(desk: Desk, tmp_path: Path, name: str) -> None:
    folder = copied(desk.july, tmp_path)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)

    found = tallyroom.verify_release(folder, desk.record)

    assert [(error.code, error.where) for error in found] == [("RL109", str(folder / name))]


def test_a_missing_file_and_a_strange_one_are_named(desk: Desk, tmp_path: Path) -> None:
    folder = copied(desk.july, tmp_path)
    (folder / "founding-2022-08-05.zh.docx").unlink()
    (folder / "more.txt").write_text("more")

    found = tallyroom.verify_release(folder)

    assert {(error.code, Path(error.where).name) for error in found} == {
        ("RL109", "founding-2022-08-05.zh.docx"),
        ("RL109", "more.txt"),
    }


def test_a_manifest_that_was_changed_with_its_file_does_not_hold_against_the_record(
    desk: Desk, tmp_path: Path
) -> None:
    import hashlib

    folder = copied(desk.july, tmp_path)
    text = folder / "founding-2022-08-05.en.txt"
    text.write_text(text.read_text("utf-8").replace("2,589", "2,689"), "utf-8")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"][text.name]["sha256"] = hashlib.sha256(text.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    assert tallyroom.verify_release(folder) == []
    assert [error.code for error in tallyroom.verify_release(folder, desk.record)] == ["RL112"]


def test_a_record_without_the_commit_is_refused(desk: Desk, tmp_path: Path) -> None:
    with tallyroom.open_ledger(tmp_path / "other.db"):
        pass

    with pytest.raises(TallyroomError) as refused:
        tallyroom.verify_release(desk.july, tmp_path / "other.db")

    assert refused.value.code == "RL110"


def test_what_was_published_is_not_published_otherwise(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "founding.yaml"
    other.write_text((EXAMPLES / "founding.yaml").read_text("utf-8").replace("Beijing", "Peking"), "utf-8")

    with tallyroom.open_ledger(desk.record) as ledger, pytest.raises(TallyroomError) as refused:
        ledger.build_release(other, tmp_path / "release")

    assert refused.value.code == "RL113"
    assert not (tmp_path / "release").exists()


def test_a_folder_with_something_else_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    with tallyroom.open_ledger(desk.record) as ledger, pytest.raises(TallyroomError) as refused:
        ledger.build_release(EXAMPLES / "founding.yaml", tmp_path)

    assert refused.value.code == "RL114"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_revision_marks_what_moved_and_nothing_else(desk: Desk) -> None:
    text = (desk.revised / "founding-2022-09-21.en.txt").read_text("utf-8")
    told = json.loads((desk.revised / "founding-2022-09-21.figures.json").read_text("utf-8"))["facts"]

    assert "8,664[r] drug cases were solved" in text
    assert "[r] revised" in text
    assert sum(fact["status"] == "r" for fact in told) == 6
    assert "[r]" not in (desk.september / "founding-2022-09-15.en.txt").read_text("utf-8")


def test_a_comparison_tells_what_moved_who_corrected_it_and_why(desk: Desk) -> None:
    compared = tallyroom.compare_releases(desk.september, desk.revised)

    assert (len(compared.moves), compared.same) == (6, 104)
    first = compared.moves[0]
    assert (first.cell["indicator"], first.before, first.now) == ("cases_solved", "8657", "8664 [r]")
    (cause,) = first.causes
    assert (cause.kind, cause.by, cause.before, cause.now) == ("corrected", "CN-HN", "439", "446")
    assert "had not been entered" in cause.reason


def test_a_later_day_is_told_as_growth(desk: Desk) -> None:
    compared = tallyroom.compare_releases(desk.july, desk.september)

    assert {cause.kind for move in compared.moves for cause in move.causes} == {"later"}
    assert compared.moves[0].before == "2589"


def test_a_trace_leads_forward_to_the_releases(desk: Desk) -> None:
    with tallyroom.open_ledger(desk.record) as ledger:
        figure = ledger.figures("indicator=cases_solved area=CN-HN period=2022-06/2022-07")[0]
        releases = ledger.trace(figure.entry).releases

    assert [step.entry.body["id"] for step in releases] == ["founding-2022-08-05"]


def test_both_editions_of_every_release_read_back_as_the_same_cells(desk: Desk) -> None:
    for folder, day in (
        (desk.july, "2022-08-05"),
        (desk.september, "2022-09-15"),
        (desk.revised, "2022-09-21"),
    ):
        read = [
            sorted(
                (row.indicator, row.value, row.unit, row.area, row.substance or "", row.period or "")
                for row in tallyroom.read(path, published=day).observations
            )
            for path in sorted(folder.glob("*.txt"))
        ]
        assert len(read) == 2
        assert read[0] == read[1]


def test_the_command_builds_verifies_lists_and_compares(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = ["--ledger", str(desk.record)]

    assert (
        main(["release", "build", str(EXAMPLES / "founding.yaml"), "-o", str(tmp_path / "out"), *ledger]) == 0
    )
    assert "founding-2022-08-05.zh.pdf" in capsys.readouterr().out
    assert main(["release", "verify", str(tmp_path / "out"), *ledger]) == 0
    assert main(["release", "list", *ledger]) == 0
    assert "revises founding-2022-09-15" in capsys.readouterr().out
    assert main(["release", "diff", str(desk.september), str(desk.revised)]) == 0
    assert "corrected CN-HN: 439 -> 446" in capsys.readouterr().out
    (tmp_path / "out/founding-2022-08-05.en.txt").write_text("changed")
    assert main(["release", "verify", str(tmp_path / "out")]) == 1
    assert "[RL109]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "where", "tells"),
    [
        ("campaign:", "campain:", "r.yaml:8", "did you mean 'campaign'?"),
        ("campaign: hundred-days-2022", "campaign: hundred-day-2022", "r.yaml:8", "hundred-days-2022"),
        ("editions: [zh, en]", "editions: [zh, fr]", "r.yaml:14", "fr"),
        ('round: "2022-07"', "area: [CN]", "r.yaml:10", "one of them is missing"),
        ("date: 2022-08-05", "date: soon", "r.yaml:7", "a day"),
        ("editions: [zh, en]", "as_of: yesterday", "r.yaml:14", "a commit's number"),
        ("editions: [zh, en]", "period: 2022", "r.yaml:14", "text"),
        ("editions: [zh, en]", "period: 2022-07", "r.yaml:14", "FIRST/LAST"),
        ('round: "2022-07"', 'round: "2022-08"', "r.yaml", "2022-07"),
        ("[cases, suspects, drugs]", "[casses]", "r.yaml", "did you mean 'cases'?"),
    ],
)
def test_a_mistake_in_a_release_file_is_told_with_its_line(
    desk: Desk, tmp_path: Path, old: str, new: str, where: str, tells: str
) -> None:
    text = (EXAMPLES / "founding.yaml").read_text("utf-8")
    assert old in text
    text = text.replace(old, new).replace("release: founding-2022-08-05", "release: tried")
    (tmp_path / "r.yaml").write_text(text, "utf-8")

    with tallyroom.open_ledger(desk.record) as ledger, pytest.raises(TallyroomError) as refused:
        ledger.build_release(tmp_path / "r.yaml")

    assert refused.value.code in ("RL101", "RL106")
    assert refused.value.where == where
    assert tells in str(refused.value)


STATED = """\
release: stated-2022-08-06
title: { zh: 缴获情况, en: Seizures }
publisher: { zh: 某局, en: A bureau }
date: 2022-08-06
embargo: 2022-08-06 10:00 (UTC+8)
query:
  stated: { indicator: "quantity_seized,cases_solved" }
template: campaign-bulletin
marks:
  - { mark: e, where: { substance: heroin } }
"""


def test_what_briefings_state_is_published_with_its_qualifier_and_its_marks(tmp_path: Path) -> None:
    said = "2022年7月，全国公安机关共破获毒品犯罪案件320余起，缴获海洛因12.5公斤。"
    (tmp_path / "stated.yaml").write_text(STATED, "utf-8")
    with tallyroom.open_ledger(tmp_path / "record.db") as ledger:
        ledger.record(tallyroom.read(text=said, published="2022-08-01", keep=True))
        built = ledger.build_release(tmp_path / "stated.yaml", tmp_path / "out")

    english = built.files["stated-2022-08-06.en.txt"].decode()
    assert "more than 320 drug cases were solved" in english
    assert "12.5 kg[e] of heroin were seized" in english
    assert "超过320起" in built.files["stated-2022-08-06.zh.txt"].decode()
    assert "Embargo: not for publication before 2022-08-06 10:00 (UTC+8)" in english
    assert "GENERATED DATA" not in english
    page = built.files["stated-2022-08-06.zh.html"].decode()
    assert "<mark>320余起</mark>" in page
    assert "@top-center" not in page
    assert tallyroom.verify_release(tmp_path / "out", tmp_path / "record.db") == []

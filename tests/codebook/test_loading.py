"""Codebooks are found, compiled, overlaid and cached."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from tests.codebook.conftest import Writer

import tallyroom
from tallyroom.codebook import Codebook, CodebookError, Term, books, load_codebook
from tallyroom.codebook.cache import KEPT, cached

LABEL = "label: { en: A, zh: 甲 }"


def terms(codebook: Codebook, word: str) -> list[Term]:
    return [term for term in codebook.terms if term.word == word]


def code_of(caught: pytest.ExceptionInfo[CodebookError]) -> str:
    return caught.value.code


def test_without_a_name_all_shipped_codebooks_apply(shipped: Codebook) -> None:
    assert shipped.names == ("core", "enforcement", "narcotics")


def test_a_name_chooses_that_codebook_and_core() -> None:
    assert load_codebook(["narcotics"]).names == ("core", "narcotics")


def test_a_folder_alone_overlays_all_shipped_codebooks(book: Writer) -> None:
    assert load_codebook([book({})]).names == ("core", "enforcement", "narcotics", "mine")


def test_a_name_that_is_no_codebook_is_refused_with_the_nearest() -> None:
    with pytest.raises(CodebookError) as caught:
        load_codebook(["narcotic"])

    assert code_of(caught) == "CB114"
    assert "narcotics" in caught.value.next_step


def test_words_are_folded_and_those_of_other_characters_become_one(book: Writer) -> None:
    folder = book({"wording/zh/a.yaml": "- { words: [查獲假貨單, 查获假货单, ＫＴＶ包廂], action: seize }"})

    codebook = load_codebook(["core", folder])

    assert len(terms(codebook, "查获假货单")) == 1
    assert len(terms(codebook, "ktv包厢")) == 1


def test_english_forms_are_added_on_request_only(book: Writer) -> None:
    entries = """
- { words: [swoop on], action: arrest, inflect: verb }
- { words: [moonshine factory], thing: site, inflect: noun }
- { words: [gizmo], thing: item }
"""
    words = {term.word for term in load_codebook([book({"wording/en/a.yaml": entries})]).terms}

    assert {"swoop on", "swoops on", "swooped on", "swooping on", "moonshine factories", "gizmo"} <= words
    assert "gizmos" not in words


def test_a_word_of_an_overlay_replaces_all_meanings_of_that_word(book: Writer) -> None:
    folder = book({"wording/zh/a.yaml": "- { words: [缴获], thing: item }"})

    found = terms(load_codebook([folder]), "缴获")

    assert [(term.action, term.thing) for term in found] == [(None, "item")]


def test_two_meanings_in_one_overlay_both_stay(book: Writer) -> None:
    entries = "- { words: [缴获], thing: item }\n- { words: [缴获], action: seize, weight: 1 }"

    found = terms(load_codebook([book({"wording/zh/a.yaml": entries})]), "缴获")

    assert {term.weight for term in found} == {0, 1}


def test_a_code_of_an_overlay_replaces_that_code_and_no_other(book: Writer) -> None:
    folder = book({"lists/channels.yaml": f"air: {{ {LABEL} }}\ntunnel: {{ {LABEL} }}"})

    channels = load_codebook([folder]).lists["channels"]

    assert channels["air"].label == {"en": "A", "zh": "甲"}
    assert {"road", "tunnel"} <= set(channels)


def test_a_code_twice_in_one_codebook_is_refused_with_both_places(book: Writer) -> None:
    entry = f"x: {{ {LABEL}, group: drugs, names: {{ en: [xyzzy] }} }}"

    with pytest.raises(CodebookError) as caught:
        load_codebook([book({"substances/one.yaml": entry, "substances/two.yaml": entry})])

    assert code_of(caught) == "CB113"
    assert caught.value.where.endswith("two.yaml:1")
    assert caught.value.found.endswith("one.yaml:1")


def test_a_shipped_codebook_may_not_replace_a_code_of_another(
    book: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = book({"lists/channels.yaml": f"air: {{ {LABEL} }}"}, name="core")
    book({"lists/channels.yaml": f"air: {{ {LABEL} }}"}, name="other")
    monkeypatch.setattr(books, "shipped_folder", lambda: Path(first).parent)

    with pytest.raises(CodebookError) as caught:
        load_codebook()

    assert code_of(caught) == "CB113"
    assert caught.value.where == "other/lists/channels.yaml:1"


def test_substances_become_terms_and_ambiguous_names_wait_for_context(book: Writer) -> None:
    entry = f"zoomer: {{ {LABEL}, names: {{ en: [zoomerine] }}, context_aliases: {{ en: [zoom] }} }}"
    codebook = load_codebook([book({"substances.yaml": entry})])

    (name,), (alias,) = terms(codebook, "zoomerine"), terms(codebook, "zoom")

    assert (name.thing, name.marks, name.cue) == ("drug", {"substance": "zoomer"}, None)
    assert (alias.marks, alias.cue) == ({"substance": "zoomer"}, "context_only")


def test_units_keep_their_factors_exactly(book: Writer) -> None:
    entry = "grain: { measure: mass, words: [{ factor: 0.00006479891, en: [Grains] }] }"

    units = [unit for unit in load_codebook([book({"units.yaml": entry})]).units if unit.code == "grain"]

    assert [(unit.factor, unit.words) for unit in units] == [(Decimal("0.00006479891"), {"en": ("grains",)})]


CAMPAIGN = """
campaign: autumn-2025
names: { zh: ['秋季"利剑"行动'], en: [Autumn Action] }
label: { en: Autumn Action, zh: 秋季行动 }
agency: cn-test
start: 2025-09-01
planned_end: 2025-11-30
releases: [{ published: 2025-10-05, until: 2025-09-30 }]
operations:
  net-2025: { names: { zh: [天罗] }, label: { en: Net, zh: 天罗 }, marks: { origin: imported } }
"""


def test_an_operation_has_the_dates_and_the_agency_of_its_campaign(book: Writer) -> None:
    operation = load_codebook([book({"campaigns/autumn.yaml": CAMPAIGN})]).operations["net-2025"]

    assert (operation.parent, operation.campaign, operation.agency) == (
        "autumn-2025",
        "autumn-2025",
        "cn-test",
    )
    assert str(operation.start) == "2025-09-01"
    assert str(operation.releases[0].until) == "2025-09-30"
    assert operation.marks == {"origin": "imported"}


def test_a_quoted_name_is_known_with_other_quotation_marks_and_without(book: Writer) -> None:
    codebook = load_codebook([book({"campaigns/autumn.yaml": CAMPAIGN})])

    for word in ('秋季"利剑"行动', "秋季「利剑」行动", "秋季利剑行动"):
        assert [term.operation for term in terms(codebook, word)] == ["autumn-2025"]


def test_an_area_gives_names_adjectives_context_names_and_short_names(book: Writer) -> None:
    entry = f"""
ZZ:
  {LABEL}
  names: {{ en: [zedland] }}
  adjectives: {{ en: [zedish] }}
  context: {{ en: [zed] }}
  short: {{ zh: [兹] }}
"*ZZ": {{ en: [zedville] }}
"""
    codebook = load_codebook([book({"areas/z.yaml": entry})])

    found = {word: terms(codebook, word)[0] for word in ("zedland", "zedish", "zed", "zedville")}
    assert [(term.area, term.cue) for term in found.values()] == [
        (("ZZ",), None), (("ZZ",), "demonym"), (("ZZ",), "context_only"), (("*ZZ",), None),
    ]  # fmt: skip
    assert codebook.short_areas["兹"] == ("ZZ",)
    assert not terms(codebook, "兹")


def test_a_mapping_under_wording_is_a_word_list_of_others_and_gives_no_terms(book: Writer) -> None:
    folder = book({"wording/zh/numbers.yaml": "scales: { 万: 10000 }"})

    assert load_codebook([folder]).terms == load_codebook().terms


@pytest.mark.parametrize(
    ("path", "content", "code", "where"),
    [
        ("wording/zh/a.yaml", "- { wrods: [缴获] }", "CB106", "a.yaml:1"),
        ("wording/zh/a.yaml", "- words: [缴获]\n  acton: seize", "CB103", "a.yaml:2"),
        ("wording/zh/a.yaml", "- words: 缴获", "CB105", "a.yaml:1"),
        ("wording/zh/a.yaml", "- words: [缴获, 2022]", "CB105", "a.yaml:1"),
        ("wording/fr/a.yaml", "- words: [saisi]", "CB105", "a.yaml:1"),
        ("wordings/zh/a.yaml", "- words: [缴获]", "CB103", "a.yaml"),
        ("agencies.yaml", "x: { names: { en: [x] } }", "CB106", "agencies.yaml:1"),
        ("units.yaml", "kg: { words: [{ factor: many }] }", "CB105", "units.yaml:1"),
        ("codebook.yaml", 'name: mine\nversion: "1"\nrequires: [fisheries]', "CB115", "codebook.yaml:3"),
    ],
)
@pytest.mark.usefixtures("small")
def test_what_is_wrong_is_told_with_its_file_and_line(
    book: Writer, path: str, content: str, code: str, where: str
) -> None:
    with pytest.raises(CodebookError) as caught:
        load_codebook([book({path: content})])

    assert code_of(caught) == code
    assert caught.value.where.endswith(where)


def test_an_unknown_key_is_answered_with_the_nearest_known_one(book: Writer) -> None:
    with pytest.raises(CodebookError) as caught:
        load_codebook([book({"wording/zh/a.yaml": "- words: [缴获]\n  acton: seize"})])

    assert caught.value.next_step == "did you mean 'action'?"


def test_an_empty_file_and_a_missing_folder_are_nothing(book: Writer) -> None:
    assert load_codebook([book({"agencies.yaml": "# to come\n"})]).agencies == load_codebook().agencies


def test_a_cached_codebook_equals_the_one_compiled(book: Writer, own_cache: Path) -> None:
    folder = book({"campaigns/autumn.yaml": CAMPAIGN})

    compiled, from_cache = load_codebook([folder]), load_codebook([folder])

    assert list(own_cache.rglob("*.msgpack"))
    assert from_cache is not compiled
    assert from_cache == compiled


def test_a_changed_byte_in_a_file_gives_another_codebook(book: Writer) -> None:
    before = load_codebook([book({"wording/zh/a.yaml": "- { words: [缴获假酒], action: seize }"})])
    after = load_codebook([book({"wording/zh/a.yaml": "- { words: [缴获假烟], action: seize }"})])

    assert before.digest != after.digest
    assert terms(after, "缴获假烟")
    assert not terms(after, "缴获假酒")


@pytest.mark.parametrize("damage", [b"", b"\x00\x01", b"\x80"])
def test_a_damaged_cache_is_ignored_and_written_anew(own_cache: Path, damage: bytes) -> None:
    whole = load_codebook(["core"])
    (place,) = own_cache.rglob("*.msgpack")
    place.write_bytes(damage)

    assert load_codebook(["core"]) == whole
    assert len(place.read_bytes()) > 1000


def test_a_cache_cut_short_is_ignored(own_cache: Path) -> None:
    whole = load_codebook(["core"])
    (place,) = own_cache.rglob("*.msgpack")
    place.write_bytes(place.read_bytes()[:-5])

    assert load_codebook(["core"]) == whole


def test_a_cache_of_another_digest_under_this_name_is_ignored(own_cache: Path) -> None:
    core, narcotics = load_codebook(["core"]), load_codebook(["narcotics"])
    by_size = sorted(own_cache.rglob("*.msgpack"), key=lambda place: place.stat().st_size)
    by_size[0].write_bytes(by_size[1].read_bytes())

    assert load_codebook(["core"]) == core != narcotics


def test_without_a_place_to_write_it_works_without_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")

    codebook = load_codebook(["core"])

    assert codebook.names == ("core",)
    assert cached(codebook.digest, "0.1.0") is None


def test_no_half_written_file_stays_in_the_cache(own_cache: Path) -> None:
    load_codebook(["core"])

    assert [place.suffix for place in own_cache.rglob("*") if place.is_file()] == [".msgpack"]


@pytest.mark.usefixtures("small")
def test_only_the_newest_compiled_codebooks_stay_on_disk(book: Writer, own_cache: Path) -> None:
    for number in range(KEPT + 3):
        newest = load_codebook([book({"wording/en/a.yaml": f"- {{ words: [gizmo {number}], thing: item }}"})])

    assert len(list(own_cache.rglob("*.msgpack"))) == KEPT
    assert cached(newest.digest, tallyroom.__version__) == newest


def test_loading_from_the_cache_imports_no_yaml_and_no_opencc(own_cache: Path) -> None:
    load_codebook(["core"])
    script = (
        "import sys; from tallyroom.codebook import Lexicon, load_codebook; Lexicon(load_codebook(['core']));"
        "print([name for name in ('yaml', 'opencc', 'pycountry', 'polars') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], env=dict(os.environ), capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"

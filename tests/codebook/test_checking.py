"""The check tells everything that is wrong, each with its file and line."""

from __future__ import annotations

import pytest
from tests.codebook.conftest import Writer

from tallyroom.codebook import Problem, check_codebook

pytestmark = pytest.mark.usefixtures("small")
LABEL = "label: { en: A, zh: 甲 }"
INDICATOR = """
cakes_seized:
  label: { en: Cakes, zh: 糕点 }
  definition: Cakes taken.
  units: [item]
  behaves: flow
  patterns: [{ thing: [item], action: [seize] }]
"""


def problems(folder: str) -> list[Problem]:
    return [problem for problem in check_codebook([folder]) if problem.file.startswith(folder)]


@pytest.mark.parametrize(
    ("path", "content", "code", "line", "told"),
    [
        ("wording/zh/a.yaml", "- { words: [缴获甲], action: sieze }", "CB107", 1, "'seize'"),
        ("wording/zh/a.yaml", "- { words: [缴获甲], thing: durg }", "CB107", 1, "'drug'"),
        ("wording/zh/a.yaml", "- { words: [缴获甲], cue: of_whch }", "CB107", 1, "'of_which'"),
        ("wording/zh/a.yaml", "- words: [缴获甲]\n  marks: { rloe: user }", "CB107", 2, "'role'"),
        ("wording/zh/a.yaml", "- words: [缴获甲]\n  marks: { role: usr }", "CB107", 2, "'user'"),
        ("wording/zh/a.yaml", "- words: [缴获甲]\n  marks: { offence: drgs }", "CB107", 2, "'drugs'"),
        ("wording/zh/a.yaml", "- words: [缴获甲]\n  area: [CN-YY]", "CB107", 2, "CN-YY"),
        ("wording/zh/a.yaml", "- words: [缴获甲]\n  agency: cn-nobody", "CB107", 2, "cn-nobody"),
        ("wording/en/a.yaml", "- { words: [zap], action: seize, inflect: adverb }", "CB107", 1, "noun"),
        ("wording/zh/a.yaml", "- words: [缴获甲]", "CB106", 1, "action"),
        ("wording/en/a.yaml", "- words:\n  - fine word\n  - k\n  action: seize", "CB109", 3, "'k'"),
        ("wording/en/a.yaml", "- { words: [''], action: seize }", "CB109", 1, "''"),
        ("wording/en/a.yaml", "- { words: [' zap'], action: seize }", "CB109", 1, "zap"),
        ("wording/en/a.yaml", "- { words: ['110'], action: seize }", "CB109", 1, "110"),
        ("wording/en/a.yaml", "- { words: [zap, zap], action: seize }", "CB108", 1, "zap"),
        (
            "wording/en/a.yaml",
            "- { words: [zap], action: seize }\n- { words: [zap], action: arrest }",
            "CB108",
            2,
            "a.yaml:1",
        ),
        ("indicators/a.yaml", INDICATOR.replace("[item], a", "[itm], a"), "CB107", 7, "'item'"),
        ("indicators/a.yaml", INDICATOR.replace("[seize]", "[size]"), "CB107", 7, "'seize'"),
        ("indicators/a.yaml", INDICATOR.replace("flow", "flows"), "CB107", 6, "flow, stock, cumulative"),
        ("indicators/a.yaml", INDICATOR.replace("units: [item]", "units: [itm]"), "CB107", 5, "'item'"),
        ("indicators/a.yaml", INDICATOR.replace(", zh: 糕点", ""), "CB110", 2, "'zh'"),
        ("lists/roles.yaml", f"x: {{ {LABEL}, parent: nobody }}", "CB107", 1, "nobody"),
        ("substances.yaml", f"x: {{ {LABEL}, group: drgs }}", "CB107", 1, "'drugs'"),
        ("units.yaml", "x: { words: [{ factor: 1, en: [xs] }] }", "CB112", 1, "'x'"),
        ("units.yaml", "x: { measure: mas, words: [{ en: [xs] }] }", "CB107", 1, "'mass'"),
        ("agencies.yaml", f"x: {{ {LABEL}, names: {{}}, fiscal_year: '13-01' }}", "CB105", 1, "10-01"),
        ("agencies.yaml", f"x: {{ {LABEL}, names: {{}}, area: [CNN] }}", "CB107", 1, "CNN"),
        ("areas/x.yaml", '"*CN-ZZ": { en: [zed] }', "CB107", 1, "CN-ZZ"),
        ("areas/x.yaml", f"ZZ-1: {{ {LABEL}, names: {{}} }}", "CB107", 1, "ZZ"),
    ],
)
def test_what_is_wrong_is_found(
    book: Writer, path: str, content: str, code: str, line: int, told: str
) -> None:
    (problem,) = problems(book({path: content.lstrip("\n") if path[0] != "i" else content}))

    assert (problem.code, problem.line) == (code, line)
    assert problem.file.endswith(path)
    assert told in f"{problem.says} {problem.expected} {problem.found} {problem.next_step}"


CAMPAIGN = """\
campaign: x-2025
names: { en: [Xmas Action] }
label: { en: X, zh: 甲 }
start: 2025-09-01
planned_end: 2025-11-30
releases:
- { published: 2025-10-05, until: 2025-09-30 }
"""


def test_a_sound_campaign_is_no_problem(book: Writer) -> None:
    assert problems(book({"campaigns/x.yaml": CAMPAIGN})) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("planned_end: 2025-11-30", "planned_end: 2025-08-30", 5),
        ("until: 2025-09-30", "until: 2025-10-30", 7),
        ("until: 2025-09-30", "until: 2025-08-30", 7),
    ],
)
def test_dates_of_a_campaign_that_cannot_be_are_found(
    book: Writer, right: str, wrong: str, line: int
) -> None:
    (problem,) = problems(book({"campaigns/x.yaml": CAMPAIGN.replace(right, wrong)}))

    assert (problem.code, problem.line) == ("CB111", line)


CASE = """\
- case: a plain count
  published: 2025-07-02
  text: 全省破获案件12起，缴获海洛因12千克。
  observations:
  - { indicator: cases_solved, quote: 12起, value: 12 }
"""


def test_a_sound_case_is_no_problem(book: Writer) -> None:
    assert problems(book({"cases/zh/a.yaml": CASE})) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("quote: 12起", "quote: '12'", "CB117"),
        ("quote: 12起", "quote: 13起", "CB117"),
        ("value:", "vlaue:", "CB103"),
    ],
)
def test_a_case_that_cannot_hold_is_found(book: Writer, right: str, wrong: str, code: str) -> None:
    (problem,) = problems(book({"cases/zh/a.yaml": CASE.replace(right, wrong)}))

    assert (problem.code, problem.line) == (code, 5)


def test_a_case_that_stands_twice_or_equals_nothing_is_found(book: Writer) -> None:
    twice = problems(book({"cases/zh/a.yaml": CASE + CASE}))
    nothing = problems(book({"cases/zh/a.yaml": CASE + "  same_as: a plain cuont\n"}))

    assert [(problem.code, problem.line) for problem in twice] == [("CB113", 6)]
    assert [(problem.code, problem.line) for problem in nothing] == [("CB107", 6)]
    assert nothing[0].next_step == "did you mean 'a plain count'?"


def test_an_action_and_a_thing_of_one_word_are_no_conflict(book: Writer) -> None:
    entries = "- { words: [zap], action: seize }\n- { words: [zap], thing: item }"

    assert problems(book({"wording/en/a.yaml": entries})) == []


def test_a_weight_settles_a_conflict(book: Writer) -> None:
    entries = "- { words: [zap], action: seize, weight: 1 }\n- { words: [zap], action: arrest }"

    assert problems(book({"wording/en/a.yaml": entries})) == []


def test_all_problems_are_told_at_once_in_the_order_of_the_lines(book: Writer) -> None:
    entries = "- { wrods: [a] }\n- { words: [zap], action: sieze }\n- words: [b"

    found = problems(book({"wording/en/a.yaml": entries, "agencies.yaml": "x: { names: {} }"}))

    assert [(problem.file[-13:], problem.code) for problem in found] == [
        ("agencies.yaml", "CB106"),
        ("rding/en/a.yaml"[-13:], "CB101"),
    ]


def test_a_problem_reads_as_where_expected_found_and_next() -> None:
    problem = Problem(
        "CB107", "the code 'x' is not known.", "b/f.yaml", 3, "a code", "x", "did you mean 'y'?"
    )

    assert str(problem).splitlines() == [
        "b/f.yaml:3: the code 'x' is not known. [CB107]",
        "  expected  a code",
        "  found     x",
        "  next      did you mean 'y'?",
        "  more      docs/errors/CB107",
    ]

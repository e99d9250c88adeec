"""The project itself: documentation that agrees with the program, locks, licence, samples."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tallyroom
from tallyroom.cli.commands import COMMANDS
from tallyroom.errors import TallyroomError
from tallyroom.model.rules import RULES

ROOT = Path(__file__).parent.parent
PAGES = {path.stem for path in (ROOT / "docs/errors").glob("*.md")} - {"index"}
IN_SOURCE = re.compile(r'"((?:AL|CL|CB|DC|LG|GN|RT)\d{3})"')

FINDINGS = re.compile(r'"(F[123]\d\d)"')


def codes() -> set[str]:
    """The codes that the program can report: those of errors, and those of a codebook's problems."""
    for module in pkgutil.walk_packages(tallyroom.__path__, "tallyroom."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {
        code for path in (ROOT / "src").rglob("*.py") for code in IN_SOURCE.findall(path.read_text("utf-8"))
    }
    return found | {kind.code for kind in all_errors(TallyroomError)}


def all_errors(kind: type[TallyroomError]) -> set[type[TallyroomError]]:
    return {each for child in kind.__subclasses__() for each in (child, *all_errors(child))}


def test_every_error_code_has_a_page_and_every_page_a_code() -> None:
    assert codes() == PAGES


def test_every_page_of_an_error_says_what_to_do() -> None:
    for code in PAGES:
        page = (ROOT / f"docs/errors/{code}.md").read_text("utf-8")
        assert page.startswith(f"# {code}: ")
        assert "**What to do.**" in page, code


def test_every_rule_of_the_audit_has_a_page_that_tells_its_name_and_how_to_switch_it_off() -> None:
    pages = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs/findings").glob("F*.md")}

    assert pages.keys() == RULES.keys()
    for code, page in pages.items():
        assert page.startswith(f"# {code}: {RULES[code].says['en']}\n"), code
        assert f"Severity: {RULES[code].severity} " in page
        for part in ("**An example.**", "**What to do.**", "**To switch it off.**"):
            assert part in page, (code, part)


def test_every_code_of_a_finding_in_the_source_is_a_rule() -> None:
    found = {
        code for path in (ROOT / "src").rglob("*.py") for code in FINDINGS.findall(path.read_text("utf-8"))
    }

    assert found <= RULES.keys()


def test_every_command_has_a_page() -> None:
    assert {path.stem for path in (ROOT / "docs/commands").glob("*.md")} == set(COMMANDS)


def test_generated_pages_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "tools/generate_docs.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", ["README.md", "docs/algebra.md"])
def test_examples_of_a_page_run(page: str) -> None:
    outcome = doctest.testfile(str(ROOT / page), module_relative=False)

    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize("name", tallyroom.__all__)
def test_every_public_name_has_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(getattr(tallyroom, name)) or "")


def test_public_names_are_found_and_others_are_not() -> None:
    assert set(tallyroom.__all__) <= set(dir(tallyroom))
    with pytest.raises(AttributeError):
        _ = tallyroom.no_such_name  # type: ignore[attr-defined]  # that it is not there is the test


def test_the_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == tallyroom.__version__


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"])
def test_locks_pin_by_hash_and_name_no_registry(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")

    assert "://" not in lock
    assert all("==" in line for line in lock.splitlines() if line and line[0] not in " #")
    assert lock.count("--hash=sha256:") >= lock.count("==")


def test_locks_agree_with_the_dependencies_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    )

    assert {re.split(r"[>=<\[ ]", need)[0] for need in project["dependencies"]} <= pinned


def test_the_licence_is_apache_2() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text("utf-8")


def test_decisions_are_numbered_and_told_in_three_parts() -> None:
    records = sorted((ROOT / "decisions").glob("[0-9]*.md"))

    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text("utf-8")
        parts = re.findall(r"^(?:\*\*|## )(Context|Choice|Costs|What it costs)", text, re.MULTILINE)
        assert len(parts) == 3, record.name


@pytest.mark.parametrize("target", ["demo", "test", "check", "bench", "lock", "docs"])
def test_make_knows_its_targets(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_every_sample_is_read_and_gives_observations() -> None:
    outcomes = list(tallyroom.read_all(ROOT / "examples/briefings"))

    assert [outcome for outcome in outcomes if isinstance(outcome, tallyroom.Failure)] == []
    assert len(outcomes) == 6
    assert all(outcome.observations for outcome in outcomes if isinstance(outcome, tallyroom.Reading))

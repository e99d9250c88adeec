"""What the tests of releases share: the codebook, and a release in all its files."""

from __future__ import annotations

import pytest

from release.facts import an_imprint, founding_facts, places_facts
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.release import Release, compose, find_template, load_template
from tallyroom.release.bundle import bundle
from tallyroom.release.traces import Explained


def explain(entry: int) -> Explained:
    """An entry as a record would tell of it."""
    return Explained(
        entry, "return-of-yunnan", "毒品案件 ", "309", " 起", "309", "case", "return/results/cases"
    )


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="session")
def release(codebook: Codebook) -> Release:
    data, name = find_template("campaign-bulletin")
    facts = [*founding_facts(), *places_facts()]
    return compose(an_imprint(), facts, load_template(data, name, codebook), codebook)


@pytest.fixture(scope="session")
def files(release: Release, codebook: Codebook) -> dict[str, bytes]:
    return bundle(release, an_imprint().date, codebook, explain)

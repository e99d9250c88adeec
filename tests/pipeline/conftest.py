"""What tests of the ways into and out of the record share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tallyroom.codebook import Codebook, load_codebook
from tallyroom.ledger import SqliteLedger, open_ledger


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        yield opened


@pytest.fixture(scope="session")
def shipped() -> Codebook:
    return load_codebook()

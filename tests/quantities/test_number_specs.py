"""The number layer against the public specifications of Recognizers-Text."""

from __future__ import annotations

import argparse
import importlib
from decimal import Decimal
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.mark.parametrize(
    "name", ["Chinese/NumberModel", "Chinese/PercentModel", "English/NumberModel", "English/PercentModel"]
)
def test_ninety_seven_of_a_hundred_specified_numbers_are_right(
    name: str, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    module = importlib.import_module("number_specs")
    folder = shared / "data" / "recognizers-specs" / "Specs" / "Number"
    assert module.score(folder, name, argparse.Namespace(wrong=True, out=False)) >= Decimal("0.97")

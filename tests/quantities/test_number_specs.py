"""The number layer against the public specifications of Recognizers-Text."""

from __future__ import annotations

import argparse
import importlib.util
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "number_specs.py"


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("number_specs", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name", ["Chinese/NumberModel", "Chinese/PercentModel", "English/NumberModel", "English/PercentModel"]
)
def test_ninety_seven_of_a_hundred_specified_numbers_are_right(name: str, shared: Path) -> None:
    module = bench()
    folder = shared / "data" / "recognizers-specs" / "Specs" / "Number"
    assert module.score(folder, name, argparse.Namespace(wrong=True, out=False)) >= Decimal("0.97")

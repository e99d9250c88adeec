"""Slips of the pen: told where one number fits, and not where many would."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallyroom.algebra.slips import Kind, slips
from tallyroom.model.quantity import Interval


def reach(low: str, high: str | None) -> Interval:
    return Interval(Decimal(low), Decimal(high) if high else None)


@pytest.mark.parametrize(
    ("written", "value", "low", "high", "kind", "meant"),
    [
        ("8,567", "8567", "8657", "8657", "exchanged", "8657"),
        ("8567起", "8567", "8650", "8660", "exchanged", "8657"),
        ("５.９１吨", "5910", "5185", "5194", "exchanged", "5190"),
        ("13.3 kg", "13.3", "31.25", "31.35", "exchanged", "31.3"),
        ("2,589", "2589", "2689", "2689", "wrong_digit", "2689"),
        ("1,3344", "13344", "1344", "1344", "extra_digit", "1344"),
        ("334", "334", "3341", "3341", "missing_digit", "3341"),
        ("13.1吨", "13100", "1305", "1315", "point", "1310"),
        ("26.98万", "269800", "2697500000", "2698500000", "scale", "2698000000"),
        ("2589", "2589", "25890000", "25890000", "scale", "25890000"),
        ("1.31 tons", "1310", "1.305", "1.315", "scale", "1.31"),
        ("72.1公斤", "72.1", "72050", "72150", "scale", "72100"),
        ("3 million", "3000000", "2950", "3050", "scale", "3000"),
    ],
)
def test_a_slip_is_recognised(written: str, value: str, low: str, high: str, kind: Kind, meant: str) -> None:
    found = slips(written, Decimal(value), reach(low, high))

    assert (found[0].kind, found[0].meant) == (kind, Decimal(meant))


def test_a_slip_is_said_in_both_languages() -> None:
    (slip,) = slips("8,567", Decimal(8567), reach("8657", "8657"))

    assert slip.says == {
        "en": "8,567 for 8,657: two digits exchanged",
        "zh": "8,657误作8,567：相邻两位数字颠倒",
    }


def test_tons_written_for_kilograms_is_said() -> None:
    assert slips("1.31吨", Decimal(1310), reach("1.305", "1.315"))[0].says["zh"] == "1.31吨：“公斤”误作“吨”"


@pytest.mark.parametrize(
    ("written", "value", "low", "high"),
    [
        ("8,567", "8567", "0", "5000"),
        ("8,567", "8567", "9000", None),
        ("7", "7", "5", "5"),
        ("2,589", "2589", "2500", "2600"),
        ("2,000", "2000", "0", "0"),
        ("0", "0", "3", "3"),
        ("两千余", "2000", "5000", "5100"),
    ],
)
def test_no_slip_is_told_where_it_tells_nothing(written: str, value: str, low: str, high: str | None) -> None:
    assert slips(written, Decimal(value), reach(low, high)) == ()


def test_a_rounded_number_fits_if_what_it_was_rounded_from_can() -> None:
    narrow = reach("5192", "5193")

    assert slips("5.91吨", Decimal(5910), narrow, step=Decimal(10))[0].meant == 5190
    assert not any(slip.kind == "exchanged" for slip in slips("5.91吨", Decimal(5910), narrow))

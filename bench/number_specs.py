"""Hold the number layer against the specifications of Recognizers-Text: Number and Percentage, zh and en.

    python bench/number_specs.py [--wrong] [--out]

The specifications are read from the folder that TALLYROOM_SHARED names and are never copied. A case is right
where the spans and the values of all its numbers agree. What is out of scope is told by category.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from checkout import ROOT
from tallyroom.model.quantity import Quantity
from tallyroom.quantities import QuantityReader, load_number_words
from tallyroom.quantities.load import load_units
from tallyroom.quantities.words import NumberWords
from tallyroom.reading.view import fold

SPECS = ("Chinese/NumberModel", "Chinese/PercentModel", "English/NumberModel", "English/PercentModel")

# Category, what marks its cases, and why briefings do not need it.
OUT_OF_SCOPE = (
    (
        "mathematical notation",
        r"\^|[\d０-９][eEｅ][+-]?[\d－-]|\dx10",
        "powers and exponents are no figures of a briefing",
    ),
    ("discounts", r"折", "shop discounts (打对折, 三八折) are no statistics"),
    (
        "percentage without a number",
        r"attain the top|% of increase|calculate a percentage",
        "nothing is stated",
    ),
    (
        "left to another model",
        r"美元|美刀|二％|\d(?:ml|km) |1m isn",
        "there a number with a unit is no number; here they are one quantity",
    ),
    (
        "percentages among plain numbers",
        r"^百分之.+点.+九$|^百分之.+一$",
        "there the number of a percentage counts alone; here it is one quantity",
    ),
    (
        "ranges",
        r"二三十|5-20%",
        "there they are nothing, or their last number; here one quantity with two ends",
    ),
    ("打 as dozen", r"打(?:苹果|蘋果)?$", "in a briefing 打 is the verb of crackdowns"),
    ("blanks inside words", r"百 +分|分 +[点點]", "the view of a block removes them before numbers are read"),
    (
        "spoken arithmetic",
        r"(?:^|negative )(?:one|1|2000) over |one one hundred|hundred thirty-?.?fifths|twenty[- ]fifths?$"
        r"|twenty[- ]firsts?$|(?:hundred|thousand) (?:thirty )?fifths$|and three and three"
        r"|hundred and two dozens",
        "nobody writes a fraction so",
    ),
    ("web addresses", r"https?://", "addresses are set aside before numbers are read"),
    (
        "percent before its number",
        r"(?:percents?|per cent) of (?:\d|twenty)",
        "in a briefing this is a percentage of a number",
    ),
)


class Case(NamedTuple):
    """One case of a specification: the text, and what its authors read in it."""

    text: str
    expected: list[tuple[int, int, Decimal]]


def main() -> int:
    """Print the score of each file; exit 1 where a file falls below 97 % of the cases in scope."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--wrong", action="store_true", help="print each wrong case")
    options.add_argument("--out", action="store_true", help="print each case out of scope")
    chosen = options.parse_args()
    folder = specs_folder()
    if folder is None:
        print("the specifications are not there: set TALLYROOM_SHARED", file=sys.stderr)
        return 1
    shares = [score(folder, name, chosen) for name in SPECS]
    return 0 if min(shares) >= Decimal("0.97") else 1


def specs_folder() -> Path | None:
    """Return the folder of the specifications, or None where it is absent."""
    shared = Path(os.environ.get("TALLYROOM_SHARED", ROOT.parent / "shared"))
    folder = shared / "data" / "recognizers-specs" / "Specs" / "Number"
    return folder if folder.is_dir() else None


def score(folder: Path, name: str, chosen: argparse.Namespace) -> Decimal:
    """Run one file, print its figures, and return the share of right cases among those in scope."""
    reader = reader_for(name)
    left_out: Counter[str] = Counter()
    right = wrong = 0
    for case in cases(folder / f"{name}.json"):
        category = category_of(case)
        if category is not None:
            left_out[category] += 1
            if chosen.out:
                print(f"  out    {category}: {case.text!r}")
            continue
        found = answers(reader, name, case.text)
        good = agree(found, case.expected)
        right, wrong = right + good, wrong + (not good)
        if not good and chosen.wrong:
            print(f"  wrong  {case.text!r}: expected {shown(case.expected)}, found {shown(found)}")
    share = Decimal(right) / max(right + wrong, 1)
    print(f"{name:22} in scope {right + wrong:4}  right {right:4}  wrong {wrong:3}  {share:.1%}")
    for category, count in left_out.items():
        reason = next(why for known, _, why in OUT_OF_SCOPE if known == category)
        print(f"    out of scope {count:3}  {category}: {reason}")
    return share


def reader_for(name: str) -> QuantityReader:
    """Return a reader of bare numbers; percentages alone need units."""
    lang = "zh" if name.startswith("Chinese") else "en"
    kept = [unit for unit in load_units() if "Percent" in name and unit.measure in ("percent", "point")]
    words = load_number_words(lang)
    without_counters = NumberWords(
        lang, {**words.lists, "counters": []}
    )  # the specification counts them out of its spans
    return QuantityReader(without_counters, kept, bare=True)


def cases(path: Path) -> list[Case]:
    """Return the cases of a file; values are numbers, percentages without their sign."""
    listed = json.loads(path.read_text(encoding="utf-8-sig"))
    return [Case(item["Input"], [expected_of(result) for result in item["Results"]]) for item in listed]


def expected_of(result: dict[str, Any]) -> tuple[int, int, Decimal]:
    """Return span (the end excluded) and value; NaN stands for `null`."""
    text = str(result.get("Resolution", {}).get("value", "")).rstrip("%")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    return result["Start"], result["End"] + 1, value


def category_of(case: Case) -> str | None:
    """Return the category that leaves the case out, or None where it is in scope."""
    for category, pattern, _ in OUT_OF_SCOPE:
        if re.search(pattern, case.text):
            return category
    return None


def answers(reader: QuantityReader, name: str, text: str) -> list[tuple[int, int, Decimal]]:
    """Return what the reader finds, in the terms of the specification."""
    folded = fold(text, traditional=True)
    found = [quantity for quantity in reader.find(folded) if quantity.form != "ordinal" or "第" in text]
    if "Percent" in name:
        found = [quantity for quantity in found if quantity.form in ("percent", "point", "tenths")]
    return [(quantity.start, quantity.end, value_of(quantity, name)) for quantity in found]


def value_of(quantity: Quantity, name: str) -> Decimal:
    """Fractions are shares of one in the specification, percentages of a hundred here."""
    is_share = quantity.form in ("fraction", "percent") and "Number" in name
    return quantity.value / 100 if is_share else quantity.value


def agree(found: list[tuple[int, int, Decimal]], expected: list[tuple[int, int, Decimal]]) -> bool:
    """Tell whether spans are the same and values agree to seven digits."""
    return len(found) == len(expected) and all(
        left[:2] == right[:2] and abs(left[2] - right[2]) <= abs(right[2]) * Decimal("1e-7")
        for left, right in zip(found, expected, strict=True)
    )


def shown(rows: list[tuple[int, int, Decimal]]) -> str:
    """Return rows in a short form."""
    return "; ".join(f"{start}-{end} {value}" for start, end, value in rows) or "nothing"


if __name__ == "__main__":
    sys.exit(main())

"""The interval of a figure: the examples of its definition, and public cases that an audit must get right."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from numbering import one, reader
from tallyroom.model.quantity import Interval
from tallyroom.quantities import interval_of, qualifier_of


def shown(it: Interval) -> str:
    """Return an interval as mathematicians write it; `..` is an open end without bound."""
    low = ".." if it.low is None else f"{it.low:f}"
    high = ".." if it.high is None else f"{it.high:f}"
    left = "(" if it.low is None or it.low_open else "["
    right = ")" if it.high is None or it.high_open else "]"
    return f"{left}{low}, {high}{right}"


LEVELS = [
    ("zh", "缴毒1.31吨", "[1305, 1315)"),
    ("zh", "缴毒1,313.2公斤", "[1313.15, 1313.25)"),
    ("zh", "查处1.87万人次", "[18650, 18750)"),
    ("zh", "破案27万起", "[265000, 275000)"),
    ("zh", "破案3万起", "[25000, 35000)"),
    ("zh", "破案200万起", "[1950000, 2050000)"),
    ("zh", "破案8657起", "[8657, 8657]"),
    ("zh", "查处18,700人", "[18650, 18750)"),
    ("en", "170 tons of materials", "[165000, 175000)"),
    ("en", "2,000 arrests", "[1950, 2050)"),
    ("en", "10 arrests", "[9.5, 10.5)"),
    ("en", "1.50 tons", "[1495, 1505)"),
    ("zh", "破获毒品案件五百五十六起", "[556, 556]"),
    ("zh", "抓获三百人", "[250, 350)"),
    ("zh", "约492公斤", "[491, 493]"),
    ("zh", "约5.2吨", "[5100, 5300]"),
    ("en", "about 200 people", "[100, 300]"),
    ("zh", "近27万起", "[260000, 270000)"),
    ("en", "nearly 200 people", "[100, 200)"),
    ("zh", "破案27万余起", "(270000, 280000)"),
    ("zh", "破案320余起", "(320, 330)"),
    ("zh", "抓获2,000余人", "(2000, 3000)"),
    ("zh", "查处7,300余人", "(7300, 7400)"),
    ("zh", "超过7吨", "(7000, ..)"),
    ("en", "more than 36 kilograms", "(36, ..)"),
    ("zh", "4亿元以上", "[400000000, ..)"),
    ("en", "at least 12 people", "[12, ..)"),
    ("zh", "不足600公斤", "[0, 600)"),
    ("en", "fewer than 20 people", "[0, 20)"),
    ("en", "up to 50 people", "[0, 50]"),
    ("zh", "10人以下", "[0, 10]"),
    ("zh", "560至570公斤", "[560, 570]"),
    ("zh", "三四百人", "[300, 400]"),
]
RATIOS = [
    ("zh", "占全国10%", "share_pct", "[9.5, 10.5)"),
    ("zh", "占全国100%", "share_pct", "[99.5, 100.5)"),
    ("zh", "上升24.7%", "change_pct", "[24.65, 24.75)"),
    ("zh", "上升24.70%", "change_pct", "[24.695, 24.705)"),
    ("zh", "占三成", "share_pct", "[25, 35)"),
    ("zh", "占四成六", "share_pct", "[45.5, 46.5)"),
    ("zh", "下降4.76个百分点", "change", "[4.755, 4.765)"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), LEVELS)
def test_a_level_allows_what_its_digits_and_its_qualifier_say(lang: str, text: str, expected: str) -> None:
    assert shown(interval_of(one(text, lang))) == expected


@pytest.mark.parametrize(("lang", "text", "statistic", "expected"), RATIOS)
def test_a_share_or_change_goes_by_its_own_digits(
    lang: str, text: str, statistic: str, expected: str
) -> None:
    assert shown(interval_of(one(text, lang), statistic)) == expected


def test_the_qualifier_of_a_fall_is_about_its_size() -> None:
    quantity = one("下降30%以上")
    fall = msgspec.structs.replace(quantity, value=-quantity.value)
    assert shown(interval_of(fall, "change_pct")) == "(.., -30]"


def test_a_fall_without_a_qualifier_mirrors_its_interval() -> None:
    quantity = one("下降39.7%")
    fall = msgspec.structs.replace(quantity, value=-quantity.value)
    assert shown(interval_of(fall, "change_pct")) == "(-39.75, -39.65]"


def test_a_multiple_told_as_a_change_has_its_digits_in_percent() -> None:
    change = msgspec.structs.replace(one("增加1.7倍"), value=Decimal(170))
    assert shown(interval_of(change, "change_pct")) == "[165, 175)"


def test_a_range_with_a_qualifier_keeps_the_end_that_it_bounds() -> None:
    assert shown(interval_of(one("超过560至570公斤"))) == "[560, ..)"


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("3起", "exact"),
        ("近3起", "approx"),
        ("约3起", "approx"),
        ("30余起", "at_least"),
        ("超3起", "at_least"),
        ("3起以上", "at_least"),
        ("不足3起", "at_most"),
        ("3起以内", "at_most"),
    ],
)
def test_each_bound_has_its_qualifier(text: str, qualifier: str) -> None:
    assert qualifier_of(one(text)) == qualifier


def overlaps(a: Interval, b: Interval) -> bool:
    """Tell whether two intervals share a value."""
    return not (_above(a, b) or _above(b, a))


def _above(a: Interval, b: Interval) -> bool:
    if a.low is None or b.high is None:
        return False
    return a.low > b.high or (a.low == b.high and (a.low_open or b.high_open))


def interval(text: str, lang: str = "zh") -> Interval:
    return interval_of(one(text, lang))


def test_g1_a_mass_and_its_rounding_agree() -> None:
    assert overlaps(interval("1.31吨"), interval("1,313.2公斤"))


def test_g2_an_exact_sum_across_sources_holds() -> None:
    parts = interval("4,461人").low, interval("3,647人").low
    assert parts[0] is not None
    assert parts[1] is not None
    assert parts[0] + parts[1] == interval("8108人").low


def test_g3_two_scopes_differ() -> None:
    assert not overlaps(interval("1.31吨"), interval("1.54吨"))
    assert not overlaps(interval("72.1吨"), interval("74.1吨"))


def test_g4_nearly_agrees_with_the_figure_and_more_than_contradicts_it() -> None:
    assert overlaps(interval("26.98万起"), interval("近27万起"))
    assert not overlaps(interval("26.98万起"), interval("27万余起"))


def test_g5_a_rounded_count_agrees() -> None:
    assert overlaps(interval("46.58万人"), interval("46.6万人"))


def test_g7_a_share_bounds_its_whole() -> None:
    part, share = interval("850起"), interval_of(one("占10%"), "share_pct")
    assert part.low is not None
    assert share.high is not None
    assert (part.low, part.high) == (845, 855)
    assert part.low / share.high * 100 > 8047


def test_g8_qualified_figures_agree() -> None:
    assert overlaps(interval("326起"), interval("320余起"))
    assert overlaps(interval("7,351人"), interval("7,300余人"))


def test_g10_a_cumulative_series_grows() -> None:
    assert not overlaps(interval("2,589起"), interval("8,657起"))


def test_g11_parts_and_whole_agree_within_their_roundings() -> None:
    text = "海洛因925.7公斤、鸦片133.5公斤、冰毒118.4公斤、摇头丸33.4公斤、氯胺酮88.3公斤、其他436.8公斤"
    parts = [interval_of(quantity) for quantity in reader("zh").find(text)]
    low, high = sum(part.low or 0 for part in parts), sum(part.high or 0 for part in parts)
    whole = interval("共1736.3公斤")
    assert whole.low is not None
    assert whole.high is not None
    assert len(parts) == 6
    assert low < whole.high
    assert whole.low < high

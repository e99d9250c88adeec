"""Facts to publish: the founding briefing's, made from parts that nobody needs to know here."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from helpers import an_observation
from tallyroom.model import Coverage, Fact
from tallyroom.release import Imprint

PERIOD = "2022-06-25/2022-07-31"
CAMPAIGN = "hundred-days-2022"
FIVE = ("CN-JS", "CN-ZJ", "CN-JX", "CN-HN", "CN-SN")
ALL_IN = Coverage(31, 31)


def a_fact(indicator: str, value: int | str, unit: str = "case", **changes: Any) -> Fact:
    """A fact of the whole campaign in all of China, from all units, unless `changes` say otherwise."""
    about = {
        name: changes.pop(name) for name in ("parts", "arithmetic", "coverage", "status") if name in changes
    }
    amount = Decimal(str(value))
    fields = {
        "source": "", "indicator": indicator, "value": amount, "low": amount, "high": amount, "unit": unit,
        "period": PERIOD, "operation_id": CAMPAIGN, "agency": "cn-mps-ncb", **changes,
    }  # fmt: skip
    given = {"parts": (1,), "arithmetic": "sum", "coverage": ALL_IN, **about}
    return Fact(an_observation("", 0, **fields), **given)


def founding_facts() -> list[Fact]:
    """The seventeen figures of the founding briefing, as the record would have them."""
    use: dict[str, Any] = {"offence": "drug_use", "operation_id": "safe-and-care-2022"}
    cambodia: dict[str, Any] = {
        "area": ("KH",), "breakdown": {"partner": "KH"}, "offence": "precursors", "coverage": None,
    }  # fmt: skip
    return [
        a_fact("cases_solved", 2589),
        a_fact("persons_arrested", 3341, "person"),
        a_fact("quantity_seized", "1313.2", "kg", substance="drugs"),
        a_fact("groups_dismantled", 183, "group"),
        a_fact("cases_targeted", 8, area=FIVE, operation_id="cluster-campaign-2022"),
        a_fact("persons_arrested", 1013, "person", area=FIVE, operation_id="cluster-campaign-2022",
               breakdown={"role": "user_or_trafficker"}),
        a_fact("quantity_seized", 1080, "kg", substance="drugs", area=("CN-YN", "CN-GX"),
               operation_id="clean-border-2022", breakdown={"origin": "imported"}),
        a_fact("cases_solved", 167, offence="drug_trafficking", operation_id="delivery-logistics-2022",
               breakdown={"channel": "postal_logistics"}),
        a_fact("sites_dismantled", 5, "site", offence="drug_manufacture", breakdown={"site": "lab"}),
        a_fact("quantity_seized", 72100, "kg", substance="precursors", offence="precursors",
               operation_id="eradication-2022"),
        a_fact("quantity_seized", 1800, "kg", substance="hydroxylimine", **cambodia),
        a_fact("quantity_seized", 170000, "kg", substance="production_materials", **cambodia),
        a_fact("users_identified", 18700, "person", **use),
        a_fact("users_identified", 5942, "person", breakdown={"novelty": "new"}, **use),
        a_fact("users_treated", 6488, "person", breakdown={"disposition": "compulsory_isolation"}, **use),
        a_fact("users_treated", 4461, "person", breakdown={"disposition": "community_treatment"}, **use),
        a_fact("users_treated", 3647, "person", breakdown={"disposition": "community_recovery"}, **use),
    ]  # fmt: skip


def places_facts() -> list[Fact]:
    """Some provinces' own figures."""
    rows = (("CN-BJ", 22, "10.5"), ("CN-YN", 309, "820.25"), ("CN-SC", 850, "61"))
    return [
        fact
        for area, cases, mass in rows
        for fact in (
            a_fact("cases_solved", cases, area=(area,), coverage=None),
            a_fact("quantity_seized", mass, "kg", substance="drugs", area=(area,), coverage=None),
        )
    ]


def an_imprint(**changes: Any) -> Imprint:
    """The imprint of a demonstration release."""
    fields: dict[str, Any] = {
        "id": "hundred-days-2022-08-05",
        "title": {
            "zh": "夏季治安打击整治“百日行动”禁毒战果通报",
            "en": "Narcotics results of the Hundred Days Action",
        },
        "publisher": {"zh": "演示", "en": "Demonstration"},
        "date": datetime.date(2022, 8, 5),
        "period": PERIOD,
        "campaign": CAMPAIGN,
        "place": {"zh": "北京", "en": "Beijing"},
        "demonstration": True,
    }
    return Imprint(**{**fields, **changes})

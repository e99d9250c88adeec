"""Which year and day a figure has where its own sentence tells none: what longer reports in English taught."""

from __future__ import annotations

import tallyroom


def periods(text: str, published: str = "2025-09-18") -> list[tuple[str, str | None]]:
    reading = tallyroom.read(text=text, published=published)
    return [(row.text, row.period) for row in reading.observations]


def test_last_year_in_a_report_of_a_financial_year_is_that_year() -> None:
    found = dict(
        periods(
            "Report\n\nIn 2024-25 police made 2,031 drug arrests.\n\n"
            "Of last year's figure, 940 arrests were made at night. Police also seized 45 kg of heroin."
        )
    )
    assert found["940"] == found["45 kg"] == "2024-04-01/2025-03-31"


def test_what_will_be_dates_nothing_that_was() -> None:
    text = (
        "Year in review\n\nIn 2024 officers seized 30 guns. In 2025 the agency will receive 12 boats.\n\n"
        "Quick facts\n\n- 45 people arrested"
    )
    assert dict(periods(text, "2025-01-22"))["45"] == "2024-01-01/2024-12-31"


def test_the_day_of_a_paragraph_of_one_place_ends_with_it() -> None:
    text = (
        "At the airport in Lagos, a man was arrested on Wednesday 10th September with 82 wraps of cocaine.\n\n"
        "In Kano state, officers recovered 46,000 tablets of tramadol."
    )
    assert dict(periods("Weekly report\n\n" + text, "2025-09-14")) == {
        "82": "2025-09-10/2025-09-10",
        "46,000": None,
    }

"""A thousand random campaigns through the whole chain, and back from text and page in both languages."""

from __future__ import annotations

import pytest

from generate.chain import campaign_of, cells, differences, known, read_back, release_of

MANY, CHUNK = 1000, 40


@pytest.mark.parametrize("chunk", range(MANY // CHUNK))
def test_what_campaigns_published_reads_back_as_the_same_observations(chunk: int) -> None:
    """Each from returns to record, totals and release; figures and cells of both editions, as text and as page."""
    seeds = range(chunk * CHUNK, chunk * CHUNK + CHUNK)

    assert {seed: wrong for seed in seeds if (wrong := differences(seed))} == {}


def test_a_figure_that_was_not_printed_would_be_seen() -> None:
    release, campaign = release_of(1), campaign_of(1)
    printed = cells(number.observation for number in release.editions["zh"].printed[1:])

    assert all(read != printed for _, read in read_back(release, campaign, "zh"))


def test_the_campaigns_are_of_all_that_a_campaign_may_report() -> None:
    """Every indicator in every unit that can be said of a period, operations, waves, sets, parts and places abroad."""
    campaigns = [campaign_of(seed) for seed in range(MANY)]
    lines = [line for campaign in campaigns for line in campaign.lines]

    assert {(line.indicator, line.unit) for line in lines} >= {
        (kind.indicator, kind.unit) for kind in known().kinds if kind.indicator != "deaths"
    }
    assert {line.operation for line in lines} >= {one.code for one in known().operations}
    assert {len(campaign.waves) for campaign in campaigns} == {0, 1, 2, 3}
    assert any(line.abroad for line in lines)
    assert any(joint.wave is None for campaign in campaigns for joint in campaign.joints)
    assert any(campaign.breakdowns for campaign in campaigns)
    assert max(len(campaign.lines) for campaign in campaigns) > 15
    assert len({line.total_area for line in lines if not line.joint}) > 500

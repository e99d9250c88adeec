"""A figure of a headline is what the body says of the same number."""

from __future__ import annotations

import tallyroom

TEXT = """41 drug dens, shabu labs shut since 2016

MANILA - From July 2016 to July 2021, police shut 38 drug dens and 3 clandestine laboratories, or 41 sites in all.
"""


def test_a_headline_takes_the_kind_of_site_from_the_figure_that_it_repeats() -> None:
    headline, dens, _, total = tallyroom.read(text=TEXT).observations

    assert (headline.text, total.text) == ("41", "41")
    assert headline.breakdown == total.breakdown != dens.breakdown


def test_a_headline_has_the_agency_that_the_body_tells() -> None:
    text = "“百日行动”缴获毒品5.19吨\n\n公安部9月14日召开新闻发布会。公安部禁毒局负责人说，全国共缴获毒品5.19吨。"
    headline, body = tallyroom.read(text=text).observations

    assert headline.agency == body.agency == "cn-mps-ncb"

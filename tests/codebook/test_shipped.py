"""The shipped codebooks are sound, and each error code of codebooks has its page."""

from __future__ import annotations

import re

from tests.conftest import ROOT

from tallyroom.codebook import check_codebook


def test_nothing_is_wrong_in_the_shipped_codebooks() -> None:
    found = [str(problem) for problem in check_codebook()]

    assert not found, "\n".join(found)


def test_each_error_code_has_a_page_and_each_page_a_code() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/tallyroom/codebook").glob("*.py")
    )
    used = set(re.findall(r'"(CB1\d\d)"', source))
    pages = {path.stem for path in (ROOT / "docs/errors").glob("CB1*.md")}

    assert used == pages

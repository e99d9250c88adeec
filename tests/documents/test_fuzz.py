"""Every parser on valid files that were changed at random: no crash, no hang, no error but the project's own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.fuzzing import KINDS, TARGETS, check, mutated

EXAMPLES = {"text": 250, "html": 120, "docx": 120, "xlsx": 150, "csv": 250, "eml": 150, "zip": 150, "pdf": 30}
"""So many that each parser is busy for a few seconds; `bench/fuzz.py` goes on for as long as it is told."""
_EDITS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.floats(0, 1, exclude_max=True), st.integers(0, 1 << 16)), max_size=6
)


@pytest.mark.parametrize("name", TARGETS)
def test_a_file_that_was_changed_anywhere_is_opened_or_refused(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=EXAMPLES[name], suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 99), _EDITS)
    def changed(which: int, edits: list[tuple[str, float, int]]) -> None:
        seeds = target.seeds()
        check(mutated(seeds[which % len(seeds)], edits), target.name)

    changed()


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_changes_begin_with_is_read(name: str) -> None:
    for seed in TARGETS[name].seeds():
        check(seed, TARGETS[name].name)

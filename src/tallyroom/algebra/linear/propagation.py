"""Interval propagation: what each row leaves to its variables, over and over until nothing moves.

Complete where rows hang together like a tree; elsewhere it narrows what the simplex gets. It works in whole numbers
of a `Scaled` system and rounds outwards, so it never takes a solution away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable

from tallyroom.algebra.linear.scaled import Box, Half, Scaled, Terms

Move = tuple[int, bool, int]
"""An end that moved: the variable, whether it is the high end, the half-row that moved it."""


class Propagation:
    """A box and the half-rows over it. `trail` tells each move in order, `broken` the half-row that cannot hold."""

    def __init__(self, scaled: Scaled, box: Box, on: list[bool], visits: int) -> None:
        self.scaled, self.box, self.on = scaled, box, on
        self.visits = visits
        self.trail: list[Move] = []
        self.broken: int | None = None
        self._waiting = bytearray(len(scaled.halves))

    def run(self, halves: Iterable[int]) -> bool:
        """Propagate from `halves` on: False where the box is empty. It may stop early when `visits` are spent."""
        waiting, on, all_halves = self._waiting, self.on, self.scaled.halves
        queue = deque(half for half in halves if on[half])
        for half in queue:
            waiting[half] = 1
        while queue and self.visits > 0:
            at = queue.popleft()
            waiting[at] = 0
            self.visits -= 1
            begin = len(self.trail)
            if not self._tighten(at, all_halves[at]):
                self.broken = at
                for half in queue:
                    waiting[half] = 0
                return False
            for variable, is_high, _ in self.trail[begin:]:
                users = self.scaled.lowered if is_high else self.scaled.raised
                for user in users[variable]:
                    if on[user] and not waiting[user] and user != at:
                        waiting[user] = 1
                        queue.append(user)
        return True

    def _tighten(self, at: int, half: Half) -> bool:
        """Draw in the ends that one half-row moves: False where even the greatest sum is too small."""
        terms, least, _ = half
        low, high = self.box.low, self.box.high
        top, loose = 0, -1
        for place, (variable, times) in enumerate(terms):
            end = high[variable] if times > 0 else low[variable]
            if end is None:
                if loose >= 0:
                    return True
                loose = place
            else:
                top += times * end
        if loose >= 0:
            variable, times = terms[loose]
            self._raise(at, variable, (least - top) // times)
            return True
        slack = top - least
        if slack < 0:
            return False
        self._draw(at, terms, slack)
        return True

    def _draw(self, at: int, terms: Terms, slack: int) -> None:
        low, high = self.box.low, self.box.high
        for variable, times in terms:
            if times > 0:
                end = high[variable]
                assert end is not None
                if end - low[variable] > slack // times:
                    self._raise(at, variable, end + (-slack // times))
            else:
                top = low[variable] + -(slack // times)
                now = high[variable]
                if now is None or top < now:
                    high[variable] = top
                    self.trail.append((variable, True, at))

    def _raise(self, at: int, variable: int, low: int) -> None:
        if low > self.box.low[variable]:
            self.box.low[variable] = low
            self.trail.append((variable, False, at))

    def culprits(self) -> set[int]:
        """The rows that made the box empty, and perhaps a few others: the trail followed back."""
        if self.broken is None:
            return set()
        half = self.scaled.halves[self.broken]
        rows = {half[2]}
        moves: dict[tuple[int, bool], list[int]] = {}
        for time, (variable, is_high, _) in enumerate(self.trail):
            moves.setdefault((variable, is_high), []).append(time)
        pending = [(variable, times > 0, len(self.trail)) for variable, times in half[0]]
        seen: set[tuple[int, bool, int]] = set()
        while pending:
            variable, is_high, before = pending.pop()
            times_moved = moves.get((variable, is_high), [])
            place = bisect_left(times_moved, before)
            if place == 0:
                rows.add((self.box.high_by if is_high else self.box.low_by)[variable])
                continue
            moved = times_moved[place - 1]
            if (variable, is_high, moved) in seen:
                continue
            seen.add((variable, is_high, moved))
            cause = self.scaled.halves[self.trail[moved][2]]
            rows.add(cause[2])
            pending += [(other, times > 0, moved) for other, times in cause[0] if other != variable]
        return rows - {-1}

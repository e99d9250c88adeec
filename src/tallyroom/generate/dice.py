"""Chance that falls the same on every machine: whole numbers alone, each stream named by its seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of chance. The same seed gives the same stream, whatever the machine, locale or Python's hash.

    Examples:
        >>> Dice("seed", 7).between(1, 6) == Dice("seed", 7).between(1, 6)
        True
    """

    def __init__(self, *seed: str | int) -> None:
        self._seed = seed
        self._random = random.Random("/".join(map(str, seed)))

    def child(self, *name: str | int) -> Dice:
        """Return another stream, named under this one: what is drawn from one never moves the other."""
        return Dice(*self._seed, *name)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self._random.randrange(high - low + 1)

    def chance(self, percent: int) -> bool:
        """Return true in so many of a hundred cases."""
        return self._random.randrange(100) < percent

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self._random.randrange(len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return so many of the items, or all of them, in the order that they have."""
        places = list(range(len(items)))
        for at in range(min(count, len(items))):
            other = self.between(at, len(items) - 1)
            places[at], places[other] = places[other], places[at]
        return [items[place] for place in sorted(places[:count])]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        rest, order = list(items), []
        while rest:
            order.append(rest.pop(self._random.randrange(len(rest))))
        return order

    def magnitude(self, low: int, high: int) -> int:
        """Return a number from `low` to `high` for which small ones are as likely as large ones."""
        steps = max(0, (high // max(1, low)).bit_length() - 1)
        low_end = low << self.between(0, steps)
        return min(high, self.between(low_end, 2 * low_end))

    def parts(self, total: int, weights: Sequence[int]) -> list[int]:
        """Return whole numbers, about in proportion to the weights, that add up to `total`."""
        shares = [weight * self.between(60, 140) for weight in weights]
        whole = sum(shares) or 1
        parts = [total * share // whole for share in shares]
        largest = max(range(len(shares)), key=lambda at: (shares[at], -at))
        parts[largest] += total - sum(parts)
        return parts

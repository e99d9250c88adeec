"""Totals spread over those who report: whole amounts that add up, with parts that fit into their wholes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tallyroom.generate.dice import Dice

Amounts = dict[str, int]
"""Amounts by the code of who reports them."""


class DoesNotFit(ValueError):
    """Totals that no returns could add up to: a part is larger than its whole."""


def spread(total: int, weights: Mapping[str, int], dice: Dice) -> Amounts:
    """Return amounts about in proportion to the weights that add up to `total`; what is left goes to the largest rests.

    Raises:
        DoesNotFit: There is something to spread and nobody to report it.
    """
    shares = {code: weight * dice.between(70, 130) for code, weight in weights.items()}
    whole = sum(shares.values())
    if not whole:
        if total:
            raise DoesNotFit(f"{total} is to be reported by nobody")
        return dict.fromkeys(weights, 0)
    amounts = {code: total * share // whole for code, share in shares.items()}
    rests = sorted(shares, key=lambda code: (-(total * shares[code] % whole), code))
    for code in rests[: total - sum(amounts.values())]:
        amounts[code] += 1
    return amounts


def spread_above(
    total: int, weights: Mapping[str, int], parts: Sequence[Amounts], *, add_up: bool, exact: bool, dice: Dice
) -> Amounts:
    """Return amounts that add up to `total`, each at least what its parts need.

    Args:
        parts: What each reports of parts of the whole.
        add_up: The parts exclude one another, so their sum must fit; else the largest must.
        exact: The parts are all there is.

    Raises:
        DoesNotFit: The parts need more than the total, or are all there is and give another one.
    """
    needed = {
        code: (sum if add_up else max)([part.get(code, 0) for part in parts] or [0]) for code in weights
    }
    rest = total - sum(needed.values())
    if rest < 0 or (exact and rest):
        raise DoesNotFit(f"parts need {total - rest} of {total}")
    more = spread(rest, weights, dice)
    return {code: needed[code] + more[code] for code in weights}

"""Documents that share a name: a row's `source` is that name, so it does not tell which of them it is from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tallyroom.errors import TallyroomError

if TYPE_CHECKING:
    from tallyroom.documents import Source

SHOWN = 3
"""Names that a message tells; of each, as many of its documents."""


class NameShared(TallyroomError):
    """Several documents of one run have one name. A notice: all of them are read."""

    code = "CL122"


class Names:
    """Notices which sources of a run share a name. One that is named twice is one source.

    Examples:
        >>> Names().shared() is None
        True
    """

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._shared: dict[str, list[str]] = {}

    def of(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Pass the sources through."""
        for source in sources:
            first = self._first.setdefault(source.id, source.name)
            if first != source.name and os.path.realpath(first) != os.path.realpath(source.name):
                self._shared.setdefault(source.id, [first]).append(source.name)
            yield source

    def shared(self) -> NameShared | None:
        """Return what to tell about the names that several of the sources so far have; None if there are none."""
        if not self._shared:
            return None
        count = len(self._shared)
        names = "a name" if count == 1 else f"{count:,} names"
        return NameShared(
            f"{names} of several documents each: `source` does not tell their rows apart",
            found=_some([f"{name}: {_some(paths, ', ')}" for name, paths in self._shared.items()], "; "),
            next_step="rename the files, or read each folder by itself",
        )


def _some(all_of_them: list[str], between: str) -> str:
    more = len(all_of_them) - SHOWN
    return between.join(all_of_them[:SHOWN]) + (f"{between}{more:,} more" if more > 0 else "")

"""The errors that a user may meet: where, what was expected, what was found, what to do next."""

from __future__ import annotations


class TallyroomError(Exception):
    """Anything that the project reports to its user. `code` is stable and has a page in the docs.

    Attributes hold the same facts as the message: `where`, `expected`, `found`, `next_step`.

    Examples:
        >>> import tallyroom
        >>> try:
        ...     tallyroom.read("no-such-file.txt")
        ... except tallyroom.TallyroomError as error:
        ...     print(error.code, error.where)
        DC102 no-such-file.txt
    """

    code = "TR000"

    def __init__(
        self, says: str, *, where: str = "", expected: str = "", found: str = "", next_step: str = ""
    ) -> None:
        super().__init__(says)
        self.says, self.where = says, where
        self.expected, self.found, self.next_step = expected, found, next_step

    def __str__(self) -> str:
        head = f"{self.where}: {self.says}" if self.where else self.says
        facts = (("expected", self.expected), ("found", self.found), ("next", self.next_step))
        lines = [f"{head} [{self.code}]", *(f"  {name:<9} {fact}" for name, fact in facts if fact)]
        return "\n".join([*lines, f"  {'more':<9} docs/errors/{self.code}"])

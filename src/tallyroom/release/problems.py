"""What can go wrong with a release, told with its file and line."""

from __future__ import annotations

from tallyroom.errors import TallyroomError


class ReleaseError(TallyroomError):
    """A release cannot be made, or is not what its manifest says. Each kind has a code and a page."""

    code = "RL100"


class SpecWrong(ReleaseError):
    """A release file has a key or value that it must not have, or lacks one."""

    code = "RL101"


class TemplateWrong(ReleaseError):
    """A template has another form than expected."""

    code = "RL102"


class NumberTyped(ReleaseError):
    """A template contains a number. Numbers come from the record alone."""

    code = "RL103"


class FigureMissing(ReleaseError):
    """A template asks for a figure that the record does not have."""

    code = "RL104"


class FigureUnclear(ReleaseError):
    """A template asks for a figure, and several of the record answer."""

    code = "RL105"


class NameUnknown(ReleaseError):
    """An indicator, area, operation, substance or other code that the codebook does not know."""

    code = "RL106"


class CoverageIncomplete(ReleaseError):
    """A total lacks reporting units, and the template asks for all of them."""

    code = "RL107"


class WordingMissing(ReleaseError):
    """No phrase says the figure in one of the languages, or the figure cannot be printed as asked."""

    code = "RL108"


class OutputEdited(ReleaseError):
    """A file of a release is not what its manifest says."""

    code = "RL109"


class CommitMissing(ReleaseError):
    """The ledger does not have the commit that a release was made from."""

    code = "RL110"


class ManifestWrong(ReleaseError):
    """A folder is no release, or its manifest cannot be read."""

    code = "RL111"


class NotRebuilt(ReleaseError):
    """A release was built again from its manifest, and a file came out otherwise."""

    code = "RL112"


class ReleaseTaken(ReleaseError):
    """Another release of the same id is on record."""

    code = "RL113"


class OutputTaken(ReleaseError):
    """The folder for a release holds something else, or cannot be written."""

    code = "RL114"

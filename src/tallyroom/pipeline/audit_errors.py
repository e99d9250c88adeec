"""What keeps an audit from answering, each with its code."""

from __future__ import annotations

from tallyroom.errors import TallyroomError


class AuditError(TallyroomError):
    """The family of all errors of audits."""

    code = "AL100"


class NothingMatches(AuditError):
    """The record has no figure that a query asks for."""

    code = "AL101"


class CellNotOne(AuditError):
    """A question about bounds names no cell, or more than one."""

    code = "AL102"


class SideUnknown(AuditError):
    """What shall be compared is neither a release, nor a document, an agency or a publisher of the record."""

    code = "AL103"


class TooLarge(AuditError):
    """A part of the record was not solved within the budget. A notice: all else was, and nothing is claimed of it."""

    code = "AL105"


class RuleUnknown(AuditError):
    """There is no rule with this code, or it is not as the order supposes."""

    code = "AL104"

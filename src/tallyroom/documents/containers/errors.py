"""What can be wrong with a file that holds several documents."""

from __future__ import annotations

from tallyroom.documents.errors import DocumentError


class MemberUnsafe(DocumentError):
    """A member of an archive has a name that leads out of it, is a link, or shares its name with another."""

    code = "DC135"


class NestedTooDeep(DocumentError):
    """Archives and mails stand in one another deeper than is read."""

    code = "DC136"


class MailDamaged(DocumentError):
    """A mail's parts cannot be told apart."""

    code = "DC138"

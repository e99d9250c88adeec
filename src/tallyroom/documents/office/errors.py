"""What can be wrong with a document that is a ZIP package of XML parts, or an archive of documents."""

from __future__ import annotations

from tallyroom.documents.errors import DocumentError


class PackageDamaged(DocumentError):
    """A package or archive is cut off or overwritten, or lacks the part that holds its text."""

    code = "DC130"


class PackageTooLarge(DocumentError):
    """A package or archive would unpack to more than a document may hold."""

    code = "DC131"


class PackageLocked(DocumentError):
    """A document or a member of an archive is encrypted."""

    code = "DC132"


class MarkupForbidden(DocumentError):
    """A part declares a document type or entities, which no Office program writes."""

    code = "DC133"


class OldOffice(DocumentError):
    """A document of the binary formats of before 2007."""

    code = "DC134"

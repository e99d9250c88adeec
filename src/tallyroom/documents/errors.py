"""What can go wrong before a document is read. Each code has a page `docs/errors/CODE.md`."""

from __future__ import annotations

from tallyroom.errors import TallyroomError


class DocumentError(TallyroomError):
    """A source cannot become a document."""

    code = "DC100"


class NothingToRead(DocumentError):
    """The source holds no text: no bytes at all, or white space only."""

    code = "DC101"


class SourceMissing(DocumentError):
    """There is nothing at the path that was given."""

    code = "DC102"


class SourceRefused(DocumentError):
    """The system does not let the source be read: permission, or a failing disk."""

    code = "DC103"


class SourceTooLarge(DocumentError):
    """The source is larger than the limit."""

    code = "DC104"


class NotText(DocumentError):
    """The bytes are not text in any encoding that is known here."""

    code = "DC105"


class DirectoryEmpty(DocumentError):
    """A directory holds no document."""

    code = "DC106"


class AboutUnreadable(DocumentError):
    """`docs.jsonl` has a line that cannot be used."""

    code = "DC107"


class EncodingUnfit(DocumentError):
    """The encoding that was asked for is unknown, or the bytes do not fit it."""

    code = "DC108"


class PageEmpty(DocumentError):
    """A web page holds no text of its own."""

    code = "DC109"


class FormatUnknown(DocumentError):
    """The source is of a known kind that no reader here can open."""

    code = "DC110"


class TextDamaged(DocumentError):
    """The bytes are UTF-8 but for some that were cut off or overwritten."""

    code = "DC111"


class PageTooLarge(DocumentError):
    """A web page has more elements than a page of text can have."""

    code = "DC112"


class TooHeavy(DocumentError):
    """Opening a document takes more memory than a document may take."""

    code = "DC113"


class TooSlow(DocumentError):
    """Opening a document takes more time than a document may take."""

    code = "DC114"


class ParserDied(DocumentError):
    """The process that opened a document died over it."""

    code = "DC115"


class PasswordNeeded(DocumentError):
    """A PDF is encrypted, and opens with a password alone."""

    code = "DC120"


class PdfBroken(DocumentError):
    """A PDF is damaged, cut off, or none."""

    code = "DC121"


class NoTextLayer(DocumentError):
    """The pages of a PDF are pictures: a scan without text."""

    code = "DC122"


class TextUnreadable(DocumentError):
    """A PDF draws its text with fonts that do not say which characters they draw."""

    code = "DC123"


class SourceChanged(DocumentError):
    """A source became another one while it was read."""

    code = "DC137"

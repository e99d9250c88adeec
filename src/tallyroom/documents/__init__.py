"""Documents: bytes become text with its structure, title, publisher, date, and the way back to the bytes."""

from tallyroom.documents.errors import DocumentError
from tallyroom.documents.files import LIMIT
from tallyroom.documents.formats import Format, register
from tallyroom.documents.opening import open_document
from tallyroom.documents.places import find_bytes
from tallyroom.documents.request import Request
from tallyroom.documents.sources import Source, documents_below, find_among, find_sources

__all__ = [
    "LIMIT",
    "DocumentError",
    "Format",
    "Request",
    "Source",
    "documents_below",
    "find_among",
    "find_bytes",
    "find_sources",
    "open_document",
    "register",
]

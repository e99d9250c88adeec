"""Mails: their text as a document, and what is attached to them.

The parser is the standard library's, which never fails on what is merely wrong; what it cannot do is bound the
depth of parts in one another.
"""

from __future__ import annotations

import datetime
import email.errors
import email.generator
import email.header
import email.message
import email.parser
import email.policy
import email.utils
import mimetypes
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from tallyroom.documents.containers.errors import MailDamaged
from tallyroom.documents.encodings import decode
from tallyroom.documents.errors import DocumentError
from tallyroom.documents.formats import formats
from tallyroom.documents.wording import load_wording

MOST_PARTS = 1_000
_SAFE = re.compile(r"[/\\\x00-\x1f\x7f]+")
_BOUNDARY = b"boundary="
_HEADER, _MOST_HEADERS = re.compile(rb"^[!-9;-~]+:", re.MULTILINE), 200_000
_DEEPEST = 60
_MOST_WORK = 50_000_000
"""Each line is held against the end of each heap that is open."""
_LONGEST_NAME = 120
_TEXTS = ("text/html", "text/plain")

if TYPE_CHECKING:
    Message = email.message.Message[str, str]


class Mail:
    """A mail: its body, and its attachments by their names (`names`); `left` are those of no known format."""

    def __init__(self, data: bytes, where: str) -> None:
        """Part a mail.

        Raises:
            MailDamaged: It has more parts, or deeper ones, than a mail has.
        """
        self._where = where
        self.problems: dict[str, DocumentError] = {}
        heaps = data.count(_BOUNDARY)
        if heaps > MOST_PARTS or heaps * data.count(b"\n") > _MOST_WORK:
            raise _damaged(where, f"{heaps:,} heaps of parts in {len(data):,} bytes")
        if any(islice(_HEADER.finditer(data), _MOST_HEADERS, None)):
            raise _damaged(where, f"more than {_MOST_HEADERS:,} headers")
        self.body: Message | None = None
        self._parts: dict[str, Message] = {}
        self.left: list[str] = []
        try:
            self._message: Message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
            self._sort()
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise _damaged(where, f"{type(error).__name__}: {error}") from None

    @property
    def names(self) -> list[str]:
        """The names of its attachments, in their order."""
        return list(self._parts)

    def size(self, name: str) -> int:
        """Return the bytes that an attachment takes, roughly."""
        return len(content_of(self._parts[name]))

    def read(self, name: str) -> bytes:
        """Return the bytes of an attachment.

        Raises:
            MailDamaged: There is none of that name.
        """
        if name not in self._parts:
            raise _damaged(self._where, f"no attachment {name}")
        return content_of(self._parts[name])

    @property
    def subject(self) -> str | None:
        """What the mail says it is about, without what programs put before it."""
        words = self.header("Subject")
        while found := next((mark for mark in _listed("answered") if words.lower().startswith(mark)), None):
            words = words[len(found) :].lstrip()
        return words or None

    @property
    def sender(self) -> str | None:
        """The office that sent it; never a person or an address."""
        names = (self.header("Organization"), email.utils.parseaddr(self.header("From"))[0])
        return next((name for name in names if name and _is_office(name)), None)

    @property
    def sent(self) -> datetime.date | None:
        """The day on which it was sent, where it was sent."""
        try:
            return email.utils.parsedate_to_datetime(self.header("Date")).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            return None

    def header(self, name: str) -> str:
        """Return a header's words, decoded; "" where it has none."""
        return _words(self._message.get(name))

    def _sort(self) -> None:
        """Choose the body (HTML before text), and name what is attached."""
        bodies: dict[str, Message] = {}
        for count, part in enumerate(self._leaves(), 1):
            if count > MOST_PARTS:
                raise _damaged(self._where, f"more than {MOST_PARTS:,} parts")
            kind = part.get_content_type()
            if kind in _TEXTS and not part.get_filename() and part.get_content_disposition() != "attachment":
                if kind in bodies and kind == "text/plain":
                    self._attach(part, kind)
                bodies.setdefault(kind, part)
            else:
                self._attach(part, kind)
        found = [bodies[kind] for kind in _TEXTS if kind in bodies and content_of(bodies[kind]).strip()]
        self.body = found[0] if found else None

    def _leaves(self) -> Iterator[Message]:
        """The parts that hold something, in their order; a mail in a mail is one."""
        stack: list[tuple[Message, int]] = [(self._message, 0)]
        while stack:
            part, depth = stack.pop()
            if part.get_content_type() == "message/rfc822" or not part.is_multipart():
                yield part
                continue
            if depth > _DEEPEST:
                raise _damaged(self._where, f"parts in one another more than {_DEEPEST} deep")
            stack += [(each, depth + 1) for each in reversed(_inner(part))]

    def _attach(self, part: Message, kind: str) -> None:
        name = self._name(part, kind, len(self._parts) + len(self.left) + 1)
        suffix = "." + name.rpartition(".")[2].lower()
        if any(suffix in each.suffixes for each in formats()) and "." in name:
            self._parts[self._free(name)] = part
        else:
            self.left.append(name)

    def _name(self, part: Message, kind: str, number: int) -> str:
        try:
            given = part.get_filename() or ""
        except (ValueError, LookupError, TypeError):
            given = ""
        name = _SAFE.sub("_", _words(given)).strip(". ")[-_LONGEST_NAME:]
        if name and "." in name:
            return name
        ending = ".eml" if kind == "message/rfc822" else _ending_of(kind)
        return f"{name or f'part{number}'}{ending}"

    def _free(self, name: str) -> str:
        """A name that no other attachment has."""
        stem, dot, suffix = name.rpartition(".")
        found, number = name, 2
        while found in self._parts:
            found, number = f"{stem}-{number}{dot}{suffix}", number + 1
        return found


def content_of(part: Message) -> bytes:
    """Return the bytes of a part, decoded from how they were sent; nothing where they cannot be told."""
    if part.is_multipart():
        return b"".join(map(_written, _inner(part)[:1]))
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        return b""
    return content if isinstance(content, bytes) else b""


def _inner(part: Message) -> list[Message]:
    """The parts of a part, or the mail in it."""
    payload: object = part.get_payload()
    assert isinstance(payload, list)
    return [each for each in payload if isinstance(each, email.message.Message)]


_UNWRITABLE = (
    email.errors.MessageError,
    UnicodeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What the library raises over headers that it read itself."""


def _written(inner: Message) -> bytes:
    """A mail in a mail, as it came; nothing where its bytes cannot be told any more."""
    out = BytesIO()
    try:
        email.generator.BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(inner)
    except _UNWRITABLE:
        return b""
    return out.getvalue()


def charset_of(part: Message) -> str | None:
    """Return the encoding that a part declares."""
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return None


def _is_office(name: str) -> bool:
    latin = set(re.findall("[a-z]+", name.lower()))
    return any(word in latin if word.isascii() else word in name for word in _listed("offices"))


def _listed(key: str) -> list[str]:
    return load_wording("en", "office")[key]


def _ending_of(kind: str) -> str:
    known = next((each.suffixes[0] for each in formats() if each.media_type == kind), None)
    return known or mimetypes.guess_extension(kind) or ""


def _words(header: object) -> str:
    """The words of a header, whatever encodings it is written in."""
    if header is None:
        return ""
    out: list[str] = []
    try:
        pieces = email.header.decode_header(str(header)[:2000])
    except (ValueError, email.errors.HeaderParseError):
        return " ".join(str(header).split())
    for content, encoding in pieces:
        out.append(content if isinstance(content, str) else _decoded(content, encoding))
    return " ".join("".join(out).split())


def _decoded(content: bytes, encoding: str | None) -> str:
    try:
        return (
            decode(content, declared=encoding if encoding != "unknown-8bit" else None).text if content else ""
        )
    except DocumentError:
        return content.decode("ascii", "replace")


def _damaged(where: str, found: str) -> MailDamaged:
    return MailDamaged(
        "the parts of this mail cannot be told apart.", where=where, expected="a mail as programs send it",
        found=found, next_step="open it in a mail program and save its text and attachments",
    )  # fmt: skip

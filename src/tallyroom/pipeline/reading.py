"""Sources -> documents -> readings, in one process or several."""

from __future__ import annotations

import datetime
import functools
import traceback
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Union

import msgspec

from tallyroom.errors import TallyroomError
from tallyroom.model import Document, Reading
from tallyroom.model.origin import Origin
from tallyroom.workers import in_order

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.documents import Source
    from tallyroom.pipeline.names import Names
    from tallyroom.reading import Reader


class ReadOptions(msgspec.Struct, frozen=True):
    """What is known of the sources and goes before their own word."""

    published: datetime.date | None = None
    encoding: str | None = None
    keep: bool = False
    """Whether readings come with the bytes of their sources, as `Sourced`."""
    allow_private: bool = False
    """Whether documents may be fetched from this machine and from networks that are not public."""


class Sourced(Reading, frozen=True):
    """A reading with the bytes that it was made from, for the record; None where they were not asked for."""

    data: bytes | None = None
    origin: Origin | None = None
    """Where and when they were fetched, if they were."""
    file: str | None = None
    """The file that holds this document among others: a record keeps that file, and not each document in it."""


class Record(msgspec.Struct, frozen=True):
    """A text that is already at hand: id, characters, and the day of publication and language if known."""

    id: str
    text: str
    published: datetime.date | None = None
    lang: str | None = None


class Failure(msgspec.Struct, frozen=True):
    """A source that could not be read: its name, the stable code of the error, and what to tell.

    Examples:
        >>> import tallyroom
        >>> (failure,) = tallyroom.read_all("no-such-file.txt")
        >>> failure.source, failure.code
        ('no-such-file.txt', 'DC102')
    """

    source: str
    code: str
    message: str


class Fetched(msgspec.Struct, frozen=True):
    """A source whose bytes had to be fetched where it was found."""

    source: Source
    data: bytes
    origin: Origin | None = None


Item = Union["Source", Fetched, Record, Failure]


class TextUnfit(TallyroomError):
    """A text given as characters is not Unicode text."""

    code = "CL120"


class NotOneDocument(TallyroomError):
    """One document was asked for, and a directory was named."""

    code = "CL121"


class ReaderFailed(TallyroomError):
    """The program itself broke on one document. That is a defect of the program, not of the document."""

    code = "CL190"


class ReaderDied(TallyroomError):
    """The process that read a document was killed, mostly for want of memory."""

    code = "CL191"


class MemoryRanOut(TallyroomError):
    """A document needs more memory than the system gives."""

    code = "CL193"


def read_sources(
    sources: Iterable[str | Path],
    codebook: Codebook,
    options: ReadOptions | None = None,
    jobs: int = 1,
    only: Container[str] | None = None,
    names: Names | None = None,
) -> Iterator[Reading | Failure]:
    """Read every document of `sources` and give the readings in the order of the sources.

    Args:
        sources: Files, directories (read recursively), addresses of the web, and `-` for standard input.
        codebook: What the reader knows.
        options: What is known of all the sources.
        jobs: Number of processes. Readings and order are the same for any number.
        only: Ids of the documents to read; others are passed over. `None` reads all.
        names: Notices which of the documents share a name.

    Returns:
        One `Reading` a document and one `Failure` for each source that could not be read; nothing for no
        sources. A failure never stops the others, and only a bounded number of documents is held at a time.
    """
    options = options or ReadOptions()
    found = (source for source in _found(sources) if only is None or source.id in only)
    at_hand = _at_hand(names.of(found) if names else found, options.allow_private)
    return read_items(at_hand, codebook, options, jobs)


def count_sources(sources: Iterable[str | Path]) -> int:
    """Count what `read_sources` will give, without reading it."""
    return sum(1 for _ in _found(sources))


def read_records(
    records: Iterable[Record], codebook: Codebook, options: ReadOptions | None = None, jobs: int = 1
) -> Iterator[Reading | Failure]:
    """Read texts that are already at hand, as `read_sources` does; the order is that of `records`."""
    return read_items(records, codebook, options, jobs)


def read_one(source: str | Path | Record, codebook: Codebook, options: ReadOptions | None = None) -> Reading:
    """Read one document: a file, `-` for standard input, or a text at hand.

    Raises:
        TallyroomError: The document could not be read, or `source` is a directory.
    """
    options = options or ReadOptions()
    item = source if isinstance(source, Record) else _only_source(source, options.allow_private)
    return _read(_reader(codebook), options, item)


def reader_of_records(codebook: Codebook) -> Callable[[Record], Reading]:
    """Return a function that reads one text after another; what it needs is built once.

    The function raises `TallyroomError` for a text that cannot be opened, and does not hide a defect.
    """
    reader = _reader(codebook)
    return lambda record: _read(reader, ReadOptions(), record)


def _only_source(path: str | Path, allow_private: bool) -> Source | Fetched:
    """The one document that a path names; of a mail its text, whatever is attached to it."""
    from tallyroom.documents.errors import AboutUnreadable

    if Path(path).is_dir():
        raise NotOneDocument(
            "this is a directory", where=str(path), expected="one document", next_step="use read_all"
        )
    found = [source for source in _found([path]) if not isinstance(source.problem, AboutUnreadable)]
    source = found[0]
    if source.member and len(found) > 1:
        raise NotOneDocument(
            "this file holds several documents", where=str(path), expected="one document",
            found=f"{len(found):,} of them", next_step="use read_all",
        )  # fmt: skip
    return _fetched(source, allow_private) if source.url else source


def _found(sources: Iterable[str | Path]) -> Iterator[Source]:
    """The sources in the order given; an address is one of its own, named without its scheme."""
    from tallyroom.documents import find_sources

    for given in sources:
        if isinstance(given, str) and given[:8].lower().startswith(("http://", "https://")):
            yield _addressed(given)
        else:
            yield from find_sources([given])


def _addressed(url: str) -> Source:
    from urllib.parse import unquote

    from tallyroom.documents import Source
    from tallyroom.fetching import parse_address

    try:
        address = parse_address(url)
    except TallyroomError as error:
        return Source(url, url, problem=error)
    name = unquote(address.authority + address.target).rstrip("/")
    return Source(name, address.url, url=address.url)


def _fetched(source: Source, allow_private: bool) -> Fetched:
    """Fetch a source from the web: the one place where the network is asked."""
    from tallyroom.fetching import fetch

    assert source.url is not None
    delivery = fetch(source.url, allow_private=allow_private)
    return Fetched(source, delivery.data, delivery.origin)


def read_items(
    items: Iterable[Item], codebook: Codebook, options: ReadOptions | None = None, jobs: int = 1
) -> Iterator[Reading | Failure]:
    """Read sources, bytes and texts as they come: one outcome for each, in their order."""
    setup = functools.partial(_setup, codebook, options or ReadOptions())
    return in_order(items, setup, _weigh, _died, jobs)


def _at_hand(sources: Iterable[Source], allow_private: bool) -> Iterator[Item]:
    """Fetch what comes from the web and standard input here: the other processes have no part in either."""
    for source in sources:
        if source.path is not None or source.problem is not None:
            yield source
            continue
        try:
            yield _fetched(source, allow_private) if source.url else Fetched(source, source.read())
        except TallyroomError as error:
            yield Failure(source.name, error.code, str(error))


def _setup(codebook: Codebook, options: ReadOptions) -> Callable[[Item], Reading | Failure]:
    reader = _reader(codebook)
    return functools.partial(_read_safely, reader, options)


def _read_safely(reader: Reader, options: ReadOptions, item: Item) -> Reading | Failure:
    if isinstance(item, Failure):
        return item
    try:
        return _read(reader, options, item)
    except TallyroomError as error:
        return Failure(_name(item), error.code, str(error))
    except MemoryError:
        return _ran_out(item)
    except Exception as error:  # a defect on one document must not take the others with it
        return _broke(item, error)


def _read(reader: Reader, options: ReadOptions, item: Source | Fetched | Record) -> Reading:
    data = _bytes(item)
    reading = reader.read(_open(item, data, options))
    if not options.keep:
        return reading
    origin = item.origin if isinstance(item, Fetched) else None
    if reading.document.container is not None and not isinstance(item, Record):
        source = item.source if isinstance(item, Fetched) else item
        return Sourced(reading.document, reading.observations, reading.numerals, data, file=str(source.path))
    return Sourced(reading.document, reading.observations, reading.numerals, data, origin)


def _bytes(item: Source | Fetched | Record) -> bytes:
    if isinstance(item, Record):
        return _encode(item)
    return item.data if isinstance(item, Fetched) else item.read()


def _reader(codebook: Codebook) -> Reader:
    from tallyroom.reading import Reader

    return Reader(codebook)


def _open(item: Source | Fetched | Record, data: bytes, options: ReadOptions) -> Document:
    from tallyroom.documents import open_document

    if isinstance(item, Record):
        return _open_record(item, data, options)
    source, origin = (item.source, item.origin) if isinstance(item, Fetched) else (item, None)
    document = open_document(
        data,
        id=source.id,
        name=source.name,
        published=options.published,
        encoding=options.encoding,
        about={**(source.about or {}), "url": origin.url} if origin else source.about,
        media_type=origin.media_type if origin else None,
        charset=origin.charset if origin else None,
    )
    return _placed(document, source) if source.member else document


def _placed(document: Document, source: Source) -> Document:
    """The document with its place in the file that holds it."""
    from tallyroom.documents.containers.expanding import file_of

    assert source.stamp is not None
    return msgspec.structs.replace(
        document, member="/".join(source.member), container=file_of(source.stamp).sha256
    )


def _open_record(record: Record, data: bytes, options: ReadOptions) -> Document:
    """Open the text as it is; it is plain even where it looks like markup."""
    from tallyroom.documents.plain import open_plain
    from tallyroom.documents.request import Request

    published = record.published or options.published
    about = {"lang": record.lang} if record.lang else {}
    return open_plain(Request(data, record.id, record.id, published, "utf-8", about))


def _encode(record: Record) -> bytes:
    try:
        return record.text.encode()
    except UnicodeEncodeError as error:
        raise TextUnfit(
            "the text holds half of a surrogate pair, which is no character",
            where=record.id,
            expected="Unicode text",
            found=f"U+{ord(record.text[error.start]):04X} at {error.start}",
            next_step="decode the source with its own encoding, or replace the character",
        ) from None


def _weigh(item: Item) -> int:
    if isinstance(item, Record):
        return len(item.text)
    if isinstance(item, Fetched):
        return len(item.data)
    if isinstance(item, Failure) or item.path is None:
        return 0
    if item.size is not None:
        return item.size
    try:
        return item.path.stat().st_size
    except OSError:
        return 0


def _name(item: Item) -> str:
    if isinstance(item, Failure):
        return item.source
    if isinstance(item, Record):
        return item.id
    return item.source.name if isinstance(item, Fetched) else item.name


def _died(item: Item) -> Failure:
    if isinstance(item, Failure):
        return item
    error = ReaderDied(
        "the process that read this document was killed",
        where=_name(item),
        next_step="give it more memory, or split the document",
    )
    return Failure(_name(item), error.code, str(error))


def _ran_out(item: Item) -> Failure:
    error = MemoryRanOut(
        "memory ran out while this document was read",
        where=_name(item),
        next_step="give it more memory, ask for fewer processes, or split the document",
    )
    return Failure(_name(item), error.code, str(error))


def _broke(item: Item, cause: Exception) -> Failure:
    last = traceback.extract_tb(cause.__traceback__)[-1]
    error = ReaderFailed(
        "the reader broke on this document",
        where=_name(item),
        found=f"{type(cause).__name__}: {cause} ({Path(last.filename).name}:{last.lineno})",
        next_step="the other documents were read; please report this with the document",
    )
    return Failure(_name(item), error.code, str(error))

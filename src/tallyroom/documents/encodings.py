"""Bytes to characters: which encoding, why, and never a silent guess.

The order is: what the user gave, the byte order mark, what the document declares, strict UTF-8, and at
last the encoding whose characters look most like written language. Decoding is always strict: one code
point stands for the same bytes wherever it is found, so the way back to the bytes stays exact.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from tallyroom.documents.characters import likeness
from tallyroom.documents.errors import EncodingUnfit, NotText, TextDamaged

EncodingFrom = Literal["bom", "declared", "utf-8", "detected", "given"]

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A page that says gb2312 is written with GBK or GB 18030, which contain it; likewise for Big5 and Latin 1.
_CHINESE_SIMPLIFIED = ("gb18030",)
_CHINESE_TRADITIONAL = ("big5hkscs", "cp950")
_WIDER: dict[str, tuple[str, ...]] = {
    "gb2312": _CHINESE_SIMPLIFIED, "gbk": _CHINESE_SIMPLIFIED, "gb18030": _CHINESE_SIMPLIFIED,
    "big5": _CHINESE_TRADITIONAL, "big5hkscs": _CHINESE_TRADITIONAL, "cp950": _CHINESE_TRADITIONAL,
    "ascii": ("cp1252",), "iso8859-1": ("cp1252",), "cp1252": ("cp1252",),
    # A declaration that was read as single bytes cannot be UTF-16: the HTML standard takes it for UTF-8.
    "utf-16": ("utf-8",), "utf-16-le": ("utf-8",), "utf-16-be": ("utf-8",), "utf-32": ("utf-8",),
}  # fmt: skip
_ALIASES = {
    name: encoding
    for encoding, names in {
        "gb18030": "x-gbk gb_2312 gb_2312-80 csgb2312 windows-936 x-euc-cn gb18030-2022 gb18030-2005 x-gb18030 936",
        "big5": "x-x-big5 cn-big5 windows-950 big5-eten x-windows-950 950",
        "big5hkscs": "big5-hkscs-2004 hkscs-big5 x-big5-hkscs-2001",
        "utf-8": "utf8mb4 utf-8-sig utf_8_sig utf8-sig unicode-1-1-utf-8 x-unicode20utf8 unicode11utf8 unicode20utf8",
        "utf-16": "unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff unicodefffe",
        "cp1252": "x-cp1252 ansi",
        "cp1251": "x-cp1251",
        "shift_jis": "x-sjis windows-31j",
        "mac-roman": "x-mac-roman",
    }.items()
    for name in names.split()
}
"""What documents and mails call an encoding, beside the names that Python knows.

Source:
    WHATWG Encoding Standard, 4.2 (names and labels).
"""

_SAMPLE = 16 * 1024
_LOOKS_RIGHT = 0.25
"""Least likeness of a declared encoding: real Chinese scores above 0.5, wrongly decoded text below 0.25."""
_LEAST_LIKENESS, _LEAST_OF_A_FEW, _FEW = 0.3, 0.1, 60
"""Least likeness of an encoding that nobody declared; less will do for a text of so few bytes above 127."""
_LONG_UTF8 = re.compile(b"[\xe0-\xf4]")
"""What begins a character of three or four bytes in UTF-8: all of Chinese is such."""
_HIGH, _HIGH_PAIR = re.compile(b"[\x80-\xff]"), re.compile(b"[\x80-\xff]{2}")
_CONTROL_BYTES = bytes((*range(9), *range(14, 26), *range(27, 32), 127))
_WIDE = ("utf-16", "utf-32")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_MOST_CONTROLS = 1 / 500
"""Greatest share of control characters in text; a few come from typesetting and form feeds from PDF."""


class Decoded(msgspec.Struct, frozen=True):
    """The characters, the codec that gave them, and what decided it."""

    text: str
    encoding: str
    encoding_from: EncodingFrom


def decode(
    data: bytes,
    *,
    given: str | None = None,
    declared: str | Sequence[str | None] | None = None,
    where: str = "",
) -> Decoded:
    """Return the text of `data`, every byte accounted for. A byte order mark stays the first character.

    Args:
        data: The whole source.
        given: A codec that the user asks for; nothing else is then tried.
        declared: What is said of it, by the document or before that by a server; followed unless what comes
            out is plainly not language.
        where: The source's name for messages.

    Raises:
        EncodingUnfit: `given` is unknown or does not fit.
        TextDamaged: UTF-8 with some bytes cut off or overwritten.
        NotText: No encoding fits, or the characters are mostly controls.
    """
    named = (declared,) if isinstance(declared, str) else tuple(filter(None, declared or ()))
    decoded = _decode_given(data, given, where) if given else _decode_found(data, named, where)
    # Only UTF-16 and UTF-32 write other characters with these bytes.
    if decoded.encoding.startswith(_WIDE) or len(data.translate(None, _CONTROL_BYTES)) != len(data):
        _refuse_controls(decoded.text, where)
    return decoded


def _decode_given(data: bytes, given: str, where: str) -> Decoded:
    names = _codecs_for(given, widen=False) and _given_codecs(data, given)
    if not names:
        raise EncodingUnfit(
            f"the encoding {given!r} is not known.", where=where, expected="utf-8, gb18030, big5, ...",
            found=given, next_step="correct the option, or leave it out to have the encoding found",
        )  # fmt: skip
    for name in names:
        text = _try(data, name)
        if text is not None:
            return Decoded(text, name, "given")
    raise EncodingUnfit(
        f"the bytes are not {given}.", where=where, expected=f"text in {given}",
        found=_first_misfit(data, names[0]), next_step="leave the encoding out, or give another",
    )  # fmt: skip


def _given_codecs(data: bytes, given: str) -> tuple[str, ...]:
    """The codecs that a given name means; one that writes marks of its own gives way to one that does not."""
    name = codecs.lookup(_plain_name(given)).name
    if name not in _WIDE:
        return (name,) if name.startswith(_WIDE) else _codecs_for(given)
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark) and codec.startswith(name)), None)
    return (marked,) if marked else (f"{name}-le", f"{name}-be")


def _decode_found(data: bytes, declared: Sequence[str], where: str) -> Decoded:
    marked = _by_mark(data, where)
    if marked is not None:
        return marked
    if data.isascii() and b"\0" not in data:
        return Decoded(data.decode("ascii"), "utf-8", "utf-8")
    found = _by_nuls(data) or _by_declaration(data, declared) or _by_utf8(data)
    if found is None:
        _refuse_damaged(data, ("utf-8",), where)
        found = _by_likeness(data, where)
    return found


def _by_mark(data: bytes, where: str) -> Decoded | None:
    name = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if name is None:
        return None
    text = _try(data, name)
    if text is None:
        raise _damaged(data, name, where)
    return Decoded(text, name, "bom")


def _by_declaration(data: bytes, declared: Sequence[str]) -> Decoded | None:
    for name in (codec for each in declared for codec in _codecs_for(each)):
        text = _try(data, name)
        if text is not None and _looks_right(text, name, data):
            return Decoded(text, name, "declared")
    return None


def _looks_right(text: str, name: str, data: bytes) -> bool:
    """Servers declare Latin 1 for pages in any encoding, and authors copy declarations from elsewhere."""
    if name == "cp1252":
        return _stands_alone(data)
    return name == "utf-8" or likeness(text[:_SAMPLE], name) >= _LOOKS_RIGHT


def _by_utf8(data: bytes) -> Decoded | None:
    text = _try(data, "utf-8")
    if text is None or (not _LONG_UTF8.search(data) and _looks_more_chinese(data, text)):
        return None
    return Decoded(text, "utf-8", "utf-8")


def _looks_more_chinese(data: bytes, text: str) -> bool:
    """A few words of GB 18030 can happen to be UTF-8 of two bytes a character, as 联通 is."""
    chinese = _try(data, "gb18030")
    return chinese is not None and likeness(chinese[:_SAMPLE], "gb18030") > max(
        likeness(text[:_SAMPLE], "cp1252"), _LOOKS_RIGHT
    )


def _by_nuls(data: bytes) -> Decoded | None:
    """Digits and spaces leave a NUL in every other byte of UTF-16, and every character one or two in UTF-32."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or sample.count(0) * 50 < len(sample):
        return None
    name = _utf32(sample) if len(data) % 4 == 0 else None
    if name is None:
        name = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    text = _try(data, name)
    return None if text is None or _has_too_many_controls(text) else Decoded(text, name, "detected")


def _utf32(sample: bytes) -> str | None:
    """No character is beyond U+10FFFF, so the highest of its four bytes is always 0 and the next one small."""
    for name, highest, next_one in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        if not any(sample[highest::4]) and max(sample[next_one::4]) <= 0x10:
            return name
    return None


def _by_likeness(data: bytes, where: str) -> Decoded:
    few = len(_HIGH.findall(data[:_SAMPLE])) < _FEW
    best, name, text = _LEAST_OF_A_FEW if few else _LEAST_LIKENESS, "", ""
    for candidate in _candidates(data):
        decoded = _try(data, candidate)
        if decoded is not None and (score := likeness(decoded[:_SAMPLE], candidate)) > best:
            best, name, text = score, candidate, decoded
    if name:
        return Decoded(text, name, "detected")
    _refuse_damaged(data, ("gb18030", "big5hkscs"), where)
    raise NotText(
        "the bytes are not text in any known encoding.", where=where,
        expected="UTF-8, UTF-16, GB 18030, Big5 or Windows-1252", found=_first_misfit(data, "utf-8"),
        next_step="name the encoding, or save the document as UTF-8",
    )  # fmt: skip


def _candidates(data: bytes) -> Iterator[str]:
    """Chinese stands in pairs of bytes; the signs of Western text stand alone among letters of ASCII."""
    yield from ("gb18030", *_CHINESE_TRADITIONAL)
    if _stands_alone(data):
        yield "cp1252"
    if len(data) % 2 == 0:
        yield from ("utf-16-le", "utf-16-be")


def _stands_alone(data: bytes) -> bool:
    """Bytes above 127 stand alone for the most part."""
    sample = data[:_SAMPLE]
    return len(_HIGH_PAIR.findall(sample)) * 6 <= len(_HIGH.findall(sample))


def _refuse_damaged(data: bytes, names: Sequence[str], where: str) -> None:
    """Text in another encoding decodes to little but replacements or rare characters, damaged text to few."""
    for name in names:
        sample = data[: 1 << 20].decode(name, "replace")
        lost = sample.count("\ufffd")
        kept = len(sample) - lost - len(sample.encode("ascii", "ignore"))
        looks_right = name == "utf-8" or likeness(sample[:_SAMPLE], name) > 2 * _LOOKS_RIGHT
        if lost and kept > 8 * lost and looks_right:
            raise _damaged(data, name, where)


def _damaged(data: bytes, name: str, where: str) -> TextDamaged:
    return TextDamaged(
        f"the text is {name}, but some of its bytes were cut off or overwritten.", where=where,
        expected="whole characters", found=_first_misfit(data, name),
        next_step="fetch the document again, or repair it at that byte",
    )  # fmt: skip


def _plain_name(name: str) -> str:
    plain = name.strip().strip("\"'").lower()
    return _ALIASES.get(plain, plain)


def _codecs_for(name: str, widen: bool = True) -> tuple[str, ...]:
    """The codecs to try for an encoding's name; none for a name that is not known."""
    try:
        found = codecs.lookup(_plain_name(name))
    except (LookupError, ValueError, UnicodeError):
        return ()
    if not getattr(found, "_is_text_encoding", True) or found.name.replace("-", "_") in _UNSAFE:
        return ()
    return _WIDER.get(found.name, (found.name,)) if widen else (found.name,)


# Codecs that are no character sets of documents: their offsets do not follow the characters.
_UNSAFE = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs", "oem"}
)


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _first_misfit(data: bytes, name: str) -> str:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        return f"byte {error.start} is {data[error.start]:#04x}"
    except UnicodeError as error:
        return str(error)
    return "control characters"


def _has_too_many_controls(text: str) -> bool:
    count = len(_CONTROLS.findall(text[: 1 << 20]))
    return count > max(2, int(min(len(text), 1 << 20) * _MOST_CONTROLS))


def _refuse_controls(text: str, where: str) -> None:
    if _has_too_many_controls(text):
        at = _CONTROLS.search(text)
        assert at is not None
        raise NotText(
            "the source holds binary data, not text.", where=where, expected="a text or a web page",
            found=f"character {at.start()} is U+{ord(at[0]):04X}",
            next_step="give the document in its own format, or export it as text",
        )  # fmt: skip

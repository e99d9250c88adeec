"""How large values cross from one process to another."""

from __future__ import annotations

from typing import Any

import msgspec


class Packed:
    """Lets a struct be pickled as one piece of MessagePack, several times faster than value by value.

    Examples:
        >>> import pickle, tallyroom
        >>> reading = tallyroom.read(text="Police solved 41 drug cases.")
        >>> pickle.loads(pickle.dumps(reading)) == reading
        True
    """

    __slots__ = ()

    def __reduce__(self) -> str | tuple[Any, ...]:
        try:
            return _unpack, (type(self), msgspec.msgpack.encode(self))
        except UnicodeEncodeError:  # half a surrogate pair, which only pickle can write
            return super().__reduce__()


def _unpack(kind: type[Any], data: bytes) -> object:
    return msgspec.msgpack.decode(data, type=kind)

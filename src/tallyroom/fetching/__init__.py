"""Fetching: an address becomes bytes, with what the server says of them; nothing else touches the network."""

from tallyroom.fetching.addresses import Address, parse_address
from tallyroom.fetching.errors import FetchError
from tallyroom.fetching.fetch import BOUNDS, Bounds, Delivery, fetch
from tallyroom.model.origin import Origin

__all__ = [
    "BOUNDS",
    "Address",
    "Bounds",
    "Delivery",
    "FetchError",
    "Origin",
    "fetch",
    "parse_address",
]

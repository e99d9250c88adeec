"""What can go wrong while a document is fetched. Each code has a page `docs/errors/CODE.md`."""

from __future__ import annotations

from tallyroom.errors import TallyroomError


class FetchError(TallyroomError):
    """A document cannot be fetched."""

    code = "FT100"


class AddressUnfit(FetchError):
    """The address is none of a web server: its scheme, a name and password in it, no host."""

    code = "FT101"


class AddressRefused(FetchError):
    """The address leads to this machine or to a network that is not public."""

    code = "FT102"


class HostUnknown(FetchError):
    """The name of the host has no address."""

    code = "FT103"


class NotConnected(FetchError):
    """The server cannot be reached, or ended the connection."""

    code = "FT104"


class NotTrusted(FetchError):
    """The connection cannot be made safe: the certificate is not of this host, expired or unknown."""

    code = "FT105"


class TookTooLong(FetchError):
    """The document did not come whole in the time given."""

    code = "FT106"


class DeliveryTooLarge(FetchError):
    """The document is larger than the limit, as sent or unpacked."""

    code = "FT107"


class RedirectRefused(FetchError):
    """The server sends on too often, or to where it must not."""

    code = "FT108"


class AnsweredNo(FetchError):
    """The server answers with an error: there is no such document, or it does not give it."""

    code = "FT109"


class AnswerUnfit(FetchError):
    """What the server answers is not HTTP, or is packed in a way that is not known or is broken."""

    code = "FT110"

"""How every Office file is opened: heavy ones in a process of their own, each part with its place in messages."""

from __future__ import annotations

from collections.abc import Callable

from tallyroom.documents.guard import guarded
from tallyroom.documents.office.package import Package
from tallyroom.documents.office.xml import Handler, walk
from tallyroom.documents.request import Request
from tallyroom.model import Document

PackageReader = Callable[[Request, Package | None], Document]
"""A function of a module; it opens the package itself where it is given none."""


def open_package(request: Request, read: PackageReader) -> Document:
    """Open a package with `read`, in a process that is limited where there is much to parse.

    Raises:
        PackageDamaged, PackageTooLarge: It is no package that can be read; and what `read` raises.
    """
    package = Package(request.data, request.name)
    if package.is_heavy:
        target = f"{read.__module__}:{read.__name__}"
        return guarded(target, request, gives=Document, where=request.name)
    return read(request, package)


def walk_part(package: Package, name: str, handler: Handler) -> None:
    """Read a part of a package from its first tag to its last; one that is not there gives nothing."""
    content = package.read(name)
    if content is not None:
        walk(content, handler, f"{package.where}: {name}")

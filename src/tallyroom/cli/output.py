"""Where results go: standard output, or a file that is whole or not there."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from tallyroom.errors import TallyroomError

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook


class OutputRefused(TallyroomError):
    """The results cannot be written where they were asked for."""

    code = "CL110"


class OutputUnfit(TallyroomError):
    """The format is not one for a terminal."""

    code = "CL111"


@contextlib.contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """Open standard output, or `path` so that it gets its new content whole, at the end, or not at all.

    Raises:
        OutputRefused: `path` is a directory, its directory is missing, or it may not be written.
    """
    if path is None:
        yield _standard_output()
    elif path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as stream:  # a pipe or a device: there is nothing to rename
            yield stream
    else:
        with _replaced(path) as file:
            yield file


def refuse_terminal(path: Path | None, format_name: str) -> None:
    """Raise `OutputUnfit` where bytes that are no text would go to a terminal."""
    if path is None and sys.stdout.isatty():
        raise OutputUnfit(
            f"{format_name} is not for a terminal",
            next_step="give --output PATH, or send it to a file or program",
        )


def terminal(out: BinaryIO) -> tuple[int, bool]:
    """Return how many columns there are for a table, and whether it may be coloured.

    Colours are for a terminal alone, and not where NO_COLOR is set (https://no-color.org). COLUMNS goes
    before the terminal's own word; where there is neither, as in a file, the table gets 120.
    """
    is_terminal = out.isatty()
    width = shutil.get_terminal_size(fallback=(120, 24)).columns
    return width, is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _standard_output() -> BinaryIO:
    sys.stdout.flush()
    # Bytes, so that the result is UTF-8 with line feeds whatever the locale is.
    return cast(BinaryIO, sys.stdout.buffer)


@contextlib.contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise OutputRefused("this is a directory", where=str(path), next_step="give the path of a file")
    target = path.resolve()  # through a link, so that the link stays one
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _refusal(path, error) from None
    try:
        with open(handle, "wb") as file:
            yield file
        os.chmod(name, _mode_for(target))
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode_for(target: Path) -> int:
    """The rights of the file that is replaced, or those that a new one would have."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refusal(path: Path, error: OSError) -> OutputRefused:
    return OutputRefused(
        "the results cannot be written there",
        where=str(path),
        found=error.strerror or str(error),
        next_step="create the directory first"
        if isinstance(error, FileNotFoundError)
        else "choose another path",
    )


def write_lines(out: BinaryIO, lines: Iterable[str]) -> None:
    """Write lines at once, in UTF-8; what no character stands for is spelled out."""
    out.write("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))


def print_lines(lines: Iterable[str]) -> None:
    """Write results to standard output, a line each, in UTF-8 whatever the locale is."""
    with opened(None) as out:
        for line in lines:
            out.write(f"{line}\n".encode(errors="backslashreplace"))
        out.flush()


def made_by(codebook: Codebook) -> str:
    """Return the line for the foot of a page: the program and the codebooks that made it."""
    from tallyroom import __version__

    return f"Tallyroom {__version__} · codebooks: {', '.join(codebook.names)} ({codebook.digest[:16]})"


_STEERING = {sign: f"\\x{sign:02x}" for sign in (*range(9), *range(11, 32), *range(127, 160))}
"""Signs that would steer the terminal; what a source holds is shown, not obeyed."""


def say(text: str) -> None:
    """Tell the user something on stderr; talk never mixes with the results."""
    text = text.translate(_STEERING)
    stream = sys.stderr
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    print(text, file=stream)

"""The command line: `tallyroom COMMAND`. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from tallyroom.errors import TallyroomError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 1 something could not be done, 2 wrong usage."""
    from tallyroom.cli.commands import WrongUsage, run

    try:
        if argv is None:
            signal.signal(signal.SIGTERM, _end)
        return run(sys.argv[1:] if argv is None else list(argv))
    except WrongUsage as error:
        return _tell(error, 2)
    except TallyroomError as error:
        return _tell(error, 1)
    except MemoryError:
        return _tell(_memory_ran_out(), 1)
    except BrokenPipeError:
        return _reader_has_gone()
    except SystemExit as ended:  # argparse ends so when it has shown the help
        return int(ended.code or 0)
    except KeyboardInterrupt:
        print("tallyroom: interrupted", file=sys.stderr)
        return 130


def _end(signal_number: int, frame: object) -> None:
    """Leave as after an error, so that nothing half-written stays behind."""
    sys.exit(128 + signal_number)


def _memory_ran_out() -> TallyroomError:
    from tallyroom.pipeline.reading import MemoryRanOut

    return MemoryRanOut(
        "memory ran out while the results were put together",
        next_step="give the program more memory, or read fewer or shorter documents at once",
    )


def _tell(error: TallyroomError, status: int) -> int:
    from tallyroom.cli.output import say

    say(f"tallyroom: {error}")
    return status


def _reader_has_gone() -> int:
    """End quietly when the program that read our output had enough, as `head` does."""
    import os

    # The interpreter flushes stdout once more at exit; let that go nowhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0

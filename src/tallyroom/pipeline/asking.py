"""SQL over a snapshot of the record: in a process of its own, which may read nothing else and is ended in time."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import msgspec

from tallyroom.errors import TallyroomError
from tallyroom.ledger import SqliteLedger
from tallyroom.model.record import AsOf
from tallyroom.pipeline.snapshot import VIEWS, cut, schema_of

if TYPE_CHECKING:
    import pyarrow

SECONDS = 30.0
"""How long a query may run, the cut of the snapshot not counted."""
MEGABYTES = 1024
"""How much memory it may take."""


class SqlRefused(TallyroomError):
    """The statement would do something else than look."""

    code = "LG120"


class SqlRanAway(TallyroomError):
    """The query took more time or memory than it may."""

    code = "LG121"


class SqlMistake(TallyroomError):
    """The query cannot be understood, or breaks on what it meets."""

    code = "LG122"


_ERRORS: dict[str, type[TallyroomError]] = {"refused": SqlRefused, "away": SqlRanAway, "mistake": SqlMistake}
_NEXT = {
    "refused": "write one SELECT over " + ", ".join(VIEWS),
    "away": "ask for less: add a condition, group before you join, or give --seconds",
    "mistake": "DESCRIBE figures tells the columns of a view; the views are " + ", ".join(VIEWS),
}


class Limits(msgspec.Struct, frozen=True):
    """What a query may take."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


@contextlib.contextmanager
def asked(
    ledger: SqliteLedger, sql: str, as_of: AsOf = None, limits: Limits | None = None
) -> Iterator[pyarrow.RecordBatchReader]:
    """Run one query and give its result batch by batch.

    Args:
        ledger: The record. It is read before the query runs; the query itself never touches it.
        sql: One SELECT in the dialect of DuckDB over the views of `tallyroom.pipeline.snapshot`.
        as_of: What was known then.
        limits: What it may take.

    Raises:
        SqlRefused: It is more than one statement, or one that writes or sets something.
        SqlMistake: DuckDB does not understand it.
        SqlRanAway: It took too much; the process was ended.
    """
    with (
        tempfile.TemporaryDirectory(prefix="tallyroom-") as folder,
        _Process(sql, Path(folder), limits or Limits()) as process,
    ):
        cut(ledger, process.views(), Path(folder), as_of)
        yield process.result()


class _Process:
    """The other process: it tells which views it needs, waits for them, and gives the result."""

    def __init__(self, sql: str, folder: Path, limits: Limits) -> None:
        self._limits, self._late = limits, False
        (folder / "schemas.arrow").mkdir()
        for view in VIEWS:
            (folder / f"schemas.arrow/{view}").write_bytes(schema_of(view).serialize())
        order = {"sql": sql, "folder": str(folder), "views": list(VIEWS), "megabytes": limits.megabytes}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tallyroom.pipeline.asked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._write(json.dumps(order))
        self._timer = threading.Timer(limits.seconds, self._end)

    def views(self) -> list[str]:
        """Which views the query names."""
        line = self._out.readline()
        if not line:
            self._fail()
        return cast(list[str], json.loads(line))

    def result(self) -> pyarrow.RecordBatchReader:
        """Let it run, and give what comes out."""
        import pyarrow as pa

        self._timer.start()
        self._write("go")
        try:
            stream = pa.ipc.open_stream(self._out)
        except (pa.ArrowInvalid, OSError):
            self._fail()
        return pa.RecordBatchReader.from_batches(stream.schema, self._batches(stream))

    def _batches(self, stream: Any) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow as pa

        try:
            yield from stream
        except (pa.ArrowInvalid, OSError):
            self._fail()
        if self._process.wait():
            self._fail()

    @property
    def _out(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # why it ended is told when its answer is read
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()

    def _end(self) -> None:
        self._late = True
        self._process.kill()

    def _fail(self) -> None:
        """Tell why the process ended."""
        assert self._process.stderr is not None
        said = self._process.stderr.read().decode(errors="replace").strip()
        self._process.wait()
        try:
            told = json.loads(said.splitlines()[-1])
        except (ValueError, IndexError):
            limit = (
                f"{self._limits.seconds:g} seconds" if self._late else f"{self._limits.megabytes} megabytes"
            )
            told = {"kind": "away", "says": f"the query took more than {limit}", "found": ""}
        kind = told["kind"]
        raise _ERRORS[kind](told["says"], where="sql", found=told["found"], next_step=_NEXT[kind])

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()

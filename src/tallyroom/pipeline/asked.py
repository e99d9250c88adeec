"""The process that runs one query: DuckDB in memory, without files and network, in a transaction that only reads."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

_LOCKS = (
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET max_temp_directory_size = '0B'",
    "SET TimeZone = 'UTC'",
    "SET threads = 2",
)
_OVERHEAD = 2 * 1024**3
"""Address space that the process takes before it does anything: libraries, stacks of threads."""
_BATCH = 10_000


def main() -> int:
    """Read the order from stdin, tell the views that it needs, wait for them, write the result to stdout."""
    import duckdb

    order = json.loads(sys.stdin.readline())
    _bound(order["megabytes"])
    connection = duckdb.connect(":memory:")
    try:
        _run(connection, order)
    except MemoryError:
        _fail("away", f"the query took more than {order['megabytes']} megabytes", "")
    except duckdb.Error as error:
        _told(error, order["megabytes"])
    return 0


def _run(connection: Any, order: dict[str, Any]) -> None:
    import pyarrow as pa

    folder, sql = Path(order["folder"]), order["sql"]
    for lock in (*_LOCKS, f"SET memory_limit = '{order['megabytes']}MB'", "SET lock_configuration = true"):
        connection.execute(lock)
    for view in order["views"]:
        schema = pa.ipc.read_schema(pa.py_buffer((folder / f"schemas.arrow/{view}").read_bytes()))
        connection.register("cut", schema.empty_table())
        connection.execute(f"CREATE TABLE {view} AS SELECT * FROM cut")
        connection.unregister("cut")
    _refuse(connection, sql)
    named = connection.get_table_names(sql)
    needed = [view for view in order["views"] if view in {name.lower() for name in named}]
    print(json.dumps(needed), flush=True)
    if not sys.stdin.readline():
        return
    for view in needed:
        with pa.memory_map(str(folder / f"{view}.arrow")) as file, pa.ipc.open_stream(file) as stream:
            connection.register("cut", stream)
            connection.execute(f"INSERT INTO {view} SELECT * FROM cut")
            connection.unregister("cut")
    connection.execute("BEGIN TRANSACTION READ ONLY")
    reader = connection.execute(sql).to_arrow_reader(_BATCH)
    with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as out:
        for batch in reader:
            out.write_batch(batch)
    sys.stdout.flush()


def _refuse(connection: Any, sql: str) -> None:
    import duckdb

    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        _fail("refused", "one statement is run at a time", f"{len(statements)} statements")
    kind = statements[0].type
    if kind not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        _fail("refused", "only SELECT is run", kind.name)


def _bound(megabytes: int) -> None:
    """Let the system refuse what DuckDB's own limit does not count, such as one huge text."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = _OVERHEAD + 2 * megabytes * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _told(error: Any, megabytes: int) -> NoReturn:
    import duckdb

    says = " ".join(str(error).partition("\n\n")[0].split())
    if isinstance(error, duckdb.OutOfMemoryException):
        _fail("away", f"the query took more than {megabytes} megabytes", "")
    if isinstance(error, duckdb.PermissionException) or "read-only" in says:
        _fail("refused", "the query may only look at the views", says)
    _fail("mistake", "DuckDB cannot run this", says)


def _fail(kind: str, says: str, found: str) -> NoReturn:
    print(json.dumps({"kind": kind, "says": says, "found": found}), file=sys.stderr, flush=True)
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())

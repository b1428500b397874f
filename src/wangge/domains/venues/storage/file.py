"""The SQLite file of the check-ins: a connection per thread and process, and its transactions.

Writers queue at a lock of the operating system beside the file. SQLite's own waiting is sleeping and trying again, up
to a tenth of a second at a time, while whoever holds the file takes it again and again.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# FULL: answered means on disk. FAST: a day is dropped at once and its pages are overwritten afterwards (``scrub``).
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=FAST",
    "PRAGMA cache_size=-65536",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA temp_store=MEMORY",
)
WAIT = 30.0  # seconds for another writer; sealing a day of 1.4 million rows takes a few
TOMBSTONES = "CREATE TABLE IF NOT EXISTS dropped (day TEXT PRIMARY KEY, rows INTEGER NOT NULL) WITHOUT ROWID"

_local = threading.local()
_inherited: list[sqlite3.Connection] = []  # a parent's, after a fork: neither used nor closed


def connection() -> sqlite3.Connection:
    """This thread's connection to the file that the settings name now."""
    key = (str(settings.WANGGE_CHECKINS), os.getpid())
    old = getattr(_local, "key", None)
    if old == key:
        return _local.file  # type: ignore[no-any-return]  # thread-local attributes have no types
    if old and old[1] != key[1]:
        _inherited.append(_local.file)
    elif old:
        _local.file.close()
    if old:
        _local.turn.close()
    _local.file, _local.key = _open(key[0]), key
    _local.turn = Path(f"{key[0]}.turn").open("wb")  # noqa: SIM115  # as long as the connection
    return _local.file  # type: ignore[no-any-return]


def _open(path: str) -> sqlite3.Connection:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    for pragma in PRAGMAS:
        file.execute(pragma)
    return file


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """One transaction that holds the file's write lock from its start; rolled back when anything raises."""
    file = connection()
    fcntl.flock(_local.turn, fcntl.LOCK_EX)
    try:
        file.execute("BEGIN IMMEDIATE")
        file.execute(TOMBSTONES)
        yield file
        file.execute("COMMIT")
    except BaseException:
        if file.in_transaction:
            file.execute("ROLLBACK")
        raise
    finally:
        fcntl.flock(_local.turn, fcntl.LOCK_UN)


def scrub(pages: int = 2000) -> None:
    """Overwrite the free pages of the file, where dropped days still are, so many in a transaction.

    They are filled with zeros as a table of its own and given back: check-ins go on between two transactions. What
    was interrupted goes on at the next call.
    """
    while True:
        with writing() as file:
            free, size = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_size"))
            file.execute("CREATE TABLE IF NOT EXISTS scrub (zeros BLOB)")
            if not free:
                file.execute("DROP TABLE scrub")
                break
            file.execute("INSERT INTO scrub VALUES (zeroblob(?))", (min(free, pages) * (size - 4),))
    connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log has old pages too; a reader may keep it a while


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """One unchanging view of the file: a day cannot be sealed or dropped between two statements."""
    file = connection()
    file.execute("BEGIN")
    try:
        yield file
    finally:
        file.execute("COMMIT")

"""Everything that is stored read bare, in one view: SQLite's own backup of both files, or a COPY of every table."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg

TABLES = """SELECT quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY 1"""


def sqlite(paths: list[str], folder: Path) -> Callable[[], None]:
    def copy() -> None:
        for number, path in enumerate(paths):
            target = folder / f"bare-{number}.sqlite3"
            target.unlink(missing_ok=True)
            source, copied = sqlite3.connect(path, timeout=30), sqlite3.connect(target)
            source.backup(copied)
            source.close()
            copied.close()

    return copy


def postgres(uri: str, folder: Path) -> Callable[[], None]:
    def copy() -> None:
        with psycopg.connect(uri) as connection, (folder / "bare.copy").open("wb") as file:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for (table,) in connection.execute(TABLES).fetchall():
                with connection.cursor().copy(f"COPY {table} TO STDOUT") as rows:
                    for part in rows:
                        file.write(part)

    return copy

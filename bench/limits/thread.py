"""So many rows written bare, in one transaction, into a table with the indexes of an item."""

import sqlite3
import uuid
from collections.abc import Callable

import psycopg

Write = Callable[[int], None]
TABLE = "CREATE TABLE bench_rows (id {key}, uuid {uuid} UNIQUE, cause {uuid}, due timestamp, words text)"
INDEX = "CREATE INDEX bench_rows_cause ON bench_rows (cause)"
INSERT = "INSERT INTO bench_rows (uuid, cause, due, words) VALUES ({0}, {0}, '2022-04-03 14:30', {0})"
WORDS = "w" * 160


def sqlite(path: str) -> Write:
    connection = sqlite3.connect(path, timeout=30)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(TABLE.format(key="INTEGER PRIMARY KEY", uuid="char(32)"))
    connection.execute(INDEX)
    connection.commit()

    def write(count: int) -> None:
        with connection:
            for _ in range(count):
                connection.execute(INSERT.format("?"), (uuid.uuid4().hex, uuid.uuid4().hex, WORDS))

    return write


def postgres(uri: str) -> Write:
    connection = psycopg.connect(uri)
    connection.execute(TABLE.format(key="bigserial PRIMARY KEY", uuid="uuid"))
    connection.execute(INDEX)
    connection.commit()

    def write(count: int) -> None:
        with connection.transaction():
            for _ in range(count):
                connection.execute(INSERT.format("%s"), (uuid.uuid4(), uuid.uuid4(), WORDS))

    return write

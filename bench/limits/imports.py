"""A workbook read bare, and its rows sealed and inserted bare into one table with the indexes of a person."""

import io
import os
import sqlite3
import uuid
from collections.abc import Callable, Sequence

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from python_calamine import CalamineWorkbook

Rows = Sequence[Sequence[object]]
Insert = Callable[[Rows], None]
TABLE = (
    "CREATE TABLE bench_people (id {key}, uuid {uuid} UNIQUE, name text, home bigint, sealed {bytes}, "
    "document_index text UNIQUE, phone_index text)"
)
INDEXES = (
    "CREATE INDEX bench_people_home ON bench_people (home)",
    "CREATE INDEX bench_people_phone ON bench_people (phone_index)",
)
COLUMNS = "uuid, name, home, sealed, document_index, phone_index"


def read(content: bytes) -> Rows:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _sealed(rows: Rows) -> list[tuple[object, ...]]:
    cipher = AESGCM(bytes(32))
    made = []
    for number, row in enumerate(rows):
        nonce = os.urandom(12)
        body = cipher.encrypt(nonce, f"{row[3]}{row[4]}".encode(), b"")
        made.append((uuid.uuid4().hex, row[1], number // 3, nonce + body, f"{number}{row[3]}", str(row[4])))
    return made


def sqlite(path: str) -> Insert:
    connection = sqlite3.connect(path, timeout=60)
    connection.execute("PRAGMA synchronous=FULL")

    def insert(rows: Rows) -> None:
        with connection:
            connection.execute("DROP TABLE IF EXISTS bench_people")
            connection.execute(TABLE.format(key="INTEGER PRIMARY KEY", uuid="char(32)", bytes="BLOB"))
            for index in INDEXES:
                connection.execute(index)
            connection.executemany(f"INSERT INTO bench_people ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", _sealed(rows))

    return insert


def postgres(uri: str) -> Insert:
    connection = psycopg.connect(uri)

    def insert(rows: Rows) -> None:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_people")
            cursor.execute(TABLE.format(key="bigserial PRIMARY KEY", uuid="uuid", bytes="bytea"))
            for index in INDEXES:
                cursor.execute(index)
            with cursor.copy(f"COPY bench_people ({COLUMNS}) FROM STDIN") as copy:
                for row in _sealed(rows):
                    copy.write_row(row)

    return insert

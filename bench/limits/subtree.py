"""Counting the doors under a prefix with one statement."""

import sqlite3
from collections.abc import Callable

import psycopg

Count = Callable[[str], int]
SQL = "SELECT count(*) FROM wangge_place WHERE kind = 'household' AND path >= {0} AND path < {0} || '~'"


def sqlite(path: str) -> Count:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA cache_size=-65536")
    return lambda prefix: int(connection.execute(SQL.format("?1"), (prefix,)).fetchone()[0])


def postgres(uri: str) -> Count:
    connection = psycopg.connect(uri, autocommit=True)
    return lambda prefix: int(connection.execute(SQL.format(f"'{prefix}'")).fetchall()[0][0])

"""Dropping a day's tables, and nothing else."""

import sqlite3
from collections.abc import Callable
from datetime import date

import psycopg

Drop = Callable[[date], object]


def sqlite(path: str) -> Drop:
    """Three tables in one transaction, on disk when it returns."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=FAST")

    def drop(day: date) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("day", "venue", "person"):
            connection.execute(f"DROP TABLE {table}_{day:%Y%m%d}")
        connection.execute("COMMIT")

    return drop


def postgres(uri: str) -> Drop:
    """One partition."""
    connection = psycopg.connect(uri, autocommit=True)
    return lambda day: connection.execute(f"DROP TABLE wangge_checkin_{day:%Y%m%d}")

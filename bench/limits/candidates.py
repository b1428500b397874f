"""The range reads behind one case's candidates: its visits, then the rows of every window. Nothing is ranked."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date

import psycopg

Rows = list[tuple[int, ...]]
Window = tuple[date, int, int, int]  # day, venue, from, until
Read = Callable[[int, Sequence[date], Sequence[Window]], tuple[Rows, Rows]]


def sqlite(path: str) -> Read:
    """One short statement for each day and each window: nothing between them but the call."""
    connection = sqlite3.connect(path, cached_statements=1000)
    connection.execute("PRAGMA cache_size=-65536")

    def read(person: int, days: Sequence[date], windows: Sequence[Window]) -> tuple[Rows, Rows]:
        went: Rows = []
        seen: Rows = []
        for day in days:
            sql = f"SELECT venue, at FROM person_{day:%Y%m%d} WHERE person = ? ORDER BY at"
            went += connection.execute(sql, (person,)).fetchall()
        for day, venue, begins, ends in windows:
            sql = f"SELECT venue, at, person FROM venue_{day:%Y%m%d} WHERE venue = ? AND at >= ? AND at < ?"
            seen += connection.execute(sql, (venue, begins, ends)).fetchall()
        return went, seen

    return read


def postgres(uri: str) -> Read:
    """Two statements: a union of the days for the visits, a union of the windows for the rest, on the partitions."""
    connection = psycopg.connect(uri, autocommit=True)

    def read(person: int, days: Sequence[date], windows: Sequence[Window]) -> tuple[Rows, Rows]:
        went = " UNION ALL ".join(
            f"(SELECT venue, at FROM wangge_checkin_{day:%Y%m%d} WHERE person = {person} ORDER BY at)" for day in days
        )
        seen = " UNION ALL ".join(
            f"SELECT venue, at, person FROM wangge_checkin_{day:%Y%m%d} "
            f"WHERE venue = {venue} AND at >= {begins} AND at < {ends}"
            for day, venue, begins, ends in windows
        )
        return connection.execute(went).fetchall(), connection.execute(seen).fetchall()

    return read

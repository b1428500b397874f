"""One unchanging view of everything an installation has stored, while others go on writing.

SQLite: a read transaction on each of the two files. Both begin while the check-ins' write lock is held, so that no
check-in falls between them. PostgreSQL: one REPEATABLE READ transaction that first locks the tables against being
dropped, as pg_dump does.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection, connections

from wangge.domains.venues.storage import carrying, postgres, sqlite
from wangge.domains.venues.storage.sqlite import for_day
from wangge.operate import rows
from wangge.operate.rows import Column, quoted

#: Not carried: who is signed in now (a lost device that was ended must not come back), and what migrate writes.
LEFT_OUT = frozenset({"django_session", "wangge_sitting", "django_migrations"})
WAIT = 60.0  # seconds for a writer
AT_ONCE = 2000  # rows


class Snapshot(Protocol):
    """What both databases give of one instant."""

    vendor: str

    def ask(self, sql: str) -> list[tuple[Any, ...]]: ...

    def tables(self) -> dict[str, list[Column]]: ...

    def table_lines(self, table: str, columns: Sequence[Column]) -> Iterator[bytes]: ...

    def sequences(self) -> dict[str, int]: ...

    def days(self) -> dict[date, str]: ...

    def day_lines(self, day: date) -> Iterator[bytes]: ...

    def visitor_lines(self, day: date) -> Iterator[bytes]: ...

    def visitor_responses(self) -> set[UUID]: ...


@contextmanager
def taken() -> Iterator[Snapshot]:
    """A snapshot for the length of a ``with`` block."""
    with (of_postgres if connection.vendor == "postgresql" else of_sqlite)() as one:
        yield one


def _order(columns: Sequence[Column]) -> str:
    return quoted("id" if "id" in dict(columns) else columns[0][0])


class SqliteSnapshot:
    """See ``Snapshot``."""

    vendor = "sqlite"

    def __init__(self, main: sqlite3.Connection, checkins: sqlite3.Connection | None) -> None:
        self.main, self.checkins = main, checkins

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.main.execute(sql).fetchall()

    def tables(self) -> dict[str, list[Column]]:
        every = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
        return {name: self._columns(name, sql) for name, sql in self.ask(every) if name not in LEFT_OUT}

    def _columns(self, table: str, made: str) -> list[Column]:
        found = self.ask(f"SELECT name, type FROM pragma_table_info('{table}') ORDER BY cid")  # noqa: S608  # no input
        json = {name for name, _ in found if f"JSON_VALID({quoted(name)})" in made}  # how Django marks it there
        return [(name, "json" if name in json else rows.kind(rows.SQLITE, type_, table, name)) for name, type_ in found]

    def table_lines(self, table: str, columns: Sequence[Column]) -> Iterator[bytes]:
        sql = f"SELECT {rows.out_of_sqlite(columns)} FROM {quoted(table)} ORDER BY {_order(columns)}"  # noqa: S608
        return _lines(self.main.execute(sql))

    def sequences(self) -> dict[str, int]:
        return dict(self.ask("SELECT name, seq FROM sqlite_sequence"))

    def days(self) -> dict[date, str]:
        if self.checkins is None:
            return {}
        dropped = {day for (day,) in self.ask("SELECT day FROM wangge_checkinday WHERE state = 'dropped'")}
        forms = carrying.days_in(self.checkins)
        return {day: str(state) for day, state in forms.items() if day.isoformat() not in dropped}

    def day_lines(self, day: date) -> Iterator[bytes]:
        if self.checkins is None:
            return iter(())
        return _lines(self.checkins.execute(carrying.lines_sql(day, self.vendor)))

    def visitor_lines(self, day: date) -> Iterator[bytes]:
        if self.checkins is None or not carrying.has_visitors(self.checkins, day):
            return iter(())
        return _lines(self.checkins.execute(carrying.visitors_sql(day, self.vendor)))

    def visitor_responses(self) -> set[UUID]:
        found: set[UUID] = set()
        for day in self.days() if self.checkins else ():
            if self.checkins and carrying.has_visitors(self.checkins, day):
                rows_ = self.checkins.execute(for_day(day, sqlite.RESPONSES))
                found |= {UUID(bytes=one) for (one,) in rows_}
        return found


def _lines(cursor: sqlite3.Cursor) -> Iterator[bytes]:
    while some := cursor.fetchmany(AT_ONCE):
        yield ("\n".join(line for (line,) in some) + "\n").encode()


@contextmanager
def of_sqlite() -> Iterator[Snapshot]:
    """Read transactions on both files, of one instant."""
    checkins = Path(settings.WANGGE_CHECKINS)
    with ExitStack() as stack:

        def opened(path: str) -> sqlite3.Connection:
            return stack.enter_context(closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)))

        gate = opened(str(checkins)) if checkins.exists() else None
        if gate:
            gate.execute("BEGIN IMMEDIATE")
        files = [opened(str(connection.settings_dict["NAME"])), *([opened(str(checkins))] if gate else [])]
        for one in files:
            one.execute("BEGIN")
            one.execute("SELECT count(*) FROM sqlite_master").fetchone()  # here the view begins
        if gate:
            gate.execute("ROLLBACK")
        yield SqliteSnapshot(files[0], files[1] if gate else None)


class PostgresSnapshot:
    """See ``Snapshot``."""

    vendor = "postgresql"

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor  # psycopg's own

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        self.cursor.execute(sql)
        return list(self.cursor.fetchall())

    def tables(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        columns = self.ask(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
            'ORDER BY table_name COLLATE "C", ordinal_position'
        )
        for table, name, type_ in columns:
            if table not in LEFT_OUT and not _is_checkins(table):
                found.setdefault(table, []).append((name, rows.kind(rows.POSTGRES, type_, table, name)))
        return found

    def table_lines(self, table: str, columns: Sequence[Column]) -> Iterator[bytes]:
        chosen = ", ".join(rows.out_of_postgres(one) for one in columns)
        return self._copied(f"SELECT {chosen} FROM {quoted(table)} ORDER BY {_order(columns)}")  # noqa: S608

    def _copied(self, sql: str) -> Iterator[bytes]:
        with self.cursor.copy(f"COPY ({sql}) TO STDOUT") as copy:
            gathered = bytearray()
            for part in copy:
                gathered += part
                if len(gathered) > 1 << 18:
                    yield bytes(gathered)
                    gathered.clear()
            yield bytes(gathered)

    def sequences(self) -> dict[str, int]:
        return dict(self.ask(SEQUENCES))

    def days(self) -> dict[date, str]:
        return dict(self.ask("SELECT day, state FROM wangge_checkinday WHERE state <> 'dropped' ORDER BY day"))

    def day_lines(self, day: date) -> Iterator[bytes]:
        return self._copied(carrying.lines_sql(day, self.vendor))

    def visitor_lines(self, day: date) -> Iterator[bytes]:
        return self._copied(carrying.visitors_sql(day, self.vendor)) if self.parents()[1:] else iter(())

    def parents(self) -> list[str]:
        """The tables that days are partitions of. An earlier version has no visitors, and a backup is taken of it too,
        before its tables are brought forward."""
        return [name for name in carrying.PARENTS if self.ask(f"SELECT to_regclass('{name}')")[0][0]]

    def visitor_responses(self) -> set[UUID]:
        if not self.parents()[1:]:
            return set()
        return {UUID(bytes=bytes(one)) for (one,) in self.ask(postgres.RESPONSES)}


SEQUENCES = """SELECT t.relname, s.last_value FROM pg_sequences s
    JOIN pg_class q ON q.relname = s.sequencename AND q.relnamespace = s.schemaname::regnamespace
    JOIN pg_depend d ON d.objid = q.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.schemaname = current_schema() AND s.last_value IS NOT NULL ORDER BY 1"""


def _is_checkins(table: str) -> bool:
    name, _, day = table.rpartition("_")
    return table in carrying.PARENTS or (name in carrying.PARENTS and day.isdecimal())


@contextmanager
def of_postgres() -> Iterator[Snapshot]:
    """One transaction of a connection of its own."""
    own = connections.create_connection("default")
    try:
        with own.cursor() as django:
            cursor = django.connection.cursor()
            one = PostgresSnapshot(cursor)
            cursor.execute("SET statement_timeout = 0")
            names: Iterable[str] = [quoted(table) for table in (*one.tables(), *one.parents())]
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(f"LOCK TABLE {', '.join(names)} IN ACCESS SHARE MODE")
            yield one
            cursor.execute("COMMIT")
    finally:
        own.close()

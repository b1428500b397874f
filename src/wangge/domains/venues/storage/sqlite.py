"""Check-ins in SQLite: a table a day in a file of its own.

``day_D`` holds the rows of a day by uuid and stays the truth for the day's whole life. While the day is live it has
no other order: uuids begin with their time, so that a transaction writes a few pages at the end of the table, where
an index by venue and one by person would write a page for every row (measured: 54 µs a row instead of 13). Who asks
for a live day reads all of it: a million rows in less than a second. Sealing adds two WITHOUT ROWID tables, (venue, at,
person) and (person, at, venue), and a trigger that keeps these complete when late rows arrive: inserting is the same
statement before and after. ``visitor_D`` holds who came with a telephone number (``venues/visitors.py``), in the order
in which they came; a visitor may stand there twice.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wangge.domains.venues.models import CheckInDay
from wangge.domains.venues.rules import Seen, Window
from wangge.domains.venues.storage import file as the_file
from wangge.domains.venues.storage import record
from wangge.domains.venues.storage.file import reading, writing
from wangge.domains.venues.storage.shape import Arrival, CheckIn
from wangge.domains.venues.visitors import LENGTH

OPEN = """CREATE TABLE day_D (uuid BLOB PRIMARY KEY, person INTEGER NOT NULL, venue INTEGER NOT NULL,
    at INTEGER NOT NULL) WITHOUT ROWID"""
VISITORS = "CREATE TABLE IF NOT EXISTS visitor_D (key INTEGER NOT NULL, sealed BLOB NOT NULL)"
SEAL = (
    """CREATE TABLE venue_D (venue INTEGER NOT NULL, at INTEGER NOT NULL, person INTEGER NOT NULL,
       PRIMARY KEY (venue, at, person)) WITHOUT ROWID""",
    """CREATE TABLE person_D (person INTEGER NOT NULL, at INTEGER NOT NULL, venue INTEGER NOT NULL,
       PRIMARY KEY (person, at, venue)) WITHOUT ROWID""",
    "INSERT OR IGNORE INTO venue_D SELECT venue, at, person FROM day_D ORDER BY venue, at, person",
    "INSERT OR IGNORE INTO person_D SELECT person, at, venue FROM day_D ORDER BY person, at, venue",
    """CREATE TRIGGER late_D AFTER INSERT ON day_D BEGIN
         INSERT OR IGNORE INTO venue_D VALUES (NEW.venue, NEW.at, NEW.person);
         INSERT OR IGNORE INTO person_D VALUES (NEW.person, NEW.at, NEW.venue);
       END""",
    "DROP INDEX IF EXISTS live_venue_D",  # of an earlier version, as the next
    "DROP INDEX IF EXISTS live_person_D",
    VISITORS,
    "CREATE INDEX visitor_of_D ON visitor_D (key)",
)
DROP = tuple(f"DROP TABLE IF EXISTS {name}_D" for name in ("day", "venue", "person", "visitor"))
# One statement for any number of rows. JSON has no bytes: the uuids come as one blob, 16 bytes a row in turn.
INSERT = """INSERT OR IGNORE INTO day_D (uuid, person, venue, at)
    SELECT substr(?1, key * 16 + 1, 16), json_extract(value, '$[0]'), json_extract(value, '$[1]'),
           json_extract(value, '$[2]') FROM json_each(?2)"""
INSERT_VISITORS = f"""INSERT OR IGNORE INTO visitor_D (key, sealed)
    SELECT value, substr(?1, key * {LENGTH} + 1, {LENGTH}) FROM json_each(?2)"""  # noqa: S608  # a number of ours
HOPS = """SELECT venue, later, count(*) FROM (
      SELECT venue, lead(venue) OVER same AS later, lead(at) OVER same - at AS gap FROM TABLE
      WINDOW same AS (PARTITION BY person ORDER BY at))
    WHERE gap < ? AND later <> venue GROUP BY 1, 2"""
WANTED = """WITH w AS MATERIALIZED (SELECT CAST(json_extract(value, '$[0]') AS INTEGER) AS venue,
      json_extract(value, '$[1]') AS starts, json_extract(value, '$[2]') AS ends FROM json_each(?))
    SELECT c.venue, c.at, c.person """
# CROSS JOIN keeps SQLite from turning the order round. Sealed: the windows outside, an index range for each inside.
# Live: one pass over the day, its rows held against the windows of their venue; SQLite makes an index over these when
# it is told that they are integers (0.14 s for a thousand windows and 1.4 million rows, else a minute).
WITHIN = "ON c.venue = w.venue AND c.at >= w.starts AND c.at < w.ends"
PRESENT = {
    CheckInDay.State.SEALED: f"{WANTED} FROM w CROSS JOIN venue_D c {WITHIN}",
    CheckInDay.State.LIVE: f"{WANTED} FROM day_D c CROSS JOIN w {WITHIN}",
}
RESPONSES = "SELECT DISTINCT substr(sealed, 2, 16) FROM visitor_D"
LEAVE_OUT = "DELETE FROM TABLE WHERE venue IN (SELECT value FROM json_each(?))"
VISITS = "SELECT venue, count(*) FROM TABLE WHERE venue IN (SELECT value FROM json_each(?)) GROUP BY venue"


def for_day(day: date, sql: str) -> str:
    """A statement for one day's tables. Only digits go in."""
    return sql.replace("_D", f"_{day:%Y%m%d}")


def forms(file: sqlite3.Connection) -> dict[date, CheckInDay.State]:
    """The days in the file now and their form, in order."""
    names = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    live, sealed = CheckInDay.State.LIVE, CheckInDay.State.SEALED
    stamps = sorted(name[4:] for name in names if name.startswith("day_"))
    return {date.fromisoformat(stamp): sealed if f"venue_{stamp}" in names else live for stamp in stamps}


class SqliteStore:
    """See ``storage/__init__.py`` for what each verb promises."""

    def add(self, rows: Mapping[date, Sequence[CheckIn]]) -> int:
        with writing() as file:
            known = forms(file)
            opened = [day for day in rows if day not in known]
            for day in opened:
                _open(file, day)
            new = sum(
                _insert(file, day, [row.uuid.bytes for row in some], [row[1:] for row in some])
                for day, some in rows.items()
            )
        for day in opened:
            record.opened(day)
        return new

    def take(self, arrivals: Mapping[date, Sequence[Arrival]]) -> set[date]:
        refused, opened = set(), []
        with writing() as file:
            known = forms(file)
            for day, some in arrivals.items():
                if day not in known:
                    if _is_dropped(file, day):
                        refused.add(day)
                        continue
                    _open(file, day)
                    opened.append(day)
                _insert(file, day, [row[1] for row in some], [row[2:5] for row in some])
                if fresh := [(row[2], row[5]) for row in some if row[5]]:
                    _insert_visitors(file, day, fresh)
        for day in opened:
            record.opened(day)
        return refused

    def add_visitors(self, day: date, visitors: Sequence[tuple[int, bytes]]) -> None:
        with writing() as file:
            if day not in forms(file):
                _open(file, day)
            _insert_visitors(file, day, visitors)

    def visitors(self, day: date, keys: Collection[int]) -> list[tuple[int, bytes]]:
        with reading() as file:
            if not _there(file, for_day(day, "visitor_D")):
                return []
            sql = "SELECT DISTINCT key, sealed FROM visitor_D WHERE key IN (SELECT value FROM json_each(?))"
            return file.execute(for_day(day, sql), (json.dumps(list(keys)),)).fetchall()

    def hops(self, day: date, within: int) -> list[tuple[int, int, int]]:
        return self._counted(day, "person_D", HOPS, within)

    def visits_at(self, day: date, venues: Collection[int]) -> dict[int, int]:
        return dict(self._counted(day, "venue_D", VISITS, json.dumps(list(venues))))

    def _counted(self, day: date, sealed: str, sql: str, value: object) -> list[Any]:
        """What a statement counts in a day's rows, in the order that serves it once the day is sealed."""
        with reading() as file:
            form = forms(file).get(day)
            if form is None:
                return []
            table = sealed if form is CheckInDay.State.SEALED else "day_D"
            return file.execute(for_day(day, sql.replace("TABLE", table)), (value,)).fetchall()

    def visits_of(self, person: int, first_day: date, last_day: date) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        with reading() as file:
            for day, form in forms(file).items():
                if first_day <= day <= last_day:
                    table = "person_D" if form is CheckInDay.State.SEALED else "day_D"
                    sql = f"SELECT venue, at FROM {table} WHERE person = ? ORDER BY at"  # noqa: S608  # no input
                    found += file.execute(for_day(day, sql), (person,)).fetchall()
        return found

    def present_at(self, windows: Mapping[date, Sequence[Window]]) -> list[Seen]:
        found: list[Seen] = []
        with reading() as file:
            known = forms(file)
            for day, wanted in windows.items():
                if day in known:
                    found += file.execute(for_day(day, PRESENT[known[day]]), (json.dumps(wanted),)).fetchall()
        return found

    def seal(self, day: date) -> None:
        with writing() as file:
            form = forms(file).get(day)
            if form is CheckInDay.State.LIVE:
                for sql in SEAL:
                    file.execute(for_day(day, sql))
        if form:
            record.sealed(day)

    def drop_day(self, day: date) -> int:
        with writing() as file:
            tombstone = file.execute("SELECT rows FROM dropped WHERE day = ?", (day.isoformat(),)).fetchone()
            rows = tombstone[0] if tombstone else _count(file, day)
            for sql in DROP:
                file.execute(for_day(day, sql))
            file.execute("INSERT OR IGNORE INTO dropped VALUES (?, ?)", (day.isoformat(), rows))
        return record.dropped(day, rows)

    def venues_on(self, day: date) -> set[int]:
        return {venue for (venue,) in self._counted(day, "venue_D", "SELECT DISTINCT venue FROM TABLE WHERE ?", 1)}

    def leave_out(self, day: date, venues: Collection[int]) -> int:
        with writing() as file:
            form = forms(file).get(day)
            if form is None:
                return 0
            tables = ("venue_D", "person_D") if form is CheckInDay.State.SEALED else ()
            for table in (*tables, "day_D"):
                left = file.execute(for_day(day, LEAVE_OUT.replace("TABLE", table)), (json.dumps(list(venues)),))
            if _there(file, for_day(day, "visitor_D")):
                file.execute(for_day(day, "DELETE FROM visitor_D WHERE key NOT IN (SELECT person FROM day_D)"))
            return left.rowcount

    def responses(self) -> set[UUID]:
        found: set[UUID] = set()
        with reading() as file:
            for day in forms(file):
                if _there(file, for_day(day, "visitor_D")):
                    found |= {UUID(bytes=one) for (one,) in file.execute(for_day(day, RESPONSES))}
        return found

    def scrub(self) -> None:
        the_file.scrub()

    def days(self) -> dict[date, CheckInDay.State]:
        with reading() as file:
            return forms(file)


def _is_dropped(file: sqlite3.Connection, day: date) -> bool:
    """The tombstone is in the same file and transaction."""
    return bool(file.execute("SELECT 1 FROM dropped WHERE day = ?", (day.isoformat(),)).fetchone())


def _open(file: sqlite3.Connection, day: date) -> None:
    """Make a day's table, unless the day was dropped."""
    if _is_dropped(file, day):
        raise record.refused(day)
    file.execute(for_day(day, OPEN))
    file.execute(for_day(day, VISITORS))


def _insert(file: sqlite3.Connection, day: date, uuids: Iterable[bytes], rest: Sequence[tuple[int, ...]]) -> int:
    return file.execute(for_day(day, INSERT), (b"".join(uuids), json.dumps(rest))).rowcount


def _insert_visitors(file: sqlite3.Connection, day: date, visitors: Sequence[tuple[int, bytes]]) -> None:
    file.execute(for_day(day, VISITORS))  # an earlier version opened the day without it
    keys, sealed = zip(*visitors, strict=True)
    file.execute(for_day(day, INSERT_VISITORS), (b"".join(sealed), json.dumps(keys)))


def _there(file: sqlite3.Connection, name: str) -> bool:
    return bool(file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone())


def _count(file: sqlite3.Connection, day: date) -> int:
    if day not in forms(file):
        return 0
    return int(file.execute(for_day(day, "SELECT count(*) FROM day_D")).fetchone()[0])

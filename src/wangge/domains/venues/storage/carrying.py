"""Check-ins on their way out of a backup's snapshot and into an empty installation.

Lines are ``uuid`` (32 hex digits), ``person``, ``venue``, ``at`` between tabs, in order of uuid: the same text from
both databases. Of a visitor, in a file of their own: key and envelope (hex digits).
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

from wangge.domains.venues.models import CheckInDay
from wangge.domains.venues.storage import file as the_file
from wangge.domains.venues.storage.shape import CheckIn
from wangge.domains.venues.storage.sqlite import for_day, forms

FROM_POSTGRES = "SELECT replace(uuid::text, '-', ''), person, venue, at FROM wangge_checkin WHERE day = 'ISO'"
FROM_SQLITE = "SELECT lower(hex(uuid)) || char(9) || person || char(9) || venue || char(9) || at FROM day_D"
VISITORS_POSTGRES = "SELECT key, encode(sealed, 'hex') FROM wangge_checkin_visitor WHERE day = 'ISO'"
VISITORS_SQLITE = "SELECT key || char(9) || lower(hex(sealed)) FROM visitor_D"
#: On PostgreSQL; partitions begin with the name of their parent.
PARENTS = ("wangge_checkin", "wangge_checkin_visitor")
RESTORING = "CREATE TABLE IF NOT EXISTS restoring (started TEXT)"


def lines_sql(day: date, vendor: str) -> str:
    """The statement that gives a day's rows as lines."""
    sql = FROM_POSTGRES.replace("ISO", day.isoformat()) if vendor == "postgresql" else for_day(day, FROM_SQLITE)
    return f"{sql} ORDER BY uuid"


def visitors_sql(day: date, vendor: str) -> str:
    """The same for a day's visitors."""
    postgres = VISITORS_POSTGRES.replace("ISO", day.isoformat())
    return f"{postgres if vendor == 'postgresql' else for_day(day, VISITORS_SQLITE)} ORDER BY key, sealed"


def has_visitors(file: sqlite3.Connection, day: date) -> bool:
    """Whether a check-ins file has a day's visitors: an earlier version wrote none."""
    sql = "SELECT 1 FROM sqlite_master WHERE name = ?"
    return bool(file.execute(sql, (for_day(day, "visitor_D"),)).fetchone())


def parsed_visitors(lines: Iterable[str]) -> list[tuple[int, bytes]]:
    """Lines as envelopes, each with its key. Raises ValueError for what is no such line."""
    cells = (line.split("\t") for line in lines)
    return [(int(key), bytes.fromhex(sealed)) for key, sealed in cells]


def days_in(file: sqlite3.Connection) -> dict[date, CheckInDay.State]:
    """The days of a check-ins file as one of its snapshots sees them."""
    return forms(file)


def parsed(lines: Iterable[str]) -> list[CheckIn]:
    """Lines as rows. Raises ValueError for what is no such line."""
    cells = (line.split("\t") for line in lines)
    return [CheckIn(UUID(hex=uuid), int(person), int(venue), int(at)) for uuid, person, venue, at in cells]


def begin_restore() -> bool:
    """Make room: what an interrupted restore left goes. False where somebody else's check-ins are in the file."""
    if connection.vendor == "postgresql" or not Path(settings.WANGGE_CHECKINS).exists():
        return True
    with the_file.writing() as file:
        marked = file.execute("SELECT 1 FROM sqlite_master WHERE name = 'restoring'").fetchone()
        days = forms(file)
        if days and not marked:
            return False
        for name in ("day_D", "venue_D", "person_D", "visitor_D"):
            for day in days:
                file.execute(for_day(day, f"DROP TABLE IF EXISTS {name}"))
        file.execute("DELETE FROM dropped")
    return True


def mark_restore() -> None:
    """Say in the file that what is in it is not whole yet."""
    if connection.vendor != "postgresql":
        with the_file.writing() as file:
            file.execute(RESTORING)


def end_restore() -> None:
    """The restore is whole: the file is an ordinary one again."""
    if connection.vendor != "postgresql":
        with the_file.writing() as file:
            file.execute("DROP TABLE IF EXISTS restoring")

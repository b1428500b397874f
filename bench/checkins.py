"""Twenty million check-ins as a city makes them: the same every time, loaded day by day and sealed.

Venues follow Zipf-Mandelbrot with q = 50 (the busiest of 10,800 takes 0.36 %); people come at random between six in
the morning and ten at night, five times a day each. A day is loaded in bulk and then given its covering orders by the
storage's own statements.
"""

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice

from django.db import connection

from bench.places import a_city
from wangge.base import clock
from wangge.domains.venues import storage
from wangge.domains.venues.models import CheckInDay, Venue
from wangge.domains.venues.storage import file, postgres, record, sqlite

LAST_DAY = date(2022, 4, 14)
Q = 50
TABLE = 1 << 18  # venues drawn once by weight; a row then picks one of these
#: Kinds of twenty venues in turn.
KINDS = ["shop"] * 9 + ["restaurant"] * 5 + ["market"] * 2 + ["pharmacy"] * 2 + ["petrol", "hotel"]


@dataclass(frozen=True, slots=True)
class City:
    """How many people, venues, days and check-ins a day."""

    people: int
    venues: int
    days: int
    rows_a_day: int

    @property
    def dates(self) -> list[date]:
        return [LAST_DAY - timedelta(days=back) for back in reversed(range(self.days))]


FULL = City(people=286_000, venues=10_800, days=14, rows_a_day=1_430_000)
QUICK = City(people=14_300, venues=540, days=14, rows_a_day=71_500)


def rows(city: City, day: date) -> Iterator[tuple[int, int, int]]:
    """(person, venue, at) of one day in order of time."""
    rng = random.Random(day.toordinal())
    weights = [1 / (rank + Q) for rank in range(1, city.venues + 1)]
    busy = random.Random(Q).choices(range(1, city.venues + 1), weights, k=TABLE)
    opens, many = int(clock.start_of(day).timestamp()) + 6 * 3600, city.rows_a_day
    ats = sorted(rng.choices(range(opens, opens + 16 * 3600), k=many))
    return zip(rng.choices(range(1, city.people + 1), k=many), rng.choices(busy, k=many), ats, strict=True)


def load(city: City) -> None:
    """Venues and all days, sealed."""
    wipe()
    place, opened = a_city(), date(2020, 1, 1)
    Venue.objects.bulk_create(
        Venue(pk=key, name=f"{key}", kind=KINDS[key % len(KINDS)], place=place, opened=opened)
        for key in range(1, city.venues + 1)
    )
    for day in city.dates:
        _load_postgres(city, day) if connection.vendor == "postgresql" else _load_sqlite(city, day)
        record.opened(day)
        record.sealed(day)


def wipe() -> None:
    """No venues, no days."""
    for day in storage.days():
        storage.drop_day(day)
    Venue.objects.all().delete()
    CheckInDay.objects.all().delete()
    if connection.vendor == "sqlite":
        with file.writing() as db:
            db.execute("DELETE FROM dropped")


def _load_sqlite(city: City, day: date) -> None:
    db = sqlite3.connect(file.connection().execute("PRAGMA database_list").fetchone()[2], isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA cache_size=-262144")
    db.execute("BEGIN IMMEDIATE")
    db.execute(sqlite.for_day(day, sqlite.OPEN[0]))
    numbered = ((b"%016d" % number, *row) for number, row in zip(count(), rows(city, day), strict=False))
    db.executemany(sqlite.for_day(day, "INSERT INTO day_D VALUES (?, ?, ?, ?)"), numbered)
    for sql in sqlite.SEAL:
        if not sql.startswith("DROP INDEX"):
            db.execute(sqlite.for_day(day, sql))
    db.execute("COMMIT")
    db.close()


def _load_postgres(city: City, day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(postgres.for_day(day, "CREATE TABLE wangge_checkin_D (LIKE wangge_checkin)"))
        into = postgres.for_day(day, "COPY wangge_checkin_D (day, uuid, person, venue, at) FROM STDIN")
        with cursor.copy(into) as copy:
            lines = (
                f"{day}\t{number:032x}\t{person}\t{venue}\t{at}\n"
                for number, (person, venue, at) in zip(count(), rows(city, day), strict=False)
            )
            while block := "".join(islice(lines, 20_000)):
                copy.write(block)
        cursor.execute(postgres.for_day(day, "ALTER TABLE wangge_checkin_D ADD PRIMARY KEY (day, uuid)"))
        for sql in (*postgres.SEAL, postgres.OPEN[-1], "VACUUM (FREEZE, ANALYZE) wangge_checkin_D"):
            if not sql.startswith("DROP INDEX"):
                cursor.execute(postgres.for_day(day, sql))

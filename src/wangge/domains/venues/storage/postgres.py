"""Check-ins in PostgreSQL: one table partitioned by day, in the main database and the caller's transaction.

A partition is made when the day's first rows arrive. While the day is live, two plain indexes serve it;
sealing builds the covering ones and drops these. Writers of a day share an advisory lock; sealing and
dropping take it alone, so that neither waits inside a table lock for the other.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from wangge.domains.venues.models import CheckInDay
from wangge.domains.venues.rules import Seen, Window
from wangge.domains.venues.storage import record
from wangge.domains.venues.storage.shape import Arrival, CheckIn

LOCK_DAY, LOCK_OPENING = 0x6772_6964, 0x6772_6965  # two classes of advisory locks, arbitrary and ours
# Made beside the parent and attached: CREATE … PARTITION OF would lock out every reader.
OPEN = (
    "CREATE TABLE wangge_checkin_D (LIKE wangge_checkin INCLUDING INDEXES)",
    "CREATE INDEX wangge_checkin_D_live_venue ON wangge_checkin_D (venue, at)",
    "CREATE INDEX wangge_checkin_D_live_person ON wangge_checkin_D (person)",
    "ALTER TABLE wangge_checkin ATTACH PARTITION wangge_checkin_D FOR VALUES IN ('ISO')",
)
# Of every day that is open: an earlier version opened some without it.
OPEN_VISITORS = (
    "CREATE TABLE IF NOT EXISTS wangge_checkin_visitor_D (LIKE wangge_checkin_visitor INCLUDING INDEXES)",
    "ALTER TABLE wangge_checkin_visitor ATTACH PARTITION wangge_checkin_visitor_D FOR VALUES IN ('ISO')",
)
# The day is the same in every row of a partition, but a query through the parent asks for it: without it in the
# index, each row would be fetched from the table (measured: twice the time).
SEAL = (
    "CREATE INDEX IF NOT EXISTS wangge_checkin_D_venue ON wangge_checkin_D (venue, at) INCLUDE (person, day)",
    "CREATE INDEX IF NOT EXISTS wangge_checkin_D_person ON wangge_checkin_D (person, at) INCLUDE (venue, day)",
    "DROP INDEX IF EXISTS wangge_checkin_D_live_venue",
    "DROP INDEX IF EXISTS wangge_checkin_D_live_person",
)
# Dropping locks the parent for a moment. Behind a long reader it gives up (and is tried again) rather than
# make every check-in of the city wait in the same queue.
DROP = (
    "SET LOCAL lock_timeout = '3s'",
    "DROP TABLE IF EXISTS wangge_checkin_D",
    "DROP TABLE IF EXISTS wangge_checkin_visitor_D",
    "SET LOCAL lock_timeout TO DEFAULT",
)
INSERT = """INSERT INTO wangge_checkin (day, uuid, person, venue, at)
    SELECT * FROM unnest(%s::date[], %s::uuid[], %s::bigint[], %s::int[], %s::bigint[])
    ON CONFLICT DO NOTHING"""
INSERT_VISITORS = """INSERT INTO wangge_checkin_visitor (day, key, sealed)
    SELECT %s, * FROM unnest(%s::bigint[], %s::bytea[])"""
#: What the hot path sends by its own driver: both tables in one statement. Rows in one order in every transaction, so
#: that two which hold the same one wait for each other in that order only.
TAKE = """WITH visitors AS (INSERT INTO wangge_checkin_visitor (day, key, sealed)
      SELECT * FROM unnest($6::date[], $7::bigint[], $8::bytea[]))
    INSERT INTO wangge_checkin (day, uuid, person, venue, at)
    SELECT * FROM unnest($1::date[], $2::uuid[], $3::bigint[], $4::int[], $5::bigint[]) ON CONFLICT DO NOTHING"""
HOPS = """SELECT venue, later, count(*) FROM (
      SELECT venue, lead(venue) OVER same AS later, lead(at) OVER same - at AS gap FROM wangge_checkin WHERE day = %s
      WINDOW same AS (PARTITION BY person ORDER BY at)) AS steps
    WHERE gap < %s AND later <> venue GROUP BY 1, 2"""
RESPONSES = "SELECT DISTINCT substr(sealed, 2, 16) FROM wangge_checkin_visitor"
LEAVE_VISITORS = """DELETE FROM wangge_checkin_visitor v WHERE day = %s
    AND NOT EXISTS (SELECT 1 FROM wangge_checkin c WHERE c.day = %s AND c.person = v.key)"""
VISITS = "SELECT venue, at FROM wangge_checkin WHERE person = %s AND day BETWEEN %s AND %s ORDER BY at"
# OFFSET 0 keeps the planner from turning the order round: windows outside, an index range for each inside.
PRESENT = """SELECT w.venue, c.at, c.person
    FROM unnest(%s::date[], %s::int[], %s::bigint[], %s::bigint[]) AS w (day, venue, starts, ends),
    LATERAL (SELECT person, at FROM wangge_checkin
             WHERE day = w.day AND venue = w.venue AND at >= w.starts AND at < w.ends OFFSET 0) AS c"""


def for_day(day: date, sql: str) -> str:
    """A statement for one day's partition. Only digits go in."""
    return sql.replace("_D", f"_{day:%Y%m%d}").replace("ISO", day.isoformat())


def _exists(cursor: CursorWrapper, day: date, table: str = "wangge_checkin_D") -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [for_day(day, table)])
    return bool(cursor.fetchone()[0])


def _states(days: Sequence[date]) -> dict[date, str]:
    return dict(CheckInDay.objects.filter(day__in=days).values_list("day", "state"))


def _open(cursor: CursorWrapper, day: date) -> None:
    """Make a day's partition, unless somebody else just did. One at a time, in all processes."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK_OPENING])
    for table, statements in (("wangge_checkin_D", OPEN), ("wangge_checkin_visitor_D", OPEN_VISITORS)):
        # An earlier version's backup is filled in before its tables are brought forward: there are no visitors yet.
        if _exists(cursor, day, table.removesuffix("_D")) and not _exists(cursor, day, table):
            for sql in statements:
                cursor.execute(for_day(day, sql))
    record.opened(day)


def _alone(cursor: CursorWrapper, day: date) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_DAY, day.toordinal()])


def _vacuum(day: date) -> None:
    """Mark the pages all-visible, so that the covering indexes are enough. Autovacuum would come later."""
    with connection.cursor() as cursor:
        for table in ("wangge_checkin_D", "wangge_checkin_visitor_D"):
            if _exists(cursor, day, table):
                cursor.execute(for_day(day, f"VACUUM (FREEZE, ANALYZE) {table}"))


@transaction.atomic
def ready(days: Sequence[date]) -> set[date]:
    """Hold these days open for this transaction's rows, each made where it is new; returns those that were dropped."""
    with connection.cursor() as cursor:
        share = "SELECT pg_advisory_xact_lock_shared(%s, day) FROM unnest(%s::int[]) AS day"
        cursor.execute(share, [LOCK_DAY, [day.toordinal() for day in days]])
        states = _states(days)  # read after the lock: a day that was being dropped is dropped now
        for day in days:
            made = day in states and _exists(cursor, day, "wangge_checkin_visitor_D")
            if states.get(day) != CheckInDay.State.DROPPED and not made:
                _open(cursor, day)
    return {day for day in days if states.get(day) == CheckInDay.State.DROPPED}


class PostgresStore:
    """See ``storage/__init__.py`` for what each verb promises."""

    @transaction.atomic
    def add(self, rows: Mapping[date, Sequence[CheckIn]]) -> int:
        with connection.cursor() as cursor:
            if refused := ready(list(rows)):
                raise record.refused(min(refused))
            flat = [(day, *row) for day, some in rows.items() for row in some]
            cursor.execute(INSERT, [list(column) for column in zip(*flat, strict=True)])
            return int(cursor.rowcount)

    @transaction.atomic
    def take(self, arrivals: Mapping[date, Sequence[Arrival]]) -> set[date]:
        refused = ready(list(arrivals))
        for day in arrivals.keys() - refused:
            self.add({day: [CheckIn(UUID(bytes=row[1]), *row[2:5]) for row in arrivals[day]]})
            self.add_visitors(day, [(row[2], row[5]) for row in arrivals[day] if row[5]])
        return refused

    @transaction.atomic
    def add_visitors(self, day: date, visitors: Sequence[tuple[int, bytes]]) -> None:
        if ready([day]):
            raise record.refused(day)
        with connection.cursor() as cursor:
            cursor.execute(INSERT_VISITORS, [day, [key for key, _ in visitors], [sealed for _, sealed in visitors]])

    def visitors(self, day: date, keys: Collection[int]) -> list[tuple[int, bytes]]:
        with connection.cursor() as cursor:
            sql = "SELECT DISTINCT key, sealed FROM wangge_checkin_visitor WHERE day = %s AND key = ANY(%s)"
            cursor.execute(sql, [day, list(keys)])
            return [(key, bytes(sealed)) for key, sealed in cursor.fetchall()]

    def hops(self, day: date, within: int) -> list[tuple[int, int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(HOPS, [day, within])
            return list(cursor.fetchall())

    def visits_at(self, day: date, venues: Collection[int]) -> dict[int, int]:
        with connection.cursor() as cursor:
            sql = "SELECT venue, count(*) FROM wangge_checkin WHERE day = %s AND venue = ANY(%s) GROUP BY 1"
            cursor.execute(sql, [day, list(venues)])
            return dict(cursor.fetchall())

    def visits_of(self, person: int, first_day: date, last_day: date) -> list[tuple[int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(VISITS, [person, first_day, last_day])
            return list(cursor.fetchall())

    def present_at(self, windows: Mapping[date, Sequence[Window]]) -> list[Seen]:
        flat = [(day, *window) for day, wanted in windows.items() for window in wanted]
        with connection.cursor() as cursor:
            cursor.execute(PRESENT, [list(column) for column in zip(*flat, strict=True)])
            return list(cursor.fetchall())

    @transaction.atomic
    def seal(self, day: date) -> None:
        with connection.cursor() as cursor:
            _alone(cursor, day)
            if _states([day]).get(day) != CheckInDay.State.LIVE:
                return
            for sql in SEAL:
                cursor.execute(for_day(day, sql))
        record.sealed(day)
        transaction.on_commit(lambda: _vacuum(day), robust=True)

    @transaction.atomic
    def drop_day(self, day: date) -> int:
        with connection.cursor() as cursor:
            _alone(cursor, day)
            rows = 0
            if _exists(cursor, day):
                cursor.execute(for_day(day, "SELECT count(*) FROM wangge_checkin_D"))
                rows = cursor.fetchone()[0]
            for sql in DROP:
                cursor.execute(for_day(day, sql))
        return record.dropped(day, rows)

    def venues_on(self, day: date) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT venue FROM wangge_checkin WHERE day = %s", [day])
            return {venue for (venue,) in cursor.fetchall()}

    @transaction.atomic
    def leave_out(self, day: date, venues: Collection[int]) -> int:
        with connection.cursor() as cursor:
            _alone(cursor, day)
            cursor.execute("DELETE FROM wangge_checkin WHERE day = %s AND venue = ANY(%s)", [day, list(venues)])
            rows = int(cursor.rowcount)
            cursor.execute(LEAVE_VISITORS, [day, day])
        transaction.on_commit(lambda: _vacuum(day), robust=True)
        return rows

    def responses(self) -> set[UUID]:
        with connection.cursor() as cursor:
            cursor.execute(RESPONSES)
            return {UUID(bytes=bytes(one)) for (one,) in cursor.fetchall()}

    def scrub(self) -> None:
        """Nothing: a dropped partition's files are unlinked."""

    def days(self) -> dict[date, CheckInDay.State]:
        kept = CheckInDay.objects.exclude(state=CheckInDay.State.DROPPED).order_by("day")
        return {day: CheckInDay.State(state) for day, state in kept.values_list("day", "state")}

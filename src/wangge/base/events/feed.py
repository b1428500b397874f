"""Reading the log to its end without losing anything, although on PostgreSQL ids commit out of order.

``settled`` is the low-water mark: every fact up to it is there for good, and none can still appear below it. A reader
that never goes past it sees each fact exactly once. How writers are marked: ``base/guards.py``, ``writers_marked``.
"""

from django.db import connection
from django.db.models import Max, QuerySet

from wangge.base.events.models import Event
from wangge.base.guards import WRITERS

SPAN = 50_000
GIVEN = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM wangge_event_id_seq"
LOWEST = """
SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND (classid::bigint >> 16) = %s
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def settled() -> int:
    """The id up to which the log is complete at this moment. To be asked before the facts are read, never after.

    The two questions stand in this order: an id given out before the first is of a writer that had set its mark by
    then, so at the second it is still marked, or has ended and what it wrote is visible to whoever reads after.
    """
    if connection.vendor != "postgresql":
        return Event.objects.aggregate(last=Max("id"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute(GIVEN)
        given = int(cursor.fetchone()[0])
        cursor.execute(LOWEST, [WRITERS])
        lowest = cursor.fetchone()[0]
    return given if lowest is None else min(given, int(lowest))


def following(found: QuerySet[Event], after: int, limit: int) -> tuple[list[Event], int, bool]:
    """The next facts of a choice of the log, the id to go on from, and whether to ask again at once.

    Looks at most ``SPAN`` ids far, so that a choice of few among millions answers as soon as any other.
    """
    mark = settled()
    upto = min(mark, after + SPAN)
    rows = list(found.filter(id__gt=after, id__lte=upto).order_by("id")[: limit + 1])
    if len(rows) > limit:
        return rows[:limit], rows[limit - 1].pk, True
    return rows, max(upto, after), upto < mark

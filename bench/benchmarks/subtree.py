"""Counting the places under a prefix, over 600,000 places: one index range, never a recursion."""

import re
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import QuerySet

from bench.limits import subtree as bare
from bench.measure import Pair
from bench.places import CITY
from bench.stand import Stand
from wangge.base.access.scope import under
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, segment


def pairs(stand: Stand) -> Iterator[Pair]:
    """All doors of a district and of the city. The plan is looked at first: it has to be a range on the path."""
    stand.places()
    count = bare.postgres(stand.uri) if stand.vendor == "postgresql" else bare.sqlite(stand.uri)
    for name, prefix in (("district", CITY + segment(3)), ("city", CITY)):
        doors = Place.objects.filter(under(prefix), kind=Kind.HOUSEHOLD)
        for query in (doors, Place.objects.filter(under(prefix))):
            assert_index_range(query)
        if doors.count() != count(prefix):
            raise AssertionError("the limit does not count the same rows")
        yield Pair(f"subtree {name}", doors.count, lambda prefix=prefix: count(prefix), most_ratio=3)  # type: ignore[misc]  # bound now


def plan(query: "QuerySet[Place]", before: str = "SELECT 1") -> str:
    """How the database counts the rows of a query; ``before`` is said to it first."""
    sql, values = query.values("pk").query.sql_with_params()
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(before)
        cursor.execute(f"{explain} SELECT count(*) FROM ({sql}) doors", values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def is_index_range(text: str) -> bool:
    """Whether a plan is one range of an index, with both its ends, and no recursion."""
    if connection.vendor == "postgresql":
        ends = re.search(r"Index Cond: .*path >= .*path < ", text)
        return bool(ends) and "Index Only Scan" in text and "Recursive" not in text
    return "USING COVERING INDEX" in text and "path>? AND path<?" in text and "RECURSIVE" not in text


def assert_index_range(query: "QuerySet[Place]") -> None:
    """Raise AssertionError unless the count is an index range.

    Where the range is most of the table, PostgreSQL with its default costs (a random page four times as dear as the
    next one) reads the table instead, which is no slower and no recursion either. What has to hold then is that the
    index would do.
    """
    text = plan(query)
    if connection.vendor == "postgresql" and "Seq Scan" in text and query.count() > Place.objects.count() / 2:
        text = plan(query, before="SET LOCAL enable_seqscan = off")
    if not is_index_range(text):
        raise AssertionError(f"not an index range:\n{text}")

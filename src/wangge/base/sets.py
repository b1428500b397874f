"""Work on whole sets in one statement: what both databases say differently, and queries put into statements."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


class Part(NamedTuple):
    """A piece of a statement and its parameters."""

    sql: str
    params: tuple[Any, ...] = ()


def part(query: "QuerySet[Any, Any]") -> Part:
    """A query as a piece of a statement; its columns are named as in its last ``values()``."""
    sql, params = query.query.sql_with_params()
    return Part(sql, tuple(params))


def new_uuid() -> str:
    """SQL for an id made by the database, as it makes them by the hundred thousand: in the order of their making where
    it can (PostgreSQL 18), which an index takes faster, otherwise random."""
    if connection.vendor != "postgresql":
        return "lower(hex(randomblob(16)))"
    return "uuidv7()" if connection.get_database_version() >= (18,) else "gen_random_uuid()"


def pairs(values: Mapping[Any, int], *, text: bool = False) -> Part:
    """A small table (key, value) from a mapping, however many rows: one parameter."""
    given = json.dumps([[key, value] for key, value in values.items()])
    kind = "text" if text else "bigint"
    if connection.vendor == "postgresql":
        column = f"(e.value->>0)::{kind}" + (' COLLATE "C"' if text else "")
        value = "(e.value->>1)::bigint AS value FROM json_array_elements(%s::json) AS e"
        return Part(f"SELECT {column} AS key, {value}", (given,))
    return Part(
        "SELECT json_extract(e.value, '$[0]') AS key, json_extract(e.value, '$[1]') AS value FROM json_each(%s) AS e",
        (given,),
    )


def keys(values: Iterable[int]) -> RawSQL:
    """For ``pk__in=``: any number of keys as one parameter (SQLite takes a few thousand)."""
    given = json.dumps(list(values))
    if connection.vendor == "postgresql":
        return RawSQL("SELECT value::bigint FROM json_array_elements_text(%s::json)", (given,))
    return RawSQL("SELECT value FROM json_each(%s)", (given,))


def with_room() -> None:
    """Let PostgreSQL sort and hash whole sets in memory until the transaction ends; it has four megabytes else."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '128MB'")


MANY = 10_000  # rows written at once, from which on it pays to count a table again


def written(rows: int, *tables: str) -> int:
    """Let PostgreSQL look again at tables into which one statement wrote very many rows: it plans the next statement by
    what it counted last, which may have been nothing. Returns ``rows``."""
    if rows >= MANY and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(tables))
    return rows


def run(sql: str, params: Iterable[Any] = ()) -> int:
    """Run a statement; the rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(params))
        return int(cursor.rowcount)

"""Writing rows by the thousand as one call of the driver: six to eleven times as fast as a list of INSERTs.

Rows are model instances, and their values go through the fields, so that both databases get what they would otherwise.
Keys are not read back.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(rows: Sequence[Model]) -> None:
    """Insert new rows of one model. Raises IntegrityError, and then the caller's transaction has to end."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {connection.ops.quote_name(meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  # our names
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_values(row, fields, add=True) for row in rows])


def update(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write some fields of rows that exist, each by its key."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    table, key = connection.ops.quote_name(meta.db_table), connection.ops.quote_name("id")
    settings = ", ".join(f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields)
    sql = f"UPDATE {table} SET {settings} WHERE {key} = %s"  # noqa: S608  # our names
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[*_values(row, fields, add=False), row.pk] for row in rows])


def _values(row: Model, fields: "Sequence[Field[Any, Any]]", *, add: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add), connection) for field in fields]

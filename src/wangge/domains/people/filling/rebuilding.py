"""Indexes of the people's table taken off while most of it is filled, and put back: sorting once beats sorting in.
The primary key stays, because other tables refer to it.

Only on PostgreSQL, whose transactions cover it: when anything fails, the indexes are there as before. The table is
locked meanwhile, so this is done only where the file holds more people than the table.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

INDEXES = """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = 'wangge_person'::regclass
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)"""
CONSTRAINTS = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = 'wangge_person'::regclass AND contype IN ('f', 'u') ORDER BY contype DESC"""


@contextmanager
def without_indexes(*, when: bool) -> Iterator[None]:
    """Inside, the table has its primary key alone. Foreign keys are then checked for all rows with one join."""
    if not when or connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked is checked before the table changes
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        cursor.execute(CONSTRAINTS)
        constraints = cursor.fetchall()
        for name, _ in constraints:
            cursor.execute(f'ALTER TABLE wangge_person DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for name, definition in constraints:
            cursor.execute(f'ALTER TABLE wangge_person ADD CONSTRAINT "{name}" {definition}')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")

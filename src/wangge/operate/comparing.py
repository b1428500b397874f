"""Whether a restored copy is its backup: counts of every table and day, and digests where the text must be the same."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection

from wangge.domains.venues.storage import file as the_file
from wangge.operate.archive import Manifest
from wangge.operate.refusals import Refused
from wangge.operate.snapshot import PostgresSnapshot, Snapshot, SqliteSnapshot


@contextmanager
def _here() -> Iterator[Snapshot]:
    """What this transaction sees."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            yield PostgresSnapshot(cursor.connection.cursor())
        else:
            yield SqliteSnapshot(cursor.connection, the_file.connection())


def same(manifest: Manifest, say: Callable[[str], None]) -> None:
    """Raises Refused naming the table or day that differs."""
    with _here() as here:
        for table, about in manifest["tables"].items():
            say(f"comparing {table}")
            columns = [(name, kind) for name, kind in about["columns"]]
            rows, digest = _read(here.table_lines(table, columns))
            # The other kind of database writes JSON its own way: there the counts must do.
            exact = here.vendor == manifest["database"] or "json" not in dict(columns).values()
            if rows != about["rows"] or (exact and digest != about["sha256"]):
                raise Refused(f"{table} is not as in the backup ({rows} rows of {about['rows']}). Nothing was kept.")
        there = {str(day) for day in here.days()}
        for day, about in manifest["checkins"].items():
            rows, digest = _read(here.day_lines(date.fromisoformat(day)) if day in there else ())
            if (rows, digest) != (about["rows"], about["sha256"]):
                raise Refused(f"the check-ins of {day} are not what the backup holds. Nothing was kept.")
        for day, about in manifest.get("visitors", {}).items():
            rows, digest = _read(here.visitor_lines(date.fromisoformat(day)) if day in there else ())
            if (rows, digest) != (about["rows"], about["sha256"]):
                raise Refused(f"the visitors of {day} are not what the backup holds. Nothing was kept.")


def _read(parts: Iterable[bytes]) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    for part in parts:
        digest.update(part)
        count += part.count(b"\n")
    return count, digest.hexdigest()

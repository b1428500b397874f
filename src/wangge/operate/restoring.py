"""From a backup to a running installation, in an empty one only.

The whole file is read against its manifest first. Then everything goes in within one transaction of the main
database; check-ins on SQLite go to their own file first, which says so until the rest is in. Interrupted at any
point, the installation is still an empty one and the same call does it again.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from wangge.base import migrations
from wangge.base.access.by import SYSTEM
from wangge.base.events.actions import record
from wangge.domains.venues import storage
from wangge.domains.venues.storage import carrying
from wangge.operate import archive, comparing, emptying, needs, rows
from wangge.operate.archive import Manifest
from wangge.operate.refusals import Refused
from wangge.operate.rows import quoted

Say = Callable[[str], None]
AT_ONCE = 5000  # rows


def check(path: Path, manifest: Manifest, say: Say) -> None:
    """Everything that can be known before a row is written. Raises Refused."""
    unknown = wanted_of(manifest) - set(migrations.known())
    if unknown:
        raise Refused(
            f"{path} was made by version {manifest['version']}, whose tables this version does not know "
            f"({sorted(unknown)[0][1]}). Install that version or a newer one, then restore."
        )
    if sentence := needs.missing(manifest, Path(settings.WANGGE_KEYS)):
        raise Refused(sentence)
    for name in archive.verify(path, manifest):
        say(f"reading {name}")


def restore(path: Path, manifest: Manifest, say: Say) -> int:
    """Put a checked backup into an empty installation; returns the migrations that came after it. Raises Refused."""
    if not emptying.is_empty():
        raise Refused(
            "there is an installation in this database already, and a backup is restored into an empty one only. Point "
            "WANGGE_VAR to an empty folder (or WANGGE_DATABASE_URL to an empty database) and call this again.", code=2,
        )  # fmt: skip
    emptying.bring_to(wanted_of(manifest))
    if not carrying.begin_restore():
        raise Refused(
            f"{settings.WANGGE_CHECKINS} holds check-ins of another installation. Move that file away, then call again."
        )
    with archive.reading(path) as backup:
        with transaction.atomic():
            _days(backup, manifest, say)
            _tables(backup, manifest, say)
            _bury(manifest)
            _look_again()
            comparing.same(manifest, say)
        carrying.end_restore()
        for name in manifest["files"]:
            (Path(settings.VAR) / Path(name).name).write_bytes(backup.read(f"files/{name}"))
    after = emptying.forward()
    told = {"backup": manifest["id"], "made_at": manifest["made_at"], "version": manifest["version"]}
    record("keeping.restored", by=SYSTEM, data=told)
    return after


def wanted_of(manifest: Manifest) -> frozenset[tuple[str, str]]:
    return frozenset((app, name) for app, name in manifest["migrations"])


def _lines(backup: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    with backup.open(name) as member:
        lines = (line.removesuffix("\n") for line in io.TextIOWrapper(member, encoding="utf-8", newline="\n"))
        while some := list(islice(lines, AT_ONCE)):
            yield some


def _days(backup: zipfile.ZipFile, manifest: Manifest, say: Say) -> None:
    carrying.mark_restore()
    for day, about in manifest["checkins"].items():
        say(f"check-ins of {day}")
        for some in _lines(backup, f"checkins/{day}.tsv"):
            storage.add(carrying.parsed(some))
        for some in _lines(backup, f"visitors/{day}.tsv") if day in manifest.get("visitors", {}) else ():
            storage.add_visitors(date.fromisoformat(day), carrying.parsed_visitors(some))
        if about["state"] == "sealed":
            storage.seal(date.fromisoformat(day))


def _tables(backup: zipfile.ZipFile, manifest: Manifest, say: Say) -> None:
    load = _into_postgres if connection.vendor == "postgresql" else _into_sqlite
    for table, about in manifest["tables"].items():
        say(table)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {quoted(table)}")  # noqa: S608  # what a migration or a day's opening put there
        load(backup, table, about["columns"])
    for table, value in manifest["sequences"].items():
        _go_on_from(table, value)


def _into_postgres(backup: zipfile.ZipFile, table: str, columns: list[Any]) -> None:
    names = ", ".join(quoted(name) for name, _ in columns)
    into = f"COPY {quoted(table)} ({names}) FROM STDIN"
    with backup.open(f"tables/{table}.tsv") as member, connection.cursor() as cursor, cursor.copy(into) as copy:
        while part := member.read(archive.BLOCK):
            copy.write(part)


def _into_sqlite(backup: zipfile.ZipFile, table: str, columns: list[Any]) -> None:
    names = ", ".join(quoted(name) for name, _ in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"  # noqa: S608  # names of a checked manifest
    with connection.cursor() as cursor:
        for some in _lines(backup, f"tables/{table}.tsv"):
            cursor.executemany(sql, [rows.values(line, columns) for line in some])


def _go_on_from(table: str, value: int) -> None:
    """A number once given is never given again, also not that of a row which is gone."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [quoted(table), value])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, value])


def _look_again() -> None:
    """Tell PostgreSQL's planner how much there is now; nobody else does before the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _bury(manifest: Manifest) -> None:
    """Dropped days stay dropped in the new file too: their rows are refused for good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT day FROM wangge_checkinday WHERE state = 'dropped'")
        days = [day if isinstance(day, date) else date.fromisoformat(day) for (day,) in cursor.fetchall()]
    for day in days:
        storage.drop_day(day)

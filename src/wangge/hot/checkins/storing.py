"""To the disk: one transaction for all that gathered. True for each that is there now, False where its day was dropped.

SQLite in the committer's thread, PostgreSQL by a driver of its own on the loop, two transactions at a time.
"""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg
from asyncpg.pgproto.pgproto import UUID
from django.db import connection

from wangge.domains.venues import storage
from wangge.domains.venues.storage import Arrival
from wangge.domains.venues.storage.postgres import LOCK_DAY, TAKE, ready

PATIENCE = 30.0  # seconds for one statement


def store(arrivals: Sequence[Arrival]) -> list[bool]:
    """By the storage itself, in this thread."""
    refused = storage.take(arrivals)
    return [one.day not in refused for one in arrivals]


class Postgres:
    """The same over connections of its own, each for one transaction at a time."""

    def __init__(self) -> None:
        self._idle: list[Any] = []

    async def store(self, arrivals: Sequence[Arrival]) -> list[bool]:
        """Raises what the driver raises: nothing of the batch is there then, and all of it may be sent again."""
        try:
            await self._insert(arrivals)
            return [True] * len(arrivals)
        except asyncpg.CheckViolationError:  # a day has no partition: it is new, or was dropped
            refused = await asyncio.to_thread(_ready, sorted({one.day for one in arrivals}))
        if kept := [one for one in arrivals if one.day not in refused]:
            await self._insert(kept)
        return [one.day not in refused for one in arrivals]

    async def _insert(self, arrivals: Sequence[Arrival]) -> None:
        line = self._idle.pop() if self._idle else await _connect()
        try:
            locks = ", ".join(
                f"pg_advisory_xact_lock_shared({LOCK_DAY}, {day})"
                for day in sorted({one.day.toordinal() for one in arrivals})
            )
            await line.execute(f"BEGIN; SELECT {locks}")  # numbers of ours
            await line.execute(TAKE, *_columns(arrivals))
            await line.execute("COMMIT")
        except asyncpg.PostgresError:
            await self._roll_back(line)
            raise
        except BaseException:
            line.terminate()
            raise
        self._idle.append(line)

    async def _roll_back(self, line: Any) -> None:
        try:
            await line.execute("ROLLBACK")
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            line.terminate()
        else:
            self._idle.append(line)

    def close(self) -> None:
        for line in self._idle:
            line.terminate()


def _columns(arrivals: Sequence[Arrival]) -> list[Any]:
    """The parameters of TAKE, in one order of keys."""
    rows = sorted(arrivals, key=_by_uuid)
    visitors = [one for one in arrivals if one.sealed]
    return [
        [one.day for one in rows], [UUID(one.uuid) for one in rows], [one.person for one in rows],
        [one.venue for one in rows], [one.at for one in rows], [one.day for one in visitors],
        [one.person for one in visitors], [one.sealed for one in visitors],
    ]  # fmt: skip


def _by_uuid(one: Arrival) -> tuple[date, bytes]:
    return one.day, one.uuid


def _ready(days: Sequence[date]) -> set[date]:
    """In a thread with a connection that ends with it."""
    try:
        return ready(days)
    finally:
        connection.close()


async def _connect() -> Any:
    """A connection to the database that the settings name."""
    known = connection.settings_dict
    options = known.get("OPTIONS", {})
    return await asyncpg.connect(
        host=known["HOST"] or options.get("host") or None, port=known["PORT"] or None, user=known["USER"] or None,
        password=known["PASSWORD"] or None, database=known["NAME"], ssl=options.get("sslmode"),
        command_timeout=PATIENCE,
    )  # fmt: skip

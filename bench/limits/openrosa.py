"""The same requests taken by a bare RSGI application: nothing read or checked, one row a request, one commit for all
that gathered, answered after it. What a server in Python and the database cost by themselves.
"""

import asyncio
import os
import sqlite3
import uuid
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

TABLE = "CREATE TABLE IF NOT EXISTS bench_received (id {0} UNIQUE, body {1})"
INSERT = "INSERT INTO bench_received VALUES ({0}, {0})"
SAID = b'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>ok</message></OpenRosaResponse>'


def writer(uri: str) -> Callable[[list[bytes]], None]:
    """Writes so many bodies in one transaction."""
    if uri.startswith("postgres"):
        postgres = psycopg.connect(uri)
        postgres.execute(TABLE.format("uuid", "bytea"))
        postgres.commit()

        def write(bodies: list[bytes]) -> None:
            with postgres.transaction(), postgres.cursor() as cursor:
                cursor.executemany(INSERT.format("%s"), [(uuid.uuid4(), body) for body in bodies])

        return write
    lite = sqlite3.connect(uri, timeout=30, check_same_thread=False)
    lite.execute("PRAGMA synchronous=FULL")
    lite.execute(TABLE.format("char(32)", "blob"))
    lite.commit()

    def keep(bodies: list[bytes]) -> None:
        with lite:
            lite.executemany(INSERT.format("?"), [(uuid.uuid4().hex, body) for body in bodies])

    return keep


class Bare:
    """The application."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.write = self.thread.submit(writer, os.environ["BENCH_URI"]).result()
        self.waiting: deque[tuple[bytes, asyncio.Future[None]]] = deque()
        self.running: asyncio.Task[None] | None = None

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self.waiting.append((await protocol(), done))
        if self.running is None or self.running.done():
            self.running = loop.create_task(self.run())
        await done
        protocol.response_bytes(202, [("content-type", "text/xml; charset=utf-8")], SAID)

    async def run(self) -> None:
        while self.waiting:
            batch = list(self.waiting)
            self.waiting.clear()
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self.thread, self.write, [body for body, _done in batch])
            for _body, done in batch:
                done.set_result(None)


application = Bare()

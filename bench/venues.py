"""A city whose Response names check-in, with a thousand venues whose posters hang, and the servers that take them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import connection, connections

from bench.benchmarks.openrosa import free_port, server, wait_for
from bench.stand import Stand
from wangge.base.access.scope import EVERYTHING
from wangge.cli import serve_
from wangge.demo import small
from wangge.domains.venues.codes import Code, Codes, Kind
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import within

VENUES = 1000


def made(folder: Path) -> Path:
    """The venues, and a file with a code of each on a line."""
    if not within(EVERYTHING).filter(poster_version=1).exists():
        city = small.build(check_ins=False)
        Venue.objects.bulk_create(
            Venue(
                name=f"{number}号店", kind="shop", place=city.places["community"], opened=date(2020, 1, 1),
                poster_version=1,
            )
            for number in range(VENUES)
        )  # fmt: skip
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
    codes = Codes()
    file = folder / "codes.txt"
    keys = within(EVERYTHING).filter(poster_version=1).values_list("pk", flat=True)
    file.write_text("".join(f"{codes.write(Code(Kind.POSTER, key, 1))}\n" for key in keys))
    return file


@contextmanager
def product() -> Iterator[int]:
    """``wangge serve`` as an installation runs it; its port."""
    serve_.prepare()
    connections.close_all()
    with server("wangge.rsgi:application", serve_.WORKERS) as port:
        yield port


@contextmanager
def granian(target: str, *line: str, **environment: str) -> Iterator[int]:
    """Another application; its port."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--no-access-log",
        "--log-level", "warning", *line, target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def stored(stand: Stand) -> int:
    """How many check-ins there are, by the database's own count."""
    if stand.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM wangge_checkin")
            return int(cursor.fetchone()[0])
    from wangge.domains.venues.storage.file import reading
    from wangge.domains.venues.storage.sqlite import for_day, forms

    with reading() as file:
        return sum(file.execute(for_day(day, "SELECT count(*) FROM day_D")).fetchone()[0] for day in forms(file))

"""A backup of the demo city while 100 writes a second go on, beside reading all of it bare; the copy is checked."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection

from bench.limits import backup as bare
from bench.measure import Pair
from bench.stand import Stand
from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.domains.people.models import Person
from wangge.domains.venues import storage
from wangge.operate import backing_up

A_SECOND = 100  # writes, half of them looks in the log of looks and half check-ins, each committed by itself


def pairs(stand: Stand) -> Iterator[Pair]:
    """The target is the issue's. The limit is measured under the same writes, without digests and compression."""
    stand.demo()
    target = stand.folder / "backup.zip"
    limit = (
        bare.postgres(stand.uri, stand.folder)
        if stand.vendor == "postgresql"
        else bare.sqlite([stand.uri, stand.checkins_file], stand.folder)
    )

    def ours() -> None:
        target.unlink(missing_ok=True)
        backing_up.write(target, lambda part: None)

    with writing() as written:
        yield Pair("backup while serving", ours, limit, most_ms=5000, warm=1, rounds=5)
    print(f"{stand.vendor}: {written[0] / written[1]:.0f} writes a second meanwhile", file=sys.stderr)
    restored(target, stand.folder / "restored")


@contextmanager
def writing() -> Iterator[list[float]]:
    """Write steadily in a thread; gives [writes, seconds], filled at the end."""
    stop, found = threading.Event(), [0.0, 1.0]
    people = list(Person.objects.within(EVERYTHING).values_list("pk", "uuid")[:1000])

    def write() -> None:
        start = time.monotonic()
        while not stop.is_set():
            pk, uuid = people[int(found[0]) % len(people)]
            log_look(by=SYSTEM, kind=AccessLog.Kind.OPENED, person=uuid, reason="bench", task=None)
            storage.add([storage.CheckIn(uuid4(), pk, 1, int(clock.now().timestamp()))])
            found[0] += 2
            found[1] = time.monotonic() - start
            stop.wait(max(0.0, found[0] / A_SECOND - found[1]))
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()


def restored(backup: Path, folder: Path) -> None:
    """Restore the last backup on SQLite in a folder of its own; raises where check or a digest says it is not equal."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    environment = {**os.environ, "WANGGE_VAR": str(folder), "WANGGE_CHECKINS": str(folder / "checkins.sqlite3")}
    environment.pop("WANGGE_DATABASE_URL")
    line = [sys.executable, "-m", "wangge", "restore", "--json", str(backup)]
    done = subprocess.run(line, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise AssertionError(f"the restored copy is not equal: {done.stdout}")
    shutil.rmtree(folder)

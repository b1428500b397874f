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
    """Write steadily from a process of its own, as web and worker are; gives [writes, seconds], filled at the end."""
    found = [0.0, 1.0]
    line = [sys.executable, "-c", "import django; django.setup(); from bench.benchmarks.backup import write; write()"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()  # it writes
        try:
            yield found
        finally:
            process.stdin.close()
            found[:] = map(float, process.stdout.readline().split())


def write() -> None:
    """Write until the input ends."""
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    people = list(Person.objects.within(EVERYTHING).values_list("pk", "uuid")[:1000])
    done, start = 0, time.monotonic()
    print("begins", flush=True)
    while not stop.is_set():
        pk, uuid = people[done % len(people)]
        log_look(by=SYSTEM, kind=AccessLog.Kind.OPENED, person=uuid, reason="bench", task=None)
        storage.add([storage.CheckIn(uuid4(), pk, 1, int(clock.now().timestamp()))])
        done += 2
        stop.wait(max(0.0, done / A_SECOND - (time.monotonic() - start)))
    print(done, time.monotonic() - start, flush=True)


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

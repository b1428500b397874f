"""Filled-in forms of ten questions over 64 connections: checked and on the disk before the receipt, 500 a second at
least. Generator, server and database share the machine. The limit takes the same requests and checks nothing.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

from django.db import connections
from tests.api.openrosa_city import GOOD, ask_it, instance, key_for, publish, supplies

from bench.benchmarks.worklist import tower
from bench.measure import Pair
from bench.stand import Stand
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.cli import serve_
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.asking.models import ReceivedForm
from wangge.domains.duty.queries import by_for
from wangge.domains.places.models import Place

CONNECTIONS, EACH_SECOND = 64, 500
ACCOUNTS = ("bingsi-1", "bingsi-zhibu-1", "bingsi-shuji", "qiaodong")


def pairs(stand: Stand) -> Iterator[Pair]:
    """Ours and the bare one in turn, each with the same phones."""
    count, rounds = (640, 3) if stand.quick else (4000, 7)
    city = small.build(check_ins=False)
    ask_it(city, publish(supplies()), "city")
    phones = made_phones(city, tower(city, 400))
    form = instance(supplies(), GOOD, door="DOOR", id_="uuid:INSTANCE").decode()
    serve_.prepare()
    connections.close_all()
    with (
        server("wangge.rsgi:application", serve_.WORKERS) as ours,
        bare(stand) as limit,
        generator(phones, form) as ask,
    ):
        taken: list[int] = []
        yield Pair(
            f"openrosa {count} forms", lambda: taken.append(flooded(ask, ours, count)),
            lambda: flooded(ask, limit, count), most_ms=count / EACH_SECOND * 1000, rounds=rounds, warm=1,
        )  # fmt: skip
        kept = ReceivedForm.objects.within(EVERYTHING).filter(state="received").count()
        print(f"receipts {sum(taken)}, on the disk {kept}", file=sys.stderr)
        assert kept == sum(taken), "a receipt for something that is not there"


def made_phones(city: Small, doors: list[Place]) -> list[tuple[str, str, str]]:
    """So many phones of several accounts, each sent to another door."""
    made = []
    for number in range(CONNECTIONS):
        account = city.accounts[ACCOUNTS[number % len(ACCOUNTS)]]
        key, password = key_for(account, by_for(account))
        made.append((key.username, password, str(doors[number * 5].uuid)))
    assert all(by_for(city.accounts[name]).may(Right.WORK_DOORS) for name in ACCOUNTS)
    return made


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def server(target: str, workers: int, **environment: str) -> Iterator[int]:
    """granian with an application, as ``wangge serve`` starts it; its port."""
    port = free_port()
    line = serve_.command_line("127.0.0.1", port)
    line[line.index("--workers") + 1], line[-1] = str(workers), target
    process = subprocess.Popen(line, env=os.environ | environment)
    try:
        wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    time.sleep(3)  # the second process
    urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60)


@contextmanager
def bare(stand: Stand) -> Iterator[int]:
    """The limit's server, in one process: SQLite has one writer."""
    uri = f"{stand.folder / 'bare.sqlite3'}" if stand.vendor == "sqlite" else stand.uri
    with server("bench.limits.openrosa:application", 1, BENCH_URI=uri) as port:
        yield port


@contextmanager
def generator(phones: list[tuple[str, str, str]], form: str) -> Iterator[Any]:
    """The process that sends."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-m", "bench.flood"], stdin=pipe, stdout=pipe, text=True)
    assert process.stdin
    print(json.dumps([phones, form]), file=process.stdin, flush=True)
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(timeout=30)


def flooded(ask: Any, port: int, count: int) -> int:
    """Send so many; every one has to be taken."""
    print(port, count, file=ask.stdin, flush=True)
    said = json.loads(ask.stdout.readline())
    if said != {"202": count}:
        raise AssertionError(f"answers by status: {said}")
    return count
